"""Files at addresses that Spark's own file systems know: listed here, read on the executors."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, NamedTuple

from generator.engines.spark.row_groups import LOST, RECORD, CutRecord, ReadGroups, cut_table
from generator.engines.spark.session import Session
from generator.engines.spark.tasks import Done, ReadFile, ReadLines, count_lines, name_function, open_done
from generator.errors import ContentError
from generator.read.walk import Found, Part, is_litter, shown, too_deep

# Bytes of the files, or parts of a table, that one job reads, about: as much comes back to this machine at once.
_TOGETHER = 32 * 2**20
# What has a meaning of its own where Spark takes a path.
_SIGNS = re.compile(r"([\\{}\[\]*?,^])")
# What gives the bytes of a file in pieces of one length.
_FIXED = "org.apache.spark.input.FixedLengthBinaryInputFormat"


class _Table(NamedTuple):
    """A table at an address, in parts.

    Attributes:
        rows: RDD, a part a partition: what Spark brings to a worker that reads it.
        parts: Tuple of Part, in the same order.
        reader: Callable from a function of Found and the table's Found to what the rows of a partition are given to.
    """

    rows: Any
    parts: tuple[Part, ...]
    reader: Callable[[Callable[[Found], Any], Found], Any]


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
        self._tables: dict[str, _Table] = {}

    def list_files(self, address: str, max_depth: int) -> tuple[Found, ...]:
        """See Opener."""
        found = self._session.run(f"listing {address}", lambda: self._list(address, max_depth))
        if found is None:
            raise ContentError(f"there is nothing at {address}; name a folder, or a table")
        return tuple(sorted(found, key=lambda one: (one.path, one.address)))

    def _list(self, address: str, max_depth: int) -> list[Found] | None:
        system, root = self._locate(address)
        if not system.exists(root):
            return None
        status = system.getFileStatus(root)
        return list(_below(system, root, max_depth, "")) if status.isDirectory() else [_found(status, "")]

    def _locate(self, address: str) -> tuple[Any, Any]:
        """What Java calls a file system, and a path in it."""
        context = self._session.context
        # Of an address without a path Java makes none.
        path = context._jvm.org.apache.hadoop.fs.Path(re.sub(r"^([^/]+//[^/]+)$", r"\1/", address))
        return path.getFileSystem(context._jsc.hadoopConfiguration()), path

    def split_table(self, found: Found) -> tuple[list[Part], int]:
        """See Opener."""
        split = self._split_lines if found.path.lower().endswith(".jsonl") else self._split_groups
        what = f"looking for parts of {found.path}"
        return self._session.run(what, lambda: split(found)) or ([], 0)

    def _split_lines(self, found: Found) -> tuple[list[Part], int]:
        from pyspark.sql.functions import col

        texts = self._sql.read.option("lineSep", "\n").text([_literal(found.address)])
        lines = texts.select(col("value").cast("binary")).rdd
        firsts = list(accumulate(lines.mapPartitions(count_lines).collect(), initial=1))
        parts = tuple(Part(at, at + 1, first) for at, first in enumerate(firsts[:-1]))
        self._tables[found.address] = _Table(lines, parts, partial(ReadLines, parts=parts))
        return list(parts), firsts[-1] - 1

    def _split_groups(self, found: Found) -> tuple[list[Part], int] | None:
        # Such names mean something else to what reads bytes.
        groups = None if _SIGNS.search(found.address) else cut_table(found.size, partial(self._read_from, found))
        if groups is None:
            return None
        conf = {"mapreduce.input.fileinputformat.split.maxsize": f"{RECORD}", f"{_FIXED}.recordLength": f"{RECORD}"}
        kinds = _FIXED, "org.apache.hadoop.io.LongWritable", "org.apache.hadoop.io.BytesWritable"
        records = self._session.context.newAPIHadoopFile(found.address, *kinds, conf=conf)
        # Each part gets its bytes once, however many jobs ask for one.
        pieces = records.flatMap(CutRecord(groups.spans)).partitionBy(len(groups.parts), int)
        self._tables[found.address] = _Table(pieces, groups.parts, partial(ReadGroups, groups=groups))
        return list(groups.parts), groups.rows

    def _read_from(self, found: Found, start: int) -> bytes:
        """The bytes of a file from an offset on; they come to this machine."""
        system, file = self._locate(found.address)
        stream = system.open(file)
        try:
            stream.seek(start)
            read = self._session.context._jvm.org.apache.commons.io.IOUtils.toByteArray
            return bytes(read(stream, found.size - start))
        finally:
            stream.close()

    def map_files(self, function: Callable[[Found], Any], items: Iterable[Found]) -> Iterator[Any]:
        """See Opener."""
        for address, pieces in groupby(items, key=lambda found: found.address if found.part else ""):
            read = self._read_parts if address else self._read_whole
            for few in self._batches(pieces):
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
                raise ContentError(f"{found.address} {LOST}")

    def _load(self, wanted: Iterable[str]) -> Any:  # noqa: ANN401 - Spark's own
        """Pairs of an address and the bytes there."""
        files = self._sql.read.format("binaryFile").load([_literal(address) for address in wanted])
        return files.select("path", "content").rdd

    def _read_parts(self, function: Callable[[Found], Any], few: Sequence[Found]) -> Iterator[Done]:
        """What comes of parts of one table."""
        table = self._tables[few[0].address]
        rows = table.rows.mapPartitionsWithIndex(table.reader(function, few[0]))
        numbers = [table.parts.index(found.part) for found in few if found.part]
        run = self._session.context.runJob
        yield from self._session.run(name_function(function), lambda: run(rows, list, numbers))

    def _batches(self, items: Iterable[Found]) -> Iterator[list[Found]]:
        few, held = list[Found](), 0
        for found in items:
            size = found.size // (len(self._tables[found.address].parts) if found.part else 1)
            if few and held + size > _TOGETHER:
                yield few
                few, held = [], 0
            few.append(found)
            held += size
        if few:
            yield few


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


def _literal(address: str) -> str:
    return _SIGNS.sub(r"\\\1", address)
