"""Articles → how much of each stands in each other one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.fingerprint import Posting, fingerprint, stack
from generator.values import Article

Overlaps = NDArray[np.float64]
"""Array of shares, shape (n, n): row i, column j is the reuse of article i in article j."""

_DENSE_CELLS = 2**23
"""Up to this many cells a plain matrix (64 MiB) is multiplied before the sparse ones are so much as imported."""


def fits_densely(postings: Sequence[Posting]) -> bool:
    """Whether the product of the postings is best taken with plain matrices.

    Args:
        postings: Sequence of Posting.

    Returns:
        Boolean.
    """
    return len(postings) * sum(len(posting.keys) for posting in postings) <= _DENSE_CELLS


def shared_weights(postings: Sequence[Posting]) -> NDArray[np.int64]:
    """The weight of what each two articles share.

    Args:
        postings: Sequence of Posting, at least one, all in one language.

    Returns:
        Array of integers in multiples of 2**-20, shape (n, n), exact: every sum of weights stays below 2**53, so that doubles
        hold it whatever the order. An entry of the diagonal counts only what some other article has too.
    """
    rows, columns, weights, shape = stack(postings)
    if fits_densely(postings):
        left, right = np.zeros(shape), np.zeros(shape)
        left[rows, columns], right[rows, columns] = weights, 1.0
        return (left @ right.T).astype(np.int64)
    from scipy.sparse import csr_array

    sparse_left = csr_array((weights, (rows, columns)), shape=shape)
    sparse_right = csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)
    return np.asarray((sparse_left @ sparse_right.T).toarray(), dtype=np.int64)


def measure_overlaps(articles: Sequence[Article]) -> Overlaps:
    """The reuse of each article in each other one.

    Args:
        articles: Sequence of Article, at least one, all in one language.

    Returns:
        Overlaps; 1.0 on the diagonal.
    """
    postings = [fingerprint(article) for article in articles]
    totals = np.array([max(posting.total, 1) for posting in postings])
    overlaps: Overlaps = shared_weights(postings) / totals[:, None]
    np.fill_diagonal(overlaps, 1.0)
    return overlaps
