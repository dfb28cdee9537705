"""A file, or a part of a table → what was read there. The one place where articles are opened."""

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from generator.errors import ContentError
from generator.read.bounds import failed, read_within
from generator.read.decode import decode
from generator.read.draft import Draft, too_large
from generator.read.plain import read_plain
from generator.read.recall import Recall
from generator.read.walk import Found, Part, unreadable
from generator.rules import ReadRules
from generator.values import Article

if TYPE_CHECKING:
    from generator.read.rows import Budget, Row

Entry = tuple[str, str, Draft | ContentError]
"""Two strings and a draft or an error: the path, what the id is made of where none is given, and what was read."""

Reading = tuple[str, Article | ContentError]
"""A path, and the article that was read there, or why there is none."""


class Opener(Protocol):
    """An engine, as far as it opens files in the place of this process."""

    def list_files(self, address: str, max_depth: int) -> tuple[Found, ...]:
        """List all files below an address.

        Args:
            address: String.
            max_depth: Integer, how many folders inside one another are looked into.

        Returns:
            Tuple of Found, sorted by path.

        Raises:
            ContentError: There is nothing.
            EngineError: The engine does not reach it.
        """
        ...

    def split_table(self, found: Found) -> tuple[list[Part], int]:
        """Split a table of JSON Lines or Parquet that has an address.

        Args:
            found: Found.

        Returns:
            List of Part, whose `start` is what `map_files` knows it by, and the number of lines or rows; none where something is
            wrong with it.
        """
        ...

    def map_files(self, function: Callable[[Found], Any], items: Sequence[Found]) -> Iterator[Any]:
        """function(item) for each item, in the items' order, run where `file` opens it.

        Args:
            function: Callable that can be pickled.
            items: Sequence of Found; all have an address, or none has.

        Returns:
            Iterator of the results.
        """
        ...


NO_ROWS = "no rows; write one article a row, or remove it"

_TABLES = (".jsonl.gz", ".jsonl", ".csv", ".parquet")
_PAGES = (".txt", ".markdown", ".md", ".html", ".htm")
_BUFFER = 2**20
# What a packed table may hold, unpacked: so many times its size, or this many bytes where that is more. Texts shrink to a fifth.
_MOST_TIMES = 200
_LEAST_UNPACKED = 2**26


def is_table(found: Found) -> bool:
    """Whether a file holds an article a row.

    Args:
        found: Found.

    Returns:
        Boolean.
    """
    return found.path.lower().endswith(_TABLES)


def read_found(found: Found, rules: ReadRules, taken: int = 0) -> tuple[list[Reading], int]:
    """Read one file, or a part of a table, for engines that open files elsewhere.

    Args:
        found: Found.
        rules: ReadRules.
        taken: Integer, bytes that the texts of the table's parts before this one hold, unpacked.

    Returns:
        List of Reading, of the file or of its rows; and the bytes that the texts up to here hold, of Parquet alone.

    Raises:
        ContentError: The file is not there.
    """
    if not found.reason and not found.file.exists():
        raise ContentError(
            f"{found.file} can't be seen by a worker; put the articles where all workers see them by that name"
        )
    from generator.read.rows import Budget

    budget = Budget(most_unpacked(found, rules), taken) if found.part else None
    readings = list(make_readings(found, rules, Recall(None, ""), budget))
    return readings, budget.taken if budget else 0


def make_readings(found: Found, rules: ReadRules, recall: Recall, budget: "Budget | None" = None) -> Iterator[Reading]:
    """Read one file, or a part of a table.

    Args:
        found: Found.
        rules: ReadRules.
        recall: Recall, which makes the articles.
        budget: Budget, or None.

    Yields:
        Reading, of the file or of its rows.
    """
    for path, stem, draft in _entries(found, rules, budget):
        try:
            yield path, recall.article(draft, path, stem)
        except ContentError as error:
            yield path, error


