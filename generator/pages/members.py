"""The articles of a cluster as tables: who, when, how much, and how readable."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.frozen import dataclass
from generator.pages.finding import anchor_is_likely
from generator.pages.fragments import Fragments
from generator.pages.frame import Headline, make_headline
from generator.pages.mixture import comparisons_in_order
from generator.pages.numbers import show_date, show_difference, show_measure, show_score, show_words_of
from generator.pages.rows import VERDICTS, words_in_passages
from generator.pages.strip import Strip, make_copy_strip, make_source_strip
from generator.parties import names_agency, source_of
from generator.percent import show_share
from generator.values import Article, Comparison, Member, Report

MOST_STRIPS = 60
"""Articles of a page that have a position strip."""
EASE, GRADE = "flesch_reading_ease", "flesch_kincaid_grade"


@dataclass(frozen=True, slots=True)
class Score:
    """A readability score beside the anchor's.

    Attributes:
        value: String; `–` where there is none.
        difference: String, how far it lies from the anchor's; empty for the anchor, and where either has none.
    """

    value: str
    difference: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article of a cluster.

    Attributes:
        fragment: String, its id on the page.
        letter: String.
        headline: Headline.
        path: String, its path below the content folder.
        archive: Boolean; true where it is archived.
        source: String, or empty.
        author: String, or empty.
        date: String as people write it, or empty.
        iso_date: String, ISO 8601, or empty.
        url: String, or empty.
        words: String, their number.
        parent: String, the letter of the article it is compared with; empty for the anchor.
        also: Tuple of strings, its reuse with each further source, such as `44 % with C`.
        role: String, what an article without a parent is: likely first, only shown first, or a source of its own; else empty.
        verdict: String, in words; empty for the anchor.
        reuse: String; empty for the anchor.
        verbatim: String; empty for the anchor.
        ease: Score, Flesch reading ease.
        grade: Score, Flesch-Kincaid grade.
        strip: Strip, or None where the page has no room for it.
    """

    fragment: str
    letter: str
    headline: Headline
    path: str
    archive: bool
    source: str
    author: str
    date: str
    iso_date: str
    url: str
    words: str
    parent: str
    also: tuple[str, ...]
    role: str
    verdict: str
    reuse: str
    verbatim: str
    ease: Score
    grade: Score
    strip: Strip | None


@dataclass(frozen=True, slots=True)
class ReadabilityRow:
    """The measures of one article.

    Attributes:
        letter: String.
        values: Tuple of strings, in the order of the columns.
    """

    letter: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readability:
    """All readability measures of a cluster.

    Attributes:
        names: Tuple of strings, textstat's names.
        rows: Tuple of ReadabilityRow, one an article.
    """

    names: tuple[str, ...]
    rows: tuple[ReadabilityRow, ...]


def make_article_rows(report: Report, letters: Mapping[str, str], fragments: Fragments) -> tuple[ArticleRow, ...]:
    """Make the rows of the table of articles.

    Args:
        report: Report.
        letters: Mapping from id to letter.
        fragments: Fragments of the page.

    Returns:
        Tuple of ArticleRow, in the cluster's order.
    """
    by_copy = {comparison.copy: comparison for comparison in report.comparisons}
    every = comparisons_in_order(report)
    anchor = report.members[0]
    role = "likely first" if anchor_is_likely(report) else "shown first"
    also: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for further in report.further:
        also[further.copy] += (f"{show_share(further.reuse)} with {letters[further.source]}",)
    return tuple(
        replace(
            _article_row(
                member,
                by_copy.get(name := member.prepared.article.id),
                (anchor, role if member is anchor else "a source of its own"),
                letters,
                _strip_of(member, every, fragments) if index < MOST_STRIPS else None,
            ),
            also=also[name],
        )
        for index, member in enumerate(report.members)
    )


def make_readability(members: Sequence[Member], letters: Mapping[str, str]) -> Readability:
    """Make the table of all readability measures.

    Args:
        members: Sequence of Member, at least one.
        letters: Mapping from id to letter.

    Returns:
        Readability.
    """
    return Readability(
        names=tuple(name for name, _ in members[0].readability),
        rows=tuple(
            ReadabilityRow(
                letters[member.prepared.article.id], tuple(show_measure(value) for _, value in member.readability)
            )
            for member in members
        ),
    )


def _strip_of(member: Member, comparisons: tuple[Comparison, ...], fragments: Fragments) -> Strip:
    """Show what a member took, or for one that took nothing what was taken from it."""
    took = [other for other in comparisons if other.copy == member.prepared.article.id]
    if took:
        return make_copy_strip(member.prepared, took, fragments)
    taken = [other for other in comparisons if other.source == member.prepared.article.id]
    return make_source_strip(member.prepared, taken, fragments)


def _article_row(
    member: Member,
    comparison: Comparison | None,
    first: tuple[Member, str],
    letters: Mapping[str, str],
    strip: Strip | None,
) -> ArticleRow:
    """Make the row of one article; `first` is the anchor and its role."""
    anchor, role = first
    article = member.prepared.article
    words = len(member.prepared.words)
    ease, grade = _scores(member, anchor)
    return ArticleRow(
        fragment=f"a-{article.id}",
        letter=letters[article.id],
        headline=make_headline(article),
        path=article.path,
        archive=article.archive,
        source=source_name(article),
        author=article.author,
        date=show_date(article.date),
        iso_date=article.date,
        url=article.url,
        words=f"{words:,}",
        parent=letters[comparison.source] if comparison else "",
        also=(),
        role="" if comparison else role,
        verdict=VERDICTS[comparison.verdict] if comparison else "",
        reuse=show_share(comparison.reuse) if comparison else "",
        verbatim=show_words_of(words_in_passages(member.prepared, comparison.copy_verbatim), words)
        if comparison
        else "",
        ease=ease,
        grade=grade,
        strip=strip,
    )


def source_name(article: Article) -> str:
    """Name who published an article, with the agency it credits.

    Args:
        article: Article.

    Returns:
        String, empty where neither is known.
    """
    # In one normal form: the index filters by this name, and shows each once.
    source = unicodedata.normalize("NFC", source_of(article))
    if article.source and article.agency and not names_agency(source, article.agency):
        return f"{source} ({article.agency})"
    return source


def _scores(member: Member, anchor: Member) -> tuple[Score, Score]:
    """Give the two scores that every table shows, beside the anchor's."""
    own, first = dict(member.readability), dict(anchor.readability)
    ease, grade = (
        Score(show_score(own.get(name)), "" if member is anchor else show_difference(own.get(name), first.get(name)))
        for name in (EASE, GRADE)
    )
    return ease, grade
