"""What is found once in an article is not looked for again, and never told of another."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.compare.once import KEPT, once
from generator.prepare import prepare
from tests.articles import make_article

ARTICLES = [prepare(make_article(f"a{number}", f"Article number {number}.")) for number in range(KEPT + 4)]


@given(st.lists(st.integers(0, KEPT + 3), max_size=60))
def test_an_answer_is_that_of_the_article_asked_about(numbers):
    ask = once(lambda article: article.article.text)
    assert [ask(ARTICLES[number]) for number in numbers] == [ARTICLES[number].article.text for number in numbers]


def test_an_article_asked_about_between_others_is_read_once():
    asked = []
    ask = once(lambda article: asked.append(article.article.id))
    for article in ARTICLES[1:]:
        ask(ARTICLES[0])
        ask(article)
    assert asked == [article.article.id for article in ARTICLES]


def test_equal_articles_that_are_two_objects_are_told_alike():
    ask = once(lambda article: article.words)
    assert ask(ARTICLES[0]) == ask(replace(ARTICLES[0])) == ARTICLES[0].words
