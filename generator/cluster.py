"""Matches → clusters: connected components, split by average linkage and then around hubs; then who took from whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from generator.found import Match
from generator.frozen import dataclass
from generator.lineage import find_parents
from generator.overlap import Overlaps, weigh
from generator.raising import EVIDENCE, MOST
from generator.values import Article, Cluster

LINKAGE = 2 / 3
"""Average linkage joins two groups whose articles' mean reuse is at least this part of the threshold.

Two rewrites of one source share less with each other than with the source; at the whole threshold they would part.
"""

STRONG = 1.4
"""A member that does not match its cluster's hub must match another member with a score of this many times the threshold.

Of the 15 articles of the measured corpora that average linkage alone joined to a hub they don't match, 14 were of the same topic
only, with scores up to 1.33 times the threshold; the one that was a copy had 1.48.
"""

LONE = 3 * EVIDENCE // 2
"""Weight, in multiples of 2**-20, that an article that linkage left alone must share with a hub to join it: half as much again as
the evidence that a score asks for.
"""

_CENTRAL = 3
"""The power of a score that makes a hub: one strong match outweighs several weak ones."""

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
        components = find_components((match.a, match.b) for match in group)
        home = {name: place for place, ids in enumerate(components) for name in ids}
        inside: list[list[Match]] = [[] for _ in components]
        for match in group:
            inside[home[match.a]].append(match)
        for ids, own in zip(components, inside, strict=True):
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

    Source: Sokal and Michener, A statistical method for evaluating systematic relationships, 1958 (UPGMA); found by chains of
    nearest neighbours (Murtagh, 1983), in time and memory by the square of n.
    """
    means = similarity.astype(np.float64)
    np.fill_diagonal(means, -1.0)
    waiting = {index: [index] for index in range(len(means))}
    groups, chain = [], list[int]()
    while waiting:
        chain = chain or [min(waiting)]
        one = chain[-1]
        other = int(means[one].argmax())
        # Of equally near groups the one before in the chain is taken, or the chain would never end.
        if len(chain) > 1 and means[one, chain[-2]] >= means[one, other]:
            other = chain[-2]
        if means[one, other] < level:
            # Joining others never brings a group nearer than the nearest of them was.
            groups.append(sorted(waiting.pop(one)))
            means[one, :] = means[:, one] = -1.0
            chain.pop()
        elif len(chain) > 1 and other == chain[-2]:
            _join(means, waiting, one, other)
            del chain[-2:]
        else:
            chain.append(other)
    return sorted(groups)


def _join(means: Overlaps, waiting: dict[int, list[int]], one: int, other: int) -> None:
    """Put the second group into the first, whose mean similarities become those of both."""
    sizes = len(waiting[one]), len(waiting[other])
    means[one] = (means[one] * sizes[0] + means[other] * sizes[1]) / sum(sizes)
    means[:, one] = means[one]
    means[one, one] = -1.0
    means[other, :] = means[:, other] = -1.0
    waiting[one] += waiting.pop(other)


def make_cluster(ids: Sequence[str], overlaps: Overlaps, articles: Mapping[str, Article]) -> Cluster:
    """Make a cluster, with its anchor first, the others by date, undated ones last, then by id.

    Args:
        ids: Sequence of strings, the ids of its articles, at least one.
        overlaps: Overlaps of these.
        articles: Mapping from id to Article.

    Returns:
        Cluster.
    """
    parents = find_parents([articles[i] for i in ids], overlaps)
    order = sorted(range(len(ids)), key=lambda i: (parents[i] is not None, articles[ids[i]].date or "~", ids[i]))
    return Cluster(
        anchor=ids[order[0]],
        members=tuple(ids[i] for i in order),
        parents=tuple("" if (parent := parents[i]) is None else ids[parent] for i in order),
        overlaps=tuple(tuple(float(overlaps[i, j]) for j in order) for i in order),
    )


def split_around_hubs(scores: Overlaps, threshold: float) -> list[list[int]]:
    """Part a group into those that match its hub, or one another strongly, and groups of what is left around hubs of their own.

    A hub is the article whose matches are the strongest: all that was taken from one source matches that, while a text on the
    same topic matches one of the copies by chance.

    Args:
        scores: Array of shares, shape (n, n), symmetric: the score of each two articles; 0 where they don't match.
        threshold: Share, the threshold of the matches.

    Returns:
        List of lists of indices, each ascending, in the order of their hubs' weight; some may hold one article only.
    """
    left = list(range(len(scores)))
    groups = []
    while left:
        weights = (scores[np.ix_(left, left)] ** _CENTRAL).sum(axis=1)
        hub = left[int(weights.argmax())]
        group, waiting = {hub}, [hub]
        while waiting:
            one = waiting.pop()
            least = threshold if one == hub else STRONG * threshold
            near = [other for other in left if scores[one, other] >= least and other not in group]
            group.update(near)
            waiting += near
        groups.append(sorted(group))
        left = [index for index in left if index not in group]
    return groups


