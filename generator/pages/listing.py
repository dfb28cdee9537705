"""Long lists, cut into pages: a row a cluster, a row an article without a match."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, TypeVar

from generator.findings import Findings
from generator.frozen import dataclass
from generator.pages.frame import Frame, Headline, make_headline
from generator.pages.members import GRADE, source_name
from generator.pages.numbers import show_date, show_score
from generator.pages.rows import VERDICTS
from generator.pages.strip import REWORDED, share_of_kinds
from generator.percent import SPACE, show_share
from generator.values import Article, Report

ROWS_A_PAGE = 500
"""Rows of one list on one page."""

Shown = TypeVar("Shown")


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
        reviewed: String, what reviewers said, such as `1 needs a look, 2 fine`; empty where nobody did.
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
    reviewed: str = ""


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
class PageLink:
    """A link to one page of a list.

    Attributes:
        text: String, its number.
        href: String, its file name.
        here: Boolean; true on that page itself.
    """

    text: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands among the pages of a list.

    Attributes:
        first: Integer from 1 up, the place of its first row in the whole list.
        last: Integer, the place of its last row.
        total: Integer, rows of the whole list.
        links: Tuple of PageLink, to every page; empty where there is one alone.
        scripts: Tuple of strings, the paths of scripts that hold the rows of further pages of clusters.
    """

    first: int
    last: int
    total: int
    links: tuple[PageLink, ...]
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClustersPage:
    """A further page of clusters; the index is the first.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        paging: Paging.
        rows: Tuple of ClusterRow.
    """

    template: ClassVar[str] = "clusters.html"
    path: str
    frame: Frame
    paging: Paging
    rows: tuple[ClusterRow, ...]


@dataclass(frozen=True, slots=True)
class ClusterRowsScript:
    """The rows of a further page of clusters as a script, for the filter of the index.

    Attributes:
        path: String, where it stands below the site folder.
        rows: Tuple of ClusterRow.
    """

    template: ClassVar[str] = "rows.js"
    path: str
    rows: tuple[ClusterRow, ...]


@dataclass(frozen=True, slots=True)
class SinglesPage:
    """A further page of articles without a match.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        paging: Paging.
        singles: Tuple of Single.
    """

    template: ClassVar[str] = "singles.html"
    path: str
    frame: Frame
    paging: Paging
    singles: tuple[Single, ...]


ClusterPages = Sequence[tuple[Paging, tuple[ClusterRow, ...]]]
SinglePages = Sequence[tuple[Paging, tuple[Single, ...]]]


def list_clusters(rows: Sequence[ClusterRow]) -> ClusterPages:
    """Cut the clusters into pages.

    Args:
        rows: Sequence of ClusterRow, one for each cluster, in their order.

    Returns:
        Sequence of pairs, a page's Paging and its rows; at least one, which may be empty.
    """
    return _cut(rows, "clusters")


def list_singles(findings: Findings) -> SinglePages:
    """Cut the articles without a match into pages.

    Args:
        findings: Findings.

    Returns:
        Sequence of pairs, a page's Paging and its rows; at least one, which may be empty.
    """
    inside = {member for cluster in findings.clusters for member in cluster.members}
    alone = [a for a in findings.corpus.articles if a.id not in inside and not a.archive]
    return _cut([_single(article) for article in alone], "singles")


def make_further_pages(
    clusters: ClusterPages, singles: SinglePages, frame: Frame
) -> Iterator[ClustersPage | ClusterRowsScript | SinglesPage]:
    """Make the pages of both lists that follow the index.

    Args:
        clusters: Sequence of `list_clusters`.
        singles: Sequence of `list_singles`.
        frame: Frame.

    Yields:
        Pages, and the scripts that hold the same clusters.
    """
    for place, (paging, rows) in enumerate(clusters[1:]):
        yield ClustersPage(_file_name("clusters", place + 1), frame, paging, rows)
        yield ClusterRowsScript(paging.scripts[place], rows)
    for place, (paging, few) in enumerate(singles[1:]):
        yield SinglesPage(_file_name("singles", place + 1), frame, paging, few)


def _cut(rows: Sequence[Shown], name: str) -> list[tuple[Paging, tuple[Shown, ...]]]:
    """Cut a list into pages."""
    starts = range(0, max(1, len(rows)), ROWS_A_PAGE)
    scripts = tuple(f"data/{name}-{place + 1}.js" for place in range(1, len(starts))) if name == "clusters" else ()
    return [
        (_paging(place, len(rows), name, scripts), tuple(rows[start : start + ROWS_A_PAGE]))
        for place, start in enumerate(starts)
    ]


def _paging(place: int, total: int, name: str, scripts: tuple[str, ...]) -> Paging:
    """Tell where a page stands."""
    start = place * ROWS_A_PAGE
    number = -(-total // ROWS_A_PAGE)
    links = tuple(PageLink(f"{other + 1:,}", _file_name(name, other), other == place) for other in range(number))
    return Paging(start + 1, min(total, start + ROWS_A_PAGE), total, links if number > 1 else (), scripts)


def _file_name(name: str, place: int) -> str:
    """Name a page of a list by its place, from 0 up."""
    return f"{name}-{place + 1}.html" if place else "index.html"


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
    return values[0] if values[0] == values[-1] else f"{values[0]}{SPACE}– {values[-1]}"


def _amount(share: float) -> Amount:
    """Make an amount of a share."""
    return Amount(show_share(share), f"{share:.4f}")


def _single(article: Article) -> Single:
    """Make the row of an article without a match."""
    return Single(make_headline(article), source_name(article), show_date(article.date), article.path)
