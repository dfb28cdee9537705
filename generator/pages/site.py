"""Findings → every page of the site, as plain frozen values without any HTML."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.findings import Findings, Provenance
from generator.found import Match
from generator.pages.cluster import ClusterPage, Surroundings, letters_of, make_cluster_page
from generator.pages.fragments import Pointer
from generator.pages.frame import (
    HowToReadPage,
    NotFoundPage,
    SearchPage,
    StubPage,
    make_frame,
    make_headline,
    show_settings,
)
from generator.pages.in_common import find_elsewhere
from generator.pages.index import IndexPage, make_index_page
from generator.pages.listing import (
    ClusterRow,
    ClusterRowsScript,
    ClustersPage,
    SinglesPage,
    list_clusters,
    list_singles,
    make_further_pages,
)
from generator.pages.relations import Neighbour
from generator.pages.reviews import place_marks, review_page, review_rows
from generator.percent import show_share
from generator.rules import SiteRules
from generator.values import Article, Cluster, Report

Page = (
    IndexPage
    | ClustersPage
    | ClusterRowsScript
    | SinglesPage
    | ClusterPage
    | StubPage
    | HowToReadPage
    | SearchPage
    | NotFoundPage
)

MOST_NEIGHBOURS = 10
"""Articles just outside a cluster that its page names."""


def make_cluster_pages(
    report: Report, surroundings: Surroundings, provenance: Provenance, site: SiteRules
) -> Iterator[ClusterPage | StubPage]:
    """Make the pages of a cluster.

    Args:
        report: Report.
        surroundings: Surroundings.
        provenance: Provenance.
        site: SiteRules.

    Yields:
        The cluster's page, then a stub for every member but the anchor.
    """
    frame = make_frame(provenance, site, "../")
    page = make_cluster_page(report, surroundings, provenance, frame)
    yield review_page(page, report, surroundings.marks)
    for member in report.members[1:]:
        article = member.prepared.article
        yield StubPage(
            path=f"clusters/{article.id}.html",
            frame=frame,
            target=f"{report.cluster.anchor}.html",
            fragment=f"a-{article.id}",
            headline=make_headline(article),
        )


def make_other_pages(findings: Findings, rows: Sequence[ClusterRow], site: SiteRules) -> tuple[Page, ...]:
    """Make the pages that belong to no cluster.

    Args:
        findings: Findings.
        rows: Sequence of ClusterRow, one for each cluster, in their order.
        site: SiteRules.

    Returns:
        Tuple of the index, what of its lists needs further pages, the page that tells how to read it all, the one that
        searches where the settings ask for it, and the one for addresses that lead nowhere.
    """
    frame = make_frame(findings.provenance, site, "")
    clusters, singles = list_clusters(review_rows(rows, findings)), list_singles(findings)
    clustered = sum(len(cluster.members) for cluster in findings.clusters)
    return (
        make_index_page(findings, frame, clusters, singles),
        *make_further_pages(clusters, singles, frame),
        HowToReadPage("how-to-read.html", frame, show_settings(findings.provenance)),
        *((SearchPage("search.html", frame, clustered),) if site.search else ()),
        NotFoundPage("404.html", frame),
    )


def find_surroundings(findings: Findings) -> tuple[Surroundings, ...]:
    """Find what lies around each cluster.

    Args:
        findings: Findings.

    Returns:
        Tuple of Surroundings, one for each cluster, in their order.
    """
    articles = {article.id: article for article in findings.corpus.articles}
    outside = _outside(findings, articles)
    letters = {
        name: letter
        for cluster in findings.clusters
        for name, letter in zip(cluster.members, letters_of(cluster).values(), strict=False)
    }
    elsewhere = find_elsewhere(findings, letters)
    marks = place_marks(findings)
    doors = [Pointer(articles[c.anchor].title, f"{c.anchor}.html") for c in findings.clusters]
    return (
        tuple(
            Surroundings(
                outside.get(cluster.anchor, ()),
                previous,
                following,
                elsewhere.get(cluster.anchor, ()),
                marks.get(cluster.anchor, ()),
            )
            for cluster, previous, following in zip(
                findings.clusters, [None, *doors[:-1]], [*doors[1:], None], strict=True
            )
        )
        if doors
        else ()
    )


def _outside(findings: Findings, articles: Mapping[str, Article]) -> dict[str, tuple[Neighbour, ...]]:
    """Find for each cluster the articles outside it that match one inside, the strongest first."""
    homes = {member: cluster for cluster in findings.clusters for member in cluster.members}
    found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for match in findings.matches:
        for inside, other in _crossings(match, homes):
            found[homes[inside].anchor].append((-match.score, inside, other))
    neighbours: dict[str, tuple[Neighbour, ...]] = {}
    for anchor, crossings in found.items():
        cluster = homes[anchor]
        letters = letters_of(cluster)
        guests = {found.source: found.copy for found in reversed(cluster.further)}
        crossings.sort(key=lambda crossing: (guests.get(crossing[2]) != crossing[1], crossing))
        drawn_on = len(cluster.guests)
        neighbours[anchor] = tuple(
            Neighbour(
                letters[inside],
                letters[other] if place < drawn_on else "",
                f"a-{other}" if place < drawn_on else "",
                make_headline(articles[other]),
                show_share(-score),
                f"{homes[other].anchor}.html#a-{other}" if other in homes else "",
            )
            for place, (score, inside, other) in enumerate(crossings[: max(MOST_NEIGHBOURS, drawn_on)])
        )
    return neighbours


def _crossings(match: Match, homes: Mapping[str, Cluster]) -> Iterator[tuple[str, str]]:
    """Give a pair that crosses the border of a cluster, as the article inside and the one outside."""
    a, b = match.a, match.b
    if homes.get(a) is not homes.get(b):
        if a in homes:
            yield a, b
        if b in homes:
            yield b, a
