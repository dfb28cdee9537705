"""Joins of articles, one after the other: what the first told need not be looked for again, and nothing is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from generator.engines import product
from generator.engines.product import Product, join_densely, join_few
from generator.formula import count_shared, join_pairs
from generator.joining import join_some, take_over
from generator.stack import Stack

WAYS = {"densely": join_densely, "few": join_few}


def by_blocks(stacked, masses, least, wanted, lighter):
    whole = Product(stacked, masses, least, wanted, lighter)
    return join_pairs(whole.join(block) for block in whole.list_blocks(3))


@st.composite
def stacks(draw):
    held = draw(hnp.arrays(bool, st.tuples(st.integers(2, 12), st.integers(1, 10))))
    weights = draw(hnp.arrays(np.int32, held.shape[1], elements=st.integers(1, 9)))
    _, columns = np.nonzero(held)
    starts = np.concatenate(([0], np.cumsum(held.sum(axis=1))))
    return Stack(starts, columns.astype(np.int32), weights, np.arange(held.shape[1], dtype=np.uint64))


def lay_out(stacked):
    matrix = np.zeros(stacked.shape, dtype=np.int64)
    matrix[stacked.rows, stacked.columns] = stacked.weights[stacked.columns]
    return matrix


def shared_by_two(stacked):
    matrix = lay_out(stacked)
    return {
        (i, j): int(matrix[i][matrix[j] > 0].sum())
        for i in range(len(matrix))
        for j in range(i + 1, len(matrix))
        if (matrix[i][matrix[j] > 0]).any()
    }


def told(pairs):
    rows = list(zip(pairs.lighter.tolist(), pairs.heavier.tolist(), pairs.shared.tolist(), strict=True))
    found = {(min(i, j), max(i, j)): shared for i, j, shared in rows}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize("way", [*WAYS.values(), by_blocks])
@given(stacked=stacks(), data=st.data())
def test_pairs_whose_lighter_article_is_wanted(way, stacked, data):
    count = stacked.shape[0]
    masses = data.draw(hnp.arrays(np.int64, count, elements=st.integers(1, 30)))
    wanted = data.draw(hnp.arrays(bool, count))

    def is_wanted(pair):
        return wanted[min(pair, key=lambda number: (masses[number], number))]

    pairs = way(stacked, masses, 0.5, wanted, True)
    assert told(pairs) == {
        pair: shared
        for pair, shared in shared_by_two(stacked).items()
        if is_wanted(pair) and 2 * shared >= min(masses[list(pair)])
    }
    assert wanted[pairs.lighter].all()


@pytest.mark.parametrize("later", [0.0, 0.5, 0.9])
@given(stacked=stacks(), data=st.data())
def test_nothing_is_lost_that_an_earlier_join_could_not_tell(later, stacked, data):
    count = stacked.shape[0]
    before, after = (data.draw(hnp.arrays(float, count, elements=st.integers(1, 30).map(float))) for _ in range(2))
    formula = np.flatnonzero(data.draw(hnp.arrays(bool, len(stacked.columns))))
    rest = stacked.without(formula)
    has = np.zeros(count, dtype=bool)
    has[stacked.rows[formula]] = True
    after = np.where(has, after, np.maximum(before, after))
    everyone = np.ones(count, dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(product, "_COUNTED_LATER", later)
        known = join_some([], stacked, before, everyone, by_blocks)
        less = after < before
        found = told(
            join_pairs(
                (
                    join_some([], rest, after, less, by_blocks, lighter=True),
                    take_over(known, rest, has, after, less, map),
                )
            )
        )
    shared = shared_by_two(rest)
    assert {pair for pair, weight in shared.items() if weight >= min(after[list(pair)])} <= found.keys()
    assert all(weight == shared.get(pair, 0) for pair, weight in found.items())


@given(stacked=stacks(), data=st.data())
def test_what_pairs_share_is_counted(stacked, data):
    count = stacked.shape[0]
    numbers = st.integers(0, count - 1)
    asked = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1))
    lighter, heavier = np.array(asked).T
    none = np.zeros(len(lighter), dtype=np.int64)
    pairs = count_shared(stacked, product.Pairs(lighter, heavier, none))
    matrix = lay_out(stacked)
    assert pairs.shared.tolist() == [int(matrix[i][matrix[j] > 0].sum()) for i, j in asked]
