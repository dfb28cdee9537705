"""Articles → how much of each stands in each other one."""

from collections.abc import Sequence

import numpy as np

from generator.cluster import Overlaps
from generator.fingerprint import fingerprint, stack
from generator.score import share, shared_weight
from generator.values import Article

# From here on the sparse product is quicker than one look at each pair.
_MANY = 40


def measure_overlaps(articles: Sequence[Article]) -> Overlaps:
    """The reuse of each article in each other one.

    Args:
        articles: Sequence of Article, at least one, all in one language.

    Returns:
        Overlaps, shape (n, n): row i, column j is the reuse of article i in article j; 1.0 on the diagonal.
    """
    postings = [fingerprint(article) for article in articles]
    count = len(postings)
    overlaps = np.eye(count)
    if count < _MANY:
        for i in range(count):
            for j in range(i):
                shared = shared_weight(postings[i], postings[j])
                overlaps[i, j], overlaps[j, i] = share(shared, postings[i].total), share(shared, postings[j].total)
        return overlaps
    from scipy.sparse import csr_array

    rows, columns, weights, shape = stack(postings)
    left = csr_array((weights, (rows, columns)), shape=shape)
    right = csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)
    totals = np.array([max(posting.total, 1) for posting in postings])
    overlaps = np.asarray((left @ right.T).toarray() / totals[:, None], dtype=np.float64)
    np.fill_diagonal(overlaps, 1.0)
    return overlaps
