"""What is told of one matter by many is no reuse; what was taken from another article is, however often it was."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import rarity
from generator.engines.local import LocalEngine
from generator.fingerprint import fingerprint
from generator.formula import Pairs
from generator.rarity import OTHERS, RETELLING, share_rare
from generator.rules import FindRules
from generator.why import explain
from tests.articles import make_article, reword, tell

TOPIC = (
    "minister Stoltenfels and secretary Bakermann renewed the Louvrois accord to stabilise currencies in Frankenthal"
)
STEMS = ["quorl", "vemb", "tasp", "drilk", "mounf", "zasker", "yelv", "brontik", "chuld", "pesk", "ombrel", "wistan"]


def report(number):
    """A report on one matter: its terms, and then words of its own."""
    return f"{TOPIC} {' '.join(f'{stem}{chr(97 + number)}' for stem in STEMS)}"


def pairs_of(articles):
    found = LocalEngine(1).find_matches(articles, FindRules())
    return {(match.a, match.b): match.score for match in found.matches}


def test_reports_on_one_matter_are_no_copies_once_there_are_many():
    articles = [make_article(f"r{number}", report(number)) for number in range(OTHERS + 3)]
    few = pairs_of(articles[: OTHERS + 2])
    assert len(few) == 6
    assert all(score < RETELLING for score in few.values())
    assert pairs_of(articles) == {}
    told = explain(articles, *articles[:2], FindRules(), LocalEngine(1))
    assert not told.matched
    assert told.score >= FindRules().threshold
    assert "share nothing rare" in told.reason


@pytest.mark.parametrize("copies", [2, 12])
def test_a_story_told_often_is_found_however_many_tell_it(copies):
    story = " ".join(tell(5))
    articles = [make_article("wire", story)]
    articles += [make_article(f"c{number:02}", reword(story, 0.35, number)) for number in range(copies)]
    articles += [make_article(f"o{number}", " ".join(tell(20 + number))) for number in range(5)]
    assert {("wire", f"c{number:02}") for number in range(copies)} <= {
        tuple(sorted(p, reverse=True)) for p in pairs_of(articles)
    }


WORDS = [f"wort{letter}" for letter in "abcdefghij"]


@pytest.mark.parametrize("one_in", [10_000, 2], ids=["few", "many"])
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=2, max_size=9),
    data=st.data(),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_rare_is_what_the_definition_says(monkeypatch, one_in, texts, data):
    monkeypatch.setattr(rarity, "ONE_IN", one_in)
    most = max(2, len(texts) // one_in)
    postings = [fingerprint(make_article(str(at), " ".join(words))) for at, words in enumerate(texts)]
    sets = [set(posting.keys.tolist()) for posting in postings]
    couples = [(a, b) for a in range(len(sets)) for b in range(a) if sets[a] & sets[b]]
    chosen = [couple for couple in couples if data.draw(st.booleans())]
    scores = [data.draw(st.sampled_from([0.3, 0.49, 0.5, 0.9])) for _ in chosen]
    strong = [set(couple) for couple, score in zip(chosen, scores, strict=True) if score >= RETELLING]

    def shares_rare(a, b):
        retelling = {c for c in range(len(sets)) if {a, c} in strong or {b, c} in strong} | {a, b}
        return any(
            sum(key in sets[c] for c in range(len(sets)) if c not in retelling) <= most for key in sets[a] & sets[b]
        )

    sure = [{a, b} for a, b in chosen if {a, b} in strong or shares_rare(a, b)]
    expected = [
        {a, b} in sure or any({a, c} in sure and {b, c} in sure for c in range(len(sets)) if c not in (a, b))
        for a, b in chosen
    ]
    first, second = np.array(chosen, dtype=np.int64).reshape(-1, 2).T
    told = share_rare(
        postings, Pairs(first, second, np.zeros(len(chosen), np.int64)), np.array(scores, dtype=np.float64)
    )
    assert told.tolist() == expected
