"""twicetold.toml and flags → Settings, with every fault at once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator.errors import SettingsError
from generator.rules import CompareRules, FindRules, ReadRules, Settings, SiteRules

CONFIG_NAME = "twicetold.toml"

_PARTS = {"read": ReadRules, "find": FindRules, "compare": CompareRules, "site": SiteRules}
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text in quotation marks"}


def load_settings(config: Path | None, flags: Mapping[str, Mapping[str, Any]]) -> Settings:
    """Settings of a file, with flags in front.

    Args:
        config: Path of a TOML file, or None for the defaults.
        flags: Mapping from part (`find`) to a mapping from name (`threshold`) to value; None stands for a flag not given.

    Returns:
        Settings.

    Raises:
        SettingsError: Where the file can't be read, or any value can't be used; the message lists every fault.
    """
    table = _read_table(config) if config else {}
    faults = [f"{config}: {fault}" for fault in _find_faults(table)]
    parts = {}
    for name, rules in _PARTS.items():
        known = {field.name for field in fields(rules)}
        given = table.get(name)
        values = {k: v for k, v in given.items() if k in known} if isinstance(given, dict) else {}
        values |= {key: value for key, value in flags.get(name, {}).items() if value is not None}
        if faults:
            continue
        try:
            parts[name] = rules(**values)
        except SettingsError as error:
            faults.append(str(error))
    if faults:
        raise SettingsError("; ".join(faults))
    return Settings(**parts)


def list_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Each setting by its full name, with its value.

    Args:
        settings: Settings.

    Returns:
        Tuple of pairs of strings, such as `("find.threshold", "0.3")`.
    """
    return tuple(
        (f"{part}.{field.name}", _show(getattr(getattr(settings, part), field.name)))
        for part, rules in _PARTS.items()
        for field in fields(rules)
    )


def _show(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read_table(config: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{config} does not exist; name a settings file with --config, or leave it out") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config} can't be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{config} is not valid TOML: {error}") from error


def _find_faults(table: Mapping[str, Any]) -> Iterator[str]:
    for part, values in table.items():
        if part not in _PARTS:
            yield f"[{part}] is unknown{_nearest(part, _PARTS)}"
        elif not isinstance(values, dict):
            yield f"{part} must be a table: [{part}]"
        else:
            yield from _find_faults_in(part, values)


def _find_faults_in(part: str, values: Mapping[str, Any]) -> Iterator[str]:
    kinds = {field.name: type(field.default) for field in fields(_PARTS[part])}
    for name, value in values.items():
        if name not in kinds:
            yield f"{part}.{name} is unknown{_nearest(name, kinds)}"
            continue
        kind = kinds[name]
        fits = isinstance(value, (int, float)) if kind is float else isinstance(value, kind)
        if not fits or (isinstance(value, bool) and kind is not bool):
            yield f"{part}.{name} is {value!r}; it must be {_WORDS[kind]}"


def _nearest(name: str, names: Mapping[str, Any]) -> str:
    close = get_close_matches(name, list(names), n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(names)}"
