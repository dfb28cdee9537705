"""Frozen dataclasses that are made in a fifth of the time: there are more than 150, and each start makes those anew that it loads.

Python's own write out and compile six functions for each class. Here that is done for `__init__` alone, once for each number of
fields, and all classes share the others. Besides, `__init__` fills the slots themselves, and what is pickled is the class and its
values: both are faster, too.
"""

import dataclasses
from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

Value = TypeVar("Value")


def _dataclass(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[type[Value]], type[Value]]:
    """Make a class what `dataclasses.dataclass(frozen=True, slots=True)` makes of it.

    Args:
        frozen: Boolean, true.
        slots: Boolean, true.
        eq: Boolean; false leaves it at identity.

    Returns:
        Function from the class as it is written to the dataclass.

    Raises:
        TypeError: A default is made by a factory; a frozen value can be the default itself.
    """

    def make(cls: type[Value]) -> type[Value]:
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
        methods: dict[str, Any] = {"__init__": _make_init(made), "__repr__": _show, "__reduce__": _reduce}
        if frozen:
            methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
        if eq:
            methods |= {"__eq__": _equal, "__hash__": _hash}
        for name, method in methods.items():
            setattr(made, name, method)
        return made

    return make


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass


def _make_init(cls: type) -> Callable[..., None]:
    fields = dataclasses.fields(cls)
    if any(field.default_factory is not dataclasses.MISSING for field in fields):
        raise TypeError(f"a default of {cls.__name__} is made by a factory; name the default itself")
    sets = {f"set{place}": getattr(cls, field.name).__set__ for place, field in enumerate(fields)}
    written = _write_init(len(fields), hasattr(cls, "__post_init__"))
    code = written.replace(co_varnames=("self", *(field.name for field in fields)))
    defaults = tuple(field.default for field in fields if field.default is not dataclasses.MISSING)
    return FunctionType(code, sets, "__init__", defaults)


@cache
def _write_init(count: int, ends: bool) -> CodeType:
    """Compile an `__init__` of so many fields once: to give them other names takes a tenth of the time."""
    takes = [f"value{place}" for place in range(count)]
    does = [f"set{place}(self, {value})" for place, value in enumerate(takes)]
    if ends:
        does.append("self.__post_init__()")
    made: dict[str, FunctionType] = {}
    exec(f"def __init__({', '.join(['self', *takes])}):\n " + "\n ".join(does), made)  # noqa: S102 - as dataclasses does
    return made["__init__"].__code__


def _list_values(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - one of any class
    return tuple([getattr(value, name) for name in value.__match_args__])


def _equal(self: object, other: object) -> bool:
    return _list_values(self) == _list_values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: object) -> int:
    return hash(_list_values(self))


def _show(self: Any) -> str:  # noqa: ANN401
    shown = [f"{name}={getattr(self, name)!r}" for name in self.__match_args__]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _reduce(self: object) -> tuple[type, tuple[Any, ...]]:
    return type(self), _list_values(self)


def _refuse(self: object, name: str, value: object = None) -> NoReturn:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")
