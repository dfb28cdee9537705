"""What can raise the score of two articles, and so how little they may share and yet match."""

import numpy as np

from generator.agreement import Counts, Shares

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

FROM_FIGURES = 3 * EVIDENCE // 2
"""Shared weight, in multiples of 2**-20, from which the same figures raise a score, however few they are."""


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


def raised_by_figures(reuse: Shares, shared: Counts, scores: Shares) -> Shares:
    """What telling the same figures raises a score of pairs by: to RAISED, or to less where much that both hold is formula.

    Args:
        reuse: Array of shares, shape (p,): the reuse of the lighter in the heavier.
        shared: Array of integers, shape (p,): the weight of what counts for each pair, in multiples of 2**-20.
        scores: Array of shares, shape (p,): what is raised.

    Returns:
        Array of floats, shape (p,), from 1 up.
    """
    evidence = np.clip(shared / EVIDENCE, 2**-40, 1)
    most: Shares = np.maximum(1.0, RAISED / np.maximum(np.maximum(reuse, 2**-40) * evidence, scores))
    return most


def least_shared(masses: Counts, threshold: float) -> Shares:
    """The least weight that a pair must share so that its score can reach a threshold by how it is told.

    Args:
        masses: Array of integers, shape (n,): the weight of each article, formula set aside.
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
    return np.where(needed <= EVIDENCE, np.sqrt(needed * EVIDENCE), np.where(raised <= full, raised, needed / MOST))
