"""What can raise the score of two articles, and so how little they may share and yet match.

The wording of a story told again may change nearly all; its figures stay. In a language that inflects its words and glues them
together a careful rewrite keeps no more words as they were than a text on the same topic does, but keeps the figures.
"""

from collections.abc import Sequence

import numpy as np

from generator.agreement import Counts, Flags, Shares, among, found_in, gather
from generator.fingerprint import Keys, Posting
from generator.lexicon import key_of

EVIDENCE = 75 * 2**20
"""Shared weight, in multiples of 2**-20, from which a score stands in full; what is less counts for its part of this.

As much as ten words weigh that no list holds. Two notices of one line agree by chance where two reports would not.
"""

RAISED = 0.3
"""Share: a reuse is raised no further; what shares more is found anyway."""

MOST = 1.6
"""What telling a story alike can raise a score by, at most."""

RAISING = (EVIDENCE, 2 * EVIDENCE)
"""Shared weights, in multiples of 2**-20, from which a score is raised at all, and by up to MOST: an order that a few words make
is chance."""

MOST_BY_FIGURES = 2.2
"""What telling the same figures can raise a score by, at most."""

FROM_FIGURES = 3 * EVIDENCE // 2
"""Shared weight, in multiples of 2**-20, from which the same figures raise a score."""

SAME_FIGURES = 4
"""Figures of two digits or more that two articles share at least where they tell the same ones; and half of either's."""

# A figure of one digit is shared by chance.
_SMALL = np.array(sorted(key_of(str(digit)) for digit in range(10)), dtype=np.uint64)


def tell_same_figures(postings: Sequence[Posting], lighter: Counts, heavier: Counts) -> Flags:
    """Whether the two articles of each pair tell the same figures.

    Args:
        postings: Sequence of Posting.
        lighter: Array of integers, shape (p,): numbers of articles.
        heavier: Array of integers, shape (p,): numbers of articles.

    Returns:
        Array of booleans, shape (p,): true where SAME_FIGURES figures of two digits or more, and half of those of the one with
        more, stand in both.
    """
    figures, starts = _list_figures(postings)
    at, whose = gather(starts, lighter)
    same = np.bincount(whose[among(figures[at], figures, starts, heavier[whose])], minlength=len(lighter))
    counts = np.diff(starts)
    return _may_raise(counts[lighter], counts[heavier], same)


def count_figures(postings: Sequence[Posting]) -> Counts:
    """How many figures of two digits or more each of some articles tells.

    Args:
        postings: Sequence of Posting.

    Returns:
        Array of integers, shape (n,).
    """
    return np.diff(_list_figures(postings)[1])


def raised_at_most(lighter: Counts, heavier: Counts, same: Counts) -> Shares:
    """What a score of pairs can be raised by, at most.

    Args:
        lighter: Array of integers, shape (p,): the number of figures of each lighter article, as `count_figures` tells it.
        heavier: Array of integers, shape (p,): the same of the heavier.
        same: Array of integers, shape (p,): at least as many as figures of two digits or more stand in both.

    Returns:
        Array of floats, shape (p,).
    """
    return np.where(_may_raise(lighter, heavier, same), MOST_BY_FIGURES, MOST)


def raised_by_reuse(reuse: Shares) -> Shares:
    """What a score of pairs can be raised by, at most, whatever else they have in common.

    Args:
        reuse: Array of shares, shape (p,): the reuse of the lighter in the heavier.

    Returns:
        Array of floats, shape (p,).
    """
    # Two articles that share nothing have a score of nothing anyway.
    most: Shares = np.maximum(RAISED, reuse) / np.maximum(reuse, 2**-40)
    return most


def _may_raise(lighter: Counts, heavier: Counts, same: Counts) -> Flags:
    may: Flags = (same >= SAME_FIGURES) & (2 * same >= np.maximum(lighter, heavier))
    return may


def _list_figures(postings: Sequence[Posting]) -> tuple[Keys, Counts]:
    """The figures of two digits or more of all articles, one after the other, and where those of each begin."""
    figures = [posting.particulars.figures for posting in postings]
    ends = np.cumsum([0, *map(len, figures)])
    held = np.concatenate([np.zeros(0, dtype=np.uint64), *figures])
    large = found_in(held, _SMALL) < 0
    return held[large], np.concatenate(([0], np.cumsum(large)))[ends]


def least_shared(masses: Counts, figures: Counts, threshold: float) -> Shares:
    """The least weight that a pair must share so that its score can reach a threshold.

    Args:
        masses: Array of integers, shape (n,): the weight of each article, formula set aside.
        figures: Array of integers, shape (n,): as `count_figures` tells them.
        threshold: Share.

    Returns:
        Array of floats, shape (n,), in multiples of 2**-20: for the pairs of which each article is the lighter. Up to EVIDENCE
        the score is at most shared**2 / EVIDENCE / mass; from there on telling may raise shared / mass, the more is shared.
    """
    needed = threshold * masses
    begin, full = RAISING
    rise = (MOST - 1) / (full - begin)
    flat = 1 - rise * begin
    raised = (np.sqrt(flat * flat + 4 * rise * needed) - flat) / (2 * rise)
    least: Shares = np.where(
        needed <= EVIDENCE, np.sqrt(needed * EVIDENCE), np.where(raised <= full, raised, needed / MOST)
    )
    by_figures = np.minimum(least, np.maximum(FROM_FIGURES, needed / MOST_BY_FIGURES))
    return np.where(figures >= SAME_FIGURES, by_figures, least)
