"""Bytes → text, and text → text that a page can show: no control characters, one kind of line break."""

import codecs
import re

from generator.errors import ContentError

# UTF-32 before UTF-16: the mark of the one begins with the mark of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY_SHARE = 0.05
# Without a mark any even number of bytes is UTF-16 of some kind, mostly Chinese.
_MARKED_ONLY = ("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7")
# A short Western text fits a dozen encodings alike; this one is what such files are in, most of the time.
_MOST_USED = "cp1252"

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

OTHER_KINDS = {
    b"{\\rtf": "a document in RTF",
    b"%PDF-": "a PDF",
    b"%!PS": "a PostScript file",
    b"PK\x03\x04": "an office document or archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "a packed file",
    b"SQLite format 3": "a database",
}
"""How files of other kinds begin, and what they are; some are text of a sort, which nobody would want to read."""
_BINARY = "binary, not text; save it as .txt, .md or .html in UTF-8"
_UNDECODABLE = "its characters can't be decoded; save it in UTF-8"


def decode(data: bytes) -> str:
    """Decode a file: by its byte order mark, else as UTF-8, else as charset-normalizer tells.

    Args:
        data: Bytes, the whole file.

    Returns:
        String, cleaned as `clean` says.

    Raises:
        ContentError: The file is empty, binary, or in no encoding that can be told.
    """
    if not data:
        raise ContentError("empty; write the article in it, or remove it")
    if kind := next((kind for start, kind in OTHER_KINDS.items() if data.startswith(start)), ""):
        raise ContentError(f"{kind}, whatever its name says; save its text as .txt, .md or .html")
    mark, encoding = marked_encoding(data)
    try:
        text = data[len(mark) :].decode(encoding) if encoding else _decode_unmarked(data)
    except UnicodeDecodeError as error:
        raise ContentError(_UNDECODABLE) from error
    if len(_NOT_TEXT.findall(text)) > _BINARY_SHARE * len(text):
        raise ContentError(_BINARY)
    return clean(text)


def marked_encoding(data: bytes) -> tuple[bytes, str]:
    """Tell an encoding by the byte order mark.

    Args:
        data: Bytes, at least the first four of a file.

    Returns:
        Bytes and string: the mark and Python's name of the encoding; both empty where there is no mark.
    """
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))


def guessed_encoding(data: bytes) -> str:
    """Tell the encoding of bytes that are not UTF-8 from the characters they would spell.

    Args:
        data: Bytes without a byte order mark.

    Returns:
        String, Python's name of the encoding.

    Raises:
        ContentError: The bytes are binary, or spell no text in any encoding.
    """
    if b"\0" in data:
        raise ContentError(_BINARY)
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_exclusion=list(_MARKED_ONLY))
    best = matches.best()
    if best is None:
        raise ContentError(_UNDECODABLE)
    as_good = (match for match in matches if match.chaos <= best.chaos and match.coherence >= best.coherence)
    return _MOST_USED if any(_MOST_USED in match.could_be_from_charset for match in as_good) else best.encoding


def clean(text: str) -> str:
    r"""Make text fit to be shown.

    Args:
        text: String.

    Returns:
        String: every kind of line break is `\n`; control characters other than tabs, the marks that override or isolate
        the direction of writing, and byte order marks are gone; lone surrogates are U+FFFD.
    """
    if not _UNWANTED.search(text):
        return text
    return _SURROGATES.sub("\ufffd", _DROPPED.sub("", _BREAKS.sub("\n", text)))


def _decode_unmarked(data: bytes) -> str:
    if b"\0" in data:
        raise ContentError(_BINARY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(guessed_encoding(data))
