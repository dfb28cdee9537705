"""Cluster → Report: its articles measured and compared along the lineage; and the numbers of any reported pair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from generator.compare.facts import compare_facts
from generator.compare.passages import Indexed, find_passages, index_words, longest, tile_indexed, verbatim_share
from generator.compare.readability import measure_readability
from generator.compare.reading import compare_reading
from generator.compare.segments import build_segments
from generator.compare.sentences import align_sentences
from generator.compare.source import likely_source
from generator.compare.verdict import judge
from generator.found import Formula, Match, PairNumbers
from generator.frozen import dataclass
from generator.prepare import normalised_words, prepare
from generator.rules import CompareRules
from generator.set_aside import tell_set_aside
from generator.values import Article, Cluster, Comparison, Member, Passage, Prepared, Report


@dataclass(frozen=True, slots=True)
class ClusterJob:
    """What comparing one cluster takes.

    Attributes:
        cluster: Cluster.
        articles: Tuple of Article, in the cluster's order, then its guests.
        scores: Tuple of shares, in the cluster's order: the score of each member with its parent; None for a member without
            one, and for a pair that is not reported.
        further_scores: Tuple of shares: the same for each further source.
        matches: Tuple of Match, the reported pairs of two members; empty where there are more than NUMBERED_INSIDE members.
        formula: Tuple of Formula, of those of these articles that have any.
    """

    cluster: Cluster
    articles: tuple[Article, ...]
    scores: tuple[float | None, ...]
    further_scores: tuple[float | None, ...] = ()
    matches: tuple[Match, ...] = ()
    formula: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class PairsJob:
    """What the numbers of some reported pairs take.

    Attributes:
        pairs: Tuple of pairs: a Match, and the id of the cluster that holds both of its articles, or an empty string.
        articles: Dictionary from id to Article, of these matches.
    """

    pairs: tuple[tuple[Match, str], ...]
    articles: dict[str, Article]


NUMBERED_INSIDE = 24
"""Integer: members up to which a cluster's pairs are numbered with it; the many pairs of a larger one are better spread."""

BATCH = 512
"""Integer: the most pairs of one PairsJob."""

# About as many pairs as a batch has are those of so many articles with so many others.
_BLOCK = 24

_Known = Mapping[tuple[str, str], tuple[Passage, ...]]
"""The passages of pairs that are compared, by the ids of source and copy."""

_Told = tuple[float, float, int, str]
"""What PairNumbers say of two texts alone."""


def compare(
    source: Prepared, copy: Prepared, overlaps: tuple[float, float], rules: CompareRules, score: float | None = None
) -> Comparison:
    """Compare an article with the one it most likely took its text from.

    Args:
        source: Prepared.
        copy: Prepared.
        overlaps: Pair of shares, the reuse of the source in the copy and of the copy in the source.
        rules: CompareRules.
        score: Share, the pair's score, or None where it is not reported.

    Returns:
        Comparison.
    """
    source_in_copy, copy_in_source = overlaps
    passages = find_passages(source, copy, rules)
    links = align_sentences(source, copy, passages)
    taken = {origin for link in links for origin in link.origins}
    reuse = max(overlaps)
    longer = max(len(source.words), len(copy.words))
    return Comparison(
        source=source.article.id,
        copy=copy.article.id,
        direction=likely_source(source.article, copy.article, source_in_copy, copy_in_source),
        score=score,
        source_in_copy=source_in_copy,
        copy_in_source=copy_in_source,
        source_verbatim=verbatim_share(passages, len(source.words)),
        copy_verbatim=verbatim_share(passages, len(copy.words)),
        longest_passage=longest(passages),
        verdict=judge(source.words, copy.words, reuse, sum(p.length for p in passages), longest(passages)),
        passages=passages,
        links=links,
        dropped=tuple(i for i in range(len(source.sentences)) if i not in taken),
        segments=build_segments(source, copy, links, passages),
        facts=compare_facts(source, copy, links) if longer <= rules.max_fact_words else (),
    )


def report_cluster(job: ClusterJob, rules: CompareRules) -> Report:
    """Measure the articles of a cluster, and compare each with its parent and its further sources.

    Args:
        job: ClusterJob.
        rules: CompareRules.

    Returns:
        Report.
    """
    cluster = job.cluster
    parents = dict(zip(cluster.members, cluster.parents, strict=True))
    place = {member: index for index, member in enumerate(cluster.members)}
    formula = {own.article: own for own in job.formula}
    members = {
        article.id: Member(
            text := prepare(article),
            parents.get(article.id, ""),
            measure_readability(article),
            tell_set_aside(text, formula[article.id]) if article.id in formula else None,
        )
        for article in job.articles
    }

    def beside(source: str, copy: str, overlaps: tuple[float, float], score: float | None) -> Comparison:
        comparison = compare(members[source].prepared, members[copy].prepared, overlaps, rules, score)
        return _with_reading(comparison, members[source], members[copy])

    comparisons = tuple(
        beside(parent, copy, (cluster.overlaps[place[parent]][c], cluster.overlaps[c][place[parent]]), job.scores[c])
        for c, (copy, parent) in enumerate(parents.items())
        if parent
    )
    return Report(
        cluster=cluster,
        members=tuple(members[name] for name in cluster.members),
        comparisons=comparisons,
        further=tuple(
            replace(beside(f.source, f.copy, (f.source_in_copy, f.copy_in_source), score), brings=f.brings)
            for f, score in zip(cluster.further, job.further_scores, strict=True)
        ),
        guests=tuple(members[name] for name in cluster.guests),
        pairs=_number_inside(job, members, {(c.source, c.copy): c.passages for c in comparisons}, rules),
    )


