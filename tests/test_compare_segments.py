"""Rows of a comparison: every sentence once, both texts whole, keys made of contents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.passages import find_passages
from generator.compare.segments import build_segments
from generator.compare.sentences import align_sentences
from generator.prepare import prepare
from generator.rules import CompareRules
from tests.articles import REWRITE, WIRE, invent, make_article, reword


def compare(source, copy):
    source, copy = prepare(make_article("s", source)), prepare(make_article("c", copy))
    passages = find_passages(source, copy, CompareRules())
    return build_segments(source, copy, align_sentences(source, copy, passages), passages)


def rows(source, copy):
    return [(segment.kind, segment.source, segment.copy) for segment in compare(source, copy)]


def check_whole(source, copy):
    """Both texts can be rebuilt, every sentence stands in one row, and keys are unique."""
    segments = compare(source, copy)
    ops = [op for segment in segments for op in segment.ops]
    assert "".join(copy[slice(*op.copy)] for op in ops if op.copy) == copy
    spans = sorted(op.source for op in ops if op.source)
    assert "".join(source[slice(*span)] for span in spans) == source
    for text, side in ((source, "source"), (copy, "copy")):
        sentences = sorted(number for segment in segments for number in getattr(segment, side))
        assert sentences == list(range(len(prepare(make_article("x", text)).sentences)))
    keys = [segment.key for segment in segments]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 10 and int(key, 16) >= 0 for key in keys)
    return segments


words = st.sampled_from(
    ["the", "of", "Harbour", "ferry", "al-Assad", "U.S.", "1,200", "“said”", "(not)", "Iran's", "—"]
)
ends = st.sampled_from([". ", ".\n\n", "! ", "?\n", " ", "... "])
texts = (
    st.lists(st.tuples(st.lists(words, min_size=1, max_size=7), ends), min_size=1, max_size=7)
    .map(lambda parts: "".join(" ".join(sentence) + end for sentence, end in parts))
    .filter(lambda text: any(c.isalnum() for c in text))
)


@given(texts, texts)
def test_any_two_texts_can_be_rebuilt(source, copy):
    check_whole(source, copy)


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_even_texts_of_any_characters_can_be_rebuilt(source, copy):
    check_whole(f" a{source}", f"b {copy}a")


@pytest.mark.parametrize("part", [0.0, 0.1, 0.4, 0.8])
def test_articles_can_be_rebuilt(part):
    text = invent(7, words=300)
    check_whole(text, reword(text, part, seed=1))
    check_whole(WIRE, REWRITE)
    check_whole(REWRITE, WIRE)


@given(texts, texts)
def test_kept_words_and_flags_agree_with_the_ops(source, copy):
    prepared = prepare(make_article("c", copy))
    for segment in compare(source, copy):
        kinds = {op.op for op in segment.ops}
        assert (segment.kind == "dropped") == (not segment.copy)
        if segment.kind == "new":
            assert not segment.source
        if segment.interleaved:
            spans = [op.copy for op in segment.ops if op.op in "=~"]
            kept = sum(any(start <= word < end for start, end in spans) for word, _ in prepared.spans)
            total = sum(end - start for start, end in (prepared.sentence_words[number] for number in segment.copy))
            assert segment.kept == pytest.approx(kept / total)
            assert segment.kept >= 1 / 3
        else:
            assert kinds <= {"-", "+"}
            assert [op.op for op in segment.ops] == sorted((op.op for op in segment.ops), reverse=True)


def test_the_sample_reads_as_an_editor_would_mark_it():
    segments = compare(WIRE, REWRITE)
    assert [(segment.kind, segment.source, segment.copy) for segment in segments] == [
        ("edited", (0,), (0,)),
        ("edited", (1,), (1,)),
        ("edited", (2,), (2,)),
        ("dropped", (3,), ()),
        ("edited", (4, 5), (3,)),
        ("edited", (6,), (4,)),
        ("dropped", (7,), ()),
    ]
    assert all(segment.interleaved for segment in segments if segment.copy)


def test_a_split_sentence_is_one_row():
    source = "Engineers reopened the Gotthard tunnel on Sunday after a derailment tore up seven kilometres of track."
    copy = "Engineers reopened the Gotthard tunnel on Sunday. A derailment had torn up seven kilometres of track."
    assert [(segment.source, segment.copy) for segment in compare(source, copy)] == [((0,), (0, 1))]


def test_a_sentence_used_twice_is_shown_where_most_of_it_stands():
    used = "The minister Rui Teles invited both sides to talks in Lisbon on Thursday."
    others = "A heat wave emptied the beaches of Cascais. Tram drivers got a new contract."
    copy = f"Rui Teles invited both sides to Lisbon. {others} {used}"
    segments = compare(f"{used} {others}", copy)
    assert [(segment.source, segment.also) for segment in segments if 0 in segment.source + segment.also] == [
        ((), (0,)),
        ((0,), ()),
    ]


def test_dropped_sentences_stand_where_the_source_had_them():
    first, second, third = (
        "Otters returned to the Spree in March.",
        "Nobody had counted them before.",
        "Anglers in Cottbus complained about empty ponds.",
    )
    assert rows(f"{second} {first} {second} {third} {second}", f"{first} {third}") == [
        ("dropped", (0,), ()),
        ("verbatim", (1,), (0,)),
        ("dropped", (2,), ()),
        ("verbatim", (3,), (1,)),
        ("dropped", (4,), ()),
    ]


def test_a_sentence_that_changed_places_has_moved():
    sentences = [
        "Beekeepers in Navarre lost a third of their hives this winter, the guild said.",
        "The Senate postponed its vote on the pension reform until the autumn session begins.",
        "A cargo of bananas spilled across the Antwerp ring road.",
    ]
    moved = compare(" ".join(sentences), " ".join([sentences[2], *sentences[:2]]))
    assert [segment.moved for segment in moved] == [True, False, False]
    assert not any(segment.moved for segment in compare(" ".join(sentences), " ".join(sentences)))


def test_little_kept_is_shown_one_version_after_the_other():
    source = "Villagers of Prerow feared that the dunes would not hold another winter of storms from the Baltic."
    copy = "Another stormy Baltic winter could wash away the dunes, Prerow's villagers fear."
    (segment,) = compare(source, copy)
    assert segment.source == (0,)
    assert not segment.interleaved
    assert [op.op for op in segment.ops] == ["-", "+"]


def test_keys_depend_on_contents_not_on_places():
    sentence = "Otters returned to the Spree in March."
    alone = compare(sentence, sentence)[0].key
    later = compare(f"{sentence} Gulls left.", f"Rain fell on Kiel all week. {sentence}")
    assert alone in {segment.key for segment in later}


def test_the_same_contents_twice_have_two_keys():
    text = "Otters returned to the Spree. Otters returned to the Spree."
    first, second = (segment.key for segment in compare(text, text))
    assert first != second
