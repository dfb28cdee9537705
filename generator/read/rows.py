"""Tables, one article a row: JSON Lines, CSV and Parquet, read as a stream."""

import codecs
import csv
import importlib
import io
import json
import math
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, BinaryIO

from generator.errors import ContentError
from generator.read.decode import guessed_encoding, marked_encoding
from generator.read.draft import KEYS, TEXT_KEYS, Draft, byte_size, draft_of_row, too_large
from generator.read.walk import Part

Row = tuple[int, Draft | ContentError]
"""An integer, the row's number from 1, and what it says, or the error that says why it can't be used."""

_CHUNK = 2**20
_SAMPLE = 2**18
_BATCH = 256
_BATCH_BYTES = 2**25
# The types of Parquet's columns, as pyarrow writes them, that are packed by naming each text once.
_PACKED = ("string", "large_string", "binary", "large_binary")
_TOO_LONG = "larger than field limit"
_DELIMITERS = (",", ";", "\t", "|")
_KEYS = frozenset(KEYS)
_SEPARATOR = re.compile(r"\ufeff?sep=.\s*", re.IGNORECASE)
MOST_LINES = 10_000_000


class Budget:
    """How much the texts of a table may hold together, unpacked: a few bytes can hold terabytes.

    Attributes:
        most: Integer, in bytes.
        taken: Integer, in bytes, how much they hold so far.
    """

    def __init__(self, most: int, taken: int = 0) -> None:
        self.most, self.taken = most, taken

    def take(self, count: int) -> None:
        """Count further bytes.

        Args:
            count: Integer.

        Raises:
            ContentError: These are too many.
        """
        self.taken += count
        if self.taken > self.most:
            raise ContentError(too_large(self.most))


def read_jsonl(stream: BinaryIO, max_bytes: int, part: Part | None = None) -> Iterator[Row]:
    """Read JSON Lines: one object a line, in UTF-8; empty lines are passed over but counted.

    Args:
        stream: Binary stream, at its start, already unpacked.
        max_bytes: Integer, the most that one line may hold.
        part: Part that is to be read, of a stream that can be read in any order; or None.

    Yields:
        Row.

    Raises:
        ContentError: The stream breaks off; the rows before have been given.
    """
    for number, line in enumerate(_lines(stream, max_bytes, part), part.first if part else 1):
        if line is None:
            yield number, ContentError(too_large(max_bytes))
        elif stripped := line.removeprefix(codecs.BOM_UTF8).strip():
            yield number, _row_of_json(stripped, max_bytes)
        elif number > MOST_LINES:
            raise ContentError(f"more than {MOST_LINES:,} lines, and empty ones among them; take those out")


def read_csv(stream: BinaryIO, max_bytes: int) -> Iterator[Row]:
    """Read CSV whose first row names the columns, split by commas, semicolons, tabs or bars.

    Args:
        stream: Binary stream that can be read twice, at its start.
        max_bytes: Integer, the most that one row may hold.

    Yields:
        Row; the row that names the columns isn't counted.

    Raises:
        ContentError: The encoding can't be told, or no column is named text, body or content.
    """
    with _as_text(stream, _encoding(stream)) as lines, _field_limit(max_bytes):
        first = lines.readline(_SAMPLE)
        # Excel writes such a line, and takes it for no row itself.
        header, delimiter = _header(lines.readline(_SAMPLE) if _SEPARATOR.fullmatch(first) else first)
        table = csv.reader(_Lines(lines, max_bytes), delimiter=delimiter, strict=True)
        number = 0
        while True:
            try:
                cells = next(table)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                yield number, ContentError(_csv_fault(str(error), max_bytes))
                continue
            if any(cells):
                number += 1
                yield number, _row_of_cells(header, cells, max_bytes)


def read_parquet(
    stream: BinaryIO, max_bytes: int, budget: Budget | None = None, part: Part | None = None
) -> Iterator[Row]:
    """Read Parquet, a few hundred rows at a time and no more than some megabytes of them.

    Args:
        stream: Binary stream that can be read in any order.
        max_bytes: Integer, the most that one row's text may hold.
        budget: Budget of all rows together, or None.
        part: Part that is to be read, or None.

    Yields:
        Row.

    Raises:
        ContentError: pyarrow isn't installed, the file is damaged, or no column is named text, body or content; or there is too
            much in it, and the rows before have been given.
    """
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise ContentError("reading Parquet needs pyarrow; pip install 'twicetold[parquet]'") from error
    try:
        file = parquet.ParquetFile(stream)
        wanted = [name for name in file.schema_arrow.names if _key(name) in _KEYS]
        _require_text(map(_key, wanted))
        for number, row in enumerate(_rows_of(file, parquet, stream, wanted, part), part.first if part else 1):
            if budget:
                budget.take(sum(byte_size(value) for value in row.values() if isinstance(value, str)))
            yield number, _draft({_key(name): value for name, value in row.items()}, max_bytes)
    except (arrow.ArrowException, OSError, ValueError, TypeError, OverflowError) as error:
        raise ContentError("damaged, not readable as Parquet; write it again") from error


