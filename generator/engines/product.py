"""All pairs of a stack by blocks of a sparse product. Engines say where each block is taken; here is what it gives.

The product is exact: nothing is sampled and no key of the stack is left out, so no pair that reaches the least share is missed.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts, Flags, gather
from generator.formula import Pairs, join_pairs
from generator.overlap import shared_weights
from generator.stack import Stack

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Block = tuple[bool, int, int]
"""What is asked of a Product at once: whether its lighter articles are those wanted, and where its columns begin and end."""

COLUMNS = 2**12
"""Integer: articles that are columns of one block."""

# How many articles are its rows at once, of how many it is told at once what is counted later, how many partners each is thought
# to have, and how many entries for each column are looked up at once.
_ROWS = 2**13
_CUT = 2**11
_PARTNERS = 2**8
# How many times as much as the lightest the heaviest of the rows weighs at the most.
_ALIKE = 1.1
_ENTRIES = 2**9
# How much of the least share is counted for likely pairs alone, and in how many keys at the most.
_COUNTED_LATER = 0.7
_LOOKED_UP = 2**13
# Up to so many entries are looked at to join a few articles with all the others.
_FEW_ENTRIES = 2**25


class _Turned(NamedTuple):
    """The columns of a block.

    Attributes:
        places: Array of integers, ascending: the places of their articles.
        right: Sparse matrix, a key a row: 1.0 where an article holds the key.
        bits: Array of bytes, an article a row: a bit for each key that may be counted later.
    """

    places: Counts
    right: "csr_matrix"
    bits: NDArray[np.uint8]


class Product:
    """A sparse product that is taken by blocks.

    The articles are put in the order of their masses, and pairs are looked for from the lighter one. Row i of the left matrix
    holds the weights of i's keys, column j of the right one is 1 where j holds a key; the sums are whole numbers below 2**53, and
    so exact. What is below the least share of the lightest article of some rows need never be kept.

    Nearly all of a product's work is on the few keys that many articles hold. Of each lighter article those that cost most for
    their weight are left out of it, up to a part of the least share, and counted only for the pairs that may reach that share
    with them. Sources: prefix filtering (Chaudhuri, Ganti and Kaushik, A primitive operator for similarity joins, 2006), in
    the order of sizes (Bayardo, Ma and Srikant, Scaling up all pairs similarity search, 2007).

    Attributes:
        least: Share of the lighter article that a pair shares at least.
    """

    def __init__(
        self, stacked: Stack, masses: Counts, least: float, wanted: Flags | None, lighter: bool = False
    ) -> None:
        """Take the articles in.

        Args:
            stacked: Stack.
            masses: Array of integers, shape (n,): the weight of each article.
            least: Share.
            wanted: Array of booleans, shape (n,): at least one article of a pair is one of these; None for all pairs.
            lighter: Boolean: true where the lighter article must be one of these.
        """
        self.least = least
        count = stacked.shape[0]
        self._order = np.argsort(masses, kind="stable")
        self._masses = masses[self._order]
        self._columns, self._weights = stacked.columns, stacked.weights.astype(np.int64)
        self._starts, self._ends = stacked.starts[self._order], stacked.starts[self._order + 1]
        self._first_late = _first_late(len(self._weights))
        self._cuts, self._most = (part[self._order] for part in self._cut(stacked, masses))
        # Where pairs of some articles are wanted, these are joined with all, and all the others with these alone.
        everyone = np.arange(count)
        self._sides = {True: (everyone, everyone)}
        if wanted is not None:
            some = wanted[self._order]
            self._sides = {True: (everyone[some], everyone)}
            if not lighter:
                self._sides[False] = everyone[~some], everyone[some]

    def list_blocks(self, size: int = COLUMNS) -> list[Block]:
        """Cut the product into blocks.

        Args:
            size: Integer from 1 up, how many articles are columns of one block.

        Returns:
            List of Block; together they hold every pair once. A short one stands first, by which an engine sees what the others
            take; then those that take longest, so that nobody waits for them in the end.
        """
        columns = {side: len(heavier) for side, (_, heavier) in self._sides.items()}
        blocks = [(side, start, start + size) for side, count in columns.items() for start in range(0, count, size)]
        # The shortest articles share much by chance, and take longer than those that follow.
        return blocks[1:2] + sorted(blocks[:1] + blocks[2:], key=lambda block: -block[1])

    def join(self, block: Block) -> Pairs:
        """Find the pairs whose heavier article is a column of a block.

        Args:
            block: Block.

        Returns:
            Pairs.
        """
        turned = self._turn(block)
        rows = self._sides[block[0]][0]
        rows = rows[: np.searchsorted(rows, turned.places[-1])] if len(turned.places) else rows[:0]
        # Fewer columns are asked for where memory is short; then rows and what is looked up are fewer too.
        most = min(_ROWS, block[2] - block[1])
        found = join_pairs(self._join(rows[part], turned) for part in _alike(self._masses[rows], most))
        return Pairs(self._order[found.lighter], self._order[found.heavier], found.shared)

    def _turn(self, block: Block) -> _Turned:
        side, start, end = block
        places = self._sides[side][1][start:end]
        held = self._take(np.bool_, self._starts[places], self._ends[places])
        # scipy leaves the type of what it turns alone, and booleans multiply nothing.
        return _Turned(places, held.T.tocsr().astype(np.float64), _mark_late(held))

    def _cut(self, stacked: Stack, masses: Counts) -> tuple[Counts, Counts]:
        """Where the keys of each article begin that are counted later, and what they weigh together."""
        count = len(masses)
        cuts, most = np.empty((2, count), dtype=np.int64)
        # All at once would take several times the memory of the keys.
        for start in range(0, count, _CUT):
            ends = stacked.starts[start : start + _CUT + 1]
            columns = stacked.columns[ends[0] : ends[-1]]
            late = np.flatnonzero(columns >= self._first_late)
            # Of each row the last ones; their sums from the end of the row on.
            rows = np.searchsorted(ends - ends[0], late, side="right") - 1
            weights = self._weights[columns[late]]
            sums = np.concatenate(([0], np.cumsum(weights)))
            lasts = np.searchsorted(rows, np.arange(len(ends) - 1), side="right")
            after = sums[lasts][rows] - sums[:-1]
            later = after <= self.least * _COUNTED_LATER * masses[start : start + _CUT][rows]
            part = slice(start, start + len(ends) - 1)
            most[part] = np.bincount(rows[later], weights[later], len(ends) - 1)
            cuts[part] = ends[1:] - np.bincount(rows[later], minlength=len(ends) - 1)
        return cuts, most

    def _join(self, rows: Counts, turned: _Turned) -> Pairs:
        """The pairs of some places as the lighter articles with the columns of a block; the articles by their places too."""
        # What any of them may lack of its share until the rest is counted; sums are whole numbers.
        threshold = float((self.least * self._masses[rows] - self._most[rows]).min()) - 0.5
        one, other, sums = _multiply(
            self._take(np.float64, self._starts[rows], self._cuts[rows]), turned.right, threshold
        )
        shared = sums.astype(np.int64)
        lighter, heavier = rows[one], turned.places[other]
        least = self.least * self._masses[lighter]
        possible = (lighter < heavier) & (shared + self._most[lighter] >= least)
        lighter, heavier, other, shared = (part[possible] for part in (lighter, heavier, other, shared))
        for part in _portions(self._ends[lighter] - self._cuts[lighter], _ENTRIES * len(turned.places)):
            shared[part] += self._weigh_late(lighter[part], turned.bits, other[part])
        kept = shared >= least[possible]
        return Pairs(lighter[kept], heavier[kept], shared[kept])

    def _gather(self, starts: Counts, ends: Counts) -> tuple[NDArray[np.int32], Counts]:
        """The columns of some entries of some articles, and for each the place of its article among these."""
        at, whose = gather(np.stack((starts, ends), axis=1).ravel(), 2 * np.arange(len(starts)))
        return self._columns[at], whose

    def _take(self, kind: type, starts: Counts, ends: Counts) -> "csr_matrix":
        """Some entries of some articles, a row an article: their weights, or, as booleans, whether they are there."""
        from scipy.sparse import csr_matrix

        columns, _ = self._gather(starts, ends)
        rows = np.concatenate(([0], np.cumsum(ends - starts)))
        return csr_matrix((self._weights[columns].astype(kind), columns, rows), (len(starts), len(self._weights)))

    def _weigh_late(self, lighter: Counts, bits: NDArray[np.uint8], others: Counts) -> Counts:
        """What pairs share of the keys that are counted later; the others by their columns."""
        columns, whose = self._gather(self._cuts[lighter], self._ends[lighter])
        late = columns - self._first_late
        held = np.flatnonzero((bits[others[whose], late >> 3] >> (late & 7).astype(np.uint8)) & 1)
        return np.bincount(whose[held], self._weights[columns[held]], len(lighter)).astype(np.int64)


def _first_late(width: int) -> int:
    """The first of the columns that may be counted later."""
    return max(0, width - _LOOKED_UP)


def _mark_late(held: "csr_matrix") -> NDArray[np.uint8]:
    """A bit for each of the last columns, the first of each byte the lowest: whether a row holds it."""
    count, width = held.shape
    first, step = _first_late(width), 2048
    bits = np.zeros((count, -(-(width - first) // 8)), dtype=np.uint8)
    for start in range(0, count, step):
        part = held[start : start + step]
        rows = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
        late = part.indices >= first
        marked = np.zeros((part.shape[0], width - first), dtype=np.bool_)
        marked[rows[late], part.indices[late] - first] = True
        bits[start : start + step] = np.packbits(marked, axis=1, bitorder="little")
    return bits


def _multiply(left: "csr_matrix", right: "csr_matrix", threshold: float) -> tuple[Counts, Counts, NDArray[np.float64]]:
    """Rows, columns and values of a product's entries from a threshold up."""
    from sparse_dot_topn import sp_matmul_topn

    # To ask for more partners costs more, whether they are there or not.
    rows, most = np.arange(left.shape[0]), min(_PARTNERS, right.shape[1])
    parts, some = [], left
    while len(rows):
        product = sp_matmul_topn(some, right, top_n=most, threshold=threshold)
        counts = np.diff(product.indptr)
        full = (counts >= most) & (most < right.shape[1])
        whose = np.repeat(np.arange(len(rows)), counts)
        whole = np.flatnonzero(~full[whose])
        parts.append((rows[whose[whole]], product.indices[whole].astype(np.int64), product.data[whole]))
        rows, most = rows[full], min(8 * most, right.shape[1])
        some = left[rows]
    one, other, values = (np.concatenate(part) for part in zip(*parts, strict=True))
    return one, other, values


