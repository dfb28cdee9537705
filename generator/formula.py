"""What is formula and not reuse: words and phrases that articles alike in form, but at odds in their figures, have in common.

A notice of a dividend, a table of rates or a daily market report is written anew each time after a pattern: two of them agree in
form and differ in figures. A story told again agrees in its figures. So an article's formula is what several independent
look-alikes of it hold too; a look-alike is an article that shares much wording with it while the figures of both differ.
"""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Agreement, Counts, Flags, among, by_article, gather
from generator.fingerprint import Posting, Weights
from generator.frozen import dataclass
from generator.parts import TOGETHER, Spread, in_parts
from generator.stack import Stack

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


def may_be_alike(pairs: Pairs, totals: Counts, postings: Sequence[Posting]) -> Flags:
    """Which pairs may be look-alikes, or retell each other.

    Args:
        pairs: Pairs.
        totals: Array of integers, shape (n,): the weight of each article.
        postings: Sequence of Posting, of these articles.

    Returns:
        Array of booleans, shape (p,).
    """
    reuse = pairs.shared / np.maximum(totals[pairs.lighter], 1)
    # Without figures in both, none are at odds.
    counted = np.array([len(posting.particulars.figures) > 0 for posting in postings], dtype=np.bool_)
    may: Flags = (reuse >= RETOLD) | ((reuse >= ALIKE) & counted[pairs.lighter] & counted[pairs.heavier])
    return may


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


def find_formula(
    stacked: Stack, tellings: Counts, alike: Pairs, wanted: Flags | None = None, spread: Spread = map
) -> tuple[Counts, Counts]:
    """Which keys of which article are formula.

    Args:
        stacked: Stack of the articles.
        tellings: Array of integers, shape (n,), as of `find_alike`.
        alike: Pairs that are look-alikes.
        wanted: Array of booleans, shape (n,): the articles that are asked for, all keys of which the stack holds; None for all.
        spread: Spread.

    Returns:
        Two arrays of integers, shape (f,): the places of the entries of the stack that are formula of their article, ascending,
        and how many independent look-alikes of the article hold the key of each, in multiples of 2**-20.
    """
    one = np.concatenate((alike.lighter, alike.heavier))
    other = np.concatenate((alike.heavier, alike.lighter))
    enough = np.bincount(one, tellings[other], len(tellings)) > TELLINGS * _UNIT
    kept = enough[one] if wanted is None else enough[one] & wanted[one]
    one, other = one[kept], other[kept]
    order = np.argsort(one, kind="stable")
    one, other = one[order], other[order]
    # All look-alikes of an article stand in one part.
    cuts = np.searchsorted(one, sorted(set(one[TOGETHER::TOGETHER].tolist())))
    parts = zip(np.split(one, cuts), np.split(other, cuts), strict=True)
    count = partial(_count_holders, stacked.columns, stacked.shape[1], stacked.starts, tellings)
    found = list(spread(count, list(parts)))
    places, held = (np.concatenate(part) for part in zip(*found, strict=True))
    return places, held


def count_shared(stacked: Stack, pairs: Pairs, spread: Spread = map) -> Pairs:
    """Count what pairs share.

    Args:
        stacked: Stack of the articles.
        pairs: Pairs; what they are known to share is not looked at.
        spread: Spread.

    Returns:
        Pairs, with the weight of all keys of the stack that both hold.
    """
    count = partial(_count_shared, stacked.columns, stacked.weights, stacked.starts)
    (shared,) = in_parts(count, (pairs.lighter, pairs.heavier), spread)
    return Pairs(pairs.lighter, pairs.heavier, shared)


def _count_shared(columns: NDArray[np.int32], weights: Weights, starts: Counts, pairs: tuple[Counts, Counts]) -> Counts:
    at, whose = gather(starts, pairs[0])
    held = columns[at]
    both = among(held, columns, starts, pairs[1][whose])
    return np.bincount(whose[both], weights[held[both]], len(pairs[0])).astype(np.int64)[None]


def _count_holders(
    columns: NDArray[np.int32], width: int, starts: Counts, tellings: Counts, likes: tuple[Counts, Counts]
) -> tuple[Counts, Counts]:
    """As find_formula: what is formula of some articles, given where the entries of each begin; and their look-alikes."""
    none = np.zeros(0, dtype=np.int64)
    places, counts = [none], [none]
    # Where a column stands in the article at hand: to look there takes half as long as to search.
    standing = np.full(width, -1, dtype=np.int32)
    for article, at in by_article(likes[0]):
        others = likes[1][at]
        theirs, whose = gather(starts, others)
        own = columns[starts[article] : starts[article + 1]]
        standing[own] = np.arange(len(own))
        found = standing[columns[theirs]]
        standing[own] = -1
        common = np.flatnonzero(found >= 0)
        held = np.bincount(found[common], tellings[others][whose[common]], len(own)).astype(np.int64)
        formula = np.flatnonzero(held > TELLINGS * _UNIT)
        places.append(starts[article] + formula)
        counts.append(held[formula])
    return np.concatenate(places), np.concatenate(counts)
