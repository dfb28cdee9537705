"""Who says what in an article: `X said`, `according to X`, `as confirmed by X`, with the words that name X."""

from bisect import bisect_right
from collections.abc import Iterator

import regex

from generator.compare.signal_words import ATTRIBUTING, MAYBE_SPEECH, PREPOSITIONS, SAID_BY, SPEECH, find_signal_words
from generator.frozen import dataclass
from generator.patterns import compile_pattern
from generator.values import Prepared, Span

SURE, PLAIN, DOUBTED = "sure", "plain", "doubted"
"""How far a verb stands behind what is said: `confirmed`, `said`, `claimed`."""

LONGEST = 14
"""Integer, in words: a longer phrase is not taken for a speaker."""

_STANCES = {
    SURE: ("confirm", "acknowl", "admit", "concede", "reveal", "disclos", "found", "finds", "conclude", "show"),
    DOUBTED: ("claim", "alleg", "suggest", "believ"),
}

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_LEAD = compile_pattern(
    r"(?:according\sto|selon|après|laut|según|secondo|volgens|segundo|\p{L}+\sby)\s+", regex.IGNORECASE
)
_FOLLOWS = compile_pattern(rf"\s*(?:that\b|:|,?\s?[“\"«„]|$|[.,;!?](?!\d)|in\sa\s|on\s|{_DAY})")
_STOP = compile_pattern(
    r"[,;:!?()“”\"«»„—–\n]|\s-\s|(?<=\p{Ll}{3})\.\s"
    r"|\s(?:that|who|which|while|but|whose|as|after|when|where|if|because|and\sthat)\s"
)
_BOUNDARY = compile_pattern(
    r"(?:[,.!?]’|[,;:()“”\"«»„—–\n!?]|(?<=\w{3})\.\s|\s-\s"
    r"|\b(?:that|which|while|as|and\sthen|whom|[Ww]hat|because|when|if|where|although|though|[Bb]ut|And)\b)\s*"
)
# The words of _BOUNDARY; any may be spelt in other letters.
_PARTING = frozenset(
    """
    that which while as and then whom what because when if where although though but
    """.split()  # noqa: SIM905
)
# Time, place and what else may follow the words that name a speaker.
_AFTER = compile_pattern(
    rf"\s+(?:(?:on|in|at|by|to|late|early|yesterday|today|this|last|earlier|during|told|from|with|operating|published|familiar"
    rf"|reporting|based|citing|speaking|released|seen|obtained)\b|{_DAY}\b)"
)
_NO_SUBJECT = compile_pattern(
    r"\b(?:is|was|were|are|been|be|being|not|to|n[’']t|will|would|could|may|might|can|should|I|we|this|the|an?|of|its|his|her"
    r"|their|no)$",
    regex.IGNORECASE,
)
_AUXILIARIES = (
    "has", "have", "had", "also", "later", "then", "previously", "repeatedly", "earlier", "once", "who", "reportedly",
)  # fmt: skip
_AUXILIARY = compile_pattern(rf"(?:(?:^|\s+)(?:{'|'.join(_AUXILIARIES)}))+$")
_PHRASE = compile_pattern(
    r"(?:the|an?|his|her|its|their|one|two|another|some|many|several|he|she|it|they)\b|(?!(?:I|We)\b)[\p{Lu}\d]"
)
_PRONOUN = compile_pattern(r"(?:he|she|it|they|that|this)\b", regex.IGNORECASE)


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
    for place, word in find_signal_words(article, ATTRIBUTING):
        by = word in SAID_BY and article.words[place + 1 : place + 2] == ("by",)
        if by or word in PREPOSITIONS or word in SPEECH or word in MAYBE_SPEECH:
            number = bisect_right(starts, place) - 1
            if by or word in PREPOSITIONS:
                found = _led_by(article.article.text, article.spans[place], article.sentences[number])
            else:
                found = _with_verb(article, place, number)
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


def _with_verb(article: Prepared, place: int, number: int) -> Attribution | None:
    """`X said`, `said X`."""
    text, verb, span, sentence = (
        article.article.text,
        article.words[place],
        article.spans[place],
        article.sentences[number],
    )
    if verb not in SPEECH and not _FOLLOWS.match(text, span[1]):
        return None
    speaker = _subject(text, _phrase_start(article, place, number), span[0]) or _inverted(text, span, sentence)
    if not speaker:
        return None
    return Attribution((min(speaker[0], span[0]), max(speaker[1], span[1])), speaker, _stance(verb), verb)


def _phrase_start(article: Prepared, place: int, number: int) -> int:
    """Where the phrase before a verb begins: behind the last _BOUNDARY of the sentence before it.

    It is looked for from the last place on that may be one, which words and the white space between them tell: to
    search the whole sentence takes several times as long.
    """
    text, words, spans = article.article.text, article.words, article.spans
    start, (first, _), end = article.sentences[number][0], article.sentence_words[number], spans[place][0]
    after = end
    for word in range(place - 1, first - 1, -1):
        if text[spans[word][1] : after] != " " or words[word] in _PARTING or not words[word].isalpha():
            # A boundary takes the white space behind it along; only `and then` holds two words.
            behind = max(first, word - 1)
            if words[behind] == "then":
                behind = max(first, behind - 1)
            found = _last_end(text, max(start, spans[behind][0]), end)
            return _last_end(text, start, end) or start if found is None else found
        after = spans[word][0]
    return start if after == start else _last_end(text, start, end) or start


def _last_end(text: str, start: int, end: int) -> int | None:
    last = None
    for boundary in _BOUNDARY.finditer(text, start, end):
        last = boundary.end()
    return last


def _subject(text: str, start: int, end: int) -> Span | None:
    """The phrase from some place to a verb, where it can be its subject."""
    phrase = text[start:end].rstrip()
    # No word of these patterns is longer; to search the whole phrase would take longer.
    if _NO_SUBJECT.search(phrase, max(0, len(phrase) - 6)):
        return None
    if phrase.endswith(_AUXILIARIES):
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
