"""Formula is no reuse: notices after a pattern don't match, a story told again does, however often it was told."""

import random

import pytest

from generator.engines.local import LocalEngine
from generator.rules import FindRules
from tests.articles import WIRE, invent, make_article, reword

PLACES = [
    "Akron",
    "Boise",
    "Camden",
    "Dayton",
    "Elgin",
    "Fresno",
    "Gary",
    "Hilo",
    "Irving",
    "Juneau",
    "Kodiak",
    "Laredo",
]


def notice(number):
    """A dividend notice: the same words each time, other figures and another firm."""
    chance = random.Random(number)
    firm = PLACES[number % len(PLACES)]
    return (
        f"{firm} Savings and Loan declares quarterly dividend. Qtly div {chance.randrange(10, 99)} cts vs "
        f"{chance.randrange(10, 99)} cts prior. Pay April {chance.randrange(1, 30)}. Record March {chance.randrange(1, 30)}, "
        f"the board of directors of the holding company said. The dividend is payable to shareholders of record at the close of "
        f"business, and the annual meeting will be held at {chance.randrange(100, 999)} Main Street."
    )


def reprint(number):
    """A reprint of the wire story with a few words changed, but not its figures."""
    chance = random.Random(number)
    return " ".join(
        chance.choice(["indeed", "report", "local", "later"])
        if chance.random() < 0.1 and not any(c.isdigit() for c in w)
        else w
        for w in WIRE.split()
    )


def matches_of(articles):
    return {frozenset((m.a, m.b)): m for m in LocalEngine().find_matches(articles, FindRules()).matches}


def test_notices_after_a_pattern_do_not_match_each_other():
    found = matches_of([make_article(f"n{i:02}", notice(i)) for i in range(40)])
    assert len(found) < 0.05 * 40 * 39 / 2


def test_sixty_reprints_do_not_make_their_story_formula():
    others = [make_article(f"o{i:03}", invent(i, 80)) for i in range(140)]
    reprints = [make_article(f"r{i:02}", reprint(i)) for i in range(60)]
    found = matches_of([*others, *reprints])
    assert {pair for pair in found if all(i.startswith("r") for i in pair)} == {
        frozenset((f"r{i:02}", f"r{j:02}")) for i in range(60) for j in range(i)
    }


def test_a_story_is_found_among_notices_too():
    notices = [make_article(f"n{i:02}", notice(i)) for i in range(40)]
    story = [make_article("wire", WIRE), make_article("again", reword(WIRE, 0.2, 3))]
    assert frozenset(("wire", "again")) in matches_of([*notices, *story])


def test_where_nothing_is_formula_the_score_is_the_reuse():
    articles = [make_article("a", invent("a", 200)), make_article("b", reword(invent("a", 200), 0.3, 1))]
    ((_, match),) = matches_of(articles).items()
    assert match.score == match.reuse


def test_a_third_article_changes_nothing_for_two():
    two = [make_article("a", WIRE), make_article("b", reword(WIRE, 0.3, 1))]
    pair = frozenset("ab")
    assert matches_of(two)[pair] == matches_of([*two, make_article("c", reprint(5))])[pair]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nothing new today.", "Nothing new today."),
        ("Shares closed higher on Monday.", "Shares closed higher on Friday."),
    ],
)
def test_a_line_or_two_carry_too_little_evidence(one, other):
    assert matches_of([make_article("a", one), make_article("b", other)]) == {}


SHIPS = "There were {} grain ships loading and {} ships were waiting to load at the Portland quay, merchants reported there. "


def test_number_words_are_figures():
    seven, three, digits = (SHIPS.format(*pair) * 2 for pair in (("seven", "six"), ("three", "two"), ("7", "6")))
    assert matches_of([make_article("a", seven), make_article("b", three)]) == {}
    again = matches_of([make_article("a", seven), make_article("b", digits)])[frozenset("ab")]
    assert again.score == again.reuse


def put_other_figures(text, count):
    """The text with its first figures replaced by others."""
    words = text.split()
    for place in [i for i, word in enumerate(words) if any(c.isdigit() for c in word)][:count]:
        words[place] = f"{9000 + place}"
    return " ".join(words)


def test_one_other_figure_is_a_correction_but_several_are_another_event():
    pair = frozenset("ab")
    wire = make_article("a", WIRE)
    scores = [matches_of([wire, make_article("b", put_other_figures(WIRE, n))]).get(pair) for n in range(5)]
    assert scores[1].score == scores[1].reuse
    assert scores[2].score < 0.7 * scores[2].reuse
    assert scores[4] is None or scores[4].score < 0.5 * scores[4].reuse


def test_figures_that_a_copy_adds_elsewhere_oppose_nothing():
    added = "Elsewhere 17 trawlers, 93 barges and some 48 tugs lay idle; pilots blamed 60 days without rain."
    match = matches_of([make_article("a", WIRE), make_article("b", f"{WIRE} {added}")])[frozenset("ab")]
    assert match.score == match.reuse


PEOPLE = (
    "The council met {}, {}, {} and {} at the harbour before the treaty of {} and {} was signed near the old quarry."
)


def test_other_names_in_the_same_wording_lower_the_score():
    one = PEOPLE.format("Carvalho", "Teles", "Lobo", "Rui", "Setubal", "Emden")
    other = PEOPLE.format("Hofmeister", "Conable", "Lyng", "Poehl", "Kandersteg", "Bern")
    pair = frozenset("ab")
    match = matches_of([make_article("a", one * 2), make_article("b", other * 2)]).get(pair)
    assert match is None or match.score < 0.5 * match.reuse
    kept = matches_of([make_article("a", one * 2), make_article("b", reword(one * 2, 0.0, 1))])[pair]
    assert kept.score == kept.reuse


def test_figures_that_contradict_lower_the_score():
    story = invent("story", 150)
    pair = frozenset("ab")
    alike = matches_of([make_article("a", story), make_article("b", reword(story, 0.2, 1))])[pair].score
    changed = " ".join(f"{w[:-1]}77{i}" if w[-1].isdigit() else w for i, w in enumerate(story.split()))
    differ = matches_of([make_article("a", story), make_article("b", changed)])
    assert pair not in differ or differ[pair].score < alike


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("pl", "górnicy Józef, Tomasz, Antoni, Kinga i Marek", "przez Józefa, Tomasza, Antoniego, Kingę i Marka"),
        ("de", "es kamen Anna, Bruno, Carla, Doris und Emil", "es kamen Annas, Brunos, Carlas, Doris' und Emils Leute"),
    ],
)
def test_names_with_other_endings_are_not_missing(language, one, other):
    shared = " ".join(f"kopalnia{letter} solna{letter}" for letter in "abcdefghijklmno")

    def score(*texts):
        told = [
            make_article(name, f"{text}. {shared}", language=language) for name, text in zip("ab", texts, strict=True)
        ]
        return matches_of(told)[frozenset("ab")].score

    assert score(one, other) == score(one.lower(), other.lower())
