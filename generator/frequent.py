"""Words and word pairs that more articles hold than a bound: left to formula of all of them, so that none joins everybody.

What a tenth of a million articles share says nothing of any two of them, and would make billions of pairs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts, Flags, found_in
from generator.fingerprint import Keys, Particulars, Posting
from generator.found import Formula, Found, Match
from generator.parts import Hold, choose, end_to_end
from generator.stack import MARKS, are_among, mark
from generator.values import Article

# Postings of which keys are looked at together.
_TOGETHER = 2**12
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
    marks = np.zeros(MARKS, dtype=np.int64)
    for held in _by_lots(postings):
        marks += np.bincount(mark(held), minlength=MARKS)
    many = marks > most
    likely = [held[many[mark(held)]] for held in _by_lots(postings)]
    keys, counts = np.unique(np.concatenate(likely), return_counts=True)
    return keys[counts > most], counts[counts > most]


def leave_out(postings: Sequence[Posting], frequent: Keys, hold: Hold = list) -> Sequence[Posting]:
    """Give postings without some keys.

    Args:
        postings: Sequence of Posting.
        frequent: Array of 64-bit unsigned integers, ascending.
        hold: Hold.

    Returns:
        Sequence of Posting, in which these keys weigh nothing and are neither names nor figures; days and order are as they were.
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
    own = choose(postings, np.array(whole, dtype=np.int64))
    held, weights = _find_held(own, frequent)
    totals = np.array([posting.total for posting in own], dtype=np.int64)
    pairs = [(rows[match.a], rows[match.b]) for match in found.matches]
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    # Whole numbers of so few digits come back unchanged from their quotient.
    shared = np.rint((totals - held @ weights)[a] * [match.a_in_b for match in found.matches]).astype(np.int64)
    shared += (held[a] & held[b]) @ weights
    # The reuse of articles with boilerplate is that of whole articles already.
    marked = {article.id for article in articles if article.boilerplate}
    shares = zip(found.matches, (shared / totals[a]).tolist(), (shared / totals[b]).tolist(), strict=True)
    matches = [
        match if match.a in marked or match.b in marked else Match(match.a, match.b, match.score, a_in_b, b_in_a)
        for match, a_in_b, b_in_a in shares
    ]
    told = {own.article: own.tellings for own in found.formula}
    counts = dict(zip(frequent.tolist(), (holders * _UNIT).tolist(), strict=True))
    formula = []
    for name in sorted(matched):
        keys = frequent[held[rows[name]]].tolist()
        if tellings := {key: counts[key] for key in keys} | told.get(name, {}):
            formula.append(Formula(name, tellings))
    return replace(found, matches=tuple(matches), formula=tuple(formula), frequent=tuple(counts))


def _leave_out(postings: Sequence[Posting], frequent: Keys) -> Iterator[Posting]:
    """The same postings without some keys."""
    held = [posting.keys for posting in postings]
    kept = ~are_among(np.concatenate(held), frequent)
    weights = _only([posting.weights for posting in postings], kept)
    own = [posting.particulars for posting in postings]
    names, figures = [each.names for each in own], [each.figures for each in own]
    named = _only(names, ~are_among(np.concatenate(names), frequent))
    told = _only(figures, ~are_among(np.concatenate(figures), frequent))
    for posting, keys, weighed, name, figure in zip(postings, _only(held, kept), weights, named, told, strict=True):
        particulars = posting.particulars
        if len(name) < len(particulars.names) or len(figure) < len(particulars.figures):
            particulars = _with(particulars, figure, name)
        if len(keys) < len(posting.keys) or particulars is not posting.particulars:
            posting = Posting(keys, weighed, int(weighed.sum()), particulars, posting.order, posting.stems)
        yield posting


def _with(own: Particulars, figures: Keys, names: Keys) -> Particulars:
    """The same particulars with some of the figures, and of the names."""
    kept = np.isin(own.figures, figures, assume_unique=True)
    beside = kept[own.owners]
    owners = (np.cumsum(kept) - 1)[own.owners[beside]]
    return Particulars(figures, own.places[beside], owners, names, own.days)


def _only(parts: Sequence[NDArray[Any]], kept: Flags) -> Iterator[NDArray[Any]]:
    """What is kept of each array, where all stand one after the other."""
    places = np.flatnonzero(kept)
    ends = np.searchsorted(places, np.cumsum([len(part) for part in parts])).tolist()
    whole = np.concatenate(parts)[places]
    return (whole[start:end] for start, end in pairwise([0, *ends]))


def _find_held(postings: Sequence[Posting], frequent: Keys) -> tuple[Flags, Counts]:
    """Which of some keys each article holds, a row an article; and what each key weighs."""
    found = np.zeros((len(postings), len(frequent)), dtype=np.bool_)
    weights = np.zeros(len(frequent), dtype=np.int64)
    for start in range(0, len(postings), _TOGETHER):
        keys, lengths = end_to_end(postings, "keys", start, _TOGETHER)
        weighed, _ = end_to_end(postings, "weights", start, _TOGETHER)
        places = np.flatnonzero(are_among(keys, frequent))
        columns = found_in(keys[places], frequent)
        found[start + np.searchsorted(np.cumsum(lengths), places, side="right"), columns] = True
        weights[columns] = weighed[places]
    return found, weights


def _by_lots(postings: Sequence[Posting]) -> Iterator[Keys]:
    """The keys of some postings at a time, one after the other."""
    for start in range(0, len(postings), _TOGETHER):
        yield end_to_end(postings, "keys", start, _TOGETHER)[0]
