"""Who says what in an article: `X said`, `according to X`, `as confirmed by X`, with the words that name X."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import regex

from generator.values import Prepared, Span

SURE, PLAIN, DOUBTED = "sure", "plain", "doubted"
"""How far a verb stands behind what is said: `confirmed`, `said`, `claimed`."""

# Verbs that are hardly ever anything but speech.
_SPEECH = (
    "said|says|told|announced|claimed|claims|alleged|alleges|warned|warns|argued|argues|insisted|insists|acknowledged"
    "|admitted|admits|conceded|asserted|reiterated|remarked|emphasi[sz]ed|stressed|recalled|testified|explained"
)
# Verbs that speak only before `that`, a colon or a quotation, or at the end of a sentence.
_MAYBE = (
    "say|tell|added|adds|reported|reports|report|stated|states|confirmed|confirms|noted|notes|wrote|writes|tweeted|posted"
    "|revealed|reveals|declared|suggested|suggests|suggest|believes|believe|replied|estimated|estimates|denied|denies"
    "|maintains|maintained|continued|predicted|disclosed|commented|observed|found|finds|concluded|showed|shows|explains"
)
_STANCES = {
    SURE: "confirm acknowl admit concede reveal disclos found finds conclude show".split(),  # noqa: SIM905
    DOUBTED: "claim alleg suggest believ".split(),  # noqa: SIM905
}
_AUX = r"(?:has|have|had|also|later|then|previously|repeatedly|earlier|once|who|which|reportedly|has also|had also)"
_VERB = regex.compile(rf"\b(?:(?P<speech>{_SPEECH})|(?P<maybe>{_MAYBE}))\b")
_ACCORDING = regex.compile(
    r"\b(?:[Aa]ccording\sto|[Ss]elon|[Dd][’']après|[Ll]aut|[Ss]egún|[Ss]econdo|[Vv]olgens|[Ss]egundo)\s+(?=\S)"
)
_BY = regex.compile(
    rf"\b(?:said|reported|confirmed|announced|stated|claimed|alleged|noted|estimated|revealed|described|disclosed)\s+by\s+(?=\S)"
)
_FOLLOWS = regex.compile(
    r"\s*(?:that\b|:|,?\s?[“\"«„]|$|[.,;!?](?!\d)|in a\s|on\s|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_STOP = regex.compile(
    r"[,;:.!?()“”\"«»„—–\n]|\s-\s|\s(?:that|who|which|while|but|whose|as|after|when|where|if|because|and\sthat)\s"
)
_BOUNDARY = regex.compile(
    r"(?:[,.!?]’|[,;:()“”\"«»„—–\n!?]|(?<=\w{3})\.\s|\s-\s|\b(?:that|which|while|as|and then|whom|[Ww]hat|because|when|if|where|although|though|[Bb]ut|And)\b)\s*"
)
_TIME = regex.compile(
    r"\s+(?:(?:late|early)\s)?(?:(?:on|in|at|by|to|late|early|yesterday|today|this|last|earlier|during|told|from|with)\b.*|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*|(?:operating|published|familiar|reporting|based|citing|speaking|released|seen|obtained)\b.*)$",
    regex.DOTALL,
)
_BE = regex.compile(
    r"\b(?:is|was|were|are|been|be|being|not|to|n[’']t|will|would|could|may|might|can|should|I|we|this|the|an?|of|its|his|her|their|no)$",
    regex.IGNORECASE,
)
_AUXILIARY = regex.compile(rf"(?:\s+{_AUX})+$|^{_AUX}$")
_PHRASE = regex.compile(
    r"(?:the|an?|his|her|its|their|one|two|another|some|many|several|he|she|it|they)\b|(?!(?:I|We)\b)[\p{Lu}\d]"
)
_PRONOUN = regex.compile(r"(?:he|she|it|they|that|this)\b", regex.IGNORECASE)
LONGEST = 14
"""Integer, in words: a longer phrase is not taken for a speaker."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody who is said to say something.

    Attributes:
        span: Span of the whole, such as `the monitor said`.
        speaker: Span of the words that name the speaker.
        stance: String, SURE, PLAIN or DOUBTED.
        verb: String, casefolded, such as `said` or `according to`.
    """

    span: Span
    speaker: Span
    stance: str
    verb: str


def find_attributions(article: Prepared) -> tuple[Attribution, ...]:
    """Find who is said to say something.

    English in full: verbs of speech with their subject before or after them, `according to`, `reported by`. In French,
    German, Spanish, Italian, Dutch and Portuguese only what stands for `according to`.

    Args:
        article: Prepared.

    Returns:
        Tuple of Attribution in order, none overlapping another.
    """
    text = article.article.text
    found: list[Attribution] = []
    for attribution in sorted(
        chain(_with_preposition(text), _with_verb(article)), key=lambda a: (a.span[0], -a.span[1])
    ):
        if not found or found[-1].span[1] <= attribution.span[0]:
            found.append(attribution)
    return tuple(found)


def _with_preposition(text: str) -> Iterator[Attribution]:
    for pattern in (_ACCORDING, _BY):
        for match in pattern.finditer(text):
            end = _phrase_end(text, match.end())
            if end > match.end():
                verb = " ".join(match[0].casefold().split())
                yield Attribution((match.start(), end), (match.end(), end), _stance(verb), verb)


def _with_verb(article: Prepared) -> Iterator[Attribution]:
    text = article.article.text
    starts = [start for start, _ in article.sentences]
    for match in _VERB.finditer(text):
        if text[match.end() : match.end() + 4] == " by " or not (match["speech"] or _FOLLOWS.match(text, match.end())):
            continue
        sentence = starts[max(0, bisect_left(starts, match.end()) - 1)]
        speaker = _subject(text, sentence, match.start()) or _inverted(text, sentence, match.span())
        if speaker:
            span = min(speaker[0], match.start()), max(speaker[1], match.end())
            yield Attribution(span, speaker, _stance(match[0]), match[0])


def _subject(text: str, start: int, end: int) -> Span | None:
    """The phrase before a verb, where it can be its subject."""
    for boundary in _BOUNDARY.finditer(text, start, end):
        start = boundary.end()
    phrase = text[start:end].rstrip()
    if _BE.search(phrase):
        return None
    phrase = _AUXILIARY.sub("", phrase)
    if not phrase or len(phrase.split()) > LONGEST or not _PHRASE.match(phrase):
        return None
    return start, start + len(phrase)


def _inverted(text: str, sentence: int, verb: Span) -> Span | None:
    """The phrase after a verb that follows a comma or a quotation: `…, said the minister.`"""
    before = text[sentence : verb[0]].rstrip()
    if before and before[-1] not in ',”"»“’':
        return None
    start = (
        verb[1] + len(text[verb[1] :]) - len(text[verb[1] :].lstrip())
        if text[verb[1] : verb[1] + 1] == " "
        else verb[1]
    )
    if start == verb[1] or not _PHRASE.match(text, start) or _PRONOUN.match(text, start):
        return None
    end = _phrase_end(text, start)
    return (start, end) if end > start else None


def _phrase_end(text: str, start: int) -> int:
    """Where a phrase that names somebody ends, without the time and place that may follow."""
    stop = start
    while match := _STOP.search(text, stop):
        # The points of `U.S.` and `Mr.` end nothing.
        if (
            match[0] == "."
            and (
                text[match.start() - 2 : match.start() - 1] in ". "
                or text[match.start() - 2 : match.start()] in ("Mr", "Dr", "Ms", "rs")
            )
            and text[match.end() : match.end() + 1] not in ("", "\n")
        ):
            stop = match.end()
            continue
        break
    end = match.start() if match else len(text)
    phrase = _TIME.sub("", text[start:end]).rstrip()
    return start + len(phrase) if 0 < len(phrase.split()) <= LONGEST else start


def _stance(verb: str) -> str:
    return next((stance for stance, stems in _STANCES.items() if verb.startswith(tuple(stems))), PLAIN)
