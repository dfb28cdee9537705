"""Outputs → the site folder: written beside it, then swapped in at one stroke, so that a reader never meets half a site."""

import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import WriteError
from generator.foreign import foreign_files, name_some
from generator.outputs import Output

_AT_FDCWD = {"linux": -100, "darwin": -2}
_EXCHANGE = 2

Manifest = dict[str, tuple[int, int]]
"""From the path of each file of a site to its size in bytes and its time of change in nanoseconds."""


def write_site(outputs: Iterable[Output], site: Path, force: bool = False) -> Manifest:
    """Write a whole site in place of the last one.

    Everything goes to a sibling folder first. Where writing fails or is killed, the last site stays as it was; what a
    killed build left beside it is removed by the next one. A file whose bytes are what they were keeps its time of change.

    Args:
        outputs: Iterable of Output, with distinct paths.
        site: Path of the site folder; it need not exist.
        force: Boolean; true replaces a folder that twicetold did not write.

    Returns:
        Manifest of what was written.

    Raises:
        WriteError: Where the folder is not ours and force is false, or where it can't be written.
    """
    site = Path(os.path.realpath(site))
    if not force:
        refuse_foreign(site)
    # Names that nobody gives a folder of their own: whatever bears them is taken for a leftover.
    fresh, old = (site.with_name(f".{site.name}.twicetold-{state}") for state in ("new", "old"))
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        with _only_writer(site.parent):
            _recover(site, fresh, old)
            try:
                _write_all(outputs, fresh, site)
                _swap(fresh, site, old)
                _sync_names(site.parent)
                return list_files(site)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
                if site.exists():
                    shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise WriteError(_explain(error, site)) from error


def list_files(folder: Path) -> Manifest:
    """List the files below a folder.

    Args:
        folder: Path.

    Returns:
        Manifest; what is neither a file nor a folder has a size of -1.

    Raises:
        OSError: It can't be listed.
    """
    files: Manifest = {}
    waiting = [(folder, "")]
    while waiting:
        inside, prefix = waiting.pop()
        with os.scandir(inside) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((Path(entry.path), f"{prefix}{entry.name}/"))
                    continue
                found = entry.stat(follow_symlinks=False)
                size = found.st_size if stat.S_ISREG(found.st_mode) else -1
                files[prefix + entry.name] = (size, found.st_mtime_ns)
    return files


def refuse_foreign(site: Path) -> None:
    """Refuse a folder that holds something twicetold did not write.

    Args:
        site: Path.

    Raises:
        WriteError: Where it is a file, or a folder that is neither empty nor a site of ours.
    """
    try:
        if not site.exists():
            return
        if not site.is_dir():
            raise WriteError(f"{site} is a file; name a folder for the site with --out")
        foreign = foreign_files(site)
        if foreign:
            raise WriteError(
                f"{site} holds files that twicetold did not write ({name_some(foreign)}); move them, name another folder"
                " with --out, or replace it with --force"
            )
    except OSError as error:
        raise WriteError(_explain(error, site)) from error


def _explain(error: OSError, site: Path) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"the disk is full; the site in {site} was left as it was: make room and build again"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{error.filename or site} can't be written: no permission; choose another folder with --out"
    if error.errno == errno.EBUSY:
        return f"{site} can't be swapped, since a disk or volume is mounted there; name a folder inside it, such as {site / 'site'}"
    return f"the site couldn't be written to {site}: {error.strerror or error}; the last one was left as it was"


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other build writes into the folder; the lock ends with the process, however it ends."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _recover(site: Path, fresh: Path, old: Path) -> None:
    # A build that was killed between its two renames leaves the last site under the name of the old one.
    if old.exists() and not site.exists():
        old.rename(site)
    for leftover in (fresh, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _write_all(outputs: Iterable[Output], folder: Path, last: Path) -> None:
    folder.mkdir()
    mode = stat.S_IFREG | (folder.stat().st_mode & 0o666)
    made = {folder}
    for output in outputs:
        path = folder / output.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        _put(path, output.content, last / output.path, mode)
    # The bytes must be on the disk before the names point to them; one call for all costs far less than one a file.
    os.sync()


def _put(path: Path, content: bytes, last: Path, mode: int) -> None:
    """Write a file, or take over that of the last site where it holds the same bytes, so that it keeps its time of change."""
    changed = _time_of_same(last, content, mode)
    if changed is not None:
        try:
            os.link(last, path, follow_symlinks=False)
            return
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            # Not every file system knows links.
            pass
    # "x": two outputs of one name would lose one of them unseen.
    with path.open("xb") as handle:
        handle.write(content)
    if changed is not None:
        os.utime(path, ns=(changed, changed))


def _time_of_same(last: Path, content: bytes, mode: int) -> int | None:
    """When a file was changed that holds the same bytes and has the permissions that it would have now."""
    try:
        found = last.lstat()
        if (found.st_mode, found.st_size) == (mode, len(content)) and last.read_bytes() == content:
            return found.st_mtime_ns
    except OSError:
        pass
    return None


def _swap(fresh: Path, site: Path, old: Path) -> None:
    if not site.exists():
        fresh.rename(site)
    elif not _exchange(fresh, site):
        try:
            site.rename(old)
            fresh.rename(site)
        except BaseException:
            # Also where somebody presses Ctrl-C between the two.
            if old.exists() and not site.exists():
                old.rename(site)
            raise


def _sync_names(folder: Path) -> None:
    """Put the names on the disk too, before the last site is removed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders' names in one step, where the system can."""
    if sys.platform not in _AT_FDCWD:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    call = getattr(libc, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    if call is None:
        return False
    here = _AT_FDCWD[sys.platform]
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE)) == 0)
