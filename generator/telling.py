"""How two articles tell what they share: which of its details, and in what order.

Two texts on one topic share its terms, which recur all over. A text that was taken from the other shares what is said once, and
says it in the same order, whatever becomes of its wording.
"""

from array import array
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import LCSseq

from generator.agreement import Counts, Flags, Shares, by_article, found_in, list_distinct
from generator.fingerprint import Keys, Posting, pair_keys
from generator.frozen import dataclass
from generator.raising import FROM_FIGURES, MOST, MOST_BY_FIGURES, RAISED, RAISING, tell_same_figures

TELLING = 2 * 2**20
"""Weight, in multiples of 2**-20, from which a word tells something: Zipf frequencies of 5.5 and less."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What is compared of an article; words are told by their stems.

    Attributes:
        order: Array of 32-bit unsigned integers: the words that tell something, in order.
        distinct: The same, each word once, where it stands first.
        details: Array of 64-bit unsigned integers, ascending: words, and pairs of neighbours, that stand in it once.
        weights: Array of integers: the weight of each detail, in multiples of 2**-20.
        recurring: Array of 64-bit unsigned integers, ascending: words and pairs that stand in it more than once.
    """

    order: "array[int]"
    distinct: "array[int]"
    details: Keys
    weights: Counts
    recurring: Keys


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """How each of some pairs of articles tells what they share.

    Attributes:
        reuse: Array of shares, shape (p,): the reuse of the lighter in the heavier.
        order: Array of shares, shape (p,): of the distinct words of the lighter that tell something, the share that stands in
            the heavier in the same order; 1 where there are none.
        details: Array of shares, shape (p,): of the details of the lighter, by weight, the share that are details of the
            heavier; what recurs there counts neither way. 1 where there are none.
        figures: Array of shares, shape (p,): 1 where both tell the same figures, else 0.
    """

    reuse: Shares
    order: Shares
    details: Shares
    figures: Shares

    def factor(self, shared: Counts) -> Shares:
        """What the telling leaves of a score, or adds to it.

        Args:
            shared: Array of integers, shape (p,): the weight of what counts for each pair, in multiples of 2**-20.

        Returns:
            Array of floats, shape (p,), from 0 to MOST, or to MOST_BY_FIGURES where both tell the same figures.
        """
        alike = np.cbrt(self.order * self.order * self.details)
        least, full = RAISING
        most = 1 + (MOST - 1) * np.clip((shared - least) / (full - least), 0, 1)
        # Two articles that share nothing have a score of nothing anyway.
        reuse = np.maximum(self.reuse, 2**-40)
        factor: Shares = np.minimum(most, np.minimum(alike, np.maximum(RAISED, self.reuse)) / reuse)
        same = (self.figures > 0) & (shared >= FROM_FIGURES)
        by_figures = np.minimum(MOST_BY_FIGURES, np.maximum(RAISED, self.reuse) / reuse)
        return np.maximum(factor, np.where(same, by_figures, 0.0))


def find_told(posting: Posting) -> Told:
    """Find what is compared of an article.

    Args:
        posting: Posting.

    Returns:
        Told.
    """
    stems = posting.stems
    weights = np.zeros(len(stems), dtype=np.int64)
    if len(posting.keys):
        at = found_in(posting.order, posting.keys)
        weights[at >= 0] = posting.weights[at[at >= 0]]
    telling = stems[weights >= TELLING].tolist()
    words = stems.astype(np.uint64)
    keys = np.concatenate((words, pair_keys(words[:-1], words[1:])))
    heft = np.concatenate((weights, weights[:-1] + weights[1:]))
    order = np.argsort(keys)
    keys, heft = keys[order], heft[order]
    edges = np.ones(len(keys) + 1, dtype=np.bool_)
    edges[1:-1] = keys[1:] != keys[:-1]
    first, last = edges[:-1], edges[1:]
    once = first & last & (heft > 0)
    return Told(array("I", telling), array("I", dict.fromkeys(telling)), keys[once], heft[once], keys[first & ~last])


def compare_telling(postings: Sequence[Posting], lighter: Counts, heavier: Counts) -> Telling:
    """Compare how pairs of articles tell what they share.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Telling.
    """
    told = {number: find_told(postings[number]) for number in list_distinct(lighter, heavier).tolist()}
    reuse, order, details, figures = np.ones((4, len(lighter)))
    for one, places in by_article(lighter):
        own, posting = told[one], postings[one]
        for place in places.tolist():
            number = int(heavier[place])
            other = told[number]
            reuse[place] = int(posting.weights[_within(posting.keys, postings[number].keys)].sum()) / max(
                posting.total, 1
            )
            if own.distinct:
                order[place] = LCSseq.similarity(own.distinct, other.order) / len(own.distinct)
            held = int(own.weights[_within(own.details, other.details)].sum())
            asked = int(own.weights[~_within(own.details, other.recurring)].sum())
            if asked:
                details[place] = held / asked
            figures[place] = tell_same_figures(posting.particulars.figures, postings[number].particulars.figures)
    return Telling(reuse, order, details, figures)


def _within(wanted: Keys, held: Keys) -> Flags:
    """Whether each wanted key is among some that ascend."""
    if not len(held):
        return np.zeros(len(wanted), dtype=np.bool_)
    found: Flags = found_in(wanted, held) >= 0
    return found
