"""`twicetold check`: a built site before it is published."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def check(
    site: Annotated[Path, typer.Argument(help="The folder of a built site.", metavar="SITE")] = Path("site"),
) -> None:
    """Check a built site: files against their digests, links, anchors, styles and scripts, data against pages."""
    from generator.verify import verify_site

    audit = verify_site(site)
    for fault in audit.faults:
        print(fault, file=sys.stderr)
    for name in audit.others:
        print(f"{name}: not of this build, and left alone")
    if audit.faults:
        print(f"{len(audit.faults):,} {'fault' if len(audit.faults) == 1 else 'faults'} in {site}; build it again")
        raise typer.Exit(1)
    print(f"{site} is whole")
