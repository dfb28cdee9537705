"""Patterns as an earlier start compiled them find what they would find if compiled anew."""

import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from generator import laid_out, patterns
from generator.patterns import compile_pattern, keep_patterns

TEXT, FLAGS = r"(?P<name>\p{Lu}\p{L}+|ab)(?:\s(?=\d))?", regex.IGNORECASE


def forget():
    """Know as little of patterns as a process that starts."""
    patterns._kept.cache_clear()
    patterns._compiled.clear()


def refuse(*_):
    raise AssertionError("it is kept")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where an earlier start kept the pattern."""
    folder = tmp_path_factory.mktemp("patterns")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(laid_out, "_FOLDER", folder)
        patch.setattr(sys, "dont_write_bytecode", False)
        forget()
        compile_pattern(TEXT, FLAGS)
        keep_patterns()
        yield folder
        forget()


@pytest.mark.usefixtures("folder")
@given(st.text("abAB 1é\n"))
def test_what_was_kept_finds_the_same_and_is_not_compiled_again(text):
    forget()
    anew = [match.span("name") for match in regex.compile(TEXT, FLAGS).finditer(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regex, "compile", refuse)
        assert [match.span("name") for match in compile_pattern(TEXT, FLAGS).finditer(text)] == anew


@pytest.mark.usefixtures("folder")
def test_other_flags_are_another_pattern():
    forget()
    assert compile_pattern("a", FLAGS).match("A")
    assert not compile_pattern("a").match("A")


@pytest.mark.parametrize("damage", [lambda held: held[:-1], lambda held: held[:-1] + b"!", lambda _: b""])
def test_what_is_damaged_is_compiled_anew(folder, damage):
    (place,) = folder.iterdir()
    whole = place.read_bytes()
    try:
        place.write_bytes(damage(whole))
        forget()
        assert compile_pattern(TEXT, FLAGS).match("ab")
        assert patterns._compiled
    finally:
        place.write_bytes(whole)
