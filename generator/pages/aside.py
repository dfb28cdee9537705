"""What was set aside in the articles of a cluster: formula, as phrases that a reader can find."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.evidence import Phrase
from generator.frozen import dataclass
from generator.pages.frame import Headline, make_headline
from generator.pages.numbers import count
from generator.percent import show_share
from generator.values import Member

MOST_ROWS = 20
"""Rows of phrases on a page."""
LONGEST_TEXT = 220
"""Characters of a phrase that a page shows."""


@dataclass(frozen=True, slots=True)
class AsidePhrase:
    """A phrase that was set aside.

    Attributes:
        text: String.
        held: String, how many independent look-alikes hold it, or that it is boilerplate.
    """

    text: str
    held: str


@dataclass(frozen=True, slots=True)
class AsideRow:
    """What was set aside in some articles that have the same phrases.

    Attributes:
        letters: String, the articles.
        share: String, how much of them it is, by weight.
        headline: Headline of the first, for its language.
        phrases: Tuple of AsidePhrase, in the order of the text.
        more: String, how many shorter ones are not listed; empty where all are.
    """

    letters: str
    share: str
    headline: Headline
    phrases: tuple[AsidePhrase, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside on a page.

    Attributes:
        rows: Tuple of AsideRow, in the articles' order; empty where nothing was set aside.
        more: String, how many articles have more that is not listed; empty where all is.
    """

    rows: tuple[AsideRow, ...]
    more: str


def make_aside(members: Sequence[Member], letters: Mapping[str, str]) -> Aside:
    """Show what was set aside.

    Args:
        members: Sequence of Member.
        letters: Mapping from id to letter.

    Returns:
        Aside.
    """
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in members:
        if member.set_aside:
            groups[tuple(phrase.text.casefold() for phrase in member.set_aside.phrases)].append(member)
    rows = [_row(group, letters) for group in groups.values()]
    hidden = sum(len(group) for group in list(groups.values())[MOST_ROWS:])
    more = f"In {count(hidden, 'more article')} phrases were set aside too; the data file lists them." if hidden else ""
    return Aside(tuple(rows[:MOST_ROWS]), more)


def _row(group: Sequence[Member], letters: Mapping[str, str]) -> AsideRow:
    first = group[0].prepared.article
    asides = [member.set_aside for member in group if member.set_aside]
    shares = [show_share(share) for share in sorted(aside.share for aside in asides)]
    phrases, more = asides[0].phrases, asides[0].more
    return AsideRow(
        letters=", ".join(letters[member.prepared.article.id] for member in group),
        share=shares[0] if shares[0] == shares[-1] else f"{shares[0]} to {shares[-1]}",
        headline=make_headline(first),
        phrases=tuple(_phrase(phrase) for phrase in phrases),
        more=f"and {count(more, 'lighter phrase')}" if more else "",
    )


def _phrase(phrase: Phrase) -> AsidePhrase:
    text = phrase.text if len(phrase.text) <= LONGEST_TEXT else f"{phrase.text[: LONGEST_TEXT - 1].rstrip()}…"
    whole = int(phrase.tellings)
    if not whole:
        return AsidePhrase(text, "boilerplate")
    return AsidePhrase(text, f"in {whole:,}" if whole == phrase.tellings else f"in over {whole:,}")
