"""Matches → clusters with their sources, and the sizes of all other articles; what is as it was the last time is taken over."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from generator.again import Drawer, do_again, name_value
from generator.cluster import cluster_component, list_components
from generator.engines.base import Engine
from generator.found import Found
from generator.overlap import measure_overlaps
from generator.prepare import count_sizes
from generator.sources import find_kin, trace_sources
from generator.values import Article, Cluster


def cluster_again(
    found: Found, articles: Mapping[str, Article], threshold: float, engine: Engine, drawer: Drawer | None
) -> tuple[Cluster, ...]:
    """Cluster what was found.

    Args:
        found: Found.
        articles: Mapping from id to Article.
        threshold: Share, the threshold of the matches.
        engine: Engine.
        drawer: Drawer, or None.

    Returns:
        Tuple of Cluster, sorted by the anchors' ids, with their further sources.
    """
    one = partial(cluster_component, measure=measure_overlaps, threshold=threshold)
    components = list_components(found.matches, articles)
    name = f"clusters {threshold!r}"
    parts = do_again(drawer, name, components, name_value, partial(map, one), tuple[Cluster, ...])
    trees = sorted(chain.from_iterable(parts), key=lambda cluster: cluster.anchor)
    kin = find_kin(found, trees, articles)
    return tuple(do_again(drawer, "sources", kin, name_value, partial(engine.map, trace_sources), Cluster))


def count_again(articles: Sequence[Article], engine: Engine, drawer: Drawer | None) -> Iterator[tuple[int, int]]:
    """Count the words and sentences of articles.

    Args:
        articles: Sequence of Article.
        engine: Engine.
        drawer: Drawer, or None.

    Returns:
        Iterator of pairs of integers.
    """
    return do_again(drawer, "sizes", articles, _name_text, partial(engine.map, count_sizes), tuple[int, int])


def _name_text(article: Article) -> str:
    text = f"{article.language}\n{article.text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).hexdigest()
