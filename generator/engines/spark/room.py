"""What finding holds on the disk of the driver and not in its memory: postings, and the matrix of all articles."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.engines.spark.handed import forget, map_file, write_file
from generator.engines.spark.posting_file import PostingFile, write_postings
from generator.fingerprint import Posting


class Room:
    """Files that are mapped into memory where they are looked at, and that executors get with the first work that needs them.

    Attributes:
        lying: Dictionary from where an array lies in memory to the file that holds it.
    """

    def __init__(self, name_file: Callable[[], Path], offer: Callable[[Path], None]) -> None:
        """Begin without a file.

        Args:
            name_file: Callable that names a new file.
            offer: Callable of a file, called before workers are sent any of it.
        """
        self.lying: dict[int, Path] = {}
        self._name_file, self._offer = name_file, offer
        self._mapped: dict[Path, memoryview] = {}

    def hold(self, postings: Iterable[Posting]) -> PostingFile:
        """See Hold."""
        held = write_postings(postings, self._name_file(), self._offer, self.lay)
        self._mapped[held.file] = held.whole
        self.forget()
        return held

    def lay(self, pieces: Iterable[NDArray[Any]]) -> NDArray[Any]:
        """See Lay."""
        file = self._name_file()
        with write_file(file) as stream:
            for piece in pieces:
                kind = piece.dtype
                stream.write(np.ascontiguousarray(piece).data)
        self._mapped[file] = map_file(file)
        laid = np.frombuffer(self._mapped[file], kind)
        if laid.nbytes:
            self.lying[laid.ctypes.data] = file
        return laid

    def forget(self) -> None:
        """Give back the memory of what was looked at; it is read again where it is asked for."""
        for mapped in self._mapped.values():
            forget(mapped)

    def clear(self, let_go: Callable[[Path], None]) -> None:
        """Remove all files.

        Args:
            let_go: Callable that removes one.
        """
        for file in self._mapped:
            let_go(file)
        self._mapped.clear()
        self.lying.clear()
