"""What one file or row says about an article, before datelines, language and id are settled."""

import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from generator.errors import ContentError
from generator.frozen import dataclass
from generator.read.dates import iso_date
from generator.read.decode import clean

_LONGEST = 500
TEXT_KEYS = ("text", "body", "content")
KEYS = (
    "id",
    "title",
    *TEXT_KEYS,
    "date",
    "published",
    "source",
    "author",
    "language",
    "lang",
    "url",
    "place",
    "dateline",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What one file or row says about an article.

    Attributes:
        text: String, as it was read; white space may stand at its ends.
        title: String of one line, or empty.
        id: String of one line, the id that the article asks for, or empty.
        date: String, ISO 8601, or empty.
        source: String of one line, or empty.
        author: String of one line, or empty.
        language: String of one line as it was given, such as `en-US`, or empty.
        url: String, an http or https address, or empty.
        place: String of one line, or empty.
        dateline: String of one line, a dateline kept apart from the text, or empty.
    """

    text: str
    title: str = ""
    id: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    language: str = ""
    url: str = ""
    place: str = ""
    dateline: str = ""


def draft_of(text: str, fields: Mapping[str, object]) -> Draft:
    """Build a draft from metadata of any shape; what can't be used is left empty.

    Args:
        text: String.
        fields: Mapping of lower-case keys to values, as front matter or a row of a table gives them.

    Returns:
        Draft.
    """

    def line(*keys: str) -> str:
        for key in keys:
            if (value := fields.get(key)) is not None and (found := one_line(value)):
                return found
        return ""

    return Draft(
        text=text,
        title=line("title"),
        id=line("id"),
        date=iso_date(line("date")) or iso_date(line("published")),
        source=line("source"),
        author=line("author"),
        language=line("language", "lang"),
        url=web_address(fields.get("url")),
        place=line("place"),
        dateline=line("dateline"),
    )


def draft_of_row(fields: Mapping[str, object], max_bytes: int) -> Draft:
    """Build a draft from a row of a table.

    Args:
        fields: Mapping of lower-case keys to values.
        max_bytes: Integer, the most that the text may hold in UTF-8.

    Returns:
        Draft.

    Raises:
        ContentError: The row has no text, or too much of it.
    """
    text = next((value for key in TEXT_KEYS if isinstance(value := fields.get(key), str) and value.strip()), None)
    if text is None:
        raise ContentError("no text; give it a text, body or content of at least one word")
    if byte_size(text) > max_bytes:
        raise ContentError(too_large(max_bytes))
    return draft_of(text, fields)


def byte_size(text: str) -> int:
    """Count the bytes of a text in UTF-8.

    Args:
        text: String, which may hold lone surrogates.

    Returns:
        Integer.
    """
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def one_line(value: object) -> str:
    """Turn a value of metadata into one line.

    Args:
        value: String, number, date, or list of strings; anything else counts as nothing.

    Returns:
        String without control characters, white space collapsed, at most 500 characters.
    """
    if isinstance(value, str):
        if len(value) <= _LONGEST and value.isprintable() and "  " not in value:
            # Its only white space are single spaces.
            return value.strip()
        return " ".join(clean(value[: 4 * _LONGEST]).split())[:_LONGEST].rstrip()
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return one_line(", ".join(filter(None, map(one_line, value[:_LONGEST]))))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value}" if value.bit_length() <= _LONGEST else ""
    if isinstance(value, Decimal):
        return f"{value}"[:_LONGEST] if value.is_finite() else ""
    if isinstance(value, float) and math.isfinite(value):
        return f"{value}"
    return ""


def web_address(value: object) -> str:
    """Keep an address that a page may link to.

    Args:
        value: Anything; only a string can be an address.

    Returns:
        String, an http or https address of at most 500 characters without a user name in it, or empty.
    """
    if not isinstance(value, str):
        return ""
    address = value.strip()
    if (
        len(address) > _LONGEST
        or not address.isprintable()
        or any(map(str.isspace, address))
        or clean(address) != address
    ):
        return ""
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return address if fine else ""


def too_large(max_bytes: int) -> str:
    """Say that an input is over the limit.

    Args:
        max_bytes: Integer, the limit in bytes.

    Returns:
        String of one line.
    """
    return f"larger than {max_bytes:,} bytes, the limit; split it into articles"
