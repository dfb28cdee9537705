"""Articles → the passages that two of them hold word for word though the pair is not reported.

A paragraph lifted into a long article of its own is a small share of both, and still evidence. What tells it from a pattern:
it is long, it weighs something when formula is set aside, and few other tellings hold it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import Keys, Posting, pair_keys
from generator.found import CommonPassage, Match
from generator.parts import Spread, end_to_end
from generator.stack import are_among, count_bits, of_lot

SHORTEST = 25
"""Words of the shortest passage, each the same in both articles."""

TELLINGS = 3
"""Independent tellings that may hold a run of SHORTEST words; what more hold is boilerplate, and no passage."""

MOST_HOLDERS = 32
"""Holders of a run that are paired with one another; of more than these, those with the fewest retellings."""

_UNIT = 2**20
# Articles whose runs are looked at together; words whose runs are hashed at once, which stay at hand in the processor; and runs
# that are sorted together, about: each lot of them is found by hashing all anew.
_ROWS = 2**12
_AT_HAND = 2**14
_LOT = 2**23

Places = NDArray[np.int64]


class _Pairs(NamedTuple):
    """Runs of SHORTEST words that two articles hold: the articles, and where in each the run begins; an entry each."""

    one: Places
    other: Places
    at_one: Places
    at_other: Places


def find_common_passages(
    ids: Sequence[str],
    postings: Sequence[Posting],
    matches: Sequence[Match],
    formula_of: Callable[[int], Keys],
    least: int,
    spread: Spread = map,
) -> tuple[CommonPassage, ...]:
    """Find what articles that are no match share word for word.

    A run counts where SHORTEST words stand in both articles and in at most TELLINGS independent tellings of all; articles
    that match are retellings, of which each counts for its part. A passage is as many words as such runs cover together. In an
    article that repeats a run, its first place is taken.

    Args:
        ids: Sequence of strings, the articles' ids.
        postings: Sequence of Posting, of the same articles.
        matches: Sequence of Match among them.
        formula_of: Callable from an article's index to the keys that are formula of it, ascending.
        least: Integer from 0 up, in multiples of 2**-20: what a passage weighs at least in its distinct words and word pairs,
            without those that are formula of either article.
        spread: Spread.

    Returns:
        Tuple of CommonPassage, sorted by the ids and by place in the first; no word of a pair lies in two.
    """
    if not postings:
        return ()
    numbers = {name: index for index, name in enumerate(ids)}
    reported = np.array([sorted((numbers[match.a], numbers[match.b])) for match in matches], np.int64).reshape(-1, 2)
    retellings = np.bincount(reported.ravel(), minlength=len(ids))
    pairs = _pair_up(*_shared_runs(postings, spread), retellings, reported)
    found = defaultdict(list)
    for one, other, start, start_other, length in _join_runs(pairs):
        a, b = sorted(((ids[one], start, one), (ids[other], start_other, other)))
        words = postings[one].order[start : start + length]
        same = np.array_equal(words, postings[other].order[start_other : start_other + length])
        if same and _weigh(words, postings[one], formula_of(one), formula_of(other)) >= least:
            found[a[0], b[0]].append(CommonPassage(a[0], b[0], a[1], b[1], length))
    return tuple(passage for pair in sorted(found) for passage in _apart(found[pair]))


def _shared_runs(postings: Sequence[Posting], spread: Spread) -> tuple[Keys, Places, Places]:
    """Give the runs of SHORTEST words that stand in several places: their keys, articles and places, sorted alike."""
    words = sum(int(end_to_end(postings, "order", part, _ROWS)[1].sum()) for part in range(0, len(postings), _ROWS))
    bits = count_bits(words, _LOT)
    lots = list(spread(partial(_find_shared, postings, bits), range(2**bits)))
    keys, articles, places = (np.concatenate(part) for part in zip(*lots, strict=True))
    return keys, articles, places


def _find_shared(postings: Sequence[Posting], bits: int, lot: int) -> tuple[Keys, Places, Places]:
    """As _shared_runs, of the runs whose keys are of one lot."""
    held, stand, lengths, words = [], [], [], 0
    for part in range(0, len(postings), _ROWS):
        order, counts = end_to_end(postings, "order", part, _ROWS)
        runs = [_hash_runs(order[at : at + _AT_HAND + SHORTEST - 1]) for at in range(0, len(order), _AT_HAND)]
        keys = np.concatenate([order[:0], *runs])
        mine = np.flatnonzero(of_lot(keys, bits, lot))
        held.append(keys[mine])
        stand.append(words + mine)
        lengths.append(counts)
        words += len(order)
    keys, places = np.concatenate(held), np.concatenate(stand)
    # To sort keys alone takes a third of the time that it takes to sort their places too, and hardly any stand there twice.
    ordered = np.sort(keys)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    order = np.flatnonzero(are_among(keys, again))
    order = order[np.argsort(keys[order], kind="stable")]
    ends = np.cumsum(np.concatenate(lengths))
    articles = np.searchsorted(ends, places[order], side="right")
    # A run that begins in one article and ends in another is none.
    whole = places[order] + SHORTEST <= ends[articles]
    keys, articles, places = keys[order][whole], articles[whole], places[order][whole]
    places -= ends[articles] - np.concatenate(lengths)[articles]
    first = np.ones(len(keys), dtype=np.bool_)
    first[1:] = (keys[1:] != keys[:-1]) | (articles[1:] != articles[:-1])
    return keys[first], articles[first], places[first]


def _hash_runs(words: Keys) -> Keys:
    """A key for each run of SHORTEST words; it only brings places together, whose words are compared afterwards."""
    keys, size = words, 1
    while size < SHORTEST:
        step = min(size, SHORTEST - size)
        keys = pair_keys(keys[:-step], keys[step:])
        size += step
    return keys


def _pair_up(keys: Keys, articles: Places, places: Places, retellings: Places, reported: Places) -> _Pairs:
    """Pair the articles that hold one run, but for pairs that are reported and for runs that many hold."""
    _, groups = np.unique(keys, return_inverse=True)
    tellings = np.bincount(groups, _UNIT // (1 + retellings[articles])) if len(keys) else np.zeros(0)
    few = tellings[groups] <= TELLINGS * _UNIT
    groups, articles, places = groups[few], articles[few], places[few]
    order = np.lexsort((articles, retellings[articles], groups))
    groups, articles, places = groups[order], articles[order], places[order]
    rank = np.arange(len(groups)) - np.searchsorted(groups, groups)
    groups, articles, places = (part[rank < MOST_HOLDERS] for part in (groups, articles, places))
    count = len(retellings)
    # One more than any pair's number, so that every number has a place among these.
    known = np.sort(np.append(reported[:, 0] * count + reported[:, 1], count * count))
    parts = []
    for step in range(1, MOST_HOLDERS):
        left = np.flatnonzero(groups[step:] == groups[:-step])
        if not len(left):
            break
        swap = articles[left] > articles[left + step]
        one, other = np.where(swap, left + step, left), np.where(swap, left, left + step)
        named = articles[one] * count + articles[other]
        new = known[np.searchsorted(known, named)] != named
        one, other = one[new], other[new]
        parts.append((articles[one], articles[other], places[one], places[other]))
    if not parts:
        return _Pairs(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
    return _Pairs(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _join_runs(pairs: _Pairs) -> Iterator[tuple[int, int, int, int, int]]:
    """Join the runs of a pair that meet: the two articles, the first words, and the number of words."""
    if not len(pairs.one):
        return
    diagonals = pairs.at_other - pairs.at_one
    order = np.lexsort((pairs.at_one, diagonals, pairs.other, pairs.one))
    one, other, start, diagonal = (part[order] for part in (pairs.one, pairs.other, pairs.at_one, diagonals))
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (np.diff(one) != 0) | (np.diff(other) != 0) | (np.diff(diagonal) != 0) | (np.diff(start) > SHORTEST)
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(order)) - 1
    lengths = start[lasts] + SHORTEST - start[firsts]
    columns = (one[firsts], other[firsts], start[firsts], (start + diagonal)[firsts], lengths)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _weigh(words: Keys, posting: Posting, *formulas: Keys) -> int:
    """What distinct words and word pairs weigh that are formula of neither article, in multiples of 2**-20."""
    keys = np.concatenate((words, pair_keys(words[:-1], words[1:])))
    for formula in formulas:
        keys = np.setdiff1d(keys, formula)
    return int(posting.weights[np.isin(posting.keys, keys, assume_unique=True)].sum())


def _apart(passages: list[CommonPassage]) -> list[CommonPassage]:
    """Leave out what overlaps a longer passage of the same pair."""
    kept: list[CommonPassage] = []
    for passage in sorted(passages, key=lambda one: (-one.length, one.at_a, one.at_b)):
        if all(_clear(passage, other) for other in kept):
            kept.append(passage)
    return sorted(kept, key=lambda one: one.at_a)


def _clear(one: CommonPassage, other: CommonPassage) -> bool:
    return all(
        start + one.length <= start_other or start_other + other.length <= start
        for start, start_other in ((one.at_a, other.at_a), (one.at_b, other.at_b))
    )
