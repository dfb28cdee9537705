"""The likely source is named with its reason, and left open where the evidence is thin."""

import pytest

from generator.compare.source import likely_source
from tests.articles import make_article

EARLY, LATE = {"date": "2024-05-01"}, {"date": "2024-05-02"}
CREDITED = {"place": "Beirut", "agency": "AP"}


@pytest.mark.parametrize(
    ("a", "b", "a_in_b", "b_in_a", "source", "reason"),
    [
        (EARLY, LATE, 0.5, 0.5, "a", "it is dated 2024-05-01, the other 2024-05-02"),
        (LATE, EARLY, 0.2, 0.9, "b", "it is dated 2024-05-01, the other 2024-05-02"),
        (
            {**EARLY, **CREDITED},
            {},
            0.5,
            0.5,
            "a",
            "it has a date, a dateline and an agency credit, the other has none",
        ),
        ({}, {}, 0.3, 0.6, "a", "60% of the other stands in it, by weight, and only 30% of it in the other"),
        ({}, {}, 0.95, 0.4, "b", "95% of the other stands in it, by weight, and only 40% of it in the other"),
        (CREDITED, {}, 0.9, 0.3, "", "point to different articles"),
        ({}, {}, 0.5, 0.5, "", "neither dates, nor credits, nor the asymmetry of reuse"),
        ({}, {}, 0.5, 0.6, "", "neither dates, nor credits, nor the asymmetry of reuse"),
        (EARLY, EARLY, 0.5, 0.5, "", "neither dates, nor credits, nor the asymmetry of reuse"),
    ],
)
def test_the_likely_source(a, b, a_in_b, b_in_a, source, reason):
    direction = likely_source(make_article("a", "x", **a), make_article("b", "x", **b), a_in_b, b_in_a)
    assert direction.source == source
    assert reason in direction.reason
    turned = likely_source(make_article("b", "x", **b), make_article("a", "x", **a), b_in_a, a_in_b)
    assert turned.source == source
