"""Signal words, by which attributions, hedges and figures are found, and where they stand in an article."""

from collections.abc import Set

from generator.compare.figure_words import FIGURE_WORDS
from generator.compare.once import once
from generator.values import Prepared

SPEECH = frozenset(
    """
    said says told announced claimed claims alleged alleges warned warns argued argues insisted insists acknowledged
    admitted admits conceded asserted reiterated remarked emphasised emphasized stressed recalled testified
    explained
    """.split()  # noqa: SIM905
)
"""Verbs that are hardly ever anything but speech."""

MAYBE_SPEECH = frozenset(
    """
    say tell added adds reported reports report stated states confirmed confirms noted notes wrote writes tweeted
    posted revealed reveals declared suggested suggests suggest believes believe replied estimated estimates denied
    denies maintains maintained continued predicted disclosed commented observed found finds concluded showed shows
    explains
    """.split()  # noqa: SIM905
)
"""Verbs that speak only before `that`, a colon or a quotation, or at the end of a sentence."""

SAID_BY = frozenset(
    """
    said reported confirmed announced stated claimed alleged noted estimated revealed described disclosed
    """.split()  # noqa: SIM905
)
"""Verbs that a speaker follows after `by`."""

PREPOSITIONS = frozenset(["according", "selon", "après", "laut", "según", "secondo", "volgens", "segundo"])
"""What stands before a speaker in several languages."""

ATTRIBUTING = SPEECH | MAYBE_SPEECH | SAID_BY | PREPOSITIONS

HEDGES = frozenset(
    """
    reportedly allegedly alleged purported purportedly unconfirmed supposed supposedly may might could possibly perhaps
    probably likely unlikely apparently presumably potentially suspected
    """.split()  # noqa: SIM905
)
"""Hedges of one word."""

COUNTED = frozenset("about around some roughly approximately nearly almost circa over under".split())  # noqa: SIM905
"""Hedges before a number."""

HEDGE_OPENERS = {
    **dict.fromkeys(
        """
        said believed thought expected feared presumed estimated understood appear appears appeared seem seems seemed
        close up
        """.split(),  # noqa: SIM905
        frozenset(["to"]),
    ),
    **dict.fromkeys(["more", "less", "fewer"], frozenset(["than"])),
    **dict.fromkeys(["be", "been"], frozenset(["independently", "verified", "confirmed"])),
    "an": frozenset(["estimated"]),
    "as": frozenset(["many", "much"]),
    "at": frozenset(["least", "most"]),
    "no": frozenset(["more", "less", "fewer"]),
    "so": frozenset(["called"]),
    "upwards": frozenset(["of"]),
}
"""The first words of hedges of several words, each with what comes second."""

HEDGING = HEDGES.union(COUNTED, HEDGE_OPENERS)

_ALL = ATTRIBUTING | HEDGING | FIGURE_WORDS


@once
def _find_all(article: Prepared) -> list[tuple[int, str]]:
    """All of these words at once: to go through an article takes longer than to go through what was found there."""
    return [(place, word) for place, word in enumerate(article.words) if word in _ALL]


def find_signal_words(article: Prepared, words: Set[str]) -> list[tuple[int, str]]:
    """Find some signal words in an article.

    Args:
        article: Prepared.
        words: Set of strings, some of ATTRIBUTING, HEDGING and FIGURE_WORDS.

    Returns:
        List of pairs: the place of a word among the words of the article, ascending, and the word.
    """
    return [found for found in _find_all(article) if found[1] in words]


@once
def distinct_words(article: Prepared) -> frozenset[str]:
    """Each word of an article once.

    Args:
        article: Prepared.

    Returns:
        Frozenset of strings.
    """
    return frozenset(article.words)
