"""Words → Posting: the distinct words and pairs of neighbouring words of an article, as numbers that any engine can join.

A posting holds every word and pair that weighs anything, so that candidates found through postings are complete: two
articles that reach a threshold above 0 share at least one key.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from generator.compare.name_words import NO_NAMES
from generator.days import find_days
from generator.frozen import dataclass
from generator.lexicon import key_of
from generator.numerals import tell_figures
from generator.patterns import compile_pattern
from generator.prepare import find_words, normalise, normalised_words, weights_of
from generator.values import Article
from generator.vocabulary import look_up

Keys = NDArray[np.uint64]
Stems = NDArray[np.uint32]
Days = NDArray[np.uint16]
Weights = NDArray[np.int32]

# `6-1/8` and `284 3/4` are one figure each; dates such as 12/02/2024 have more than one stroke.
_FRACTION = re.compile(r"(?<![\d/])(?:(\d+)[ -])?(\d+)/(\d+)(?![\d/])")
# A capital after a word in small letters, with a comma at most between: what begins a sentence has one anyway.
_NAME = compile_pattern(r"(?<=\p{Ll},?\s)\p{Lu}[\p{L}\p{M}]+")
# Languages that set every noun with a capital, and those in which a name has other endings in another sentence.
_CAPITALISED_NOUNS = frozenset({"de", "lb"})
_INFLECTED_NAMES = frozenset("be bs cs el et fi hr hu is la lt lv pl ru sh sk sl sr tr uk".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True, eq=False)
class Particulars:
    """The figures and names of an article, as keys.

    Attributes:
        figures: Array of 64-bit unsigned integers, shape (f,), ascending and distinct: words with a digit, and number words.
        places: Array of 64-bit unsigned integers, shape (p,), ascending: the words that stand beside a figure; before and after
            it are two different keys.
        owners: Array of integers, shape (p,): the index of each place's figure.
        names: Array of 64-bit unsigned integers, shape (n,), ascending and distinct: words with a capital inside a sentence.
        days: Array of 16-bit unsigned integers, shape (d,), ascending and distinct: days of the calendar that it names, as
            100 times the month, and the day.
    """

    figures: Keys
    places: Keys
    owners: NDArray[np.int64]
    names: Keys
    days: Days


# A small folder is asked about three times over: for its pairs, its clusters, its sources. About 20 MB.
_REMEMBERED = 2048
MOST_KNOWN = 20_000
"""Integer: articles of which postings are kept that other processes made; about 100 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class Posting:
    """What an article is found by.

    Attributes:
        keys: Array of 64-bit unsigned integers, shape (n,), ascending and distinct: a fixed hash of each word and word pair.
        weights: Array of 32-bit integers, shape (n,), above 0: the weight of each key in multiples of 2**-20.
        total: Integer, the sum of the weights.
        particulars: Particulars.
        order: Array of 64-bit unsigned integers, shape (w,): the key of each word of the text, in order.
        stems: Array of 32-bit unsigned integers, shape (w,): a key of the first STEM letters of each word, in order.
    """

    keys: Keys
    weights: Weights
    total: int
    particulars: Particulars
    order: Keys
    stems: Stems


_AFTER = 2**64 - 1

_known: dict[Article, Posting] = {}


