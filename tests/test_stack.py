"""Postings are put into one matrix, in whatever lots their keys are numbered."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import stack as stacking
from generator.fingerprint import Posting
from generator.stack import stack

KEYS = st.one_of(
    st.integers(0, 40), st.integers(2**64 - 40, 2**64 - 1), st.integers(0, 15).map(lambda head: head << 60)
)


@pytest.mark.parametrize("many", [0, 2**20], ids=["lots", "at once"])
@given(held=st.lists(st.dictionaries(KEYS, st.integers(1, 2**24), max_size=12), min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_matrix_holds_each_key_of_several_articles_with_its_weight(monkeypatch, many, held):
    monkeypatch.setattr(stacking, "_MANY", many)
    made = stack([posting_of(weights) for weights in held])
    counts = Counter(key for weights in held for key in weights)
    common = sorted(key for key, count in counts.items() if count > 1)
    assert made.keys.tolist() == common
    assert made.shape == (len(held), len(common))
    told = zip(made.rows.tolist(), made.keys[made.columns].tolist(), made.weights.tolist(), strict=True)
    assert list(told) == [(row, key, w[key]) for row, w in enumerate(held) for key in sorted(w) if counts[key] > 1]


def posting_of(weights):
    keys = np.array(sorted(weights), dtype=np.uint64)
    return Posting(keys, np.array([weights[key] for key in sorted(weights)], dtype=np.int64), 0, None, None, None)
