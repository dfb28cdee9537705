"""Where templates lie: the built-in ones, and a user's own. To look for them takes nothing of what renders them."""

import hashlib
from pathlib import Path

from generator.errors import RenderError

BUILT_IN = "built-in"
"""What an own template writes before the name of a built-in one that it stands in for: `built-in/cluster.html`."""


def templates_folder() -> Path:
    """Find the templates: beside the package's modules where it is installed, else at the top of the checkout.

    Returns:
        Path of the folder.

    Raises:
        RenderError: There is no such folder.
    """
    package = Path(__file__).parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "base.html").is_file():
            return folder
    raise RenderError(f"there are no templates in {package / 'templates'}; install twicetold again")


def own_folder(named: str) -> Path | None:
    """Find the folder of a user's own templates.

    Args:
        named: String, its path, or `built-in`.

    Returns:
        Path, or None where there are none, or where the folder is that of the built-in ones.

    Raises:
        RenderError: There is no such folder.
    """
    if named == BUILT_IN:
        return None
    folder = Path(named)
    if not folder.is_dir():
        raise RenderError(
            f"there is no folder {named} for site.templates; make it, or take the line out of the settings"
        )
    return None if folder.samefile(templates_folder()) else folder


def own_digest(own: Path | None) -> str:
    """Digest a user's own templates, since they shape the site as settings do.

    Args:
        own: Path of their folder, or None.

    Returns:
        String of 64 hexadecimal digits; empty without a folder.

    Raises:
        RenderError: A file of the folder can't be read.
    """
    if own is None:
        return ""
    total = hashlib.sha256()
    for path in files_of(own):
        total.update(path.relative_to(own).as_posix().encode("utf-8") + b"\0")
        total.update(hashlib.sha256(read_bytes(path)).digest())
    return total.hexdigest()


def files_of(folder: Path) -> list[Path]:
    """List the files of a folder of templates, but those that systems, editors and Python hide there.

    Args:
        folder: Path.

    Returns:
        List of Path, sorted.
    """
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.parent.name != "__pycache__"
    )


def read_bytes(path: Path) -> bytes:
    """Read a file of the templates.

    Args:
        path: Path.

    Returns:
        Bytes.

    Raises:
        RenderError: It can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise RenderError(f"{path} can't be read: {error.strerror}; mend it or take it away") from error
