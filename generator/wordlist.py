"""wordfreq's lists of words and its frequencies of numbers, without the rest of it.

To import the package loads tables of all languages and scripts that are not asked for here; that takes as long as to read
hundreds of articles. A test compares what comes of it with wordfreq itself.
"""

import gzip
import logging
import math
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import chain, repeat
from pathlib import Path

import msgpack

_HEADER = {"format": "cB", "version": 1}


def load_zipf_frequencies(language: str) -> dict[str, float] | None:
    """The Zipf frequency of each word of wordfreq's list for a language.

    wordfreq's own look-up splits and joins words anew at each call; a plain dictionary answers a hundred times faster. A
    list's i-th entry holds the words whose frequency is -i/100 on the log10 scale.

    Args:
        language: String, ISO 639-1 code.

    Returns:
        Dictionary from word to float, or None where there is no list for the language or one close to it.
    """
    bins = _read(language) if language.isalpha() else None
    if bins is None:
        from wordfreq import get_frequency_list

        # It remarks on standard error that it takes the list of a language next to the one asked for.
        logging.getLogger("wordfreq").setLevel(logging.ERROR)
        try:
            bins = get_frequency_list(language, "best")
        except LookupError:
            return None
    zipfs = (repeat(round(9 - index / 100, 2), len(words)) for index, words in enumerate(bins))
    return dict(zip(chain.from_iterable(bins), chain.from_iterable(zipfs), strict=True))


def number_frequency(word: str, frequencies: dict[str, float]) -> float:
    """The Zipf frequency of a word with digits: wordfreq lists numbers by their shape, then tells years from other numbers.

    Args:
        word: String.
        frequencies: Dictionary of `load_zipf_frequencies`.

    Returns:
        Float, 0 where the shape is in no list.
    """
    smash, frequency = _numbers()
    zipf = frequencies.get(smash(word))
    if zipf is None:
        return 0.0
    # The steps of wordfreq, so that the last digits are its own.
    return max(0.0, round(math.log(10**zipf / 1e9 * frequency(word), 10) + 9, 2))


@cache
def _folder() -> Path:
    """Where wordfreq is installed; to find it does not load it."""
    spec = find_spec("wordfreq")
    return Path(spec.origin or "").parent if spec else Path()


def _read(language: str) -> list[list[str]] | None:
    """The list of exactly this language, the larger of two, or None where wordfreq has to look for one."""
    for size in ("large", "small"):
        path = _folder() / "data" / f"{size}_{language}.msgpack.gz"
        if path.is_file():
            header, *bins = msgpack.loads(gzip.decompress(path.read_bytes()))
            return bins if header == _HEADER else None
    return None


@cache
def _numbers() -> tuple[Callable[[str], str], Callable[[str], float]]:
    """What wordfreq smashes numbers with, and tells their frequency by."""
    spec = spec_from_file_location("_numbers_of_wordfreq", _folder() / "numbers.py")
    if spec and spec.loader and Path(spec.origin or "").is_file():
        numbers = module_from_spec(spec)
        spec.loader.exec_module(numbers)
    else:
        from wordfreq import numbers
    return numbers.smash_numbers, numbers.digit_freq
