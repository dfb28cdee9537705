"""The index page: every cluster, the articles without a match, and what was left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from generator.findings import Findings
from generator.found import Match
from generator.pages.frame import Fact, Frame, Headline, make_facts, make_headline
from generator.pages.members import GRADE, source_name
from generator.pages.numbers import show_date, show_score
from generator.pages.rows import VERDICTS
from generator.pages.strip import REWORDED, share_of_kinds
from generator.percent import show_share
from generator.values import Article, LeftOut, Report

BINS = 20
"""Bars of the histogram, each of 5 %."""
FEWEST_IN_HISTOGRAM = 10
"""Pairs from which the index shows how their reuse is spread; fewer can be read in the table."""
MOST_UNFOLDED = 20
"""Rows up to which a list is shown without being asked for."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A share to show, and to sort by.

    Attributes:
        text: String.
        value: String, the share with four decimals.
    """

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster on the index.

    Attributes:
        href: String.
        headline: Headline of the anchor.
        size: Integer, its number of articles.
        sources: Tuple of strings, without repeats.
        dates: String as people write them, or empty.
        first: String, the first date, ISO 8601, or empty.
        last: String, the last date, or empty.
        verdict: String, of the strongest comparison, in words.
        verdicts: Tuple of strings, all that occur, in words.
        reuse: Amount, of the strongest comparison.
        verbatim: Amount, of its copy.
        reworded: Amount, of its copy.
        grades: String, the range of Flesch-Kincaid grades; `–` where there is none.
        grade: String, the lowest of them with one decimal, or empty.
    """

    href: str
    headline: Headline
    size: int
    sources: tuple[str, ...]
    dates: str
    first: str
    last: str
    verdict: str
    verdicts: tuple[str, ...]
    reuse: Amount
    verbatim: Amount
    reworded: Amount
    grades: str
    grade: str


@dataclass(frozen=True, slots=True)
class Single:
    """An article without a match.

    Attributes:
        headline: Headline.
        source: String, or empty.
        date: String as people write it, or empty.
        path: String, its path below the content folder.
    """

    headline: Headline
    source: str
    date: str
    path: str


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
        articles: Integer, how many were compared.
        clustered: Integer, articles in clusters.
        rows: Tuple of ClusterRow.
        sources: Tuple of strings, all sources of clusters, sorted.
        verdicts: Tuple of strings, all verdicts of clusters, from identical to heavy revision.
        histogram: Tuple of Bin; empty where there are too few pairs for one.
        pairs: Integer, how many pairs the histogram counts.
        singles: Tuple of Single.
        fold_singles: Boolean; true where they are too many to show unasked.
        left_out: Tuple of LeftOut.
        fold_left_out: Boolean; the same for what was left out.
        settings: Tuple of Fact.
        versions: Tuple of Fact.
        digest: String, 64 hexadecimal digits, of the input.
    """

    template: ClassVar[str] = "index.html"
    path: str
    frame: Frame
    articles: int
    clustered: int
    rows: tuple[ClusterRow, ...]
    sources: tuple[str, ...]
    verdicts: tuple[str, ...]
    histogram: tuple[Bin, ...]
    pairs: int
    singles: tuple[Single, ...]
    fold_singles: bool
    left_out: tuple[LeftOut, ...]
    fold_left_out: bool
    settings: tuple[Fact, ...]
    versions: tuple[Fact, ...]
    digest: str


def make_index_page(findings: Findings, rows: Sequence[ClusterRow], frame: Frame) -> IndexPage:
    """Make the index page.

    Args:
        findings: Findings.
        rows: Sequence of ClusterRow, one for each cluster, in their order.
        frame: Frame.

    Returns:
        IndexPage.
    """
    inside = {member for cluster in findings.clusters for member in cluster.members}
    provenance = findings.provenance
    singles = tuple(_single(article) for article in findings.corpus.articles if article.id not in inside)
    present = {verdict for row in rows for verdict in row.verdicts}
    return IndexPage(
        path="index.html",
        frame=frame,
        articles=len(findings.corpus.articles),
        clustered=len(inside),
        rows=tuple(rows),
        sources=tuple(sorted({source for row in rows for source in row.sources})),
        verdicts=tuple(name for name in VERDICTS.values() if name in present),
        histogram=make_histogram(findings.matches) if len(findings.matches) >= FEWEST_IN_HISTOGRAM else (),
        pairs=len(findings.matches),
        singles=singles,
        fold_singles=len(singles) > MOST_UNFOLDED,
        left_out=findings.corpus.left_out,
        fold_left_out=len(findings.corpus.left_out) > MOST_UNFOLDED,
        settings=make_facts(provenance.settings),
        versions=make_facts((("twicetold", provenance.version), *provenance.versions)),
        digest=provenance.digest,
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


def make_cluster_row(report: Report) -> ClusterRow:
    """Make the row of one cluster.

    Args:
        report: Report.

    Returns:
        ClusterRow.
    """
    articles = [member.prepared.article for member in report.members]
    strongest = max(report.comparisons, key=lambda comparison: comparison.reuse)
    copy = next(member.prepared for member in report.members if member.prepared.article.id == strongest.copy)
    present = {comparison.verdict for comparison in report.comparisons}
    dates = sorted(article.date for article in articles if article.date)
    grades = sorted(
        value for member in report.members if isinstance(value := dict(member.readability).get(GRADE), float)
    )
    return ClusterRow(
        href=f"clusters/{report.cluster.anchor}.html",
        headline=make_headline(articles[0]),
        size=len(articles),
        sources=tuple(dict.fromkeys(name for article in articles if (name := source_name(article)))),
        dates=_span([show_date(text) for text in dates]),
        first=dates[0][:10] if dates else "",
        last=dates[-1][:10] if dates else "",
        verdict=VERDICTS[strongest.verdict],
        verdicts=tuple(name for verdict, name in VERDICTS.items() if verdict in present),
        reuse=_amount(strongest.reuse),
        verbatim=_amount(strongest.copy_verbatim),
        reworded=_amount(share_of_kinds(copy, strongest)[REWORDED]),
        grades=_span([show_score(grade) for grade in grades]) or "–",
        grade=f"{grades[0]:.1f}" if grades else "",
    )


def _span(values: list[str]) -> str:
    """Show the first and the last of some values."""
    if not values:
        return ""
    return values[0] if values[0] == values[-1] else f"{values[0]} – {values[-1]}"


def _amount(share: float) -> Amount:
    """Make an amount of a share."""
    return Amount(show_share(share), f"{share:.4f}")


def _single(article: Article) -> Single:
    """Make the row of an article without a match."""
    return Single(make_headline(article), source_name(article), show_date(article.date), article.path)
