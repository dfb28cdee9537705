"""The digests of a site's files, in the format of sha256sum, and which files are not what they were when it was built."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.foreign import LITTER, may_be_written
from generator.frozen import dataclass
from generator.outputs import Output

SUMS = "SHA256SUMS"
"""The file that holds the digests of all others; `sha256sum -c` reads it."""

_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
# The signs that GNU coreutils writes otherwise in a name, so that each name stays on one line.
_WRITTEN = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_READ = {written: sign for sign, written in _WRITTEN.items()}


@dataclass(frozen=True, slots=True)
class Audit:
    """How the files of a site stand beside their digests.

    Attributes:
        faults: Tuple of strings, one line each: files that changed, that are missing, or that stand where only a build writes
            and are not of this one.
        others: Tuple of strings, the names of other files and folders (with `/`), such as a host asks for.
    """

    faults: tuple[str, ...]
    others: tuple[str, ...]


def with_digests(outputs: Iterable[Output]) -> Iterator[Output]:
    """Add the digests of outputs, as they pass.

    Args:
        outputs: Iterable of Output.

    Yields:
        Output: all of them, then SUMS, sorted by path; the same outputs in any order give the same bytes.
    """
    digests = {}
    for output in outputs:
        digests[output.path] = hashlib.sha256(output.content).hexdigest()
        yield output
    yield Output(
        SUMS, "".join(_line(path, digests[path]) for path in sorted(digests)).encode("utf-8", "surrogateescape")
    )


def audit_files(site: Path) -> Audit:
    """Compare the files of a site with their digests.

    Args:
        site: Path of the site folder.

    Returns:
        Audit.
    """
    # A link to a folder is no folder here: nothing behind it is part of the site.
    found = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_symlink() or not file.is_dir()}
    try:
        digests = _parse((site / SUMS).read_bytes().decode("utf-8", "surrogateescape"))
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", "") or error
        reason = "missing" if isinstance(error, FileNotFoundError) else f"can't be read: {told}"
        return Audit((f"{SUMS}: {reason}; without it nobody can tell which files are as they were built",), ())
    extra = {path for path in found - digests.keys() - {SUMS} if path.rpartition("/")[2] not in LITTER}
    ours = set(filter(may_be_written, extra))
    faults = [(path, fault) for path, known in digests.items() if (fault := _fault_of(site, path, known, found))]
    faults += [(path, "not of this build: left by another, or put there by hand; remove it") for path in ours]
    others = sorted(set(map(_topmost, extra - ours)))
    return Audit(tuple(f"{_shown(path)}: {fault}" for path, fault in sorted(faults)), tuple(map(_shown, others)))


def _line(path: str, digest: str) -> str:
    written = "".join(_WRITTEN.get(sign, sign) for sign in path)
    mark = "" if written == path else "\\"
    return f"{mark}{digest}  {written}\n"


def _parse(text: str) -> dict[str, str]:
    """From path to digest; a line that is none raises ValueError."""
    digests = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"line {number} is no digest and name")
        escaped, digest, name = found.groups()
        digests[re.sub(r"\\[\\nr]", lambda sign: _READ[sign[0]], name) if escaped else name] = digest
    return digests


def _fault_of(site: Path, path: str, known: str, found: set[str]) -> str:
    if path not in found:
        return "missing"
    try:
        with (site / path).open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == known
    except OSError as error:
        return f"can't be read: {error.strerror or error}"
    return "" if same else "changed since it was built"


def _topmost(path: str) -> str:
    """A file that no build writes, or the topmost folder that holds it and that no build makes."""
    parts = path.split("/")
    depth = 2 if may_be_written(parts[0]) else 1
    return "/".join(parts[:depth]) + ("/" if depth < len(parts) else "")


def _shown(path: str) -> str:
    return path if path.isprintable() else ascii(path)[1:-1]
