"""What several commands share: which settings hold here, and the date that a caller fixed."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from generator.cache import Cache, open_cache, user_folder
from generator.errors import CacheError, SettingsError
from generator.rules import SAME, Settings
from generator.settings import CONFIG_NAME, Flags, Held, trace_settings

Config = Annotated[
    Path | None, typer.Option(help=f"A settings file; {CONFIG_NAME} here is found by itself.", show_default=False)
]
Threshold = Annotated[
    float | None, typer.Option(help="Report pairs from this score on, 0 to 1.", show_default=False, metavar="SHARE")
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", help="The folder that keeps what was compared before.", metavar="DIR", show_default=False),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep what was compared before.")]

Against = Annotated[
    list[str] | None,
    typer.Option(help="Compare with the articles of this folder too; repeatable.", show_default=False, metavar="DIR"),
]
Since = Annotated[
    str | None,
    typer.Option(help="Take articles dated before this day for an archive.", show_default=False, metavar="DATE"),
]
IgnoreSame = Annotated[
    list[str] | None,
    typer.Option(
        help="Leave out pairs within one source, author or folder; repeatable.",
        show_default=False,
        metavar="|".join(SAME),
    ),
]

Boilerplate = Annotated[
    str | None, typer.Option(help="Set the texts of this file aside, one a line.", show_default=False, metavar="FILE")
]


def finding_flags(
    threshold: float | None,
    against: Sequence[str] | None = None,
    since: str | None = None,
    ignore_same: Sequence[str] | None = None,
    boilerplate: str | None = None,
) -> dict[str, dict[str, Any]]:
    """The flags that shape what is found.

    Args:
        threshold: Share, or None; so the others where they are not given.
        against: Sequence of strings.
        since: String.
        ignore_same: Sequence of strings.
        boilerplate: String.

    Returns:
        Flags.
    """
    return {
        "read": {"against": tuple(against or ()), "since": since},
        "find": {"threshold": threshold, "ignore_same": tuple(ignore_same or ()), "boilerplate": boilerplate},
    }


def settings_here(config: Path | None, flags: Flags | None = None) -> tuple[Settings, tuple[Held, ...]]:
    """The settings that hold for a command.

    Args:
        config: Path of a settings file, or None for the one of the current folder, if there is one.
        flags: Flags, or None.

    Returns:
        Settings, and a tuple of Held: where each comes from.

    Raises:
        SettingsError: As `load_settings`.
    """
    if config is None and Path(CONFIG_NAME).is_file():
        config = Path(CONFIG_NAME)
    return trace_settings(config, flags or {}, os.environ)


def build_date(environment: Mapping[str, str]) -> str:
    """The date of the pages, where the caller fixed one.

    Args:
        environment: Mapping from names of environment variables to values.

    Returns:
        String, an ISO 8601 date, or empty. Source: reproducible-builds.org, SOURCE_DATE_EPOCH.

    Raises:
        SettingsError: Where SOURCE_DATE_EPOCH is no whole number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be seconds since 1970, a whole number") from error


def cache_here(folder: Path | None, wanted: bool, quiet: bool) -> Cache | None:
    """Open the cache of a command. Where the user's own can't be used, a note says so, and the command does without.

    Args:
        folder: Path, or None for the user's own.
        wanted: Boolean.
        quiet: Boolean; true leaves the note out.

    Returns:
        Cache, or None.

    Raises:
        CacheError: The folder that was named can't be used.
    """
    if not wanted:
        return None
    try:
        return open_cache(folder or user_folder())
    except CacheError as error:
        if folder:
            raise
        if not quiet:
            print(f"twicetold: no cache: {error}", file=sys.stderr)
        return None
