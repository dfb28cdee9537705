"""Two articles among others → how a build tells them: in which clusters, who took from whom, what both hold word for word."""

from collections.abc import Mapping, Sequence

from generator.cluster import find_components, make_clusters
from generator.compare.passages import find_passages
from generator.found import Formula, Found, Match
from generator.frozen import dataclass
from generator.overlap import measure_overlaps
from generator.prepare import prepare
from generator.rules import CompareRules
from generator.sources import find_kin, trace_sources
from generator.values import Article, Cluster

PARENT, FURTHER, KIN = "parent", "further source", "same cluster"
"""How two articles may be related; they may also be not."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a build tells two articles.

    Attributes:
        relation: String: PARENT where one most likely took its text from the other, FURTHER where one is likely a source beside
            the other's parent, KIN where they only stand in one cluster; empty where they do not.
        source: String, the id of the likely source; empty unless the relation is one of the first two.
        copy: String, the other id, likewise.
        brings: Share of the copy by weight, formula set aside, that a further source brings; None for others.
        clusters: Pair of strings: of each article the id of its cluster, or empty.
        parents: Pair of strings: of each article the id it most likely took its text from, or empty.
    """

    relation: str
    source: str
    copy: str
    brings: float | None
    clusters: tuple[str, str]
    parents: tuple[str, str]


ALONE = Standing("", "", "", None, ("", ""), ("", ""))
"""Where neither article stands in a cluster."""


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that stands word for word in both articles.

    Attributes:
        text: String, as the first article has it.
        words: Integer.
        a_span: Pair of offsets, start and end in the first article.
        b_span: Pair of offsets, start and end in the second.
    """

    text: str
    words: int
    a_span: tuple[int, int]
    b_span: tuple[int, int]


def find_standing(
    pair: tuple[str, str],
    matches: Sequence[Match],
    formula: Sequence[Formula],
    articles: Mapping[str, Article],
    threshold: float,
) -> Standing:
    """Find out how a build tells two articles.

    Args:
        pair: Pair of strings, their ids.
        matches: Sequence of Match, all that the build reports.
        formula: Sequence of Formula of the articles of these matches.
        articles: Mapping from id to Article, of all that are named.
        threshold: Share, the threshold of the matches.

    Returns:
        Standing.
    """
    near = {
        name
        for component in find_components((match.a, match.b) for match in matches)
        if set(component) & set(pair)
        for name in component
    }
    found = Found(
        tuple(match for match in matches if match.a in near), tuple(own for own in formula if own.article in near)
    )
    clusters = make_clusters(found.matches, articles, measure_overlaps, threshold)
    traced = tuple(map(trace_sources, find_kin(found, clusters, articles)))
    homes = {member: cluster for cluster in traced for member in cluster.members}
    own = [homes.get(name) for name in pair]
    known = tuple(cluster.anchor if cluster else "" for cluster in own)
    parents = tuple(_parent_of(name, cluster) for name, cluster in zip(pair, own, strict=True))
    ends = (known[0], known[1]), (parents[0], parents[1])
    for (copy, source), cluster, parent in zip((pair, pair[::-1]), own, parents, strict=True):
        if parent == source:
            return Standing(PARENT, source, copy, None, *ends)
        for further in cluster.further if cluster else ():
            if (further.copy, further.source) == (copy, source):
                return Standing(FURTHER, source, copy, further.brings, *ends)
    return Standing(KIN if known[0] and known[0] == known[1] else "", "", "", None, *ends)


def share_passages(a: Article, b: Article, rules: CompareRules) -> tuple[SharedPassage, ...]:
    """Find what two articles share word for word.

    Args:
        a: Article.
        b: Article.
        rules: CompareRules; passages have at least `rules.min_passage` words.

    Returns:
        Tuple of SharedPassage, the longest first, then by their place in a.
    """
    one, other = prepare(a), prepare(b)
    found = sorted(find_passages(one, other, rules), key=lambda passage: (-passage.length, passage.source))
    passages = []
    for passage in found:
        here = one.spans[passage.source][0], one.spans[passage.source + passage.length - 1][1]
        there = other.spans[passage.copy][0], other.spans[passage.copy + passage.length - 1][1]
        passages.append(SharedPassage(a.text[slice(*here)], passage.length, here, there))
    return tuple(passages)


def _parent_of(name: str, cluster: Cluster | None) -> str:
    return cluster.parents[cluster.members.index(name)] if cluster else ""
