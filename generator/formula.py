"""What is formula and not reuse: words and phrases that articles alike in form, but at odds in their figures, have in common.

A notice of a dividend, a table of rates or a daily market report is written anew each time after a pattern: two of them agree in
form and differ in figures. A story told again agrees in its figures. So an article's formula is what several independent
look-alikes of it hold too; a look-alike is an article that shares much wording with it while the figures of both differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import Keys, Stack

ALIKE = 0.30
"""Reuse from which two articles whose figures are at odds are look-alikes."""

AGREEING = 1.5
"""Figures are at odds where at least one differs, and those that agree are at most this many times as many: three in five."""

RETOLD = 0.50
"""Reuse from which two articles that are no look-alikes tell one story, so that both together count as one telling."""

TELLINGS = 2
"""A word or pair of words is formula of an article where more than this many independent look-alikes hold it."""

_UNIT = 2**20

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of articles, each by their numbers, the one that weighs less first.

    Attributes:
        lighter: Array of integers, shape (p,).
        heavier: Array of integers, shape (p,).
        shared: Array of 64-bit integers, shape (p,): the weight of what both hold, in multiples of 2**-20.
    """

    lighter: Counts
    heavier: Counts
    shared: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far the figures of each of some pairs agree.

    Attributes:
        same: Array of integers, shape (p,): distinct figures that both articles hold.
        other: Array of integers, shape (p,): figures that one holds and the other lacks; the smaller of the two numbers.
    """

    same: Counts
    other: Counts

    def at_odds(self, reuse: NDArray[np.float64]) -> Flags:
        """Whether the figures tell of different events: few of them agree, or fewer than the wording does.

        Args:
            reuse: Array of shares, shape (p,): the reuse of each pair.

        Returns:
            Array of booleans, shape (p,).
        """
        agreeing = self.same / np.maximum(self.same + self.other, 1)
        at_odds: Flags = (self.other > 0) & ((self.same <= AGREEING * self.other) | (agreeing < reuse))
        return at_odds

    @property
    def factor(self) -> NDArray[np.float64]:
        """Array of shares, shape (p,): what the figures leave of a score; 1 unless most of them differ."""
        return np.minimum(1.0, (self.same + 2) / np.maximum(self.other, 1))


def compare_figures(figures: Sequence[Keys], lighter: Counts, heavier: Counts) -> Agreement:
    """Count the figures that pairs of articles share, and those they don't.

    Args:
        figures: Sequence of arrays of 64-bit unsigned integers, ascending and distinct: the figures of each article.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Agreement.
    """
    counts = np.array([len(own) for own in figures], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(counts)))
    held = np.concatenate(figures) if len(figures) else np.zeros(0, dtype=np.uint64)
    same = np.zeros(len(lighter), dtype=np.int64)
    for article, pairs in _by_article(lighter):
        own = figures[article]
        if len(own):
            theirs, whose = _gather(starts, heavier[pairs])
            same[pairs] = np.bincount(whose, _found_in(held[theirs], own) >= 0, len(pairs))
    return Agreement(same, np.minimum(counts[lighter], counts[heavier]) - same)


def find_formula(stacked: Stack, totals: Counts, pairs: Pairs, agreement: Agreement) -> Counts:
    """Which keys of which article are formula.

    Args:
        stacked: Stack of the articles.
        totals: Array of integers, shape (n,): the weight of each article.
        pairs: Pairs, at least all with a reuse from ALIKE up.
        agreement: Agreement of these pairs.

    Returns:
        Array of integers, shape (m,): for each entry of the stack how many independent look-alikes of its article hold its key
        too, in multiples of 2**-20, where it is formula of the article; 0 where it is not.
    """
    formula = np.zeros(len(stacked.rows), dtype=np.int64)
    reuse = pairs.shared / np.maximum(totals[pairs.lighter], 1)
    at_odds = agreement.at_odds(reuse)
    retold = ~at_odds & (reuse >= RETOLD)
    count = len(totals)
    retellings = sum(np.bincount(side[retold], minlength=count) for side in (pairs.lighter, pairs.heavier))
    # Sixty reprints of a notice are one telling of it: each counts for its part. Whole numbers add up alike in any order.
    tellings = _UNIT // (1 + np.asarray(retellings))
    alike = at_odds & (reuse >= ALIKE)
    one = np.concatenate((pairs.lighter[alike], pairs.heavier[alike]))
    other = np.concatenate((pairs.heavier[alike], pairs.lighter[alike]))
    starts = np.searchsorted(stacked.rows, np.arange(count + 1))
    for article, places in _by_article(one):
        likes = other[places]
        if tellings[likes].sum() > TELLINGS * _UNIT:
            theirs, whose = _gather(starts, likes)
            own = stacked.columns[starts[article] : starts[article + 1]]
            at = _found_in(stacked.columns[theirs], own)
            held = np.bincount(at[at >= 0], tellings[likes][whose[at >= 0]], len(own))
            formula[starts[article] : starts[article + 1]] = np.where(held > TELLINGS * _UNIT, held, 0)
    return formula


def _by_article(numbers: Counts) -> list[tuple[int, Counts]]:
    """Each article that occurs, with the places where it does."""
    order = np.argsort(numbers, kind="stable")
    articles, firsts = np.unique(numbers[order], return_index=True)
    return list(zip(articles.tolist(), np.split(order, firsts[1:]), strict=True)) if len(articles) else []


def _gather(starts: Counts, which: Counts) -> tuple[Counts, Counts]:
    """Indices of all entries of some articles, one after the other, and for each the place of its article in `which`."""
    lengths = starts[which + 1] - starts[which]
    whose = np.repeat(np.arange(len(which)), lengths)
    before = np.cumsum(lengths) - lengths
    return starts[which][whose] + np.arange(len(whose)) - before[whose], whose


def _found_in(wanted: NDArray[np.generic], held: NDArray[np.generic]) -> Counts:
    """For each wanted value its place among the held ones, which ascend, or -1; at least one is held."""
    at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return np.where(held[at] == wanted, at, -1)
