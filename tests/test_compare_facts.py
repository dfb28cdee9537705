"""Facts: what a fact checker looks at first, in tables of real-looking cases, also of cases that must not fire."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.facts import compare_facts
from generator.compare.figures import find_figures, read_number
from generator.compare.hedges import find_hedges
from generator.compare.names import find_names
from generator.compare.passages import find_passages
from generator.compare.quotations import find_quotations
from generator.compare.sentences import align_sentences
from generator.compare.speakers import find_attributions
from generator.prepare import prepare
from generator.rules import CompareRules
from tests.articles import REWRITE, WIRE, make_article


def read(text, language="en", **known):
    return prepare(make_article("x", text, language=language, **known))


def facts_of(source, copy, language="en", **known):
    source, copy = read(source, language, **known), read(copy, language)
    links = align_sentences(source, copy, find_passages(source, copy, CompareRules()))
    return compare_facts(source, copy, links)


def told(facts, kind):
    """State and both texts of the facts of a kind."""
    return [(fact.state, fact.source.text, fact.copy.text) for fact in facts if fact.kind == kind]


def figures(text, language="en"):
    article = read(text, language)
    return [(text[slice(*figure.span)], figure.value, figure.unit) for figure in find_figures(article)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("About 200 came.", [("200", 200, "")]),
        ("Some two hundred and five came.", [("two hundred and five", 205, "")]),
        ("It cost $3.5bn.", [("$3.5bn", 3_500_000_000, "dollar")]),
        ("It cost 1.2 million euros.", [("1.2 million euros", 1_200_000, "euro")]),
        ("Exactly 1,200,000 of them.", [("1,200,000", 1_200_000, "")]),
        ("A rise of 12 percent.", [("12 percent", 12, "%")]),
        ("A rise of 0.5%.", [("0.5%", Fraction(1, 2), "%")]),
        ("On Dec. 2, 2024, it snowed.", [("Dec. 2, 2024", (2024, 12, 2), "date")]),
        ("On 2 December it snowed.", [("2 December", (0, 12, 2), "date")]),
        ("The 42-year-old fled.", [("42-year-old", 42, "year")]),
        ("It began at 5:30 p.m. sharp.", [("5:30 p.m.", 1050, "time")]),
        ("Since 2011 there is war.", [("2011", (2011, 0, 0), "date")]),
        ("Two thirds of them left.", [("Two thirds", Fraction(2, 3), "part")]),
        ("A dozen ships sank.", [("A dozen", 12, "")]),
        ("He came 21st.", [("21st", 21, "rank")]),
        ("They met on Monday.", [("Monday", 0, "weekday")]),
    ],
)
def test_a_figure_is_read_with_its_value_and_unit(text, found):
    assert figures(text) == found


@pytest.mark.parametrize(
    "text",
    ["One of them left.", "An F-16 crashed.", "COVID-19 spread.", "Use version 2.0.1 of it.", "He may march on.", "Hundreds fled.",
     "The second half began.", "Second, it rained.", "No one came."],
)  # fmt: skip
def test_what_only_looks_like_a_figure_is_none(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("1.200", "de", 1200), ("1.200", "en", Fraction(6, 5)), ("3,5", "fr", Fraction(7, 2)), ("3,500", "en", 3500),
     ("1 200", "fr", 1200), ("1.200.000", "en", 1_200_000), ("1,00,000", "en", 100_000), ("1'200", "de", 1200)],
)  # fmt: skip
def test_points_and_commas_are_read_as_the_language_writes_them(text, language, value):
    assert read_number(text, language) == value


@given(st.integers(0, 10**12))
def test_a_number_is_the_same_with_and_without_commas(number):
    assert [figure.value for figure in find_figures(read(f"They counted {number:,} ships."))] == [
        figure.value if figure.unit != "date" else (number, 0, 0)
        for figure in find_figures(read(f"They counted {number} ships."))
    ] or 1000 <= number < 2100


SHIPS = "The port of Setubal counted {} ships that waited for the crane crews."


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("200", "about 200", "kept"),
        ("200", "two hundred", "kept"),
        ("1.2 million", "1,200,000", "kept"),
        ("340", "350", "changed"),
        ("200", "many", "dropped"),
        ("many", "200", "added"),
    ],
)
def test_what_becomes_of_a_figure(before, after, state):
    facts = told(facts_of(SHIPS.format(before), SHIPS.format(after)), "figure")
    assert [fact[0] for fact in facts] == [state]


def test_the_same_number_with_another_unit_is_changed():
    facts = facts_of(
        "The road to Setubal is 12 miles long, police said.", "The road to Setubal is 12 km long, police said."
    )
    assert told(facts, "figure") == [("changed", "12 miles", "12 km")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Syrian President Bashar Assad met Foreign Minister Abbas Araghchi.", ["Bashar Assad", "Abbas Araghchi"]),
        ("He met Secretary of State Antony Blinken.", ["Antony Blinken"]),
        ("They asked the Syrian Observatory for Human Rights.", ["Syrian Observatory for Human Rights"]),
        ("Vincent van Gogh and Jean-Luc Picard met O'Neill.", ["Vincent van Gogh", "Jean-Luc Picard", "O'Neill"]),
        ("Yesterday Obama spoke. Then Obama left.", ["Obama"]),
        ("Tehran-backed militias came.", ["Tehran"]),
        ("Ines Carvalho spoke. Carvalho left.", ["Ines Carvalho"]),
        ("The World Health Organization met. The WHO left.", ["World Health Organization"]),
    ],
)
def test_a_name_is_found_without_its_titles(text, found):
    assert [name.text for name in find_names(read(text))] == found


@pytest.mark.parametrize(
    "text",
    ["On Monday in March it rained.", "I think so.", "The Syrian army fled.", "Police came. Workers left.", "He is the President.",
     "Die Katze schläft."],
)  # fmt: skip
def test_what_only_has_a_capital_is_no_name(text):
    assert find_names(read(text, "de" if "Katze" in text else "en")) == ()


MET = "The head of the harbour council, {}, met the dock workers of Setubal in the night."


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("Bashar Assad", "Bashar Assad", "kept"),
        ("Bashar Assad", "Bashar al-Assad", "changed"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "changed"),
        ("Michael Cohen", "Mark Cohen", "changed"),
        ("Ines Carvalho", "Carvalho", "kept"),
        ("Ines Carvalho", "a woman", "dropped"),
        ("a woman", "Ines Carvalho", "added"),
    ],
)
def test_what_becomes_of_a_name(before, after, state):
    facts = [
        fact for fact in told(facts_of(MET.format(before), MET.format(after)), "name") if "Setubal" not in fact[1:]
    ]
    assert facts == [(state, before if state != "added" else "", after if state != "dropped" else "")]


def test_an_adjective_keeps_the_name_of_its_place():
    facts = facts_of(
        "Ships from Portugal waited for days off the port.", "Portuguese ships waited for days off the port."
    )
    assert [state for state, *_ in told(facts, "name")] == ["kept"]


def quoted(text, language="en"):
    article = read(text, language)
    found = find_quotations(article, find_attributions(article))
    return [(text[slice(*q.span)], text[slice(*q.speaker)] if q.speaker else "") for q in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Nobody can sleep,” said Ines Carvalho.", [("Nobody can sleep,", "Ines Carvalho")]),
        ("“Nobody can sleep here.\" Carvalho said.", [("Nobody can sleep here.", "Carvalho")]),
        ("The minister said: \"We will not talk.\"", [("We will not talk.", "The minister")]),
        ("‘We will win this,’ she said.", [("We will win this,", "she")]),
        ("„Wir schaffen das ganz sicher“, rief er.", [("Wir schaffen das ganz sicher", "")]),
        ("«Nous sommes très heureux», dit-il.", [("Nous sommes très heureux", "")]),
        ("According to the union, “nobody can sleep”.", [("nobody can sleep", "the union")]),
    ],
)  # fmt: skip
def test_a_quotation_is_found_with_its_speaker(text, found):
    assert quoted(text) == found


@pytest.mark.parametrize(
    "text",
    ["They called it a “safe zone”.", "She read “The Lord of the Rings” twice.", "He is 5'10\" tall and 6\" wide, he says.",
     "The dogs' owner said the cats' food was bad.", "An open “mark that never ends."],
)  # fmt: skip
def test_what_only_stands_near_quotation_marks_is_no_quotation(text):
    assert quoted(text) == []


SAID = "{} said {} on Tuesday, after the dock workers of Setubal had walked out."
WORDS = "“nobody can sleep four hours and then steer a crane”"


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (("Ines Carvalho", WORDS), ("Ines Carvalho", WORDS), "kept"),
        (("Ines Carvalho", WORDS), ("Carvalho", "“nobody can sleep four hours”"), "kept"),
        (("Ines Carvalho", WORDS), ("Carvalho", "“nobody could sleep four hours and then steer ships”"), "changed"),
        (("Ines Carvalho", WORDS), ("Carvalho", WORDS.strip("“”")), "changed"),
        (("Carvalho", WORDS.strip("“”")), ("Carvalho", WORDS), "changed"),
        (("Ines Carvalho", WORDS), ("Rui Teles", WORDS), "moved"),
        (("Ines Carvalho", WORDS), ("Carvalho", "they were tired"), "dropped"),
        (("Carvalho", "they were tired"), ("Carvalho", WORDS), "added"),
    ],
)
def test_what_becomes_of_a_quotation(before, after, state):
    facts = told(facts_of(SAID.format(*before), SAID.format(*after)), "quotation")
    assert [fact[0] for fact in facts] == [state]


def test_a_quotation_that_he_said_parts_is_one():
    source = "“Nobody can sleep four hours and then steer a crane in the dark,” Ines Carvalho said at the gate."
    copy = "“Nobody can sleep four hours,” Ines Carvalho said at the gate, “and then steer a crane in the dark.”"
    for pair in ((source, copy), (copy, source)):
        assert [fact[0] for fact in told(facts_of(*pair), "quotation")] == ["kept"]


def said(text):
    return [(text[slice(*a.speaker)], a.verb) for a in find_attributions(read(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The strike goes on, the union said Monday.", [("the union", "said")]),
        ("The strike goes on, said the union leader, who wept.", [("the union leader", "said")]),
        ("According to the port authority, two ships wait.", [("the port authority", "according to")]),
        ("Ten died, as reported by the Syrian Civil Defense.", [("the Syrian Civil Defense", "reported by")]),
        ("Mr. Smith told reporters that it rained.", [("Mr. Smith", "told")]),
        ("Selon le syndicat, la grève continue.", [("le syndicat", "selon")]),
    ],
)
def test_who_says_so(text, found):
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    ["The firm added 200 jobs.", "The company reported losses of a million.", "It was said that he left.",
     "She contributed to this report.",
     "The United States sent help.", "He posted a letter."],
)  # fmt: skip
def test_what_only_looks_like_speech_says_nothing(text):
    assert said(text) == []


CLAIM = "The strike in the port of Setubal halted shipments from three car plants{}."


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (", the union said", ", said the union", "kept"),
        (", the union said", ", as confirmed by the union", "changed"),
        (", the union said", "", "dropped"),
        ("", ", the union said", "added"),
        (", Ines Carvalho said", ", Rui Teles said", "moved"),
        (", the minister said", ", Rui Teles said", "kept"),
    ],
)
def test_what_becomes_of_an_attribution(before, after, state):
    facts = told(facts_of(CLAIM.format(before), CLAIM.format(after)), "attribution")
    assert [fact[0] for fact in facts] == [state]


def test_a_claim_that_another_known_speaker_makes_has_moved():
    source = (
        "A harbour official and a strike monitor spoke on Tuesday. The strike in Setubal halted shipments from three car"
        " plants, the monitor said. Nobody was hurt at the gates of the plants, said the harbour official."
    )
    copy = "According to the harbour official, the strike in Setubal halted shipments from three car plants."
    moved = [fact for fact in facts_of(source, copy) if (fact.kind, fact.state) == ("attribution", "moved")]
    assert [fact.note for fact in moved] == ["said by the monitor in the source, by the harbour official in the copy"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("It may rain.", ["may"]), ("Reportedly, it rained.", ["Reportedly"]), ("About 200 came.", ["About"]),
     ("At least ten died.", ["At least"]), ("Talk about it in May over tea.", []), ("Some people left.", []),
     ("They could not be verified; he was said to be ill.", ["could", "be verified", "said to be"])],
)  # fmt: skip
def test_a_hedge_is_found_and_other_uses_are_not(text, found):
    assert [text[slice(*hedge.span)] for hedge in find_hedges(read(text))] == found


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [("about 200", "some 200", "kept"), ("about 200", "more than 200", "changed"), ("about 200", "200", "dropped"),
     ("200", "up to 200", "added")],
)  # fmt: skip
def test_what_becomes_of_a_hedge(before, after, state):
    facts = told(facts_of(SHIPS.format(before), SHIPS.format(after)), "hedge")
    assert [fact[0] for fact in facts] == [state]


def test_credits_are_lost_and_named_once():
    facts = facts_of(WIRE, REWRITE, agency="AP", place="Lisbon", author="Marta Lobo")
    assert [(fact.state, fact.source.text, fact.note) for fact in facts if fact.kind == "credit"] == [
        ("dropped", "AP", "agency"),
        ("dropped", "Lisbon", "dateline"),
        ("dropped", "Marta Lobo", "byline"),
        ("dropped", "Associated Press writer Marta Lobo in Madrid contributed to this report.", "credit line"),
    ]
    assert not [fact for fact in facts if fact.kind == "name" and "Lobo" in fact.source.text]


def test_a_credit_that_both_carry_is_kept():
    known = {"agency": "AP", "author": "Marta Lobo"}
    source, copy = read(WIRE, **known), read(REWRITE, **known)
    facts = compare_facts(source, copy, align_sentences(source, copy, ()))
    assert {(fact.state, fact.note) for fact in facts if fact.kind == "credit"} >= {
        ("kept", "agency"),
        ("kept", "byline"),
    }


PIECES = st.lists(
    st.sampled_from(
        ["Ines Carvalho", "said", "“nobody can sleep here”", "200", "two hundred", "the union", "may", "about", "Bashar al-Assad",
         "according to", ",", ". ", "Monday", "$5m", "\n", "“", "”", "-", "12 %", "U.S.", "2 May 2024", "l'Autriche", "x"]
    ),
    min_size=1,
    max_size=40,
)  # fmt: skip


@given(PIECES, PIECES)
def test_facts_of_any_text_lie_where_they_say(before, after):
    source, copy = read(f"Start {' '.join(before)}"), read(f"Start {' '.join(after)}")
    for fact in compare_facts(source, copy, align_sentences(source, copy, find_passages(source, copy, CompareRules()))):
        assert (fact.source.text == "") == (fact.state == "added")
        assert (fact.copy.text == "") == (fact.state == "dropped")
        for mention, article in ((fact.source, source), (fact.copy, copy)):
            assert all(0 <= i < len(article.sentences) for i in mention.sentences)
            assert bool(mention.text) >= bool(mention.spans)
            assert list(mention.spans) == sorted(mention.spans)
            assert all(article.article.text[start:end].strip() for start, end in mention.spans)


@given(PIECES)
def test_an_article_beside_itself_keeps_every_fact(pieces):
    article = read(f"Start {' '.join(pieces)}")
    links = align_sentences(article, article, find_passages(article, article, CompareRules()))
    changed = [fact for fact in compare_facts(article, article, links) if fact.state != "kept"]
    assert not [fact for fact in changed if fact.kind in ("quotation", "figure", "name", "credit")]
