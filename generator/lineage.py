"""Articles of a cluster → for each the one it most likely took its text from: a maximum spanning arborescence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.compare.source import HIGH, likely_source
from generator.values import Article

Weights = NDArray[np.float64]

_NAMED = 0.1
_AGAINST = -1.0
_ROOT = -1e6


class _Contraction:
    """A graph whose cycles are drawn together, one at a time, in place.

    A node is a number: 0 to n-1 the given ones, from n on cycles in the order in which they were drawn together. Each living
    node has a slot, its row and column in the matrices.

    Attributes:
        weights: Array of floats, shape (n, n), by slots; entering a cycle costs the edge of the cycle that it replaces.
        edges: Array of integers, shape (n, n): the given edge that an entry stands for, as parent * n + child.
        slots: List of integers, the slot of each node.
        nodes: List of integers, the living node of each slot.
        holders: List of integers, the cycle that each node was drawn into, or -1.
        entering: List of integers, the given edge by which each node is entered.
    """

    def __init__(self, weights: Weights) -> None:
        count = len(weights)
        self.weights = weights.copy()
        np.fill_diagonal(self.weights, -np.inf)
        self.weights[:, 0] = -np.inf
        self.edges = np.arange(count * count).reshape(count, count)
        self.slots = list(range(count))
        self.nodes = list(range(count))
        self.holders = [-1] * count
        self.entering = [-1] * count

    def enter(self, node: int) -> int:
        """Choose the best edge into a node, and tell which node it comes from."""
        slot = self.slots[node]
        parent = int(self.weights[:, slot].argmax())
        self.entering[node] = int(self.edges[parent, slot])
        return self.nodes[parent]

    def outermost(self, node: int) -> int:
        """Tell the living node that a node was drawn into, or is."""
        while self.holders[node] >= 0:
            node = self.holders[node]
        return node

    def draw_together(self, cycle: list[int]) -> int:
        """Make one node of a cycle, and tell its number."""
        slots = np.array([self.slots[node] for node in cycle])
        inner = self.weights[:, slots].max(axis=0)
        columns, rows = self.weights[:, slots] - inner, self.weights[slots, :]
        best_in, best_out = columns.argmax(axis=1), rows.argmax(axis=0)
        everywhere = np.arange(len(self.weights))
        edges_in, edges_out = self.edges[everywhere, slots[best_in]], self.edges[slots[best_out], everywhere]
        new, slot = len(self.slots), int(slots[0])
        weights_in, weights_out = columns[everywhere, best_in], rows[best_out, everywhere]
        self.weights[slots, :] = self.weights[:, slots] = -np.inf
        self.weights[:, slot], self.weights[slot, :] = weights_in, weights_out
        self.weights[slots, slot] = self.weights[slot, slots] = -np.inf
        self.edges[:, slot], self.edges[slot, :] = edges_in, edges_out
        for node in cycle:
            self.holders[node] = new
        self.slots.append(slot)
        self.holders.append(-1)
        self.entering.append(-1)
        self.nodes[slot] = new
        return new


def max_arborescence(weights: Weights) -> list[int]:
    """The maximum spanning arborescence of a complete directed graph.

    Args:
        weights: Array of floats, shape (n, n): row p, column c is what p as the parent of c is worth. The diagonal is not read.
            Row and column 0 belong to the root.

    Returns:
        List of n integers, the parent of each node; -1 for the root.

    Source: Chu and Liu, 1965; Edmonds, Optimum branchings, 1967; in the square of n steps as by Tarjan, 1977.
    """
    count = len(weights)
    graph = _Contraction(weights)
    reached = {0}
    for start in range(1, count):
        path = [] if graph.outermost(start) in reached else [start]
        while path:
            parent = graph.enter(path[-1])
            if parent in reached:
                reached.update(path)
                break
            if parent not in path:
                path.append(parent)
                continue
            first = path.index(parent)
            path[first:] = [graph.draw_together(path[first:])]
    return _unfold(graph, count)


def _unfold(graph: _Contraction, count: int) -> list[int]:
    """The parents of the given nodes: a cycle is entered at one of its nodes, whose edge inside the cycle falls away."""
    for cycle in range(len(graph.slots) - 1, count - 1, -1):
        edge = graph.entering[cycle]
        node = edge % count
        while graph.holders[node] != cycle:
            node = graph.holders[node]
        graph.entering[node] = edge
    return [-1, *(edge // count for edge in graph.entering[1:count])]


def find_parents(articles: Sequence[Article], overlaps: Weights) -> list[int | None]:
    """For each article the one it most likely took its text from.

    The anchor is the article that strong evidence names as the source most often, less how often it names the other; of
    equal ones that in which most of the others stands, where weaker evidence has its say too. An edge is worth the reuse of
    the child in the parent, more where the evidence names the parent as the source, and far less where it names the child.
    Of equal choices the earliest, most complete article is taken.

    Args:
        articles: Sequence of Article, at least one.
        overlaps: Array of shares, shape (n, n): the reuse of row in column.

    Returns:
        List of integers, the indices of the parents; None for the anchor.
    """
    count = len(articles)
    rank = _rank(articles)
    weights = np.full((count + 1, count + 1), _ROOT)
    weights[1:, 1:] = np.round(overlaps.T, 6) - rank[:, None] * 1e-9
    strong, weak = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for i in range(count):
        for j in range(i + 1, count):
            direction = likely_source(articles[i], articles[j], float(overlaps[i, j]), float(overlaps[j, i]))
            if direction.source:
                parent, child = (i, j) if direction.source == articles[i].id else (j, i)
                weights[parent + 1, child + 1] += _NAMED
                weights[child + 1, parent + 1] += _AGAINST
                votes = strong if direction.confidence == HIGH else weak
                votes[parent] += 1
                votes[child] -= 1
    # Left to the weights alone the least alike article would be the anchor, since that costs the least.
    central = np.round(overlaps.sum(axis=0) + weak, 6)
    anchor = max(range(count), key=lambda i: (strong[i], central[i], -rank[i]))
    weights[0, anchor + 1] = 0.0
    weights[1:, anchor + 1] = _ROOT
    parents = max_arborescence(weights)[1:]
    return [None if parent == 0 else parent - 1 for parent in parents]


def precedence(article: Article) -> tuple[str, bool, int, str]:
    """What settles ties: dated before undated, earlier before later, credited and longer ones sooner.

    Args:
        article: Article.

    Returns:
        Tuple that sorts.
    """
    return article.date or "~", not article.agency, -len(article.text), article.id


def _rank(articles: Sequence[Article]) -> Weights:
    rank = np.empty(len(articles))
    rank[sorted(range(len(articles)), key=lambda i: precedence(articles[i]))] = np.arange(len(articles))
    return rank
