"""Frozen values behave as Python's own frozen dataclasses do."""

import dataclasses
import pickle
from copy import deepcopy
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import frozen


class Told:
    kind: ClassVar[str] = "told"
    name: str
    at: int = 0
    beside: tuple[str, ...] = ()

    def __post_init__(self):
        if self.at < 0:
            raise ValueError(self.at)

    @property
    def end(self):
        return self.at + len(self.name)


Plain = frozen.dataclass(frozen=True, slots=True, eq=False)(Told)
Ours = frozen.dataclass(frozen=True, slots=True)(Told)
Theirs = dataclasses.dataclass(frozen=True, slots=True)(Told)
Ours.__qualname__ = "Ours"
GIVEN = st.one_of(
    st.tuples(st.sampled_from("ab")),
    st.tuples(st.sampled_from("ab"), st.integers(0, 1), st.lists(st.sampled_from("xy"), max_size=1).map(tuple)),
)


@given(GIVEN, GIVEN)
def test_values_are_made_compared_and_shown_as_ever(one, other):
    assert (Ours(*one) == Ours(*other)) == (Theirs(*one) == Theirs(*other))
    assert len({Ours(*one), Ours(*other)}) == len({Theirs(*one), Theirs(*other)})
    assert Ours(*one) != Theirs(*one)
    assert repr(Ours(*one)).removeprefix("Ours") == repr(Theirs(*one)).removeprefix("Told")
    assert dataclasses.astuple(Ours(*one)) == dataclasses.astuple(Theirs(*one))
    assert dataclasses.replace(Ours(*one), at=7).end == dataclasses.replace(Theirs(*one), at=7).end
    assert pickle.loads(pickle.dumps(Ours(*one))) == deepcopy(Ours(*one)) == Ours(*one)


def test_nothing_of_a_value_can_be_changed():
    value = Ours("a")
    for change in (lambda: setattr(value, "at", 2), lambda: setattr(value, "more", 2), lambda: delattr(value, "at")):
        with pytest.raises(dataclasses.FrozenInstanceError, match=r"at|more"):
            change()
    assert (value.at, value.kind) == (0, "told")


def test_what_a_class_refuses_is_not_made():
    with pytest.raises(ValueError, match="-1"):
        dataclasses.replace(Ours("a"), at=-1)
    with pytest.raises(TypeError):
        Ours(at=1)


def test_without_equality_a_value_equals_itself_alone():
    assert Plain("a") != Plain("a")
    assert len({Plain("a"), Plain("a")}) == 2


def test_a_factory_of_defaults_is_refused_at_once():
    class Listed:
        names: tuple[str, ...] = dataclasses.field(default_factory=tuple)

    with pytest.raises(TypeError, match="Listed"):
        frozen.dataclass(frozen=True, slots=True)(Listed)
