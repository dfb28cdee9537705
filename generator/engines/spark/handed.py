"""What all workers need → a file that each machine keeps once: large arrays are mapped into memory by its processes, not copied."""

import mmap
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from generator.errors import EngineError
from generator.frozen import dataclass

# An array of fewer bytes is sent along; so is all, where the others come to less than the second.
_SMALL, _WORTH = 2**12, 2**20
# Each array begins at a multiple of this.
_ALIGNED = 64


@dataclass(frozen=True, slots=True)
class Handed:
    """A value on its way to workers: what is small goes with each task, and large arrays lie in files.

    Attributes:
        packed: Bytes, the value without these arrays.
        file: Path of the file that was written for it on the machine that did, or None where there is none.
        places: Tuple of a path and two integers for each array, in order: the file, and where in it its bytes begin and end.
    """

    packed: bytes
    file: Path | None = None
    places: tuple[tuple[Path, int, int], ...] = ()

    @property
    def files(self) -> set[Path]:
        """Set of paths: all files that hold some of it."""
        return {file for file, _, _ in self.places}

    def open(self) -> Any:  # noqa: ANN401 - whatever was handed out
        """Give the value; its arrays can't be written to.

        Returns:
            The value; tasks of one process that follow one another get the same one.
        """
        return _open(self)


def hand_out(value: object, file: Path, lying: Mapping[int, Path] | None = None) -> Handed:
    """Get a value ready for workers.

    Args:
        value: Object that can be pickled.
        file: Path where its arrays are written if they are large; nothing is there yet.
        lying: Mapping from where arrays lie in memory to files that hold them already, or None.

    Returns:
        Handed.
    """
    packed, places, arrays = _pack(value, file, lying or {}, _SMALL)
    if sum(array.nbytes for array in arrays) < _WORTH:
        packed, places, arrays = _pack(value, file, lying or {}, None)
    if not arrays:
        return Handed(packed, None, places)
    with write_file(file) as stream:
        for array in arrays:
            stream.write(array)
            stream.write(bytes(-array.nbytes % _ALIGNED))
    return Handed(packed, file, places)


def _pack(
    value: object, file: Path, lying: Mapping[int, Path], least: int | None
) -> tuple[bytes, tuple[tuple[Path, int, int], ...], list[memoryview]]:
    """A value without large arrays, the places of these, and those that are to be written: from so many bytes on, or none."""
    places, arrays, end = list[tuple[Path, int, int]](), list[memoryview](), 0

    def goes_along(array: pickle.PickleBuffer) -> bool:
        nonlocal end
        whole = array.raw()
        known = lying.get(np.frombuffer(whole, np.uint8).ctypes.data) if whole.nbytes else None
        if known:
            places.append((known, 0, whole.nbytes))
        elif least is not None and whole.nbytes >= least:
            places.append((file, end, end + whole.nbytes))
            arrays.append(whole)
            end += whole.nbytes + -whole.nbytes % _ALIGNED
        else:
            return True
        return False

    return pickle.dumps(value, 5, buffer_callback=goes_along), tuple(places), arrays


@contextmanager
def write_file(file: Path) -> Iterator[BinaryIO]:
    """Write a file for workers.

    Args:
        file: Path.

    Yields:
        Binary stream.

    Raises:
        EngineError: The disk does not let it be written.
    """
    try:
        with file.open("wb") as stream:
            yield stream
    except OSError as error:
        raise EngineError(
            f"what executors need can't be kept in {file.parent}: {error.strerror or error}; make room, or let TMPDIR or the"
            " option spark.local.dir name another folder"
        ) from error


def locate(file: Path) -> Path:
    """Find a file that was handed out, on the machine of a worker.

    Args:
        file: Path on the machine that handed it out.

    Returns:
        Path of the copy that this machine was sent, or the same path where nothing need be sent.
    """
    from pyspark import SparkFiles

    sent = Path(SparkFiles.get(file.name))
    return sent if sent.exists() else file


def map_file(file: Path) -> memoryview:
    """Map a file into memory: its bytes are read when they are looked at, and all processes of a machine share them.

    Args:
        file: Path.

    Returns:
        Memoryview that can't be written to.
    """
    with file.open("rb") as stream:
        # An empty file can't be mapped.
        return memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if file.stat().st_size else b"")


def forget(mapped: memoryview) -> None:
    """Give back the memory that a mapped file takes; its bytes are there again when they are looked at.

    Args:
        mapped: Memoryview, as of `map_file`.
    """
    # Not every system can.
    if isinstance(mapped.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.obj.madvise(mmap.MADV_DONTNEED)


@lru_cache(2)
def _open(handed: Handed) -> Any:  # noqa: ANN401
    mapped = {file: map_file(locate(file)) for file in handed.files}
    # Pickled by the program that runs these tasks.
    return pickle.loads(handed.packed, buffers=(mapped[file][start:end] for file, start, end in handed.places))  # noqa: S301
