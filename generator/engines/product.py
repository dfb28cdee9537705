"""All pairs of a stack by blocks of rows of a sparse product. Engines say where each block is taken; here is what it gives.

The product is exact: nothing is sampled and no frequent word is left out, so no pair that reaches the least share is missed.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts, Flags
from generator.fingerprint import Stack
from generator.formula import Pairs

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Block = tuple[bool, int]
"""What is asked of a Product at once: whether its rows are articles that are wanted, and the place of the first of them."""

ROWS = 2000
"""Integer: articles that are rows of one block."""

# How many pairs are looked at together, and how much of the least share is counted for them alone.
_PAIRS = 2**15
_COUNTED_LATER = 1 / 3


class Product:
    """A sparse product that is taken by blocks.

    Row i of the left matrix holds the weights of i's keys, divided by the power of two that brings i's mass to between 0.5
    and 1. Such a division loses nothing, so the sums are exact; the product's entry (i, j) is at least half of the share
    of i in j and at most all of it, and what is below half the least share need never be kept.

    Nearly all of a product's work is on the few keys that many articles hold. Of each article the most frequent ones, up to
    a part of the least share, are left out of it, and counted only for the pairs that may reach that share with them.
    Source: prefix filtering (Chaudhuri, Ganti and Kaushik, A primitive operator for similarity joins, 2006).

    Attributes:
        masses: Array of integers, shape (n,): the weight of each article.
        least: Share of the lighter article that a pair shares at least.
        wanted: Array of booleans, shape (n,): at least one article of a pair is one of these; None for all pairs.
    """

    def __init__(self, stacked: Stack, masses: Counts, least: float, wanted: Flags | None) -> None:
        from scipy.sparse import csr_matrix

        self.masses, self.least, self.wanted = masses, least, wanted
        count = stacked.shape[0]
        often = _most_frequent(stacked, masses, least * _COUNTED_LATER)
        rare, later = stacked.only(~often), stacked.only(often)
        self._scales = np.exp2(np.ceil(np.log2(np.maximum(masses, 1))))
        weights = rare.weights / self._scales[rare.rows]
        self._left = csr_matrix((weights, (rare.rows, rare.columns)), shape=stacked.shape)
        ones = np.ones(len(stacked.rows))
        self._holds = csr_matrix((ones, (stacked.rows, stacked.columns)), shape=stacked.shape)
        weighs = later.weights.astype(np.float64)
        self._weighs = csr_matrix((weighs, (later.rows, later.columns)), shape=stacked.shape)
        self._most = np.bincount(later.rows, later.weights, count).astype(np.int64)
        # Where pairs of some articles are wanted, these are joined with all, and all the others with these alone.
        everyone = np.arange(count)
        self._sides = {True: (everyone, everyone)}
        if wanted is not None:
            self._sides = {True: (everyone[wanted], everyone), False: (everyone[~wanted], everyone[wanted])}
        self._turned = lru_cache(1)(lambda side: self._holds[self._sides[side][1]].T.tocsr())

    @property
    def blocks(self) -> list[Block]:
        """List of Block: together they hold every pair once."""
        return [(side, start) for side, (rows, _) in self._sides.items() for start in range(0, len(rows), ROWS)]

    def join(self, block: Block, threads: int = 1) -> Pairs:
        """Find the pairs whose lighter article is a row of a block.

        Args:
            block: Block.
            threads: Integer from 1 up.

        Returns:
            Pairs.
        """
        from sparse_dot_topn import sp_matmul_topn

        side, start = block
        all_rows, columns = self._sides[side]
        rows = all_rows[start : start + ROWS]
        threshold = self.least * (1 - _COUNTED_LATER) * 0.499
        right: csr_matrix = self._turned(side)
        found = sp_matmul_topn(self._left[rows], right, top_n=len(columns), threshold=threshold, n_threads=threads)
        found = found.tocoo()
        first, second = rows[found.row], columns[found.col]
        shared = (found.data * self._scales[first]).astype(np.int64)
        # A pair is counted from its lighter article; where both directions are found, that one is taken.
        masses = self.masses
        lighter = (masses[first] < masses[second]) | ((masses[first] == masses[second]) & (first < second))
        possible = lighter & (shared + self._most[first] >= self.least * masses[first])
        first, second, shared = first[possible], second[possible], shared[possible]
        for at in range(0, len(first), _PAIRS):
            both = self._weighs[first[at : at + _PAIRS]].multiply(self._holds[second[at : at + _PAIRS]])
            shared[at : at + _PAIRS] += np.asarray(both.sum(axis=1), dtype=np.int64).ravel()
        kept = shared >= self.least * masses[first]
        return Pairs(first[kept], second[kept], shared[kept])


def join_pairs(parts: Iterable[Pairs]) -> Pairs:
    """Put the pairs of several blocks together.

    Args:
        parts: Iterable of Pairs.

    Returns:
        Pairs, in their order.
    """
    rows = [(np.zeros(0, dtype=np.int64),) * 3, *((part.lighter, part.heavier, part.shared) for part in parts)]
    return Pairs(*(np.concatenate(part) for part in zip(*rows, strict=True)))


def _most_frequent(stacked: Stack, masses: Counts, part: float) -> NDArray[np.bool_]:
    """For each entry whether it is among those most frequent keys of its article that weigh up to a part of it together."""
    holders = np.bincount(stacked.columns, minlength=stacked.shape[1])
    order = np.argsort(stacked.rows * (len(masses) + 1) - holders[stacked.columns], kind="stable")
    sums = np.cumsum(stacked.weights[order])
    # Sorting moves entries within their rows only.
    starts = np.searchsorted(stacked.rows, stacked.rows)
    before = np.concatenate(([0], sums))[starts]
    often = np.zeros(len(order), dtype=np.bool_)
    often[order] = sums - before <= part * masses[stacked.rows]
    return often
