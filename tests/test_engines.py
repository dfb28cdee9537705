"""Finding is exact: every engine gives what a plain look at all pairs gives."""

import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator.overlap as overlap
from generator.engines.local import LocalEngine
from generator.engines.registry import make_engine
from generator.errors import EngineError, SettingsError
from generator.overlap import measure_overlaps
from generator.prepare import normalised_words, weigh
from generator.rules import FindRules
from generator.values import Match
from tests.articles import WORDS, invent, make_article, reword


def weigh_all(article):
    """The distinct words and pairs of neighbouring words of an article, with their weights: the definition, spelt out."""
    words = normalised_words(article.text)
    weights = {(word,): weigh(word, article.language) for word in words}
    return weights | {(a, b): weigh(a, article.language) + weigh(b, article.language) for a, b in pairwise(words)}


def all_pairs(articles, threshold):
    features = {article.id: weigh_all(article) for article in articles}
    found = []
    for one, other in combinations(sorted(articles, key=lambda article: article.id), 2):
        a, b = features[one.id], features[other.id]
        shared = sum(weight for key, weight in a.items() if key in b)
        total_a, total_b = sum(a.values()), sum(b.values())
        if one.language == other.language and shared and shared / min(total_a, total_b) >= threshold:
            found.append(Match(one.id, other.id, shared / min(total_a, total_b), shared / total_a, shared / total_b))
    return tuple(found)


CORPORA = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS[:12] + WORDS[-6:]), max_size=14), st.sampled_from(["en", "en", "fr", "und"])
    ),
    max_size=9,
).map(
    lambda texts: [
        make_article(f"a{i}", " ".join(words), language=language) for i, (words, language) in enumerate(texts)
    ]
)


WAYS = {
    "sparse product": (-1, 8),
    "plain matrices": (2**23, 8),
    "pair by pair": (2**23, 1),
    "both by turns": (2**23, 3),
}


@pytest.mark.parametrize(("cells", "rare"), WAYS.values(), ids=WAYS.keys())
@given(articles=CORPORA, threshold=st.sampled_from([0.01, 0.3, 0.5, 1.0]))
def test_random_corpora_give_what_all_pairs_give(cells, rare, articles, threshold):
    before = overlap._DENSE_CELLS, overlap._RARE
    overlap._DENSE_CELLS, overlap._RARE = cells, rare
    try:
        assert LocalEngine(1).find_matches(articles, FindRules(threshold)) == all_pairs(articles, threshold)
    finally:
        overlap._DENSE_CELLS, overlap._RARE = before


@pytest.fixture(scope="module")
def two_thousand():
    """2,000 articles: originals, and rewrites of every fifth with ever more words replaced."""
    articles = [make_article(f"s{i:04}", invent(i, 60 + i % 90)) for i in range(1600)]
    articles += [make_article(f"r{i:04}", reword(invent(i, 60 + i % 90), i % 100 / 100, i)) for i in range(0, 1600, 4)]
    return articles


def test_two_thousand_articles_give_what_all_pairs_give(two_thousand):
    found = LocalEngine().find_matches(two_thousand, FindRules(0.30))
    assert len(found) > 200
    assert found == all_pairs(two_thousand, 0.30)


def test_the_number_of_processes_changes_nothing(two_thousand):
    assert LocalEngine(1).find_matches(two_thousand, FindRules()) == LocalEngine(3, worth=0).find_matches(
        two_thousand, FindRules()
    )


def test_overlaps_are_the_reuse_of_the_matches(two_thousand, monkeypatch):
    articles = [article for article in two_thousand if article.id[1:] in {"0000", "0004", "0008", "0400"}]
    by_pair = measure_overlaps(articles)
    monkeypatch.setattr(overlap, "_DENSE_CELLS", -1)
    assert (measure_overlaps(articles) == by_pair).all()
    place = {article.id: i for i, article in enumerate(articles)}
    matches = LocalEngine().find_matches(articles, FindRules())
    assert matches
    for match in matches:
        assert by_pair[place[match.a], place[match.b]] == match.a_in_b
        assert by_pair[place[match.b], place[match.a]] == match.b_in_a


def slow_square(number):
    time.sleep(0.001 * (number % 3))
    return number * number


@pytest.mark.parametrize("worth", [0.0, 0.001, 60.0], ids=["processes", "here, then processes", "here"])
def test_map_keeps_the_order(worth):
    assert list(LocalEngine(2, worth).map(slow_square, range(80))) == [n * n for n in range(80)]


def die(number):
    if number == 7:
        import os

        os._exit(1)
    return number


def test_a_process_that_dies_gives_a_clear_message():
    with pytest.raises(EngineError, match="a process ended while running die; most likely memory ran out"):
        list(LocalEngine(2, worth=0).map(die, range(40)))


def test_an_unknown_engine_is_refused():
    with pytest.raises(SettingsError, match="engine 'sprak' is unknown"):
        make_engine("sprak")


def test_nothing_matches_without_words_or_articles():
    assert LocalEngine().find_matches([], FindRules()) == ()
    assert LocalEngine().find_matches([make_article("a", "—"), make_article("b", "—")], FindRules(0.01)) == ()
