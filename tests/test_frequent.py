"""What too many articles hold joins nobody, weighs nothing, and is told."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator.overlap as overlap
from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.prepare import prepare
from generator.rules import FindRules, Settings
from generator.set_aside import tell_set_aside
from tests.articles import make_article, write_sample
from tests.test_engines import CORPORA, all_pairs, between

PHRASE = "Quibble Zanzibar marmalade oscilloscope, vermilion trapezoid Gorgonzola parliament hexagon walrus tambourine"


def share_a_phrase(count):
    """Articles of 12 words of their own each, with one phrase; the last is told again."""
    letters = "abcdefghijkl"
    own = (" ".join(f"zo{letters[i // 12]}{letters[i % 12]}{letter}" for letter in letters) for i in range(count))
    articles = [make_article(f"a{i:03}", f"{words} {PHRASE}") for i, words in enumerate(own)]
    return [*articles, replace(articles[-1], id="again", text=f"{articles[-1].text} as told before")]


def count_joined(engine, monkeypatch):
    """How many pairs each join gives, as they come."""
    joined, join = [], engine._join

    def counted(*given, **named):
        pairs = join(*given, **named)
        joined.append(len(pairs.lighter))
        return pairs

    monkeypatch.setattr(engine, "_join", counted)
    return joined


@pytest.mark.parametrize("cells", [-1, 2**23], ids=["sparse product", "plain matrices"])
@given(
    articles=CORPORA,
    archived=st.sets(st.integers(0, 9)),
    most=st.integers(1, 6),
    threshold=st.sampled_from([0.01, 0.3]),
)
@settings(max_examples=60)
def test_what_more_articles_hold_has_no_part_in_any_score(cells, articles, archived, most, threshold):
    articles = [replace(article, archive=place in archived) for place, article in enumerate(articles)]
    before = overlap._DENSE_CELLS
    overlap._DENSE_CELLS = cells
    try:
        found = LocalEngine(1).find_matches(articles, FindRules(threshold, most_holders=most))
    finally:
        overlap._DENSE_CELLS = before
    assert found.matches == between(all_pairs(articles, threshold, most), articles)


def test_a_phrase_that_all_share_makes_no_square_of_pairs(engine, monkeypatch):
    articles = share_a_phrase(80)
    monkeypatch.setattr(overlap, "_DENSE_CELLS", -1)
    joined = count_joined(engine, monkeypatch)
    engine.find_matches(articles, FindRules(most_holders=81))
    assert max(joined) == 81 * 80 // 2
    joined.clear()
    found = engine.find_matches(articles, FindRules(most_holders=80))
    assert [(match.a, match.b) for match in found.matches] == [("a079", "again")]
    assert max(joined) == 1
    assert len(found.frequent) == 2 * len(PHRASE.split()) - 1
    assert found.matches == all_pairs(articles, 0.27, 80)


def test_a_line_of_figures_that_all_share_makes_no_square_of_pairs_either(engine, monkeypatch):
    articles = [
        replace(article, text=f"{article.text} 4031 5577 9028 7316 2645 8890") for article in share_a_phrase(80)
    ]
    monkeypatch.setattr(overlap, "_DENSE_CELLS", -1)
    joined = count_joined(engine, monkeypatch)
    found = engine.find_matches(articles, FindRules(most_holders=80))
    assert [(match.a, match.b) for match in found.matches] == [("a079", "again")]
    assert max(joined) == 1


def test_what_was_left_out_is_told_as_set_aside_with_how_many_hold_it():
    articles = share_a_phrase(80)
    found = LocalEngine().find_matches(articles, FindRules(most_holders=80))
    aside = tell_set_aside(prepare(articles[79]), next(own for own in found.formula if own.article == "a079"))
    assert [(phrase.text, phrase.tellings) for phrase in aside.phrases] == [(PHRASE, 81)]


def test_a_site_says_that_something_was_left_to_formula(tmp_path):
    write_sample(tmp_path / "content")
    for most, told in ((3, 0), (1, 1)):
        build_site(tmp_path / "content", tmp_path / "site", Settings(find=FindRules(most_holders=most)), LocalEngine())
        report = json.loads((tmp_path / "site" / "data" / "report.json").read_text(encoding="utf-8"))
        assert (report["counts"]["frequent"] > 0) == told
        assert ('id="frequent"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")) == told
