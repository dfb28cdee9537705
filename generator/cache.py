"""Keys → bytes that were dear to make, in a folder that may be deleted at any time. What it gives is checked, never run."""

import hashlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path

from generator.errors import CacheError
from generator.frozen import dataclass

LIMIT = 2**30
"""Integer, in bytes: what a cache holds at the most once a build is done."""
# The folder's name below that of the cache. Another layout takes another name, so that neither reads the other.
_LAYOUT = "v1"
_CHECK = hashlib.sha256().digest_size
# What is above the limit goes, and so much more, so that not every build has to look for the oldest.
_ROOM = 0.9
# A file without its last name is another build's work in progress, or what a killed one left.
_UNFINISHED = ".part"
_FORSAKEN = 3600.0


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache on disk; each entry is one file, put in place whole.

    Several builds may use one cache at once. An entry that is damaged or can't be read is a miss, and one that can't be
    written is not kept; neither is a fault.

    Attributes:
        folder: Path.
        limit: Integer, in bytes.
    """

    folder: Path
    limit: int = LIMIT

    def holds(self, key: str) -> bool:
        """Tell whether there seems to be an entry.

        Args:
            key: String of 64 hexadecimal digits.

        Returns:
            Boolean.
        """
        return self._file(key).exists()

    def get(self, key: str) -> bytes | None:
        """Look an entry up, and note that it was of use.

        Args:
            key: String of 64 hexadecimal digits.

        Returns:
            Bytes, or None where there is no entry, or none that is whole.
        """
        file = self._file(key)
        try:
            data = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        check, value = data[:_CHECK], data[_CHECK:]
        return value if hashlib.sha256(value).digest() == check else None

    def put(self, key: str, value: bytes) -> None:
        """Keep an entry, where the disk lets it.

        Args:
            key: String of 64 hexadecimal digits.
            value: Bytes.
        """
        file = self._file(key)
        name = ""
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=file.parent, suffix=_UNFINISHED, delete=False) as handle:
                name = handle.name
                handle.write(hashlib.sha256(value).digest() + value)
            Path(name).replace(file)
        except OSError:
            if name:
                Path(name).unlink(missing_ok=True)

    def trim(self) -> None:
        """Remove what was of no use for longest, until the limit holds; and what killed builds left."""
        entries = []
        now = time.time()
        for file in (self.folder / _LAYOUT).glob("*/*"):
            try:
                found = file.stat()
                # A clock that was ahead leaves times that lie ahead; such an entry would outlive all others.
                ahead = found.st_mtime - now > _FORSAKEN
                if file.suffix == _UNFINISHED and (ahead or now - found.st_mtime > _FORSAKEN):
                    file.unlink()
                else:
                    entries.append((0 if ahead else found.st_mtime_ns, found.st_size, file))
            except OSError:
                continue
        left = sum(size for _, size, _ in entries)
        if left <= self.limit:
            return
        for _, size, file in sorted(entries):
            if left <= self.limit * _ROOM:
                break
            try:
                file.unlink(missing_ok=True)
            except OSError:
                continue
            left -= size

    def _file(self, key: str) -> Path:
        return self.folder / _LAYOUT / key[:2] / key[2:]


@dataclass(frozen=True, slots=True)
class CacheDrawer:
    """A drawer in a cache, of which each entry has a name; what is put under a name takes the place of what was there.

    Attributes:
        cache: Cache.
        label: String that tells it from all other drawers.
    """

    cache: Cache
    label: str

    def get(self, name: str) -> bytes | None:
        """Look an entry up.

        Args:
            name: String.

        Returns:
            Bytes, or None where there is none that is whole.
        """
        return self.cache.get(self._key(name))

    def put(self, name: str, value: bytes) -> None:
        """Keep an entry, where the disk lets it.

        Args:
            name: String.
            value: Bytes.
        """
        self.cache.put(self._key(name), value)

    def _key(self, name: str) -> str:
        return hashlib.sha256(f"{self.label}\n{name}".encode("utf-8", "surrogateescape")).hexdigest()


def user_folder() -> Path:
    """The cache's folder where none is named.

    Returns:
        Path: `twicetold` in the user's cache folder, which XDG_CACHE_HOME names.
    """
    from platformdirs import user_cache_path

    return user_cache_path("twicetold", appauthor=False)


def open_cache(folder: Path, limit: int = LIMIT) -> Cache:
    """Open a cache, made where there is none yet.

    Args:
        folder: Path.
        limit: Integer, in bytes.

    Returns:
        Cache.

    Raises:
        CacheError: The folder can't be made, or others could put their own pages in it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        inside = folder / _LAYOUT
        inside.mkdir(mode=0o700, exist_ok=True)
        for part in (folder, inside):
            _refuse_shared(part)
    except OSError as error:
        raise CacheError(f"{folder} can't be used: {error.strerror or error}; name another with --cache") from error
    return Cache(folder, limit)


def _refuse_shared(folder: Path) -> None:
    if sys.platform == "win32":
        return
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise CacheError(
            f"{folder} can be written by others, who could put pages of their own on your site; name another with --cache"
        )
