"""Articles → how much of each stands in each other one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import fingerprint
from generator.stack import Stack, stack
from generator.values import Article

Overlaps = NDArray[np.float64]
"""Array of shares, shape (n, n): row i, column j is the reuse of article i in article j."""

# Keys that at most one in so many articles holds are joined pair by pair, the others as plain matrices: about here both take
# the same time.
_RARE = 8
_DENSE_CELLS = 2**23
"""Up to this many cells a plain matrix (64 MiB) is multiplied before the sparse ones are so much as imported."""


def fits_densely(stacked: Stack) -> bool:
    """Whether the product of postings is best taken with plain matrices.

    Args:
        stacked: Stack.

    Returns:
        Boolean.
    """
    articles, keys = stacked.shape
    return articles * max(articles, keys) <= _DENSE_CELLS


def shared_weights(stacked: Stack) -> NDArray[np.int64]:
    """The weight of what each two articles share.

    Args:
        stacked: Stack of n articles, all in one language.

    Returns:
        Array of integers in multiples of 2**-20, shape (n, n), exact: every sum of weights stays below 2**53, so that doubles
        hold it whatever the order. An entry of the diagonal counts only what some other article has too.
    """
    if fits_densely(stacked):
        holders = np.bincount(stacked.columns, minlength=stacked.shape[1])
        frequent = holders > stacked.shape[0] // _RARE
        return (_share_frequent(stacked, frequent) + _share_rare(stacked, ~frequent)).astype(np.int64)
    from scipy.sparse import csr_array

    place = (stacked.rows, stacked.columns)
    weights = stacked.weights[stacked.columns].astype(np.int64)
    sparse_left = csr_array((weights, place), shape=stacked.shape)
    sparse_right = csr_array((np.ones(len(weights), dtype=np.int64), place), shape=stacked.shape)
    return np.asarray((sparse_left @ sparse_right.T).toarray(), dtype=np.int64)


def _share_frequent(stacked: Stack, wanted: NDArray[np.bool_]) -> Overlaps:
    """The product of the wanted columns, as plain matrices."""
    kept = wanted[stacked.columns]
    place = (stacked.rows[kept], (np.cumsum(wanted) - 1)[stacked.columns[kept]])
    shape = (stacked.shape[0], int(wanted.sum()))
    left, right = np.zeros(shape), np.zeros(shape)
    left[place], right[place] = stacked.weights[stacked.columns[kept]], 1.0
    return left @ right.T


def _share_rare(stacked: Stack, wanted: NDArray[np.bool_]) -> Overlaps:
    """The product of the wanted columns, pair by pair: each entry of a column with the next one below, then the next but one."""
    count = stacked.shape[0]
    kept = np.flatnonzero(wanted[stacked.columns])
    kept = kept[np.argsort(stacked.columns[kept], kind="stable")]
    rows, columns = stacked.rows[kept], stacked.columns[kept]
    weights = stacked.weights[columns]
    above = np.zeros(count * count, dtype=np.int64)
    for step in range(1, len(kept)):
        upper = np.flatnonzero(columns[step:] == columns[:-step])
        if not len(upper):
            break
        np.add.at(above, rows[upper] * count + rows[upper + step], weights[upper])
    # A key weighs the same in both articles.
    shared = (above.reshape(count, count) + above.reshape(count, count).T).astype(np.float64)
    np.fill_diagonal(shared, np.bincount(rows, weights, count))
    return shared


def measure_overlaps(articles: Sequence[Article]) -> Overlaps:
    """The reuse of each article in each other one.

    Args:
        articles: Sequence of Article, at least one, all in one language.

    Returns:
        Overlaps; 1.0 on the diagonal.
    """
    postings = [fingerprint(article) for article in articles]
    totals = np.array([max(posting.total, 1) for posting in postings])
    overlaps: Overlaps = shared_weights(stack(postings)) / totals[:, None]
    np.fill_diagonal(overlaps, 1.0)
    return overlaps


def weigh(articles: Sequence[Article]) -> NDArray[np.int64]:
    """What articles weigh.

    Args:
        articles: Sequence of Article.

    Returns:
        Array of integers, shape (n,): the weight of the distinct words and word pairs of each, in multiples of 2**-20.
    """
    return np.array([fingerprint(article).total for article in articles], dtype=np.int64)
