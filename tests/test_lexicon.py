"""A list of words answers the same read, laid out, or laid out anew because its source changed."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import lexicon
from generator.lexicon import load_lexicon


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder to keep lists in, and a source for them."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "_FOLDER", folder)
        patch.setattr(sys, "dont_write_bytecode", False)
        yield folder


def change(source, text):
    source.write_text(text, encoding="utf-8")
    os.utime(source, ns=(len(text), len(text)))


def refuse():
    raise AssertionError("it is kept")


@given(st.dictionaries(st.text(), st.integers(0, 2**16 - 1)), st.lists(st.text()))
def test_a_list_laid_out_answers_what_was_read(kept, words, others):
    source = kept / "source"
    change(source, "once")
    (kept / "some.lexicon").unlink(missing_ok=True)
    read = load_lexicon("some", source, words.items)
    laid_out = load_lexicon("some", source, refuse)
    assert all(read.get(word) == laid_out.get(word) == words.get(word) for word in (*words, *others))


@pytest.mark.parametrize("damage", [lambda held: held[:-1], lambda _: b"", lambda held: b"\xff" + held[1:]])
def test_a_list_is_read_again_where_what_is_kept_is_not_of_its_source(kept, damage):
    source, place = kept / "source", kept / "other.lexicon"
    change(source, "once")
    load_lexicon("other", source, lambda: [("ferry", 1)])
    place.write_bytes(damage(place.read_bytes()))
    assert load_lexicon("other", source, lambda: [("ferry", 2)]).get("ferry") == 2
    change(source, "changed")
    assert load_lexicon("other", source, lambda: [("ferry", 3)]).get("ferry") == 3
    assert load_lexicon("other", source, refuse).get("ferry") == 3


def test_where_nothing_can_be_kept_a_list_is_read_each_time(kept, monkeypatch):
    source = kept / "source"
    change(source, "once")
    monkeypatch.setattr(lexicon, "_FOLDER", kept / "source" / "no folder")
    for number in (1, 2):
        assert load_lexicon("third", source, lambda: [("ferry", number)]).get("ferry") == number  # noqa: B023
