"""Figures are told alike however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engines.local import LocalEngine
from generator.numerals import tell_figures
from generator.prepare import normalised_words
from generator.rules import FindRules
from tests.articles import make_article


def figures_of(text, language="en"):
    return [figure for figure in tell_figures(normalised_words(text), language)[1] if figure]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "the 5th of 4,500 runs over 10km in the 1960s", "5 of 4500 runs over 10 km in the 60s"),
        ("en", "seventy-two of ninety ships", "72 of 90 ships"),
        ("de", "in den 1960er Jahren zwölf von 1.200", "in den 60er Jahren 12 von 1200"),
        ("fr", "la 5ème, dix-sept titres, quatre-vingt-dix-sept et soixante et onze", "la 5e, 17 titres, 97 et 71"),
        ("fr", "les années 1960, quatre-vingts ans", "les années 60, 80 ans"),
        ("es", "treinta y dos años en los años sesenta", "32 años en los años 60"),
        ("pt", "vinte e dois de dezessete", "22 de 17"),
        ("it", "sette navi e dodici uomini", "7 navi e 12 uomini"),
        ("nl", "acht van twintig", "8 van 20"),
        ("ar", "٣ من ٤٥ عام ١٩١٢", "3 من 45 عام 1912"),
        ("hi", "१९१२ में ३४० दिन", "1912 में 340 दिन"),
    ],
)
def test_one_figure_is_the_same_in_digits_and_in_words(language, one, other):
    assert figures_of(one, language) == figures_of(other, language) != []


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("en", "three or four, ten two-room flats, twenty twenty-two", ["3", "4", "10", "2", "20", "22"]),
        ("en", "a B52 at 3.14 and 2x4", ["b52", "3.14", "2x4"]),
        ("fr", "deux, trois et quatre", ["2", "3", "4"]),
        ("es", "dos y tres", ["2", "3"]),
        ("xx", "seven and 7", ["7"]),
    ],
)
def test_what_is_no_single_number_is_told_apart(language, text, figures):
    assert figures_of(text, language) == figures


WORDS = st.sampled_from(
    ["vingt", "et", "dix", "sept", "quatre", "vingts", "deux", "17", "5e", "navires", "y", "treinta"]
)


@given(st.lists(WORDS), st.sampled_from(["fr", "es", "en"]))
def test_every_figure_stands_beside_a_word_of_the_text(words, language):
    told, figures = tell_figures(words, language)
    assert len(told) == len(figures) <= len(words)
    left = iter(words)
    assert all(word in left for word in told)


TITLES = (
    "Le club de Hautecombe domine le palmarès avec {} titres, devant Vaubrun avec {}, Serrières avec {} et Malmont avec {}; "
    "la ligue, fondée dans les années {}, siège au 645 de la {} avenue."
)


def test_a_rewrite_that_writes_its_figures_otherwise_keeps_its_score():
    spelt = make_article("a", TITLES.format("dix-sept", "sept", "vingt-deux", "cinq", "1960", "5e"), language="fr")
    digits = make_article("b", TITLES.format("17", "7", "22", "5", "60", "5ème"), language="fr")
    (match,) = LocalEngine(1).find_matches([spelt, digits], FindRules()).matches
    assert match.score == pytest.approx(match.reuse)
