"""Values ↔ cells of a CSV that no spreadsheet takes for a formula."""

import re

# What opens a formula, in the wide forms of East Asian keyboards too. A spreadsheet of a country that parts lists by
# semicolons opens a cell after each of them, quotation marks or not.
_FORMULA = re.compile(r"(?:^|(?<=[;\t]))(?=[=+@＝＋－＠\t\r-])")
_OPENERS = frozenset("=+@＝＋－＠\t\r-")
_KEPT_FROM = re.compile(r"(?:^|(?<=[;\t]))'(?=[=+@＝＋－＠\t\r-])")


def safe_cell(value: object) -> str:
    """A value as a cell.

    Args:
        value: Any value; None becomes an empty cell.

    Returns:
        String; text that begins like a formula, or goes on like one after a semicolon or a tab, gets an apostrophe there.
    """
    if isinstance(value, str):
        # Most cells hold nothing that could be taken so, and a table may have millions.
        plain = value[:1] not in _OPENERS and ";" not in value and "\t" not in value
        return value if plain else _FORMULA.sub("'", value)
    return "" if value is None else str(value)


def plain_cell(cell: str) -> str:
    """Take away the apostrophes that keep spreadsheets from running a cell.

    Args:
        cell: String, as `safe_cell` wrote it.

    Returns:
        String.
    """
    return _KEPT_FROM.sub("", cell)
