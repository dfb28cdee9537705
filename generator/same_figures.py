"""The figures that tell one story from another, and the pairs of articles that tell the same ones.

The wording of a story told again may change nearly all; its figures stay. In a language that inflects its words and glues them
together a rewrite in other words shares hardly any word with its source, but the figures. So pairs are looked for by them too.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts, Flags, among, found_in, gather
from generator.fingerprint import Keys, Posting
from generator.formula import Pairs, join_pairs
from generator.joining import Join
from generator.lexicon import key_of
from generator.parts import end_to_end
from generator.stack import Stack

SAME_FIGURES = 4
"""Figures that two articles share at least where they tell the same ones."""

ENOUGH_FIGURES = 6
"""Same figures from which on it does not matter how much else is shared."""

# Numbers of items and of years, whose followers are told by their keys.
_COUNTED = (range(200), range(1900, 2100))
_MOST = 2**12


class _Told(NamedTuple):
    """The figures of all articles that count, where those of each begin, and how many each must share at least."""

    figures: Keys
    starts: Counts
    asked: Counts


def count_same_figures(postings: Sequence[Posting], one: Counts, other: Counts) -> Counts:
    """How many figures each of some pairs of articles tells alike.

    A figure of one digit is shared by chance. So are numbers that follow one another: two articles with twenty numbered items, or
    on the same years, share them all. Of these only the first counts, and none of those that go on from a single digit.

    Args:
        postings: Sequence of Posting.
        one: Array of integers, shape (p,): numbers of articles.
        other: Array of integers, shape (p,): numbers of articles.

    Returns:
        Array of integers, shape (p,): 0 where they do not tell the same figures, which are SAME_FIGURES at least, and half of the
        figures of two digits or more of either.
    """
    if not len(one):
        return np.zeros(0, dtype=np.int64)
    figures, starts, asked = _list_figures(postings)
    at, whose = gather(starts, one)
    same = np.bincount(whose[among(figures[at], figures, starts, other[whose])], minlength=len(one))
    return np.where(same >= np.maximum(asked[one], asked[other]), same, 0)


def pair_by_figures(postings: Sequence[Posting], join: Join, wanted: Flags) -> Pairs:
    """Find all pairs of articles that tell the same figures.

    Args:
        postings: Sequence of Posting, at least one.
        join: Join.
        wanted: Array of booleans, shape (n,): at least one article of a pair is one of these.

    Returns:
        Pairs, in any order; what they share is how many figures both tell alike, as `count_same_figures` has it.
    """
    if not wanted.any():
        return join_pairs([])
    figures, starts, asked = _list_figures(postings)
    counts = np.diff(starts)
    enough = counts >= asked
    figures = figures[np.repeat(enough, counts)]
    if len(figures) < 2 * SAME_FIGURES:
        return join_pairs([])
    keys, columns, holders = np.unique(figures, return_inverse=True, return_counts=True)
    # Those that fewest hold are joined first.
    order = np.argsort(holders, kind="stable")
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[order] = np.arange(len(keys))
    rows = np.repeat(np.flatnonzero(enough), counts[enough])
    columns = np.sort(rows * len(keys) + ranks[columns]) % len(keys)
    starts = np.concatenate(([0], np.cumsum(np.where(enough, counts, 0))))
    stacked = Stack(starts, columns.astype(np.int32), np.ones(len(keys), dtype=np.int32), keys[order])
    pairs = join(stacked, asked, 1.0, None if wanted.all() else wanted)
    return pairs.only(pairs.shared >= np.maximum(asked[pairs.lighter], asked[pairs.heavier]))


def _list_figures(postings: Sequence[Posting]) -> _Told:
    held, lengths = end_to_end(postings, "figures")
    owners = np.repeat(np.arange(len(lengths)), lengths)
    keys, numbers = _list_counted()
    at = found_in(held, keys)
    places = _MOST * owners + numbers[at]
    counted = np.sort(places[at >= 0])
    after = found_in(places - 1, counted) >= 0 if len(counted) else at >= 0
    large = (at < 0) | (numbers[at] > 9)
    kept = large & ((at < 0) | ~after)
    starts, all_large = (np.bincount(owners[these], minlength=len(lengths)) for these in (kept, large))
    asked = np.maximum(SAME_FIGURES, -(-all_large // 2))
    return _Told(held[kept], np.concatenate(([0], np.cumsum(starts))), asked)


@cache
def _list_counted() -> tuple[Keys, NDArray[np.int64]]:
    """The keys of the numbers that are counted with, ascending, and the numbers."""
    numbers = np.array([*chain(*_COUNTED)], dtype=np.int64)
    keys = np.array([key_of(str(number)) for number in numbers], dtype=np.uint64)
    order = np.argsort(keys)
    return keys[order], numbers[order]
