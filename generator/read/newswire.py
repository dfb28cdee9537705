"""Datelines, bylines and credit lines of the wires → place, agency, date and author.

Each asks for the whole form, not for a part of it: a sentence that begins with a word in capitals has no dateline.
"""

import re
from collections.abc import Callable

from generator.frozen import dataclass
from generator.read.agencies import AGENCY, agency_named
from generator.read.dates import MONTH, iso_date
from generator.read.places import in_running_text, is_place_alone, may_be_place
from generator.values import Span

_LONGEST_BYLINE = 100
_LOOKED_AT = 250
_CREDIT_PARAGRAPHS = 3

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPS = rf"{_UPPER}(?:[.'’-]?{_UPPER})*\.?"
_CAPITALISED = rf"{_UPPER}[\w.'’-]*"
_DAY = rf"(?:{MONTH}\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+{MONTH}\.?)(?:,?\s+\d{{4}})?"
_DASH = r"[—–―_-]+"
_START = r"\s*(?:date[ \t]+(?P<iso>\d{4}-\d{2}-\d{2})\s+)?"
_REGION = rf"(?P<region>,\s+{_CAPITALISED}(?:[ \t]{_CAPITALISED}){{0,2}})?"
_BRACKET = rf"(?:{_DASH}\s*)?\((?P<agency>(?:{AGENCY})(?:/\w+)?)\)\s*(?:{_DASH}|:)"
_WHEN = rf"(?:,?\s+(?P<day>{_DAY}))"
_PLACE = rf"(?P<place>{_CAPS}(?:(?:[ \t]+|/){_CAPS}){{0,5}})"
_ANY_PLACE = rf"(?P<place>{_CAPITALISED}(?:(?:[ \t]+|/)(?:{_CAPITALISED}|de|del|do|of|la)){{0,5}})"

# The month and the agency may stand in any case. Beside an agency's name in brackets the place may, too.
_BY_AGENCY = re.compile(rf"{_START}{_ANY_PLACE}{_REGION}(?i:{_WHEN}?\s*{_BRACKET})\s*")
_BY_DAY = re.compile(rf"{_START}{_PLACE}{_REGION},?(?i:{_WHEN})\s*{_DASH}(?:\s+|$)")
_BY_REGION = re.compile(rf"{_START}{_PLACE}{_REGION}\s*(?:[—–―]+|\s-{{1,2}}\s)\s*(?=[^\Wa-z_]|[\"“'‘«])")
# This one and those of credits are for few texts; a text of a pattern is compiled, and kept, once it is asked for.
_ALONE = rf"{_START}(?P<place>[^,(]+?){_REGION},?(?i:{_WHEN})?\s*(?:\((?P<agency>[^)]+)\))?\s*(?:{_DASH})?\s*$"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, str | None], bool]], ...] = (
    (_BY_AGENCY, lambda place, _: may_be_place(place)),
    (_BY_DAY, lambda place, _: place.isupper() and may_be_place(place)),
    (_BY_REGION, lambda place, region: place.isupper() and (may_be_place(place) if region else is_place_alone(place))),
)
_DATE_ALONE = re.compile(rf"{_START}")

