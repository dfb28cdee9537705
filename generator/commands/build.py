"""`twicetold build`: a folder of articles → its site."""

import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from generator.commands.common import Config, Threshold, build_date, settings_here
from generator.commands.progress import progress
from generator.outputs import Summary


def build(
    content: Annotated[Path, typer.Argument(help="The folder of articles.")] = Path("content"),
    out: Annotated[Path, typer.Option(help="Where the site goes.")] = Path("site"),
    threshold: Threshold = None,
    config: Config = None,
    public: Annotated[bool | None, typer.Option("--public", help="Let search engines index the pages.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a folder that twicetold did not write.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 where a file was left out.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Build the site of a folder of articles."""
    settings, _ = settings_here(config, {"find": {"threshold": threshold}, "site": {"public": public}})
    built_on = build_date(os.environ)

    # What takes long to load is loaded once the settings are known to be right.
    from generator.build import build_site
    from generator.engines.registry import make_engine

    started = time.perf_counter()
    with progress(quiet) as watch:
        summary = build_site(content, out, settings, make_engine("local"), built_on=built_on, force=force, watch=watch)
    if not quiet:
        print_summary(summary, time.perf_counter() - started)
    if strict and summary.left_out:
        raise typer.Exit(1)


def print_summary(summary: Summary, seconds: float) -> None:
    """Say what a build did: what was left out on standard error, the rest on standard output.

    Args:
        summary: Summary.
        seconds: Float, how long it took.
    """

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
