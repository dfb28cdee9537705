"""What libraries carry packed, unpacked once and kept where Python keeps this program's modules compiled.

As with those it counts while size and time of change of the file that it is from are the same; and whoever can write there can
write the program itself. Where nothing can be kept, it is unpacked each time.
"""

import mmap
import os
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_FOLDER = Path(__file__).parent / "__pycache__"
# Size and time of change of the file that it is from, and the size of what was made of it.
_HEAD = struct.Struct("=qqq")


def recall(name: str, source: Path) -> memoryview | None:
    """What was made of a file, where it is kept.

    Args:
        name: String, what it is kept under.
        source: Path of the file.

    Returns:
        Memoryview of bytes, of which those are read from the disk that are looked at; or None.
    """
    with suppress(OSError, ValueError), _place(name).open("rb") as file:
        held = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if len(held) >= _HEAD.size and _HEAD.unpack_from(held) == (*_stamp(source), len(held) - _HEAD.size):
            return held[_HEAD.size :]
    return None


def keep(name: str, source: Path, make: Callable[[], bytes]) -> None:
    """Keep what is made of a file, where that is wanted and can be done.

    Args:
        name: String, what to keep it under.
        source: Path of the file.
        make: Callable that makes it.
    """
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        _FOLDER.mkdir(exist_ok=True)
        if not os.access(_FOLDER, os.W_OK):
            return
        content = make()
        # Under another name first: who reads it meanwhile finds a whole one.
        fresh = _place(f"{name}.{os.getpid()}")
        fresh.write_bytes(_HEAD.pack(*_stamp(source), len(content)) + content)
        fresh.replace(_place(name))


def _place(name: str) -> Path:
    return _FOLDER / f"{name}.laid-out"


def _stamp(source: Path) -> tuple[int, int]:
    found = source.stat()
    return found.st_size, found.st_mtime_ns
