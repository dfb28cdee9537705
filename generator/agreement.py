"""How far the particulars of two articles agree: their figures, and their names.

A story told again keeps its figures and names, whatever becomes of its wording; what was written after a pattern keeps the
wording and has other figures in the same places.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import Keys, Posting
from generator.frozen import dataclass
from generator.parts import Spread, choose, in_parts, merge_same

AGREEING = 1.5
"""Figures are at odds where at least one differs, and those that agree are at most this many times as many: three in five."""

CORRECTED = 1
"""Figures that may stand against others in the same place before the score falls: one may be a correction."""

AGAINST = 4
"""How much each further figure in the place of another counts against those that agree."""

OTHER_DAYS = 1 / 3
"""What is left of a score where both articles name days of the calendar and none is the same: notices of different days."""

RENAMED = 2
"""Names that the other article may lack before the score falls: a retelling names some things otherwise."""

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far the figures of each of some pairs agree.

    Attributes:
        same: Array of integers, shape (p,): distinct figures that both articles hold.
        other: Array of integers, shape (p,): figures that one holds and the other lacks; the smaller of the two numbers.
        opposed: Array of integers, shape (p,): of these, figures that stand beside a word beside which the other article has a
            figure too; the smaller of the two numbers.
    """

    same: Counts
    other: Counts
    opposed: Counts

    def at_odds(self, reuse: Shares) -> Flags:
        """Whether the figures tell of different events: few of them agree, or fewer than the wording does.

        Args:
            reuse: Array of shares, shape (p,): the reuse of each pair.

        Returns:
            Array of booleans, shape (p,).
        """
        agreeing = self.same / np.maximum(self.same + self.other, 1)
        at_odds: Flags = (self.other > 0) & ((self.same <= AGREEING * self.other) | (agreeing < reuse))
        return at_odds

    def only(self, kept: NDArray[np.generic]) -> "Agreement":
        """The agreement of some of the pairs.

        Args:
            kept: Array of booleans, shape (p,), or of places.

        Returns:
            Agreement.
        """
        return Agreement(self.same[kept], self.other[kept], self.opposed[kept])

    @property
    def factor(self) -> Shares:
        """Array of shares, shape (p,): what the figures leave of a score; 1 unless several stand in the place of others."""
        factor: Shares = (self.same + 1) / (self.same + 1 + AGAINST * np.maximum(0, self.opposed - CORRECTED))
        return factor


class _Figures(NamedTuple):
    """The figures of all articles one after the other, with where those of each begin; their places and the owners of these."""

    figures: Keys
    starts: Counts
    places: Keys
    place_starts: Counts
    owners: Counts


def compare_figures(postings: Sequence[Posting], lighter: Counts, heavier: Counts, spread: Spread = map) -> Agreement:
    """Count the figures that pairs of articles share, and those they don't.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.
        spread: Spread.

    Returns:
        Agreement.
    """
    postings, lighter, heavier = only_in_pairs(postings, lighter, heavier)
    lighter, heavier, back = merge_same(postings, lighter, heavier)
    particulars = [posting.particulars for posting in postings]
    figures, starts = _end_to_end([own.figures for own in particulars])
    places, place_starts = _end_to_end([own.places for own in particulars])
    owners, _ = _end_to_end([own.owners for own in particulars])
    held = _Figures(figures, starts, places, place_starts, owners)
    same, opposed = in_parts(partial(_count_figures, held), (lighter, heavier), spread)
    counts = np.diff(starts)
    other = np.minimum(counts[lighter], counts[heavier]) - same
    return Agreement(same[back], other[back], opposed[back])


def _count_figures(held: _Figures, pairs: tuple[Counts, Counts]) -> Counts:
    """How many figures each of some pairs shares, and how many are opposed in it."""
    (same, own), (_, their) = (_look_at_figures(held, *side) for side in (pairs, pairs[::-1]))
    return np.stack((same, np.minimum(own, their)))


def _look_at_figures(held: _Figures, one: Counts, other: Counts) -> tuple[Counts, Counts]:
    """How many figures of one article of each pair the other holds too, and how many others stand where that has a figure."""
    at, whose = gather(held.starts, one)
    agree = among(held.figures[at], held.figures, held.starts, other[whose])
    beside, besides = gather(held.place_starts, one)
    meet = among(held.places[beside], held.places, held.place_starts, other[besides])
    standing = np.zeros(len(at), dtype=np.bool_)
    # The figures of all pairs stand in one row, in the order of the pairs.
    standing[(np.searchsorted(whose, besides) + held.owners[beside])[meet]] = True
    return np.bincount(whose[agree], minlength=len(one)), np.bincount(whose[standing & ~agree], minlength=len(one))


