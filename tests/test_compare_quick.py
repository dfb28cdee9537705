"""Quick looks that spare a slow search find what the slow search finds."""

from dataclasses import replace
from itertools import product

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import credits as credit_lines
from generator.compare import details, figures, hedges, names, quotations, speakers
from generator.compare.credits import find_credits
from generator.compare.figure_words import UNIT
from generator.compare.figures import find_figures
from generator.compare.hedges import find_hedges
from generator.compare.names import find_names
from generator.compare.passages import index_words, tile, tile_indexed
from generator.prepare import prepare
from tests.articles import make_article

NAMED = """
    Assad Bashar Mr Dr St U.S. U.N F Jean-Luc O'Brien d'Orsay l’Oréal BANK B2B İstanbul Straße ﬁrst Rome Monday President Syrian
    The It talks 中文 Ab中文 x_Y Y_x
    """.split()  # noqa: SIM905
SAID = """
    and then that which While AND 200 1,200 - – “He he” don’t. don’t Smith said, ... . ( ) [Bb]ut But what if_x as-if ’ ; \n F. U.S.
    """.split(" ")  # noqa: SIM905
HEDGED = """
    about some over at least most more than no fewer less up to be been independently verified confirmed as many much so-called
    said appears close may May could reportedly ten an estimated
    """.split()  # noqa: SIM905
CREDITED = [
    *(
        "contributed",
        "reporting",
        "Reporting",
        "by",
        "to",
        "this",
        "report",
        "story.",
        "Edited",
        "Written",
        "With",
        "files",
    ),
    *(
        "from",
        "additional",
        "Copyright",
        "(c)",
        "©",
        "All",
        "rights",
        "reserved",
        "Photo",
        "credit",
        "Jane Doe",
        "\n",
        "\n\n",
    ),
    *("Paris.", "Additional", "and", "Image", "by Jane Doe\n", "contributed to this report."),
]
QUOTED = [*"“”„«»\"「『‘’'", "\n", "He said", "Rain fell again, all day long.", "No.", "Ferries sail,", "don't"]
BETWEEN = [
    *(" ", " ", ". ", ", ", "-", "’s ", "\n", "\u00a0", "", " (", "” “", "; ", "—", " & ", "'", "."),
    *(f" {link} " for link in ("of", "of the", "for", "de", "von", "van", "al", "y", "talks")),
    *(f" {prefix}" for prefix in ("al-", "as-", "d’", "l'", "-")),
]
COUNTED = """
    200 two hundred half a third 1,200 1.2 3.5bn $5 US$ 5m £ 42-year-old % 7% km 5km kg percent per cent December Dec. May May, 2024
    2024-12-02 1990s 2nd 21st 12:30 12.30 3 pm 3p.m. F-16 10 de mai mars d’euros de euros Tuesday million d degrees °C ° - – .
    """.split()  # noqa: SIM905


def texts_of(pieces):
    texts = st.lists(st.sampled_from(pieces), min_size=1, max_size=14).map(" ".join)
    return (texts | texts.map(lambda text: text.replace(" ", ""))).filter(lambda text: any(map(str.isalnum, text)))


@pytest.mark.parametrize("other", ["Rome", "F. Bashar", "l’Oréal", "talks"])
def test_a_name_by_itself_is_the_one_that_the_pattern_finds(other, monkeypatch):
    texts = [f"We saw {word}{between}{other} there." for word, between in product(NAMED, BETWEEN)]
    texts += [f"{other}{between}{word}" for word, between in product(NAMED, BETWEEN)]
    articles = [prepare(make_article("x", text)) for text in texts]
    quick = [find_names(article) for article in articles]
    monkeypatch.setattr(names, "_plain_run", lambda *_: 0)
    slow = [find_names(replace(article)) for article in articles]
    assert dict(zip(texts, quick, strict=True)) == dict(zip(texts, slow, strict=True))


@given(texts_of(COUNTED))
def test_figures_looked_for_at_digits_are_those_of_the_whole_text(text):
    starts = [match.start() for match in regex.finditer(r"\d+", text)]
    patterns = [figures._ISO, figures._TIME, figures._NUMBER]
    patterns += [figures._date_patterns(language)[0] for language in ("en", "fr")]
    for pattern in patterns:
        found = [match.span() for match in figures._matches_at(pattern, text, starts)]
        assert found == [match.span() for match in pattern.finditer(text)]


@given(texts_of(COUNTED), st.sampled_from(["en", "fr"]))
def test_no_unit_is_missed_for_the_word_it_begins_with(text, language):
    quick = find_figures(prepare(make_article("x", text, language=language)))
    for end in range(len(text)):
        if UNIT.match(text, end):
            assert figures._unit(text, end)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "_numbers", lambda text, language, _: _plain_numbers(text, language))
        patch.setattr(figures, "_dates", lambda text, language, *_: _plain_dates(text, language))
        patch.setattr(figures, "begins_unit", lambda _: True)
        patch.setattr(figures, "_SIGNS", frozenset(text))
        assert find_figures(prepare(make_article("x", text, language=language))) == quick


_numbers, _dates = figures._numbers, figures._dates


def _plain_numbers(text, language):
    return _numbers(text, language, [match.start() for match in figures._NUMBER.finditer(text)])


def _plain_dates(text, language):
    return _dates(text, language, range(len(text)), range(len(text)))


@given(texts_of(SAID), st.data())
def test_the_phrase_before_a_verb_begins_where_a_search_of_its_sentence_tells(text, data):
    article = prepare(make_article("x", text))
    number = data.draw(st.integers(0, len(article.sentences) - 1))
    place = data.draw(st.integers(*article.sentence_words[number]).filter(lambda place: place < len(article.words)))
    start, end = article.sentences[number][0], article.spans[place][0]
    plain = [start, *(match.end() for match in speakers._BOUNDARY.finditer(text, start, end))][-1]
    assert speakers._phrase_start(article, place, number) == plain


@given(texts_of([*HEDGED, *COUNTED]))
def test_hedges_looked_for_at_some_words_are_those_of_the_whole_text(text):
    found = [hedge.span for hedge in find_hedges(prepare(make_article("x", text)))]
    starts = {start for start, _ in prepare(make_article("x", text)).spans}
    plain = [match.span() for match in hedges._HEDGE.finditer(text) if match[0] != "May" and match.start() in starts]
    assert found == plain


@given(texts_of(CREDITED))
def test_credit_lines_are_missed_for_no_quick_look(text):
    article = prepare(make_article("x", text))
    quick = find_credits(article)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            credit_lines,
            "_may_hold_lines",
            lambda _: not credit_lines._TELLING.isdisjoint(article.words) or "©" in text,
        )
        assert find_credits(replace(article)) == quick


@given(texts_of(QUOTED))
def test_marks_found_one_after_the_other_are_those_of_a_pattern(text):
    quick = quotations._quoted(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            quotations,
            "_places_of",
            lambda marks, _: [i for i, mark in enumerate(text) if "‘" in marks or mark in marks],
        )
        assert quotations._quoted(text) == quick


@given(st.text(st.sampled_from("aZ0_é߀İ’“”—中 \n\t.,-²\u0301\u00a0"), max_size=40))
def test_the_words_that_a_text_tells_are_those_of_the_pattern(text):
    assert details._told(text) == set(regex.findall(r"\w+", text.casefold()))


@given(
    st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40), st.integers(1, 5)
)
def test_two_articles_alone_are_tiled_as_among_others(source, copy, shortest):
    numbers = {}
    indexed = [index_words(words, shortest, numbers) for words in (source, copy)]
    assert tile(source, copy, shortest) == tile_indexed(*indexed)
