"""Texts of a large folder lie on the disk until they are asked for, so that memory holds but few of them at a time."""

import dataclasses
import os
import tempfile
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from typing import IO, TYPE_CHECKING, Any, TypeVar

from generator.errors import WriteError

IN_MEMORY = 8 * 2**20
"""Characters of a folder's texts that stay in memory; a smaller folder needs no file."""

# A text is asked for several times in a row: for its words, for its sentences, for what stands beside them.
_RECENT = 16
_LENGTH = 32


class Texts:
    """Where the texts of a folder lie: the first of them in memory, the others one after another in a file.

    The file has no name where the system allows that, so that nothing of it is left with the last article that needs it, or with
    the process, however that ends.
    """

    def __init__(self) -> None:
        """Begin without a file."""
        self._left = IN_MEMORY
        self._file: IO[bytes] | None = None
        self._end = 0
        self.read: Callable[[int], str]

    def add(self, article: "TextElsewhere") -> None:
        """Put the text of an article into the file, where enough are in memory. The article is what it was.

        Args:
            article: TextElsewhere; it can be asked for its text once all are added.

        Raises:
            WriteError: The file can't be written.
        """
        if self._left > 0:
            self._left -= len(article.text)
            return
        encoded = article.text.encode("utf-8", "surrogatepass")
        try:
            self._opened().write(encoded)
        except OSError as error:
            raise _unwritten(error) from error
        article.lie_in(self, self._end << _LENGTH | len(encoded))
        self._end += len(encoded)

    def finish(self) -> None:
        """Write what waits to be written.

        Raises:
            WriteError: The file can't be written.
        """
        try:
            if self._file:
                self._file.flush()
        except OSError as error:
            raise _unwritten(error) from error

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="twicetold-")  # noqa: SIM115 - as long as the articles
            weakref.finalize(self, _close, self._file)
            self.read = lru_cache(_RECENT)(partial(_read, self._file.fileno()))
        return self._file


class TextElsewhere:
    """An article, as far as its text need not be in memory.

    Its field `text` is left empty then, and read where it is asked for. So two articles are equal, and are shown and pickled alike,
    wherever their texts lie.
    """

    __slots__ = ("_place", "_texts")

    text: str
    _place: int
    _texts: Texts

    def lie_in(self, texts: Texts, place: int) -> None:
        """Let go of the text.

        Args:
            texts: Texts that hold it.
            place: Integer, where they do.
        """
        object.__setattr__(self, "_texts", texts)
        object.__setattr__(self, "_place", place)
        object.__delattr__(self, "text")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> str:
            # Python asks here only for what it does not find.
            if name != "text":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return self._texts.read(self._place)


Value = TypeVar("Value", bound=TextElsewhere)


def change(article: Value, **fields: Any) -> Value:  # noqa: ANN401 - what the fields are
    """Change an article, as `dataclasses.replace` does; its text stays where it lies.

    Args:
        article: TextElsewhere.
        **fields: Values of some fields, but not of `text`.

    Returns:
        TextElsewhere.
    """
    changed: Value = dataclasses.replace(article, **fields)  # type: ignore[type-var]
    if (texts := getattr(article, "_texts", None)) is not None:
        changed.lie_in(texts, article._place)
    return changed


def _read(file: int, place: int) -> str:
    length = place & (1 << _LENGTH) - 1
    return os.pread(file, length, place >> _LENGTH).decode("utf-8", "surrogatepass")


def _close(file: IO[bytes]) -> None:
    # Where the disk is full, what waits to be written is tried once more.
    with suppress(OSError):
        file.close()


def _unwritten(error: OSError) -> WriteError:
    place = f"temporary folder {tempfile.tempdir}" if tempfile.tempdir else "temporary folder"
    reason = error.strerror or error
    return WriteError(f"the articles' texts can't be kept in the {place}: {reason}; let TMPDIR name one with more room")
