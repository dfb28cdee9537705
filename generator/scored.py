"""What scoring the articles of one language gave, kept in arrays, so that the next time only what changed is scored."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Agreement, Counts, Flags, Shares, found_in
from generator.fingerprint import Keys
from generator.formula import Pairs
from generator.frozen import dataclass
from generator.stack import Stack
from generator.values import Article

Digests = NDArray[np.void]
"""Array of 16 bytes each, shape (n,)."""

DIGEST = np.dtype("V16")
"""Type of one digest."""


@dataclass(frozen=True, slots=True, eq=False)
class FormulaKeys:
    """What is formula of some articles.

    Attributes:
        owners: Array of integers, shape (f,), ascending: numbers of articles.
        keys: Array of 64-bit unsigned integers, shape (f,), ascending for each owner.
        tellings: Array of integers, shape (f,): how many independent look-alikes hold the key, in multiples of 2**-20.
    """

    owners: Counts
    keys: Keys
    tellings: Counts

    def of(self, article: int) -> slice:
        """The places of one article's keys."""
        start, end = np.searchsorted(self.owners, (article, article + 1))
        return slice(int(start), int(end))

    def only(self, kept: Flags) -> "FormulaKeys":
        """Some of the keys."""
        return FormulaKeys(self.owners[kept], self.keys[kept], self.tellings[kept])

    def find_in(self, stacked: Stack) -> Counts:
        """The places of a stack's entries that are formula, ascending."""
        order = np.argsort(stacked.keys)
        if not len(self.keys) or not len(order):
            return order[:0]
        at = found_in(self.keys, stacked.keys[order])
        owners, columns = self.owners[at >= 0], order[at[at >= 0]]
        owning = np.zeros(stacked.shape[0], dtype=np.bool_)
        owning[owners] = True
        places, width = np.flatnonzero(np.repeat(owning, np.diff(stacked.starts))), stacked.shape[1]
        if not len(places):
            return places
        # Rows ascend, and so do the columns of each.
        rows = np.searchsorted(stacked.starts, places, side="right") - 1
        at = found_in(owners * width + columns, rows * width + stacked.columns[places])
        return np.sort(places[at[at >= 0]])


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What scoring gave; all numbers of articles are places in `digests`.

    Attributes:
        digests: Digests of the articles, in their order.
        near: Pairs: all that may make formula, or may be reported where nothing is.
        agreement: Agreement of these.
        alike: Array of booleans: which of these are look-alikes.
        tellings: Array of integers, shape (n,), as of `find_alike`.
        formula: FormulaKeys.
        aside: Array of integers, shape (n,): what the formula of each article weighs, in multiples of 2**-20.
        pairs: Pairs that are scored.
        scores: Array of shares, of these.
    """

    digests: Digests
    near: Pairs
    agreement: Agreement
    alike: Flags
    tellings: Counts
    formula: FormulaKeys
    aside: Counts
    pairs: Pairs
    scores: Shares


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What holds of an earlier scoring for the articles of now, by their numbers of now.

    Attributes:
        scored: Scored, without what names an article that is gone; articles without a past have no tellings.
        fresh: Array of booleans, shape (n,): articles that it did not know.
        bereft: Array of booleans, shape (n,): articles that lost a look-alike.
    """

    scored: Scored
    fresh: Flags
    bereft: Flags


def digest_articles(articles: Sequence[Article]) -> Digests:
    """Name articles by all of them that finding looks at.

    Args:
        articles: Sequence of Article.

    Returns:
        Digests.
    """
    told = (f"{a.id}\n{a.language}\n{a.boilerplate}\n{a.text}".encode("utf-8", "surrogatepass") for a in articles)
    return np.frombuffer(b"".join(blake2b(each, digest_size=16).digest() for each in told), dtype=DIGEST)


def nothing_scored(digests: Digests) -> Scored:
    """What is known before anything was scored.

    Args:
        digests: Digests of the articles.

    Returns:
        Scored.
    """
    none = np.zeros(0, dtype=np.int64)
    pairs, tellings = Pairs(none, none, none), np.zeros(len(digests), dtype=np.int64)
    formula = FormulaKeys(none, none.astype(np.uint64), none)
    return Scored(
        digests,
        pairs,
        Agreement(none, none, none),
        none.astype(bool),
        tellings,
        formula,
        tellings,
        pairs,
        none.astype(float),
    )


def carry_over(last: Scored | None, digests: Digests) -> Carried:
    """Keep of an earlier scoring what still holds.

    Args:
        last: Scored, or None where there was none.
        digests: Digests of the articles of now; what articles both know stand in one order in both.

    Returns:
        Carried.
    """
    now = _find_now(last, digests) if last else None
    if last is None or now is None:
        everyone = np.ones(len(digests), dtype=np.bool_)
        return Carried(nothing_scored(digests), everyone, ~everyone)
    fresh, bereft = np.ones(len(digests), dtype=np.bool_), np.zeros(len(digests), dtype=np.bool_)
    fresh[now[now >= 0]] = False
    kept, scored = _both(last.near, now), _both(last.pairs, now)
    lost = last.near.only(last.alike & ~kept)
    left = now[np.concatenate((lost.lighter, lost.heavier))]
    bereft[left[left >= 0]] = True
    tellings, aside = np.zeros((2, len(digests)), dtype=np.int64)
    tellings[now[now >= 0]], aside[now[now >= 0]] = last.tellings[now >= 0], last.aside[now >= 0]
    formula = last.formula.only(now[last.formula.owners] >= 0)
    carried = Scored(
        digests,
        _renumber(last.near.only(kept), now),
        last.agreement.only(kept),
        last.alike[kept],
        tellings,
        FormulaKeys(now[formula.owners], formula.keys, formula.tellings),
        aside,
        _renumber(last.pairs.only(scored), now),
        last.scores[scored],
    )
    return Carried(carried, fresh, bereft)


def join_agreements(one: Agreement, other: Agreement) -> Agreement:
    """Put the agreement of pairs and of others one after the other.

    Args:
        one: Agreement.
        other: Agreement.

    Returns:
        Agreement.
    """
    counts = ((one.same, other.same), (one.other, other.other), (one.opposed, other.opposed))
    return Agreement(*map(np.concatenate, counts))


def _find_now(last: Scored, digests: Digests) -> Counts | None:
    """For each article of an earlier scoring its number of now, or -1; None where their order is another."""
    places = {digest: place for place, digest in enumerate(digests.tolist())}
    now = np.array([places.get(digest, -1) for digest in last.digests.tolist()], dtype=np.int64)
    return now if (np.diff(now[now >= 0]) > 0).all() else None


def _both(pairs: Pairs, now: Counts) -> Flags:
    both: Flags = (now[pairs.lighter] >= 0) & (now[pairs.heavier] >= 0)
    return both


def _renumber(pairs: Pairs, now: Counts) -> Pairs:
    return Pairs(now[pairs.lighter], now[pairs.heavier], pairs.shared)


def join_formula(one: FormulaKeys, other: FormulaKeys) -> FormulaKeys:
    """Put what is formula of some articles and of others together.

    Args:
        one: FormulaKeys.
        other: FormulaKeys, of other articles.

    Returns:
        FormulaKeys.
    """
    owners = np.concatenate((one.owners, other.owners))
    keys, tellings = np.concatenate((one.keys, other.keys)), np.concatenate((one.tellings, other.tellings))
    order = np.argsort(owners, kind="stable")
    return FormulaKeys(owners[order], keys[order], tellings[order])
