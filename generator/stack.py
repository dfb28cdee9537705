"""Postings → Stack: what many articles hold as one sparse matrix, an article a row, a key a column."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Flags, found_in
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
        asked = are_among(held, np.unique(held[wanted[rows]]))
        rows, held, weights = rows[asked], held[asked], weights[asked]
    keys, columns = _number_common(held)
    del held
    kept = columns >= 0
    return Stack(rows[kept], columns[kept], weights[kept], (len(postings), len(keys)), keys)


def are_among(held: Keys, few: Keys) -> Flags:
    """Which keys are among a few.

    Args:
        held: Array of 64-bit unsigned integers, shape (n,).
        few: Array of 64-bit unsigned integers, ascending.

    Returns:
        Array of booleans, shape (n,).
    """
    marked = np.zeros(_MARKS, dtype=np.bool_)
    marked[few % _MARKS] = True
    # A few of their bits tell most keys apart; the others alone are looked for.
    found: Flags = marked[held % _MARKS]
    found[found] = found_in(held[found], few) >= 0
    return found


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
