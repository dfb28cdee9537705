"""A new project: a folder with a sample, a settings file and what git should leave alone."""

from collections.abc import Iterator
from pathlib import Path

import generator
from generator.errors import ContentError, WriteError

SETTINGS_FILE = """\
# Settings of twicetold. A line that begins with # shows the default; take the # away to change it.

[read]
# max_bytes = 20971520    # a larger file, or a larger row of a table, is left out

[find]
# threshold = 0.3         # pairs are reported from this score on, 0 to 1

[compare]
# min_passage = 5         # words; shorter runs of shared words are no verbatim passage

[site]
# title = "Twicetold"     # the name of the site
# public = false          # true lets search engines index the pages
# templates = "built-in"  # or a folder of your own; templates/ beside this file is found by itself
"""


def start_project(folder: Path) -> tuple[Path, ...]:
    """Make a project; what stands there already is left as it is.

    Args:
        folder: Path; it need not exist.

    Returns:
        Tuple of Path, the files that were made.

    Raises:
        ContentError: Where the sample is missing from the installation.
        WriteError: Where a file can't be made.
    """
    made = []
    try:
        for name, content in _project_files(folder):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_bytes(content)
                made.append(path)
    except OSError as error:
        reason = error.strerror or error
        raise WriteError(f"{error.filename or folder} can't be written: {reason}; choose another folder") from error
    return tuple(made)


def _project_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    # Articles of the user's own are never mixed with the sample.
    if not (folder / "content").exists():
        for path in sorted(_sample_folder().iterdir()):
            yield f"content/{path.name}", path.read_bytes()
    yield "twicetold.toml", SETTINGS_FILE.encode()
    yield ".gitignore", b"/site/\n"


def _sample_folder() -> Path:
    package = Path(generator.__file__).parent
    for place in (package / "sample", package.parent / "content"):
        if place.is_dir():
            return place
    raise ContentError(f"the sample articles are missing from {package}; install twicetold again")
