"""A folder → the files in it, in an order that doesn't depend on the system."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from generator.frozen import dataclass
from generator.read.decode import clean

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_LITTER = frozenset(("__macosx", "desktop.ini", "ehthumbs.db", "icon", "thumbs.db"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table.

    Attributes:
        start: Integer: of JSON Lines the offset from which on lines begin in it, of Parquet the number of its first row group.
        stop: Integer, where the next part starts.
        first: Integer from 1 up, the number of its first row.
    """

    start: int
    stop: int
    first: int


@dataclass(frozen=True, slots=True)
class Found:
    """One file that stands below the content folder.

    Attributes:
        path: String, its POSIX path below the folder, in NFC, fit to be shown.
        file: Path that opens it.
        reason: String, why it can't be opened, or empty.
        part: Part, or None where all of it is meant.
        address: String, by which an engine opens it in the place of `file`, or empty.
        size: Integer, in bytes, of what has an address.
    """

    path: str
    file: Path
    reason: str = ""
    part: Part | None = None
    address: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """Where articles lie that an engine reads by an address.

    Attributes:
        name: String, such as `hdfs://host/folder` or `file:///shared/folder`.
    """

    name: str

    def __str__(self) -> str:
        return self.name


Place = Path | Address
"""Where a folder of articles lies."""


def place_of(name: str) -> Place:
    """Tell a path from an address.

    Args:
        name: String, as a user gives it.

    Returns:
        Place.
    """
    return Address(name) if _SCHEME.match(name) else Path(name)


def folder_of(place: Place) -> Path | None:
    """Tell the folder that a place is on a machine that sees it by a path.

    Args:
        place: Place.

    Returns:
        Path, or None where an address leads elsewhere.
    """
    if isinstance(place, Path):
        return place
    scheme, _, rest = place.name.partition("://")
    return Path(rest) if scheme.lower() == "file" and rest.startswith("/") else None


def walk(root: Path, max_depth: int = 64, outside_links: bool = False) -> tuple[Found, ...]:
    """List all files below a folder.

    Hidden files, hidden folders and what operating systems leave behind are passed over. A link is followed where it
    leads to something inside the folder, or anywhere where that is asked for; a link to a folder at most once, so that loops end.

    Args:
        root: Path of a folder.
        max_depth: Integer, how many folders inside one another are looked into.
        outside_links: Boolean; true follows links that lead out of the folder.

    Returns:
        Tuple of Found, sorted by path.

    Raises:
        OSError: The folder itself can't be listed.
    """
    real = Path(os.path.realpath(root))
    below = _Below(None if outside_links else real, max_depth, set())
    return tuple(sorted(below.files(real, ""), key=lambda found: (found.path, os.fsencode(found.file))))


@dataclass(frozen=True, slots=True)
class _Below:
    """Where links may lead (None stands for anywhere), how deep folders may nest, and the linked folders met so far."""

    root: Path | None
    depth: int
    linked: set[str]

    def files(self, folder: Path, prefix: str) -> Iterator[Found]:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not is_litter(entry.name))
        for name in names:
            file = folder / name
            path = prefix + shown(name)
            try:
                reason = self._fault_of_link(file) if file.is_symlink() else ""
                mode = 0 if reason else file.stat().st_mode
                if stat.S_ISDIR(mode) and prefix.count("/") < self.depth:
                    yield from self.files(file, f"{path}/")
                    continue
            except OSError as error:
                reason = unreadable(error)
            else:
                reason = reason or _fault_of_kind(mode, self.depth)
            yield Found(path, file, reason)

    def _fault_of_link(self, file: Path) -> str:
        real = Path(os.path.realpath(file))
        if not real.exists():
            return "a link that leads nowhere; remove it"
        if self.root and not real.is_relative_to(self.root):
            return "a link that leads out of the content folder; copy what it leads to"
        if real.is_dir():
            if Path(os.path.realpath(file.parent)).is_relative_to(real):
                return "a link to a folder that it stands in; remove it"
            if str(real) in self.linked:
                return "a link to a folder that another link leads to; remove one of them"
            self.linked.add(str(real))
        return ""


def _fault_of_kind(mode: int, depth: int) -> str:
    if stat.S_ISDIR(mode):
        return too_deep(depth)
    return "" if stat.S_ISREG(mode) else "no file but a device or a pipe; remove it"


def too_deep(depth: int) -> str:
    """Say that a folder stands in too many others.

    Args:
        depth: Integer, the limit.

    Returns:
        String of one line.
    """
    return f"a folder that stands in more than {depth} others, the limit; move it up"


def unreadable(error: OSError) -> str:
    """Say why the system doesn't give a file.

    Args:
        error: OSError.

    Returns:
        String of one line.
    """
    return f"can't be read ({(error.strerror or 'unknown fault').lower()}); check the file and its permissions"


def is_litter(name: str) -> bool:
    """Whether a file is hidden, or left behind by a system or an editor.

    Args:
        name: String.

    Returns:
        Boolean.
    """
    return name.startswith((".", "~$")) or name.endswith("~") or name.strip().casefold() in _LITTER


def shown(name: str) -> str:
    """A file's name, fit to be shown.

    Args:
        name: String, as the system gives it.

    Returns:
        String of one line, in NFC.
    """
    whole = os.fsencode(name).decode("utf-8", "replace")
    return " ".join(clean(unicodedata.normalize("NFC", whole)).replace("\n", " ").split()) or "\ufffd"
