"""How much of each sentence of a copy each sentence of its source holds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import count as counter
from itertools import pairwise
from math import log
from operator import add

import numpy as np
from numpy.typing import NDArray

from generator.compare.numbering import number_words
from generator.frozen import dataclass
from generator.values import Prepared, Span

STEM = 5
"""Integer, in letters: words that begin alike up to here, such as `deployed` and `deployment`, are related."""

RELATED = 0.6
"""Share of its weight that a word counts where the source's sentence holds a related word only."""

PAIR = 0.5
"""Share of the weight of two neighbouring words that their standing side by side counts."""

MOST_SENTENCES = 64
"""Integer: a word in more sentences than this tells them apart only where a passage leads to one of them."""

MOST_CELLS = 2**19
"""Integer: up to so many cells, sentences of an article times words and pairs of both, matrices are used, not dictionaries."""

_Holders = Mapping[int, float]
"""Sentences of the source, each with the share of a unit's weight that it holds."""

_NONE: dict[int, float] = {}

_Unit = tuple[float, _Holders]
"""Weight of a word or of a pair of words of a sentence, and who holds it."""

_Integers = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Held:
    """One sentence of the copy, as words and pairs of neighbouring words, and what the source's sentences hold of it.

    Attributes:
        total: Float, the weight of all of these units.
        weights: Sequence of floats, the weights of those that the source holds; of others only where that does no harm.
        shares: Mapping from each sentence of the source that holds anything to its share of the weight.
        holds: Callable from a sentence of the source to a sequence of floats: what it holds of each unit of `weights`, from 0 to 1.
        likeness: Sequence of shares, the likeness to each sentence of the source as in `sentences.likeness`; empty where
            that is left to ask.
    """

    total: float
    weights: Sequence[float]
    shares: Mapping[int, float]
    holds: Callable[[int], Sequence[float]]
    likeness: Sequence[float] = ()


def hold_sentences(source: Prepared, copy: Prepared, led: Sequence[Iterable[int]]) -> tuple[list[Held], list[float]]:
    """Tell what the sentences of the source hold of those of the copy.

    A unit that stands in the source's sentence is held whole; a word of which only a word with the same stem of STEM letters
    stands there, to the RELATED part. Each counts by its weight, the more the fewer sentences of the source hold its stem.

    Args:
        source: Prepared.
        copy: Prepared.
        led: Sequence of iterables of integers: for each sentence of the copy the sentences of the source that passages lead to.

    Returns:
        Pair of lists: a Held for each sentence of the copy; the weight of each sentence of the source.
    """
    count = max(len(source.sentences), len(copy.sentences))
    if len(source.sentences) <= MOST_SENTENCES and count * 2 * (len(source.words) + len(copy.words)) <= MOST_CELLS:
        return _hold_in_matrices(source, copy)
    return _hold_in_dictionaries(source, copy, led)


def _hold_in_dictionaries(
    source: Prepared, copy: Prepared, led: Sequence[Iterable[int]]
) -> tuple[list[Held], list[float]]:
    index = _index(source, copy)
    held = [_held(index, copy, span, led[number]) for number, span in enumerate(copy.sentence_words)]
    return held, _sizes(index, source)


@dataclass(frozen=True, slots=True)
class _Index:
    """Where the words and pairs of the copy stand in the source, and how rare the words of both are there.

    Rarity is 1 for a word whose stem stands in one sentence or none, and near 0 for one that stands in all of them.
    """

    words: dict[str, _Holders]
    pairs: dict[tuple[str, str], dict[int, float]]
    rarities: dict[str, float]


def _index(source: Prepared, copy: Prepared) -> _Index:
    theirs, shared = set(copy.words), set(pairwise(copy.words)).intersection(pairwise(source.words))
    stem_of = {word: word[:STEM] for word in theirs.union(source.words)}
    words: dict[str, dict[int, float]] = {}
    stems: dict[str, dict[int, float]] = {stem: {} for stem in stem_of.values()}
    pairs: dict[tuple[str, str], dict[int, float]] = {}
    for number, (start, end) in enumerate(source.sentence_words):
        sentence = source.words[start:end]
        for word in theirs.intersection(sentence):
            words.setdefault(word, {})[number] = 1.0
        for word in sentence:
            stems[stem_of[word]][number] = RELATED
        for pair in shared.intersection(pairwise(sentence)):
            pairs.setdefault(pair, {})[number] = 1.0
    most = log(len(source.sentences) + 1)
    rarity_of = {stem: 1 - log(len(related)) / most if related else 1.0 for stem, related in stems.items()}
    holders: dict[str, _Holders] = {}
    for word in theirs:
        related, exact = stems[stem_of[word]], words.get(word, _NONE)
        holders[word] = exact if len(exact) == len(related) else {**related, **exact}
    return _Index(holders, pairs, {word: rarity_of[stem] for word, stem in stem_of.items()})


