"""Postings are put into one matrix, in whatever lots their keys are numbered."""

from collections import Counter
from itertools import pairwise

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


@pytest.mark.parametrize(("lot", "rows"), [(1, 2), (2**22, 2**12)], ids=["lots", "at once"])
@given(held=st.lists(st.sets(KEYS, max_size=12), min_size=1, max_size=8), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_matrix_holds_each_key_of_several_articles_with_its_weight(monkeypatch, lot, rows, held, data):
    monkeypatch.setattr(stacking, "_LOT", lot)
    monkeypatch.setattr(stacking, "_ROWS", rows)
    wanted = data.draw(st.none() | st.lists(st.booleans(), min_size=len(held), max_size=len(held)))
    made = stack([posting_of(keys) for keys in held], None if wanted is None else np.array(wanted, dtype=np.bool_))
    counts = Counter(key for keys in held for key in keys)
    asked = set().union(*(keys for keys, asks in zip(held, wanted or [True] * len(held), strict=True) if asks))
    common = {key for key, count in counts.items() if count > 1} & asked
    assert made.shape == (len(held), len(common))
    assert dict(zip(made.keys.tolist(), made.weights.tolist(), strict=True)) == {key: weight_of(key) for key in common}
    costs = [counts[key] / weight_of(key) for key in made.keys.tolist()]
    assert costs == sorted(costs)
    told = [made.columns[start:end].tolist() for start, end in pairwise(made.starts.tolist())]
    assert all(row == sorted(row) for row in told)
    assert [{int(made.keys[at]) for at in row} for row in told] == [keys & common for keys in held]
    gone = np.array(sorted(data.draw(st.sets(st.integers(0, len(made.columns)))) - {len(made.columns)}), dtype=np.int64)
    left = made.without(gone)
    entries = list(zip(made.rows.tolist(), made.columns.tolist(), strict=True))
    assert list(zip(left.rows.tolist(), left.columns.tolist(), strict=True)) == [
        entry for at, entry in enumerate(entries) if at not in set(gone.tolist())
    ]
    rows, weighs = made.weigh(gone)
    assert rows.tolist() == [entries[at][0] for at in gone.tolist()]
    assert weighs.sum() == made.weights[made.columns[gone]].sum()


def weight_of(key):
    return key % 1000 + 1


def posting_of(keys):
    keys = np.array(sorted(keys), dtype=np.uint64)
    return Posting(keys, np.array([weight_of(key) for key in keys.tolist()], dtype=np.int32), 0, None, None, None)