def _with_reading(comparison: Comparison, source: Member, copy: Member) -> Comparison:
    measures = source.readability, copy.readability
    return replace(comparison, reading=compare_reading(source.prepared, copy.prepared, measures, comparison.segments))


def _number_inside(
    job: ClusterJob, members: Mapping[str, Member], known: _Known, rules: CompareRules
) -> tuple[PairNumbers, ...]:
    words = {member: members[member].prepared.words for match in job.matches for member in (match.a, match.b)}
    articles = {article.id: article for article in job.articles}
    return tuple(_number_all([(match, job.cluster.anchor) for match in job.matches], articles, words, known, rules))


def number_pairs(job: PairsJob, rules: CompareRules) -> list[PairNumbers]:
    """The numbers of some reported pairs.

    Args:
        job: PairsJob.
        rules: CompareRules.

    Returns:
        List of PairNumbers, in the order of the job.
    """
    texts = {text: normalised_words(text) for text in {article.text for article in job.articles.values()}}
    words = {article.id: texts[article.text] for article in job.articles.values()}
    return list(_number_all(job.pairs, job.articles, words, {}, rules))


def _number_all(
    pairs: Sequence[tuple[Match, str]],
    articles: Mapping[str, Article],
    words: Mapping[str, Sequence[str]],
    known: _Known,
    rules: CompareRules,
) -> Iterator[PairNumbers]:
    """The numbers of pairs in their clusters; the same two texts are tiled once."""
    names = {name for match, _ in pairs if (match.a, match.b) not in known for name in (match.a, match.b)}
    numbers: dict[tuple[str, ...], int] = {}
    texts = {
        own: index_words(own, rules.min_passage, numbers) for own in sorted({tuple(words[name]) for name in names})
    }
    indexed = {name: texts[tuple(words[name])] for name in names}
    told: dict[tuple[Indexed, Indexed, float], _Told] = {}
    for match, cluster in pairs:
        direction = likely_source(articles[match.a], articles[match.b], match.a_in_b, match.b_in_a)
        if (passages := known.get((match.a, match.b))) is not None:
            shared = _tell_shared(words[match.a], words[match.b], passages, match.reuse)
        else:
            key = one, other, reuse = indexed[match.a], indexed[match.b], match.reuse
            if key not in told:
                told[key] = _tell_shared(one.words, other.words, tuple(tile_indexed(one, other)), reuse)
            shared = told[key]
        yield PairNumbers(match, *shared, direction, cluster)


def _tell_shared(a: Sequence[str], b: Sequence[str], passages: tuple[Passage, ...], reuse: float) -> _Told:
    """The share of both articles' words that lies in passages, the words of the longest, and the verdict."""
    verdict = judge(a, b, reuse, sum(p.length for p in passages), longest(passages))
    return verbatim_share(passages, len(a)), verbatim_share(passages, len(b)), longest(passages), verdict


def cluster_jobs(
    matches: Sequence[Match],
    clusters: Sequence[Cluster],
    articles: Mapping[str, Article],
    formula: Sequence[Formula] = (),
) -> list[ClusterJob]:
    """One job for each cluster.

    Args:
        matches: Sequence of Match.
        clusters: Sequence of Cluster.
        articles: Mapping from id to Article.
        formula: Sequence of Formula.

    Returns:
        List of ClusterJob.
    """
    aside = {own.article: own for own in formula}
    scores = {frozenset((match.a, match.b)): match.score for match in matches}
    inside: dict[str, list[Match]] = defaultdict(list)
    for match, anchor in _place(matches, clusters):
        inside[anchor].append(match)
    return [
        ClusterJob(
            cluster,
            tuple(articles[name] for name in (*cluster.members, *cluster.guests)),
            tuple(scores.get(frozenset(edge)) for edge in zip(cluster.members, cluster.parents, strict=True)),
            tuple(scores.get(frozenset((found.copy, found.source))) for found in cluster.further),
            tuple(inside[cluster.anchor]) if len(cluster.members) <= NUMBERED_INSIDE else (),
            tuple(aside[name] for name in (*cluster.members, *cluster.guests) if name in aside),
        )
        for cluster in clusters
    ]


def _place(matches: Iterable[Match], clusters: Iterable[Cluster]) -> list[tuple[Match, str]]:
    """Each match with the id of the cluster that holds both of its articles, or an empty string."""
    home = {member: cluster.anchor for cluster in clusters for member in cluster.members}
    return [(m, home[m.a] if m.a in home and home[m.a] == home.get(m.b) else "") for m in matches]


def pair_jobs(
    matches: Sequence[Match], clusters: Sequence[Cluster], articles: Mapping[str, Article]
) -> Iterator[PairsJob]:
    """Put the matches that no ClusterJob holds together with others of the same articles, so that each is sent but few times.

    Args:
        matches: Sequence of Match.
        clusters: Sequence of Cluster.
        articles: Mapping from id to Article.

    Yields:
        PairsJob, each of up to BATCH matches; together with the jobs of clusters they hold every match once.
    """
    small = {cluster.anchor for cluster in clusters if len(cluster.members) <= NUMBERED_INSIDE}
    block = {member: place // _BLOCK for cluster in clusters for place, member in enumerate(cluster.members)}
    placed = [(match, anchor) for match, anchor in _place(matches, clusters) if anchor not in small]
    # Squares of the table of all pairs of a cluster: of some number of matches they hold the fewest articles.
    placed.sort(key=lambda pair: (pair[1], *sorted((block.get(pair[0].a, 0), block.get(pair[0].b, 0)))))
    waiting = iter(placed)
    while batch := tuple(islice(waiting, BATCH)):
        yield PairsJob(batch, {i: articles[i] for match, _ in batch for i in (match.a, match.b)})
