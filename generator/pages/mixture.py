"""Articles that draw on several: which part comes from where, in one sentence each."""

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.pages.numbers import count, listing
from generator.percent import show_share
from generator.values import Comparison, Report

SEVERAL = "several"
"""Where a sentence stands that two sources hold alike."""


def comparisons_in_order(report: Report) -> tuple[Comparison, ...]:
    """All comparisons of a cluster, those of one copy together.

    Args:
        report: Report.

    Returns:
        Tuple of Comparison, in the cluster's order; each copy's parent before its further sources.
    """
    places = {member: place for place, member in enumerate(report.cluster.members)}
    # Sorting leaves the order of equals: a copy's parent comes before its further sources, the one that brings most first.
    return tuple(sorted((*report.comparisons, *report.further), key=lambda comparison: places[comparison.copy]))


def describe_mixtures(report: Report, letters: Mapping[str, str]) -> dict[str, str]:
    """Say of each article that draws on several which part comes from where.

    Args:
        report: Report.
        letters: Mapping from id to letter.

    Returns:
        Dictionary from the article's id to a few sentences, in the cluster's order.
    """
    copies = dict.fromkeys(comparison.copy for comparison in report.further)
    every = comparisons_in_order(report)
    return {copy: _describe([c for c in every if c.copy == copy], letters) for copy in copies}


def name_sources(comparisons: Sequence[Comparison], letters: Mapping[str, str]) -> str:
    """Say what a copy draws on: `likely draws on 2 articles, A and B`; less where it is open which was first.

    Args:
        comparisons: Sequence of Comparison of one copy, two at least.
        letters: Mapping from id to letter.

    Returns:
        String that continues the copy's letter.
    """
    known = all(comparison.direction.source == comparison.source for comparison in comparisons)
    names = listing([letters[comparison.source] for comparison in comparisons])
    return f"{'likely draws on' if known else 'shares text with'} {count(len(comparisons), 'article')}, {names}"


def _describe(comparisons: Sequence[Comparison], letters: Mapping[str, str]) -> str:
    """Say what one copy draws on, how much each further source brings, and how many sentences are nearest to each."""
    letter = letters[comparisons[0].copy]
    brought = []
    for place, comparison in enumerate(comparisons):
        if comparison.brings is not None:
            before = listing([letters[other.source] for other in comparisons[:place]])
            held = f"{show_share(comparison.brings)} stands in {letters[comparison.source]} and not in {before}"
            brought.append(held.replace(" and not in", ", and not in") if place > 1 else held)
    nearest = Counter(nearest_sources(comparisons))
    tally = [
        f"{nearest[comparison.source]:,} {'is' if nearest[comparison.source] == 1 else 'are'} nearest to"
        f" {letters[comparison.source]}"
        for comparison in comparisons
        if nearest[comparison.source]
    ]
    tally += [f"{nearest[SEVERAL]:,} as near to one as to another"] if nearest[SEVERAL] else []
    tally += [f"{nearest['']:,} {'is' if nearest[''] == 1 else 'are'} its own"] if nearest[""] else []
    sentences = count(len(comparisons[0].links), "sentence")
    return (
        f"{letter} {name_sources(comparisons, letters)}: of {letter}, by weight, {listing(brought)}. "
        f"Of its {sentences}, {listing(tally)}."
    )


def nearest_sources(comparisons: Sequence[Comparison]) -> list[str]:
    """For each sentence of a copy the source that keeps most of its words.

    Args:
        comparisons: Sequence of Comparison of one copy.

    Returns:
        List of strings, ids; SEVERAL where two keep the same, and an empty string where the sentence is new beside each.
    """
    nearest = []
    for links in zip(*(comparison.links for comparison in comparisons), strict=True):
        kept = [-1.0 if link.kind == "new" else link.kept for link in links]
        best = max(kept)
        sources = [c.source for c, share in zip(comparisons, kept, strict=True) if share == best]
        nearest.append("" if best < 0 else sources[0] if len(sources) == 1 else SEVERAL)
    return nearest
