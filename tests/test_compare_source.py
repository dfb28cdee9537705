"""The likely source is named with its reason, and left open where the evidence is thin."""

import pytest

from generator.compare.source import likely_source
from tests.articles import make_article

EARLY, LATE = {"date": "2024-05-01"}, {"date": "2024-05-02"}
CREDITED = {"place": "Beirut", "agency": "AP"}


@pytest.mark.parametrize(
    ("a", "b", "a_in_b", "b_in_a", "source", "reason"),
    [
        (EARLY, LATE, 0.5, 0.5, "a", "it is dated 2024-05-01, the other 2024-05-02"),
        (LATE, EARLY, 0.2, 0.9, "b", "it is dated 2024-05-01, the other 2024-05-02"),
        (
            {**EARLY, **CREDITED},
            {},
            0.5,
            0.5,
            "a",
            "it has a date, a dateline and an agency credit, the other has none",
        ),
        (
            {},
            {},
            0.3,
            0.6,
            "a",
            "60\u00a0% of the other stands in it, by weight, and only 30\u00a0% of it in the other",
        ),
        (
            {},
            {},
            0.95,
            0.4,
            "b",
            "95\u00a0% of the other stands in it, by weight, and only 40\u00a0% of it in the other",
        ),
        (CREDITED, {}, 0.9, 0.3, "", "point to different articles"),
        ({}, {}, 0.5, 0.5, "", "neither dates, nor credits, nor details, nor how much of each stands in the other"),
        ({}, {}, 0.5, 0.6, "", "neither dates, nor credits, nor details, nor how much of each stands in the other"),
        (
            EARLY,
            EARLY,
            0.5,
            0.5,
            "",
            "neither dates, nor credits, nor details, nor how much of each stands in the other",
        ),
    ],
)
def test_the_likely_source(a, b, a_in_b, b_in_a, source, reason):
    direction = likely_source(make_article("a", "x", **a), make_article("b", "x", **b), a_in_b, b_in_a)
    assert direction.source == source
    assert reason in direction.reason
    turned = likely_source(make_article("b", "x", **b), make_article("a", "x", **a), b_in_a, a_in_b)
    assert turned.source == source


PLAIN = "the ferry left the harbour late in the evening and nobody on board could tell why it had taken so long. "
DETAILED = (
    "the ferry Aurora left Setubal at 21 past nine on the evening of the 14th, and Ines Carvalho could not tell why. "
)


def direction(a_text, b_text, a_in_b=0.5, b_in_a=0.5, **known):
    return likely_source(make_article("a", a_text, **known), make_article("b", b_text), a_in_b, b_in_a)


def test_detail_that_only_one_has_speaks_for_it():
    found = direction(DETAILED, PLAIN)
    assert (found.source, found.confidence) == ("a", "fair")
    assert "numbers and names of its own, the other none" in found.reason
    assert direction(PLAIN, DETAILED).source == "b"


def test_one_detail_more_is_shown_but_does_not_count():
    found = direction(f"{PLAIN} It was the Aurora.", PLAIN)
    assert found.source == ""
    assert [(voice.source, voice.kind, voice.counted) for voice in found.voices] == [("a", "detail", False)]


def test_voices_that_agree_give_high_confidence_and_a_date_gives_it_alone():
    assert direction(DETAILED, PLAIN, 0.3, 0.6).confidence == "high"
    dated = likely_source(make_article("a", PLAIN, **LATE), make_article("b", PLAIN, **EARLY), 0.5, 0.5)
    assert (dated.source, dated.confidence) == ("b", "high")


def test_voices_that_disagree_leave_it_open_and_are_all_told():
    found = direction(DETAILED, PLAIN, 0.6, 0.3)
    assert (found.source, found.confidence) == ("", "")
    assert {(voice.source, voice.kind) for voice in found.voices} == {("a", "detail"), ("b", "asymmetry")}
    assert (
        "details that only one has and how much of each stands in the other point to different articles" in found.reason
    )


def test_a_longer_text_that_adds_nothing_but_wording_may_be_an_expansion():
    found = direction(PLAIN * 3, PLAIN, 0.4, 0.9)
    assert found.source == ""
    assert [(voice.kind, voice.counted) for voice in found.voices] == [("asymmetry", False)]
    assert "may expand the other" in found.voices[0].reason
    assert direction(PLAIN * 3 + DETAILED, PLAIN, 0.4, 0.9).source == "a"


def test_a_tie_is_left_open_without_a_voice():
    found = direction(DETAILED, DETAILED, 1.0, 1.0)
    assert (found.source, found.confidence, found.voices) == ("", "", ())


def test_voices_that_speak_against_a_date_are_told_too():
    found = likely_source(make_article("a", PLAIN, **EARLY), make_article("b", DETAILED, **LATE), 0.5, 0.5)
    assert found.source == "a"
    assert ("b", "detail") in {(voice.source, voice.kind) for voice in found.voices}
