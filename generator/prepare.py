"""Article → Prepared: words, their weights, and sentences, each with its offsets into the shown text."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

import regex
from sentencex import get_sentence_boundaries

from generator.lexicon import Lexicon
from generator.patterns import compile_pattern
from generator.values import Article, Prepared, Span
from generator.wordlist import load_zipf_indices, zipf_frequency

WEIGHT_UNIT = 2**20
"""Weights are whole multiples of 1/WEIGHT_UNIT, so that their sums are exact in any order and on any engine."""

HEAVIEST = 7.5
"""A word of this Zipf frequency or a higher one weighs nothing; a word that the list does not hold weighs this much."""

# Scripts that set no spaces between words: each character is a word there, and the pairs of neighbours do the telling.
_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_LETTER = rf"[\w--[_]--{_SPACELESS}]"
# Most letters of most texts are those of ASCII; looked for first, they need not be told from those of eight scripts.
_WORD = compile_pattern(rf"[A-Za-z]++(?:{_LETTER}++)?|\d+(?:[.,]\d+)+|{_LETTER}++|{_SPACELESS}\p{{M}}*", regex.VERSION1)

# In a text of no other letters this finds the same words in a third of the time.
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*|[0-9]+(?:[.,][0-9]+)+|[0-9][A-Za-z0-9]*")
_BEYOND = re.compile(r"[^\x00-\x7f]")
# Its numbers of several parts; all other words end at what is neither letter nor digit. To look for a digit first is fast.
_PLAIN_NUMBER = re.compile(r"[0-9](?<![A-Za-z0-9][0-9])[0-9]*(?:[.,][0-9]+)+")
_COMPARED = bytes(ord(sign.lower()) if sign.isalnum() else 32 for sign in map(chr, range(128))) + b" " * 128
_OF_WORDS = compile_pattern(rf"{_LETTER}|{_SPACELESS}", regex.VERSION1)

# sentencex takes the unit of `3 g. Then` for an abbreviation that goes on.
_UNIT_ENDS = compile_pattern(r"\d\s?\p{Ll}\.\s+(?=\p{Lu}\p{Ll})")


@cache
def _is_of_words(sign: str) -> bool:
    return _OF_WORDS.match(sign) is not None


def _pattern_for(text: str) -> "re.Pattern[str] | regex.Pattern[str]":
    """What finds the words of a text; what stands beyond ASCII in most English texts are dashes and quotation marks."""
    plain = text.isascii() or not any(map(_is_of_words, set(_BEYOND.findall(text))))
    return _PLAIN_WORD if plain else _WORD


def find_words(text: str) -> list[Span]:
    """Offsets of the words of a text: Unicode words; a number such as `1,200.5` is one word, a hyphenated word several.

    Args:
        text: String.

    Returns:
        List of Span, in order.
    """
    return [match.span() for match in _pattern_for(text).finditer(text)]


class _Forms(dict[str, str]):
    """Words as they are compared, each normalised once: to look up many is faster than to ask a function for each."""

    def __missing__(self, word: str) -> str:
        form = self[word] = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
        return form


_FORMS = _Forms()


def normalise(word: str) -> str:
    """The form in which a word is compared: NFKC and casefolded.

    Args:
        word: String.

    Returns:
        String.
    """
    return _FORMS[word]


def normalised_words(text: str) -> list[str]:
    """The words of a text, normalised, without their offsets.

    Args:
        text: String.

    Returns:
        List of strings, in order.
    """
    if _pattern_for(text) is _WORD:
        return list(map(_FORMS.__getitem__, _WORD.findall(text)))
    words, done = list[str](), 0
    for number in _PLAIN_NUMBER.finditer(text):
        words += _split_plainly(text[done : number.start()])
        words.append(number[0])
        done = number.end()
    words += _split_plainly(text[done:])
    return words


def _split_plainly(text: str) -> list[str]:
    return text.encode("ascii", "replace").translate(_COMPARED).decode("ascii").split()


class _Weights(dict[str, int]):
    """The weights of the words of a language, each weighed once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._indices = load_zipf_indices(language)

    def __missing__(self, word: str) -> int:
        weight = self[word] = _weigh(word, self._indices)
        return weight


def _weigh(word: str, indices: Lexicon | None) -> int:
    if indices is None:
        return round(min(float(len(word)), HEAVIEST) * WEIGHT_UNIT)
    return _weight_at(zipf_frequency(word, indices))


@cache
def _weight_at(frequency: float) -> int:
    return round(max(0.0, HEAVIEST - frequency) * WEIGHT_UNIT)


@cache
def weights_of(language: str) -> Mapping[str, int]:
    """The weight of any normalised word of a language: max(0, 7.5 - its Zipf frequency there).

    Where wordfreq has no list for the language, the length of the word stands in for its rarity: a letter weighs 1.

    Args:
        language: String, ISO 639-1 code.

    Returns:
        Mapping that answers for every normalised word, with an integer from 0 to 7.5 * WEIGHT_UNIT, in multiples of
        1/WEIGHT_UNIT.
    """
    return _Weights(language)


def _find_sentences(text: str, language: str) -> list[Span]:
    """Offsets of the sentences that hold a character other than white space, trimmed of white space."""
    sentences = []
    cuts = [match.end() for match in _UNIT_ENDS.finditer(text)]
    for boundary in get_sentence_boundaries(language, text):
        first, last = boundary["start_index"], boundary["end_index"]
        inside = [cut for cut in cuts if first < cut < last] if cuts else cuts
        for start, end in zip((first, *inside), (*inside, last), strict=True):
            piece = text[start:end].lstrip()
            if piece:
                start = end - len(piece)
                sentences.append((start, start + len(piece.rstrip())))
    return sentences


def _hold_words(sentences: list[Span], spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """Sentences that hold words, with their ranges of words.

    A piece without any word, such as a lone dash, joins the sentence before it. A word that a boundary would cut in
    two stays with the sentence it begins in.
    """
    kept: list[Span] = []
    ranges: list[Span] = []
    word = 0
    for start, end in sentences:
        first, word = word, bisect_left(spans, (end, 0), word)
        if word > first:
            kept.append((max(start, kept[-1][1]) if kept else start, max(end, spans[word - 1][1])))
            ranges.append((first, word))
        elif kept:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
    return kept, ranges


def prepare(article: Article) -> Prepared:
    """Cut an article into words and sentences.

    Args:
        article: Article with at least one word.

    Returns:
        Prepared.
    """
    text = article.text
    spans = find_words(text)
    words = tuple(map(_FORMS.__getitem__, [text[start:end] for start, end in spans]))
    sentences, ranges = _hold_words(_find_sentences(text, article.language), spans)
    return Prepared(
        article=article,
        words=words,
        spans=tuple(spans),
        weights=tuple(map(weights_of(article.language).__getitem__, words)),
        sentences=tuple(sentences),
        sentence_words=tuple(ranges),
    )


def count_sizes(article: Article) -> tuple[int, int]:
    """How many words and sentences `prepare` would find.

    Args:
        article: Article.

    Returns:
        Pair of integers.
    """
    spans = find_words(article.text)
    return len(spans), len(_hold_words(_find_sentences(article.text, article.language), spans)[0])
