"""Outputs → the site folder: written beside it, then swapped in at one stroke, so that a reader never meets half a site."""

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import WriteError
from generator.export import MARK
from generator.outputs import Output

_AT_FDCWD = {"linux": -100, "darwin": -2}
_EXCHANGE = 2


def write_site(outputs: Iterable[Output], site: Path, force: bool = False) -> None:
    """Write a whole site in place of the last one.

    Everything goes to a sibling folder first. Where writing fails or is killed, the last site stays as it was; what a
    killed build left beside it is removed by the next one.

    Args:
        outputs: Iterable of Output, with distinct paths.
        site: Path of the site folder; it need not exist.
        force: Boolean; true replaces a folder that twicetold did not write.

    Raises:
        WriteError: Where the folder is not ours and force is false, or where it can't be written.
    """
    site = Path(os.path.realpath(site))
    if not force:
        refuse_foreign(site)
    fresh, old = site.with_name(f".{site.name}.new"), site.with_name(f".{site.name}.old")
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        with _only_writer(site.parent):
            _recover(site, fresh, old)
            try:
                _write_all(outputs, fresh)
                _swap(fresh, site, old)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
                shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise WriteError(_explain(error, site)) from error


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
        if any(site.iterdir()) and not _is_ours(site):
            message = f"{site} holds files that twicetold did not write; name another folder with --out, or replace it with --force"
            raise WriteError(message)
    except OSError as error:
        raise WriteError(_explain(error, site)) from error


def _is_ours(site: Path) -> bool:
    try:
        report = json.loads((site / "data" / "report.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(report, dict) and report.get("generator") == MARK


def _explain(error: OSError, site: Path) -> str:
    if error.errno == errno.ENOSPC:
        return f"the disk is full; the site in {site} was left as it was: make room and build again"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{error.filename or site} can't be written: no permission; choose another folder with --out"
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


def _write_all(outputs: Iterable[Output], folder: Path) -> None:
    folder.mkdir()
    made = {folder}
    for output in outputs:
        path = folder / output.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        # "x": two outputs of one name would lose one of them unseen.
        with path.open("xb") as handle:
            handle.write(output.content)
    # The bytes must be on the disk before the names point to them; one call for all costs far less than one a file.
    os.sync()


def _swap(fresh: Path, site: Path, old: Path) -> None:
    if not site.exists():
        fresh.rename(site)
    elif not _exchange(fresh, site):
        site.rename(old)
        fresh.rename(site)


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
