"""Postings → Stack: what many articles hold as one sparse matrix, an article a row, a key a column."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import Keys, Posting
from generator.frozen import dataclass

# A power of two: how many keys are told apart at a first look.
_MARKS = np.uint64(2**20)
# From so many entries on keys are numbered in lots, by so many of their first bits.
_MANY = 2**20
_HEAD = 4


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Postings as the coordinates of one sparse matrix: an article a row, a key a column.

    Attributes:
        rows: Array of 32-bit integers, shape (m,), ascending.
        columns: Array of 32-bit integers, shape (m,), ascending in each row.
        weights: Array of 32-bit integers, shape (m,), in multiples of 2**-20.
        shape: Pair of integers, the numbers of articles and of keys.
        keys: Array of 64-bit unsigned integers: the key of each column, ascending.
    """

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    weights: NDArray[np.int32]
    shape: tuple[int, int]
    keys: Keys

    def only(self, kept: NDArray[np.bool_]) -> "Stack":
        """The same matrix with some of its entries.

        Args:
            kept: Array of booleans, shape (m,).

        Returns:
            Stack.
        """
        return Stack(self.rows[kept], self.columns[kept], self.weights[kept], self.shape, self.keys)


def stack(postings: Sequence[Posting], wanted: NDArray[np.bool_] | None = None) -> Stack:
    """Put postings into one matrix.

    Args:
        postings: Sequence of Posting, at least one.
        wanted: Array of booleans, shape (n,): only keys that one of these articles holds are asked for; None for all.

    Returns:
        Stack; keys of one article alone, which it shares with nobody, are left out.
    """
    rows = np.repeat(np.arange(len(postings), dtype=np.int32), [len(posting.keys) for posting in postings])
    held = np.concatenate([posting.keys for posting in postings])
    weights = np.concatenate([posting.weights for posting in postings])
    if wanted is not None:
        own = np.unique(held[wanted[rows]])
        likely = may_be_among(held, own)
        rows, held, weights = rows[likely], held[likely], weights[likely]
        asked = (
            own[np.minimum(np.searchsorted(own, held), len(own) - 1)] == held
            if len(own)
            else np.zeros(len(held), np.bool_)
        )
        rows, held, weights = rows[asked], held[asked], weights[asked]
    keys, columns = _number_common(held)
    del held
    kept = columns >= 0
    return Stack(rows[kept], columns[kept], weights[kept], (len(postings), len(keys)), keys)


def may_be_among(held: Keys, wanted: Keys) -> NDArray[np.bool_]:
    """Leave out most of the keys that are not wanted: a few of their bits tell them apart.

    Args:
        held: Array of 64-bit unsigned integers, shape (n,).
        wanted: Array of 64-bit unsigned integers.

    Returns:
        Array of booleans, shape (n,): true for all that are wanted, and for a few others.
    """
    marked = np.zeros(_MARKS, dtype=np.bool_)
    marked[wanted % _MARKS] = True
    likely: NDArray[np.bool_] = marked[held % _MARKS]
    return likely


def _number_common(held: Keys) -> tuple[Keys, NDArray[np.int32]]:
    """The keys that are held more than once, ascending, and the place of each entry's key among these, or -1."""
    columns = np.full(len(held), -1, dtype=np.int32)
    parts, numbered = [held[:0]], 0
    for lot in _by_head(held):
        order = np.argsort(held[lot])
        keys = held[lot][order]
        edges = np.ones(len(keys) + 1, dtype=np.bool_)
        edges[1:-1] = keys[1:] != keys[:-1]
        common = ~(edges[:-1] & edges[1:])
        first = edges[:-1][common]
        columns[lot[order[common]]] = numbered + np.cumsum(first) - 1
        parts.append(keys[common][first])
        numbered += len(parts[-1])
    return np.concatenate(parts), columns


def _by_head(held: Keys) -> Iterator[NDArray[np.int64]]:
    """Where the keys of each lot stand; all keys of a lot are below those of the next."""
    # To sort many at once takes several times the memory that they take themselves.
    if len(held) <= _MANY:
        yield np.arange(len(held))
        return
    heads = np.empty(len(held), dtype=np.uint8)
    np.right_shift(held, np.uint64(64 - _HEAD), out=heads, casting="unsafe")
    for head in range(2**_HEAD):
        yield np.flatnonzero(heads == head)
