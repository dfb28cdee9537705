"""The command line: flags and clock in, messages and exit codes out. The only room that prints."""

import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from generator.errors import GeneratorError, SettingsError
from generator.outputs import Summary
from generator.settings import CONFIG_NAME, load_settings

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Find the articles of a folder that were told twice, and build a site that shows it.",
    epilog="Exit codes: 0 built; 1 with --strict and something left out; 2 wrong usage or settings; "
    "3 nothing to build from, or the site couldn't be written.",
)


def main() -> None:
    """Run the command; a fault that a user can mend ends in one line on standard error."""
    # The word lists and the pronouncing dictionary are millions of objects that never die; looking through them again after
    # every 700 new ones takes longer than loading them.
    gc.set_threshold(1_000_000)
    try:
        app()
    except GeneratorError as error:
        print(f"twicetold: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("twicetold: stopped; the last site was left as it was", file=sys.stderr)
        sys.exit(130)
    finally:
        # Python would look through all of them once more before it ends.
        gc.freeze()


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"twicetold {metadata.version('twicetold')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Find the articles of a folder that were told twice, and build a site that shows it."""


@app.command(epilog="Example: twicetold build articles --out public --threshold 0.4")
def build(
    content: Annotated[Path, typer.Argument(help="The folder of articles.")] = Path("content"),
    out: Annotated[Path, typer.Option(help="Where the site goes.")] = Path("site"),
    threshold: Annotated[float | None, typer.Option(help="Report pairs from this score on, 0 to 1.")] = None,
    config: Annotated[
        Path | None, typer.Option(help=f"A settings file; {CONFIG_NAME} here is found by itself.")
    ] = None,
    public: Annotated[bool | None, typer.Option("--public", help="Let search engines index the pages.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a folder that twicetold did not write.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 where a file was left out.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Build the site of a folder of articles."""
    from generator.build import build_site
    from generator.engines.registry import make_engine

    started = time.perf_counter()
    if config is None and Path(CONFIG_NAME).is_file():
        config = Path(CONFIG_NAME)
    settings = load_settings(config, {"find": {"threshold": threshold}, "site": {"public": public}})
    with _progress(quiet) as watch:
        summary = build_site(
            content, out, settings, make_engine("local"), built_on=_build_date(os.environ), force=force, watch=watch
        )
    if not quiet:
        _print_summary(summary, time.perf_counter() - started)
    if strict and summary.left_out:
        raise typer.Exit(1)


@app.command(epilog="Example: twicetold init desk && cd desk && twicetold build")
def init(folder: Annotated[Path, typer.Argument(help="Where the project goes.")] = Path()) -> None:
    """Start a project: a sample in content/, a commented settings file and a .gitignore."""
    from generator.project import start_project

    made = start_project(folder)
    for path in made:
        print(f"made {path}")
    if not made:
        print("nothing to make: all of it stands there already")


def _build_date(environment: "os._Environ[str]") -> str:
    """The date of the pages, where the caller fixed one. Source: reproducible-builds.org, SOURCE_DATE_EPOCH."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be seconds since 1970, a whole number") from error


def _print_summary(summary: Summary, seconds: float) -> None:
    def count(number: int, noun: str) -> str:
        return f"{number:,} {noun}{'' if number == 1 else 's'}"

    for item in summary.left_out:
        print(f"left out: {item.path}: {item.reason}", file=sys.stderr)
    inside = (
        f"{summary.clustered:,} of them in {count(summary.clusters, 'cluster')}"
        if summary.clusters
        else "none told twice"
    )
    left_out = f", {len(summary.left_out):,} left out" if summary.left_out else ""
    print(f"{count(summary.articles, 'article')}, {inside}{left_out}")
    print(f"{summary.site}/index.html, in {seconds:.1f} s")


@contextmanager
def _progress(quiet: bool) -> Iterator["Watcher"]:
    """A bar on a terminal; silence in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield Watcher(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Without a thread of its own the bar can't be caught in the middle of a line by a process that forks.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        yield Watcher(bar)


class Watcher:
    """Shows how far a stage is.

    Attributes:
        bar: rich's Progress, or None for silence.
    """

    def __init__(self, bar: "Progress | None") -> None:
        self.bar = bar

    def __call__(self, stage: str, items: Iterable[Item], count: int) -> Iterable[Item]:
        """The items, counted on the bar as they pass.

        Args:
            stage: String, the name of the stage.
            items: Iterable.
            count: Integer, how many there are.

        Returns:
            Iterable of the same items.
        """
        if self.bar is None:
            yield from items
            return
        task = self.bar.add_task(stage, total=count)
        for item in items:
            yield item
            self.bar.advance(task)
            self.bar.refresh()
