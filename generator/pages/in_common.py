"""Passages that two articles share though the pair is not reported: on the index, and on the pages of the clusters concerned."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.findings import Findings, Place, PlacedPassage
from generator.frozen import dataclass
from generator.pages.frame import Headline, make_headline
from generator.pages.numbers import count
from generator.pages.relations import OPENING_WORDS
from generator.percent import show_share
from generator.values import Article, Cluster

MOST_ON_INDEX = 100
"""Passages that the index shows; `data/passages.csv` has them all."""
LONGEST_CONTEXT = 400
"""Characters that are shown on either side of a passage; a table can be one sentence of many pages."""
MOST_ELSEWHERE = 20
"""Passages that the page of a cluster names."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A passage in one of its two articles.

    Attributes:
        headline: Headline of the article.
        href: String, where the article stands on the site; empty where it is in no cluster.
        share: String, how much of the article the passage is.
        before: String, what stands before it: the rest of its first sentence, and one more; cut where that is long.
        text: String, the passage.
        after: String, what stands after it, likewise.
    """

    headline: Headline
    href: str
    share: str
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class CommonRow:
    """A passage in common on the index.

    Attributes:
        fragment: String, its id on the page.
        opening: String, its first words.
        length: String, its number of words.
        sides: Tuple of two Holder, the articles.
    """

    fragment: str
    opening: str
    length: str
    sides: tuple[Holder, Holder]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A passage that a member of a cluster shares with an article outside.

    Attributes:
        letter: String, the member.
        fragment: String, the member's id on the page.
        opening: String, the passage's first words.
        own: Headline of the member, for its language.
        length: String, its number of words.
        share: String, how much of the member it is.
        headline: Headline of the article outside.
        href: String, where that stands on the site; empty where it is in no cluster.
        context: String, where the passage can be read in both; empty where the index does not show it.
    """

    letter: str
    fragment: str
    opening: str
    own: Headline
    length: str
    share: str
    headline: Headline
    href: str
    context: str


def make_common_rows(findings: Findings) -> tuple[CommonRow, ...]:
    """Show passages in common.

    Args:
        findings: Findings.

    Returns:
        Tuple of CommonRow, the longest first; at most MOST_ON_INDEX.
    """
    articles = {article.id: article for article in findings.corpus.articles}
    homes = {member: cluster for cluster in findings.clusters for member in cluster.members}
    return tuple(
        CommonRow(
            fragment=fragment,
            opening=_opening(articles[placed.a.article], placed.a),
            length=count(placed.passage.length, "word"),
            sides=(_holder(placed.a, articles, homes), _holder(placed.b, articles, homes)),
        )
        for placed, fragment in _shown(findings)
    )


def find_elsewhere(findings: Findings, letters: Mapping[str, str]) -> dict[str, tuple[Elsewhere, ...]]:
    """Find what the members of each cluster share with articles outside it.

    Args:
        findings: Findings.
        letters: Mapping from the id of each member of a cluster to its letter there.

    Returns:
        Dictionary from the anchor of each cluster that shares any to its passages, the longest first.
    """
    articles = {article.id: article for article in findings.corpus.articles}
    homes = {member: cluster for cluster in findings.clusters for member in cluster.members}
    shown = {placed.passage: fragment for placed, fragment in _shown(findings)}
    found: dict[str, tuple[Elsewhere, ...]] = defaultdict(tuple)
    for placed in findings.passages:
        for own, other in ((placed.a, placed.b), (placed.b, placed.a)):
            if own.article in homes:
                fragment = shown.get(placed.passage)
                found[homes[own.article].anchor] += (
                    Elsewhere(
                        letter=letters[own.article],
                        fragment=f"a-{own.article}",
                        opening=_opening(articles[own.article], own),
                        own=make_headline(articles[own.article]),
                        length=count(placed.passage.length, "word"),
                        share=show_share(own.share),
                        headline=make_headline(articles[other.article]),
                        href=_address(other.article, homes),
                        context=f"../index.html#{fragment}" if fragment else "",
                    ),
                )
    return found


def _shown(findings: Findings) -> Iterator[tuple[PlacedPassage, str]]:
    """Give the passages on the index, each with an id made of its articles."""
    numbers: dict[str, int] = defaultdict(int)
    for placed in findings.passages[:MOST_ON_INDEX]:
        name = f"in-common-{placed.a.article}~{placed.b.article}"
        numbers[name] += 1
        yield placed, name if numbers[name] == 1 else f"{name}~{numbers[name]}"


def _holder(place: Place, articles: Mapping[str, Article], homes: Mapping[str, Cluster]) -> Holder:
    article, (start, end), (first, last) = articles[place.article], place.span, place.context
    address = _address(article.id, homes)
    return Holder(
        headline=make_headline(article),
        href=f"clusters/{address}" if address else "",
        share=show_share(place.share),
        before=_last_of(article.text[first:start]),
        text=article.text[start:end],
        after=_first_of(article.text[end:last]),
    )


def _first_of(text: str) -> str:
    """Cut a long text where a word ends."""
    if len(text) <= LONGEST_CONTEXT:
        return text
    kept = text[:LONGEST_CONTEXT]
    return f"{kept.rpartition(' ')[0] or kept} …"


def _last_of(text: str) -> str:
    """Cut a long text where a word begins."""
    if len(text) <= LONGEST_CONTEXT:
        return text
    kept = text[-LONGEST_CONTEXT:]
    return f"… {kept.partition(' ')[2] or kept}"


def _address(article: str, homes: Mapping[str, Cluster]) -> str:
    """Give the place of an article beside the pages of clusters."""
    return f"{homes[article].anchor}.html#a-{article}" if article in homes else ""


def _opening(article: Article, place: Place) -> str:
    words = article.text[slice(*place.span)].split()
    opening = " ".join(words[:OPENING_WORDS])
    return f"{opening} …" if len(words) > OPENING_WORDS else opening
