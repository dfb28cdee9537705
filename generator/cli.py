"""The command line: arguments in, messages and exit codes out. Each command stands in `commands`."""

import gc
import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.compare import compare
from generator.commands.init import init
from generator.commands.names import names
from generator.commands.output import adapt_output, drop_output
from generator.commands.serve import serve
from generator.commands.settings import settings
from generator.commands.why import why
from generator.errors import GeneratorError

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


def main() -> None:
    """Run the command; faults that a user can mend end in one line each on standard error."""
    # The word lists and the pronouncing dictionary are millions of objects that never die; looking through them again after
    # every 700 new ones takes longer than loading them.
    gc.set_threshold(1_000_000)
    # The threads that numpy starts for large matrices, which there are none of here, keep a core busy with waiting.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    adapt_output()
    try:
        _run()
    except GeneratorError as error:
        for line in str(error).splitlines():
            print(f"twicetold: {line}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("twicetold: stopped; the last site was left as it was", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read along has read enough, as `head` does.
        drop_output()
        sys.exit(1)
    except OSError as error:
        drop_output()
        reason = (
            f"{error.filename}: {error.strerror}"
            if error.filename
            else f"the output can't be written: {error.strerror}"
        )
        print(f"twicetold: {reason}; make room, or allow it, and try again", file=sys.stderr)
        sys.exit(3)
    except RuntimeError as error:
        # So Path.resolve tells of a link that leads to itself, before Python 3.13.
        if not str(error).startswith("Symlink loop"):
            raise
        print(
            f"twicetold: {str(error).partition('from ')[2]}: a link that leads to itself; name another", file=sys.stderr
        )
        sys.exit(3)
    finally:
        # Python would look through all of them once more before it ends.
        gc.freeze()


def _run() -> None:
    try:
        app()
    finally:
        # Here it can still be told where what was printed doesn't reach its end.
        sys.stdout.flush()


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
