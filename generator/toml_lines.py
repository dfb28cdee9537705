"""A TOML file → its table, and the line on which each name stands, which tomllib does not tell."""

import re
from pathlib import Path
from typing import Any

from generator.errors import SettingsError

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_NAME = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_LONG = ('"""', "'''")


def read_table(config: Path) -> tuple[str, dict[str, Any]]:
    """Read a settings file.

    Args:
        config: Path of a TOML file.

    Returns:
        String, its text, and a dictionary, what it holds.

    Raises:
        SettingsError: Where it isn't there, can't be read, or is no TOML.
    """
    # Most folders have no settings file.
    import tomllib

    try:
        text = config.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError as error:
        raise SettingsError(f"{config} does not exist; name a settings file with --config, or leave it out") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config} can't be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{config} is not valid TOML: {error}") from error


def find_lines(text: str) -> dict[tuple[str, ...], int]:
    """Find where the tables and names of a TOML text stand.

    Args:
        text: String, valid TOML.

    Returns:
        Dictionary from the parts of a name, such as `("find",)` or `("find", "threshold")`, to its line, from 1.
    """
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    long = ""
    for number, line in enumerate(text.splitlines(), 1):
        if long:
            long = "" if long in line else long
            continue
        if header := _HEADER.match(line):
            table = _parts(header[1])
            lines.setdefault(table, number)
        elif name := _NAME.match(line):
            full = (*table, *_parts(name[1]))
            for end in range(1, len(full) + 1):
                lines.setdefault(full[:end], number)
            long = next((mark for mark in _LONG if line.count(mark) % 2), "")
    return lines


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
