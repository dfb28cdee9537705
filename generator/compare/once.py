"""What is found in an article is found once, though it be compared with several others."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from generator.values import Prepared

KEPT = 16
"""Integer: of how many articles each finding is remembered."""

_Found = TypeVar("_Found")


def once(find: Callable[[Prepared], _Found]) -> Callable[[Prepared], _Found]:
    """Remember what was found in the KEPT articles last asked about.

    Articles are told apart by identity: to hash one takes longer than some of what is looked for. Each is held as long
    as what was found in it, so that no other can take its place in memory.

    Args:
        find: Callable of Prepared.

    Returns:
        Callable that gives the same.
    """
    known: dict[int, tuple[Prepared, _Found]] = {}

    @wraps(find)
    def ask(article: Prepared) -> _Found:
        entry = known.pop(id(article), None) or (article, find(article))
        known[id(article)] = entry
        if len(known) > KEPT:
            del known[next(iter(known))]
        return entry[1]

    return ask
