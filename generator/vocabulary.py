"""Words → what postings hold of each: its key, its weight, and the key of what it begins with.

All three of a word are looked up together, and made once: most places of a text hold words that others held before.
"""

import re
import struct
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator.lexicon import key_of
from generator.prepare import weights_of

STEM = 6
"""Letters by which words are told to be forms of one: `language` and `languages`, `économique` and `économie`."""

_DIGIT = re.compile(r"\d")
_ENTRY = np.dtype([("key", np.uint64), ("weight", np.int32), ("stem", np.uint32)])
_pack = struct.Struct("=QiI").pack


class _Entries(dict[str, bytes]):
    """What is held of each word of a language, as bytes that an array is made of."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._weights = weights_of(language)

    def __missing__(self, word: str) -> bytes:
        stem = key_of(word if _DIGIT.search(word) else word[:STEM]) & 0xFFFFFFFF
        entry = self[word] = _pack(key_of(word), self._weights[word], stem)
        return entry


_entries_of = cache(_Entries)


def look_up(words: Sequence[str], language: str) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.uint32]]:
    """Look up words.

    Args:
        words: Sequence of strings, normalised, in order.
        language: String, ISO 639-1 code.

    Returns:
        Three arrays with an entry for each word: keys, weights in multiples of 2**-20, and the keys of the first STEM letters,
        or of the whole word where it holds a digit.
    """
    entries = np.frombuffer(bytearray().join(map(_entries_of(language).__getitem__, words)), dtype=_ENTRY)
    return entries["key"].copy(), entries["weight"].copy(), entries["stem"].copy()
