"""A folder → the files in it, in an order that doesn't depend on the system."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.read.decode import clean

_LITTER = frozenset(("__macosx", "desktop.ini", "ehthumbs.db", "icon", "thumbs.db"))


@dataclass(frozen=True, slots=True)
class Found:
    """One file that stands below the content folder.

    Attributes:
        path: String, its POSIX path below the folder, in NFC, fit to be shown.
        file: Path that opens it.
        reason: String, why it can't be opened, or empty.
    """

    path: str
    file: Path
    reason: str = ""


def walk(root: Path) -> tuple[Found, ...]:
    """List all files below a folder.

    Hidden files, hidden folders and what operating systems leave behind are passed over. A link is followed where it
    leads to something inside the folder; a link to a folder at most once, so that loops end.

    Args:
        root: Path of a folder.

    Returns:
        Tuple of Found, sorted by path.

    Raises:
        OSError: The folder itself can't be listed.
    """
    real = Path(os.path.realpath(root))
    return tuple(sorted(_below(real, real, "", set()), key=lambda found: (found.path, os.fsencode(found.file))))


def _below(folder: Path, root: Path, prefix: str, linked: set[str]) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if not _is_litter(entry.name))
    for name in names:
        file = folder / name
        path = prefix + shown(name)
        try:
            reason = _fault_of_link(file, root, linked) if file.is_symlink() else ""
            mode = 0 if reason else file.stat().st_mode
            if stat.S_ISDIR(mode):
                yield from _below(file, root, f"{path}/", linked)
                continue
        except OSError as error:
            reason = unreadable(error)
        else:
            reason = reason or ("" if stat.S_ISREG(mode) else "no file but a device or a pipe; remove it")
        yield Found(path, file, reason)


def unreadable(error: OSError) -> str:
    """Say why the system doesn't give a file.

    Args:
        error: OSError.

    Returns:
        String of one line.
    """
    return f"can't be read ({(error.strerror or 'unknown fault').lower()}); check the file and its permissions"


def _fault_of_link(file: Path, root: Path, linked: set[str]) -> str:
    real = Path(os.path.realpath(file))
    if not real.exists():
        return "a link that leads nowhere; remove it"
    if not real.is_relative_to(root):
        return "a link that leads out of the content folder; copy what it leads to"
    if real.is_dir():
        if Path(os.path.realpath(file.parent)).is_relative_to(real):
            return "a link to a folder that it stands in; remove it"
        if str(real) in linked:
            return "a link to a folder that another link leads to; remove one of them"
        linked.add(str(real))
    return ""


def _is_litter(name: str) -> bool:
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
