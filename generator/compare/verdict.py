"""Numbers of a pair → its verdict, in the classes of Clough and Stevenson's corpus of plagiarised short answers (2011)."""

from collections.abc import Sequence

NEAR_COPY_VERBATIM = 0.80
"""Share of the shorter article's words in passages from which it is a near copy."""

LIFTED_WORDS = 38
"""Words of one passage from which it counts as lifted whole, and with LIFTED_SHARE makes a near copy of cut and paste."""

LIFTED_SHARE = 0.15
"""Least share of the shorter article's words that a passage lifted whole makes up in a near copy."""

LIGHT_REUSE = 0.65
"""Reuse from which a pair that is no near copy is a light revision."""


def judge(a_words: Sequence[str], b_words: Sequence[str], reuse: float, verbatim: int, longest_passage: int) -> str:
    """The verdict on a reported pair.

    With these bounds and the default threshold 0.82 of the 57 answers of that corpus's tasks a to c get their own class of
    four.

    Args:
        a_words: Sequence of strings, the normalised words of one article.
        b_words: Sequence of strings, those of the other.
        reuse: Share, the pair's reuse.
        verbatim: Integer, words in shared passages.
        longest_passage: Integer, words in the longest passage.

    Returns:
        String: `identical`, `near-copy`, `light-revision` or `heavy-revision`.
    """
    if a_words == b_words:
        return "identical"
    shorter = max(1, min(len(a_words), len(b_words)))
    lifted = longest_passage >= LIFTED_WORDS and longest_passage >= LIFTED_SHARE * shorter
    if verbatim >= NEAR_COPY_VERBATIM * shorter or lifted:
        return "near-copy"
    return "light-revision" if reuse >= LIGHT_REUSE else "heavy-revision"
