"""Files at addresses that Spark's own file systems know: listed here, read on the executors."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from generator.engines.spark.session import Session
from generator.engines.spark.tasks import Done, ReadFile, ReadLines, count_lines, name_function, open_done
from generator.errors import ContentError
from generator.read.walk import Found, Part, is_litter, shown, too_deep

# Bytes of the files, or parts of a table, that one job reads, about: as much comes back to this machine at once.
_TOGETHER = 32 * 2**20
# What has a meaning of its own where Spark takes a path.
_SIGNS = re.compile(r"([\\{}\[\]*?,^])")


class Addresses:
    """Reads what Spark reaches.

    Attributes:
        received: Integer, bytes that came back.
    """

    def __init__(self, session: Session) -> None:
        from pyspark.sql import SparkSession

        self.received = 0
        self._session = session
        self._sql = SparkSession(session.context)
        self._lines: dict[str, Any] = {}

    def list_files(self, address: str, max_depth: int) -> tuple[Found, ...]:
        """See Opener."""
        found = self._session.run(f"listing {address}", lambda: self._list(address, max_depth))
        if found is None:
            raise ContentError(f"there is nothing at {address}; name a folder, or a table")
        return tuple(sorted(found, key=lambda one: (one.path, one.address)))

    def _list(self, address: str, max_depth: int) -> list[Found] | None:
        context = self._session.context
        root = context._jvm.org.apache.hadoop.fs.Path(address)
        system = root.getFileSystem(context._jsc.hadoopConfiguration())
        if not system.exists(root):
            return None
        status = system.getFileStatus(root)
        return list(_below(system, root, max_depth, "")) if status.isDirectory() else [_found(status, "")]

    def split_lines(self, found: Found) -> tuple[list[Part], int]:
        """See Opener; a part's `start` is the number of one of Spark's own partitions."""
        from pyspark.sql.functions import col

        def count() -> tuple[Any, list[int]]:
            texts = self._sql.read.option("lineSep", "\n").text([_literal(found.address)])
            lines = texts.select(col("value").cast("binary")).rdd
            return lines, lines.mapPartitions(count_lines).collect()

        lines, counts = self._session.run(f"counting the lines of {found.path}", count)
        firsts = list(accumulate(counts, initial=1))
        self._lines[found.address] = lines
        return [Part(at, at + 1, first) for at, first in enumerate(firsts[:-1])], firsts[-1] - 1

    def map_files(self, function: Callable[[Found], Any], items: Iterable[Found]) -> Iterator[Any]:
        """See Opener."""
        for address, pieces in groupby(items, key=lambda found: found.address if found.part else ""):
            read = self._read_lines if address else self._read_whole
            for few in _batches(pieces):
                for done in read(function, few):
                    self.received += len(done.results)
                    yield from open_done(done, function)

    def _read_whole(self, function: Callable[[Found], Any], few: Sequence[Found]) -> Iterator[Done]:
        """What comes of whole files; Spark passes over empty ones, so it is not asked for those."""
        wanted = {found.address: found for found in few if found.size and not found.reason}
        came: Mapping[str, Done] = {}
        read = ReadFile(function, wanted)
        if wanted:
            came = dict(self._session.run(name_function(function), lambda: self._load(wanted).map(read).collect()))
        for found in few:
            if found.reason or not found.size:
                yield read.run(replace(found, file=Path(os.devnull)))
            elif found.address in came:
                yield came[found.address]
            else:
                raise ContentError(f"{found.address} can't be found any more; build again")

    def _load(self, wanted: Iterable[str]) -> Any:  # noqa: ANN401 - Spark's own
        """Pairs of an address and the bytes there."""
        files = self._sql.read.format("binaryFile").load([_literal(address) for address in wanted])
        return files.select("path", "content").rdd

    def _read_lines(self, function: Callable[[Found], Any], few: Sequence[Found]) -> Iterator[Done]:
        """What comes of parts of one table."""
        parts = [found.part for found in few if found.part]
        read = ReadLines(function, few[0], {part.start: part.first for part in parts})
        rows = self._lines[few[0].address].mapPartitionsWithIndex(read)
        run = self._session.context.runJob
        yield from self._session.run(name_function(function), lambda: run(rows, list, [part.start for part in parts]))


def _below(system: Any, folder: Any, max_depth: int, prefix: str) -> Iterator[Found]:  # noqa: ANN401 - Java's own
    for status in system.listStatus(folder):
        name = status.getPath().getName()
        if is_litter(name):
            continue
        if not status.isDirectory():
            yield _found(status, prefix)
        elif prefix.count("/") < max_depth:
            yield from _below(system, status.getPath(), max_depth, f"{prefix}{shown(name)}/")
        else:
            yield Found(prefix + shown(name), Path(), too_deep(max_depth))


def _found(status: Any, prefix: str) -> Found:  # noqa: ANN401 - Java's own
    path = status.getPath()
    name = path.getName()
    # So Spark tells what it keeps for itself.
    hidden = name.startswith("_") and "=" not in name
    reason = "its name begins with _, and Spark passes over such files; rename it" if hidden else ""
    return Found(prefix + shown(name), Path(), reason, address=path.toString(), size=status.getLen())


def _batches(items: Iterable[Found]) -> Iterator[list[Found]]:
    few, held = list[Found](), 0
    for found in items:
        if few and held + found.size > _TOGETHER:
            yield few
            few, held = [], 0
        few.append(found)
        held += found.size
    if few:
        yield few


def _literal(address: str) -> str:
    return _SIGNS.sub(r"\\\1", address)
