"""What is told once, in which order, of which days: it tells a text that was taken from another from one on the same topic."""

import random
from itertools import zip_longest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engines.local import LocalEngine
from generator.raising import EVIDENCE, MOST, RAISED, least_shared
from generator.rules import FindRules
from generator.telling import Telling
from tests.articles import make_article, rewrite, tell


def score_of(one, other, language="en"):
    """The match of two texts, at a threshold that nearly all reach, or None."""
    articles = [make_article("a", one, language=language), make_article("b", other, language=language)]
    return next(iter(LocalEngine().find_matches(articles, FindRules(0.01)).matches), None)


def test_the_same_phrases_in_another_order_count_for_less():
    words = " ".join(tell("order", 14)).split()
    phrases = [
        " ".join([*words[at : at + 4], *(f"own{at + step:03}" for step in range(4))]) for at in range(0, len(words), 8)
    ]
    shuffled = random.Random(2).sample(phrases, len(phrases))
    in_order, mixed = (score_of(" ".join(words), " ".join(told)) for told in (phrases, shuffled))
    assert in_order.reuse == pytest.approx(mixed.reuse, rel=0.1)
    assert mixed.score < 0.75 * in_order.score


def test_a_topic_that_recurs_is_less_than_details_that_are_told_once():
    topic = "Belvarran glacier survey drones"
    one = " ".join(f"{topic} {sentence}" for sentence in tell("topic", 10))
    same_topic = " ".join(f"{topic} {sentence}" for sentence in tell("another", 10))
    retold = " ".join(rewrite([f"{topic} {sentence}" for sentence in tell("topic", 10)], 0.5, 3))
    chance, copy = score_of(one, same_topic), score_of(one, retold)
    assert chance.score < 0.6 * chance.reuse
    assert copy.score > 0.9 * copy.reuse


def test_other_forms_of_the_same_words_in_the_same_order_raise_a_low_score():
    story = " ".join(tell("forms", 16)).split()
    other = [word if at % 3 == 0 or len(word) < 7 else f"{word}ing" for at, word in enumerate(story)]
    match = score_of(" ".join(story), " ".join(other))
    assert match.reuse < match.score <= RAISED


def test_what_a_few_words_make_is_not_raised():
    story = " ".join(tell("short", 1)).split()
    other = [word if at % 2 == 0 or len(word) < 7 else f"{word}ing" for at, word in enumerate(story)]
    match = score_of(" ".join(story), " ".join(other))
    assert match is None or match.score <= match.reuse


def put_otherwise(facts, seed):
    """Words of one's own around each fact, and nothing else of the other's wording."""
    own = iter(" ".join(tell(seed)).split())
    return " ".join(f"{next(own)} {fact} {next(own)} {next(own)}." for fact in facts)


NAMED = ["Belvarran", "Ostrelith", "Quindrome", "Tavelshire", "Marrowgate", "Zephrandine", "Kolvander", "Pryxholm"]
NAMED += [f"{name}ia" for name in NAMED]


@pytest.mark.parametrize(
    ("figures", "others", "found"),
    [
        ("1912 340 57 88 2600 19", "1912 340 57 88 2600 19", True),
        ("1912 340 57 88 2600 19", "19 88 2.600 57", True),
        ("1912 340 57 88 2600 19", "1913 341 57 88 2601 21", False),
        ("1912 340 57 88 2600 19", "1912 340 57", False),
        ("1912 340 57 88 2600 19 20 21 22", "1912 340 57 88", False),
        ("2 3 5 6 8 9", "2 3 5 6 8 9", False),
        ("", "", False),
    ],
)
def test_a_story_told_in_other_words_is_known_by_its_figures(figures, others, found):
    facts = [f"{name} {figure}" for name, figure in zip_longest(NAMED, figures.split(), fillvalue="")]
    own = [f"{name} {figure}" for name, figure in zip_longest(reversed(NAMED), others.split(), fillvalue="")]
    match = score_of(put_otherwise(facts, 1), put_otherwise(own, 2), "de")
    assert match.reuse < FindRules().threshold
    assert (match.score >= FindRules().threshold) == found


