"""Two articles → which is likely the earlier, with the reasons for and against; left open where the evidence is thin."""

from collections.abc import Iterable
from dataclasses import replace

from generator.compare.details import count_own
from generator.evidence import Direction, Voice
from generator.percent import show_share
from generator.score import share
from generator.values import Article

CLEARLY_LESS = 0.80
"""Reuse in one direction counts as clearly less when it is at most this part of the other.

Of 224 machine and student rewrites whose source is known, asymmetry at this bound named 188, one of them wrongly; without a
bound it named all and 8 wrongly.
"""

OWN_DETAILS = 2
"""Integer: how many more numbers and names of its own than the other an article must have for detail to count.

Of the same rewrites detail at this bound speaks on 188, once wrongly; at 1 on 204, four times wrongly.
"""

EXPANDED = 1.5
"""Float: an article so many times as long as the other, without one detail of its own, may as well expand it; then the
asymmetry of reuse does not count."""

HIGH, FAIR = "high", "fair"
"""Confidence: dates or two voices agree; one voice speaks alone."""


# One for all pairs of which nothing tells: n copies of one text make n(n - 1)/2.
_OPEN = Direction(
    "", "neither dates, nor credits, nor details, nor how much of each stands in the other tell which was first", "", ()
)


def likely_source(a: Article, b: Article, a_in_b: float, b_in_a: float) -> Direction:
    """Which of two articles is likely the earlier.

    Different dates decide. Without them three voices count: a dateline, a credit or a date that only one carries; the
    asymmetry of reuse (the text that holds nearly all of the other and more besides is likelier the source); and
    numbers and names that only one has, since rewriting loses them and adds none. Where those that count
    disagree, or none counts, the question is left open.

    Args:
        a: Article.
        b: Article.
        a_in_b: Share, the reuse of a in b.
        b_in_a: Share, the reuse of b in a.

    Returns:
        Direction with all voices, also those against it and those that do not count.
    """
    if a_in_b == b_in_a and a.text == b.text and _carried(a) == _carried(b):
        return _OPEN
    others = [*_credits(a, b), *_detail(a, b), *_asymmetry(a, b, a_in_b, b_in_a)]
    if a.date and b.date and a.date != b.date:
        first, second = (a, b) if a.date < b.date else (b, a)
        dated = Voice(first.id, "date", f"it is dated {first.date}, the other {second.date}", counted=True)
        return Direction(first.id, dated.reason, HIGH, (dated, *others))
    counted = [voice for voice in others if voice.counted]
    named = {voice.source for voice in counted}
    if len(named) == 1:
        reason = "; ".join(voice.reason for voice in counted)
        return Direction(named.pop(), reason, HIGH if len(counted) > 1 else FAIR, tuple(others))
    if named:
        kinds = _join([_KINDS[kind] for kind in dict.fromkeys(voice.kind for voice in counted)])
        return Direction("", f"{kinds} point to different articles", "", tuple(others))
    return replace(_OPEN, voices=tuple(others)) if others else _OPEN


_CARRIED = ("a date", "a dateline", "an agency credit", "a byline")

_KINDS = {
    "credits": "credits",
    "detail": "details that only one has",
    "asymmetry": "how much of each stands in the other",
}


def _carried(article: Article) -> tuple[str, ...]:
    """What a first telling carries and a copy tends to lose, in the order of _CARRIED."""
    return article.date, article.place, article.agency, article.author


def _credits(a: Article, b: Article) -> Iterable[Voice]:
    carried = _carried(a), _carried(b)
    if any(carried[0]) != any(carried[1]):
        one, own = (a, carried[0]) if any(carried[0]) else (b, carried[1])
        named = [name for name, value in zip(_CARRIED, own, strict=True) if value]
        yield Voice(one.id, "credits", f"it has {_join(named)}, the other has none", counted=True)


def _detail(a: Article, b: Article) -> Iterable[Voice]:
    own = count_own(a, b), count_own(b, a)
    if own[0] != own[1]:
        first, more, less = (a, *own) if own[0] > own[1] else (b, *own[::-1])
        told = "number or name" if more == 1 else "numbers and names"
        reason = f"it has {more} {told} of its own, the other {less or 'none'}"
        yield Voice(first.id, "detail", reason, counted=more - less >= OWN_DETAILS)


def _asymmetry(a: Article, b: Article, a_in_b: float, b_in_a: float) -> Iterable[Voice]:
    for one, other, one_in_other, other_in_one in ((a, b, a_in_b, b_in_a), (b, a, b_in_a, a_in_b)):
        if other_in_one and share(round(one_in_other * 10000), round(other_in_one * 10000)) <= CLEARLY_LESS:
            whole, part = show_share(other_in_one), show_share(one_in_other)
            reason = f"{whole} of the other stands in it, by weight, and only {part} of it in the other"
            expands = len(one.text) >= EXPANDED * len(other.text) and not count_own(one, other)
            if expands:
                reason += ", but all that it has more is wording, so that it may expand the other"
            yield Voice(one.id, "asymmetry", reason, counted=not expands)


def _join(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
