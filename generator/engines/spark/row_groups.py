"""Parquet at an address: the bytes of each part of a table are brought to the worker that reads it, and no others."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.engines.spark.tasks import Done, ReadFile
from generator.errors import ContentError
from generator.frozen import dataclass
from generator.read.parts import split_groups
from generator.read.walk import Found, Part

RECORD = 2**20
"""Integer: bytes that Spark reads at once."""

LOST = "can't be read as a whole; where it was changed or removed meanwhile build again, otherwise look whether it is damaged"
"""String: what is wrong where Spark, which passes over what it can't read, brings less of a file than was listed."""

Bytes = tuple[int, bytes]
"""Bytes of a file, and where they begin in it."""

# How a file of Parquet ends: the length of what describes it, and four letters. What describes it can be so long.
_END, _LETTERS, _LONGEST = 8, b"PAR1", 2**26
# Some old programs count fewer bytes of a column than they write.
_UNCOUNTED = 100


@dataclass(frozen=True, slots=True)
class Groups:
    """A table of Parquet, cut into parts.

    Attributes:
        parts: Tuple of Part.
        rows: Integer, how many it has.
        spans: Tuple of pairs of integers: where the bytes of each part begin and end, but for those of `tail`.
        tail: Bytes: what describes the table, and perhaps some of its last rows.
    """

    parts: tuple[Part, ...]
    rows: int
    spans: tuple[tuple[int, int], ...]
    tail: Bytes


def cut_table(size: int, read: Callable[[int], bytes]) -> Groups | None:
    """Cut a table of Parquet into parts.

    Args:
        size: Integer, in bytes.
        read: Callable from an offset to all bytes from there on.

    Returns:
        Groups, or None where it does not end as Parquet does, or pyarrow is not there.
    """
    end = read(size - _END)
    start = size - _END - int.from_bytes(end[:4], "little")
    if end[4:] != _LETTERS or start < max(0, size - _LONGEST):
        return None
    # The last bytes of a file fill no record.
    start = min(start, size // RECORD * RECORD)
    tail = start, read(start)
    try:
        return _cut(size, tail)
    except Exception:
        # Whoever reads it says what is wrong with it.
        return None


def _cut(size: int, tail: Bytes) -> Groups:
    from pyarrow import parquet

    with _lay_out(size, [tail]) as file:
        parts, rows = split_groups(file)
        known = parquet.read_metadata(file)
    return Groups(tuple(parts), rows, tuple(_span(known, part, tail[0]) for part in parts), tail)


def _span(known: Any, part: Part, most: int) -> tuple[int, int]:  # noqa: ANN401 - pyarrow's own
    groups = map(known.row_group, range(part.start, part.stop))
    columns = [group.column(number) for group in groups for number in range(group.num_columns)]
    starts = [one.dictionary_page_offset if one.has_dictionary_page else one.data_page_offset for one in columns]
    ends = (start + one.total_compressed_size for start, one in zip(starts, columns, strict=True))
    return min(starts), min(most, max(ends) + _UNCOUNTED)


@contextmanager
def _lay_out(size: int, pieces: Iterable[Bytes]) -> Iterator[Path]:
    """A file that holds some bytes of another one where they stand there, and elsewhere nothing, which takes no room."""
    with tempfile.NamedTemporaryFile(prefix="twicetold-") as file:
        file.truncate(size)
        for start, some in pieces:
            file.seek(start)
            file.write(some)
        file.flush()
        yield Path(file.name)


@dataclass(frozen=True, slots=True)
class CutRecord:
    """Cuts a record, so that each part of a table gets its bytes.

    Attributes:
        spans: Tuple of pairs of integers, as in Groups.
    """

    spans: tuple[tuple[int, int], ...]

    def __call__(self, record: tuple[int, bytes]) -> Iterator[tuple[int, Bytes]]:
        """Cut a record.

        Args:
            record: Pair of its number, from 0, and its bytes.

        Yields:
            The number of a part, and bytes of it.
        """
        begin, held = record[0] * RECORD, record[1]
        for number, (start, stop) in enumerate(self.spans):
            first, last = max(start, begin), min(stop, begin + len(held))
            if first < last:
                yield number, (first, bytes(held[first - begin : last - begin]))


@dataclass(frozen=True, slots=True)
class ReadGroups:
    """Applies a function to parts of a table whose bytes Spark brings.

    Attributes:
        function: Callable from Found.
        found: Found, the table.
        groups: Groups.
    """

    function: Callable[[Found], Any]
    found: Found
    groups: Groups

    def __call__(self, number: int, rows: Iterable[tuple[int, Bytes]]) -> Iterator[Done]:
        """Read a part.

        Args:
            number: Integer, the number of the part.
            rows: Iterable of that number and bytes of the part, in any order.

        Yields:
            Done.
        """
        start, stop = self.groups.spans[number]
        pieces = [piece for _, piece in rows]
        if sum(len(some) for _, some in pieces) < stop - start:
            yield Done(b"", fault=ContentError(f"{self.found.address} {LOST}"))
            return
        with _lay_out(self.found.size, [*pieces, self.groups.tail]) as file:
            part = self.groups.parts[number]
            yield ReadFile(self.function, {}).run(replace(self.found, file=file, part=part))
