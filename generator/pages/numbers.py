"""How numbers, dates and letters are shown, rounded here and nowhere else on pages."""

from datetime import date

from generator.percent import SPACE, show_share

MINUS = "\u2212"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def show_cell(share: float) -> str:
    """Show a share as a percentage for a narrow cell, without its sign: `62`, `<1`, `>99`.

    Args:
        share: Float from 0 to 1.

    Returns:
        String.
    """
    return show_share(share).removesuffix(f"{SPACE}%").replace(f"under{SPACE}", "<").replace(f"over{SPACE}", ">")


def show_words_of(part: int, whole: int) -> str:
    """Show a part of an article's words as share and counts: `62 % (310 of 500 words)`.

    Args:
        part: Integer from 0 to whole.
        whole: Integer from 0 up; an article without words gives 0 %.

    Returns:
        String.
    """
    share = part / whole if whole else 0.0
    return f"{show_share(share)} ({part:,} of {count(whole, 'word')})"


def count(number: int, one: str, many: str = "") -> str:
    """Name a number of things: `1 word`, `1,200 words`.

    Args:
        number: Integer from 0 up.
        one: String, the name of one.
        many: String, the name of several; empty adds an s.

    Returns:
        String.
    """
    return f"{number:,}{SPACE}{one if number == 1 else many or one + 's'}"


def show_measure(value: float | int | str | None) -> str:
    """Show a readability measure: floats with two decimals, `–` where there is none.

    Args:
        value: Float, integer, string, or None.

    Returns:
        String.
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else _signed(f"{value:.2f}")


def show_score(value: float | int | str | None) -> str:
    """Show a reading ease or a grade with one decimal, `–` where there is none.

    Args:
        value: Float, integer, string, or None.

    Returns:
        String.
    """
    return _signed(f"{value:.1f}") if isinstance(value, int | float) else "–"


def show_difference(value: float | int | str | None, anchor: float | int | str | None) -> str:
    """Show how far a measure lies from the anchor's, between the two as they are shown: `+1.3`.

    Args:
        value: Float, integer, string, or None.
        anchor: The same.

    Returns:
        String, empty where either has no number.
    """
    if not isinstance(value, int | float) or not isinstance(anchor, int | float):
        return ""
    difference = round(round(value, 1) - round(anchor, 1), 1)
    return "±0" if difference == 0 else f"{difference:+.1f}".replace("-", MINUS)


def show_change(value: float | int | None) -> str:
    """Show a difference with its sign: counts whole, other measures with two decimals at most: `+1.3`, `−12`, `±0`.

    Args:
        value: Float, integer, or None.

    Returns:
        String, empty where there is none.
    """
    if value is None:
        return ""
    shown = f"{value:+,}" if isinstance(value, int) else f"{value:+.2f}".rstrip("0").rstrip(".")
    return shown.replace("-", MINUS) if shown.strip("+-0.") else "±0"


def show_date(text: str) -> str:
    """Show an ISO 8601 date as people write it: `2 Dec 2024`.

    Args:
        text: String, an ISO 8601 date with or without a time, or anything else.

    Returns:
        String; the text itself where it is no full date.
    """
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.day}{SPACE}{MONTHS[day.month - 1]}{SPACE}{day.year}"


def letter(index: int) -> str:
    """Give an article of a cluster its letter: A to Z, then AA, AB and so on.

    Args:
        index: Integer from 0 up.

    Returns:
        String of capital letters.
    """
    name = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def listing(names: list[str]) -> str:
    """Join names as a sentence does: `A, B and C`.

    Args:
        names: List of strings.

    Returns:
        String.
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _signed(text: str) -> str:
    """Write a minus as a minus, and no zero as negative."""
    return text.replace("-", MINUS) if text.strip("-0.") else text.removeprefix("-")
