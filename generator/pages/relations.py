"""How the articles of a cluster hang together: lineage, overlap, shared passages, and what lies just outside."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.frozen import dataclass
from generator.pages.finding import direction_sentence
from generator.pages.fragments import Fragments, Pointer, sentences_at
from generator.pages.frame import Headline, make_headline
from generator.pages.numbers import count, show_cell, show_date
from generator.pages.rows import VERDICTS
from generator.percent import show_share
from generator.values import Cluster, Comparison, Member, Prepared, Report

SHADES = 8
"""Shades of the overlap matrix, from 0 for the lightest."""
OPENING_WORDS = 12
"""Words of a passage that are quoted."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One article in the lineage.

    Attributes:
        letter: String.
        fragment: String, the article's id on the page.
        headline: Headline.
        date: String as people write it, or empty.
        archive: Boolean; true where it is archived.
        verdict: String, in words; empty for the anchor.
        reuse: String; empty for the anchor.
        reason: String, which of it and its parent was likely first, and why, or why that is open; empty for the anchor.
        origin: Boolean; true for a member beside the anchor that took from none of the others.
        also: Tuple of AlsoFrom, its further sources.
        comparison: String, the comparison's id on the page; empty where it is not shown.
        opens: Boolean; true where its own copies follow, one level deeper.
        closes: Integer, how many levels end after it.
    """

    letter: str
    fragment: str
    headline: Headline
    date: str
    archive: bool
    verdict: str
    reuse: str
    reason: str
    origin: bool
    also: tuple["AlsoFrom", ...]
    comparison: str
    opens: bool
    closes: int


@dataclass(frozen=True, slots=True)
class AlsoFrom:
    """A further source of an article in the lineage.

    Attributes:
        letter: String.
        fragment: String, the source's id on the page.
        headline: Headline.
        brings: String, how much of the article stands in it and in no source named before.
        comparison: String, the comparison's id on the page; empty where it is not shown.
    """

    letter: str
    fragment: str
    headline: Headline
    brings: str
    comparison: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the overlap matrix.

    Attributes:
        text: String, a percentage without its sign; empty on the diagonal.
        shade: Integer from 0 to 7.
        fragment: String, the comparison of the two on the page, or empty.
    """

    text: str
    shade: int
    fragment: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The overlap of all pairs of a cluster.

    Attributes:
        letters: Tuple of strings, the columns and the rows.
        rows: Tuple of tuples of Cell.
    """

    letters: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that two articles or more share word for word.

    Attributes:
        opening: String, its first words.
        headline: Headline of the article it is quoted from, for its language.
        length: String, its number of words.
        letters: String, the articles that hold it.
        places: Tuple of Pointer, where it can be read.
    """

    opening: str
    headline: Headline
    length: str
    letters: str
    places: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An article outside a cluster that matches one inside.

    Attributes:
        letter: String, the one inside.
        own_letter: String, the letter of the one outside where it is a further source of the one inside; else empty.
        fragment: String, its id on the page in that case; else empty.
        headline: Headline of the one outside.
        score: String.
        href: String, the page that holds it, or empty where it is in no cluster.
    """

    letter: str
    own_letter: str
    fragment: str
    headline: Headline
    score: str
    href: str


def make_lineage(report: Report, letters: Mapping[str, str], shown: Iterable[str]) -> tuple[TreeNode, ...]:
    """Lay out who took from whom.

    Args:
        report: Report.
        letters: Mapping from id to letter.
        shown: Iterable of strings, the names of the comparisons on the page.

    Returns:
        Tuple of TreeNode, depth first.
    """
    children: dict[str, list[Member]] = defaultdict(list)
    for member in report.members:
        children[member.parent].append(member)
    by_copy = {comparison.copy: comparison for comparison in report.comparisons}
    shown = frozenset(shown)
    also = _also_from(report, letters, shown)
    stack = [(member, 0) for member in reversed(children[""])]
    walk: list[tuple[Member, int]] = []
    while stack:
        member, depth = stack.pop()
        walk.append((member, depth))
        stack.extend((child, depth + 1) for child in reversed(children.get(member.prepared.article.id, [])))
    depths = [depth for _, depth in walk]
    return tuple(
        replace(
            _node(member, by_copy.get(name := member.prepared.article.id), letters, shown, (depth, after)),
            also=also.get(name, ()),
            origin=not member.parent and name != report.cluster.anchor,
        )
        for (member, depth), after in zip(walk, [*depths[1:], 0], strict=True)
    )


def _also_from(report: Report, letters: Mapping[str, str], shown: frozenset[str]) -> dict[str, tuple[AlsoFrom, ...]]:
    """Lay out the further sources of each article."""
    articles = {member.prepared.article.id: member.prepared.article for member in (*report.members, *report.guests)}
    also: dict[str, tuple[AlsoFrom, ...]] = defaultdict(tuple)
    for comparison in report.further:
        also[comparison.copy] += (
            AlsoFrom(
                letter=letters[comparison.source],
                fragment=f"a-{comparison.source}",
                headline=make_headline(articles[comparison.source]),
                brings=show_share(comparison.brings or 0.0),
                comparison=f"pair-{comparison.name}" if comparison.name in shown else "",
            ),
        )
    return also


def make_matrix(cluster: Cluster, letters: Mapping[str, str], shown: Iterable[Comparison]) -> Matrix:
    """Make the matrix of overlaps.

    Args:
        cluster: Cluster.
        letters: Mapping from id to letter.
        shown: Iterable of Comparison, those on the page.

    Returns:
        Matrix.
    """
    places = {frozenset((comparison.source, comparison.copy)): f"pair-{comparison.name}" for comparison in shown}
    rows = tuple(
        tuple(
            Cell("", 0, "")
            if row == column
            else Cell(show_cell(share), min(SHADES - 1, int(share * SHADES)), places.get(frozenset((row, column)), ""))
            for column, share in zip(cluster.members, shares, strict=True)
        )
        for row, shares in zip(cluster.members, cluster.overlaps, strict=True)
    )
    return Matrix(tuple(letters[member] for member in cluster.members), rows)


def make_passages(
    comparisons: Sequence[Comparison], members: Mapping[str, Member], letters: Mapping[str, str], fragments: Fragments
) -> tuple[PassageRow, ...]:
    """List the passages of a page, those with the same words together.

    Args:
        comparisons: Sequence of Comparison, those on the page.
        members: Mapping from id to Member.
        letters: Mapping from id to letter.
        fragments: Fragments of the page.

    Returns:
        Tuple of PassageRow, the longest first, then in the order of the page.
    """
    found: dict[tuple[str, ...], list[tuple[Comparison, int]]] = defaultdict(list)
    for comparison in comparisons:
        words = members[comparison.copy].prepared.words
        for passage in comparison.passages:
            found[words[passage.copy : passage.copy + passage.length]].append((comparison, passage.copy))
    ranked = sorted(found.items(), key=lambda item: -len(item[0]))
    hunks = {c.name: sentences_at(c, fragments)[1] for c in comparisons if c.passages}
    return tuple(_passage_row(len(words), group, members, letters, hunks) for words, group in ranked)


def _passage_row(
    length: int,
    group: list[tuple[Comparison, int]],
    members: Mapping[str, Member],
    letters: Mapping[str, str],
    hunks: Mapping[str, Mapping[int, str]],
) -> PassageRow:
    """Make the row of one passage."""
    comparison, start = group[0]
    copy = members[comparison.copy].prepared
    holders = {letters[name]: None for other, _ in group for name in (other.source, other.copy)}
    places = {
        letters[other.copy]: hunks[other.name].get(_sentence_at(members[other.copy].prepared, word), "")
        for other, word in reversed(group)
    }
    return PassageRow(
        opening=_opening(copy, start, length),
        headline=make_headline(copy.article),
        length=count(length, "word"),
        letters=", ".join(sorted(holders, key=lambda name: (len(name), name))),
        places=tuple(Pointer(name, fragment) for name, fragment in reversed(places.items())),
    )


def _opening(article: Prepared, start: int, length: int) -> str:
    """Quote the first words of a passage, on one line."""
    last = start + min(length, OPENING_WORDS) - 1
    text = " ".join(article.article.text[article.spans[start][0] : article.spans[last][1]].split())
    return f"{text} …" if length > OPENING_WORDS else text


def _sentence_at(article: Prepared, word: int) -> int:
    """Find the sentence that a word stands in."""
    return bisect_right(article.sentence_words, word, key=lambda span: span[0]) - 1


def _node(
    member: Member,
    comparison: Comparison | None,
    letters: Mapping[str, str],
    shown: frozenset[str],
    depths: tuple[int, int],
) -> TreeNode:
    """Make one node of the lineage, from its depth and that of the node after it."""
    article = member.prepared.article
    depth, after = depths
    return TreeNode(
        letter=letters[article.id],
        fragment=f"a-{article.id}",
        headline=make_headline(article),
        date=show_date(article.date),
        archive=article.archive,
        verdict=VERDICTS[comparison.verdict] if comparison else "",
        reuse=show_share(comparison.reuse) if comparison else "",
        reason=direction_sentence(comparison, letters) if comparison else "",
        origin=False,
        also=(),
        comparison=f"pair-{article.id}" if article.id in shown else "",
        opens=after > depth,
        closes=max(0, depth - after),
    )
