"""Work that was done before, item by item: what came of the same input is taken over, and only the rest is done."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from generator.cache import Cache
from generator.frozen import dataclass
from generator.plain import from_plain, to_plain

Item = TypeVar("Item")
Result = TypeVar("Result")


class Drawer(Protocol):
    """Where a build keeps what the next one of the same site may use; what it gives may be missing at any time."""

    def get(self, name: str) -> bytes | None:
        """Give what was kept under a name, or None."""
        ...

    def put(self, name: str, value: bytes) -> None:
        """Keep a value in place of what had its name."""
        ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where clusters that were told before are kept.

    Attributes:
        making: String that names all that shapes the pages besides the articles.
        cache: Cache, or None where nothing is kept.
        own: String, the digest of the user's own templates when the build began; empty without any.
        drawer: Drawer, where less dear work is kept, or None.
    """

    making: str = ""
    cache: Cache | None = None
    own: str = ""
    drawer: Drawer | None = None


NO_SHELF = Shelf()
"""Nothing is kept."""


def do_again(
    drawer: Drawer | None,
    name: str,
    items: Sequence[Item],
    key_of: Callable[[Item], str],
    work: Callable[[Sequence[Item]], Iterable[Result]],
    kind: type[Result],
) -> Iterator[Result]:
    """Give what comes of items, and keep it in place of what was kept before.

    Args:
        drawer: Drawer, or None to do all of them.
        name: String, the work's name in the drawer.
        items: Sequence of items.
        key_of: Callable from an item to a string that tells all that shapes its result.
        work: Callable from items to their results, in order.
        kind: Type of a result, as `from_plain` takes it.

    Yields:
        The result of each item, in order.
    """
    if drawer is None:
        yield from work(items)
        return
    keys = [key_of(item) for item in items]
    known = _load(drawer.get(name), kind)
    fresh = iter(work([item for item, key in zip(items, keys, strict=True) if key not in known]))
    held: dict[str, Result] = {}
    for key in keys:
        result = known[key] if key in known else next(fresh)
        held[key] = result
        yield result
    if held.keys() != known.keys():
        drawer.put(name, json.dumps([[key, to_plain(result)] for key, result in held.items()]).encode())


def name_value(value: object) -> str:
    """Name a frozen value by all of it.

    Args:
        value: Dataclass, or a tuple of such values.

    Returns:
        String of 32 hexadecimal digits.
    """
    # The representation of frozen values shows all of them, and floats to the last digit.
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _load(packed: bytes | None, kind: type[Result]) -> dict[str, Result]:
    try:
        return {key: from_plain(kind, plain) for key, plain in json.loads(packed or b"[]")}
    except (ValueError, TypeError):
        return {}
