"""Quotations of an article, each with who says it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from generator.compare.speakers import Attribution
from generator.frozen import dataclass
from generator.patterns import compile_pattern
from generator.values import Prepared, Span

FEWEST = 3
"""Integer, in words: shorter text in quotation marks is a term, not a quotation."""

REACH = 120
"""Integer, in characters: how far from a quotation its speaker may stand."""

_OPENING = '“”„«»"「『'
_CLOSING = {"“": '”"“', "”": "”", "„": '“”"', "«": "»", "»": "«", '"': '"”', "「": "」", "『": "』"}
_SINGLE = compile_pattern(r"(?<!\w)[‘'](?=\p{L})([^‘\n“”\"]{12,400}?[,.!?…])['’](?!\w)")
# Between a quotation and its speaker no other sentence ends, and no other quotation stands.
_PART = compile_pattern(r"\n|[“„«]|[.!?]\s+\p{Lu}[^.]*[.!?]")
_OMISSION = compile_pattern(r"\[?\s?(?:…|\.\s?\.\s?\.)\s?\]?")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text in quotation marks that somebody is meant to have said.

    Attributes:
        span: Span, without the marks.
        words: Tuple of tuples of strings, normalised; parted where the article itself marks an omission.
        speaker: Span of the words that name who says it, or None.
    """

    span: Span
    words: tuple[tuple[str, ...], ...]
    speaker: Span | None


def find_quotations(article: Prepared, attributions: Sequence[Attribution]) -> tuple[Quotation, ...]:
    """Find the quotations of an article.

    Args:
        article: Prepared.
        attributions: Sequence of Attribution of it, in order.

    Returns:
        Tuple of Quotation in order. Fewer than FEWEST words are a term, and words that all begin with a capital a title.
    """
    text = article.article.text
    quotations = []
    for start, end in _quoted(text):
        cuts = [match.span() for match in _OMISSION.finditer(text, start, end)]
        bounds = zip((start, *(last for _, last in cuts)), (*(first for first, _ in cuts), end), strict=True)
        pieces = [words for first, last in bounds if (words := _words(article, first, last))]
        if sum(map(len, pieces)) >= FEWEST and not _is_title(text[start:end]):
            quotations.append(Quotation((start, end), tuple(pieces), _speaker(text, (start, end), attributions)))
    return tuple(quotations)


def _words(article: Prepared, start: int, end: int) -> tuple[str, ...]:
    return article.words[bisect_left(article.spans, (start, 0)) : bisect_left(article.spans, (end, 0))]


def _quoted(text: str) -> Iterable[Span]:
    """What stands in quotation marks, each inside one paragraph."""
    spans: list[Span] = []
    place = 0
    for mark in _places_of(_OPENING, text):
        if mark < place:
            continue
        start = place = mark + 1
        before = text[max(0, mark - 1) : mark]
        if text[mark] in '"”“»' and before and (before.isalnum() or before in ".,!?"):
            continue
        closing = _CLOSING[text[mark]]
        paragraph = text.find("\n", start)
        paragraph = len(text) if paragraph < 0 else paragraph
        ends = (text.find(mark, start, paragraph) for mark in closing)
        end = min((end for end in ends if end >= 0), default=-1)
        # A quotation of several paragraphs opens each of them, and closes the last.
        opens_again = end < 0 and text[paragraph:].lstrip()[:1] == text[mark]
        if end >= 0 or opens_again:
            end = end if end >= 0 else paragraph
            spans.append((start, end))
            place = end + 1
    place = 0
    single = []
    for mark in _places_of("‘'", text):
        if mark >= place and (match := _SINGLE.match(text, mark)):
            place = match.end()
            single.append(match.span(1))
    return sorted(spans + [span for span in single if not any(start <= span[0] < end for start, end in spans)])


def _places_of(characters: str, text: str) -> list[int]:
    """Where any of some characters stand, ascending; one after the other they are found sooner than together."""
    places = []
    for character in characters:
        place = text.find(character)
        while place >= 0:
            places.append(place)
            place = text.find(character, place + 1)
    return sorted(places)


def _is_title(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words) and text[-1:] not in ".,!?"


def _speaker(text: str, quotation: Span, attributions: Sequence[Attribution]) -> Span | None:
    """Who says a quotation: the nearest attribution outside quotations in the same paragraph; of equals the one after it."""
    start, end = quotation
    near: list[tuple[int, bool, Span]] = []
    for attribution in attributions:
        first, last = attribution.span
        before = last <= start
        between = text[last : start - 1] if before else text[end:first]
        if (before or first >= end) and len(between) <= REACH and not _PART.search(between):
            near.append((len(between), before, attribution.speaker))
    return min(near)[2] if near else None
