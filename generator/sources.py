"""A cluster's tree → its further sources: an article may draw on more than the one that the tree gives it for a parent.

A member draws on a further article where that holds much of it that its parent does not have. And a member whose only kin are
its own copies took from none of the others: it is an origin beside the anchor.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generator.compare.source import likely_source
from generator.fingerprint import Keys, Posting, Weights, fingerprint
from generator.found import Formula, Found, Match
from generator.frozen import dataclass
from generator.lineage import precedence
from generator.raising import EVIDENCE
from generator.values import Article, Cluster, Further

FURTHER = 0.15
"""Share by weight of an article, formula set aside, that a further source holds and its other sources don't.

Of 242 rewrites and answers with one source, the most that another article of the cluster held so was 0.136.
"""

MOST = 3
"""Further sources of one article."""

MOST_OUTSIDE = 20
"""How many articles outside its cluster, those of the highest scores, may be further sources of a member."""

NEARLY = 0.9
"""Sources that bring at least this part of what the best one brings are equal; the earliest of them is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What an article holds.

    Attributes:
        posting: Posting.
        keys: Array of 64-bit unsigned integers: the keys that are no formula of it.
        weights: Array of 64-bit integers, their weights.
    """

    posting: Posting
    keys: Keys
    weights: Weights


@dataclass(frozen=True, slots=True)
class Kin:
    """A cluster with all that its articles match.

    Attributes:
        cluster: Cluster.
        articles: Mapping from id to Article: the members, and articles outside that match one of them.
        matches: Sequence of Match of these articles, each of a member at least.
        formula: Sequence of Formula of these articles.
    """

    cluster: Cluster
    articles: Mapping[str, Article]
    matches: Sequence[Match]
    formula: Sequence[Formula]


class _Tracer:
    """Finds the further sources of one cluster.

    Attributes:
        kin: Kin.
        sources: Dictionary of sets: for each member the ids that it draws on.
    """

    def __init__(self, kin: Kin) -> None:
        self.kin = kin
        cluster = kin.cluster
        self.sources = {m: {p} if p else set() for m, p in zip(cluster.members, cluster.parents, strict=True)}
        self._places = {member: place for place, member in enumerate(cluster.members)}
        self._formula = {own.article: np.array(sorted(own.tellings), dtype=np.uint64) for own in kin.formula}
        self._outside: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
        for match in kin.matches:
            for one, other, shares in (
                (match.a, match.b, (match.a_in_b, match.b_in_a)),
                (match.b, match.a, (match.b_in_a, match.a_in_b)),
            ):
                if one in self._places and other not in self._places:
                    self._outside[one][other] = shares
        self._held: dict[str, _Held] = {}

    def trace(self, member: str, parent: str) -> Iterator[Further]:
        """Find the further sources of a member, the one that brings most first."""
        own, held = self._hold(member), self._hold(parent).posting
        left = ~np.isin(own.keys, held.keys, assume_unique=True)
        total = int(own.weights.sum())
        least = max(FURTHER * total, EVIDENCE)
        if int(own.weights[left].sum()) < least:
            return
        brought = self._bring(own.keys[left], own.weights[left])
        able = [other for other, weight in brought.items() if weight >= least]
        candidates = list(self._candidates(member, parent, total, able))
        for _ in range(MOST):
            enough = max(least, NEARLY * max((brought[other] for other in candidates), default=0))
            likely = [other for other in candidates if brought[other] >= enough]
            if not likely:
                return
            source = min(likely, key=lambda other: (other not in self._places, precedence(self.kin.articles[other])))
            self.sources[member].add(source)
            own_share, its_share = self._reuse(member, source)
            yield Further(member, source, brought[source] / total, its_share, own_share)
            left = left & ~np.isin(own.keys, self._hold(source).keys, assume_unique=True)
            brought = self._bring(own.keys[left], own.weights[left])

    def _bring(self, keys: Keys, weights: Weights) -> dict[str, int]:
        """The weight of some keys that each article holds, formula set aside."""
        names, held, holders = self._index
        first, last = np.searchsorted(held, keys, "left"), np.searchsorted(held, keys, "right")
        counts = last - first
        at = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        sums = np.bincount(holders[at], np.repeat(weights, counts), len(names))
        return dict(zip(names, sums.astype(np.int64).tolist(), strict=True))

    @cached_property
    def _index(self) -> tuple[list[str], Keys, NDArray[np.int64]]:
        """All keys that articles hold, ascending, each with the place of its holder among the names."""
        names = list(self.kin.articles)
        keys = np.concatenate([self._hold(name).keys for name in names])
        holders = np.repeat(np.arange(len(names)), [len(self._hold(name).keys) for name in names])
        order = np.argsort(keys, kind="stable")
        return names, keys[order], holders[order]

    def _candidates(self, member: str, parent: str, total: int, able: Iterable[str]) -> Iterator[str]:
        """Those that a member may have drawn on too: alike enough, not its copies, not named as later."""
        mass = self._hold(member).posting.total
        for other in able:
            if other not in self._places and other not in self._outside[member]:
                continue
            own, theirs = self._reuse(member, other)
            if (
                other not in (member, parent)
                and own * mass >= FURTHER * total
                and not self._draws_on(other, member)
                and likely_source(self.kin.articles[member], self.kin.articles[other], own, theirs).source != member
            ):
                yield other

    def _reuse(self, member: str, other: str) -> tuple[float, float]:
        """The reuse of a member in another article, and of that in the member."""
        if other not in self._places:
            return self._outside[member][other]
        one, two = self._places[member], self._places[other]
        return self.kin.cluster.overlaps[one][two], self.kin.cluster.overlaps[two][one]

    def _draws_on(self, one: str, other: str) -> bool:
        """Tell whether an article draws on another, if only through others."""
        waiting, seen = [one], set[str]()
        while waiting:
            name = waiting.pop()
            if name == other:
                return True
            if name not in seen:
                seen.add(name)
                waiting += self.sources.get(name, ())
        return False

    def _hold(self, name: str) -> _Held:
        if name not in self._held:
            posting = fingerprint(self.kin.articles[name])
            # As no key stands twice, none has to be made to: for that numpy would load much that is of no use here.
            own = ~np.isin(posting.keys, self._formula.get(name, posting.keys[:0]), assume_unique=True)
            self._held[name] = _Held(posting, posting.keys[own], posting.weights[own])
        return self._held[name]


def find_kin(found: Found, clusters: Sequence[Cluster], articles: Mapping[str, Article]) -> list[Kin]:
    """What tracing the sources of each cluster takes.

    Args:
        found: Found.
        clusters: Sequence of Cluster.
        articles: Mapping from id to Article.

    Returns:
        List of Kin, one for each cluster.
    """
    home = {member: place for place, cluster in enumerate(clusters) for member in cluster.members}
    formula = {own.article: own for own in found.formula}
    matches: list[list[Match]] = [[] for _ in clusters]
    outside: dict[str, int] = defaultdict(int)
    for match in sorted(found.matches, key=lambda match: (-match.score, match.a, match.b)):
        if match.a in home and home[match.a] == home.get(match.b):
            matches[home[match.a]].append(match)
            continue
        for one in (match.a, match.b):
            if one in home and outside[one] < MOST_OUTSIDE:
                outside[one] += 1
                matches[home[one]].append(match)
    kin = []
    for cluster, own in zip(clusters, matches, strict=True):
        names = dict.fromkeys((*cluster.members, *(name for match in own for name in (match.a, match.b))))
        told = tuple(formula[name] for name in names if name in formula)
        kin.append(Kin(cluster, {name: articles[name] for name in names}, tuple(own), told))
    return kin


def trace_sources(kin: Kin) -> Cluster:
    """Find what the tree of a cluster leaves out.

    A further source of a member holds, of what is no formula, at least FURTHER of it by weight, and EVIDENCE, that its parent
    and the further sources before it don't hold; it is no copy of the member, and the evidence does not name it as the later
    one. It may lie outside the cluster, where the pair is reported.

    A parent whose pair is not reported gives way: to the first further source in the cluster whose pair is; or, where the member
    has no further source and hangs together with the others through its copies, to none.

    Args:
        kin: Kin.

    Returns:
        The Cluster with its further sources.
    """
    cluster, tracer = kin.cluster, _Tracer(kin)
    further = [
        found
        for member, parent in zip(cluster.members, cluster.parents, strict=True)
        if parent
        for found in tracer.trace(member, parent)
    ]
    parents = _settle_parents(cluster, further, kin.matches)
    return replace(cluster, further=tuple(further), parents=tuple(parents.values()))


def _settle_parents(cluster: Cluster, further: list[Further], matches: Iterable[Match]) -> dict[str, str]:
    """The parents, without those that are not reported and not needed; a further source that becomes a parent is taken out."""
    parents = dict(zip(cluster.members, cluster.parents, strict=True))
    reported = {frozenset((match.a, match.b)) for match in matches}
    for member in cluster.members:
        if further and parents[member] and frozenset((member, parents[member])) not in reported:
            own = [found for found in further if found.copy == member]
            inside = [f for f in own if f.source in parents and frozenset((member, f.source)) in reported]
            if inside:
                parents[member] = inside[0].source
                further.remove(inside[0])
            elif not own:
                others = parents | {member: ""}
                extra = [(found.copy, found.source) for found in further if found.source in parents]
                parents = others if _hang_together(others, extra) else parents
    return parents


def _hang_together(parents: Mapping[str, str], extra: Iterable[tuple[str, str]]) -> bool:
    """Whether all members are one connected part."""
    joined = {member: member for member in parents}

    def root(member: str) -> str:
        while joined[member] != member:
            member = joined[member] = joined[joined[member]]
        return member

    for one, other in [*((child, parent) for child, parent in parents.items() if parent), *extra]:
        joined[root(one)] = root(other)
    return len({root(member) for member in parents}) == 1
