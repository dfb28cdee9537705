"""Plain text → a title, where one stands apart, and the text."""

import re

from generator.read.draft import Draft, one_line
from generator.read.newswire import byline, dateline

_LONGEST_TITLE = 300
_FIRST_LINE = re.compile(r"(?P<title>[^\n]+)\n[^\S\n]*\n\s*(?=\S)")
_GOES_ON = re.compile(r"[.。।:;,][\"'”’»)\]]*$")


def read_plain(text: str) -> Draft:
    """Read an article from plain text.

    A first line set apart by a blank line is the title where it is short, ends neither as a sentence does nor with a
    colon, semicolon or comma, and is no byline and no dateline.

    Args:
        text: String, decoded and cleaned.

    Returns:
        Draft; its text leaves the title out and is else unchanged.
    """
    text = text.strip()
    first = _FIRST_LINE.match(text)
    if first is None or not _is_title(first["title"].strip()):
        return Draft(text=text)
    return Draft(text=text[first.end() :], title=one_line(first["title"]))


def _is_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and any(map(str.isalnum, line))
        and not _GOES_ON.search(line)
        and byline(line) is None
        and dateline(line) is None
    )
