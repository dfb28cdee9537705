"""Files, the large tables among them in parts → what was read there by an engine's workers: what one process would read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import BinaryIO

from generator.errors import ContentError
from generator.read.files import NO_ROWS, Opener, Reading, most_unpacked, read_found
from generator.read.rows import MOST_LINES
from generator.read.walk import Found, Part
from generator.rules import ReadRules

PART = 4 * 2**20
"""Bytes of a part, about. A table of less than two parts stays whole."""

_CHUNK = 2**20
_LINES, _GROUPS = ".jsonl", ".parquet"

Read = tuple[list[Reading], int]
"""What `read_found` gives."""


def read_spread(files: Sequence[Found], rules: ReadRules, opener: Opener) -> Iterator[Reading]:
    """Read files where an engine's workers are; a large table of JSON Lines or Parquet is read by several of them.

    Args:
        files: Sequence of Found.
        rules: ReadRules.
        opener: Opener.

    Yields:
        Reading, in the order of the files and of their rows.

    Raises:
        ContentError: A worker doesn't see a file.
    """
    large = [found for found in files if _is_large(found, rules)]
    far = {found: _name_parts(found, rules, *opener.split_table(found)) for found in large if found.address}
    near = [found for found in large if not found.address]
    parts = far | dict(zip(near, opener.map_files(partial(split_table, rules=rules), near), strict=True))
    pieces = list(chain.from_iterable(parts.get(found, [found]) for found in files))
    read = zip(pieces, opener.map_files(partial(read_found, rules=rules), pieces), strict=True)
    for _, of_one in groupby(read, key=lambda one: (one[0].path, one[0].file, one[0].address)):
        yield from _put_together(of_one, rules, opener)


def _put_together(of_one: Iterable[tuple[Found, Read]], rules: ReadRules, opener: Opener) -> Iterator[Reading]:
    """What was read of a file, or of the parts of a table: as far as whoever reads it alone would come."""
    count = total = 0
    over = False
    for piece, (readings, taken) in of_one:
        if over:
            continue
        if taken and total and total + taken > most_unpacked(piece, rules):
            again = partial(read_found, rules=rules, taken=total)
            readings, taken = next(iter(opener.map_files(again, [piece])))
        count, total = count + len(readings), total + taken
        # What is wrong with a file is the last that is said of it.
        over = any(path == piece.path for path, _ in readings[-1:])
        yield from readings
    if not count:
        yield piece.path, ContentError(NO_ROWS)


def _is_large(found: Found, rules: ReadRules) -> bool:
    try:
        if found.reason or not found.path.lower().endswith((_LINES, _GROUPS)):
            return False
        size = found.size if found.address else found.file.stat().st_size
        return 2 * PART <= size <= rules.max_table_bytes
    except OSError:
        return False


def split_table(found: Found, rules: ReadRules) -> list[Found]:
    """Split a table into parts.

    Args:
        found: Found, a file of JSON Lines or Parquet.
        rules: ReadRules.

    Returns:
        List of Found, a part each; the whole where it has more rows than are read, or something is wrong with it.
    """
    split = _split_lines if found.path.lower().endswith(_LINES) else split_groups
    try:
        parts, rows = split(found.file)
    except Exception:
        # Whoever reads it says what is wrong with it.
        return [found]
    return _name_parts(found, rules, parts, rows)


def _name_parts(found: Found, rules: ReadRules, parts: Sequence[Part], rows: int) -> list[Found]:
    if len(parts) < 2 or rows > min(rules.max_rows, MOST_LINES):
        return [found]
    return [replace(found, part=part) for part in parts]


def _split_lines(file: Path) -> tuple[list[Part], int]:
    """Parts of like length, and the number of lines."""
    size = file.stat().st_size
    count = size // PART
    bounds = [size * number // count for number in range(count + 1)]
    parts, first = [], 1
    with file.open("rb") as stream:
        for start, stop in pairwise(bounds):
            parts.append(Part(start, stop, first))
            # A line begins where the byte before it ends one, and the first where nothing is before it.
            first += (start == 0) + _count_ends(stream, stop - 1 - stream.tell())
    return parts, first - 1


def _count_ends(stream: BinaryIO, left: int) -> int:
    """How many of the next bytes end lines."""
    ends = 0
    while left > 0 and (chunk := stream.read(min(left, _CHUNK))):
        ends += chunk.count(b"\n")
        left -= len(chunk)
    return ends


def split_groups(file: Path) -> tuple[list[Part], int]:
    """Split a table of Parquet.

    Args:
        file: Path; of its bytes the last are looked at, which describe the others.

    Returns:
        List of Part, of one row group or several small ones each, and the number of rows.
    """
    from pyarrow import parquet

    parts, start, first, rows, held = list[Part](), 0, 1, 0, 0
    with file.open("rb") as stream:
        known = parquet.ParquetFile(stream).metadata
        for number in range(known.num_row_groups):
            group = known.row_group(number)
            rows, held = rows + group.num_rows, held + group.total_byte_size
            if held >= PART or number == known.num_row_groups - 1:
                parts.append(Part(start, number + 1, first))
                start, first, rows, held = number + 1, first + rows, 0, 0
    return parts, first - 1
