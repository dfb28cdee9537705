"""Pairs in parts: whatever they are cut into, and however often a text stands there, each pair gets its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import parts
from generator.fingerprint import fingerprint
from generator.parts import in_parts, merge_same
from tests.articles import make_article

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)
TEXTS = ["the Refinery closed", "The refinery closed", "7 dlrs", "7 cents", "", "the Refinery closed in March"]


@given(pairs=PAIRS, together=st.integers(1, 6))
def test_parts_come_to_the_whole(pairs, together):
    lighter, heavier = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    asked = []

    def tell(columns):
        asked.append(len(columns[0]))
        return np.stack((columns[0] * 10 + columns[1], columns[2]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "TOGETHER", together)
        told = in_parts(tell, (lighter, heavier, lighter - heavier), map)
    assert (told == [lighter * 10 + heavier, lighter - heavier]).all()
    assert max(asked) <= together


@given(pairs=PAIRS, texts=st.lists(st.sampled_from(TEXTS), min_size=10, max_size=10))
def test_pairs_of_the_same_two_texts_are_one(pairs, texts):
    postings = [fingerprint(make_article(f"a{number}", text)) for number, text in enumerate(texts)]
    lighter, heavier = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    one, other, back = merge_same(postings, lighter, heavier)
    assert [(texts[a], texts[b]) for a, b in pairs] == [(texts[one[at]], texts[other[at]]) for at in back]
    if len(set(texts)) < len(texts):
        assert len(one) == len({(texts[a], texts[b]) for a, b in pairs})
