"""Datelines, bylines and credit lines are read where they stand, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.read.newswire import byline, credited_agency, dateline, dateline_alone


@pytest.mark.parametrize(
    ("text", "place", "agency", "date"),
    [
        ("BEIRUT — (AP) — Iranian", "Beirut", "AP", ""),
        (" date 2024-12-02 BEIRUT — (AP) — Iranian", "Beirut", "AP", "2024-12-02"),
        ("WASHINGTON (Reuters) - Iranian", "Washington", "Reuters", ""),
        ("NEW YORK, March 3 (Reuters) - Iranian", "New York", "Reuters", ""),
        ("NEW YORK, March 3, 2024 (Reuters) - Iranian", "New York", "Reuters", "2024-03-03"),
        ("ZÜRICH, 3 March 2021 (Reuters) — Iranian", "Zürich", "Reuters", "2021-03-03"),
        ("SALVADOR, Feb 26 - Iranian", "Salvador", "", ""),
        ("EAST ORANGE, N.J., March 2 - Iranian", "East Orange, N.J.", "", ""),
        ("DALLAS/FORT WORTH, Texas, March 3 - Iranian", "Dallas/Fort Worth, Texas", "", ""),
        ("BERLIN (dpa) – Iranian", "Berlin", "dpa", ""),
        ("Berlin (dpa/tmn) - Iranian", "Berlin", "dpa", ""),
        ("PARIS (AFP) - Iranian", "Paris", "AFP", ""),
        ("São Paulo (AFP) - Iranian", "São Paulo", "AFP", ""),
        ("BEIJING, Dec. 2 (Xinhua) -- Iranian", "Beijing", "Xinhua", ""),
        ("ST. LOUIS (AP) _ Iranian", "St. Louis", "AP", ""),
        ("SAN'A, Yemen — Iranian", "San'a, Yemen", "", ""),
        ("RIO DE JANEIRO — Iranian", "Rio de Janeiro", "", ""),
        ("NEW YORK — “Iranian", "New York", "", ""),
        ("WASHINGTON, D.C. — Iranian", "Washington, D.C.", "", ""),
        ("PORT-AU-PRINCE, Haiti (AP) — Iranian", "Port-au-Prince, Haiti", "AP", ""),
        ("N'DJAMENA (AFP) — Iranian", "N'Djamena", "AFP", ""),
        ("HO CHI MINH CITY, Vietnam (AP) — Iranian", "Ho Chi Minh City, Vietnam", "AP", ""),
        ("date 2024-12-02 Iranian", "", "", "2024-12-02"),
    ],
)
def test_datelines_give_place_agency_date_and_where_the_story_begins(text, place, agency, date):
    line = dateline(text)
    assert line is not None
    assert (line.place, line.agency, line.date) == (place, agency, date)
    assert text[line.span[1] :].lstrip("“") == "Iranian"


@pytest.mark.parametrize(
    "text",
    [
        "NASA — The space agency said on Monday",
        "NATO, Brussels — The alliance",
        "IBM - the company - said",
        "BREAKING NEWS — The river rose",
        "MARKET REPORT — Stocks fell",
        "UPDATE 1-Oil rises",
        "COVID-19 — The disease",
        "WHO (World Health Organization) - the agency",
        "Apple (AAPL) - shares rose",
        "In London, March 9 - the day of the vote",
        "On Monday, March 3 - a day of mourning",
        "The U.S. (AP) is a country",
        "X-RAY machines are dear",
        "I — We",
        "A — B",
        "HELLO — it is me",
        "Beirut — The city by the sea",
        "BEIRUT is a city - The sea is near",
        "ROME wasn't built — In a day",
        "2024-12-02 The river rose",
        "The river rose - and fell.",
        "",
    ],
)
def test_ordinary_openings_are_no_datelines(text):
    assert dateline(text) is None


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("SALVADOR, Feb 26 -", "Salvador", ""),
        ("London, March 9 -", "London", ""),
        ("COLUMBIA, Md. March 3 -", "Columbia, Md.", ""),
        ("DES MOINES, IOWA, April 8 -", "Des Moines, Iowa", ""),
        ("WASHINGTON (AP)", "Washington", "AP"),
        ("Oslo", "Oslo", ""),
    ],
)
def test_a_dateline_of_its_own_column_may_stand_in_any_case(text, place, agency):
    line = dateline_alone(text)
    assert line is not None
    assert (line.place, line.agency) == (place, agency)


@pytest.mark.parametrize(
    ("text", "author", "agency"),
    [
        ("By Jane Doe\n\nThe river rose.", "Jane Doe", ""),
        ("By JANE DOE, Associated Press Writer\nThe river rose.", "Jane Doe", "AP"),
        ("\nBy Jane Doe and Max van der Berg | Reuters\nThe river rose.", "Jane Doe and Max van der Berg", "Reuters"),
        ("BY JEAN-LUC O'NEILL\nThe river rose.", "Jean-Luc O'Neill", ""),
    ],
)
def test_bylines_give_the_author(text, author, agency):
    line = byline(text)
    assert line is not None
    assert (line.author, line.agency) == (author, agency)


@pytest.mark.parametrize(
    "text",
    [
        "By Monday Morning\n\nThe river rose.",
        "By The Numbers\n\nSeven",
        "By Jane Doe went the river, and all was still.",
        "By noon\nThe river rose.",
        "By Jane\nThe river rose.",
        "Bylaws Were Passed\nThe river rose.",
        "The river rose.\nBy Jane Doe",
    ],
)
def test_ordinary_first_lines_are_no_bylines(text):
    assert byline(text) is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Associated Press writer Nasser Karimi in Tehran contributed to this report.", "AP"),
        ("AP video journalist Jane Doe contributed.", "AP"),
        ("(Reporting by Jane Doe; Editing by Max Roe)", "Reuters"),
        ("(Reporting by Jane Doe in Oslo; writing by Ann Bee; editing by Max Roe)", "Reuters"),
        ("© 2024 The Associated Press", "AP"),
        ("Copyright 2024 The Associated Press. All rights reserved.", "AP"),
        ("(c) Agence France-Presse", "AFP"),
        ("— Reuters", "Reuters"),
        ("(dpa)", "dpa"),
        ("The Associated Press was founded in 1846.", ""),
        ("She contributed to the Reuters report that the river rose.", ""),
        ("Jane Doe contributed to this report.", ""),
        ("(Reporting by Jane Doe)", ""),
        ("Copyright law is old.", ""),
    ],
)
def test_credit_lines_name_the_agency(line, agency):
    assert credited_agency(f"The river rose.\n\nIt fell.\n\n{line}") == agency


def test_only_the_last_paragraphs_hold_credit_lines():
    assert credited_agency("© 2024 The Associated Press\n\none\n\ntwo\n\nthree\n\nfour") == ""


@given(st.text(max_size=400))
def test_any_text_is_looked_through_without_a_fault(text):
    line = dateline(text)
    assert line is None or 0 <= line.span[1] <= len(text)
    byline(text)
    dateline_alone(text)
    credited_agency(text)


def test_long_openings_in_capitals_are_looked_through_at_once():
    assert dateline("A.B'" * 5000) is None
    assert dateline("AB " * 5000 + "- X") is None
    assert byline("By " + "Ab " * 30) is None
