"""Readability is textstat's, to the last digit, and blank where textstat has no measure for the language."""

import pytest
import textstat

from generator.compare.readability import MEASURES, measure_readability
from tests.articles import REWRITE, WIRE, make_article


@pytest.mark.parametrize("text", [WIRE, REWRITE, "One.", "2024"])
def test_english_equals_textstat(text):
    textstat.set_lang("en_US")
    assert measure_readability(make_article("x", text)) == tuple(
        (name, getattr(textstat, name)(text)) for name in MEASURES
    )


def test_another_language_has_its_own_formula_and_honest_blanks():
    text = "Les dockers du port ont cessé le travail mardi. Le syndicat annonce trois cents grévistes."
    try:
        textstat.set_lang("fr")
        expected = {
            name: getattr(textstat, name)(text)
            for name in ("flesch_reading_ease", "sentence_count", "lexicon_count", "syllable_count", "reading_time")
        }
    finally:
        textstat.set_lang("en_US")
    measured = dict(measure_readability(make_article("x", text, language="fr")))
    assert {name: value for name, value in measured.items() if value is not None} == expected
    assert list(measured) == list(MEASURES)


def test_a_script_without_spaces_has_no_counts():
    measured = dict(measure_readability(make_article("x", "港口工人星期二罢工。", language="zh")))
    assert set(measured.values()) == {None}
