"""What is asked of a join, which engines bring: the pairs of some articles that may come to something."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from generator.agreement import Counts, Flags, Shares
from generator.fingerprint import Posting
from generator.formula import Pairs, count_shared, join_pairs
from generator.parts import Spread
from generator.scored import FormulaKeys
from generator.stack import Stack, stack


class Join(Protocol):
    """What engines bring: all pairs of a stack whose shared weight reaches a share of the lighter article."""

    def __call__(
        self, stacked: Stack, masses: Counts, least: float, wanted: Flags | None = None, lighter: bool = False
    ) -> Pairs:
        """Find the pairs.

        Args:
            stacked: Stack.
            masses: Array of integers, shape (n,): the weight of each article.
            least: Share.
            wanted: Array of booleans, shape (n,): at least one article of a pair is one of these; None for all pairs.
            lighter: Boolean: true where it is the lighter one, false where it may be either.

        Returns:
            Pairs.
        """
        ...


def join_some(
    postings: Sequence[Posting],
    whole: Stack | None,
    asked: Shares,
    wanted: Flags,
    join: Join,
    spread: Spread = map,
    formula: FormulaKeys | None = None,
    lighter: bool = False,
) -> Pairs:
    """Find the pairs of some articles that share what is asked of one of the two, or nearly so.

    Args:
        postings: Sequence of Posting.
        whole: Stack of all of them without what is formula, or None where there is none yet.
        asked: Array of floats, shape (n,), in multiples of 2**-20: what a pair shares of which this article is asked less.
        wanted: Array of booleans, shape (n,): at least one article of a pair is one of these.
        join: Join.
        spread: Spread.
        formula: FormulaKeys, what is left out where there is no stack yet.
        lighter: Boolean: true where that article must be the one of which less is asked.

    Returns:
        Pairs, the one of which less is asked first.
    """
    if not wanted.any():
        return join_pairs([])
    stacked = stack(postings, wanted, spread) if whole is None else whole
    if whole is None and formula is not None:
        stacked = stacked.without(formula.find_in(stacked))
    return join(stacked, _round_down(asked), 1.0, None if wanted.all() else wanted, lighter)


def take_over(known: Pairs, whole: Stack, has: Flags, asked: Shares, wanted: Flags, spread: Spread) -> Pairs:
    """Take pairs over that an earlier join gave, before formula was set aside.

    Args:
        known: Pairs.
        whole: Stack of all articles, without what is formula.
        has: Array of booleans, shape (n,): articles that have formula.
        asked: Array of floats, shape (n,), as in `join_some`.
        wanted: Array of booleans, shape (n,): of these pairs may be missing, where less is asked of them than of the other.
        spread: Spread.

    Returns:
        Pairs: all others that share what is asked of one of the two, and perhaps some that share less.
    """
    hefts = _round_down(asked)
    first = hefts[known.lighter], hefts[known.heavier]
    other = (first[1] < first[0]) | ((first[1] == first[0]) & (known.heavier < known.lighter))
    kept = ~wanted[np.where(other, known.heavier, known.lighter)] & (known.shared >= np.minimum(*first))
    known = known.only(kept)
    changed = has[known.lighter] | has[known.heavier]
    # Where nothing is formula of either, the two share what they did.
    return join_pairs((known.only(~changed), count_shared(whole, known.only(changed), spread)))


def order_by_mass(pairs: Pairs, masses: Counts) -> Pairs:
    """Put the article of each pair first that weighs less.

    Args:
        pairs: Pairs, in any order.
        masses: Array of integers, shape (n,): the weight of each article.

    Returns:
        Pairs; of two that weigh the same the first article stands first.
    """
    one, other = masses[pairs.lighter], masses[pairs.heavier]
    swap = (other < one) | ((other == one) & (pairs.heavier < pairs.lighter))
    return Pairs(
        np.where(swap, pairs.heavier, pairs.lighter), np.where(swap, pairs.lighter, pairs.heavier), pairs.shared
    )


def _round_down(asked: Shares) -> Counts:
    # A hair less is asked, since quotients and roots are rounded.
    return np.maximum(asked * (1 - 2**-40) - 1, 0).astype(np.int64)
