"""Who says what in an article: `X said`, `according to X`, `as confirmed by X`, with the words that name X."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from generator.values import Prepared, Span

SURE, PLAIN, DOUBTED = "sure", "plain", "doubted"
"""How far a verb stands behind what is said: `confirmed`, `said`, `claimed`."""

LONGEST = 14
"""Integer, in words: a longer phrase is not taken for a speaker."""

# Verbs that are hardly ever anything but speech.
_SPEECH = frozenset(
    """
    said says told announced claimed claims alleged alleges warned warns argued argues insisted insists acknowledged
    admitted admits conceded asserted reiterated remarked emphasised emphasized stressed recalled testified
    explained
    """.split()  # noqa: SIM905
)
# Verbs that speak only before `that`, a colon or a quotation, or at the end of a sentence.
_MAYBE = frozenset(
    """
    say tell added adds reported reports report stated states confirmed confirms noted notes wrote writes tweeted
    posted revealed reveals declared suggested suggests suggest believes believe replied estimated estimates denied
    denies maintains maintained continued predicted disclosed commented observed found finds concluded showed shows
    explains
    """.split()  # noqa: SIM905
)
_SAID_BY = frozenset(
    """
    said reported confirmed announced stated claimed alleged noted estimated revealed described disclosed
    """.split()  # noqa: SIM905
)
_PREPOSITIONS = frozenset(["according", "selon", "après", "laut", "según", "secondo", "volgens", "segundo"])
_TELLING = _SPEECH | _MAYBE | _SAID_BY | _PREPOSITIONS
_STANCES = {
    SURE: ("confirm", "acknowl", "admit", "concede", "reveal", "disclos", "found", "finds", "conclude", "show"),
    DOUBTED: ("claim", "alleg", "suggest", "believ"),
}

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_LEAD = regex.compile(
    r"(?:according\sto|selon|après|laut|según|secondo|volgens|segundo|\p{L}+\sby)\s+", regex.IGNORECASE
)
_FOLLOWS = regex.compile(rf"\s*(?:that\b|:|,?\s?[“\"«„]|$|[.,;!?](?!\d)|in\sa\s|on\s|{_DAY})")
_STOP = regex.compile(
    r"[,;:!?()“”\"«»„—–\n]|\s-\s|(?<=\p{Ll}{3})\.\s"
    r"|\s(?:that|who|which|while|but|whose|as|after|when|where|if|because|and\sthat)\s"
)
_BOUNDARY = regex.compile(
    r"(?:[,.!?]’|[,;:()“”\"«»„—–\n!?]|(?<=\w{3})\.\s|\s-\s"
    r"|\b(?:that|which|while|as|and\sthen|whom|[Ww]hat|because|when|if|where|although|though|[Bb]ut|And)\b)\s*"
)
# Time, place and what else may follow the words that name a speaker.
_AFTER = regex.compile(
    rf"\s+(?:(?:on|in|at|by|to|late|early|yesterday|today|this|last|earlier|during|told|from|with|operating|published|familiar"
    rf"|reporting|based|citing|speaking|released|seen|obtained)\b|{_DAY}\b)"
)
_NO_SUBJECT = regex.compile(
    r"\b(?:is|was|were|are|been|be|being|not|to|n[’']t|will|would|could|may|might|can|should|I|we|this|the|an?|of|its|his|her"
    r"|their|no)$",
    regex.IGNORECASE,
)
_AUXILIARY = regex.compile(
    r"(?:(?:^|\s+)(?:has|have|had|also|later|then|previously|repeatedly|earlier|once|who|reportedly))+$"
)
_PHRASE = regex.compile(
    r"(?:the|an?|his|her|its|their|one|two|another|some|many|several|he|she|it|they)\b|(?!(?:I|We)\b)[\p{Lu}\d]"
)
_PRONOUN = regex.compile(r"(?:he|she|it|they|that|this)\b", regex.IGNORECASE)


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
    found: list[Attribution] = []
    for attribution in sorted(_candidates(article), key=lambda a: (a.span[0], -a.span[1])):
        if not found or found[-1].span[1] <= attribution.span[0]:
            found.append(attribution)
    return tuple(found)


def _candidates(article: Prepared) -> Iterator[Attribution]:
    starts = [first for first, _ in article.sentence_words]
    for place, word in [(place, word) for place, word in enumerate(article.words) if word in _TELLING]:
        by = word in _SAID_BY and article.words[place + 1 : place + 2] == ("by",)
        if by or word in _PREPOSITIONS or word in _SPEECH or word in _MAYBE:
            sentence = article.sentences[bisect_right(starts, place) - 1]
            text, span = article.article.text, article.spans[place]
            leads = by or word in _PREPOSITIONS
            found = _led_by(text, span, sentence) if leads else _with_verb(text, word, span, sentence)
            if found:
                yield found


def _led_by(text: str, span: Span, sentence: Span) -> Attribution | None:
    """`According to X`, `confirmed by X`."""
    lead = _LEAD.match(text, span[0])
    if not lead:
        return None
    end = _phrase_end(text, lead.end(), sentence[1])
    if end == lead.end():
        return None
    verb = " ".join(lead[0].casefold().split())
    return Attribution((span[0], end), (lead.end(), end), _stance(verb), verb)


def _with_verb(text: str, verb: str, span: Span, sentence: Span) -> Attribution | None:
    """`X said`, `said X`."""
    if verb not in _SPEECH and not _FOLLOWS.match(text, span[1]):
        return None
    speaker = _subject(text, sentence[0], span[0]) or _inverted(text, span, sentence)
    if not speaker:
        return None
    return Attribution((min(speaker[0], span[0]), max(speaker[1], span[1])), speaker, _stance(verb), verb)


def _subject(text: str, start: int, end: int) -> Span | None:
    """The phrase before a verb, where it can be its subject."""
    for boundary in _BOUNDARY.finditer(text, start, end):
        start = boundary.end()
    phrase = text[start:end].rstrip()
    if _NO_SUBJECT.search(phrase):
        return None
    phrase = _AUXILIARY.sub("", phrase)
    if not phrase or len(phrase.split()) > LONGEST or not _PHRASE.match(phrase):
        return None
    pronoun = _PRONOUN.match(phrase)
    return start, start + (pronoun.end() if pronoun else len(phrase))


def _inverted(text: str, verb: Span, sentence: Span) -> Span | None:
    """The phrase after a verb that follows a comma or a quotation: `said the minister`."""
    before = text[sentence[0] : verb[0]].rstrip()
    start = verb[1] + 1
    if (before and before[-1] not in ',”"»“’') or text[verb[1] : start] != " ":
        return None
    if not _PHRASE.match(text, start) or _PRONOUN.match(text, start):
        return None
    end = _phrase_end(text, start, sentence[1])
    return (start, end) if end > start else None


def _phrase_end(text: str, start: int, limit: int) -> int:
    """Where a phrase that names somebody ends, without the time and place that may follow; its start where it is none."""
    stop = _STOP.search(text, start, limit)
    phrase = text[start : stop.start() if stop else limit].rstrip(" .…")
    after = _AFTER.search(phrase)
    phrase = phrase[: after.start()] if after else phrase
    return start + len(phrase) if 0 < len(phrase.split()) <= LONGEST else start


def _stance(verb: str) -> str:
    return next((stance for stance, stems in _STANCES.items() if verb.startswith(stems)), PLAIN)