def compare_days(postings: Sequence[Posting], lighter: Counts, heavier: Counts) -> Shares:
    """What the days of the calendar that pairs of articles name leave of their scores.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Array of shares, shape (p,): 1 unless both name days, and no day is the same.
    """
    postings, lighter, heavier = only_in_pairs(postings, lighter, heavier)
    days, starts = _end_to_end([posting.particulars.days for posting in postings])
    named = np.diff(starts) > 0
    at, whose = gather(starts, lighter)
    same = np.bincount(whose[among(days[at], days, starts, heavier[whose])], minlength=len(lighter))
    return np.where(named[lighter] & named[heavier] & (same == 0), OTHER_DAYS, 1.0)


def compare_names(postings: Sequence[Posting], lighter: Counts, heavier: Counts) -> Shares:
    """What the names of pairs of articles leave of their scores.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Array of shares, shape (p,): 1 unless several names of either are no words of the other.
    """
    postings, lighter, heavier = only_in_pairs(postings, lighter, heavier)
    names, name_starts = _end_to_end([posting.particulars.names for posting in postings])
    words, word_starts = _end_to_end([posting.keys for posting in postings])
    counts = np.diff(name_starts)
    kept = np.zeros((2, len(lighter)), dtype=np.int64)
    for side, (one, other) in enumerate(((lighter, heavier), (heavier, lighter))):
        at, whose = gather(name_starts, one)
        kept[side] = np.bincount(whose[among(names[at], words, word_starts, other[whose])], minlength=len(one))
    missing = np.stack((counts[lighter], counts[heavier])) - kept
    fewer = np.where(missing[0] <= missing[1], 0, 1)
    at = np.arange(len(lighter))
    agreeing = kept[fewer, at] + 1
    factor: Shares = agreeing / (agreeing + np.maximum(0, missing[fewer, at] - RENAMED))
    return factor


def only_in_pairs(
    postings: Sequence[Posting], lighter: Counts, heavier: Counts
) -> tuple[Sequence[Posting], Counts, Counts]:
    """Leave out what stands in no pair.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Sequence of Posting in their order, and the pairs by the numbers of these.
    """
    used = list_distinct(lighter, heavier)
    return choose(postings, used), np.searchsorted(used, lighter), np.searchsorted(used, heavier)


def list_distinct(*numbers: Counts) -> Counts:
    """The numbers of articles that occur, ascending; np.unique would load numpy.ma first, which takes longer than all else here."""
    return np.flatnonzero(np.bincount(np.concatenate(numbers)))


def by_article(numbers: Counts) -> list[tuple[int, Counts]]:
    """Each article that occurs, with the places where it does."""
    order = np.argsort(numbers, kind="stable")
    articles, firsts = np.unique(numbers[order], return_index=True)
    return list(zip(articles.tolist(), np.split(order, firsts[1:]), strict=True)) if len(articles) else []


def gather(starts: Counts, which: Counts) -> tuple[Counts, Counts]:
    """Indices of all entries of some articles, one after the other, and for each the place of its article in `which`."""
    lengths = starts[which + 1] - starts[which]
    whose = np.repeat(np.arange(len(which)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts[which] - before, lengths) + np.arange(len(whose)), whose


def found_in(wanted: NDArray[np.generic], held: NDArray[np.generic]) -> Counts:
    """For each wanted value its place among the held ones, which ascend, or -1; at least one is held."""
    at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return np.where(held[at] == wanted, at, -1)


def among(wanted: NDArray[np.generic], held: NDArray[np.generic], starts: Counts, which: Counts) -> Flags:
    """Whether each wanted value stands among those that one article holds; these ascend in each article.

    Args:
        wanted: Array, shape (w,).
        held: Array of what all articles hold, one after the other.
        starts: Array of integers, shape (n + 1,): where each article begins there, and where the last one ends.
        which: Array of integers, shape (w,): the article in which each value is looked for.

    Returns:
        Array of booleans, shape (w,).
    """
    low, high = starts[which], starts[which + 1]
    ends = high
    # Every value is looked for by halves at once, each in a part of its own.
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        after = (low < high) & (held[np.minimum(middle, len(held) - 1)] < wanted)
        low, high = np.where(after, middle + 1, low), np.where(after, high, middle)
    found = low < ends
    found[found] = held[low[found]] == wanted[found]
    return found


def _end_to_end(arrays: Sequence[NDArray[np.generic]]) -> tuple[NDArray[Any], Counts]:
    """Arrays one after the other, and where each begins; the last number is where the last one ends."""
    starts = np.concatenate(([0], np.cumsum([len(array) for array in arrays], dtype=np.int64)))
    return np.concatenate(arrays) if len(arrays) else np.zeros(0, dtype=np.int64), starts