def _alike(masses: Counts, most: int) -> Iterator[slice]:
    """Cut ascending masses into parts of a bounded length, in which the last weighs hardly more than the first."""
    start = 0
    while start < len(masses):
        end = int(np.searchsorted(masses, _ALIKE * masses[start], side="right"))
        end = min(max(end, start + 1), start + most)
        yield slice(start, end)
        start = end


def _portions(lengths: Counts, most: int) -> Iterator[slice]:
    """Cut a sequence so that the lengths of each part come to no more than a bound, or it is one item."""
    ends = np.cumsum(lengths)
    start = 0
    while start < len(ends):
        before = ends[start] - lengths[start]
        end = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
        yield slice(start, end)
        start = end


def join_densely(stacked: Stack, masses: Counts, least: float, wanted: Flags | None, lighter: bool = False) -> Pairs:
    """Find the pairs with plain matrices.

    Args:
        stacked: Stack that `fits_densely`.
        masses: Array of integers, as in Product; so are the others.
        least: Share.
        wanted: Array of booleans, or None.
        lighter: Boolean.

    Returns:
        Pairs.
    """
    shared = shared_weights(stacked)
    smaller = np.minimum(masses[:, None], masses)
    enough = (shared >= least * smaller) & (shared > 0)
    if wanted is not None:
        enough &= wanted[:, None] | wanted
    first, second = np.nonzero(np.triu(enough, 1))
    swap = masses[second] < masses[first]
    pairs = Pairs(np.where(swap, second, first), np.where(swap, first, second), shared[first, second])
    return pairs if wanted is None or not lighter else pairs.only(wanted[pairs.lighter])