def _rows_of(
    file: Any,  # noqa: ANN401 - pyarrow's own
    parquet: Any,  # noqa: ANN401
    stream: BinaryIO,
    wanted: list[str],
    part: Part | None,
) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file one by one: what is packed as `the same text a million times` is never laid out as a whole."""
    texts = [name for name in wanted if str(file.schema_arrow.field(name).type) in _PACKED]
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    largest = max((group.total_byte_size // max(1, group.num_rows) for group in groups), default=0)
    batch_size = max(1, min(_BATCH, _BATCH_BYTES // max(1, largest)))
    packed = parquet.ParquetFile(stream, read_dictionary=texts)
    chosen = list(range(part.start, part.stop)) if part else None
    for batch in packed.iter_batches(batch_size=batch_size, columns=wanted, row_groups=chosen):
        columns = [(name, batch.column(place)) for place, name in enumerate(batch.schema.names)]
        for place in range(batch.num_rows):
            yield {name: _value(column[place]) for name, column in columns}


def _value(cell: Any) -> Any:  # noqa: ANN401 - pyarrow's own, and what it holds
    """What a cell holds; nothing where Python can't hold it, such as a day in the year 12000."""
    try:
        value = cell.as_py()
        # Some programs write texts as bytes.
        return value.decode("utf-8") if isinstance(value, bytes) else value
    except (ValueError, OverflowError, TypeError):
        return None


def _lines(stream: BinaryIO, max_bytes: int, part: Part | None = None) -> Iterator[bytes | None]:
    at, stop = (part.start, part.stop) if part else (0, math.inf)
    try:
        if at:
            # Up to the end of the line that begins before.
            stream.seek(at - 1)
            at += _skip_line(stream) - 1
        while at < stop and (line := stream.readline(max_bytes + 1)):
            at += len(line)
            if len(line) <= max_bytes or line.endswith(b"\n"):
                yield line
                continue
            at += _skip_line(stream)
            yield None
    except (EOFError, OSError, zlib.error) as error:
        raise ContentError("damaged, it breaks off before its end; write it again") from error


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line, and tell how many bytes that took."""
    skipped = 0
    while rest := stream.readline(_CHUNK):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _row_of_json(line: bytes, max_bytes: int) -> Draft | ContentError:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return ContentError("not in UTF-8; save the file in UTF-8")
    except json.JSONDecodeError as error:
        return ContentError(f"no JSON ({error.msg} at character {error.pos + 1}); write one object a line")
    except (RecursionError, ValueError):
        return ContentError("no usable JSON (nested too deeply, or a number too long); write one flat object a line")
    if not isinstance(fields, dict):
        return ContentError('no JSON object; write one a line, such as {"title": "…", "text": "…"}')
    return _draft({_key(key): value for key, value in fields.items()}, max_bytes)


def _row_of_cells(header: tuple[str, ...], cells: list[str], max_bytes: int) -> Draft | ContentError:
    if any(cells[len(header) :]):
        return ContentError(
            f"a row of {len(cells)} cells, but {len(header)} columns; put a text with separators in quotation marks"
        )
    if sum(map(byte_size, cells)) > max_bytes:
        return ContentError(too_large(max_bytes))
    return _draft(dict(zip(header, cells, strict=False)), max_bytes)


def _draft(fields: Mapping[str, Any], max_bytes: int) -> Draft | ContentError:
    try:
        return draft_of_row(fields, max_bytes)
    except ContentError as error:
        return error


@lru_cache(256)
def _key(name: str) -> str:
    return name.strip().lower()


def _require_text(keys: Iterable[str]) -> None:
    if not set(keys).intersection(TEXT_KEYS):
        raise ContentError("no column is named text, body or content; name the one that holds the articles so")


def _header(line: str) -> tuple[tuple[str, ...], str]:
    for delimiter in _DELIMITERS:
        try:
            names = tuple(map(_key, next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter), [])))
        except csv.Error as error:
            raise ContentError("the row that names the columns can't be read; write one short name a column") from error
        if set(names).intersection(TEXT_KEYS):
            return names, delimiter
    _require_text(())
    raise AssertionError


def _encoding(stream: BinaryIO) -> str:
    head = stream.read(_SAMPLE)
    _, name = marked_encoding(head)
    if not name:
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            chunk = head
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
            name = "utf-8"
        except UnicodeDecodeError:
            name = guessed_encoding(head)
    stream.seek(0)
    return name


class _Lines:
    """Lines of text for the csv module; one that is too long is its error, and the next is given after it."""

    def __init__(self, stream: io.TextIOWrapper, longest: int) -> None:
        self._stream = stream
        self._longest = longest

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._longest + 1)
        if not line:
            raise StopIteration
        if len(line) <= self._longest or line.endswith("\n"):
            return line
        while (rest := self._stream.readline(_CHUNK)) and not rest.endswith("\n"):
            pass
        raise csv.Error(_TOO_LONG)


def _csv_fault(problem: str, max_bytes: int) -> str:
    if _TOO_LONG in problem:
        return too_large(max_bytes)
    if "unexpected end" in problem:
        return "a quotation mark is never closed, so this and all that follows can't be read; close it"
    return f"not readable as CSV ({problem}); put the cell in quotation marks and double those inside it"


@contextmanager
def _as_text(stream: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        # The stream is the caller's to close; a wrapper that is let go would close it.
        text.detach()


@contextmanager
def _field_limit(max_bytes: int) -> Iterator[None]:
    before = csv.field_size_limit(max_bytes)
    try:
        yield
    finally:
        csv.field_size_limit(before)
