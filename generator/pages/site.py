"""Findings → every page of the site, as plain frozen values without any HTML."""

from collections import defaultdict
from collections.abc import Iterator

from generator.found import PairNumbers
from generator.pages.cluster import ClusterPage, letters_of, make_cluster_page
from generator.pages.frame import (
    Frame,
    HowToReadPage,
    NotFoundPage,
    StubPage,
    make_facts,
    make_frame,
    make_headline,
)
from generator.pages.index import IndexPage, make_index_page
from generator.pages.relations import Neighbour
from generator.percent import show_share
from generator.rules import SiteRules
from generator.values import Findings, Report

Page = IndexPage | ClusterPage | StubPage | HowToReadPage | NotFoundPage

MOST_NEIGHBOURS = 10
"""Articles just outside a cluster that its page names."""


def make_pages(findings: Findings, site: SiteRules) -> Iterator[Page]:
    """Make every page of the site.

    Args:
        findings: Findings.
        site: SiteRules.

    Yields:
        The index, then for each cluster its page and a stub for every member but the anchor, then the other pages.
    """
    top, below = make_frame(findings, site, ""), make_frame(findings, site, "../")
    outside = _outside(findings)
    yield make_index_page(findings, top)
    for place, report in enumerate(findings.reports):
        yield make_cluster_page(findings, place, below, outside[report.cluster.anchor])
        yield from _stubs(report, below)
    yield HowToReadPage("how-to-read.html", top, make_facts(findings.settings))
    yield NotFoundPage("404.html", top)


def _stubs(report: Report, frame: Frame) -> Iterator[StubPage]:
    """Make the pages that lead to a cluster's page from the addresses of its other members."""
    for member in report.members[1:]:
        article = member.prepared.article
        yield StubPage(
            path=f"clusters/{article.id}.html",
            frame=frame,
            target=f"{report.cluster.anchor}.html",
            fragment=f"a-{article.id}",
            headline=make_headline(article),
        )


def _outside(findings: Findings) -> dict[str, tuple[Neighbour, ...]]:
    """Find for each cluster the articles outside it that match one inside, the strongest first."""
    homes = {member: report for report in findings.reports for member in report.cluster.members}
    found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for pair in findings.pairs:
        for inside, other in _crossings(pair, homes):
            found[homes[inside].cluster.anchor].append((-pair.match.score, inside, other))
    articles = {article.id: article for article in findings.corpus.articles}
    neighbours: dict[str, tuple[Neighbour, ...]] = {report.cluster.anchor: () for report in findings.reports}
    for anchor, crossings in found.items():
        letters = letters_of(homes[anchor])
        neighbours[anchor] = tuple(
            Neighbour(
                letters[inside],
                make_headline(articles[other]),
                show_share(-score),
                f"{homes[other].cluster.anchor}.html#a-{other}" if other in homes else "",
            )
            for score, inside, other in sorted(crossings)[:MOST_NEIGHBOURS]
        )
    return neighbours


def _crossings(pair: PairNumbers, homes: dict[str, Report]) -> Iterator[tuple[str, str]]:
    """Give a pair that crosses the border of a cluster, as the article inside and the one outside."""
    a, b = pair.match.a, pair.match.b
    if homes.get(a) is not homes.get(b):
        if a in homes:
            yield a, b
        if b in homes:
            yield b, a
