"""twicetold.toml, environment variables and flags, the later the stronger → Settings, with every fault at once."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator.errors import SettingsError
from generator.frozen import dataclass
from generator.rules import CompareRules, FindRules, ReadRules, RunRules, Settings, SiteRules, is_secret
from generator.toml_lines import find_lines, read_table

CONFIG_NAME = "twicetold.toml"
TEMPLATES_NAME = "templates"
"""The folder beside a settings file whose templates stand in for built-in ones, unless a setting says otherwise."""
PREFIX = "TWICETOLD_"
"""What the names of environment variables begin with."""
DEFAULT = "default"
"""Where a setting comes from that nobody gave."""

_PARTS = {"read": ReadRules, "find": FindRules, "compare": CompareRules, "site": SiteRules, "run": RunRules}
# Where the work is done shapes nothing, and a site that another engine made is the same site.
_WHERE = "run"
_WORDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text in quotation marks",
    tuple: "a list of texts",
}
_PATHS = ("against", "boilerplate", "templates", "reviews")
_NONE = "none"
_NO_PATHS = {"templates": (SiteRules().templates,), "reviews": (SiteRules().reviews, _NONE)}
"""The words that stand in the place of a path, by setting."""
_SECRETS = ("anonymise_key",)
_OPTIONS, _GIVEN = "options", "given"
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

Flags = Mapping[str, Mapping[str, Any]]
"""From part (`find`) to a mapping from name (`threshold`) to value; None stands for a flag not given."""


@dataclass(frozen=True, slots=True)
class Held:
    """A setting that holds.

    Attributes:
        name: String, its full name, such as `find.threshold`.
        value: String, as `list_settings` shows it.
        variable: String, the environment variable that sets it.
        origin: String: `default`, a file and its line, the name of an environment variable, or of a flag.
    """

    name: str
    value: str
    variable: str
    origin: str


@dataclass(frozen=True, slots=True)
class _Given:
    """A value somebody gave, and where."""

    part: str
    name: str
    value: Any
    origin: str


def load_settings(config: Path | None, flags: Flags, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of a file, with environment variables and then flags in front.

    Args:
        config: Path of a TOML file, or None for the defaults.
        flags: Flags.
        environment: Mapping from names of environment variables to values, or None for no variables.

    Returns:
        Settings.

    Raises:
        SettingsError: Where the file can't be read, or any value can't be used; the message lists every fault, one a line.
    """
    return trace_settings(config, flags, environment)[0]


def trace_settings(
    config: Path | None, flags: Flags, environment: Mapping[str, str] | None = None
) -> tuple[Settings, tuple[Held, ...]]:
    """Settings as `load_settings` gives them, and where each comes from.

    Args:
        config: Path of a TOML file, or None for the defaults.
        flags: Flags.
        environment: Mapping from names of environment variables to values, or None for no variables.

    Returns:
        Settings, and a tuple of Held in their order.

    Raises:
        SettingsError: As `load_settings`.
    """
    faults: list[str] = []
    chosen: dict[tuple[str, str], _Given] = {}
    for given in (
        *_from_file(config, faults),
        *_from_environment(environment or {}, faults),
        *_from_flags(flags, faults),
    ):
        fault = _fault_of(given)
        if fault:
            faults.append(fault)
        chosen[given.part, given.name] = given
    if faults:
        raise SettingsError("\n".join(faults))
    settings = Settings(**{part: rules(**_values_of(part, chosen)) for part, rules in _PARTS.items()})
    origins = {f"{given.part}.{given.name}": given.origin for given in chosen.values()}
    return settings, tuple(
        Held(name, value, variable_of(name), origins.get(name, DEFAULT)) for name, value in list_settings(settings)
    )


def list_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Each setting by its full name, with its value.

    Args:
        settings: Settings.

    Returns:
        Tuple of pairs of strings, such as `("find.threshold", "0.27")`.
    """
    return tuple(
        (f"{part}.{field.name}", _show_setting(field.name, getattr(getattr(settings, part), field.name)))
        for part, rules in _PARTS.items()
        for field in fields(rules)
    )


def list_shaping(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Each setting that shapes the site, with its value: all but those that say where the work is done.

    Args:
        settings: Settings.

    Returns:
        Tuple of pairs of strings, as `list_settings` gives them.
    """
    return tuple(pair for pair in list_settings(settings) if pair[0].partition(".")[0] != _WHERE)


