"""Paths and given ids → slugs that are safe in a URL and as a file name on any system."""

import hashlib
import re
import unicodedata

_LONGEST = 100
_DIGITS = 8
# Latin letters that Unicode doesn't take apart into a letter and an accent.
_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
)
_ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_UNSAFE = re.compile(r"[^a-z0-9._-]+")


def slug(text: str) -> str:
    """Make a slug.

    Latin letters lose their accents; a run of other scripts' letters becomes `u` and 8 digits of its hash, which keeps
    one from another; anything else but digits, `-`, `_` and `.` becomes `-`.

    Args:
        text: String, such as a path without its ending.

    Returns:
        String of 1 to 100 ASCII characters: lower-case letters, digits, `-`, `_` and `.`; never begins with `-` or `.`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        plain = folded
    else:
        apart = unicodedata.normalize("NFD", folded.translate(_LATIN))
        plain = _FOREIGN.sub(_hashed, unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", apart)))
    safe = _UNSAFE.sub("-", plain).lstrip(".-").rstrip("-")
    if not safe:
        return f"u{_digest(text)}"
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - _DIGITS - 1]}-{_digest(text)}"


def _hashed(run: re.Match[str]) -> str:
    return f"u{_digest(run[0])}" if any(map(str.isalnum, run[0])) else "-"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
