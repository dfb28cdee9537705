"""`twicetold check`: a built site before it is published."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def check(site: Annotated[Path, typer.Argument(help="The folder of a built site.")] = Path("site")) -> None:
    """Check a built site: links, anchors, styles and scripts against their policies, data against pages."""
    from generator.verify import verify_site

    faults = verify_site(site)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults):,} {'fault' if len(faults) == 1 else 'faults'} in {site}; build it again")
        raise typer.Exit(1)
    print(f"{site} is whole")
