"""The page of a cluster: the finding, its articles, how they hang together, and each comparison."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from generator.findings import Provenance
from generator.frozen import dataclass
from generator.pages.aside import Aside, make_aside
from generator.pages.explanation import MOST_FACTS
from generator.pages.finding import Finding, make_finding
from generator.pages.fragments import Pointer, make_fragments
from generator.pages.frame import Fact, Frame, Headline, SettingsShown, make_facts, make_headline, show_settings
from generator.pages.in_common import MOST_ELSEWHERE, Elsewhere
from generator.pages.marks import OtherReview
from generator.pages.members import ArticleRow, Readability, make_article_rows, make_readability
from generator.pages.mixture import comparisons_in_order, describe_mixtures
from generator.pages.numbers import count, letter
from generator.pages.relations import (
    Matrix,
    Neighbour,
    PassageRow,
    TreeNode,
    make_lineage,
    make_matrix,
    make_passages,
)
from generator.pages.rows import ComparisonView, make_comparison
from generator.reviews import Mark
from generator.values import Cluster, Comparison, Report

MOST_COMPARISONS = 60
"""Comparisons shown in full on one page."""
MOST_IN_MATRIX = 40
"""Members up to which a page shows the overlap of all pairs, and all readability measures."""
MOST_FACTS_ON_PAGE = 360
"""Facts that the comparisons of one page list together."""
MOST_ON_PAPER = 6
"""Members up to which printing opens everything."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a cluster.

    Attributes:
        outside: Tuple of Neighbour, articles outside the cluster that match one inside.
        previous: Pointer to the page before this one, its file name as the fragment; None on the first.
        next: Pointer to the page after it; None on the last.
        elsewhere: Tuple of Elsewhere, the longest first.
        marks: Tuple of Mark, what reviewers said of its comparisons.
    """

    outside: tuple[Neighbour, ...]
    previous: Pointer | None
    next: Pointer | None
    elsewhere: tuple[Elsewhere, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """The page of one cluster.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        headline: Headline of the anchor.
        finding: Finding.
        small: Boolean; true where printing opens everything.
        articles: Tuple of ArticleRow.
        readability: Readability; empty where there are too many members to show it.
        lineage: Tuple of TreeNode, depth first.
        matrix: Matrix, or None where there are too few members for one, or too many.
        passages: Tuple of PassageRow, the longest first.
        more_passages: Integer, how many passages are not listed.
        comparisons: Tuple of ComparisonView.
        hidden: String, how many comparisons are not shown and why; empty where all are.
        aside: Aside.
        elsewhere: Tuple of Elsewhere, the longest first.
        more_elsewhere: String, how many more there are; empty where all are listed.
        outside: Tuple of Neighbour, articles outside the cluster that match one inside.
        settings: SettingsShown.
        versions: Tuple of Fact.
        digest: String, 64 hexadecimal digits, of the input.
        data: String, the file name of the cluster's own data, in the same folder.
        previous: Pointer to the page before this one, its file name as the fragment; None on the first.
        next: Pointer to the page after it; None on the last.
        other_reviews: Tuple of OtherReview, marks on pairs that are not compared here.
    """

    template: ClassVar[str] = "cluster.html"
    path: str
    frame: Frame
    headline: Headline
    finding: Finding
    small: bool
    articles: tuple[ArticleRow, ...]
    readability: Readability
    lineage: tuple[TreeNode, ...]
    matrix: Matrix | None
    passages: tuple[PassageRow, ...]
    more_passages: int
    comparisons: tuple[ComparisonView, ...]
    hidden: str
    aside: Aside
    elsewhere: tuple[Elsewhere, ...]
    more_elsewhere: str
    outside: tuple[Neighbour, ...]
    settings: SettingsShown
    versions: tuple[Fact, ...]
    digest: str
    data: str
    previous: Pointer | None
    next: Pointer | None
    other_reviews: tuple[OtherReview, ...] = ()


def make_cluster_page(report: Report, surroundings: Surroundings, provenance: Provenance, frame: Frame) -> ClusterPage:
    """Make the page of a cluster.

    Args:
        report: Report.
        surroundings: Surroundings.
        provenance: Provenance.
        frame: Frame.

    Returns:
        ClusterPage.
    """
    members = {member.prepared.article.id: member for member in (*report.members, *report.guests)}
    every = comparisons_in_order(report)
    letters = letters_of(report.cluster)
    mixtures = describe_mixtures(report, letters)
    large = len(report.members) > MOST_IN_MATRIX
    shown = _strongest(every, large)
    fragments = make_fragments(shown)
    passages = make_passages(shown, members, letters, fragments)
    listed = passages[: max(12, len(members))]
    room = min(MOST_FACTS, MOST_FACTS_ON_PAGE // len(shown))
    return ClusterPage(
        path=f"clusters/{report.cluster.anchor}.html",
        frame=frame,
        headline=make_headline(report.members[0].prepared.article),
        finding=make_finding(report, letters),
        small=len(members) <= MOST_ON_PAPER,
        articles=make_article_rows(report, letters, fragments),
        readability=Readability((), ()) if large else make_readability(report.members, letters),
        lineage=make_lineage(report, letters, {comparison.name for comparison in shown}),
        matrix=_matrix(report, letters, shown),
        passages=listed,
        more_passages=len(passages) - len(listed),
        comparisons=tuple(
            make_comparison(comparison, members, letters, fragments, mixtures.get(comparison.copy, ""), room)
            for comparison in shown
        ),
        hidden=_hidden(len(shown), len(every)),
        aside=make_aside((*report.members, *report.guests), letters),
        elsewhere=surroundings.elsewhere[:MOST_ELSEWHERE],
        more_elsewhere=_more_elsewhere(len(surroundings.elsewhere) - MOST_ELSEWHERE),
        outside=surroundings.outside,
        settings=show_settings(provenance),
        versions=make_facts((("twicetold", provenance.version), *provenance.versions)),
        digest=provenance.digest,
        data=f"{report.cluster.anchor}.json",
        previous=surroundings.previous,
        next=surroundings.next,
    )


def letters_of(cluster: Cluster) -> Mapping[str, str]:
    """Give each member of a cluster its letter, in the cluster's order, and each guest one of those after them.

    Args:
        cluster: Cluster.

    Returns:
        Mapping from id to letter.
    """
    return {name: letter(index) for index, name in enumerate((*cluster.members, *cluster.guests))}


def _strongest(comparisons: tuple[Comparison, ...], large: bool) -> tuple[Comparison, ...]:
    """Take the comparisons that a page has room for, the strongest, in the cluster's order; on a large one only to read."""
    ranked = sorted(range(len(comparisons)), key=lambda index: (-comparisons[index].reuse, index))
    shown = tuple(comparisons[index] for index in sorted(ranked[:MOST_COMPARISONS]))
    return tuple(replace(comparison, reading=None) for comparison in shown) if large else shown


def _matrix(report: Report, letters: Mapping[str, str], shown: tuple[Comparison, ...]) -> Matrix | None:
    """Make the matrix where it says more than the one comparison and fits on a page."""
    if not 3 <= len(report.members) <= MOST_IN_MATRIX:
        return None
    return make_matrix(report.cluster, letters, shown)


def _hidden(shown: int, every: int) -> str:
    """Say how many comparisons are left out."""
    if shown == every:
        return ""
    return (
        f"The {shown} comparisons with the strongest reuse are shown in full, of {count(every, 'comparison')}; "
        "the numbers of the others stand in the table of articles, and their text in the data file."
    )


def _more_elsewhere(more: int) -> str:
    """Say how many passages elsewhere are not listed."""
    return f"{count(more, 'shorter one')} more; data/passages.csv lists them all." if more > 0 else ""
