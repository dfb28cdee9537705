"""The lineage is a tree: one anchor, every other member with the parent that explains it best."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from generator.lineage import find_parents, max_arborescence
from generator.values import Article


def reaches_root(parents):
    for node in range(1, len(parents)):
        steps = 0
        while node:
            node, steps = parents[node], steps + 1
            if steps > len(parents):
                return False
    return True


def heaviest(weights):
    count = len(weights)
    trees = ([-1, *choice] for choice in product(range(count), repeat=count - 1))
    valid = (t for t in trees if all(t[c] != c for c in range(1, count)) and reaches_root(t))
    return max(sum(weights[t[c], c] for c in range(1, count)) for t in valid)


@given(st.integers(2, 5).flatmap(lambda n: arrays(np.float64, (n, n), elements=st.integers(-9, 9).map(float))))
def test_no_other_tree_is_heavier(weights):
    parents = max_arborescence(weights)
    assert parents[0] == -1
    assert reaches_root(parents)
    assert sum(weights[parents[c], c] for c in range(1, len(weights))) == heaviest(weights)


def article(name, **known):
    return Article(id=name, path=f"{name}.txt", title=name, text=known.pop("text", name * 9), **known)


def test_the_earliest_reprint_is_the_anchor_and_the_parent_of_all():
    articles = [article("c", date="2024-05-03"), article("a", date="2024-05-02"), article("b", date="2024-05-01")]
    assert find_parents(articles, np.ones((3, 3))) == [2, 2, None]


def test_a_rewrite_of_a_rewrite_hangs_on_it():
    first, second, third = (
        article("first", date="2024-05-01"),
        article("second", date="2024-05-02"),
        article("third", date="2024-05-03"),
    )
    overlaps = np.array([[1, 0.5, 0.2], [0.8, 1, 0.4], [0.3, 0.9, 1]])
    assert find_parents([first, second, third], overlaps) == [None, 0, 1]


def test_a_later_article_is_no_parent_of_an_earlier_one_however_much_they_share():
    early, late, other = (
        article("early", date="2024-05-01"),
        article("late", date="2024-06-01"),
        article("other", date="2024-04-01"),
    )
    overlaps = np.array([[1, 0.99, 0.3], [0.99, 1, 0.3], [0.3, 0.3, 1]])
    assert find_parents([early, late, other], overlaps) == [2, 0, None]


def test_without_evidence_the_anchor_is_the_article_that_most_of_the_others_stand_in():
    articles = [article(name, text="alike") for name in ("outlier", "middle", "near")]
    overlaps = np.array([[1, 0.3, 0.2], [0.31, 1, 0.8], [0.2, 0.8, 1]])
    assert find_parents(articles, overlaps) == [1, None, 1]


@pytest.mark.parametrize("count", [1, 2, 60])
def test_there_is_exactly_one_anchor_even_where_nothing_tells_who_was_first(count):
    parents = find_parents([article(f"x{i:02}", text="alike") for i in range(count)], np.full((count, count), 0.5))
    assert parents.count(None) == 1