def pair_keys(left: Keys, right: Keys) -> Keys:
    """Keys of pairs of words: order matters, and so does standing in a pair.

    Args:
        left: Array of 64-bit unsigned integers, shape (n,): keys of words, or of runs of words.
        right: Array of 64-bit unsigned integers, shape (n,): what follows each.

    Returns:
        Array of 64-bit unsigned integers, shape (n,).
    """
    with np.errstate(over="ignore"):
        turned = (right ^ (right >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed: Keys = left * np.uint64(0x9E3779B97F4A7C15) + turned
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(30)
    return mixed


def keys_of(words: Sequence[str]) -> tuple[Keys, Keys]:
    """The keys of words, and of the pairs that neighbours make.

    Args:
        words: Sequence of strings, normalised, in order.

    Returns:
        Pair of arrays: a key for each word, and one for each word but the last with the word after it.
    """
    keys = np.array([key_of(word) for word in words], dtype=np.uint64)
    return keys, pair_keys(keys[:-1], keys[1:])


def fingerprint(article: Article) -> Posting:
    """The posting of an article.

    Args:
        article: Article.

    Returns:
        Posting; without keys where no word weighs anything.
    """
    posting = _known.get(article)
    return posting if posting is not None else _fingerprint(article)


def remember(postings: Iterable[tuple[Article, Posting]]) -> None:
    """Keep postings that will be asked for again, in place of all that were kept before.

    Args:
        postings: Iterable of pairs of Article and Posting; the first MOST_KNOWN of them are kept.
    """
    _known.clear()
    _fingerprint.cache_clear()
    _known.update(islice(postings, MOST_KNOWN))


@lru_cache(_REMEMBERED)
def _fingerprint(article: Article) -> Posting:
    words = normalised_words(article.text)
    order, weights, stems = look_up(words, article.language)
    keys = np.concatenate((order, pair_keys(order[:-1], order[1:])))
    weights = np.concatenate((weights, weights[:-1] + weights[1:]))
    # A key weighs the same wherever it stands: any place of it will do. numpy.unique looks for the first, which takes longer.
    places = np.argsort(keys)
    keys, weights = keys[places], weights[places]
    distinct = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=distinct[1:])
    keys, weights = keys[distinct], weights[distinct]
    heavy = weights > 0
    return Posting(keys[heavy], weights[heavy], int(weights.sum()), _find_particulars(article, words), order, stems)


def fingerprint_counted(article: Article) -> Posting:
    """The posting of what counts of an article: all but its boilerplate.

    Args:
        article: Article.

    Returns:
        Posting; words and pairs that stand in the boilerplate alone are missing, and in `order` and `stems` a key of nothing else
        stands for each word of it.
    """
    whole = fingerprint(article)
    if not article.boilerplate:
        return whole
    starts, ends = zip(*article.boilerplate, strict=True)
    pieces = [article.text[start:end] for start, end in zip((0, *ends), (*starts, None), strict=True)]
    told = [normalised_words(piece) for piece in pieces]
    kept = np.isin(whole.keys, np.concatenate([keys for words in told for keys in keys_of(words)]))
    particulars = _find_particulars(replace(article, text="\n".join(pieces)), list(chain.from_iterable(told)))
    begins = np.array([start for start, _ in find_words(article.text)])
    inside = np.searchsorted(starts, begins, side="right") > np.searchsorted(ends, begins, side="right")
    places = np.arange(len(begins), dtype=np.uint64)
    nothing = pair_keys(np.full(len(begins), key_of(f"\0{article.id}"), dtype=np.uint64), places)
    order = np.where(inside, nothing, whole.order)
    stems = np.where(inside, nothing.astype(np.uint32), whole.stems)
    weights = whole.weights[kept]
    return Posting(whole.keys[kept], weights, int(weights.sum()), particulars, order, stems)


def _find_particulars(article: Article, words: Sequence[str]) -> Particulars:
    days = np.array(sorted(find_days(words, article.language)), dtype=np.uint16)
    if "/" in article.text:
        # Only here is the whole of a fraction one word.
        words = normalised_words(_FRACTION.sub(lambda match: ".".join(filter(None, match.groups())), article.text))
    words, told = tell_figures(words, article.language)
    places = set()
    for at, figure in enumerate(told):
        if figure:
            own = key_of(figure)
            if at:
                places.add((key_of("" if told[at - 1] else words[at - 1]), own))
            if at + 1 < len(words):
                # Turned over, a key is that of no word.
                places.add((key_of("" if told[at + 1] else words[at + 1]) ^ _AFTER, own))
    keys = np.array(sorted({key_of(figure) for figure in told if figure}), dtype=np.uint64)
    beside, owned = (
        np.array(part, dtype=np.uint64) for part in (zip(*sorted(places), strict=True) if places else ((), ()))
    )
    return Particulars(keys, beside, np.searchsorted(keys, owned), _find_names(article), days)


def _find_names(article: Article) -> Keys:
    if article.language in _CAPITALISED_NOUNS or article.language in _INFLECTED_NAMES:
        return np.zeros(0, dtype=np.uint64)
    weights = weights_of(article.language)
    names = {normalise(name) for name in _NAME.findall(article.text)} - NO_NAMES
    return np.array(sorted(key_of(name) for name in names if weights[name]), dtype=np.uint64)


def name_keys(article: Article) -> dict[int, str]:
    """Tell what the keys of an article's posting stand for.

    Args:
        article: Article.

    Returns:
        Dictionary from key to the word or the two words, as they are compared: normalised and casefolded.
    """
    words = normalised_words(article.text)
    keys = np.array([key_of(word) for word in words], dtype=np.uint64)
    named = dict(zip(pair_keys(keys[:-1], keys[1:]).tolist(), map(" ".join, pairwise(words)), strict=True))
    return named | dict(zip(keys.tolist(), words, strict=True))
