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
from generator.raising import FROM_FIGURES, MOST, RAISING, raised_by_figures, raised_by_reuse
from generator.same_figures import ENOUGH_FIGURES

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
        keys: Array of 64-bit unsigned integers, ascending: the details, and words and pairs that stand in it more than once.
        recurring: Array of booleans: which of these are no details.
    """

    order: "array[int]"
    distinct: "array[int]"
    details: Keys
    weights: Counts
    keys: Keys
    recurring: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """How each of some pairs of articles tells what they share.

    Attributes:
        reuse: Array of shares, shape (p,): the reuse of the lighter in the heavier.
        order: Array of shares, shape (p,): of the distinct words of the lighter that tell something, the share that stands in
            the heavier in the same order; 1 where there are none.
        details: Array of shares, shape (p,): of the details of the lighter, by weight, the share that are details of the
            heavier; what recurs there counts neither way. 1 where there are none.
        figures: Array of integers, shape (p,): the figures that both tell alike, 0 where they do not tell the same ones.
    """

    reuse: Shares
    order: Shares
    details: Shares
    figures: Counts

    def factor(self, shared: Counts, scores: Shares) -> Shares:
        """What the telling leaves of a score, or adds to it.

        Args:
            shared: Array of integers, shape (p,): the weight of what counts for each pair, in multiples of 2**-20.
            scores: Array of shares, shape (p,): what is left or added to, before figures, names and days.

        Returns:
            Array of floats, shape (p,), from 0 to MOST, or to `raised_by_figures` where both tell the same ones.
        """
        alike = np.cbrt(self.order * self.order * self.details)
        least, full = RAISING
        most = 1 + (MOST - 1) * np.clip((shared - least) / (full - least), 0, 1)
        by_reuse = raised_by_reuse(self.reuse)
        factor: Shares = np.minimum(most, np.minimum(alike / np.maximum(self.reuse, 2**-40), by_reuse))
        same = (self.figures > 0) & ((shared >= FROM_FIGURES) | (self.figures >= ENOUGH_FIGURES))
        return np.where(same, np.maximum(factor, raised_by_figures(self.reuse, shared, scores)), factor)


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
    once, recurring = first & last & (heft > 0), first & ~last
    kept = once | recurring
    return Told(
        array("I", telling),
        array("I", dict.fromkeys(telling)),
        keys[once],
        heft[once],
        keys[kept],
        recurring[kept],
    )


def compare_telling(postings: Sequence[Posting], lighter: Counts, heavier: Counts) -> Shares:
    """Compare how pairs of articles tell what they share.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Array of shares, shape (2, p): order and details as in Telling.
    """
    told = {number: find_told(postings[number]) for number in list_distinct(lighter, heavier).tolist()}
    order, details = np.ones((2, len(lighter)))
    for one, places in by_article(lighter):
        own = told[one]
        whole = int(own.weights.sum())
        for place in places.tolist():
            other = told[int(heavier[place])]
            if own.distinct:
                order[place] = LCSseq.similarity(own.distinct, other.order) / len(own.distinct)
            if len(other.keys):
                at = found_in(own.details, other.keys)
                both, recurring = at >= 0, other.recurring[at]
                asked = whole - int(own.weights[both & recurring].sum())
                if asked:
                    details[place] = int(own.weights[both & ~recurring].sum()) / asked
            elif whole:
                details[place] = 0
    return np.stack((order, details))