def join_few(stacked: Stack, masses: Counts, least: float, wanted: Flags, lighter: bool = False) -> Pairs:
    """Find the pairs of a few articles, one article after the other.

    Args:
        stacked: Stack.
        masses: Array of integers, as in Product; so are the others.
        least: Share.
        wanted: Array of booleans; of two wanted articles the pair is given once.
        lighter: Boolean.

    Returns:
        Pairs.
    """
    parts, numbers = [], np.arange(len(masses))
    for one in np.flatnonzero(wanted):
        held = np.zeros(stacked.shape[1], dtype=np.bool_)
        held[stacked.columns[stacked.starts[one] : stacked.starts[one + 1]]] = True
        _, shared = stacked.weigh(np.flatnonzero(held[stacked.columns]))
        others = (shared >= least * np.minimum(masses, masses[one])) & (shared > 0) & ((numbers > one) | ~wanted)
        other = np.flatnonzero(others & (numbers != one))
        swap = (masses[other] < masses[one]) | ((masses[other] == masses[one]) & (other < one))
        parts.append(Pairs(np.where(swap, other, one), np.where(swap, one, other), shared[other]))
    pairs = join_pairs(parts)
    return pairs.only(wanted[pairs.lighter]) if lighter else pairs


def are_few(stacked: Stack, wanted: Flags | None) -> bool:
    """Whether the pairs of wanted articles are found sooner one article after the other than by a product.

    Args:
        stacked: Stack.
        wanted: Array of booleans, or None for all.

    Returns:
        Boolean.
    """
    return wanted is not None and int(wanted.sum()) * len(stacked.columns) <= _FEW_ENTRIES
