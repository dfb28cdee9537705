"""What libraries carry packed, or compile: made ready once, and kept where Python keeps this program's modules compiled.

As with those it counts while the files that it comes of have the same sizes and times of change: what was unpacked, and the modules
that did it. Whoever can write there can write the program itself. Where nothing can be kept, it is unpacked each time.
"""

import mmap
import os
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

_FOLDER = Path(cache_from_source(__file__)).parent
# What tells the files that it comes of, and the size of what was made of them.
_HEAD = struct.Struct("=16sq")


def recall(name: str, origins: Sequence[Path | str]) -> memoryview | None:
    """What was made of a file, where it is kept.

    Args:
        name: String, what it is kept under.
        origins: Sequence of paths: of the file, and of the modules whose other versions might make something else of it.

    Returns:
        Memoryview of bytes, of which those are read from the disk that are looked at; or None.
    """
    with suppress(OSError, ValueError), _place(name).open("rb") as file:
        held = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if len(held) >= _HEAD.size and _HEAD.unpack_from(held) == (_stamp(origins), len(held) - _HEAD.size):
            return held[_HEAD.size :]
    return None


def keep(name: str, origins: Sequence[Path | str], make: Callable[[], bytes]) -> None:
    """Keep what is made of a file, where that is wanted and can be done.

    Args:
        name: String, what to keep it under.
        origins: Sequence of paths, as in `recall`.
        make: Callable that makes it.
    """
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        _FOLDER.mkdir(parents=True, exist_ok=True)
        if not os.access(_FOLDER, os.W_OK):
            return
        content = make()
        # Under a name of its own first: who reads it meanwhile finds a whole one. Machines that share the folder, and containers,
        # have the same process numbers.
        fresh = _place(f"{name}.{os.urandom(8).hex()}")
        try:
            with fresh.open("xb") as file:
                file.write(_HEAD.pack(_stamp(origins), len(content)))
                file.write(content)
            fresh.replace(_place(name))
        finally:
            fresh.unlink(missing_ok=True)


def _place(name: str) -> Path:
    return _FOLDER / f"{name}.laid-out"


def _stamp(origins: Sequence[Path | str]) -> bytes:
    found = [(file.st_size, file.st_mtime_ns) for file in map(os.stat, origins)]
    return blake2b(repr(found).encode(), digest_size=16).digest()
