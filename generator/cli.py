"""The command line: arguments in, messages and exit codes out. Each command stands in `commands`."""

import gc
import os
import sys

from generator.commands.output import adapt_output, drop_output
from generator.errors import GeneratorError


def main() -> None:
    """Run the command; faults that a user can mend end in one line each on standard error."""
    # Modules, word lists and the pronouncing dictionary are many objects that never die; looking through them again after
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
        # What takes long to load is loaded once the above holds, and an interrupt finds somebody who tells of it.
        from generator.commands.app import app

        app()
    finally:
        # Here it can still be told where what was printed doesn't reach its end.
        sys.stdout.flush()