def _held(index: _Index, prepared: Prepared, span: Span, led: Iterable[int]) -> Held:
    units: list[_Unit] = []
    weights: list[float] = []
    seen: set[str | tuple[str, str]] = set()
    before, weight_before = "", 0.0
    start, end = span
    for word, light in zip(prepared.words[start:end], prepared.weights[start:end], strict=True):
        # One more than the word's weight, so that even a sentence of the lightest words can be told from another.
        weight = (light + 1) * index.rarities[word]
        if word not in seen:
            seen.add(word)
            weights.append(weight)
            if holders := index.words[word]:
                units.append((weight, holders if len(holders) <= MOST_SENTENCES else _those(holders, led)))
        pair = before, word
        if before and pair not in seen:
            seen.add(pair)
            weights.append(PAIR * (weight_before + weight))
            if both := index.pairs.get(pair):
                units.append((weights[-1], both if len(both) <= MOST_SENTENCES else _those(both, led)))
        before, weight_before = word, weight
    total = sum(weights)
    return Held(total, [weight for weight, _ in units], _shares(total, units), partial(_column, units))


def _column(units: Iterable[_Unit], number: int) -> list[float]:
    return [holders.get(number, 0.0) for _, holders in units]


def _those(holders: _Holders, led: Iterable[int]) -> _Holders:
    return {number: holders[number] for number in led if number in holders}


def _sizes(index: _Index, source: Prepared) -> list[float]:
    """The weight of each sentence of the source, its words and pairs taken as in _units."""
    sizes = []
    rarities = index.rarities
    for start, end in source.sentence_words:
        words = source.words[start:end]
        rare = [(weight + 1) * rarities[word] for word, weight in zip(words, source.weights[start:end], strict=True)]
        pairs = dict(zip(pairwise(words), map(add, rare, rare[1:]), strict=True))
        sizes.append(sum(dict(zip(words, rare, strict=True)).values()) + PAIR * sum(pairs.values()))
    return sizes


def _shares(total: float, units: Iterable[_Unit]) -> dict[int, float]:
    held: defaultdict[int, float] = defaultdict(float)
    for weight, holders in units:
        for number, share in holders.items():
            held[number] += weight * share
    return {number: weight / total for number, weight in held.items()}


def _hold_in_matrices(source: Prepared, copy: Prepared) -> tuple[list[Held], list[float]]:
    """What _hold_in_dictionaries gives, to the last digit: all sums are taken in the same order."""
    numbered = number_words(source, copy)
    ours, theirs = np.array(numbered.source), np.array(numbered.copy)
    at, copy_at = _sentence_of_word(source), _sentence_of_word(copy)
    words, rarities = _hold_words(numbered.words, ours, at, len(source.sentences))
    pairs, our_pairs, their_pairs = _hold_pairs(ours, at, theirs, len(source.sentences), len(numbered.words))
    rare = (np.array(source.weights) + 1) * rarities[ours]
    inside = np.flatnonzero(at[1:] == at[:-1])
    sizes = _sum_distinct(at, ours, rare, len(words), len(source.sentences))[0]
    paired = _sum_distinct(
        at[inside], our_pairs[inside], (rare[:-1] + rare[1:])[inside], len(pairs), len(source.sentences)
    )[0]
    light = np.array(copy.weights)
    rare = (light + 1) * rarities[theirs]
    # A word, then the pair that it makes with the word before it, unless it is the first of its sentence.
    keys, weights, plain = (
        np.zeros(2 * len(theirs), dtype=np.int64),
        np.zeros(2 * len(theirs)),
        np.zeros(2 * len(theirs)),
    )
    keys[::2], keys[3::2] = theirs, len(words) + their_pairs
    weights[::2], weights[3::2] = rare, PAIR * (rare[:-1] + rare[1:])
    plain[::2], plain[3::2] = light, light[:-1] + light[1:]
    wanted = np.ones(len(keys), dtype=np.bool_)
    wanted[[2 * start + 1 for start, _ in copy.sentence_words]] = False
    place = np.repeat(copy_at, 2)
    totals, first = _sum_distinct(
        place[wanted], keys[wanted], weights[wanted], len(words) + len(pairs), len(copy.sentences)
    )
    chosen = np.flatnonzero(wanted)[first]
    held = _hold_units(
        np.concatenate([words, pairs])[keys[chosen]], weights[chosen], plain[chosen], place[chosen], totals
    )
    return held, (sizes + PAIR * paired).tolist()


