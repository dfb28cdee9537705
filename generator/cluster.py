"""Matches → clusters: connected components, split by average linkage; then who was first, and who took from whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.lineage import find_parents
from generator.values import Article, Cluster, Match

Overlaps = NDArray[np.float64]
"""Array of shares, shape (n, n): row i, column j is the reuse of article i in article j."""

LINKAGE = 2 / 3
"""Average linkage joins two groups whose articles' mean reuse is at least this part of the threshold.

Two rewrites of one source share less with each other than with the source; at the whole threshold they would part.
"""

LARGEST = 5000
"""Components of more articles are first parted at a higher threshold: linkage takes memory by the square of their number."""


def find_components(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Connected components of a graph.

    Args:
        edges: Iterable of pairs of strings, the ids that are joined.

    Returns:
        List of lists of ids, each sorted, sorted by their first id.
    """
    neighbours: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        neighbours[a].append(b)
        neighbours[b].append(a)
    components, seen = [], set[str]()
    for start in sorted(neighbours):
        if start in seen:
            continue
        seen.add(start)
        component, waiting = [], [start]
        while waiting:
            node = waiting.pop()
            component.append(node)
            fresh = [other for other in dict.fromkeys(neighbours[node]) if other not in seen]
            seen.update(fresh)
            waiting += fresh
        components.append(sorted(component))
    return components


def _bounded_components(matches: Sequence[Match], largest: int) -> list[list[str]]:
    """Components of at most `largest` articles; the weakest matches of a larger one are left out until it parts.

    One whose matches are all equally strong has no weakest, and stays whole.
    """
    kept = []
    waiting: list[Sequence[Match]] = [matches]
    while waiting:
        group = waiting.pop()
        for ids in find_components((match.a, match.b) for match in group):
            inside = set(ids)
            own = [match for match in group if match.a in inside]
            scores = sorted(match.score for match in own)
            if len(ids) <= largest or scores[0] == scores[-1]:
                kept.append(ids)
                continue
            level = max(scores[len(scores) // 4], min(score for score in scores if score > scores[0]))
            waiting.append([match for match in own if match.score >= level])
    return sorted(kept)


def average_linkage(similarity: Overlaps, level: float) -> list[list[int]]:
    """Groups that average linkage leaves together.

    Args:
        similarity: Array of shares, shape (n, n), symmetric.
        level: Share; groups are joined while the mean similarity of their articles is at least this.

    Returns:
        List of lists of indices, each ascending, sorted by their first index.

    Source: Sokal and Michener, A statistical method for evaluating systematic relationships, 1958 (UPGMA).
    """
    count = len(similarity)
    if count == 2:
        return [[0, 1]] if similarity[0, 1] >= level else [[0], [1]]
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distances = squareform(1.0 - similarity, checks=False)
    labels = fcluster(linkage(distances, "average"), 1.0 - level + 1e-12, criterion="distance")
    groups: dict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(labels.tolist()):
        groups[label].append(index)
    return sorted(groups.values())


def _make_cluster(ids: Sequence[str], overlaps: Overlaps, articles: Mapping[str, Article]) -> Cluster:
    """A cluster with its anchor first, the others by date, undated ones last, then by id."""
    parents = find_parents([articles[i] for i in ids], overlaps)
    order = sorted(range(len(ids)), key=lambda i: (parents[i] is not None, articles[ids[i]].date or "~", ids[i]))
    return Cluster(
        anchor=ids[order[0]],
        members=tuple(ids[i] for i in order),
        parents=tuple("" if (parent := parents[i]) is None else ids[parent] for i in order),
        overlaps=tuple(tuple(float(overlaps[i, j]) for j in order) for i in order),
    )


def make_clusters(
    matches: Sequence[Match],
    articles: Mapping[str, Article],
    measure: Callable[[Sequence[Article]], Overlaps],
    threshold: float,
) -> tuple[Cluster, ...]:
    """Clusters of the articles that matches join.

    Args:
        matches: Sequence of Match.
        articles: Mapping from id to Article.
        measure: Callable from articles to their Overlaps.
        threshold: Share, the threshold of the matches.

    Returns:
        Tuple of Cluster, sorted by the anchors' ids; an article is in one of them at most.
    """
    clusters: list[Cluster] = []
    for ids in _bounded_components(matches, LARGEST):
        overlaps = measure([articles[i] for i in ids])
        groups = average_linkage(np.maximum(overlaps, overlaps.T), threshold * LINKAGE)
        clusters += (
            _make_cluster([ids[i] for i in group], overlaps[np.ix_(group, group)], articles)
            for group in groups
            if len(group) > 1
        )
    return tuple(sorted(clusters, key=lambda cluster: cluster.anchor))
