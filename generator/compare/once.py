"""What is found in an article is found once, though it be compared with several others."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

KEPT = 16
"""Integer: of how many articles, or pairs of articles, each finding is remembered."""

_Articles = TypeVarTuple("_Articles")

_Found = TypeVar("_Found")

_remembered: list[dict[tuple[int, ...], Any]] = []


def once(find: Callable[[*_Articles], _Found]) -> Callable[[*_Articles], _Found]:
    """Remember what was found in the KEPT articles, or pairs of articles, last asked about.

    Articles are told apart by identity: to hash one takes longer than some of what is looked for. Each is held as long
    as what was found in it, so that no other can take its place in memory.

    Args:
        find: Callable of Prepared, one or several.

    Returns:
        Callable that gives the same.
    """
    known: dict[tuple[int, ...], tuple[tuple[*_Articles], _Found]] = {}
    _remembered.append(known)

    @wraps(find)
    def ask(*articles: *_Articles) -> _Found:
        name = tuple(map(id, articles))
        entry = known.pop(name, None) or (articles, find(*articles))
        known[name] = entry
        if len(known) > KEPT:
            del known[next(iter(known))]
        return entry[1]

    return ask


def forget() -> None:
    """Let go of all that was found, and of the articles that it was found in."""
    for known in _remembered:
        known.clear()
