"""Words and word pairs that more articles hold than a bound: left to formula of all of them, so that none joins everybody.

What a tenth of a million articles share says nothing of any two of them, and would make billions of pairs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from generator.agreement import Counts, found_in
from generator.fingerprint import Keys, Posting
from generator.found import Formula, Found
from generator.parts import Hold
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
    for _, held in _by_lots(postings):
        marks += np.bincount((held % _MARKS).astype(np.int64), minlength=len(marks))
    likely = [held[marks[held % _MARKS] > most] for _, held in _by_lots(postings)]
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
    return hold(_leave_out(postings, frequent)) if len(frequent) else postings


def _leave_out(postings: Sequence[Posting], frequent: Keys) -> Iterator[Posting]:
    for lot, held in _by_lots(postings):
        kept = found_in(held, frequent) < 0
        ends = np.cumsum([len(posting.keys) for posting in lot])[:-1]
        for posting, own in zip(lot, np.split(kept, ends), strict=True):
            yield posting if own.all() else _only(posting, own, frequent)


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
    places = {article.id: place for place, article in enumerate(articles) if article.id in matched}
    # The reuse of articles with boilerplate is that of whole articles already.
    marked = {article.id for article in articles if article.boilerplate}
    matches = []
    for match in found.matches:
        if not {match.a, match.b} & marked:
            a, b = postings[places[match.a]], postings[places[match.b]]
            shared = int(a.weights[np.isin(a.keys, b.keys, assume_unique=True)].sum())
            match = replace(match, a_in_b=shared / a.total, b_in_a=shared / b.total)
        matches.append(match)
    counts = dict(zip(frequent.tolist(), (holders * _UNIT).tolist(), strict=True))
    told = {own.article: own.tellings for own in found.formula}
    formula = []
    for name in sorted(matched):
        held = np.intersect1d(postings[places[name]].keys, frequent, assume_unique=True).tolist()
        if tellings := {key: counts[key] for key in held} | told.get(name, {}):
            formula.append(Formula(name, tellings))
    return replace(found, matches=tuple(matches), formula=tuple(formula), frequent=tuple(counts))


def _only(posting: Posting, kept: "np.ndarray[tuple[int], np.dtype[np.bool_]]", frequent: Keys) -> Posting:
    names, weights = posting.particulars.names, posting.weights[kept]
    particulars = replace(posting.particulars, names=names[found_in(names, frequent) < 0])
    return replace(posting, keys=posting.keys[kept], weights=weights, total=int(weights.sum()), particulars=particulars)


def _by_lots(postings: Sequence[Posting]) -> Iterator[tuple[Sequence[Posting], Keys]]:
    """Some postings at a time, with their keys one after the other."""
    for start in range(0, len(postings), _TOGETHER):
        lot = postings[start : start + _TOGETHER]
        yield lot, np.concatenate([posting.keys for posting in lot])
