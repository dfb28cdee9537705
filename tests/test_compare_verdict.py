"""The verdict follows the share of words taken over as they are, and then the reuse."""

import pytest

from generator.compare.verdict import judge

WORDS = [f"w{i}" for i in range(200)]


@pytest.mark.parametrize(
    ("other", "reuse", "verbatim", "longest_passage", "verdict"),
    [
        (WORDS, 1.0, 200, 200, "identical"),
        (WORDS[:199], 0.99, 199, 199, "near-copy"),
        (WORDS[::-1], 0.8, 165, 20, "near-copy"),
        (WORDS[::-1], 0.5, 60, 45, "near-copy"),
        (WORDS[::-1], 0.7, 100, 20, "light-revision"),
        (WORDS[::-1], 0.4, 0, 0, "heavy-revision"),
        (WORDS[::-1], 0.4, 39, 29, "heavy-revision"),
        ([f"x{i}" for i in range(4000)], 0.9, 165, 20, "near-copy"),
    ],
)
def test_verdict(other, reuse, verbatim, longest_passage, verdict):
    assert judge(WORDS, other, reuse, verbatim, longest_passage) == verdict
    assert judge(other, WORDS, reuse, verbatim, longest_passage) == verdict


def test_a_long_passage_inside_a_much_longer_article_is_no_near_copy():
    one, other = [f"w{i}" for i in range(1000)], [f"x{i}" for i in range(1000)]
    assert judge(one, other, 0.35, 60, 60) == "heavy-revision"