def join_hubs(groups: Sequence[list[int]], scores: Overlaps, shared: Overlaps) -> list[list[int]]:
    """Put each article that was left alone to the group whose hub it matches best, where much is shared.

    It was taken from the hub, though it shares too little with the other copies for linkage to keep it.

    Args:
        groups: Sequence of lists of indices.
        scores: Array of shares, shape (n, n), symmetric: the score of each two articles; 0 where they don't match.
        shared: Array of floats, shape (n, n), symmetric: the weight that each two share, in multiples of 2**-20.

    Returns:
        List of lists of indices, each ascending.
    """
    joined = [list(group) for group in groups if len(group) > 1]
    hubs = [group[int((scores[np.ix_(group, group)] ** _CENTRAL).sum(axis=1).argmax())] for group in joined]
    strong = np.where(shared >= LONE, scores, 0.0)
    alone = []
    for (one,) in (group for group in groups if len(group) == 1):
        best = int(strong[one, hubs].argmax()) if hubs else 0
        if hubs and strong[one, hubs[best]] > 0:
            joined[best].append(one)
        else:
            alone.append([one])
    return [sorted(group) for group in joined] + alone


def _score_table(ids: Sequence[str], matches: Iterable[Match]) -> Overlaps:
    """The score of each two articles; 0 where they don't match."""
    place = {name: at for at, name in enumerate(ids)}
    scores = np.zeros((len(ids), len(ids)))
    for match in matches:
        one, other = place[match.a], place[match.b]
        scores[one, other] = scores[other, one] = match.score
    return scores


def _likeness(overlaps: Overlaps, scores: Overlaps, threshold: float) -> Overlaps:
    """The reuse of each two articles; nothing where it reaches the threshold and yet they don't match.

    There formula, figures or names speak against the two; what is merely less than the threshold speaks neither way.
    """
    likeness: Overlaps = np.maximum(overlaps, overlaps.T)
    unmatched = (scores == 0) & ~np.eye(len(scores), dtype=np.bool_)
    likeness = np.where((likeness >= threshold) & unmatched, 0.0, likeness)
    # So far telling raises no score: the same figures stand for the wording that is gone, or what is formula was set aside.
    return np.where(scores > MOST * likeness, scores, likeness)


@dataclass(frozen=True, slots=True)
class Component:
    """Articles that hang together through matches.

    Attributes:
        articles: Tuple of Article, sorted by id.
        matches: Tuple of Match, all between two of them.
    """

    articles: tuple[Article, ...]
    matches: tuple[Match, ...]


def list_components(matches: Sequence[Match], articles: Mapping[str, Article]) -> list[Component]:
    """Part matches into components of a bounded size.

    Args:
        matches: Sequence of Match.
        articles: Mapping from id to Article.

    Returns:
        List of Component, sorted by their first ids.
    """
    components = _bounded_components(matches, LARGEST)
    home = {name: place for place, ids in enumerate(components) for name in ids}
    own: list[list[Match]] = [[] for _ in components]
    for match in matches:
        if match.a in home and home[match.a] == home.get(match.b):
            own[home[match.a]].append(match)
    told = zip(components, own, strict=True)
    return [Component(tuple(articles[name] for name in ids), tuple(inside)) for ids, inside in told]


def cluster_component(
    component: Component, measure: Callable[[Sequence[Article]], Overlaps], threshold: float
) -> tuple[Cluster, ...]:
    """Clusters of the articles of one component.

    Args:
        component: Component.
        measure: Callable from articles to their Overlaps.
        threshold: Share, the threshold of the matches.

    Returns:
        Tuple of Cluster; each holds a new article.
    """
    articles = {article.id: article for article in component.articles}
    ids = list(articles)
    overlaps, scores = measure(component.articles), _score_table(ids, component.matches)
    groups = [
        [linked[place] for place in places]
        for linked in average_linkage(_likeness(overlaps, scores, threshold), threshold * LINKAGE)
        for places in split_around_hubs(scores[np.ix_(linked, linked)], threshold)
    ]
    shared = overlaps * weigh(component.articles)[:, None]
    return tuple(
        make_cluster([ids[i] for i in group], overlaps[np.ix_(group, group)], articles)
        for group in join_hubs(groups, scores, np.maximum(shared, shared.T))
        if len(group) > 1 and not all(articles[ids[i]].archive for i in group)
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
        Tuple of Cluster, sorted by the anchors' ids; an article is in one of them at most, and each holds a new article.
    """
    components = list_components(matches, articles)
    clusters = chain.from_iterable(cluster_component(each, measure, threshold) for each in components)
    return tuple(sorted(clusters, key=lambda cluster: cluster.anchor))