def _sentence_of_word(prepared: Prepared) -> _Integers:
    return np.repeat(np.arange(len(prepared.sentences)), [end - start for start, end in prepared.sentence_words])


def _hold_words(distinct: Iterable[str], ours: _Integers, at: _Integers, count: int) -> tuple[_Floats, _Floats]:
    """What each sentence of the source holds of each word, and how rare each word is there."""
    stems: defaultdict[str, int] = defaultdict(counter().__next__)
    stem_of = np.array([stems[word[:STEM]] for word in distinct])
    stands = np.zeros((len(stems), count))
    stands[stem_of[ours], at] = 1.0
    most = log(count + 1)
    rarity_of = np.array([1.0, *(1 - log(number) / most for number in range(1, count + 1))])
    words = RELATED * stands[stem_of]
    words[ours, at] = 1.0
    return words, rarity_of[stands.sum(axis=1).astype(np.int64)][stem_of]


def _hold_pairs(
    ours: _Integers, at: _Integers, theirs: _Integers, count: int, words: int
) -> tuple[_Floats, _Integers, _Integers]:
    """What each sentence of the source holds of each pair of words, and the pairs of both articles by their numbers."""
    both = np.concatenate([ours[:-1] * words + ours[1:], theirs[:-1] * words + theirs[1:]])
    distinct, number = np.unique(both, return_inverse=True)
    our_pairs, their_pairs = number[: len(ours) - 1], number[len(ours) - 1 :]
    pairs = np.zeros((len(distinct), count))
    inside = at[1:] == at[:-1]
    pairs[our_pairs[inside], at[1:][inside]] = 1.0
    return pairs, our_pairs, their_pairs


def _sum_distinct(
    place: _Integers, keys: _Integers, weights: _Floats, most: int, count: int
) -> tuple[_Floats, _Integers]:
    """The weight of the distinct keys of each sentence, and where each of them stands first."""
    cells = place * most + keys
    seen = np.empty(count * most, dtype=np.int64)
    # Of several values for one cell the last is kept: the first place, since they are set backwards.
    seen[cells[::-1]] = np.arange(len(cells))[::-1]
    first = np.flatnonzero(seen[cells] == np.arange(len(cells)))
    return np.bincount(place[first], weights[first], count).astype(np.float64, copy=False), first


def _hold_units(holds: _Floats, weights: _Floats, plain: _Floats, place: _Integers, totals: _Floats) -> list[Held]:
    """What is held of each sentence of the copy, given its units: their weights, and these without rarity."""
    count = holds.shape[1]
    cells = holds.ravel()
    at = np.flatnonzero(cells > 0)
    units = at // count
    # np.bincount adds one after the other, as sums of numpy do not.
    there = at + (place[units] - units) * count
    shares = np.bincount(there, weights[units] * cells[at], len(totals) * count).reshape(-1, count) / totals[:, None]
    same = cells[at] == 1.0
    alike = np.bincount(there[same], plain[units[same]], len(totals) * count).reshape(-1, count)
    whole = np.bincount(place, plain, len(totals))
    likeness = alike / np.maximum(whole, 1)[:, None]
    ends = np.cumsum(np.bincount(place, minlength=len(totals))).tolist()
    return [
        Held(
            total,
            weights[start:end].tolist(),
            {number: share for number, share in enumerate(row) if share},
            partial(_column_of, holds[start:end]),
            alike if number else (),
        )
        for total, start, end, row, alike, number in zip(
            totals.tolist(), [0, *ends[:-1]], ends, shares.tolist(), likeness.tolist(), whole.tolist(), strict=True
        )
    ]


def _column_of(holds: _Floats, number: int) -> list[float]:
    column: list[float] = holds[:, number].tolist()
    return column
