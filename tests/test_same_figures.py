"""Pairs that tell the same figures are all found, however little else they share."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator.overlap as overlap
from generator.cluster import make_clusters
from generator.engines.local import LocalEngine
from generator.fingerprint import fingerprint
from generator.overlap import measure_overlaps
from generator.rules import FindRules
from generator.same_figures import count_same_figures, pair_by_figures
from tests.articles import make_article, tell


def same(one, other):
    """How many figures are the same, told without sorting or hashing."""
    large = [{figure for figure in figures if figure > 9} for figures in (one, other)]
    telling = [
        {f for f in figures if f > 9 and (f - 1 not in figures or f == 1900 or 200 <= f < 1900 or f >= 2100)}
        for figures in (one, other)
    ]
    count = len(telling[0] & telling[1])
    return count if count >= max(4, len(large[0]) / 2, len(large[1]) / 2) else 0


FIGURES = st.sampled_from([1, 8, 9, 10, 11, 12, 40, 41, 57, 88, 199, 200, 201, 340, 1899, 1900, 1901, 1985, 1986, 2600])


@pytest.mark.parametrize("cells", [2**23, -1], ids=["plain matrices", "sparse product"])
@given(told=st.lists(st.sets(FIGURES), min_size=1, max_size=12), wanted=st.none() | st.sets(st.integers(0, 11)))
def test_all_pairs_are_found_that_tell_the_same_figures(cells, told, wanted):
    postings = [fingerprint(make_article(str(at), f"told {' so '.join(map(str, own))}")) for at, own in enumerate(told)]
    asked = np.array([wanted is None or at in wanted for at in range(len(told))])
    expected = {
        (i, j): same(told[i], told[j])
        for i, j in combinations(range(len(told)), 2)
        if same(told[i], told[j]) and (wanted is None or {i, j} & wanted)
    }
    before, overlap._DENSE_CELLS = overlap._DENSE_CELLS, cells
    try:
        found = pair_by_figures(postings, LocalEngine(1)._join, asked)
    finally:
        overlap._DENSE_CELLS = before
    pairs = zip(found.lighter.tolist(), found.heavier.tolist(), found.shared.tolist(), strict=True)
    assert {(min(i, j), max(i, j)): count for i, j, count in pairs} == expected
    if expected:
        pairs = np.array(list(expected))
        assert count_same_figures(postings, pairs[:, 0], pairs[:, 1]).tolist() == list(expected.values())


def put_otherwise(figures, seed):
    """Words of one's own around each figure."""
    own = iter(" ".join(tell(seed, 20)).split())
    return ". ".join(f"{next(own)} {next(own)} {figure} {next(own)} {next(own)} {next(own)}" for figure in figures)


def match(texts):
    articles = {str(at): make_article(str(at), text, language="fi") for at, text in enumerate(texts)}
    return articles, LocalEngine().find_matches(list(articles.values()), FindRules()).matches


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ([143, 26, 1998, 58, 300, 44], True),
        ([143, 26, 1998, 58, 300], False),
        ([*range(1, 31)], False),
        ([*range(10, 31)], False),
        ([*range(1980, 1999)], False),
        ([143, 26, 1998, 58, 300, *range(11, 31)], False),
    ],
)
def test_six_figures_are_enough_where_no_other_word_is_the_same(figures, found):
    _, matches = match([put_otherwise(figures, 1), put_otherwise(reversed(figures), 2)])
    assert [each.score for each in matches] == ([pytest.approx(0.3)] if found else [])


def test_what_shares_but_figures_with_a_story_stands_in_its_cluster():
    figures = [143, 26, 1998, 58, 300, 44, 17]
    story = put_otherwise(figures, 1)
    articles, matches = match([story, put_otherwise(figures, 2), story.replace("17", "18")])
    clusters = make_clusters(matches, articles, measure_overlaps, FindRules().threshold)
    assert [sorted(cluster.members) for cluster in clusters] == [["0", "1", "2"]]