def _entries(found: Found, rules: ReadRules, budget: "Budget | None") -> Iterator[Entry]:
    name = found.path.lower()
    ending = next((known for known in (*_TABLES, *_PAGES) if name.endswith(known)), "")
    stem = found.path[: len(found.path) - len(ending)]
    try:
        if found.reason:
            raise ContentError(found.reason)
        if ending in _TABLES:
            yield from _rows(found, stem, ending, rules, budget)
        else:
            reader = _reader(ending, found.path)
            data = _bytes(found.file, rules.max_bytes)
            yield found.path, stem, read_within(rules.max_seconds, reader, decode(data), reader is not read_plain)
    except ContentError as error:
        yield found.path, stem, error
    except OSError as error:
        yield found.path, stem, ContentError(unreadable(error))
    except Exception as error:
        # The libraries that read are many and strangers choose what they are given: one file must not stop the others.
        yield found.path, stem, ContentError(failed(type(error).__name__))


def _reader(ending: str, path: str) -> Callable[[str], Draft]:
    """Choose what reads a file; readers that are slow to load are loaded when the first file asks for them."""
    if ending == ".txt":
        return read_plain
    if ending in (".md", ".markdown"):
        from generator.read.markdown import read_markdown

        return read_markdown
    if ending in (".html", ".htm"):
        from generator.read.html import read_html

        return read_html
    suffix = Path(path).suffix
    kind = f"unknown kind {suffix}" if suffix else "no ending"
    raise ContentError(f"{kind}; save it as .txt, .md or .html, or a table of articles as .jsonl, .csv or .parquet")


def _bytes(file: Path, max_bytes: int) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ContentError(too_large(max_bytes))
    return data


def _rows(found: Found, stem: str, ending: str, rules: ReadRules, budget: "Budget | None") -> Iterator[Entry]:
    # A folder without tables needs nothing that reads them.
    from generator.read.rows import Budget, read_csv, read_jsonl, read_parquet

    budget = budget or Budget(most_unpacked(found, rules))
    readers: dict[str, Callable[[BinaryIO, int], Iterator[Row]]] = {
        ".csv": read_csv,
        ".parquet": partial(read_parquet, budget=budget, part=found.part),
        ".jsonl": partial(read_jsonl, part=found.part),
    }
    reader = readers.get(ending, read_jsonl)
    empty = not found.part
    with _opened(found.file, ending, budget.most if ending == ".jsonl.gz" else rules.max_table_bytes) as stream:
        for number, draft in reader(stream, rules.max_bytes):
            empty = False
            if number > rules.max_rows:
                draft = ContentError(f"more than {rules.max_rows:,} rows, the limit; split the table")
            yield f"{found.path}#{number}", f"{stem}-{number}", draft
            if number > rules.max_rows:
                return
    if empty:
        raise ContentError(NO_ROWS)


def most_unpacked(found: Found, rules: ReadRules) -> int:
    """How much a table may hold, unpacked.

    Args:
        found: Found.
        rules: ReadRules.

    Returns:
        Integer, in bytes.
    """
    size = found.size if found.address else found.file.stat().st_size
    return min(rules.max_table_bytes, max(_LEAST_UNPACKED, _MOST_TIMES * size))


def _opened(file: Path, ending: str, max_bytes: int) -> BinaryIO:
    if ending == ".jsonl.gz":
        return io.BufferedReader(_Limited(file, max_bytes), _BUFFER)
    if file.stat().st_size > max_bytes:
        raise ContentError(too_large(max_bytes))
    return file.open("rb", _BUFFER)


class _Limited(gzip.GzipFile):
    """A packed file that ends with an error where more comes out of it than was agreed: a few bytes can hold terabytes."""

    def __init__(self, file: Path, most: int) -> None:
        super().__init__(file)
        self._left = self._most = most

    def read(self, size: int | None = -1) -> bytes:
        # What was unpacked before a fault counts; a plain read would lose it with the fault.
        data = self.read1(size if size is not None else -1)
        self._left -= len(data)
        if self._left < 0:
            raise ContentError(too_large(self._most))
        return data
