"""All commands, with what `--help` says of each."""

from collections.abc import Callable
from typing import Annotated

import typer

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.compare import compare
from generator.commands.init import init
from generator.commands.names import names
from generator.commands.serve import serve
from generator.commands.settings import settings
from generator.commands.why import why

EXIT_CODES = """\b
Exit codes:
  0    done
  1    with --strict and something left out; or check found faults
  2    wrong usage or settings
  3    nothing to build from, or something couldn't be read or written
  4    with --fail-over and a pair over it
  130  stopped with Ctrl-C"""

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Find the articles of a folder that were told twice, and build a site that shows it.",
    epilog=f"To begin with: twicetold init desk && cd desk && twicetold build\n\n{EXIT_CODES}",
)
COMMANDS: tuple[tuple[Callable[..., None], str, tuple[str, ...]], ...] = (
    (init, "Start a project with a sample in it.", ("twicetold init desk && cd desk && twicetold build",)),
    (
        build,
        "Build the site of a folder of articles.",
        (
            "twicetold build",
            "twicetold build articles --out public --threshold 0.4",
            "twicetold build today --against archive --fail-over 0.4 --report-md summary.md",
        ),
    ),
    (
        serve,
        "Show the site here, and rebuild as you edit.",
        ("twicetold serve --open", "twicetold serve articles --port 8080"),
    ),
    (
        check,
        "Check a built site before it is published.",
        ("twicetold check site && rsync -a --delete site/ host:/srv/told/",),
    ),
    (
        compare,
        "Compare two articles, or two folders.",
        (
            "twicetold compare wire.txt ours.txt",
            "twicetold compare wire.txt ours.txt --html for-the-editor.html",
            "pbpaste | twicetold compare - wire.txt",
            "twicetold compare today archive --json",
        ),
    ),
    (
        why,
        "Tell why two articles match or not.",
        ("twicetold why wire desk/ours.txt", "twicetold why ours archive/wire.txt --against archive"),
    ),
    (
        names,
        "List who is behind the names of an anonymised site.",
        ("twicetold build --anonymise && twicetold names > for-my-eyes-only.csv",),
    ),
    (
        settings,
        "Show what holds here and where it comes from.",
        ("twicetold settings", "TWICETOLD_FIND_THRESHOLD=0.4 twicetold settings --json"),
    ),
)
for command, summary, examples in COMMANDS:
    shown = "".join(f"\n  {example}" for example in examples)
    app.command(short_help=summary, epilog=f"\b\nExamples:{shown}")(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        print(f"twicetold {metadata.version('twicetold')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Find the articles of a folder that were told twice, and build a site that shows it."""
