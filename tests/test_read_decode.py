"""Bytes become text that a page can show, or are refused with a reason."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.read.decode import clean, decode

SENTENCE = "“Schöne Grüße”, sagte er über die Straße."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_the_encoding_it_was_saved_in(encoding):
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "Le château était fermé à cause de la fête."),
        ("latin-1", "café"),
        ("cp1251", "Новости дня: сегодня в городе открылся новый музей."),
        ("shift_jis", "東京で大きな地震がありました。"),
    ],
)
def test_unmarked_encodings_are_told_by_their_characters(encoding, text):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 32)) * 10, "binary"),
        (b"\xff\xfeA", "can't be decoded"),
        (bytes(range(128, 256)) * 20, "can't be decoded"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data, reason):
    with pytest.raises(ContentError, match=reason):
        decode(data)


def test_every_line_break_becomes_one_kind_and_controls_go():
    assert clean("a\r\nb\rc\u2028d\u2029e\x0cf\x85g") == "a\nb\nc\nd\ne\nf\ng"
    assert clean("a\0b\x1b[31m\x9dc\td") == "ab[31mc\td"
    assert clean("safe\u202egnp.exe \u2066x\u2069\ufeff") == "safegnp.exe x"
    assert clean("half \ud83d pair") == "half \ufffd pair"


@given(st.text(st.characters()))
def test_cleaned_text_is_stable_and_can_be_encoded(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not any(ord(character) < 32 and character not in "\n\t" for character in cleaned)


@given(st.binary(max_size=300))
@example(b"+AH")
@example(b"\xfe\xff\xd8\x00")
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data)
    except ContentError:
        return
    text.encode("utf-8")
    assert "\0" not in text
