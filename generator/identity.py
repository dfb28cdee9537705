"""What a build is named by, and what it was made with."""

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from generator.findings import Provenance

_SHAPING = ("numpy", "rapidfuzz", "scipy", "sentencex", "sparse_dot_topn", "textstat", "wordfreq")
_VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)


def make_provenance(
    digest: str,
    settings: tuple[tuple[str, str], ...],
    changed: tuple[str, ...] = (),
    built_on: str = "",
    templates: str = "",
) -> Provenance:
    """Say how a site is made.

    Args:
        digest: String, the digest of the input.
        settings: Tuple of pairs of strings, name and value.
        changed: Tuple of strings, the names of those that differ from their defaults.
        built_on: String, an ISO 8601 date, or empty.
        templates: String, the digest of a user's own templates; empty without any.

    Returns:
        Provenance.
    """
    version = version_of("twicetold")
    return Provenance(
        digest=digest,
        build_id=name_build(digest, settings, version, templates),
        built_on=built_on,
        version=version,
        versions=list_versions(),
        settings=settings,
        changed=changed,
    )


def list_versions() -> tuple[tuple[str, str], ...]:
    """Tell the versions of the libraries that shape the result.

    Returns:
        Tuple of pairs of strings, name and version.
    """
    return tuple((name, version_of(name)) for name in _SHAPING)


def version_of(name: str) -> str:
    """Tell the version of an installed package, as `metadata.version` does, without reading all else that it says of itself.

    Args:
        name: String.

    Returns:
        String.

    Raises:
        PackageNotFoundError: It is not installed.
    """
    file = _list_packages().get(name)
    if file and (found := _VERSION.search(file.read_text(encoding="utf-8"))):
        return found[1]
    # It knows of packages that are installed in other ways; to load it takes longer than all of the above.
    from importlib import metadata

    return metadata.version(name)


@cache
def _list_packages() -> dict[str, Path]:
    """From the name of each package to the file in which it tells of itself; the first on the path counts."""
    packages = dict[str, Path]()
    for folder in sys.path:
        for file in Path(folder).glob("*.dist-info/METADATA"):
            packages.setdefault(file.parent.name.partition("-")[0], file)
    return packages


@cache
def digest_program() -> str:
    """Name this program as it is, whatever its version says.

    Returns:
        String of 64 hexadecimal digits.
    """
    folder = Path(__file__).parent
    code = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        code.update(f"{file.relative_to(folder).as_posix()}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return code.hexdigest()


def name_build(digest: str, settings: Sequence[tuple[str, str]], version: str, templates: str = "") -> str:
    """The build id: what the same input, settings, version and own templates share.

    Args:
        digest: String, the digest of the input.
        settings: Sequence of pairs of strings, name and value.
        version: String.
        templates: String, the digest of a user's own templates; empty without any.

    Returns:
        String of 12 hexadecimal digits.
    """
    return hashlib.sha256(json.dumps([digest, list(settings), version, templates]).encode()).hexdigest()[:12]


def add_reviews(provenance: Provenance, reviews: str) -> Provenance:
    """Let a build's name tell its reviews apart too.

    Args:
        provenance: Provenance.
        reviews: String, the digest of all reviews; empty without any.

    Returns:
        Provenance; the same where there are none.
    """
    if not reviews:
        return provenance
    build_id = hashlib.sha256(f"{provenance.build_id} {reviews}".encode()).hexdigest()[:12]
    return replace(provenance, build_id=build_id)


def join_digests(digests: Sequence[str]) -> str:
    """Name several inputs by one digest.

    Args:
        digests: Sequence of strings.

    Returns:
        String of 64 hexadecimal digits; the digest itself where there is one only.
    """
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
