"""Lists of words with a small number each, laid out once so that no later start has to make objects of all of them.

The list of English words has 321,000 entries, of which a folder asks for some thousand.
"""

import os
import struct
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

_FOLDER = Path(__file__).parent / "__pycache__"
# Size and time of change of the file that the list is from, and how many words it has.
_HEAD = struct.Struct("=qqq")


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
    """The keys of words, ascending, and their numbers, as they stand in a file."""

    def __init__(self, held: bytes, count: int) -> None:
        keys = memoryview(held)[_HEAD.size : _HEAD.size + 8 * count]
        self._keys = keys.cast("Q")
        self._numbers = memoryview(held)[_HEAD.size + 8 * count :].cast("H")
        self._count = count

    def get(self, word: str, /) -> int | None:
        key = key_of(word)
        place = bisect_left(self._keys, key)
        return self._numbers[place] if place < self._count and self._keys[place] == key else None


def load_lexicon(name: str, source: Path, read: Callable[[], Iterable[tuple[str, int]]]) -> Lexicon:
    """Load a list of words.

    It is kept laid out where Python keeps this module compiled, and laid out anew where the size of its source or the time of
    change differs, as Python does with modules. Where nothing can be kept there, it is read each time.

    Args:
        name: String, the name of the list.
        source: Path of the file that it is read from.
        read: Callable that reads it: pairs of a word and an integer from 0 to 65,535; of a word named twice the last one counts.

    Returns:
        Lexicon.
    """
    path = _FOLDER / f"{name}.lexicon"
    found = source.stat()
    stamp = found.st_size, found.st_mtime_ns
    with suppress(OSError, struct.error):
        held = path.read_bytes()
        *of, count = _HEAD.unpack_from(held)
        if tuple(of) == stamp and len(held) == _HEAD.size + 10 * count:
            return _LaidOut(held, count)
    words = dict(read())
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _keep(path, b"".join(_lay_out(words, stamp)))
    return words


def _lay_out(words: dict[str, int], stamp: tuple[int, int]) -> Iterator[bytes]:
    entries = sorted((key_of.__wrapped__(word), number) for word, number in words.items())
    yield _HEAD.pack(*stamp, len(entries))
    yield struct.pack(f"={len(entries)}Q", *(key for key, _ in entries))
    yield struct.pack(f"={len(entries)}H", *(number for _, number in entries))


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    # Under another name first: who reads it meanwhile finds a whole one.
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
