"""Pairs of articles cut into parts, which an engine may spread, and two articles of the same text taken for one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import Posting

Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""An engine's order-keeping map; the built-in one does all the work here."""

Hold = Callable[[Iterable[Posting]], Sequence[Posting]]
"""Where an engine holds postings; the built-in list holds them in memory."""

_Numbers = NDArray[np.int64]

TOGETHER = 2**12
"""Integer: pairs of one part, at most."""


def in_parts(function: Callable[[Any], NDArray[Any]], columns: Sequence[NDArray[Any]], spread: Spread) -> NDArray[Any]:
    """Ask a function about pairs, part by part.

    Args:
        function: Callable of a tuple, some entries of each column; it gives an array of shape (k, entries).
        columns: Sequence of arrays, shape (p,): the numbers of the lighter articles, of the heavier ones, and more.
        spread: Spread.

    Returns:
        Array, shape (k, p), in the order of the pairs.
    """
    if len(columns[0]) <= TOGETHER:
        return function(tuple(columns))
    order = _side_by_side(columns[0], columns[1])
    parts = [order[start : start + TOGETHER] for start in range(0, len(order), TOGETHER)]
    found = np.concatenate(list(spread(function, [tuple(c[part] for c in columns) for part in parts])), axis=1)
    told = np.empty_like(found)
    told[:, order] = found
    return told


def _side_by_side(lighter: _Numbers, heavier: _Numbers) -> _Numbers:
    """An order of pairs in which those stand together that share articles: what is found of an article is asked for there."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count = int(max(lighter.max(), heavier.max())) + 1
    edges = coo_matrix((np.ones(len(lighter), dtype=np.bool_), (lighter, heavier)), shape=(count, count))
    _, component = connected_components(edges, directed=False)
    return np.lexsort((lighter, component[lighter]))


def choose(postings: Sequence[Posting], numbers: _Numbers) -> Sequence[Posting]:
    """Choose some postings.

    Args:
        postings: Sequence of Posting.
        numbers: Array of integers, shape (k,).

    Returns:
        Sequence of Posting, in this order; where an engine holds them elsewhere than in memory they stay there.
    """
    take = getattr(postings, "take", None)
    chosen: Sequence[Posting] = take(numbers) if take else [postings[number] for number in numbers.tolist()]
    return chosen


def end_to_end(
    postings: Sequence[Posting], name: str, start: int = 0, count: int | None = None
) -> tuple[NDArray[Any], _Numbers]:
    """One kind of array of some postings, one after the other.

    Args:
        postings: Sequence of Posting.
        name: String, `keys` or another attribute of Posting, or of its Particulars, that is an array.
        start: Integer, the first of these postings.
        count: Integer from 1 up, how many there are at most, or None for all from there on.

    Returns:
        Array, and array of integers: the length of each.
    """
    stop = len(postings) if count is None else start + count
    lying = getattr(postings, "end_to_end", None)
    if lying:
        told: tuple[NDArray[Any], _Numbers] = lying(name, start, stop)
        return told
    few = postings[start:stop]
    arrays = [getattr(posting if hasattr(posting, name) else posting.particulars, name) for posting in few]
    return np.concatenate(arrays), np.array([len(array) for array in arrays], dtype=np.int64)


def merge_same(
    postings: Sequence[Posting], lighter: _Numbers, heavier: _Numbers
) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Take pairs of the same two texts for one.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Two arrays of integers, shape (q,): distinct pairs, each text by the number of the first article that has it; and
        where each of the pairs stands among them.
    """
    first = _first_alike(postings)
    if (first == np.arange(len(postings))).all():
        return lighter, heavier, np.arange(len(lighter))
    pairs, back = np.unique(first[lighter] * len(postings) + first[heavier], return_inverse=True)
    return pairs // len(postings), pairs % len(postings), back


def _first_alike(postings: Sequence[Posting]) -> _Numbers:
    """For each article the number of the first that has the same posting."""
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, posting in enumerate(postings):
        alike[posting.total, len(posting.order)].append(number)
    first = np.arange(len(postings))
    for numbers in alike.values():
        if len(numbers) > 1:
            known: dict[tuple[bytes, ...], int] = {}
            for number in numbers:
                first[number] = known.setdefault(_tell(postings[number]), number)
    return first


def _tell(posting: Posting) -> tuple[bytes, ...]:
    """What tells a posting from others in its language; keys, weights and stems follow from the words but where one is marked."""
    own = posting.particulars
    parts = (posting.order, posting.keys, posting.stems, own.figures, own.places, own.owners, own.names, own.days)
    return tuple(part.tobytes() for part in parts)
