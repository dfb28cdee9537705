"""The index page: every cluster, the articles without a match, and what was left out."""

from collections.abc import Iterable
from typing import ClassVar

from generator.findings import Findings, NamesLeft
from generator.found import Match
from generator.frozen import dataclass
from generator.pages.frame import Fact, Frame, SettingsShown, make_facts, show_settings
from generator.pages.in_common import CommonRow, make_common_rows
from generator.pages.listing import ClusterPages, ClusterRow, Paging, Single, SinglePages
from generator.pages.marks import ReviewList
from generator.pages.reviews import list_reviews
from generator.pages.rows import VERDICTS
from generator.values import LeftOut

BINS = 20
"""Bars of the histogram, each of 5 %."""
FEWEST_IN_HISTOGRAM = 10
"""Pairs from which the index shows how their reuse is spread; fewer can be read in the table."""
MOST_UNFOLDED = 20
"""Rows up to which a list is shown without being asked for."""
MOST_LEFT_OUT = 500
"""Inputs that were left out and that the index lists; `data/report.json` has them all."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A bar of the histogram.

    Attributes:
        label: String, the shares it holds.
        number: Integer, how many pairs there are.
        place: Integer from 0 up, its place from the left.
        height: Integer from 0 to 100, of the highest bar.
    """

    label: str
    number: int
    place: int
    height: int


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The index page.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        articles: Integer, how many were compared, without those of the archive.
        archive: Integer, how many archived articles these were compared with.
        clustered: Integer, articles in clusters, without those of the archive.
        clusters: Integer, how many there are on all pages.
        rows: Tuple of ClusterRow, those of this page.
        paging: Paging of the clusters; its scripts hold the rows of the other pages, for the filter.
        sources: Tuple of strings, all sources of clusters, sorted.
        verdicts: Tuple of strings, all verdicts of clusters, from identical to heavy revision.
        common: Tuple of CommonRow, the longest first.
        every_common: Integer, how many passages in common there are, shown or not.
        fold_common: Boolean; true where they are too many to show unasked.
        histogram: Tuple of Bin; empty where there are too few pairs for one.
        pairs: Integer, how many pairs the histogram counts.
        alone: Integer, articles without a match, on all pages.
        singles: Tuple of Single, those of this page.
        more_singles: Paging of the articles without a match.
        fold_singles: Boolean; true where they are too many to show unasked.
        reviews: ReviewList.
        left_out: Tuple of LeftOut, those that this page has room for.
        unused: Integer, how many files and rows were left out in all.
        fold_left_out: Boolean; the same for what was left out.
        settings: SettingsShown.
        versions: Tuple of Fact.
        digest: String, 64 hexadecimal digits, of the input.
        names_left: NamesLeft, or None where names were not hidden.
        frequent: Integer, words and word pairs that too many articles hold to weigh anything.
    """

    template: ClassVar[str] = "index.html"
    path: str
    frame: Frame
    articles: int
    archive: int
    clustered: int
    clusters: int
    rows: tuple[ClusterRow, ...]
    paging: Paging
    sources: tuple[str, ...]
    verdicts: tuple[str, ...]
    common: tuple[CommonRow, ...]
    every_common: int
    fold_common: bool
    histogram: tuple[Bin, ...]
    pairs: int
    alone: int
    singles: tuple[Single, ...]
    more_singles: Paging
    fold_singles: bool
    reviews: ReviewList
    left_out: tuple[LeftOut, ...]
    unused: int
    fold_left_out: bool
    settings: SettingsShown
    versions: tuple[Fact, ...]
    digest: str
    names_left: NamesLeft | None
    frequent: int


def make_index_page(findings: Findings, frame: Frame, clusters: ClusterPages, singles: SinglePages) -> IndexPage:
    """Make the index page.

    Args:
        findings: Findings.
        frame: Frame.
        clusters: Sequence of pages of clusters, of which this is the first.
        singles: Sequence of pages of articles without a match, likewise.

    Returns:
        IndexPage.
    """
    rows = [row for _, some in clusters for row in some]
    present = {verdict for row in rows for verdict in row.verdicts}
    left_out, provenance = findings.corpus.left_out, findings.provenance
    alone = findings.new - findings.clustered
    return IndexPage(
        path="index.html",
        frame=frame,
        articles=findings.new,
        archive=findings.corpus.archive,
        clustered=findings.clustered,
        clusters=len(rows),
        rows=clusters[0][1],
        paging=clusters[0][0],
        sources=tuple(sorted({source for row in rows for source in row.sources})),
        verdicts=tuple(name for name in VERDICTS.values() if name in present),
        common=make_common_rows(findings),
        every_common=len(findings.passages),
        fold_common=len(findings.passages) > MOST_UNFOLDED,
        histogram=make_histogram(findings.matches) if len(findings.matches) >= FEWEST_IN_HISTOGRAM else (),
        pairs=len(findings.matches),
        alone=alone,
        singles=singles[0][1],
        more_singles=singles[0][0],
        fold_singles=alone > MOST_UNFOLDED,
        reviews=list_reviews(findings),
        left_out=left_out[:MOST_LEFT_OUT],
        unused=len(left_out),
        fold_left_out=len(left_out) > MOST_UNFOLDED,
        settings=show_settings(provenance),
        versions=make_facts((("twicetold", provenance.version), *provenance.versions)),
        digest=provenance.digest,
        names_left=findings.names_left,
        frequent=findings.frequent,
    )


def make_histogram(matches: Iterable[Match]) -> tuple[Bin, ...]:
    """Count pairs by reuse, in steps of 5 %, from the first step that holds any.

    Args:
        matches: Iterable of Match.

    Returns:
        Tuple of Bin, up to 100 %; empty without pairs.
    """
    numbers = [0] * BINS
    for match in matches:
        numbers[min(BINS - 1, int(match.reuse * BINS))] += 1
    highest = max(numbers)
    if not highest:
        return ()
    first = next(index for index, number in enumerate(numbers) if number)
    width = 100 // BINS
    return tuple(
        Bin(f"{index * width} to {(index + 1) * width}", number, index - first, round(100 * number / highest))
        for index, number in enumerate(numbers)
        if index >= first
    )
