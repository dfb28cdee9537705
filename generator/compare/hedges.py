"""Words that keep a statement from being certain: kept, changed, dropped or added in aligned sentences."""

from collections.abc import Sequence

import regex

from generator.compare.once import once
from generator.compare.sides import Sides, added, dropped, sentence_at, told
from generator.compare.signal_words import COUNTED, HEDGE_OPENERS, HEDGES, HEDGING, find_signal_words
from generator.evidence import Fact
from generator.frozen import dataclass
from generator.patterns import compile_pattern
from generator.values import Prepared, Span

KIND = "hedge"

_NUMBERS = """
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million dozen half
    """.split()  # noqa: SIM905
_COUNTING = frozenset(["a", "an", *_NUMBERS])
_COUNT = rf"(?=\s+(?:[$€£]?\d|(?:an?\s+)?(?:{'|'.join(_NUMBERS)})\b))"
# Each class holds words that may stand for one another.
_CLASSES = {
    "hearsay": (
        r"reportedly|allegedly|alleged|purported(?:ly)?|said\s+to\s+(?:be|have)|unconfirmed|supposed(?:ly)?|so-called"
    ),
    "doubt": (
        r"may|might|could|possibly|perhaps|probably|likely|unlikely|apparently|presumably|potentially|suspected"
        r"|appear(?:s|ed)?\s+to|seem(?:s|ed)?\s+to|(?:believed|thought|expected|feared|presumed|estimated|understood)\s+to"
        r"|(?:be|been)\s+(?:independently\s+)?(?:verified|confirmed)"
    ),
}
# These are hedges before a number only.
_COUNTED_CLASSES = {
    "about": r"about|around|some|roughly|approximately|nearly|almost|an\s+estimated|close\s+to|circa",
    "at_least": r"at\s+least|more\s+than|over|upwards\s+of|no\s+fewer\s+than|no\s+less\s+than",
    "at_most": r"at\s+most|up\s+to|as\s+many\s+as|as\s+much\s+as|less\s+than|fewer\s+than|under|no\s+more\s+than",
}


def _any_of(classes: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{words})" for name, words in classes.items())


_HEDGE = compile_pattern(rf"(?:{_any_of(_CLASSES)}|(?:{_any_of(_COUNTED_CLASSES)}){_COUNT})(?![\w-])", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word or two that keep a statement from being certain.

    Attributes:
        span: Span.
        sort: String, which of the classes it belongs to.
    """

    span: Span
    sort: str


@once
def find_hedges(article: Prepared) -> tuple[Hedge, ...]:
    """Find the hedges of an English article; in other languages there are none.

    `May`, the month, has a capital and is none; `about` and its like count before a number only.

    Args:
        article: Prepared.

    Returns:
        Tuple of Hedge, in order.
    """
    if article.article.language not in ("en", "und"):
        return ()
    text = article.article.text
    found = []
    end = 0
    for place, word in find_signal_words(article, HEDGING):
        start = article.spans[place][0]
        match = _HEDGE.match(text, start) if start >= end and _may_hedge(article, place, word) else None
        if match and match.lastgroup and match[0] != "May":
            found.append(Hedge(match.span(), match.lastgroup))
            end = match.end()
    return tuple(found)


def _may_hedge(article: Prepared, place: int, word: str) -> bool:
    """Whether what follows a word leaves room for a hedge; mostly not, and to search takes longer."""
    if word in HEDGES:
        return True
    if place + 1 == len(article.words):
        return False
    following = article.words[place + 1]
    if word in COUNTED:
        return following[0].isdigit() or following in _COUNTING
    return following in HEDGE_OPENERS[word]


def compare_hedges(sides: Sides) -> list[Fact]:
    """Tell what became of the hedges of sentences that the copy restates.

    Kept: an aligned sentence holds a hedge of the same class. Changed: only one of another class. Dropped: none, so that
    the copy is surer than the source. Added: the reverse.

    Args:
        sides: Sides.

    Returns:
        List of Fact: those on both sides, then dropped, then added ones.
    """
    ours, theirs = find_hedges(sides.source), find_hedges(sides.copy)
    at = [sentence_at(sides.source, hedge.span[0]) for hedge in ours]
    there = [sentence_at(sides.copy, hedge.span[0]) for hedge in theirs]
    pairs = _pair(sides, (ours, at), (theirs, there))
    facts = [
        Fact(
            KIND,
            "kept" if ours[i].sort == theirs[j].sort else "changed",
            told(sides.source, [ours[i].span]),
            told(sides.copy, [theirs[j].span]),
        )
        for i, j in pairs
    ]
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    facts += [
        dropped(KIND, sides, [hedge.span])
        for i, hedge in enumerate(ours)
        if i not in left and sides.forth[at[i]] and not _among(hedge, sides.forth[at[i]], theirs, there)
    ]
    facts += [
        added(KIND, sides, [hedge.span])
        for j, hedge in enumerate(theirs)
        if j not in right and sides.back[there[j]] and not _among(hedge, sides.back[there[j]], ours, at)
    ]
    return facts


_Placed = tuple[Sequence[Hedge], Sequence[int]]
"""Hedges, and the sentence of each."""


def _pair(sides: Sides, source: _Placed, copy: _Placed) -> list[tuple[int, int]]:
    """Pair hedges of aligned sentences, those of one class first."""
    pairs: list[tuple[int, int]] = []
    left: set[int] = set()
    free = dict(enumerate(zip(*copy, strict=True)))
    for same_class in (True, False):
        for i, (hedge, sentence) in enumerate(zip(*source, strict=True)):
            reach = sides.forth[sentence]
            beside = (
                j for j, (other, place) in free.items() if place in reach and (other.sort == hedge.sort) is same_class
            )
            j = None if i in left else next(beside, None)
            if j is not None:
                pairs.append((i, j))
                left.add(i)
                del free[j]
    return sorted(pairs)


def _among(hedge: Hedge, sentences: Sequence[int], others: Sequence[Hedge], places: Sequence[int]) -> bool:
    """Whether one of some sentences holds a hedge of the same class, though another claimed it."""
    return any(other.sort == hedge.sort and place in sentences for other, place in zip(others, places, strict=True))
