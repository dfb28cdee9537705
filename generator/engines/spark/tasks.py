"""What runs on Spark's workers. Nothing here names Spark: functions of plain values, that a worker's Python loads by itself."""

import gc
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from generator.engines.spark.handed import Handed
from generator.errors import EngineError, GeneratorError
from generator.frozen import dataclass
from generator.identity import digest_program, list_versions
from generator.read.walk import Found, Part

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch of items.

    Attributes:
        results: Bytes, the pickled list of results; empty where a fault ended the work.
        seconds: Float, how long it took.
        fault: GeneratorError, or None.
        unknown: String, what else went wrong and with which item; empty where nothing did.
    """

    results: bytes
    seconds: float = 0.0
    fault: GeneratorError | None = None
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class RunBatch:
    """Applies a function to the items of a batch.

    A fault of the program or of its input is told, since it would be the same at each try; only what ends a process is left to
    Spark, which tries again elsewhere.

    Attributes:
        function: Handed, the function.
    """

    function: Handed

    def __call__(self, packed: bytes) -> Done:
        """Apply the function.

        Args:
            packed: Bytes, the pickled list of items.

        Returns:
            Done.
        """
        # The items were pickled by the program that sent this function here.
        return _apply(self.function.open(), pickle.loads(packed))  # noqa: S301


def _apply(function: Callable[[Any], Any], items: Iterable[Any]) -> Done:
    _settle_in()
    started = time.perf_counter()
    results = []
    for item in items:
        try:
            results.append(function(item))
        except GeneratorError as error:
            return Done(b"", fault=error)
        except Exception as error:
            return Done(b"", unknown=f"{name_item(item)}: {type(error).__name__}: {error}")
    return Done(pickle.dumps(results, pickle.HIGHEST_PROTOCOL), time.perf_counter() - started)


def open_done(done: Done, function: Callable[..., Any]) -> list[Any]:
    """Give the results of a batch.

    Args:
        done: Done.
        function: Callable that was applied.

    Returns:
        List of the results.

    Raises:
        EngineError: The function failed on an item.
        GeneratorError: It ended with that.
    """
    if done.fault:
        raise done.fault
    if done.unknown:
        raise EngineError(
            f"{name_function(function)} failed on {done.unknown}; take it out of the articles, and report it"
        )
    # Pickled by this program's own tasks.
    results: list[Any] = pickle.loads(done.results)  # noqa: S301
    return results


def name_function(function: Callable[..., Any]) -> str:
    """Name a function in a message.

    Args:
        function: Callable.

    Returns:
        String, such as `number pairs`.
    """
    inner = getattr(function, "func", function)
    name: str = getattr(inner, "__name__", type(inner).__name__)
    return name.strip("_").replace("_", " ")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Applies a function to files whose bytes Spark brings.

    Attributes:
        function: Callable from Found.
        wanted: Mapping from address to Found.
    """

    function: Callable[[Found], Any]
    wanted: Mapping[str, Found]

    def __call__(self, row: tuple[str, bytes]) -> tuple[str, Done]:
        """Read a file.

        Args:
            row: Pair of its address and its bytes.

        Returns:
            The address and Done.
        """
        address, content = row
        with tempfile.NamedTemporaryFile(prefix="twicetold-") as file:
            file.write(content)
            file.flush()
            return address, self.run(replace(self.wanted[address], file=Path(file.name)))

    def run(self, found: Found) -> Done:
        """Apply the function.

        Args:
            found: Found, with a file that can be opened.

        Returns:
            Done, with one result.
        """
        return _apply(self.function, [found])


@dataclass(frozen=True, slots=True)
class ReadLines:
    """Applies a function to parts of a table whose lines Spark brings.

    Attributes:
        function: Callable from Found.
        found: Found, the table.
        parts: Tuple of Part.
    """

    function: Callable[[Found], Any]
    found: Found
    parts: tuple[Part, ...]

    def __call__(self, number: int, rows: Iterable[tuple[bytes]]) -> Iterator[Done]:
        """Read a part.

        Args:
            number: Integer.
            rows: Iterable of lines, each a row of one column.

        Yields:
            Done.
        """
        with tempfile.NamedTemporaryFile(prefix="twicetold-") as file:
            for (line,) in rows:
                file.write(line + b"\n")
            file.flush()
            part = Part(0, file.tell(), self.parts[number].first)
            yield ReadFile(self.function, {}).run(replace(self.found, file=Path(file.name), part=part))


def count_lines(rows: Iterable[Any]) -> Iterator[int]:
    """Count the lines of a part.

    Args:
        rows: Iterable of lines.

    Yields:
        Integer.
    """
    yield sum(1 for _ in rows)


def name_item(item: object) -> str:
    """Name an item in a message.

    Args:
        item: Object, such as an Article, or the work on a cluster of them.

    Returns:
        String of one line: its path or id where it has one, or those of the articles that it is about.
    """
    # Where results are kept, each stands with what it is kept under.
    about = item[-1] if isinstance(item, tuple) and item else item
    job = getattr(about, "job", about)
    articles = getattr(job, "articles", ())
    names = [_name(one) for one in (articles.values() if isinstance(articles, Mapping) else articles)]
    name = f"one of {', '.join(names)}" if names else _name(item)
    return " ".join(name.split())[:_LONGEST]


def _name(item: object) -> str:
    return str(getattr(item, "path", "") or getattr(item, "id", "") or repr(item))


def tell_versions(_: object = None) -> tuple[tuple[str, str], ...]:
    """Tell what shapes a result on this machine.

    Returns:
        Tuple of pairs of strings, name and version: Python, this program as it is, and the libraries.
    """
    version = metadata.version("twicetold")
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (("Python", python), ("twicetold", f"{version} ({digest_program()[:8]})"), *list_versions())


@cache
def _settle_in() -> None:
    # As on the command line: word lists are millions of objects that never die.
    gc.set_threshold(1_000_000)
