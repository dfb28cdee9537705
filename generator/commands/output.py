"""What commands print, whatever it goes to: a terminal that knows few signs, a pipe that nobody reads, a disk that is full."""

import codecs
import json
import os
import sys
from io import TextIOWrapper
from typing import Any

_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "…": "...",
        "→": "->",
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
    }
)
_HANDLER = "twicetold-plain"


def _in_plain_signs(error: UnicodeError) -> tuple[str, int]:
    """Stand-ins for what an encoding lacks: a plain sign that looks alike, or its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return text.encode(error.encoding, "backslashreplace").decode(error.encoding), error.end


def adapt_output() -> None:
    """Let standard output and standard error take any text, whatever their encoding, even where they are closed."""
    codecs.register_error(_HANDLER, _in_plain_signs)
    # Python has nothing in the place of what was closed, as `>&-` does. Any file that is opened next would get its number.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - it stays open
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def drop_output() -> None:
    """Forget what is still to be printed, where it can't be: Python would try once more when it ends, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def print_json(data: Any) -> None:  # noqa: ANN401 - what json takes
    """Print data as JSON: as it is in an encoding of Unicode, in escapes elsewhere.

    Args:
        data: What json can write.
    """
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=plain, indent=2))
