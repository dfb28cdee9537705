"""A folder → what in it twicetold did not write, so that nobody loses a file to a build."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from generator.export import MARK

# What a build writes; assets/ holds whatever a user's own templates put there.
_OWN_NAMES = re.compile(
    r"(?:(?:index|how-to-read|search|404|(?:clusters|singles)-\d+)\.html|robots\.txt|\.nojekyll|SHA256SUMS"
    r"|assets|clusters|data|pagefind)"
)
_OWN_FOLDERS = {"clusters": (".html", ".json"), "data": (".csv", ".json", ".js")}
LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""Names of files that systems leave in folders."""

_NAMED = 3


def foreign_files(site: Path) -> tuple[str, ...]:
    """Find what a folder holds that twicetold did not write.

    Args:
        site: Path.

    Returns:
        Tuple of strings, sorted names of files and folders; all of them where the folder is no site of ours, and none where
        it does not exist.

    Raises:
        OSError: The folder can't be listed.
    """
    if not site.is_dir():
        return ()
    names = sorted(entry.name for entry in site.iterdir())
    if not _is_ours(site):
        return tuple(names)
    inside = (
        f"{folder}/{entry.name}"
        for folder in _OWN_FOLDERS
        if (site / folder).is_dir()
        for entry in sorted((site / folder).iterdir())
        if not may_be_written(f"{folder}/{entry.name}") and entry.name not in LITTER
    )
    return (*(name for name in names if not may_be_written(name) and name not in LITTER), *inside)


def may_be_written(path: str) -> bool:
    """Tell whether a build may write a file or folder of that name.

    Args:
        path: String, POSIX path below the site folder.

    Returns:
        Boolean.
    """
    top, _, rest = path.partition("/")
    if not _OWN_NAMES.fullmatch(top):
        return False
    kinds = _OWN_FOLDERS.get(top)
    return not (kinds and rest) or ("/" not in rest and rest.endswith(kinds))


def say_replaced(site: Path) -> str:
    """Say what of others is about to be removed.

    Args:
        site: Path.

    Returns:
        String of one line, empty where there is nothing.
    """
    try:
        foreign = foreign_files(site)
    except OSError:
        return ""
    return f"replacing {site}, with what twicetold did not write in it: {name_some(foreign)}" if foreign else ""


def name_some(names: Sequence[str]) -> str:
    """Name the first few of some files.

    Args:
        names: Sequence of strings.

    Returns:
        String of one line.
    """
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(ascii(name)[1:-1] for name in names[:_NAMED]) + more


def _is_ours(site: Path) -> bool:
    try:
        report = json.loads((site / "data" / "report.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(report, dict) and report.get("generator") == MARK
