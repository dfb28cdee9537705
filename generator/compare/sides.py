"""Two articles with their aligned sentences, and what all kinds of facts need to know of them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from generator.evidence import Fact, Mention
from generator.frozen import dataclass
from generator.values import Prepared, SentenceLink, Span

STEM = 5
"""Integer, in letters: words that begin alike up to here are taken for forms of one word."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two articles, and which of their sentences restate each other.

    Attributes:
        source: Prepared.
        copy: Prepared.
        forth: Tuple of tuples of integers: for each sentence of the source the copy's sentences that restate it.
        back: Tuple of tuples of integers: for each sentence of the copy the source's sentences that it restates.
    """

    source: Prepared
    copy: Prepared
    forth: tuple[tuple[int, ...], ...]
    back: tuple[tuple[int, ...], ...]


def make_sides(source: Prepared, copy: Prepared, links: Sequence[SentenceLink]) -> Sides:
    """Put two articles beside each other.

    Args:
        source: Prepared.
        copy: Prepared.
        links: Sequence of SentenceLink, one for each sentence of the copy, in order.

    Returns:
        Sides.
    """
    forth: list[list[int]] = [[] for _ in source.sentences]
    for link in links:
        for origin in link.origins:
            forth[origin].append(link.copy)
    return Sides(source, copy, tuple(map(tuple, forth)), tuple(link.origins for link in links))


def sentence_at(article: Prepared, offset: int) -> int:
    """The sentence that an offset lies in, or the last before it.

    Args:
        article: Prepared.
        offset: Integer, into its text.

    Returns:
        Integer, index of a sentence.
    """
    # As many sentences begin up to there; tuples are compared faster than a key is asked for.
    return (bisect_left(article.sentences, (offset + 1,)) or 1) - 1


def told(article: Prepared, spans: Iterable[Span], text: str = "") -> Mention:
    """What an article tells at some places.

    Args:
        article: Prepared.
        spans: Iterable of Span, at least one.
        text: String to show it by; where empty, what stands at the first of the places.

    Returns:
        Mention.
    """
    ordered = tuple(sorted(spans))
    text = text or " ".join(article.article.text[slice(*ordered[0])].split())
    if len(ordered) == 1:
        return Mention(text, ordered, (sentence_at(article, ordered[0][0]),))
    return Mention(text, ordered, tuple(sorted({sentence_at(article, start) for start, _ in ordered})))


def told_in_parts(article: Prepared, spans: Iterable[Span]) -> Mention:
    """What an article tells in several parts, such as a quotation that a `he said` interrupts.

    Args:
        article: Prepared.
        spans: Iterable of Span, at least one.

    Returns:
        Mention whose text holds all of them.
    """
    whole = told(article, spans)
    parts = (" ".join(article.article.text[slice(*span)].split()) for span in whole.spans)
    return Mention(" … ".join(parts), whole.spans, whole.sentences)


def dropped(kind: str, sides: Sides, spans: Iterable[Span], text: str = "") -> Fact:
    """A fact that only the source tells.

    Args:
        kind: String.
        sides: Sides.
        spans: Iterable of Span into the source's text, at least one.
        text: String, as in `told`.

    Returns:
        Fact.
    """
    ours = told(sides.source, spans, text)
    return Fact(kind, "dropped", ours, Mention("", (), _beside(sides.forth, ours.sentences)))


def added(kind: str, sides: Sides, spans: Iterable[Span], text: str = "") -> Fact:
    """A fact that only the copy tells.

    Args:
        kind: String.
        sides: Sides.
        spans: Iterable of Span into the copy's text, at least one.
        text: String, as in `told`.

    Returns:
        Fact.
    """
    theirs = told(sides.copy, spans, text)
    return Fact(kind, "added", Mention("", (), _beside(sides.back, theirs.sentences)), theirs)


def _beside(links: Sequence[Sequence[int]], sentences: Sequence[int]) -> tuple[int, ...]:
    if len(sentences) == 1:
        return tuple(links[sentences[0]])
    return tuple(sorted({other for sentence in sentences for other in links[sentence]}))
