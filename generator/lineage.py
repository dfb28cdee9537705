"""Articles of a cluster → for each the one it most likely took its text from: a maximum spanning arborescence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.compare.source import likely_source
from generator.values import Article

Weights = NDArray[np.float64]

_NAMED = 0.1
_AGAINST = -1.0
_ROOT = -1e6


def max_arborescence(weights: Weights) -> list[int]:
    """The maximum spanning arborescence of a complete directed graph.

    Args:
        weights: Array of floats, shape (n, n): row p, column c is what p as the parent of c is worth. The diagonal is not read.
            Row and column 0 belong to the root.

    Returns:
        List of n integers, the parent of each node; -1 for the root.

    Source: Chu and Liu, 1965; Edmonds, Optimum branchings, 1967. All cycles of a round are contracted at once.
    """
    count = len(weights)
    weights = weights.copy()
    np.fill_diagonal(weights, -np.inf)
    weights[:, 0] = -np.inf
    parents = weights.argmax(axis=0)
    parents[0] = -1
    groups = _contract(parents)
    if groups.max() + 1 == count:
        return [int(parent) for parent in parents]
    nodes = int(groups.max()) + 1
    # Entering a cycle at a node costs the edge of the cycle that it replaces.
    gains = weights - np.where(_in_cycle(groups), weights[parents, np.arange(count)], 0.0)
    inner, edges = _best_between(gains, groups, nodes)
    for column, row in enumerate(max_arborescence(inner)):
        if row >= 0:
            parent, child = divmod(int(edges[row, column]), count)
            parents[child] = parent
    return [int(parent) for parent in parents]


def _best_between(gains: Weights, groups: NDArray[np.int64], nodes: int) -> tuple[Weights, NDArray[np.int64]]:
    """For each two groups the best edge between them: its gain, and its index in the flattened gains."""
    between = (groups[:, None] * nodes + groups[None, :]).ravel()
    flat = gains.ravel()
    order = np.lexsort((np.arange(len(flat)), -flat, between))
    pairs, first = np.unique(between[order], return_index=True)
    inner, edges = np.full(nodes * nodes, -np.inf), np.zeros(nodes * nodes, dtype=np.int64)
    inner[pairs], edges[pairs] = flat[order[first]], order[first]
    return inner.reshape(nodes, nodes), edges.reshape(nodes, nodes)


def _contract(parents: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each node the number of its group: the nodes of a cycle share one, any other node has its own; the root's is 0."""
    count = len(parents)
    groups = np.full(count, -1, dtype=np.int64)
    groups[0] = 0
    state = [0] * count
    state[0] = -1
    number = 1
    for start in range(1, count):
        path, node = [], start
        while state[node] == 0:
            state[node] = start
            path.append(node)
            node = int(parents[node])
        if state[node] == start:
            cycle = path[path.index(node) :]
            groups[cycle] = number
            number += 1
        for node in path:
            if groups[node] < 0:
                groups[node] = number
                number += 1
        for node in path:
            state[node] = -1
    return groups


def _in_cycle(groups: NDArray[np.int64]) -> NDArray[np.bool_]:
    repeated: NDArray[np.bool_] = np.bincount(groups)[groups] > 1
    return repeated


def find_parents(articles: Sequence[Article], overlaps: Weights) -> list[int | None]:
    """For each article the one it most likely took its text from.

    An edge is worth the reuse of the child in the parent, more where the evidence names the parent as the source, and
    far less where it names the child. Of equal choices the earliest, most complete article is taken.

    Args:
        articles: Sequence of Article, at least one.
        overlaps: Array of shares, shape (n, n): the reuse of row in column.

    Returns:
        List of integers, the indices of the parents; None for the anchor.
    """
    count = len(articles)
    # The order settles ties: dated before undated, earlier before later, the more credits the sooner.
    order = sorted(
        range(count),
        key=lambda i: (articles[i].date or "~", -bool(articles[i].agency), -len(articles[i].text), articles[i].id),
    )
    rank = np.empty(count)
    rank[order] = np.arange(count)
    weights = np.full((count + 1, count + 1), _ROOT)
    weights[1:, 1:] = np.round(overlaps.T, 6) - rank[:, None] * 1e-9
    weights[0, 1:] = _ROOT - rank * 1e-9
    for i in range(count):
        for j in range(i + 1, count):
            source = likely_source(articles[i], articles[j], float(overlaps[i, j]), float(overlaps[j, i])).source
            if source:
                parent, child = (i, j) if source == articles[i].id else (j, i)
                weights[parent + 1, child + 1] += _NAMED
                weights[child + 1, parent + 1] += _AGAINST
    parents = max_arborescence(weights)[1:]
    return [None if parent == 0 else parent - 1 for parent in parents]
