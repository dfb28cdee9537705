"""`twicetold settings`: what holds here, and where it comes from."""

from dataclasses import asdict
from typing import Annotated

import typer

from generator.commands.common import FLAGS, Config, settings_here, takes_settings
from generator.commands.output import print_json
from generator.settings import Flags


@takes_settings(*FLAGS)
def settings(
    *,
    flags: Flags,
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Show every setting that holds here, and where it comes from."""
    _, held = settings_here(config, flags)
    if as_json:
        print_json([asdict(item) for item in held])
        return
    names, values = max(len(item.name) for item in held), max(len(item.value) for item in held)
    for item in held:
        print(f"{item.name:{names}}  {item.value:{min(values, 30)}}  {item.origin}")
