"""Figures of an article: numbers, amounts, percentages, dates and ages, each with its value and unit."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain

import regex

from generator.compare.figure_words import (
    CURRENCIES,
    LARGE_WORDS,
    NUMBER_WORDS,
    PART_WORDS,
    PARTS,
    SMALL_WORDS,
    UNIT,
    UNIT_NAMES,
    WEEKDAYS,
    begins_unit,
    magnitudes_of,
    months_of,
)
from generator.compare.once import once
from generator.compare.signal_words import find_signal_words
from generator.frozen import dataclass
from generator.patterns import compile_pattern
from generator.values import Prepared, Span

Number = int | Fraction
"""A whole number is an integer, since fractions are slow to compare."""

Value = Number | tuple[int, int, int]
"""A number, or a date as year, month and day, each 0 where it is not told."""

DATE, TIME, WEEKDAY, RANK, DECADE, PART = "date", "time", "weekday", "rank", "decade", "part"
"""Units of figures that count no things."""

_COUNTLESS = frozenset({DATE, TIME, WEEKDAY, RANK, DECADE, PART})

_DOTTED = frozenset({"en", "und", "zh", "ja", "ko", "th", "he", "hi", "ur", "bn", "ms", "sw", "ga", "mt"})
_LONGEST = 400
"""Characters that a number in words may have."""
_DIGITS = compile_pattern(r"\d+")
# A number that hangs on letters, as in F-16 or COVID-19, is a name.
# More digits than that are no figure that a reader could check.
_LONGEST_NUMBER = 100
_NUMBER = compile_pattern(
    r"(?<![\p{L}\p{N}_])(?<![\p{L}_][-–./:])(?<!\d[./:'’])"
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
    r"(?![.,'’]?\d)"
)
_SIGNS = frozenset("$€£¥₹₽")
_SIGN = compile_pattern(r"(?:US\$|[$€£¥₹₽])\s?")
_ISO = compile_pattern(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_TIME = compile_pattern(
    r"(?<![\w:.])(\d{1,2})[:.](\d\d)\s?(?P<half>[ap]\.?m\b\.?)?(?![\d:])|(?<![\w:.])(\d{1,2})\s?(?P<half>[ap]\.?m\b\.?)"
)
_SUFFIX = compile_pattern(r"(?P<rank>st|nd|rd|th)\b|(?P<decade>s)\b|\p{L}")
_NEXT = compile_pattern(r"[\s\u00a0\u202f-]?(\p{L}+|[%°])")
_AFTER_MONEY = compile_pattern(r"\s?(k|m|bn|tn)\b")
_SHORT = {"k": 3, "m": 6, "bn": 9, "tn": 12}
_WORDS = "|".join(sorted((*SMALL_WORDS, *LARGE_WORDS), key=len, reverse=True))
_WORD_NUMBER = compile_pattern(
    rf"(?:{_WORDS})(?:(?:[\s-]|(?<=hundred|thousand|million|billion)\sand\s)(?:{_WORDS}))*\b", regex.IGNORECASE
)
_PART = compile_pattern(
    r"(?:half(?=\s(?:of|its|their|the|a|all)\b)|(?:an?|one|two|three)[\s-](third|quarter|fifth)s?(?=\s(?:of|as)\b))",
    regex.IGNORECASE,
)
# The languages whose number words, clock times and weekdays are read.
_ENGLISH = frozenset({"en", "und"})
_SPREAD = compile_pattern(r"[\s\u00a0\u202f'’]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text.

    Attributes:
        span: Span into the text.
        value: Value.
        unit: String, such as `%`, `dollar`, `year` or `date`; empty for a plain number.
    """

    span: Span
    value: Value
    unit: str


def same_figure(a: Figure, b: Figure) -> bool:
    """Whether two figures say the same: `200` and `two hundred`, `2 December` and `2 December 2024`, `42` and `42-year-old`.

    Args:
        a: Figure.
        b: Figure.

    Returns:
        Boolean.
    """
    if a.unit == b.unit == DATE and isinstance(a.value, tuple) and isinstance(b.value, tuple):
        parts = list(zip(a.value, b.value, strict=True))
        return all(x == y for x, y in parts if x and y) and any(x and y for x, y in parts)
    fits = a.unit == b.unit or (not (a.unit and b.unit) and a.unit not in _COUNTLESS and b.unit not in _COUNTLESS)
    return fits and a.value == b.value


