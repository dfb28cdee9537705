"""`twicetold init`: a new project."""

import shlex
from pathlib import Path
from typing import Annotated

import typer


def init(folder: Annotated[Path, typer.Argument(help="Where the project goes.", metavar="FOLDER")] = Path()) -> None:
    """Start a project: a sample in content/, a commented settings file, and workflows for GitHub and GitLab Pages."""
    from generator.project import start_project

    made = start_project(folder)
    for path in made:
        print(f"made {path}")
    if not made:
        print("nothing to make: all of it stands there already")
    here = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    print(f"next: {here}twicetold build")
