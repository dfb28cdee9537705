"""Words, weights and sentences, with offsets that lead back to the shown text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordfreq import get_frequency_list, zipf_frequency

from generator.prepare import (
    HEAVIEST,
    WEIGHT_UNIT,
    count_sizes,
    find_words,
    normalise,
    normalised_words,
    prepare,
    weights_of,
)
from generator.wordlist import load_zipf_indices
from tests.articles import make_article


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t panic, U.S.-backed forces!", ["don", "t", "panic", "u", "s", "backed", "forces"]),
        ("1,200.5 of 3.5bn, 3rd in 2024.", ["1,200.5", "of", "3.5", "bn", "3rd", "in", "2024"]),
        ("STRASSE Straße ﬁrst", ["strasse", "strasse", "first"]),
        ("snake_case", ["snake", "case"]),
        ("中文字 カナ", ["中", "文", "字", "カ", "ナ"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("cafe\u0301 café", ["café", "café"]),
        ("— … !", []),
    ],
)
def test_words(text, words):
    assert normalised_words(text) == words


@given(st.text("aZ09_.,-–“’ éß３٣中ไๆ་́＿") | st.text())
def test_the_words_of_a_text_do_not_depend_on_what_it_holds_besides(text):
    # A letter beyond ASCII, set apart by a blank line, has all words looked for in the general way.
    assert [*find_words(text), (len(text) + 2, len(text) + 3)] == find_words(f"{text}\n\né")


@given(st.text("aZ09_.,-–“’ é\x00\n") | st.text())
def test_words_are_the_same_with_their_offsets_and_without(text):
    assert normalised_words(text) == [normalise(text[start:end]) for start, end in find_words(text)]


@pytest.mark.parametrize("language", ["en", "fr", "de", "es"])
@pytest.mark.parametrize("word", ["the", "said", "paris", "assad", "glacier", "2011", "200", "1,200", "xqzzy", "b2b"])
def test_a_weight_is_what_zipf_frequency_leaves(word, language):
    expected = max(0.0, HEAVIEST - zipf_frequency(word, language))
    assert weights_of(language)[word] == pytest.approx(expected * WEIGHT_UNIT, abs=0.6)


@pytest.mark.parametrize("language", ["en", "fr", "sh", "nb", "zh"])
def test_a_list_is_that_of_wordfreq_itself(language):
    indices = load_zipf_indices(language)
    lists = {word: index for index, words in enumerate(get_frequency_list(language, "best")) for word in words}
    assert all(indices.get(word) == index for word, index in lists.items())
    assert indices.get("xqzzyqx") is None


def test_a_language_that_no_list_is_close_to_has_none():
    assert load_zipf_indices("und") is None


@given(st.from_regex(r"[1-9][0-9]{0,5}([.,][0-9]{1,3})?", fullmatch=True))
def test_a_number_weighs_what_its_frequency_leaves(word):
    expected = max(0.0, HEAVIEST - zipf_frequency(word, "en"))
    assert weights_of("en")[word] == pytest.approx(expected * WEIGHT_UNIT, abs=0.011 * WEIGHT_UNIT)


def test_without_a_word_list_longer_words_weigh_more():
    assert (
        weights_of("und")["a"] < weights_of("und")["abcd"] < weights_of("und")["abcdefghij"] == HEAVIEST * WEIGHT_UNIT
    )


TEXTS = st.text(st.sampled_from("aB é1.,!?“”’\n\t—ß中ि\u0301Ⅳ \u00a0"), max_size=120) | st.text(max_size=120)


@given(TEXTS, st.sampled_from(["en", "zh", "und", "fr"]))
def test_every_word_lies_in_one_sentence_and_offsets_lead_back(text, language):
    prepared = prepare(make_article("x", text, language=language))
    assert list(prepared.words) == [normalise(text[start:end]) for start, end in prepared.spans]
    assert list(prepared.words) == normalised_words(text)
    assert len(prepared.weights) == len(prepared.words)
    assert len(prepared.sentences) == len(prepared.sentence_words)
    assert [i for start, end in prepared.sentence_words for i in range(start, end)] == list(range(len(prepared.words)))
    last = 0
    for (start, end), (first, stop) in zip(prepared.sentences, prepared.sentence_words, strict=True):
        assert last <= start < end <= len(text)
        assert first < stop
        assert all(start <= a and b <= end for a, b in prepared.spans[first:stop])
        last = end
    assert count_sizes(prepared.article) == (len(prepared.words), len(prepared.sentences))


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(word):
    assert normalise(normalise(word)) == normalise(word)
    assert unicodedata.is_normalized("NFKC", normalise(word))


def test_abbreviations_do_not_end_a_sentence():
    text = "Mr. Smith met the U.S. envoy. He left at 3.5 p.m. on Monday.\n\nA new paragraph"
    prepared = prepare(make_article("x", text))
    assert [text[a:b] for a, b in prepared.sentences] == [
        "Mr. Smith met the U.S. envoy.",
        "He left at 3.5 p.m. on Monday.",
        "A new paragraph",
    ]


def test_chinese_sentences_end_at_the_ideographic_full_stop():
    text = "港口工人星期二罢工。工会表示有三百人参加。"
    assert len(prepare(make_article("x", text, language="zh")).sentences) == 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It weighs only 3 g. Furthermore, it floats.", "It weighs only 3 g."),
        ("See p. 5 for all of it.", "See p. 5 for all of it."),
        ("He met J. Smith at 5 p. m. sharp.", "He met J. Smith at 5 p. m. sharp."),
    ],
)
def test_a_unit_of_one_letter_may_end_a_sentence(text, first):
    start, end = prepare(make_article("a", text)).sentences[0]
    assert text[start:end] == first