@once
def find_figures(article: Prepared) -> tuple[Figure, ...]:
    """Find the figures of an article.

    Digits are read in every language, number words, fractions, clock times and weekdays in English; `one` by itself is no
    figure, nor are numbers inside names such as F-16.

    Args:
        article: Prepared; its language settles whether `1.200` is twelve hundred or one and a fifth.

    Returns:
        Tuple of Figure in order, none overlapping another.
    """
    text, language = article.article.text, article.article.language
    finders: list[Iterable[Figure]] = []
    digits = [match.span() for match in _DIGITS.finditer(text)]
    words = find_signal_words(article, _signal_words(language))
    if digits:
        starts = [start for start, _ in digits]
        short = [start for start, end in digits if end - start <= 2]
        years = [start for start, end in digits if end - start == 4]
        months = [article.spans[place][0] for place, word in words if word in months_of(language)]
        # All dates hold digits, and the name of a month.
        dates = _dates(text, language, short, months) if months else ()
        times = _times(text, short) if language in _ENGLISH else ()
        finders = [_iso_dates(text, years), dates, times, _numbers(text, language, starts)]
    if language in _ENGLISH:
        finders.append(_told_in_words(article, words))
    found: list[Figure] = []
    taken = bytearray(len(text))
    for figure in chain.from_iterable(finders):
        start, end = figure.span
        if 1 not in taken[start:end]:
            taken[start:end] = b"\x01" * (end - start)
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.span))


@cache
def _signal_words(language: str) -> frozenset[str]:
    """The words that figures of a language may begin with, casefolded, or in English hold."""
    return frozenset(months_of(language)).union(NUMBER_WORDS if language in _ENGLISH else ())


@cache
def _date_patterns(language: str) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    # `may 20` and `march 10` are verbs: English months have a capital.
    names = [name.capitalize() if language in _ENGLISH else name for name in months_of(language)]
    names += [] if language in _ENGLISH else [name.capitalize() for name in names]
    month = rf"(?P<month>{'|'.join(sorted(names, key=len, reverse=True))})\b\.?"
    year = r"(?:,?\s(?:de\s|del\s)?(?P<year>\d{4})\b)?"
    day = r"(?P<day>\d{1,2})"
    first = regex.compile(rf"(?<![\w.,]){day}(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?{month}{year}")
    second = regex.compile(rf"\b{month}\s(?:{day}(?:st|nd|rd|th)?(?![\d:.]\d|\d){year}|(?P<year>\d{{4}})\b)")
    return first, second


