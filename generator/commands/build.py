"""`twicetold build`: a folder of articles → its site."""

import os
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from generator.commands.common import (
    FINDING,
    CacheFolder,
    Config,
    NoCache,
    build_date,
    cache_here,
    settings_here,
    takes_settings,
)
from generator.commands.progress import progress, show_timings
from generator.errors import SettingsError, WriteError
from generator.outputs import Summary
from generator.patterns import keep_patterns
from generator.read.walk import place_of
from generator.settings import Flags

MOST_LEFT_OUT = 500
"""Inputs that were left out and that a terminal names: a table of another kind can be a million broken rows."""


ContentOrAddress = Annotated[
    Any,
    typer.Argument(help="The folder of articles; with Spark also an address.", metavar="CONTENT", parser=place_of),
]

FailOver = Annotated[
    str | None,
    typer.Option(
        help="End with 4 where a pair with a new article scores over this.", metavar="SHARE", show_default=False
    ),
]


@takes_settings(*FINDING, "public", "search", "anonymise", "engine", "master")
def build(
    content: ContentOrAddress = "content",
    out: Annotated[Path, typer.Option(help="Where the site goes.", metavar="SITE")] = Path("site"),
    *,
    flags: Flags,
    config: Config = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a folder that twicetold did not write.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 where a file was left out.")] = False,
    fail_over: FailOver = None,
    report_md: Annotated[
        Path | None,
        typer.Option(help="Write a summary in Markdown, for a pull request.", metavar="FILE", show_default=False),
    ] = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    timings: Annotated[bool, typer.Option("--timings", help="Print what each stage took.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Build the site of a folder of articles."""
    settings, _ = settings_here(config, flags)
    limit = _read_limit(fail_over)
    built_on, kept = build_date(os.environ), cache_here(cache, not no_cache, quiet)
    started = time.perf_counter()
    _say_replaced(out, force)
    with progress(quiet) as watch:
        # What takes long to load is loaded once the settings are known to be right.
        from generator.build import build_site
        from generator.engines.registry import open_engine

        with open_engine(settings.run) as engine:
            summary = build_site(
                content, out, settings, engine, built_on=built_on, force=force, watch=watch, cache=kept
            )
        keep_patterns()
    if not quiet:
        print_summary(summary, time.perf_counter() - started)
    if timings:
        print(show_timings(watch.stages()), file=sys.stderr)
    code = 4 if _check_pairs(out, limit, report_md) else int(strict and bool(summary.left_out))
    if code:
        raise typer.Exit(code)


def _say_replaced(site: Path, force: bool) -> None:
    """Name what others put into a folder that is about to be replaced."""
    from generator.foreign import say_replaced

    if force and (replaced := say_replaced(site)):
        print(replaced, file=sys.stderr)


def _read_limit(text: str | None) -> float | None:
    """The share that --fail-over names."""
    try:
        limit = None if text is None else float(text)
    except ValueError:
        limit = -1.0
    if limit is not None and not 0 <= limit <= 1:
        raise SettingsError(f"--fail-over is {text!r}; it must be a number from 0 to 1, such as 0.5")
    return limit


def _check_pairs(site: Path, limit: float | None, summary: Path | None) -> bool:
    """Name the pairs over the limit, write the summary, and tell whether there are such pairs."""
    if limit is None and summary is None:
        return False
    from generator.gate import find_over, read_pairs, summarise

    pairs = read_pairs(site)
    if summary:
        try:
            summary.write_text(summarise(site, pairs, limit), encoding="utf-8")
        except OSError as error:
            raise WriteError(f"{summary} can't be written: {error.strerror or error}; name another file") from error
    over = () if limit is None else find_over(pairs, limit)
    for pair in over:
        print(f"over {limit:g}: {pair.a} and {pair.b}, score {pair.score:.2f}, {pair.verdict}", file=sys.stderr)
    return bool(over)


def print_summary(summary: Summary, seconds: float, place: str = "") -> None:
    """Say what a build did: what was left out on standard error, the rest on standard output.

    Args:
        summary: Summary.
        seconds: Float, how long it took.
        place: String, where the site is to be looked at; empty for its own index.html.
    """

    def count(number: int, noun: str) -> str:
        return f"{number:,} {noun}{'' if number == 1 else 's'}"

    for item in summary.left_out[:MOST_LEFT_OUT]:
        print(f"left out: {item.path}: {item.reason}", file=sys.stderr)
    if len(summary.left_out) > MOST_LEFT_OUT:
        more = f"{len(summary.left_out) - MOST_LEFT_OUT:,} more; data/report.json lists them all"
        print(f"left out: {more}", file=sys.stderr)
    for line in summary.names:
        print(f"names: {line}", file=sys.stderr)
    inside = (
        f"{summary.clustered:,} of them in {count(summary.clusters, 'cluster')}"
        if summary.clusters
        else "none told twice"
    )
    left_out = f", {len(summary.left_out):,} left out" if summary.left_out else ""
    beside = f" beside {summary.archive:,} of the archive" if summary.archive else ""
    print(f"{count(summary.articles, 'article')}{beside}, {inside}{left_out}")
    if summary.ignored:
        print(f"{count(summary.ignored, 'pair')} within one source, author or folder not reported")
    print(f"{place or f'{summary.site}/index.html'}, in {seconds:.1f} s")
