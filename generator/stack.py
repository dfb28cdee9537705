"""Postings → Stack: what many articles hold as one sparse matrix, an article a row, a key a column."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts, Flags, found_in
from generator.fingerprint import Keys, Posting, Weights
from generator.frozen import dataclass
from generator.parts import Spread, end_to_end

Lay = Callable[[Iterable[NDArray[Any]]], NDArray[Any]]
"""Where an engine lays a large array that comes piece by piece, at least one of them."""

MARKS = 2**20
"""Integer, a power of two: how many keys are told apart at a first look."""

# Entries that a lot of keys has, about, and bits of a key that tell its lot at most; articles whose entries are numbered together.
_LOT = 2**22
_MOST_BITS = 16
_ROWS = 2**12


def _lay_in_memory(pieces: Iterable[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(list(pieces))


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Postings as one sparse matrix: an article a row, a key a column, those first that cost least to join for what they weigh.

    Attributes:
        starts: Array of integers, shape (n + 1,): where the entries of each row begin, and where the last ones end.
        columns: Array of 32-bit integers, shape (m,): the column of each entry, ascending in each row.
        weights: Array of 32-bit integers, a column each, in multiples of 2**-20: a key weighs the same in every article.
        keys: Array of 64-bit unsigned integers: the key of each column.
        lay: Lay, where the columns lie.
    """

    starts: Counts
    columns: NDArray[np.int32]
    weights: Weights
    keys: Keys
    lay: Lay = _lay_in_memory

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of articles and of keys."""
        return len(self.starts) - 1, len(self.keys)

    @property
    def rows(self) -> NDArray[np.int32]:
        """The row of each entry, made anew each time."""
        return np.repeat(np.arange(self.shape[0], dtype=np.int32), np.diff(self.starts))

    def weigh(self, places: Counts) -> tuple[Counts, Counts]:
        """Tell what some entries are of.

        Args:
            places: Array of integers, shape (p,), ascending.

        Returns:
            Array of integers, shape (p,), the rows; and array of integers, shape (n,), what the entries of each row weigh.
        """
        rows = np.searchsorted(self.starts, places, side="right") - 1
        return rows, np.bincount(rows, self.weights[self.columns[places]], self.shape[0]).astype(np.int64)

    def without(self, places: Counts) -> "Stack":
        """The same matrix without some entries.

        Args:
            places: Array of integers, distinct and ascending.

        Returns:
            Stack.
        """
        cuts = range(0, max(1, len(self.columns)), _LOT)
        firsts = np.searchsorted(places, [*cuts, len(self.columns)])
        pieces = (
            np.delete(self.columns[cut : cut + _LOT], places[first:end] - cut)
            for cut, first, end in zip(cuts, firsts[:-1], firsts[1:], strict=True)
        )
        starts = self.starts - np.searchsorted(places, self.starts)
        return Stack(starts, self.lay(pieces), self.weights, self.keys, self.lay)


def stack(postings: Sequence[Posting], wanted: Flags | None = None, spread: Spread = map) -> Stack:
    """Put postings into one matrix.

    Args:
        postings: Sequence of Posting, at least one; where an engine holds them elsewhere than in memory, the matrix lies there too.
        wanted: Array of booleans, shape (n,): only keys that one of these articles holds are asked for; None for all.
        spread: Spread.

    Returns:
        Stack; keys of one article alone, which it shares with nobody, are left out.
    """
    asked = None
    if wanted is not None:
        held = (postings[at].keys for at in np.flatnonzero(wanted).tolist())
        asked = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *held]))
    parts = range(0, len(postings), _ROWS)
    entries = sum(int(end_to_end(postings, "keys", part, _ROWS)[1].sum()) for part in parts)
    bits = count_bits(entries, _LOT)
    found = list(spread(partial(_find_common, postings, asked, bits), range(2**bits)))
    keys, weights, holders = (np.concatenate(part) for part in zip(*found, strict=True))
    cheapest = np.argsort(holders / weights, kind="stable")
    ranks = np.empty(len(keys), dtype=np.int32)
    ranks[cheapest] = np.arange(len(keys), dtype=np.int32)
    lengths: list[Counts] = []

    def list_columns() -> Iterator[NDArray[np.int32]]:
        for columns, held in spread(partial(_number, postings, keys, ranks), parts):
            lengths.append(held)
            yield columns

    lay: Lay = getattr(postings, "lay", _lay_in_memory)
    columns = lay(list_columns())
    starts = np.concatenate(([0], np.cumsum(np.concatenate(lengths))))
    return Stack(starts, columns, weights[cheapest], keys[cheapest], lay)


def count_bits(entries: int, lot: int) -> int:
    """Tell into how many lots keys are best cut: to sort many at once takes several times the memory that they take themselves.

    Args:
        entries: Integer from 0 up, how many there are.
        lot: Integer from 1 up, how many a lot should have at most, about.

    Returns:
        Integer from 0 to 16, the number of first bits by which lots are told apart.
    """
    return min(_MOST_BITS, (entries // lot).bit_length())


def of_lot(keys: Keys, bits: int, lot: int) -> Flags:
    """Which keys are of a lot; all keys of a lot are below those of the next.

    Args:
        keys: Array of 64-bit unsigned integers, shape (n,).
        bits: Integer, as of `count_bits`.
        lot: Integer from 0 to 2**bits - 1.

    Returns:
        Array of booleans, shape (n,).
    """
    # No number can be shifted by all of its bits.
    own: Flags = (keys >> np.uint64(min(64 - bits, 63))) >> np.uint64(0 if bits else 1) == lot
    return own


def are_among(held: Keys, few: Keys) -> Flags:
    """Which keys are among a few.

    Args:
        held: Array of 64-bit unsigned integers, shape (n,).
        few: Array of 64-bit unsigned integers, ascending.

    Returns:
        Array of booleans, shape (n,).
    """
    found = _may_be_among(held, few)
    places = np.flatnonzero(found)
    found[places] = found_in(held[places], few) >= 0
    return found


def mark(keys: Keys) -> Counts:
    """The mark of each key, which tells most keys apart.

    Args:
        keys: Array of 64-bit unsigned integers, shape (n,).

    Returns:
        Array of integers from 0 to MARKS - 1, shape (n,).
    """
    return (keys & np.uint64(MARKS - 1)).view(np.int64)


def _may_be_among(held: Keys, few: Keys) -> Flags:
    """Which keys may be among others."""
    marked = np.zeros(MARKS, dtype=np.bool_)
    marked[mark(few)] = True
    found: Flags = marked[mark(held)]
    return found


def _find_common(postings: Sequence[Posting], asked: Keys | None, bits: int, lot: int) -> tuple[Keys, Weights, Counts]:
    """The keys of a lot that several articles hold, ascending; what each weighs, and how many hold it."""
    held, weighed = [], []
    for part in range(0, len(postings), _ROWS):
        keys, weights = (end_to_end(postings, name, part, _ROWS)[0] for name in ("keys", "weights"))
        mine = of_lot(keys, bits, lot)
        keys, weights = keys[mine], weights[mine]
        if asked is not None:
            mine = are_among(keys, asked)
            keys, weights = keys[mine], weights[mine]
        held.append(keys)
        weighed.append(weights)
    keys, weights = np.concatenate(held), np.concatenate(weighed)
    order = np.argsort(keys)
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True]))) if len(keys) else order
    holders = np.diff(firsts)
    common = firsts[:-1][holders > 1]
    return keys[common], weights[order[common]], holders[holders > 1]


def _number(
    postings: Sequence[Posting], keys: Keys, ranks: NDArray[np.int32], part: int
) -> tuple[NDArray[np.int32], Counts]:
    """The columns of some articles, ascending in each of them, and how many each has; keys that have none are left out."""
    held, lengths = end_to_end(postings, "keys", part, _ROWS)
    places = np.flatnonzero(_may_be_among(held, keys))
    # In their order they are found in a fraction of the time.
    places = places[np.argsort(held[places])]
    at = found_in(held[places], keys) if len(keys) else places[:0]
    rows = np.repeat(np.arange(len(lengths)), lengths)[places[at >= 0]]
    entries = np.sort(rows << 32 | ranks[at[at >= 0]])
    return (entries & (2**32 - 1)).astype(np.int32), np.bincount(rows, minlength=len(lengths))
