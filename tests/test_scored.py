"""Scoring only what changed gives what scoring everything gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engines.local import LocalEngine
from generator.fingerprint import fingerprint_counted
from generator.rules import FindRules
from generator.score import list_found, score_articles
from generator.scored import carry_over, digest_articles
from tests.articles import make_article, reword, tell
from tests.test_formula import notice

RULES = FindRules()


def text(kind, story, version):
    """A notice after a pattern, a story told again, or both in one text."""
    told = " ".join(reword(" ".join(tell(story)), version / 10, version).split())
    return {0: notice(story), 1: told, 2: f"{notice(story)} {told}", 3: ""}[kind]


ARTICLES = st.dictionaries(
    st.integers(0, 30), st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=20
).map(lambda told: [make_article(f"a{name:02}", text(*told[name]) or "—") for name in sorted(told)])


def score(articles, last):
    join = LocalEngine(1)._join
    postings = [fingerprint_counted(article) for article in articles]
    scored = score_articles(postings, RULES, join, carry_over(last, digest_articles(articles)))
    return scored, list_found([article.id for article in articles], postings, RULES, scored)


@given(st.lists(ARTICLES, min_size=2, max_size=4))
@settings(max_examples=60)
def test_whatever_came_before_the_same_is_found(corpora):
    last = None
    for articles in corpora:
        last, found = score(articles, last)
        assert found == score(articles, None)[1]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2)), min_size=8, max_size=14, unique=True), st.data())
@settings(max_examples=100)
def test_a_pattern_that_comes_into_being_or_goes_is_noticed(told, data):
    """Notices of one pattern, with retellings among them: one article more or less makes formula, or unmakes it."""
    articles = [make_article(f"n{i:02}", f"{notice(n)} {'Again. ' * again}") for i, (n, again) in enumerate(told)]
    present = data.draw(st.lists(st.sets(st.sampled_from(range(len(articles))), min_size=4), min_size=2, max_size=4))
    last = None
    for places in present:
        chosen = [articles[place] for place in sorted(places)]
        last, found = score(chosen, last)
        assert found == score(chosen, None)[1]