_BYLINE = re.compile(r"(?:By|BY)[ \t]+(?P<names>[^\n,|]+?)(?:[ \t]*[,|][ \t]*(?P<role>[^\n]+))?")
_NAME = re.compile(
    rf"{_UPPER}[\w.'’-]*(?:[ \t]+(?:(?:al|bin|da|de|del|der|di|dos|du|la|le|van|von)[ \t]+)*{_UPPER}[\w.'’-]*){{1,4}}"
)
_NO_NAME_WORDS = """
all and any art asia design europe for january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday law most next our some that the then these this those time what when
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_JOB = r"(?:\w+\s+){0,2}?(?:writer|reporter|journalist|correspondent|staff|photographer|videojournalist|producer)s?"
_COPYRIGHT = (
    rf"(?:[^\n]*\s)?(?:©|copyright|\(c\))\s*(?:\(c\)\s*|©\s*)?(?:\d{{4}}\s+)?(?:by\s+)?(?P<agency>{AGENCY})\b[^\n]*"
)
_CONTRIBUTED = rf"(?:the\s+)?(?P<agency>{AGENCY})['’s]*\s+{_JOB}\b[^\n]*\bcontributed\b[^\n]*"
_SIGNATURE = rf"[—–-]*\s*\(?(?P<agency>{AGENCY})\)?\.?"
_LONGEST_SIGNATURE = 40
# A plain search for what each form must hold spares most lines the slow match.
_CREDITS = (("contributed", _CONTRIBUTED), ("©", _COPYRIGHT), ("copyright", _COPYRIGHT), ("(c)", _COPYRIGHT))
# Only Reuters closes its reports with both in one pair of brackets.
_REUTERS = (
    r"\((?:additional\s+)?reporting\s+(?:and\s+writing\s+)?by\s[^)]*[;.]\s*"
    r"(?:writing\s+by\s[^)]*[;.]\s*)?editing\s+by\s[^)]*\)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says.

    Attributes:
        span: Span of the text from its beginning to where the story begins.
        place: String, such as `Beirut` or `San'a, Yemen`, or empty.
        agency: String, such as `AP`, or empty.
        date: String, ISO 8601, or empty where no year stands in it.
    """

    span: Span
    place: str = ""
    agency: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says.

    Attributes:
        span: Span of the text from its beginning to the end of the byline.
        author: String, the names.
        agency: String, the agency that the author's job names, or empty.
    """

    span: Span
    author: str
    agency: str = ""


def dateline(text: str) -> Dateline | None:
    """Read the dateline that opens a text.

    Args:
        text: String.

    Returns:
        Dateline, or None where the text opens with none.
    """
    head = text[:_LOOKED_AT]
    for pattern, fits in _FORMS:
        match = pattern.match(head)
        if match and fits(match["place"], match["region"]):
            return _dateline_of(match)
    match = _DATE_ALONE.match(head)
    return Dateline(span=match.span(), date=iso_date(match["iso"])) if match and match["iso"] else None


def dateline_alone(text: str) -> Dateline | None:
    """Read a dateline that stands apart from its text, as a column of a table does: the place may stand in any case.

    Args:
        text: String of one line.

    Returns:
        Dateline, or None where the line has another form.
    """
    match = re.match(_ALONE, text)
    return _dateline_of(match) if match else None


def byline(text: str) -> Byline | None:
    """Read the byline that stands in a text's first line, alone.

    Args:
        text: String.

    Returns:
        Byline, or None where the first line is none.
    """
    start = len(text) - len(text.lstrip())
    line = text[start:].split("\n", 1)[0].rstrip()
    match = _BYLINE.fullmatch(line) if len(line) <= _LONGEST_BYLINE else None
    if match is None:
        return None
    names = re.split(r"\s+(?:and|AND|&)\s+", match["names"].strip())
    if not all(_NAME.fullmatch(name) and _NO_NAME.isdisjoint(name.lower().split()) for name in names):
        return None
    spelled = [in_running_text(name) if name.isupper() else name for name in names]
    found = re.match(rf"(?:the\s+)?({AGENCY})\b", match["role"] or "", re.IGNORECASE)
    return Byline((0, start + len(line)), " and ".join(spelled), agency_named(found[1]) if found else "")


def credited_agency(text: str) -> str:
    """Find the agency that the last paragraphs of a text credit.

    Args:
        text: String.

    Returns:
        String, such as `AP`, or empty.
    """
    lines = [line.strip() for line in text[-4 * _LOOKED_AT :].split("\n") if line.strip()]
    return next(filter(None, map(_agency_of_line, reversed(lines[-_CREDIT_PARAGRAPHS:]))), "")


def _agency_of_line(line: str) -> str:
    folded = line.casefold()
    if "editing by" in folded and re.fullmatch(_REUTERS, line, re.I):
        return "Reuters"
    forms = [form for held, form in _CREDITS if held in folded]
    if len(line) <= _LONGEST_SIGNATURE:
        forms.append(_SIGNATURE)
    matches = (re.fullmatch(form, line, re.I) for form in forms)
    return next((agency_named(match["agency"]) for match in matches if match), "")


def _dateline_of(match: re.Match[str]) -> Dateline:
    parts = match.groupdict()
    day = " ".join((parts.get("day") or "").split())
    return Dateline(
        span=match.span(),
        place=in_running_text(" ".join(f"{parts['place']}{parts['region'] or ''}".split())),
        agency=agency_named(parts.get("agency") or ""),
        date=iso_date(parts["iso"] or "") or iso_date(day),
    )