def _matches_at(pattern: regex.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[regex.Match[str]]:
    """What `finditer` finds, where matches begin at the first of some digits."""
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def _iso_dates(text: str, starts: Iterable[int]) -> Iterator[Figure]:
    for match in _matches_at(_ISO, text, starts):
        yield Figure(match.span(), (int(match[1]), int(match[2]), int(match[3])), DATE)


def _dates(text: str, language: str, days: Iterable[int], names: Iterable[int]) -> Iterator[Figure]:
    """The dates that begin with one of some digits, or with one of some names of months."""
    months = months_of(language)
    day_first, month_first = _date_patterns(language)
    for match in chain(_matches_at(day_first, text, days), _matches_at(month_first, text, names)):
        year, day = int(match["year"] or 0), int(match["day"] or 0)
        if day <= 31:
            yield Figure(match.span(), (year, months[match["month"].casefold()], day), DATE)


def _times(text: str, starts: Iterable[int]) -> Iterator[Figure]:
    for match in _matches_at(_TIME, text, starts):
        half = (match["half"] or "").casefold()
        hour, minute = int(match[1] or match[4]), int(match[2] or 0)
        if hour < 24 and minute < 60 and (half or ":" in match[0]):
            hour = hour % 12 + 12 if half.startswith("p") else hour % 12 if half else hour
            yield Figure(match.span(), 60 * hour + minute, TIME)


def _numbers(text: str, language: str, starts: Iterable[int]) -> Iterator[Figure]:
    magnitudes = magnitudes_of(language)
    for match in _matches_at(_NUMBER, text, starts):
        (start, end), digits = match.span(), match[0]
        if len(digits) > _LONGEST_NUMBER:
            continue
        sign = None
        if not _SIGNS.isdisjoint(text[max(0, start - 4) : start]):
            sign = _SIGN.fullmatch(text, start - 1, start) or _SIGN.fullmatch(text, max(0, start - 4), start)
        unit = CURRENCIES[sign[0].strip()] if sign else ""
        start = sign.start() if sign else start
        value = read_number(digits, language)
        suffix = _SUFFIX.match(text, end) if text[end : end + 1].isalpha() else None
        if suffix and suffix["rank"]:
            yield Figure((start, suffix.end()), value, RANK)
        elif suffix and suffix["decade"]:
            if len(digits) == 4:
                yield Figure((start, suffix.end()), value, DECADE)
        else:
            power, end = _magnitude(text, end, magnitudes, bool(unit))
            unit, end = (unit, end) if unit else _unit(text, end)
            if suffix and end == match.end():
                continue
            if not unit and not power and digits.isdecimal() and len(digits) == 4 and 1000 <= value < 2100:
                yield Figure((start, end), (int(digits), 0, 0), DATE)
            else:
                yield Figure((start, end), _number(value * 10**power) if power else value, unit)


@lru_cache(maxsize=2**12)
def read_number(digits: str, language: str) -> Number:
    """Read a number written in digits.

    Args:
        digits: String of digits, with points, commas, apostrophes or spaces between.
        language: String, ISO 639-1 code: which of point and comma parts thousands, where the number itself leaves it open.

    Returns:
        Number.
    """
    digits = _SPREAD.sub("", digits)
    thousands, decimal = (",", ".") if language in _DOTTED else (".", ",")
    if "," in digits and "." in digits:
        decimal = max(",", ".", key=digits.rfind)
        thousands = "," if decimal == "." else "."
    elif digits.count(decimal) > 1 or (digits.count(thousands) == 1 and len(digits.rpartition(thousands)[2]) != 3):
        thousands, decimal = decimal, thousands
    whole, _, part = digits.replace(thousands, "").partition(decimal)
    part = part.replace(decimal, "")
    return _number(Fraction(int(whole + part), 10 ** len(part))) if part else int(whole)


def _number(value: Number) -> Number:
    return value.numerator if value.denominator == 1 else value


def _magnitude(text: str, end: int, magnitudes: dict[str, int], money: bool) -> tuple[int, int]:
    """The power of ten that a word after a number names, and where that word ends."""
    match = _AFTER_MONEY.match(text, end) if money else None
    if match:
        return _SHORT[match[1]], match.end()
    match = _NEXT.match(text, end)
    if match and match[1].casefold() in magnitudes:
        match = _magnitude_pattern(tuple(magnitudes)).match(text, end)
        if match:
            return magnitudes[match[1].casefold()], match.end()
    return 0, end


@cache
def _magnitude_pattern(names: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"[\s\u00a0\u202f-]?({'|'.join(names)})\b(?:\.(?=\s\p{{Ll}}|\s?[€$£]))?", regex.IGNORECASE)


def _unit(text: str, end: int) -> tuple[str, int]:
    match = _NEXT.match(text, end)
    match = UNIT.match(text, end) if match and begins_unit(match[1]) else None
    if match:
        return UNIT_NAMES[match.lastgroup], match.end()
    if text[end : end + 1] in CURRENCIES or (text[end + 1 : end + 2] in CURRENCIES and text[end : end + 1].isspace()):
        sign = end if text[end] in CURRENCIES else end + 1
        # A sign of money before digits belongs to those.
        if not text[sign + 1 : sign + 2].isdecimal():
            return CURRENCIES[text[sign]], sign + 1
    return "", end


def _told_in_words(article: Prepared, words: Iterable[tuple[int, str]]) -> Iterator[Figure]:
    """Figures of English words, of those at some places; fractions first, so that `two thirds` is no two."""
    text, later = article.article.text, []
    for place, word in words:
        start = article.spans[place][0]
        if word in PART_WORDS:
            yield from _fraction(text, start if word == "half" or not place else article.spans[place - 1][0])
        elif word in WEEKDAYS:
            if text[start].isupper():
                yield Figure(article.spans[place], WEEKDAYS[word], WEEKDAY)
        elif word in SMALL_WORDS or word in LARGE_WORDS:
            ahead = place and word in LARGE_WORDS and article.words[place - 1] in ("a", "an")
            later.append((article.spans[place - 1][0] if ahead else start, start))
    for start, first in later:
        match = _WORD_NUMBER.match(text, first, first + _LONGEST)
        # What goes on and on is no number, and would be read anew from each of its words.
        value = _read_words(match[0].casefold()) if match and match.end() < first + _LONGEST else None
        if match and value is not None:
            unit, end = _unit(text, match.end())
            if value != 1 or unit:
                yield Figure((start, end), value, unit)


def _fraction(text: str, start: int) -> Iterator[Figure]:
    match = _PART.match(text, start)
    if match and match[1]:
        count = SMALL_WORDS.get(regex.split(r"[\s-]", match[0].casefold())[0], 1)
        yield Figure(match.span(), Fraction(count, PARTS[match[1].casefold()]), PART)
    elif match:
        yield Figure(match.span(), Fraction(1, 2), PART)


def _read_words(words: str) -> int | None:
    """The value of number words, or None where they make no single number, such as `two three`."""
    total = part = 0
    before = ""
    for word in words.replace("-", " ").split():
        if word == "and":
            continue
        if word in LARGE_WORDS:
            size = LARGE_WORDS[word]
            part = max(part, 1) * size
            if size >= 1000:
                total, part = total + part, 0
        else:
            value = SMALL_WORDS[word]
            if before in SMALL_WORDS and not (SMALL_WORDS[before] >= 20 and 0 < value < 10):
                return None
            part += value
        before = word
    return total + part
