"""Frozen values ↔ lists that JSON can hold, by their classes' own types: reading back makes those classes and nothing else."""

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")


def to_plain(value: object) -> Any:  # noqa: ANN401 - what json takes
    """Turn a value into what JSON can hold.

    Args:
        value: String, number, Boolean or None; or a tuple, a dictionary or a dataclass of such values.

    Returns:
        The same as lists; a dictionary becomes a list of pairs, a dataclass the list of its fields' values.
    """
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return [[to_plain(key), to_plain(item)] for key, item in value.items()]
    if is_dataclass(value):
        return [to_plain(getattr(value, field.name)) for field in fields(value)]
    return value


def from_plain(kind: type[Value], plain: object) -> Value:
    """Turn what `to_plain` gave back into the value.

    Args:
        kind: Type of the value, such as a dataclass or `tuple[int, ...]`.
        plain: Lists.

    Returns:
        Value.

    Raises:
        TypeError: Where something else than a list stands for several values.
        ValueError: Where their number is wrong.
    """
    made: Value = _maker(typing.cast("typing.Hashable", kind))(plain)
    return made


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type, or a form of `typing`
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        make = _maker(inner[0])
        return lambda plain: tuple([make(item) for item in plain])
    if origin is list:
        make = _maker(inner[0])
        return lambda plain: [make(item) for item in plain]
    if origin is tuple:
        makers = [_maker(item) for item in inner]
        return lambda plain: tuple([make(item) for make, item in zip(makers, plain, strict=True)])
    if origin is dict:
        key, value = map(_maker, inner)
        return lambda plain: {key(name): value(item) for name, item in plain}
    if origin in (types.UnionType, typing.Union):
        some = [item for item in inner if item is not type(None) and _maker(item) is not _as_it_is]
        if not some:
            return _as_it_is
        (make,) = map(_maker, some)
        return lambda plain: None if plain is None else make(plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        makers = [_maker(hints[field.name]) for field in fields(kind)]
        return lambda plain: kind(*[make(item) for make, item in zip(makers, plain, strict=True)])
    return _as_it_is


def _as_it_is(plain: object) -> object:
    return plain
