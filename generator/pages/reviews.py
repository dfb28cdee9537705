"""Reviewers' marks → where they stand: beside their comparison, and on the index."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from generator.findings import Findings
from generator.pages.cluster import MOST_COMPARISONS, ClusterPage, letters_of
from generator.pages.frame import make_headline
from generator.pages.listing import ClusterRow
from generator.pages.marks import OtherReview, ReviewBlock, ReviewList, ReviewRow, show_mark, show_marks, tally_marks
from generator.reviews import Mark, digest_text
from generator.values import Cluster, Report

MOST_ROWS = 500
"""Marks that the index lists; `data/reviews.csv` has them all."""
MOST_UNFOLDED = 20
"""Marks up to which the index shows them without being asked for."""

Pair = tuple[str, str]
"""Two strings: ids, sorted."""
Names = Mapping[Pair, tuple[str, str, str]]
"""The pairs that a cluster compares, each with three strings: the comparison's name, the copy and the source."""


def place_marks(findings: Findings) -> dict[str, tuple[Mark, ...]]:
    """Find the clusters whose pages show each mark.

    Args:
        findings: Findings.

    Returns:
        Dictionary from a cluster's id to a tuple of Mark: on two of its members, or on one and a further source outside.
    """
    marks, homes = findings.reviewed.marks, findings.homes
    names = _names_in(findings, {homes.get(name, "") for mark in marks for name in (mark.a, mark.b)})
    placed: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        for home in dict.fromkeys(homes[name] for name in (mark.a, mark.b) if name in homes):
            if homes.get(mark.a) == homes.get(mark.b) or (mark.a, mark.b) in names[home]:
                placed[home].append(mark)
    return {home: tuple(marks) for home, marks in placed.items()}


def review_page(page: ClusterPage, report: Report, marks: Sequence[Mark]) -> ClusterPage:
    """Let the comparisons of a page be reviewed, and show what reviewers said.

    Args:
        page: ClusterPage.
        report: Report of its cluster.
        marks: Sequence of Mark, those of its cluster.

    Returns:
        ClusterPage.
    """
    texts = {m.prepared.article.id: m.prepared.article.text for m in (*report.members, *report.guests)}
    by_pair: dict[Pair, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_pair[mark.a, mark.b].append(mark)
    told = {f"pair-{comparison.name}": comparison for comparison in (*report.comparisons, *report.further)}
    views = []
    for view in page.comparisons:
        comparison = told[view.fragment]
        pair = _sorted(comparison.copy, comparison.source)
        block = _block(comparison.name, pair, texts, by_pair.pop(pair, []))
        views.append(replace(view, review=block))
    letters = letters_of(report.cluster)
    others = sorted((sorted(letters[name] for name in pair), found) for pair, found in by_pair.items())
    return replace(
        page,
        comparisons=tuple(views),
        other_reviews=tuple(OtherReview(tuple(two), show_marks(found)) for two, found in others),
    )


def review_rows(rows: Sequence[ClusterRow], findings: Findings) -> list[ClusterRow]:
    """Say in the rows of clusters what reviewers said.

    Args:
        rows: Sequence of ClusterRow, one for each cluster, in their order.
        findings: Findings.

    Returns:
        List of ClusterRow.
    """
    placed = place_marks(findings)
    return [
        replace(row, reviewed=tally_marks(placed[cluster.anchor])) if cluster.anchor in placed else row
        for row, cluster in zip(rows, findings.clusters, strict=True)
    ]


def list_reviews(findings: Findings) -> ReviewList:
    """List the marks for the index.

    Args:
        findings: Findings.

    Returns:
        ReviewList.
    """
    reviewed = findings.reviewed
    articles = {article.id: article for article in findings.corpus.articles}
    clusters = {cluster.anchor: cluster for cluster in findings.clusters}
    placed = place_marks(findings)
    names = _names_in(findings, placed.keys())
    hrefs = {
        (mark.a, mark.b): _place(clusters[home], names[home], (mark.a, mark.b))
        for home, marks in placed.items()
        for mark in marks
    }
    latest = sorted(reviewed.marks, key=lambda mark: mark.when, reverse=True)[:MOST_ROWS]
    rows = []
    for mark in latest:
        href, copy, source = hrefs.get((mark.a, mark.b), ("", mark.a, mark.b))
        rows.append(ReviewRow(href, make_headline(articles[copy]), make_headline(articles[source]), show_mark(mark)))
    return ReviewList(tuple(rows), len(reviewed.marks), len(reviewed.outdated), len(reviewed.marks) > MOST_UNFOLDED)


def _block(name: str, pair: Pair, texts: Mapping[str, str], marks: list[Mark]) -> ReviewBlock:
    a, b = pair
    digests = (digest_text(texts[a]), digest_text(texts[b]))
    return ReviewBlock(f"review-{name}", a, b, *digests, tally_marks(marks), show_marks(marks))


def _names_in(findings: Findings, homes: Collection[str]) -> dict[str, Names]:
    return {cluster.anchor: _names_of(cluster) for cluster in findings.clusters if cluster.anchor in homes}


def _names_of(cluster: Cluster) -> Names:
    """The pairs that are compared in a cluster: the comparison's name, the copy and the source."""
    further = {_sorted(f.copy, f.source): (f"{f.copy}~{f.source}", f.copy, f.source) for f in cluster.further}
    edges = {_sorted(m, p): (m, m, p) for m, p in zip(cluster.members, cluster.parents, strict=True) if p}
    return further | edges


def _place(cluster: Cluster, names: Names, pair: Pair) -> tuple[str, str, str]:
    """Where a cluster's page shows a pair: the address, the copy and the source."""
    name, copy, source = names.get(pair, ("", *pair))
    inside = copy if copy in cluster.members else source
    # A page with too many comparisons shows the strongest, and each article.
    fragment = f"review-{name}" if name and len(names) <= MOST_COMPARISONS else f"a-{inside}"
    return f"clusters/{cluster.anchor}.html#{fragment}", copy, source


def _sorted(one: str, other: str) -> Pair:
    return min(one, other), max(one, other)
