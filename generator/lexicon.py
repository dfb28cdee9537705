"""Lists of words with a small number each, laid out once so that no later start has to make objects of all of them.

The list of English words has 321,000 entries, of which a folder asks for some thousand.
"""

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from generator.laid_out import keep, recall

# A key and a number take so many bytes.
_ENTRY = 10


class Lexicon(Protocol):
    """What a list of words answers; a dictionary does as well."""

    def get(self, word: str, /) -> int | None:
        """The number of a word, or None where the list doesn't hold it."""


@cache
def key_of(word: str) -> int:
    """A fixed hash of a word.

    Args:
        word: String.

    Returns:
        Integer of 64 bits.
    """
    # Built-in hash() is salted for each process; this one is the same on every machine.
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class _LaidOut:
    """The keys of words, ascending, and their numbers after them."""

    def __init__(self, held: memoryview) -> None:
        self._count = len(held) // _ENTRY
        self._keys = held[: 8 * self._count].cast("Q")
        self._numbers = held[8 * self._count :].cast("H")

    def get(self, word: str, /) -> int | None:
        key = key_of(word)
        place = bisect_left(self._keys, key)
        return self._numbers[place] if place < self._count and self._keys[place] == key else None


def load_lexicon(name: str, source: Path, module: str, read: Callable[[], Iterable[tuple[str, int]]]) -> Lexicon:
    """Load a list of words.

    Args:
        name: String, the name of the list.
        source: Path of the file that it is read from.
        module: String, the `__file__` of the module that reads it.
        read: Callable that reads it: pairs of a word and an integer from 0 to 65,535; of a word named twice the last one counts.

    Returns:
        Lexicon.
    """
    origins = source, module, __file__
    held = recall(name, origins)
    if held is not None:
        return _LaidOut(held)
    words = dict(read())
    keep(name, origins, lambda: _lay_out(words))
    return words


def _lay_out(words: dict[str, int]) -> bytes:
    entries = sorted((key_of.__wrapped__(word), number) for word, number in words.items())
    keys, numbers = zip(*entries, strict=True) if entries else ((), ())
    return struct.pack(f"={len(entries)}Q{len(entries)}H", *keys, *numbers)
