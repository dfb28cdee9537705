"""What the last build of a site was made of and what it wrote, so that the next one may find that nothing is to be done."""

import hashlib
import json
import sys
from functools import cache as once
from pathlib import Path
from re import match

from generator.cache import Cache, CacheDrawer
from generator.frozen import dataclass
from generator.identity import digest_program, version_of
from generator.outputs import Summary
from generator.read.raw import digest_files, stamp_files
from generator.read.walk import Place
from generator.template_folders import own_digest, templates_folder
from generator.values import LeftOut
from generator.write import Manifest, list_files


def name_making(settings: tuple[tuple[str, str], ...], built_on: str, own: str, secret: str = "") -> str:
    """Name all that shapes a site besides the articles.

    Args:
        settings: Tuple of pairs of strings, name and value.
        built_on: String, an ISO 8601 date, or empty.
        own: String, the digest of the user's own templates; empty without any.
        secret: String, the value of a setting that is not shown; empty without any.

    Returns:
        String of 64 hexadecimal digits: digest of settings, date, templates, secret, of this program as it is, and of the
        versions of Python and of all libraries that it asks for.
    """
    shapes = [settings, built_on, own_digest(templates_folder()), own, secret, _name_program()]
    return hashlib.sha256(json.dumps(shapes).encode()).hexdigest()


@once
def _name_program() -> list[str]:
    # Without a cache nobody asks.
    from importlib import metadata

    def version(name: str) -> str:
        try:
            return version_of(name)
        except metadata.PackageNotFoundError:
            return ""

    names = [found[0] for need in metadata.requires("twicetold") or () if (found := match(r"[\w.-]+", need))]
    return [sys.version, version_of("twicetold"), digest_program(), *map(version, names)]


def open_drawer(cache: Cache | None, site: Path) -> CacheDrawer | None:
    """The drawer of a site, for this program with its libraries; another version has another one.

    Args:
        cache: Cache, or None where nothing is kept.
        site: Path of the site folder.

    Returns:
        CacheDrawer, or None.
    """
    return CacheDrawer(cache, json.dumps([*_name_program(), str(site.resolve())])) if cache else None


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the last build of a site.

    Attributes:
        cache: Cache, or None where nothing is.
        folders: Tuple of paths: of the articles, of the archives that they are compared with, of a file of boilerplate.
        site: Path of the site folder.
        made_of: String that names the input and all that shapes the site.
        stamp: String: what the system said of the input's files before they were read.
    """

    cache: Cache | None
    folders: tuple[Path, ...]
    site: Path
    made_of: str = ""
    stamp: str = ""

    @classmethod
    def of(cls, cache: Cache | None, places: tuple[Place, ...], site: Path, making: str) -> "Memory":
        """Look at the input of a build.

        Args:
            cache: Cache, or None to remember nothing.
            places: Tuple of Place; what lies at an address can't be looked at without reading it, so nothing is remembered of it.
            site: Path.
            making: String of `name_making`.

        Returns:
            Memory.
        """
        folders = tuple(place for place in places if isinstance(place, Path))
        if cache is None or folders != places:
            return cls(None, folders, site)
        stamp, digest = stamp_files(folders), digest_files(folders)
        return cls(cache if stamp and digest else None, folders, site, f"{making} {digest}", stamp)

    def recall(self) -> Summary | None:
        """Find out whether the site stands as its last build left it, and was made of the same.

        Returns:
            Summary of that build, or None where the site has to be built.
        """
        try:
            last = json.loads((self.cache and self.cache.get(self._key)) or b"{}")
            if not last or last["made_of"] != self.made_of:
                return None
            manifest = {path: (size, changed) for path, size, changed in last["files"]}
            if list_files(self.site) != manifest:
                return None
            left_out = tuple(LeftOut(path, reason) for path, reason in last["left_out"])
            articles, clusters, clustered, archive, ignored = last["counts"]
            names = tuple(last["names"])
            return Summary(articles, clusters, clustered, left_out, str(self.site), archive, ignored, names)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def record(self, summary: Summary, manifest: Manifest) -> None:
        """Note what the site was made of and what was written, unless the input changed meanwhile.

        Args:
            summary: Summary.
            manifest: Manifest.
        """
        if self.cache is None:
            return
        if stamp_files(self.folders) == self.stamp:
            data = {
                "made_of": self.made_of,
                "counts": [summary.articles, summary.clusters, summary.clustered, summary.archive, summary.ignored],
                "names": list(summary.names),
                "left_out": [[item.path, item.reason] for item in summary.left_out],
                "files": [[path, *found] for path, found in sorted(manifest.items())],
            }
            self.cache.put(self._key, json.dumps(data).encode())
        self.cache.trim()

    @property
    def _key(self) -> str:
        site = str(self.site.resolve()).encode("utf-8", "surrogateescape")
        return hashlib.sha256(b"the last build of " + site).hexdigest()
