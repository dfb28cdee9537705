"""Passages in common → where each can be read; those of copies of one story are told once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from generator.findings import Place, PlacedPassage
from generator.found import CommonPassage
from generator.prepare import prepare
from generator.values import Article, Cluster, Prepared


def place_passages(
    passages: Iterable[CommonPassage], clusters: Iterable[Cluster], articles: Mapping[str, Article]
) -> tuple[PlacedPassage, ...]:
    """Choose the passages that say something beyond the clusters, and find where they stand.

    Members of one cluster are left out. Where members of a cluster share a passage with one and the same other article, or with
    members of one and the same other cluster, the two articles are taken that share the most words, of these the anchors.

    Args:
        passages: Iterable of CommonPassage.
        clusters: Iterable of Cluster.
        articles: Mapping from id to Article, of all that are named.

    Returns:
        Tuple of PlacedPassage, the longest first, then by the ids and by place.
    """

    @cache
    def prepared(name: str) -> Prepared:
        return prepare(articles[name])

    chosen = sorted(choose_passages(passages, clusters), key=lambda one: (-one.length, one.a, one.b, one.at_a))
    return tuple(
        PlacedPassage(one, _place(prepared(one.a), one.at_a, one.length), _place(prepared(one.b), one.at_b, one.length))
        for one in chosen
    )


def choose_passages(passages: Iterable[CommonPassage], clusters: Iterable[Cluster]) -> list[CommonPassage]:
    """Leave out what a cluster tells anyway, and of copies all but one.

    Args:
        passages: Iterable of CommonPassage.
        clusters: Iterable of Cluster.

    Returns:
        List of CommonPassage.
    """
    homes = {member: cluster.anchor for cluster in clusters for member in cluster.members}
    shared: dict[frozenset[str], dict[tuple[str, str], list[CommonPassage]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        ends = frozenset(homes.get(name, name) for name in (passage.a, passage.b))
        if len(ends) == 2:
            shared[ends][passage.a, passage.b].append(passage)

    def rank(pair: tuple[str, str], ends: frozenset[str], found: Sequence[CommonPassage]) -> tuple[object, ...]:
        return -sum(passage.length for passage in found), -len(ends.intersection(pair)), pair

    return [
        passage
        for ends, pairs in shared.items()
        for passage in min(pairs.items(), key=lambda item: rank(item[0], ends, item[1]))[1]
    ]


def _place(article: Prepared, start: int, length: int) -> Place:
    end = start + length
    inside = [n for n, (first, last) in enumerate(article.sentence_words) if first < end and last > start]
    around = max(0, inside[0] - 1), min(len(article.sentences), inside[-1] + 2) - 1
    return Place(
        article=article.article.id,
        span=(article.spans[start][0], article.spans[end - 1][1]),
        context=(article.sentences[around[0]][0], article.sentences[around[1]][1]),
        share=length / len(article.words),
    )
