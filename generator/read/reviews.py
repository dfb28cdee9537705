"""A folder of reviews → marks, and the files that could not be used, with their reasons."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.errors import ContentError
from generator.read.walk import Place, unreadable
from generator.reviews import DIGITS, MARKS, WITHDRAWN, Mark, Reviews
from generator.rules import SiteRules
from generator.values import LeftOut

BESIDE = "reviews"
"""The name of the folder that is taken by itself, beside that of the articles."""
NONE = "none"
"""The value of `site.reviews` by which no reviews are read."""
FORMAT, VERSION = "twicetold-reviews", 1

MOST_BYTES = 4 * 2**20
"""Bytes of one file."""
MOST_MARKS = 10_000
"""Marks of one file."""
LONGEST_NAME = 80
"""Characters of a reviewer's name."""
LONGEST_NOTE = 2000
"""Characters of a note."""
_LONGEST_ID = 1000
_MOST_FAULTS = 3

_WHEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DIGEST = re.compile(f"[0-9a-f]{{{DIGITS}}}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HEAD = {"format", "version", "reviewer", "site", "exported", "marks"}
_FIELDS = {"a", "b", "a_text", "b_text", "mark", "note", "when"}


def find_reviews(content: Place, named: str) -> Path | None:
    """Find the folder of reviews.

    Args:
        content: Place of the folder of articles; beside an address no reviews are looked for.
        named: String, the value of `site.reviews`.

    Returns:
        Path, or None where there is none to be read.

    Raises:
        ContentError: There is no folder of that name.
    """
    if named == NONE:
        return None
    if named == SiteRules().reviews:
        folder = content.resolve().parent / BESIDE if isinstance(content, Path) else None
        return folder if folder and folder.is_dir() else None
    if not Path(named).is_dir():
        raise ContentError(
            f"there is no folder {named} for site.reviews; make it, or take the line out of the settings"
        )
    return Path(named)


def read_reviews(folder: Path | None) -> Reviews:
    """Read all reviews of a folder.

    Args:
        folder: Path, or None for no reviews.

    Returns:
        Reviews.

    Raises:
        ContentError: The folder can't be listed.
    """
    if folder is None:
        return Reviews()
    try:
        files = sorted(path for path in folder.iterdir() if _is_review(path))
    except OSError as error:
        raise ContentError(f"the folder {folder} {unreadable(error)}") from error
    marks: list[Mark] = []
    left_out = []
    whole = hashlib.sha256()
    for file in files:
        try:
            data = _bytes(file)
            whole.update(f"{file.name}\0{hashlib.sha256(data).hexdigest()}\n".encode("utf-8", "surrogateescape"))
            marks += parse_review(data, _named(file))
        except ContentError as error:
            whole.update(f"{file.name}\0{error}\n".encode("utf-8", "surrogateescape"))
            left_out.append(LeftOut(f"{BESIDE}/{_named(file)}", str(error)))
    return Reviews(tuple(marks), tuple(left_out), whole.hexdigest() if files else "")


def parse_review(data: bytes, name: str) -> tuple[Mark, ...]:
    """Read one file of reviews, as a page exports it.

    Args:
        data: Bytes, JSON in UTF-8.
        name: String, the file's name.

    Returns:
        Tuple of Mark.

    Raises:
        ContentError: Anything in it is not as it should be; the message says what, and a file is used whole or not at all.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ContentError("it is not UTF-8; export it again, or save it so") from error
    except (ValueError, RecursionError) as error:
        raise ContentError(f"it is not JSON: {error}; export it again") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ContentError(f'it is no review: "format" must be "{FORMAT}"; export it again from a cluster page')
    if found.get("version") != VERSION:
        raise ContentError(f'its "version" is not {VERSION}; export it again with the pages of this version')
    faults = list(_faults_of(found))
    if faults:
        more = f"; and {len(faults) - _MOST_FAULTS} more faults" if len(faults) > _MOST_FAULTS else ""
        raise ContentError("; ".join(faults[:_MOST_FAULTS]) + more)
    reviewer = " ".join(_clean(found["reviewer"]).split())
    return tuple(_mark(mark, reviewer, name) for mark in found["marks"])


def _faults_of(found: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a review, but its format and version."""
    yield from (f"{_show(key)} is unknown" for key in sorted(found.keys() - _HEAD))
    yield from (f'"{key}" must be text' for key in ("site", "exported") if not isinstance(found.get(key, ""), str))
    reviewer = found.get("reviewer")
    if not isinstance(reviewer, str) or not _clean(reviewer).strip() or len(reviewer) > LONGEST_NAME:
        yield f'"reviewer" must be a name of 1 to {LONGEST_NAME} characters'
    marks = found.get("marks")
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        yield f'"marks" must be a list of at most {MOST_MARKS:,}'
        return
    for number, mark in enumerate(marks, 1):
        if isinstance(mark, dict):
            yield from (f"mark {number}: {fault}" for fault in _faults_of_mark(mark))
        else:
            yield f"mark {number} must be an object"


def _faults_of_mark(mark: dict[str, Any]) -> Iterator[str]:
    yield from (f"{_show(key)} is unknown" for key in sorted(mark.keys() - _FIELDS))
    for key in ("a", "b"):
        if not isinstance(mark.get(key), str) or not 1 <= len(mark[key]) <= _LONGEST_ID:
            yield f'"{key}" must be the id of an article'
    if "a" in mark and mark["a"] == mark.get("b"):
        yield '"a" and "b" must be two articles'
    for key in ("a_text", "b_text"):
        if not isinstance(mark.get(key), str) or not _DIGEST.fullmatch(mark[key]):
            yield f'"{key}" must be {DIGITS} hexadecimal digits'
    if mark.get("mark") not in (*MARKS, WITHDRAWN):
        yield f'"mark" is {_show(mark.get("mark"))}; it must be one of {", ".join((*MARKS, WITHDRAWN))}'
    if not isinstance(mark.get("note", ""), str) or len(mark.get("note", "")) > LONGEST_NOTE:
        yield f'"note" must be text of at most {LONGEST_NOTE:,} characters'
    if not isinstance(mark.get("when"), str) or not _is_time(mark["when"]):
        yield f'"when" is {_show(mark.get("when"))}; it must be a time such as 2024-12-02T09:30:00Z'


def _mark(mark: dict[str, Any], reviewer: str, file: str) -> Mark:
    (a, a_text), (b, b_text) = sorted(((_clean(mark["a"]), mark["a_text"]), (_clean(mark["b"]), mark["b_text"])))
    return Mark(a, b, a_text, b_text, reviewer, mark["mark"], _clean(mark.get("note", "")).strip(), mark["when"], file)


def _is_time(text: str) -> bool:
    try:
        return bool(_WHEN.fullmatch(text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _clean(text: str) -> str:
    """A text without what can't be shown or written: control characters, and halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSEEN.sub(" ", whole.replace("\r\n", "\n"))


def _show(value: object) -> str:
    """A value in a message, short and on one line."""
    shown = json.dumps(value)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _is_review(path: Path) -> bool:
    return path.suffix.lower() == ".json" and not path.name.startswith(".") and path.is_file()


def _named(file: Path) -> str:
    """A file's name as it can be shown and written."""
    return file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ContentError(unreadable(error)) from error
    if len(data) > MOST_BYTES:
        raise ContentError(f"it is larger than {MOST_BYTES:,} bytes; export it again, or split it")
    return data
