"""wordfreq's lists of words and its frequencies of numbers, without the rest of it.

To import the package loads tables of all languages and scripts that are not asked for here; that takes as long as to read
hundreds of articles. A test compares what comes of it with wordfreq itself.
"""

import gzip
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import msgpack

from generator.lexicon import Lexicon, load_lexicon

_HEADER = {"format": "cB", "version": 1}


def load_zipf_indices(language: str) -> Lexicon | None:
    """The place of each word in wordfreq's list for a language.

    wordfreq's own look-up splits and joins words anew at each call. A list's i-th entry holds the words whose frequency is
    -i/100 on the log10 scale.

    Args:
        language: String, ISO 639-1 code.

    Returns:
        Lexicon for `zipf_frequency`, or None where there is no list for the language or one close to it.
    """
    path = _find(language) if language.isalpha() else None
    if path:
        name = path.name.partition(".")[0]
        return load_lexicon(name, path, __file__, lambda: _numbered(_read(path) or _ask(language)))
    try:
        return dict(_numbered(_ask(language)))
    except LookupError:
        return None


def zipf_frequency(word: str, indices: Lexicon) -> float:
    """The Zipf frequency of a word.

    Args:
        word: String, normalised.
        indices: Lexicon of `load_zipf_indices`.

    Returns:
        Float, 0 for a word that the list doesn't hold.
    """
    index = indices.get(word)
    if index is not None:
        return _zipf(index)
    return _number_frequency(word, indices) if any(c.isdigit() for c in word) else 0.0


@cache
def _zipf(index: int) -> float:
    return round(9 - index / 100, 2)


def _number_frequency(word: str, indices: Lexicon) -> float:
    """That of a word with digits: wordfreq lists numbers by their shape, then tells years from other numbers."""
    smash, frequency = _numbers()
    index = indices.get(smash(word))
    if index is None:
        return 0.0
    # The steps of wordfreq, so that the last digits are its own.
    return max(0.0, round(math.log(10 ** _zipf(index) / 1e9 * frequency(word), 10) + 9, 2))


@cache
def _folder() -> Path:
    """Where wordfreq is installed; to find it does not load it."""
    spec = find_spec("wordfreq")
    return Path(spec.origin or "").parent if spec else Path()


def _find(language: str) -> Path | None:
    """The list of exactly this language, the larger of two, or None where wordfreq has to look for one."""
    paths = (_folder() / "data" / f"{size}_{language}.msgpack.gz" for size in ("large", "small"))
    return next(filter(Path.is_file, paths), None)


def _read(path: Path) -> list[list[str]] | None:
    """The entries of a list, or None where they are packed otherwise."""
    header, *entries = msgpack.loads(gzip.decompress(path.read_bytes()))
    return entries if header == _HEADER else None


def _ask(language: str) -> list[list[str]]:
    """The entries of the list that wordfreq takes for a language."""
    import logging

    from wordfreq import get_frequency_list

    # It remarks on standard error that it takes the list of a language next to the one asked for.
    logging.getLogger("wordfreq").setLevel(logging.ERROR)
    return get_frequency_list(language, "best")


def _numbered(entries: Iterable[Sequence[str]]) -> Iterator[tuple[str, int]]:
    return ((word, index) for index, words in enumerate(entries) for word in words)


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
