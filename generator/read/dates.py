"""Dates as people and wires write them → ISO 8601; what could mean two days is left empty."""

import datetime
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""String, a regular expression for the name of an English month; needs IGNORECASE."""

_SHORTEST = len("20241202")
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?=$|[\s,T]+(?:at\s+)?\d{1,2}[:.]\d{2}|[\s,]+(?:am|pm|UTC|GMT)\b|Z$)"
# Each is compiled, and kept, once a date asks for it.
_FORMS = (
    rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
    r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=$|T\d{4,6}(?:$|Z|[+-]))",
    rf"(?i){_WEEKDAY}{_DAY}[\s-]+(?:of\s+)?(?P<name>{MONTH})\.?,?[\s-]+(?P<year>\d{{4}}){_TIME}",
    rf"(?i){_WEEKDAY}(?P<name>{MONTH})\.?\s+{_DAY}(?:,\s*|\s+)(?P<year>\d{{4}}){_TIME}",
)


def iso_date(text: str) -> str:
    """Find the day that a date or a time names.

    Understood are ISO 8601 (`2024-12-02`, `2024-12-02T10:00:00Z`), the same with slashes or dots (`2024/12/02`), and
    English names of months (`December 2, 2024`, `Mon, 02 Dec 2024 10:00:00 GMT`, `26-FEB-1987 15:01:01.79`).
    Countries differ in how they read a day and a month both in figures (`01/02/2024`): left empty.

    Args:
        text: String, the date and nothing else.

    Returns:
        String, ISO 8601 such as `2024-12-02`: the day as written, whatever the time zone; empty where it can't be told.
    """
    text = text.strip()
    if len(text) < _SHORTEST:
        return ""
    for form in _FORMS:
        if match := re.match(form, text, re.ASCII):
            return _checked(match.groupdict())
    return ""


def _checked(parts: dict[str, str]) -> str:
    month = _MONTHS.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts["month"])
    try:
        return datetime.date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return ""
