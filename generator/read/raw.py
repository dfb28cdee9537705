"""Content folders → a digest of their files as they are, before any of them is read as an article."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.read.walk import Found, unreadable, walk


def digest_files(folders: Iterable[Path]) -> str:
    """Digest all files that a build would read.

    Args:
        folders: Iterable of paths, of folders, and of files that are read beside them.

    Returns:
        String of 64 hexadecimal digits: of the folders' names, their files' paths and bytes, and of why those can't be opened
        that can't; empty where a folder can't be listed.
    """
    return _digest(folders, _digest_file)


def stamp_files(folders: Iterable[Path]) -> str:
    """Digest what the system says of all files that a build would read, without opening one.

    Args:
        folders: Iterable of paths, of folders, and of files that are read beside them.

    Returns:
        String of 64 hexadecimal digits: of the files' paths, sizes and times; empty where a folder or file is out of reach.
    """
    return _digest(folders, _stamp_file)


def _digest(folders: Iterable[Path], tell: Callable[[Path], str]) -> str:
    whole = hashlib.sha256()
    try:
        for folder in folders:
            # Archived articles carry the name of their folder.
            whole.update(f"\0{folder.resolve().name}\n".encode("utf-8", "surrogateescape"))
            for found in walk(folder) if folder.is_dir() else (Found(folder.name, folder),):
                whole.update(f"{found.path}\n{found.reason or tell(found.file)}\n".encode())
    except OSError:
        return ""
    return whole.hexdigest()


def _digest_file(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return unreadable(error)


def _stamp_file(file: Path) -> str:
    found = file.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