@given(mass=st.integers(2**20, 2**31), threshold=st.floats(0.01, 1))
def test_as_little_is_asked_of_a_pair_as_the_best_telling_needs(mass, threshold):
    least = float(least_shared(np.array([mass]), threshold)[0])

    def reaches(shared):
        score = shared / mass * min(1, shared / EVIDENCE)
        # As little wording in common as can be, and all else the same: it is raised as far as anything is.
        told = Telling(np.zeros(1), np.ones(1), np.ones(1), np.zeros(1))
        raised = score * told.factor(np.array([shared]), np.array([score]))[0]
        assert raised <= score * MOST * (1 + 2**-40)
        return raised >= threshold

    assert not reaches(least * (1 - 2**-30) - 1)
    assert reaches(least * (1 + 2**-30) + 1)


@given(shared=st.integers(1, 2**31), aside=st.floats(0, 1), more=st.integers(0, 2**31), figures=st.sampled_from([4, 6]))
def test_the_same_figures_raise_no_score_beyond_their_bound_whatever_is_formula(shared, aside, more, figures):
    whole, mass = shared + more, shared + int(more * aside)
    score = np.array([shared / mass * min(1, shared / EVIDENCE)])

    def left(figures):
        told = Telling(np.array([shared / whole]), np.zeros(1), np.ones(1), np.array([figures]))
        return score * told.factor(np.array([shared]), score)

    assert left(0) == 0
    assert left(figures) <= max(RAISED, score) * (1 + 2**-40)


NOTICE = "The amounts for cereals in Westland stay at {} for the week that starts on {}, commission officials told merchants. "


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ("March 23", "April 6", 1 / 3),
        ("March 23", "March 30", 1 / 3),
        ("March 23", "March 23", 1),
        ("March 23", "March 23, and not on April 6", 1),
        ("March 23", "Monday", 1),
        ("March 23, 1987", "April 6, 1987", 1),
    ],
)
def test_notices_of_different_days_are_different_notices(one, other, left):
    tail = " ".join(tell("notice", 6))
    match = score_of(NOTICE.format("2.4", one) + tail, NOTICE.format("2.4", other) + tail)
    assert match.score == pytest.approx(left * match.reuse, rel=0.05)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "am 3. März", "am 17. März"),
        ("fr", "le 1er mars", "le 12 mars"),
        ("es", "el 3 de mayo", "el 8 de mayo"),
        ("it", "il 3 maggio", "il 9 maggio"),
        ("pt", "em 3 de abril", "em 9 de abril"),
        ("nl", "op 3 mei", "op 9 mei"),
    ],
)
def test_days_are_read_in_the_articles_language(language, one, other):
    story = tell("day", 8)
    same, different = (
        score_of(*(f"{story[0]} {told} {' '.join(story[1:])}" for told in (one, day)), language) for day in (one, other)
    )
    assert different.score < 0.4 * same.score


def test_the_day_of_a_dateline_is_none_of_the_story():
    story = " ".join(tell("dateline", 8))
    match = score_of(f"Lisbon, March 5 (AP) - {story}", f"Lisbon, March 6 (AFP) - {story}")
    assert match.score > 0.95 * match.reuse


def test_two_tables_of_one_pattern_with_other_figures_do_not_match():
    table = (
        "Closing rates sterling {} marks {} francs {} lire {} guilders {} schillings {} crowns {} pesetas {} escudos {}"
    )
    one, other = (table.format(*range(start, start + 9)) for start in (101, 301))
    assert score_of(one * 2, other * 2) is None or score_of(one * 2, other * 2).score < FindRules().threshold


def test_a_fraction_is_one_figure():
    table = "Minneapolis wheat May {} up {} July {} up {} September {} up {} December {} for delivery at the exchange"
    one = table.format("285 1/4", "1 1/2", "281-1/4", "1/2", "276-1/2", "3/4", "273-1/8")
    other = table.format("284 3/4", "1 1/4", "281-3/4", "1", "277-1/2", "1/4", "272-1/2")
    match = score_of(one * 2, other * 2)
    assert match is None or match.score < 0.3 * match.reuse
