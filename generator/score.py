"""Postings → the matches whose score reaches the threshold. Engines bring the join; what counts is decided here."""

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from generator.agreement import Counts, Flags, Shares, compare_figures, compare_names
from generator.common_passages import find_common_passages
from generator.fingerprint import Keys, Posting, Stack, stack
from generator.formula import ALIKE, Pairs, find_formula
from generator.found import Formula, Found, Match
from generator.rules import FindRules

EVIDENCE = 75 * 2**20
"""Shared weight, in multiples of 2**-20, from which a score stands in full; what is less counts for its part of this.

As much as ten words weigh that no list holds. Two notices of one line agree by chance where two reports would not.
"""

Join = Callable[[Stack, Counts, float], Pairs]
"""From a stack, the weight of each of its articles and a share: all Pairs whose shared weight reaches that share of the lighter."""


def share(part: int, whole: int) -> float:
    """Part of a whole: part / whole, and 0.0 where the whole is nothing.

    Args:
        part: Integer.
        whole: Integer, at least as large.

    Returns:
        Share.
    """
    return part / whole if whole else 0.0


def find_scored(ids: Sequence[str], postings: Sequence[Posting], rules: FindRules, join: Join) -> Found:
    """All matches of articles in one language.

    The score of two articles is the weight of what both hold and what is formula of neither, as a share of all that the one
    with less of it holds; times what the evidence and the figures leave of it.

    Args:
        ids: Sequence of strings, the articles' ids.
        postings: Sequence of Posting, of the same articles.
        rules: FindRules.
        join: Join.

    Returns:
        Found; no pair whose score reaches the threshold is missing, and none is among the passages. The order is that of the
        articles.
    """
    totals = np.array([posting.total for posting in postings], dtype=np.int64)
    stacked = stack(postings)
    near = join(stacked, totals, min(ALIKE, rules.threshold))
    tellings = find_formula(stacked, totals, near, compare_figures(postings, near.lighter, near.heavier))
    formula = tellings > 0
    aside = np.bincount(stacked.rows[formula], stacked.weights[formula], len(ids)).astype(np.int64)
    pairs = near
    if formula.any():
        pairs = join(stacked.only(~formula), totals - aside, rules.threshold)
    scores = _score(pairs, totals - aside, postings)
    reused = {
        (int(i), int(j)): int(weight) for i, j, weight in zip(near.lighter, near.heavier, near.shared, strict=True)
    }
    matches = []
    for at in np.flatnonzero(scores >= rules.threshold):
        i, j = int(pairs.lighter[at]), int(pairs.heavier[at])
        shared = reused.get((i, j)) or reused.get((j, i)) or _shared_weight(postings[i], postings[j])
        one, other = sorted(((ids[i], totals[i]), (ids[j], totals[j])))
        a_in_b, b_in_a = share(shared, int(one[1])), share(shared, int(other[1]))
        matches.append(Match(one[0], other[0], float(scores[at]), a_in_b, b_in_a))
    matched = {name for match in matches for name in (match.a, match.b)}
    passages = find_common_passages(ids, postings, matches, _formula_keys(stacked, formula, len(ids)), EVIDENCE)
    return Found(tuple(matches), tuple(_list_formula(ids, stacked, tellings, matched)), passages=passages)


def _formula_keys(stacked: Stack, formula: Flags, count: int) -> Callable[[int], Keys]:
    """Give, by an article's index, the keys that are formula of it, ascending."""
    starts = np.searchsorted(stacked.rows, np.arange(count + 1))

    def keys_of(article: int) -> Keys:
        part = slice(starts[article], starts[article + 1])
        keys: Keys = stacked.keys[stacked.columns[part][formula[part]]]
        return keys

    return keys_of


def _list_formula(ids: Sequence[str], stacked: Stack, tellings: Counts, wanted: Collection[str]) -> Iterator[Formula]:
    starts = np.searchsorted(stacked.rows, np.arange(len(ids) + 1))
    for name, start, end in zip(ids, starts, starts[1:], strict=False):
        at = np.flatnonzero(tellings[start:end]) + start
        if len(at) and name in wanted:
            keys = stacked.keys[stacked.columns[at]].tolist()
            yield Formula(name, dict(zip(keys, tellings[at].tolist(), strict=True)))


def _score(pairs: Pairs, masses: Counts, postings: Sequence[Posting]) -> Shares:
    evidence = np.minimum(1.0, pairs.shared / EVIDENCE)
    scores: Shares = pairs.shared / np.maximum(masses[pairs.lighter], 1) * evidence
    scores *= compare_figures(postings, pairs.lighter, pairs.heavier).factor
    return scores * compare_names(postings, pairs.lighter, pairs.heavier)


def _shared_weight(a: Posting, b: Posting) -> int:
    _, at, _ = np.intersect1d(a.keys, b.keys, assume_unique=True, return_indices=True)
    return int(a.weights[at].sum())
