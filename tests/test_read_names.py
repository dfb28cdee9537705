"""Ids, dates, metadata and languages: taken where they are certain, else left empty."""

import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.read.dates import iso_date
from generator.read.draft import draft_of, one_line, web_address
from generator.read.language import language_code, language_of
from generator.read.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("000_8d57", "000_8d57"),
        ("News/2024/A Story", "news-2024-a-story"),
        ("Çà et là", "ca-et-la"),
        ("Straße & Øresund", "strasse-oresund"),
        ("v1.2_final-b", "v1.2_final-b"),
        (".hidden", "hidden"),
        ("con", "con"),
    ],
)
def test_slugs_keep_what_can_be_read(text, expected):
    assert slug(text) == expected


def test_words_of_other_scripts_stay_apart():
    assert re.fullmatch(r"u[0-9a-f]{8}-1", slug("новости/1"))
    assert re.fullmatch(r"u[0-9a-f]{8}", slug(".."))
    assert len({slug(word) for word in ("новости", "новость", "新闻", "ニュース", "мой", "мои")}) == 6


def test_long_slugs_are_cut_and_stay_apart():
    long, longer = slug("a" * 101), slug("a" * 102)
    assert len(long) == len(longer) == 100
    assert long != longer
    assert slug("a" * 100) == "a" * 100


@given(st.text(st.characters()))
@example("-." * 80)
@example("\ud800")
def test_slugs_are_always_safe(text):
    made = slug(text)
    assert re.fullmatch(r"[a-z0-9_][a-z0-9._-]{0,99}", made)
    assert slug(made) == made or made.endswith("-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-02", "2024-12-02"),
        ("2024-12-02T23:30:00+05:00", "2024-12-02"),
        ("2024-12-02 10:00:00.123", "2024-12-02"),
        ("2024/12/2", "2024-12-02"),
        ("20241202", "2024-12-02"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        (" 1-MAR-1987 22:12:53.59", "1987-03-01"),
        ("December 2, 2024", "2024-12-02"),
        ("Dec. 2 2024", "2024-12-02"),
        ("Monday, December 2nd, 2024 at 10:30", "2024-12-02"),
        ("2 Dec 2024", "2024-12-02"),
        ("2nd of December 2024", "2024-12-02"),
        ("Mon, 02 Dec 2024 10:00:00 GMT", "2024-12-02"),
        ("01/02/2024", ""),
        ("25/12/2024", ""),
        ("2024-13-01", ""),
        ("February 30, 2024", ""),
        ("December 2024", ""),
        ("Feb 26", ""),
        ("2024", ""),
        ("1733097600", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_are_understood_or_left_empty(text, expected):
    assert iso_date(text) == expected


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_read_back_from_what_it_was_written_as(day):
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y 10:00:00", "%A, %d %b %Y"):
        assert iso_date(day.strftime(form)) == day.isoformat()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  two\n words\u202e ", "two words"),
        (7, "7"),
        (7.5, "7.5"),
        (Decimal("1.50"), "1.50"),
        (datetime.date(2024, 12, 2), "2024-12-02"),
        (["Ann Bee", "Cy Dee"], "Ann Bee, Cy Dee"),
        (["Ann", 3], ""),
        ({"a": "b"}, ""),
        (True, ""),
        (float("nan"), ""),
        (None, ""),
        ("x" * 600, "x" * 500),
    ],
)
def test_metadata_of_any_type_becomes_one_line_or_nothing(value, expected):
    assert one_line(value) == expected


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org"])
def test_addresses_of_the_web_are_kept(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://example.org", "//example.org", "https://", "https://a b.org", "https://a.org/\nx", "http://[::1",
     "https://bank.example@evil.example/", "data:text/html,x", "https://a.org/" + "x" * 500, 5, None],
)  # fmt: skip
def test_other_addresses_are_dropped(address):
    assert web_address(address) == ""


def test_the_second_name_of_a_field_counts_where_the_first_is_empty():
    draft = draft_of("text", {"date": "soon", "published": "2 May 2021", "language": "", "lang": "de-AT"})
    assert (draft.date, draft.language) == ("2021-05-02", "de-AT")
    assert draft_of("text", {"id": 0}).id == "0"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("pt_BR", "pt"), ("FR", "fr"), ("zh-Hans-CN", "zh"), ("English", ""), ("", "")],
)
def test_language_tags_are_reduced_to_their_language(tag, code):
    assert language_code(tag) == code


TEXTS = {
    "en": "The ferry stayed at its pier, and the people of the town said that they had not seen such water.",
    "fr": "Le bac est resté à quai et les gens de la ville ont dit qu'ils n'avaient pas vu une telle eau.",
    "de": "Die Fähre blieb am Anleger, und die Leute sagten, dass sie nicht mit dem Wasser gerechnet haben.",
    "es": "El barco se quedó en el muelle y los vecinos dicen que las aguas no habían sido así hasta hoy, pero sus casas no.",
    "it": "Il traghetto è rimasto al molo e gli abitanti della città hanno detto che non è mai stato più alto di così.",
    "pt": "O barco não saiu do cais e os moradores disseram que as águas são uma ameaça também pelo vento em terra.",
    "nl": "De veerboot bleef aan de kade en het water steeg, maar de mensen zijn niet bang voor een nacht op het dak.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_common_languages_are_told_without_the_slow_model(code, monkeypatch):
    monkeypatch.setattr("generator.read.language._identifier", None)
    assert language_of(TEXTS[code]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("東京で大きな地震がありました。", "ja"),
        ("Guvernul a anunțat că noua lege este în vigoare și că toți trebuie să o respecte.", "ro"),
        ("Die regering het gister aangekondig dat die nuwe wet van krag is en dat almal dit moet volg.", "af"),
        ("Els bombers han treballat tota la nit per apagar el foc que es va declarar a la vall.", "ca"),
        ("12 34 56 78 90", "und"),
        ("Two words", "und"),
    ],
)
def test_other_languages_are_told_by_the_model_or_left_open(text, code):
    assert language_of(text) == code