def published_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Each setting that shapes the site, as pages and data files show it.

    Args:
        settings: Settings.

    Returns:
        Tuple as `list_shaping` gives it; where names are hidden, of a folder or file only that it was given.
    """
    if not settings.site.anonymise:
        return list_shaping(settings)
    plain = dict(list_settings(Settings()))
    return tuple(
        (name, _GIVEN if name.rpartition(".")[2] in _PATHS and value not in (plain[name], _NONE) else value)
        for name, value in list_shaping(settings)
    )


def list_changed(settings: Settings) -> tuple[str, ...]:
    """The settings that shape the site and differ from their defaults.

    Args:
        settings: Settings.

    Returns:
        Tuple of strings, their full names.
    """
    plain = dict(list_settings(Settings()))
    return tuple(name for name, value in list_shaping(settings) if value != plain[name])


def variable_of(name: str) -> str:
    """The environment variable of a setting.

    Args:
        name: String, the full name, such as `find.threshold`.

    Returns:
        String, such as `TWICETOLD_FIND_THRESHOLD`.
    """
    return PREFIX + name.replace(".", "_").upper()


def _values_of(part: str, chosen: Mapping[tuple[str, str], _Given]) -> dict[str, Any]:
    return {name: given.value for (own, name), given in chosen.items() if own == part}


def _show_fault(name: str, value: object) -> str:
    """Show a value that is of the wrong kind; logs of builds are read by others, so of what may hold a secret only its kind."""
    return type(value).__name__ if name in (*_SECRETS, _OPTIONS) else repr(value)


def _show_setting(name: str, value: object) -> str:
    """Show a value; of a folder or file only its name, since pages travel further than the rest of its path should.

    Of a secret nothing is shown.
    """
    if name in _SECRETS:
        return _GIVEN if value else _NONE
    if name == _OPTIONS and isinstance(value, tuple):
        value = tuple(map(_show_option, value))
    if name in _PATHS:
        value = tuple(Path(path).name for path in value) if isinstance(value, tuple) else Path(str(value)).name
    return _show(value)


def _show_option(option: str) -> str:
    name = option.partition("=")[0]
    return f"{name}={_GIVEN}" if is_secret(name) else option


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _NONE
    return str(value).lower() if isinstance(value, bool) else str(value) or _NONE


def _kinds(part: str) -> dict[str, type]:
    return {field.name: type(field.default) for field in fields(_PARTS[part])}


def _from_file(config: Path | None, faults: list[str]) -> Iterator[_Given]:
    """What a settings file gives; names that are unknown, and values that are of another kind, become faults."""
    if config is None:
        return
    beside = config.parent / TEMPLATES_NAME
    if beside.is_dir():
        yield _Given("site", "templates", str(beside), f"the folder {beside}")
    text, table = read_table(config)
    lines = find_lines(text)

    def place(*name: str) -> str:
        line = lines.get(name) or lines.get(name[:1])
        return f"{config}, line {line}" if line else f"{config}"

    for part, values in table.items():
        if part not in _PARTS:
            faults.append(f"{place(part)}: {_stray(part, values)}")
        elif not isinstance(values, dict):
            faults.append(f"{place(part)}: {part} must be a table: [{part}]")
        else:
            kinds = _kinds(part)
            for name, value in values.items():
                if name not in kinds:
                    faults.append(f"{place(part, name)}: {part}.{name} is unknown{_nearest(name, kinds)}")
                elif not _fits(value, kinds[name]):
                    wanted = _WORDS[kinds[name]]
                    faults.append(
                        f"{place(part, name)}: {part}.{name} is {_show_fault(name, value)}; it must be {wanted}"
                    )
                else:
                    yield _Given(part, name, _usable(config, name, value), place(part, name))


def _stray(name: str, value: object) -> str:
    """Say what is wrong with a part, or a name outside of all parts, that no settings file has."""
    homes = [] if isinstance(value, dict) else [part for part in _PARTS if name in _kinds(part)]
    if homes:
        return f"{name} stands in no part; put it below [{homes[0]}]"
    return f"[{name}] is unknown{_nearest(name, _PARTS)}"


def _usable(config: Path, name: str, value: Any) -> Any:  # noqa: ANN401 - a value of TOML
    """A value of a settings file as settings hold it; a relative folder begins at the file."""
    if isinstance(value, list):
        return (
            tuple(path if "://" in path else str(config.parent / path) for path in value)
            if name in _PATHS
            else tuple(value)
        )
    return str(config.parent / value) if name in _PATHS and value not in ("", *_NO_PATHS.get(name, ())) else value


def _fits(value: object, kind: type) -> bool:
    """Whether a value of TOML is of a setting's kind."""
    if kind is tuple:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _from_environment(environment: Mapping[str, str], faults: list[str]) -> Iterator[_Given]:
    """What environment variables give; an empty one gives nothing."""
    known = {variable_of(f"{part}.{name}"): (part, name) for part in _PARTS for name in _kinds(part)}
    for variable, text in sorted(environment.items()):
        if not variable.startswith(PREFIX) or not text:
            continue
        if variable not in known:
            faults.append(f"the environment variable {variable} is unknown{_nearest(variable, known)}")
            continue
        part, name = known[variable]
        kind = _kinds(part)[name]
        value = _parse(text, kind)
        if value is None:
            wanted = "texts with commas between them" if kind is tuple else _WORDS[kind]
            faults.append(f"the environment variable {variable} is {text!r}; it must be {wanted}")
        else:
            yield _Given(part, name, value, variable)


def _parse(text: str, kind: type) -> Any:  # noqa: ANN401 - a value of that kind
    """The value that a text stands for; None where it stands for none."""
    if kind is bool:
        return _TRUTHS.get(text.strip().lower())
    if kind is tuple:
        return tuple(item.strip() for item in text.split(",") if item.strip())
    try:
        return kind(text)
    except ValueError:
        return None


def _from_flags(flags: Flags, faults: list[str]) -> Iterator[_Given]:
    """What flags give: values of the settings' kinds, or texts as on a command line."""
    for part, values in flags.items():
        for name, value in values.items():
            if value is None or value == ():
                continue
            flag, kind = f"--{'no-' if value is False else ''}{name.replace('_', '-')}", _kinds(part)[name]
            parsed = _parse(value, kind) if isinstance(value, str) else value
            if parsed is None:
                faults.append(f"{flag} is {value!r}; it must be {_WORDS[kind]}")
            else:
                yield _Given(part, name, parsed, flag)


def _fault_of(given: _Given) -> str:
    """What is wrong with a value by itself, or nothing."""
    try:
        _PARTS[given.part](**{given.name: given.value})
    except SettingsError as error:
        return f"{given.origin}: {given.part}.{error}"
    return ""


def _nearest(name: str, names: Mapping[str, Any]) -> str:
    close = get_close_matches(name, list(names), n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(names)}"
