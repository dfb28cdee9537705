"""Shared passages: greedy string tiling, exact against a plain oracle, bounded on hostile texts."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import passages
from generator.compare.passages import find_passages, longest, mark_moved, tile, verbatim_share
from generator.prepare import prepare
from generator.rules import CompareRules
from generator.values import Passage
from tests.articles import REWRITE, WIRE, make_article

RULES = CompareRules()
few_words = st.lists(st.sampled_from("abc"), max_size=14)
more_words = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=30)


def plain_tiles(source, copy, shortest):
    """Greedy string tiling as its definition reads: look at every pair of places, take the longest run, repeat."""
    free_source, free_copy = [True] * len(source), [True] * len(copy)

    def run(i, j):
        length = 0
        while (
            i + length < len(source)
            and j + length < len(copy)
            and source[i + length] == copy[j + length]
            and free_source[i + length]
            and free_copy[j + length]
        ):
            length += 1
        return length

    tiles = []
    while True:
        runs = [(-run(i, j), j, i) for i in range(len(source)) for j in range(len(copy))]
        length, j, i = min(runs, default=(0, 0, 0))
        if -length < shortest:
            return sorted(tiles, key=lambda found: found.copy)
        tiles.append(Passage(i, j, -length))
        free_source[i : i - length] = free_copy[j : j - length] = [False] * -length


@pytest.fixture
def unbounded(monkeypatch):
    monkeypatch.setattr(passages, "MOST_PAIRS", 10**9)


@pytest.mark.usefixtures("unbounded")
@pytest.mark.parametrize("words", [few_words, more_words], ids=["few", "more"])
def test_tiles_are_those_of_the_definition(words):
    @given(words, words, st.integers(1, 4))
    def check(source, copy, shortest):
        assert tile(source, copy, shortest) == plain_tiles(source, copy, shortest)

    check()


@given(few_words, few_words, st.integers(1, 3))
def test_no_word_lies_in_two_tiles_and_every_tile_is_shared(source, copy, shortest):
    tiles = tile(source, copy, shortest)
    for found in tiles:
        assert found.length >= shortest
        assert source[found.source : found.source + found.length] == copy[found.copy : found.copy + found.length]
    for starts in ([t.source for t in tiles], [t.copy for t in tiles]):
        words = [start + step for start, found in zip(starts, tiles, strict=True) for step in range(found.length)]
        assert len(words) == len(set(words))


@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_what_has_not_moved_is_the_heaviest_chain_in_order(order, lengths):
    tiles = [Passage(place * 10, number * 10, lengths[number]) for number, place in enumerate(order)]
    stayed = [found for found in mark_moved(tiles) if not found.moved]
    assert [found.source for found in stayed] == sorted(found.source for found in stayed)
    heaviest = max(
        sum(found.length for found in chain)
        for size in range(1, 8)
        for chain in combinations(tiles, size)
        if all(first.source < second.source for first, second in pairwise(chain))
    )
    assert sum(found.length for found in stayed) == heaviest


def test_the_sample_shares_what_a_reader_finds():
    source, copy = prepare(make_article("wire", WIRE)), prepare(make_article("rewrite", REWRITE))
    found = find_passages(source, copy, RULES)
    texts = [" ".join(copy.words[run.copy : run.copy + run.length]) for run in found]
    assert "the union mar firme said" in texts
    assert "were waiting offshore with 2,900 cars" not in texts
    assert "offshore with 2,900 cars on board" in texts
    assert not any(run.moved for run in found)
    assert longest(found) == max(len(text.split()) for text in texts)
    assert verbatim_share(found, len(copy.words)) == sum(len(text.split()) for text in texts) / len(copy.words)


def test_a_paragraph_that_changed_places_has_moved():
    first = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    second = ["red", "orange", "yellow", "green", "blue", "violet"]
    (moved, stayed) = mark_moved(tile(first + second, second + first, 5))
    assert (moved.copy, moved.moved) == (0, True)
    assert (stayed.copy, stayed.moved) == (6, False)


def test_articles_without_words_in_common_share_nothing():
    assert tile(["a", "b", "c", "d", "e", "f"], ["u", "v", "w", "x", "y", "z"], 5) == []
    assert (verbatim_share((), 0), verbatim_share((), 9), longest(())) == (0.0, 0.0, 0)


@pytest.mark.parametrize(
    "words", [["a"] * 30_000, ["a", "b", "c", "d", "e", "f", "g"] * 4_000], ids=["alike", "periodic"]
)
def test_texts_that_only_repeat_themselves_stay_cheap(words):
    assert tile(words, words, 5) == [Passage(0, 0, len(words))]
