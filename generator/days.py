"""Days of the calendar that an article names: notices after a pattern name others each time."""

import re
from collections.abc import Sequence

from generator.compare.figure_words import months_of

# The day of a date beside its month: `3`, `3rd`, `1er`.
_DAY = re.compile(r"(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|º)?")
_YEAR = re.compile(r"\d{4}")
# A dateline stands in so many words at most.
_DATELINE = 8
_BETWEEN = frozenset({"de", "of"})
# Months that are English verbs too: what stands before them is no day.
_VERBS = frozenset({"may", "march"})


def find_days(words: Sequence[str], language: str) -> set[int]:
    """Find days: a month with a day before it or after it, or with one word between, as in `3 de mayo`.

    A day of a dateline, or one with a year, may be that on which a copy was published; it is left out.

    Args:
        words: Sequence of strings, the words of an article, normalised, in order.
        language: String, ISO 639-1 code.

    Returns:
        Set of integers, each 100 times the month, and the day.
    """
    months = months_of(language)
    days = set()
    for at in [at for at, word in enumerate(words) if word in months]:
        word, month = words[at], months[words[at]]
        if month and at >= _DATELINE:
            before = -1 if word in _VERBS else at - 2 if words[at - 1] in _BETWEEN else at - 1
            for beside in (before, at + 1):
                day = _DAY.fullmatch(words[beside]) if 0 <= beside < len(words) else None
                after = words[max(at, beside) + 1 : max(at, beside) + 3]
                if day and not any(map(_YEAR.fullmatch, after)):
                    days.add(100 * month + int(day[1]))
                    break
    return days
