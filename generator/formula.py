"""What is formula and not reuse: words and phrases that articles alike in form, but at odds in their figures, have in common.

A notice of a dividend, a table of rates or a daily market report is written anew each time after a pattern: two of them agree in
form and differ in figures. A story told again agrees in its figures. So an article's formula is what several independent
look-alikes of it hold too; a look-alike is an article that shares much wording with it while the figures of both differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Agreement, Counts, Flags, by_article, found_in, gather
from generator.fingerprint import Stack

ALIKE = 0.30
"""Reuse from which two articles whose figures are at odds are look-alikes."""

RETOLD = 0.70
"""Reuse from which two articles that are no look-alikes tell one story, so that both together count as one telling."""

TELLINGS = 2
"""A word or pair of words is formula of an article where more than this many independent look-alikes hold it."""

_UNIT = 2**20


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

    def only(self, kept: NDArray[np.generic]) -> "Pairs":
        """Some of the pairs.

        Args:
            kept: Array of booleans, shape (p,), or of places.

        Returns:
            Pairs.
        """
        return Pairs(self.lighter[kept], self.heavier[kept], self.shared[kept])


def join_pairs(parts: Iterable[Pairs]) -> Pairs:
    """Put pairs one after the other.

    Args:
        parts: Iterable of Pairs.

    Returns:
        Pairs, in their order.
    """
    rows = [(np.zeros(0, dtype=np.int64),) * 3, *((part.lighter, part.heavier, part.shared) for part in parts)]
    return Pairs(*(np.concatenate(part) for part in zip(*rows, strict=True)))


def find_alike(totals: Counts, pairs: Pairs, agreement: Agreement) -> tuple[Flags, Counts]:
    """Which pairs are look-alikes, and what part of a telling each article is.

    Args:
        totals: Array of integers, shape (n,): the weight of each article.
        pairs: Pairs, at least all with a reuse from ALIKE up.
        agreement: Agreement of these pairs.

    Returns:
        Array of booleans, shape (p,), and array of integers, shape (n,), in multiples of 2**-20: sixty reprints of a notice
        are one telling of it, and each counts for its part.
    """
    reuse = pairs.shared / np.maximum(totals[pairs.lighter], 1)
    at_odds = agreement.at_odds(reuse)
    retold = ~at_odds & (reuse >= RETOLD)
    retellings = sum(np.bincount(side[retold], minlength=len(totals)) for side in (pairs.lighter, pairs.heavier))
    # Whole numbers add up alike in any order.
    return at_odds & (reuse >= ALIKE), _UNIT // (1 + np.asarray(retellings))


def find_formula(stacked: Stack, tellings: Counts, alike: Pairs, wanted: Flags | None = None) -> Counts:
    """Which keys of which article are formula.

    Args:
        stacked: Stack of the articles.
        tellings: Array of integers, shape (n,), as of `find_alike`.
        alike: Pairs that are look-alikes.
        wanted: Array of booleans, shape (n,): the articles that are asked for, all keys of which the stack holds; None for all.

    Returns:
        Array of integers, shape (m,): for each entry of the stack how many independent look-alikes of its article hold its key
        too, in multiples of 2**-20, where it is formula of the article; 0 where it is not.
    """
    formula = np.zeros(len(stacked.rows), dtype=np.int64)
    one = np.concatenate((alike.lighter, alike.heavier))
    other = np.concatenate((alike.heavier, alike.lighter))
    if wanted is not None:
        one, other = one[wanted[one]], other[wanted[one]]
    starts = np.searchsorted(stacked.rows, np.arange(len(tellings) + 1))
    for article, places in by_article(one):
        likes = other[places]
        if tellings[likes].sum() > TELLINGS * _UNIT:
            theirs, whose = gather(starts, likes)
            own = stacked.columns[starts[article] : starts[article + 1]]
            at = found_in(stacked.columns[theirs], own)
            held = np.bincount(at[at >= 0], tellings[likes][whose[at >= 0]], len(own))
            formula[starts[article] : starts[article + 1]] = np.where(held > TELLINGS * _UNIT, held, 0)
    return formula
