"""Words and word pairs that more articles hold than a bound: left to formula of all of them, so that none joins everybody.

What a tenth of a million articles share says nothing of any two of them, and would make billions of pairs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts, Flags
from generator.fingerprint import Keys, Posting
from generator.found import Formula, Found
from generator.parts import Hold
from generator.stack import are_among
from generator.values import Article

# A power of two: how many keys are told apart at a first look. Postings of which keys are looked at together.
_MARKS = np.uint64(2**20)
_TOGETHER = 2**10
_UNIT = 2**20


def find_frequent(postings: Sequence[Posting], most: int) -> tuple[Keys, Counts]:
    """Find what more articles hold than a bound.

    Args:
        postings: Sequence of Posting, all articles of one language.
        most: Integer from 1 up: holders that a key may have.

    Returns:
        Array of 64-bit unsigned integers, ascending: the keys that more articles hold; and how many hold each. Every article
        counts, a retelling too.
    """
    keys = np.zeros(0, dtype=np.uint64)
    if len(postings) <= most:
        return keys, keys.astype(np.int64)
    marks = np.zeros(_MARKS, dtype=np.int64)
    for held in _by_lots(postings):
        marks += np.bincount((held % _MARKS).astype(np.int64), minlength=len(marks))
    likely = [held[marks[held % _MARKS] > most] for held in _by_lots(postings)]
    keys, counts = np.unique(np.concatenate(likely), return_counts=True)
    return keys[counts > most], counts[counts > most]


def leave_out(postings: Sequence[Posting], frequent: Keys, hold: Hold = list) -> Sequence[Posting]:
    """Give postings without some keys.

    Args:
        postings: Sequence of Posting.
        frequent: Array of 64-bit unsigned integers, ascending.
        hold: Hold.

    Returns:
        Sequence of Posting, in which these keys weigh nothing and are no names; figures, days and order are as they were.
    """
    if not len(frequent):
        return postings
    lots = (postings[start : start + _TOGETHER] for start in range(0, len(postings), _TOGETHER))
    return hold(posting for lot in lots for posting in _leave_out(lot, frequent))


def tell_frequent(
    found: Found, articles: Sequence[Article], postings: Sequence[Posting], frequent: Keys, holders: Counts
) -> Found:
    """What was found without some keys, as readers see it: the reuse of whole articles, and these keys set aside.

    Args:
        found: Found.
        articles: Sequence of Article.
        postings: Sequence of Posting, of the same articles, with these keys.
        frequent: Array of 64-bit unsigned integers, ascending: the keys.
        holders: Array of integers: how many articles hold each.

    Returns:
        Found.
    """
    if not len(frequent):
        return found
    matched = {name for match in found.matches for name in (match.a, match.b)}
    whole = [place for place, article in enumerate(articles) if article.id in matched]
    rows = {articles[place].id: row for row, place in enumerate(whole)}
    held, weights, totals = _find_held((postings[place] for place in whole), len(whole), frequent)
    # The reuse of articles with boilerplate is that of whole articles already.
    marked = {article.id for article in articles if article.boilerplate}
    matches = []
    for match in found.matches:
        if not {match.a, match.b} & marked:
            a, b = rows[match.a], rows[match.b]
            # Whole numbers of so few digits come back unchanged from their quotient.
            shared = round(match.a_in_b * int(totals[a] - weights[held[a]].sum()))
            shared += int(weights[held[a] & held[b]].sum())
            match = replace(match, a_in_b=shared / int(totals[a]), b_in_a=shared / int(totals[b]))
        matches.append(match)
    told = {own.article: own.tellings for own in found.formula}
    counts = dict(zip(frequent.tolist(), (holders * _UNIT).tolist(), strict=True))
    formula = []
    for name in sorted(matched):
        own = frequent[held[rows[name]]].tolist()
        if tellings := {key: counts[key] for key in own} | told.get(name, {}):
            formula.append(Formula(name, tellings))
    return replace(found, matches=tuple(matches), formula=tuple(formula), frequent=tuple(counts))


def _leave_out(postings: Sequence[Posting], frequent: Keys) -> Iterator[Posting]:
    """The same postings without some keys."""
    held = [posting.keys for posting in postings]
    kept = ~are_among(np.concatenate(held), frequent)
    weights = _only([posting.weights for posting in postings], kept)
    names = [posting.particulars.names for posting in postings]
    named = _only(names, ~are_among(np.concatenate(names), frequent))
    for posting, keys, weighed, name in zip(postings, _only(held, kept), weights, named, strict=True):
        if len(keys) < len(posting.keys):
            particulars = replace(posting.particulars, names=name)
            posting = replace(posting, keys=keys, weights=weighed, total=int(weighed.sum()), particulars=particulars)
        yield posting


def _only(parts: Sequence[NDArray[Any]], kept: Flags) -> Iterator[NDArray[Any]]:
    """What is kept of each array, where all stand one after the other."""
    ends = np.concatenate(([0], np.cumsum(kept)))[np.cumsum([len(part) for part in parts])].tolist()
    whole = np.concatenate(parts)[kept]
    return (whole[start:end] for start, end in pairwise([0, *ends]))


def _find_held(postings: Iterable[Posting], count: int, frequent: Keys) -> tuple[Flags, Counts, Counts]:
    """Which of some keys each of so many articles holds, a row an article; what each key weighs, and each article."""
    found = np.zeros((count, len(frequent)), dtype=np.bool_)
    weights, totals = np.zeros(len(frequent), dtype=np.int64), np.zeros(count, dtype=np.int64)
    for row, posting in enumerate(postings):
        at = np.minimum(np.searchsorted(posting.keys, frequent), len(posting.keys) - 1)
        found[row] = posting.keys[at] == frequent
        weights[found[row]] = posting.weights[at[found[row]]]
        totals[row] = posting.total
    return found, weights, totals


def _by_lots(postings: Sequence[Posting]) -> Iterator[Keys]:
    """The keys of some postings at a time, one after the other."""
    for start in range(0, len(postings), _TOGETHER):
        yield np.concatenate([posting.keys for posting in postings[start : start + _TOGETHER]])
