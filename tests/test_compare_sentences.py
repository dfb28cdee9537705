"""Sentence alignment: merged, split, moved, new and dropped sentences, in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import holding
from generator.compare.passages import find_passages
from generator.compare.sentences import align_sentences, likeness
from generator.prepare import prepare
from generator.rules import CompareRules
from tests.articles import REWRITE, UNRELATED, WIRE, invent, make_article


def align(source, copy, language="en"):
    source = prepare(make_article("s", source, language=language))
    copy = prepare(make_article("c", copy, language=language))
    return align_sentences(source, copy, find_passages(source, copy, CompareRules()))


def found(source, copy, language="en"):
    return [(link.origins, link.kind) for link in align(source, copy, language)]


def test_the_sample_is_aligned_as_a_reader_would():
    links = align(WIRE, REWRITE)
    assert [link.origins for link in links] == [(0,), (1,), (2,), (4, 5), (6,)]
    assert [link.kind for link in links] == ["edited", "edited", "edited", "edited", "edited"]
    taken = {origin for link in links for origin in link.origins}
    assert 3 not in taken, "the quotation was dropped"
    assert 7 not in taken, "the line of the agency's writer was dropped"


def test_a_sentence_that_merges_two_has_both_as_origins():
    source = "Divers raised the wreck of the Amalia on Friday. The museum in Bergen will show its bronze bell from May."
    copy = "Divers raised the wreck of the Amalia, whose bronze bell the museum in Bergen will show from May."
    assert found(source, copy) == [((0, 1), "edited")]


def test_both_halves_of_a_split_sentence_lead_to_it():
    source = (
        "Engineers reopened the Gotthard tunnel on Sunday after a derailment tore up seven kilometres of track. "
        "Freight trains had used the older mountain line."
    )
    copy = (
        "Engineers reopened the Gotthard tunnel on Sunday. A derailment had torn up seven kilometres of track. "
        "Freight trains had used the older mountain line."
    )
    assert [origins for origins, _ in found(source, copy)] == [(0,), (0,), (1,)]


def test_order_does_not_matter_where_the_words_are_clear():
    sentences = [
        "Beekeepers in Navarre lost a third of their hives this winter.",
        "The Senate postponed its vote on the pension reform.",
        "A cargo of bananas spilled across the Antwerp ring road.",
    ]
    assert found(" ".join(sentences), " ".join(sentences[::-1])) == [
        ((2,), "verbatim"),
        ((1,), "verbatim"),
        ((0,), "verbatim"),
    ]


def test_a_shortened_sentence_is_verbatim_and_a_changed_case_too():
    source = "The Rovers earned a draw in Leith and lead the northern league by six points."
    assert found(source, "the Rovers lead the northern league by six points.") == [((0,), "verbatim")]


def test_unrelated_sentences_are_new():
    assert {kind for _, kind in found(WIRE, UNRELATED)} == {"new"}


def test_a_shared_name_alone_is_no_origin():
    source = "Carvalho opened the factory in Porto. Shares in the brewery doubled within a week."
    copy = "Carvalho opened the factory in Porto. Her grandmother Carvalho kept goats."
    assert found(source, copy)[1] == ((), "new")


def test_of_two_equal_sentences_the_nearer_one_is_the_origin():
    again = "The committee adjourned without a decision."
    source = f"{again} Farmers blocked the Calais road at dawn. {again}"
    copy = f"Farmers blocked the Calais road at dawn. {again}"
    assert [origins for origins, _ in found(source, copy)] == [(1,), (2,)]


def test_inflected_words_meet():
    source = "Troops deployed along the Karun river. Officials welcomed a subsidy for orchards."
    copy = "The deployment of troops along the Karun continued."
    assert found(source, copy)[0][0] == (0,)


@pytest.mark.parametrize(
    ("language", "source", "copy"),
    [
        (
            "de",
            "Der Deich bei Husum brach am Dienstag. Die Winzer an der Mosel ernten früher als je zuvor.",
            "An der Mosel begann die Weinlese der Winzer früher. Am Dienstag ist der Deich bei Husum gebrochen.",
        ),
        (
            "fr",
            "La digue de Gravelines a cédé mardi. Les vignerons de Chablis vendangent plus tôt que jamais.",
            "À Chablis, les vignerons ont vendangé plus tôt. Mardi, la digue de Gravelines cédait.",
        ),
        (
            "und",
            "Zorblat kremina vundosi prelak. Mirtanu gesholt ikwarda bolenu.",
            "Mirtanu gesholt akwa bolenu. Zorblat vundosi kremina prelak.",
        ),
    ],
)
def test_other_languages_align_alike(language, source, copy):
    assert [origins for origins, _ in found(source, copy, language)] == [(1,), (0,)]


def test_a_text_without_full_stops_is_still_recognised():
    source = invent(3, words=1_500)
    links = align(source, source.replace(".", ""))
    assert len(links) == 1
    assert (links[0].kind, len(links[0].origins)) == ("verbatim", 125)
    endless = source.replace(".", "")
    assert {kind for _, kind in found(endless, source)} == {"verbatim"}
    assert found(endless, endless) == [((0,), "verbatim")]


def test_a_text_that_repeats_one_sentence_keeps_its_places():
    text = "The cat sat on the warm mat today. " * 100
    assert [link.origins for link in align(text, text)] == [(number,) for number in range(100)]


vocabulary = ["the", "of", "harbour", "harbours", "ferry", "Lisbon", "strike", "crane", "1,200", "said", "not"]
sentences = st.lists(st.sampled_from(vocabulary), min_size=1, max_size=8).map(
    lambda words: " ".join(words).title() + "."
)
texts = st.lists(sentences, min_size=1, max_size=8).map(" ".join)


@given(texts, texts)
def test_links_are_complete_and_their_kinds_hold(source, copy):
    links = align(source, copy)
    count = len(prepare(make_article("s", source)).sentences)
    assert [link.copy for link in links] == list(range(len(links)))
    for link in links:
        assert list(link.origins) == sorted(set(link.origins))
        assert all(0 <= origin < count for origin in link.origins)
        assert (link.kind == "new") == (not link.origins)
        assert (link.kind == "verbatim") == (link.kept == 1.0)
        assert 0.0 <= link.kept <= 1.0


@given(texts)
def test_every_sentence_of_the_same_text_is_verbatim(text):
    assert {link.kind for link in align(text, text)} == {"verbatim"}


def test_likeness_is_the_share_by_weight_of_words_and_pairs():
    source = prepare(make_article("s", "Glaciers melt faster."))
    copy = prepare(make_article("c", "Glaciers melt slowly."))
    weights = dict(zip(copy.words, copy.weights, strict=True))
    shared = weights["glaciers"] + weights["melt"]
    total = sum(weights.values()) + shared + weights["melt"] + weights["slowly"]
    assert likeness(source, (0, 3), copy, (0, 3)) == pytest.approx(2 * shared / total)
    assert likeness(source, (0, 3), source, (0, 3)) == 1.0


@given(texts, texts)
def test_matrices_and_dictionaries_give_the_same_to_the_last_digit(source, copy):
    source, copy = prepare(make_article("s", source)), prepare(make_article("c", copy))
    nowhere = [()] * len(copy.sentences)
    dense, sizes = holding._hold_in_matrices(source, copy)
    plain, plain_sizes = holding._hold_in_dictionaries(source, copy, nowhere)
    assert sizes == plain_sizes
    for one, other in zip(dense, plain, strict=True):
        assert (one.total, one.shares) == (other.total, other.shares)
        for number in other.shares:
            held = [pair for pair in zip(one.weights, one.holds(number), strict=True) if pair[1]]
            assert held == [pair for pair in zip(other.weights, other.holds(number), strict=True) if pair[1]]
    for one, theirs in zip(dense, copy.sentence_words, strict=True):
        asked = [likeness(source, ours, copy, theirs) for ours in source.sentence_words]
        assert list(one.likeness) in (asked, [])
        assert one.likeness or not any(copy.weights[slice(*theirs)])
