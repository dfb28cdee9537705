"""What was found, in plain words: the sentence that a reader needs first."""

from collections.abc import Mapping
from dataclasses import replace

from generator.frozen import dataclass
from generator.pages.mixture import comparisons_in_order, describe_mixtures, name_sources
from generator.pages.numbers import count, listing, show_date, show_words_of
from generator.pages.rows import VERDICTS, words_in_passages
from generator.percent import show_share
from generator.values import Comparison, Report

RELATIONS = {
    "identical": "identical to {}",
    "near-copy": "a near copy of {}",
    "light-revision": "a light revision of {}",
    "heavy-revision": "a heavy revision of {}",
}

MOST_MIXTURES = 3
"""Articles that draw on several whose parts the finding tells."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The finding of a cluster.

    Attributes:
        sentence: String, the finding in one sentence.
        evidence: String, one or two sentences with its numbers.
        direction: String, which article likely came first and why, or that it is open.
        mixtures: Tuple of strings, which part of an article that draws on several comes from where.
    """

    sentence: str
    evidence: str
    direction: str
    mixtures: tuple[str, ...] = ()


def make_finding(report: Report, letters: Mapping[str, str]) -> Finding:
    """Say what was found about a cluster.

    Args:
        report: Report.
        letters: Mapping from id to letter.

    Returns:
        Finding.
    """
    finding = _of_two(report, letters) if len(report.members) == 2 else _of_many(report, letters)
    mixtures = tuple(describe_mixtures(report, letters).values())
    if len(mixtures) > MOST_MIXTURES:
        rest = len(mixtures) - MOST_MIXTURES
        others = f"{count(rest, 'more article')} {'draws' if rest == 1 else 'draw'} on several articles too."
        mixtures = (*mixtures[:MOST_MIXTURES], others)
    return replace(finding, mixtures=mixtures)


def _of_two(report: Report, letters: Mapping[str, str]) -> Finding:
    """Say what was found about two articles."""
    comparison = report.comparisons[0]
    source, copy = letters[comparison.source], letters[comparison.copy]
    relation = RELATIONS[comparison.verdict].format(source)
    if report.further:
        sentence = f"Article {copy} {name_sources(comparisons_in_order(report), letters)}."
    elif comparison.verdict == "identical":
        sentence = f"Article {copy} is {relation}."
    elif comparison.direction.source == comparison.source:
        sentence = f"Article {copy} reads as {relation}."
    else:
        sentence = f"Articles {source} and {copy} share text: set side by side, {copy} reads as {relation}."
    return Finding(sentence, _evidence(report, comparison, letters), direction_sentence(comparison, letters))


def _evidence(report: Report, comparison: Comparison, letters: Mapping[str, str]) -> str:
    """Give the numbers of a comparison in words."""
    copy = next(member.prepared for member in report.members if member.prepared.article.id == comparison.copy)
    words = show_words_of(words_in_passages(copy, comparison.copy_verbatim), len(copy.words))
    inside, around = letters[comparison.copy], letters[comparison.source]
    if comparison.source_in_copy > comparison.copy_in_source:
        inside, around = around, inside
    by_weight = f"Weighed by how rare each word is, {show_share(comparison.reuse)} of {inside} also stands in {around}"
    if not comparison.passages:
        return f"{by_weight}; no passage stands word for word in both."
    longest = count(comparison.longest_passage, "word")
    return f"{by_weight}. Word for word {letters[comparison.copy]} shares {words}, in passages of up to {longest}."


def _of_many(report: Report, letters: Mapping[str, str]) -> Finding:
    """Say what was found about three articles or more."""
    anchor = report.members[0].prepared.article
    verdicts = [comparison.verdict for comparison in report.comparisons]
    kinds = [_count_kind(verdicts.count(kind), kind) for kind in VERDICTS if kind in verdicts]
    reuses = [comparison.reuse for comparison in report.comparisons]
    low, high = show_share(min(reuses)), show_share(max(reuses))
    span = f"is {high}" if low == high else f"runs from {low} to {high}"
    dates = sorted(member.prepared.article.date for member in report.members if member.prepared.article.date)
    when = "" if not dates else f" Their dates run from {show_date(dates[0])} to {show_date(dates[-1])}."
    if dates and dates[0] == dates[-1]:
        when = f" All dates known are {show_date(dates[0])}."
    opened = [letters[comparison.copy] for comparison in report.comparisons if not comparison.direction.source]
    first = f"the likely first is {letters[anchor.id]}" if anchor_is_likely(report) else "which was first is open"
    own = [letters[member.prepared.article.id] for member in report.members[1:] if not member.parent]
    origins = f"{listing(own)} took from none of the others. " if own else ""
    return Finding(
        f"{len(report.members):,} articles share text; {first}.",
        f"{origins}Each other one stands beside the article it most likely took its text from: {listing(kinds)}. "
        f"Reuse {span}.{when}",
        _open_directions(opened),
    )


def _count_kind(number: int, verdict: str) -> str:
    """Count articles of a verdict: `3 identical copies`, `1 near copy`."""
    name = VERDICTS[verdict]
    if verdict == "identical":
        return count(number, "identical copy", "identical copies")
    return count(number, name, "near copies" if verdict == "near-copy" else "")


def _open_directions(opened: list[str]) -> str:
    """Say for which articles the direction is open."""
    if not opened:
        return ""
    names = listing(opened) if len(opened) <= 8 else count(len(opened), "article")
    return f"Which came first is open between the source shown and {names}."


def anchor_is_likely(report: Report) -> bool:
    """Tell whether the evidence names the anchor as the source of any other member.

    Args:
        report: Report.

    Returns:
        Boolean.
    """
    return any(comparison.direction.source == report.cluster.anchor for comparison in report.comparisons)


def direction_sentence(comparison: Comparison, letters: Mapping[str, str]) -> str:
    """Say which of two articles likely came first.

    Args:
        comparison: Comparison.
        letters: Mapping from id to letter.

    Returns:
        String.
    """
    first = letters.get(comparison.direction.source, "")
    reason = comparison.direction.reason
    if not first:
        return f"Which came first is open: {reason}." if reason else "Which came first is open."
    return f"{first} is likely the source: {reason}." if reason else f"{first} is likely the source."
