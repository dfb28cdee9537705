"""Whether two articles share anything rare: reports on one matter share its names and phrases, and so do many others."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial

import numpy as np

from generator.agreement import Counts, Flags, Shares, found_in
from generator.fingerprint import Keys, Posting
from generator.formula import RETOLD, Pairs
from generator.parts import Spread, end_to_end

OTHERS = 2
"""Other articles that may hold what is rare; those that retell either of the two are not counted, however many they are."""

ONE_IN = 10_000
"""Among so many articles that these are more than OTHERS, one in so many may hold what is rare: by chance more hold it there."""

RETELLING = 0.4
"""Score from which one article retells the other, whatever else holds what they share."""

# The keys of how many articles are sorted at once: some 40 MB.
_BLOCK = 20_000


def share_rare(postings: Sequence[Posting], pairs: Pairs, scores: Shares, spread: Spread = map) -> Flags:
    """Tell matches that share something rare: a word or pair of words that hardly any other article holds.

    Args:
        postings: Sequence of Posting, of all articles of one language.
        pairs: Pairs, all that match.
        scores: Array of shares, shape (p,), of these.
        spread: Spread.

    Returns:
        Array of booleans, shape (p,); true as well where the score is at least RETELLING, and where both share something rare with
        a third article: two copies of one source may hold nothing that other copies lack.
    """
    totals = np.array([posting.total for posting in postings], dtype=np.int64)
    # Short texts may be one and the same, and yet have a low score for want of evidence.
    rare = (scores >= RETELLING) | (pairs.shared >= RETOLD * totals[pairs.lighter])
    weak = np.flatnonzero(~rare)
    most = max(OTHERS, len(postings) // ONE_IN)
    if len(postings) <= most + 2 or not len(weak):
        return np.ones(len(scores), dtype=np.bool_)
    retold = _list_neighbours(pairs.only(rare))
    two = [(int(pairs.lighter[at]), int(pairs.heavier[at])) for at in weak]
    shared = [postings[a].keys[found_in(postings[a].keys, postings[b].keys) >= 0] for a, b in two]
    keys, places = np.unique(np.concatenate(shared), return_inverse=True)
    holders = np.split(
        (_count_holders(postings, keys, spread) - 2)[places], np.cumsum([len(held) for held in shared])[:-1]
    )
    # Of the copies of one text one is looked at for all.
    first: dict[bytes, int] = {}
    same = {number: first.setdefault(postings[number].keys.tobytes(), number) for number in retold}
    for at, (a, b), held, others in zip(weak.tolist(), two, shared, holders, strict=True):
        if others.min() > most:
            retellings = Counter(same[number] for number in (retold[a] | retold[b]) - {a, b})
            for number, count in retellings.items():
                others -= count * (found_in(held, postings[number].keys) >= 0)
        rare[at] = others.min() <= most
    kin = _list_neighbours(pairs.only(rare))
    for at, (a, b) in zip(weak.tolist(), two, strict=True):
        rare[at] |= not kin[a].isdisjoint(kin[b])
    return rare


def _list_neighbours(pairs: Pairs) -> dict[int, set[int]]:
    """The articles that each article stands in a pair with."""
    neighbours = defaultdict[int, set[int]](set)
    for one, other in zip(pairs.lighter.tolist(), pairs.heavier.tolist(), strict=True):
        neighbours[one].add(other)
        neighbours[other].add(one)
    return neighbours


def _count_holders(postings: Sequence[Posting], keys: Keys, spread: Spread) -> Counts:
    """How many articles hold each of some keys, which ascend."""
    counts = np.zeros(len(keys), dtype=np.int64)
    for some in spread(partial(_count_in, postings, keys), range(0, len(postings), _BLOCK)):
        counts += some
    return counts


def _count_in(postings: Sequence[Posting], keys: Keys, start: int) -> Counts:
    """How many of some articles hold each of some keys."""
    held = np.sort(end_to_end(postings, "keys", start, _BLOCK)[0])
    return np.searchsorted(held, keys, side="right") - np.searchsorted(held, keys)
