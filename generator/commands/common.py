"""What several commands share: flags that are settings, which settings hold here, and the date that a caller fixed."""

import inspect
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from generator.cache import Cache, open_cache, user_folder
from generator.errors import CacheError, SettingsError
from generator.rules import ENGINES, SAME, Settings
from generator.settings import CONFIG_NAME, Flags, Held, list_settings, trace_settings

Config = Annotated[
    Path | None,
    typer.Option(help=f"A settings file; {CONFIG_NAME} here is found by itself.", show_default=False, metavar="FILE"),
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", help="The folder that keeps what was compared before.", metavar="DIR", show_default=False),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep what was compared before.")]


def _one_of(names: Sequence[str]) -> Callable[[str], list[str]]:
    """What completes a flag that takes any of some names."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    return complete


Content = Annotated[Path, typer.Argument(help="The folder of articles.", metavar="CONTENT")]

FLAGS: dict[str, Any] = {
    "threshold": Annotated[
        str | None, typer.Option(help="Report pairs from this score on, 0 to 1.", show_default=False, metavar="SHARE")
    ],
    "against": Annotated[
        list[str] | None,
        typer.Option(
            help="Compare with the articles of this folder too; repeatable.", show_default=False, metavar="DIR"
        ),
    ],
    "since": Annotated[
        str | None,
        typer.Option(help="Take articles dated before this day for an archive.", show_default=False, metavar="DATE"),
    ],
    "ignore_same": Annotated[
        list[str] | None,
        typer.Option(
            help="Leave out pairs within one source, author or folder; repeatable.",
            show_default=False,
            metavar="|".join(SAME),
            autocompletion=_one_of(SAME),
        ),
    ],
    "boilerplate": Annotated[
        str | None,
        typer.Option(help="Set the texts of this file aside, one a line.", show_default=False, metavar="FILE"),
    ],
    "public": Annotated[bool | None, typer.Option(help="Let search engines index the pages.", show_default=False)],
    "search": Annotated[
        bool | None, typer.Option(help="Make a page that searches the texts, with Pagefind.", show_default=False)
    ],
    "anonymise": Annotated[
        bool | None,
        typer.Option(help="Hide sources, authors, files and ids behind neutral names.", show_default=False),
    ],
    "engine": Annotated[
        str | None,
        typer.Option(
            help="Where the work is done.",
            show_default=False,
            metavar="|".join(ENGINES),
            autocompletion=_one_of(ENGINES),
        ),
    ],
    "master": Annotated[
        str | None,
        typer.Option(help="The master of Spark, such as spark://host:7077.", show_default=False, metavar="MASTER"),
    ],
}
"""Each flag that is a setting, under the setting's own name, with what a command says of it."""

FINDING = ("threshold", "against", "since", "ignore_same", "boilerplate")
"""The flags that shape what is found."""


def takes_settings(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command take settings as flags. They stand where it takes `flags`, and it gets them all as that.

    Args:
        names: Strings, names in FLAGS.

    Returns:
        Function from a command that takes `flags` to one that takes each flag by itself.
    """

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401 - what the command line gave
            flags = {name: given.pop(name) for name in names}
            command(**given, flags=_by_part(flags))

        own = inspect.signature(command)
        single = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in names]
        kept = [known.replace(kind=inspect.Parameter.KEYWORD_ONLY) for known in own.parameters.values()]
        at = list(own.parameters).index("flags")
        ordered = [*kept[:at], *single, *kept[at + 1 :]]
        hints = {name: hint for name, hint in inspect.get_annotations(command).items() if name != "flags"}
        run.__annotations__ = {**hints, **{name: FLAGS[name] for name in names}}
        run.__signature__ = own.replace(  # type: ignore[attr-defined]
            parameters=[one.replace(annotation=run.__annotations__[one.name]) for one in ordered]
        )
        return run

    return wrap


def _by_part(flags: Mapping[str, Any]) -> Flags:
    """Flags by the part of the settings that knows their name."""
    parts: dict[str, dict[str, Any]] = {}
    for full, _ in list_settings(Settings()):
        part, name = full.split(".")
        if name in flags:
            value = flags[name]
            parts.setdefault(part, {})[name] = tuple(value) if isinstance(value, list) else value
    return parts


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
