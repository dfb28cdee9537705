"""Clusters are what a person would put together: no chains of strangers, one anchor, members in order of date."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator.cluster as cluster_room
from generator.cluster import (
    LONE,
    STRONG,
    average_linkage,
    find_components,
    join_hubs,
    make_clusters,
    split_around_hubs,
)
from generator.found import Match
from tests.articles import make_article


def slow_average_linkage(similarity, level):
    """Join the two groups with the highest mean similarity until it falls below the level."""
    groups = [[i] for i in range(len(similarity))]
    while len(groups) > 1:
        means = {
            (i, j): similarity[np.ix_(groups[i], groups[j])].mean()
            for i in range(len(groups))
            for j in range(i + 1, len(groups))
        }
        (i, j), best = max(means.items(), key=lambda item: item[1])
        if best < level:
            break
        groups[i] += groups.pop(j)
    return sorted(sorted(group) for group in groups)


@given(st.integers(2, 7), st.integers(0, 10**6), st.floats(0.05, 0.95))
def test_linkage_is_what_joining_by_hand_gives(count, seed, level):
    # Random reals: no two means are equal, so that the order of joining is beyond doubt.
    similarity = np.random.default_rng(seed).random((count, count))
    similarity = (similarity + similarity.T) / 2
    assert average_linkage(similarity, level) == slow_average_linkage(similarity, level)


def slow_components(edges):
    groups = [{node} for node in {n for edge in edges for n in edge}]
    for a, b in edges:
        one = next(g for g in groups if a in g)
        other = next(g for g in groups if b in g)
        if one is not other:
            groups.remove(other)
            one |= other
    return sorted(sorted(group) for group in groups)


@given(st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), max_size=14))
def test_components_are_what_merging_sets_gives(edges):
    assert find_components(edges) == slow_components(edges)


def clusters_of(similarity, names, threshold=0.3, dates=(), apart=()):
    """Clusters of articles with that symmetric similarity; pairs that stand apart are not reported all the same."""
    articles = {n: make_article(n, n, date=d) for n, d in zip(names, [*dates, *[""] * len(names)], strict=False)}
    place = {name: i for i, name in enumerate(names)}
    matches = [
        Match(min(a, b), max(a, b), s, s, s)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if (s := float(similarity[place[a], place[b]])) >= threshold and a + b not in apart
    ]

    def measure(group):
        indices = [place[article.id] for article in group]
        return similarity[np.ix_(indices, indices)]

    return make_clusters(matches, articles, measure, threshold)


def test_one_boilerplate_paragraph_does_not_chain_strangers_together():
    similarity = np.eye(6)
    similarity[:3, :3] = similarity[3:, 3:] = 0.8
    similarity[2, 3] = similarity[3, 2] = 0.35
    np.fill_diagonal(similarity, 1.0)
    assert [set(c.members) for c in clusters_of(similarity, list("abcdef"))] == [set("abc"), set("def")]


def test_notices_of_one_pattern_are_not_joined_by_the_wording_that_was_set_aside():
    similarity = np.full((5, 5), 0.6)
    np.fill_diagonal(similarity, 1.0)
    others = [a + b for a in "ab" for b in "cde" if a + b != "bc"]
    found = clusters_of(similarity, list("abcde"), apart=others)
    assert [set(c.members) for c in found] == [set("ab"), set("cde")]


def test_two_rewrites_that_share_little_stay_with_their_source():
    similarity = np.array([[1, 0.45, 0.35], [0.45, 1, 0.12], [0.35, 0.12, 1]])
    (found,) = clusters_of(similarity, ["first", "second", "third"])
    assert set(found.members) == {"first", "second", "third"}


def test_a_text_that_matches_one_copy_by_chance_is_not_joined_to_what_was_told_twice():
    similarity = np.array([[1, 0.5, 0.45, 0.2], [0.5, 1, 0.25, 0.32], [0.45, 0.25, 1, 0.2], [0.2, 0.32, 0.2, 1]])
    (found,) = clusters_of(similarity, ["first", "second", "third", "topic"])
    assert set(found.members) == {"first", "second", "third"}


def test_a_close_copy_of_a_copy_stays_though_it_no_longer_matches_the_source():
    similarity = np.array([[1, 0.5, 0.45, 0.2], [0.5, 1, 0.25, 0.46], [0.45, 0.25, 1, 0.2], [0.2, 0.46, 0.2, 1]])
    (found,) = clusters_of(similarity, ["first", "second", "third", "later"])
    assert set(found.members) == {"first", "second", "third", "later"}


def test_an_article_that_linkage_left_alone_joins_the_hub_it_shares_much_with():
    scores = np.array([[0, 0.6, 0.5, 0.3], [0.6, 0, 0.4, 0], [0.5, 0.4, 0, 0], [0.3, 0, 0, 0]])
    groups, much, little = [[0, 1, 2], [3]], np.full((4, 4), LONE), np.full((4, 4), LONE - 1)
    assert join_hubs(groups, scores, much) == [[0, 1, 2, 3]]
    assert join_hubs(groups, scores, little) == groups
    other = np.roll(scores, 1, axis=(0, 1))
    assert join_hubs([[1, 2, 3], [0]], np.where(other == 0.3, 0, other), much) == [[1, 2, 3], [0]]
    assert join_hubs([[0], [1]], np.zeros((2, 2)), much[:2, :2]) == [[0], [1]]


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_every_article_stands_in_one_group_with_what_it_matches_best_or_its_hub(count, seed):
    chance = np.random.default_rng(seed)
    scores = np.triu(np.where(chance.random((count, count)) < 0.5, chance.uniform(0.27, 1, (count, count)), 0), 1)
    scores += scores.T
    groups = split_around_hubs(scores, 0.27)
    assert sorted(index for group in groups for index in group) == list(range(count))
    left = set(range(count))
    for group in groups:
        power = {one: sum(scores[one, other] ** 3 for other in left) for one in left}
        hub = max(group, key=lambda one: power[one])
        assert power[hub] == pytest.approx(max(power.values()))
        strong = scores >= 0.27 * STRONG
        reached, grown = set(), {hub} | {other for other in left if scores[hub, other]}
        while reached != grown:
            reached = grown
            grown = reached | {other for other in left for one in reached if strong[one, other]}
        assert set(group) == reached
        left -= reached


def test_members_stand_by_date_with_the_anchor_first_and_undated_ones_last():
    (found,) = clusters_of(np.ones((4, 4)), list("abcd"), dates=("", "2024-05-02", "2024-05-01", ""))
    assert found.anchor == "c"
    assert found.members == ("c", "b", "a", "d")
    assert found.parents[0] == ""
    assert set(found.parents[1:]) <= set(found.members)


def test_the_overlaps_follow_the_order_of_the_members():
    similarity = np.array([[1, 0.5, 0.6], [0.5, 1, 0.7], [0.6, 0.7, 1]])
    (found,) = clusters_of(similarity, list("abc"), dates=("2024-01-03", "2024-01-02", "2024-01-01"))
    assert found.members == ("c", "b", "a")
    assert found.overlaps == ((1.0, 0.7, 0.6), (0.7, 1.0, 0.5), (0.6, 0.5, 1.0))


def test_without_matches_there_are_no_clusters():
    assert clusters_of(np.eye(3), list("abc")) == ()


def test_a_component_beyond_the_limit_is_parted_at_its_weakest_matches(monkeypatch):
    monkeypatch.setattr(cluster_room, "LARGEST", 12)
    chance = random.Random(5)
    similarity = np.eye(30)
    for start in (0, 10, 20):
        similarity[start : start + 10, start : start + 10] = 0.9
    for _ in range(12):
        i, j = chance.randrange(30), chance.randrange(30)
        if similarity[i, j] == 0:
            similarity[i, j] = similarity[j, i] = 0.31
    np.fill_diagonal(similarity, 1.0)
    names = [f"n{i:02}" for i in range(30)]
    assert [set(c.members) for c in clusters_of(similarity, names)] == [set(names[i : i + 10]) for i in (0, 10, 20)]


def test_many_reprints_of_one_text_stay_one_cluster_beyond_the_limit_too(monkeypatch):
    monkeypatch.setattr(cluster_room, "LARGEST", 5)
    (found,) = clusters_of(np.ones((9, 9)), [f"n{i}" for i in range(9)])
    assert len(found.members) == 9
