"""Postings → the matches: pairs that score enough and share something rare. Engines bring the join; what counts is decided here."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

import numpy as np

from generator.agreement import (
    Counts,
    Flags,
    Shares,
    compare_days,
    compare_figures,
    compare_names,
    found_in,
    list_distinct,
    only_in_pairs,
)
from generator.common_passages import find_common_passages
from generator.fingerprint import Keys, Posting
from generator.formula import ALIKE, Pairs, find_alike, find_formula, join_pairs, may_be_alike
from generator.found import Formula, Found, Match
from generator.joining import Join, join_some, order_by_mass, take_over
from generator.parts import Spread, in_parts, merge_same
from generator.raising import EVIDENCE, MOST, least_shared, raised_by_figures, raised_by_reuse
from generator.rarity import share_rare
from generator.rules import FindRules
from generator.same_figures import count_same_figures, pair_by_figures
from generator.scored import (
    DIGEST,
    Carried,
    FormulaKeys,
    Scored,
    carry_over,
    join_agreements,
    join_formula,
)
from generator.stack import Stack, stack
from generator.telling import Telling, compare_telling


def share(part: int, whole: int) -> float:
    """Part of a whole: part / whole, and 0.0 where the whole is nothing.

    Args:
        part: Integer.
        whole: Integer, at least as large.

    Returns:
        Share.
    """
    return part / whole if whole else 0.0


def find_scored(
    ids: Sequence[str], postings: Sequence[Posting], rules: FindRules, join: Join, spread: Spread = map
) -> Found:
    """All matches of articles in one language.

    The score of two articles is the weight of what both hold and what is formula of neither, as a share of all that the one
    with less of it holds; times what the evidence, the figures, names and days, and the telling make of it.

    Args:
        ids: Sequence of strings, the articles' ids.
        postings: Sequence of Posting, of the same articles.
        rules: FindRules.
        join: Join.
        spread: Spread.

    Returns:
        Found, in the order of the articles; no pair is missing whose score reaches the threshold and that shares something rare,
        and none of them is among the passages.
    """
    unknown = np.zeros(len(ids), dtype=DIGEST)
    scored = score_articles(postings, rules, join, carry_over(None, unknown), spread)
    return list_found(ids, postings, rules, scored, spread)


def score_articles(
    postings: Sequence[Posting], rules: FindRules, join: Join, carried: Carried, spread: Spread = map
) -> Scored:
    """Find and score the pairs of articles in one language, those of an earlier time only where something may have changed.

    Args:
        postings: Sequence of Posting.
        rules: FindRules, as in the earlier time.
        join: Join.
        carried: Carried.
        spread: Spread.

    Returns:
        Scored; what it would be without an earlier time, though perhaps with its pairs in another order.
    """
    old, fresh = carried.scored, carried.fresh
    totals = np.array([posting.total for posting in postings], dtype=np.int64)
    anew = fresh.all()
    whole = stack(postings, spread=spread) if anew else None
    asked: Shares = ALIKE * totals.astype(np.float64)
    if anew:
        asked = np.minimum(asked, least_shared(totals, rules.threshold))
    joined = order_by_mass(join_some(postings, whole, asked, fresh, join, spread), totals)
    near = joined.only(may_be_alike(joined, totals, postings))
    agreement = join_agreements(old.agreement, compare_figures(postings, near.lighter, near.heavier, spread))
    near = join_pairs((old.near, near))
    alike, tellings = find_alike(totals, near, agreement)
    dirty = fresh | carried.bereft | _beside(near.only(alike), tellings != old.tellings)
    formula, aside, whole = _find_formula(postings, whole, tellings, near.only(alike), dirty, spread)
    masses = totals - np.where(dirty, aside, old.aside)
    has = np.bincount(formula.owners, minlength=len(postings)) > 0
    changed = fresh | (dirty & (has | (old.aside > 0)))
    formula = join_formula(old.formula.only(~dirty[old.formula.owners]), formula)
    kept = ~(changed[old.pairs.lighter] | changed[old.pairs.heavier])
    before, asked = asked, least_shared(masses, rules.threshold)
    if anew and whole is not None:
        # Of an article of which no less is asked now the first join told all.
        less = asked < before
        pairs = join_some(postings, whole, asked, less, join, spread, lighter=True)
        pairs = join_pairs((take_over(joined, whole, has, asked, less, spread), pairs))
    else:
        pairs = join_some(postings, whole, asked, changed, join, spread, formula)
    by_figures, known = pair_by_figures(postings, join, changed), join_pairs((old.near, joined))
    pairs = order_by_mass(join_pairs((pairs, _add_pairs(by_figures, pairs, postings, formula))), masses)
    pairs, fresh_scores = score_pairs(pairs, masses, postings, rules.threshold, known, by_figures, spread)
    scores = np.concatenate((old.scores[kept], fresh_scores))
    pairs = join_pairs((old.pairs.only(kept), pairs))
    return Scored(old.digests, near, agreement, alike, tellings, formula, totals - masses, pairs, scores)


def _add_pairs(wanted: Pairs, known: Pairs, postings: Sequence[Posting], formula: FormulaKeys) -> Pairs:
    """The wanted pairs that are not known, with what both hold and is formula of neither; those that share nothing left out."""
    wanted = wanted.only(_look_up(known, wanted, len(postings)) == 0)
    shared = np.zeros(len(wanted.lighter), dtype=np.int64)
    for place, (i, j) in enumerate(zip(wanted.lighter.tolist(), wanted.heavier.tolist(), strict=True)):
        aside = formula.keys[formula.of(i)], formula.keys[formula.of(j)]
        shared[place] = _weigh_both(postings[i], postings[j], np.concatenate(aside))
    return Pairs(wanted.lighter, wanted.heavier, shared).only(shared > 0)


def score_pair(one: Posting, other: Posting, formula: tuple[Collection[int], Collection[int]]) -> float:
    """Score two articles whose formula is known, however little they share.

    Args:
        one: Posting.
        other: Posting, of an article in the same language.
        formula: Pair of collections of integers: the keys that are formula of the first, and of the second.

    Returns:
        Share, as `find_scored` gives it where it reaches the threshold.
    """
    postings = one, other
    kept = [
        ~np.isin(posting.keys, np.fromiter(own, dtype=np.uint64, count=len(own)))
        for posting, own in zip(postings, formula, strict=True)
    ]
    masses = np.array([p.weights[own].sum() for p, own in zip(postings, kept, strict=True)], dtype=np.int64)
    _, at, _ = np.intersect1d(one.keys[kept[0]], other.keys[kept[1]], assume_unique=True, return_indices=True)
    lighter, heavier = np.argsort(masses, kind="stable").reshape(2, 1)
    pairs = Pairs(lighter, heavier, np.array([one.weights[kept[0]][at].sum()], dtype=np.int64))
    by_figures = Pairs(lighter, heavier, count_same_figures(postings, lighter, heavier))
    scored, scores = score_pairs(pairs, masses, postings, 0.0, join_pairs([]), by_figures)
    return float(scores[0]) if len(scored.lighter) else 0.0


def _beside(alike: Pairs, changed: Flags) -> Flags:
    """Which articles have a look-alike that changed, or changed themselves."""
    beside = changed.copy()
    beside[alike.lighter[changed[alike.heavier]]] = True
    beside[alike.heavier[changed[alike.lighter]]] = True
    return beside


def _find_formula(
    postings: Sequence[Posting], whole: Stack | None, tellings: Counts, alike: Pairs, wanted: Flags, spread: Spread
) -> tuple[FormulaKeys, Counts, Stack | None]:
    """What is formula of some articles, what it weighs, and the stack of all without it, where there is one."""
    stacked = stack(postings, wanted, spread) if whole is None else whole
    at, held = find_formula(stacked, tellings, alike, wanted, spread)
    owners, aside = stacked.weigh(at)
    # Places ascend by owners. Columns by the order of their keys stand for these, so that owner and key are one number to sort by.
    ranks = np.empty(len(stacked.keys), dtype=np.int64)
    ranks[np.argsort(stacked.keys)] = np.arange(len(stacked.keys))
    order = np.argsort(owners * len(ranks) + ranks[stacked.columns[at]])
    keys = stacked.keys[stacked.columns[at[order]]]
    return FormulaKeys(owners, keys, held[order]), aside, whole and whole.without(at)


def list_found(
    ids: Sequence[str], postings: Sequence[Posting], rules: FindRules, scored: Scored, spread: Spread = map
) -> Found:
    """What is reported of pairs that are scored.

    Args:
        ids: Sequence of strings, the articles' ids.
        postings: Sequence of Posting, of the same articles.
        rules: FindRules.
        scored: Scored, of the same articles.
        spread: Spread.

    Returns:
        Found, in the order of the articles.
    """
    high = np.flatnonzero(scored.scores >= rules.threshold)
    high = high[share_rare(postings, scored.pairs.only(high), scored.scores[high], spread)]
    pairs = scored.pairs.only(high)
    shared = _weigh_shared(scored.near, pairs, postings)
    matches = []
    columns = (pairs.lighter.tolist(), pairs.heavier.tolist(), shared.tolist(), scored.scores[high].tolist())
    for i, j, weight, score in sorted(zip(*columns, strict=True)):
        one, other = sorted(((ids[i], postings[i].total), (ids[j], postings[j].total)))
        matches.append(Match(one[0], other[0], score, share(weight, one[1]), share(weight, other[1])))
    formula = scored.formula
    matched = list_distinct(pairs.lighter, pairs.heavier)
    passages = find_common_passages(ids, postings, matches, lambda own: formula.keys[formula.of(own)], EVIDENCE, spread)
    return Found(tuple(matches), tuple(_list_formula(ids, formula, matched)), passages=passages)


def _weigh_shared(known: Pairs, wanted: Pairs, postings: Sequence[Posting]) -> Counts:
    """The weight of what both articles of each wanted pair hold, formula too; where it is not known, it is counted."""
    shared = _look_up(known, wanted, len(postings))
    for place in np.flatnonzero(shared == 0).tolist():
        shared[place] = _weigh_both(postings[int(wanted.lighter[place])], postings[int(wanted.heavier[place])])
    return shared


def _weigh_both(one: Posting, other: Posting, aside: Keys | None = None) -> int:
    """The weight of what both hold, without some keys."""
    if not len(other.keys):
        return 0
    held = found_in(one.keys, other.keys) >= 0
    return int(one.weights[held if aside is None else held & ~np.isin(one.keys, aside)].sum())


def _look_up(known: Pairs, wanted: Pairs, count: int) -> Counts:
    """What each wanted pair shares, 0 where it is not known."""
    names, asked = (
        np.minimum(pairs.lighter, pairs.heavier) * count + np.maximum(pairs.lighter, pairs.heavier)
        for pairs in (known, wanted)
    )
    if not len(names):
        return np.zeros(len(asked), dtype=np.int64)
    order = np.argsort(names)
    at = found_in(asked, names[order])
    return np.where(at >= 0, known.shared[order][at], 0)


def _list_formula(ids: Sequence[str], formula: FormulaKeys, wanted: Counts) -> Iterator[Formula]:
    starts, ends = (np.searchsorted(formula.owners, wanted, side).tolist() for side in ("left", "right"))
    for article, start, end in zip(wanted.tolist(), starts, ends, strict=True):
        if end > start:
            keys, tellings = formula.keys[start:end].tolist(), formula.tellings[start:end].tolist()
            yield Formula(ids[article], dict(zip(keys, tellings, strict=True)))


def score_pairs(
    pairs: Pairs,
    masses: Counts,
    postings: Sequence[Posting],
    threshold: float,
    known: Pairs,
    by_figures: Pairs,
    spread: Spread = map,
) -> tuple[Pairs, Shares]:
    """Score pairs, and keep those that reach a threshold.

    Args:
        pairs: Pairs, with what both hold and is formula of neither.
        masses: Array of integers, shape (n,): the weight of each article without its formula.
        postings: Sequence of Posting.
        threshold: Share.
        known: Pairs, of which it is known what both hold, formula too.
        by_figures: Pairs that tell the same figures, as `pair_by_figures` gives them.
        spread: Spread.

    Returns:
        Pairs whose score reaches the threshold, in their order, and their scores.
    """
    # A hair less is asked, since quotients are rounded.
    least = threshold * (1 - 2**-40)
    scores: Shares = pairs.shared / np.maximum(masses[pairs.lighter], 1) * np.minimum(1.0, pairs.shared / EVIDENCE)
    same = _look_up(by_figures, pairs, len(postings))
    likely = np.flatnonzero((same > 0) | (scores * MOST >= least))
    totals = np.array([posting.total for posting in postings], dtype=np.int64)
    reuse = _weigh_shared(known, pairs.only(likely), postings) / np.maximum(totals[pairs.lighter[likely]], 1)
    by_telling = np.minimum(MOST, raised_by_reuse(reuse))
    by_same = np.where(same[likely] > 0, raised_by_figures(reuse, pairs.shared[likely], scores[likely]), 0.0)
    raised = np.maximum(by_telling, by_same)
    still = scores[likely] * raised >= least
    likely, reuse, raised = likely[still], reuse[still], raised[still]
    pairs, scores, same = pairs.only(likely), scores[likely], same[likely]
    postings, lighter, heavier = only_in_pairs(postings, pairs.lighter, pairs.heavier)
    lighter, heavier, at = merge_same(postings, lighter, heavier)
    highest = np.zeros(len(lighter))
    np.maximum.at(highest, at, scores * raised)
    figures, others, *told = in_parts(partial(_compare, postings, least), (lighter, heavier, highest), spread)[:, at]
    scores = scores * figures * others * Telling(reuse, told[0], told[1], same).factor(pairs.shared, scores)
    return pairs.only(scores >= threshold), scores[scores >= threshold]


def _compare(postings: Sequence[Posting], least: float, pairs: tuple[Counts, Counts, Shares]) -> Shares:
    """What the figures, and the names and days, leave of the scores of pairs; then how they are told, as in Telling.

    0 of pairs that no telling can raise to the least. Of the pairs the most is given that telling can make of their scores.
    """
    postings, lighter, heavier = only_in_pairs(postings, *pairs[:2])
    found = np.zeros((4, len(lighter)))
    found[0] = compare_figures(postings, lighter, heavier).factor
    left = pairs[2] * found[0] >= least
    named = lighter[left], heavier[left]
    found[1, left] = compare_names(postings, *named) * compare_days(postings, *named)
    # To compare how two articles tell takes longest; hardly any are left by now.
    left = pairs[2] * found[0] * found[1] >= least
    found[2:, left] = compare_telling(postings, lighter[left], heavier[left])
    return found
