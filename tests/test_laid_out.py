"""What is kept of a library's files is what would be made anew, and counts only while they are what they were."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid import langid

from generator import laid_out
from generator.laid_out import keep, recall
from generator.lexicon import load_lexicon
from generator.read import language


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder to keep things in, with a source for them."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(laid_out, "_FOLDER", folder)
        patch.setattr(sys, "dont_write_bytecode", False)
        yield folder


def change(source, text):
    source.write_text(text, encoding="utf-8")
    os.utime(source, ns=(len(text), len(text)))


def refuse():
    raise AssertionError("it is kept")


@given(st.dictionaries(st.text(), st.integers(0, 2**16 - 1)), st.lists(st.text()))
def test_a_list_of_words_laid_out_answers_what_was_read(kept, words, others):
    source = kept / "source"
    change(source, "once")
    for file in kept.glob("some.*"):
        file.unlink()
    read = load_lexicon("some", source, __file__, words.items)
    again = load_lexicon("some", source, __file__, refuse)
    assert all(read.get(word) == again.get(word) == words.get(word) for word in (*words, *others))


@pytest.mark.parametrize("damage", [lambda held: held[:-1], lambda _: b"", lambda held: b"\xff" + held[1:]])
def test_what_is_damaged_or_of_another_source_or_maker_does_not_count(kept, damage):
    origins = kept / "source", kept / "maker"
    for file in origins:
        change(file, "once")
    keep("other", origins, lambda: b"made of it")
    assert recall("other", origins) == b"made of it"
    (place,) = kept.glob("other.*")
    whole = place.read_bytes()
    place.write_bytes(damage(whole))
    assert recall("other", origins) is None
    place.write_bytes(whole)
    for file in origins:
        change(file, "changed")
        assert recall("other", origins) is None
        change(file, "once")
    assert recall("other", origins) == b"made of it"


def test_nothing_is_made_where_it_can_not_be_kept(kept, monkeypatch):
    source = kept / "source"
    change(source, "once")
    monkeypatch.setattr(laid_out, "_FOLDER", source / "no folder")
    keep("third", [source], refuse)
    assert recall("third", [source]) is None


def test_nothing_half_written_is_left(kept):
    source = kept / "source"
    change(source, "once")
    # What has its name can't be replaced.
    (kept / "fourth.laid-out").mkdir()
    keep("fourth", [source], lambda: b"made of it")
    assert [file.name for file in kept.glob("fourth*")] == ["fourth.laid-out"]


def test_the_model_of_languages_is_the_same_unpacked(kept):
    language._identifier.cache_clear()
    given = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    packed = language._identifier()
    (place,) = kept.glob("langid.*")
    language._identifier.cache_clear()
    unpacked = language._identifier()
    assert place.stat().st_size > 0
    given.set_languages(unpacked.nb_classes)
    for text in ("Die Fähre sank.", "La barca è affondata", "2 tonnes, 3 dollars", "Ferja sökk", "渡轮沉没了"):
        assert packed.classify(text) == unpacked.classify(text) == given.classify(text)
    language._identifier.cache_clear()
