"""How the copy reads beside its source: every measure with its difference, and the sentences that changed it most."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from generator.evidence import MeasureChange, Reading, SentenceChange
from generator.values import Measure, Prepared, Segment

EASIER_ABOVE = frozenset({"flesch_reading_ease"})
"""Measures that are higher for easier texts."""

EASIER_BELOW = frozenset({
    "flesch_kincaid_grade", "gunning_fog", "smog_index", "automated_readability_index", "coleman_liau_index",
    "dale_chall_readability_score", "linsear_write_formula",
})  # fmt: skip
"""Measures that are lower for easier texts. The others count things, and do not tell."""

MOST_SENTENCES = 3
"""Integer: rows that are named for having changed the reading most."""

LEAST_CHANGE = 0.1
"""Float, in grades: a row that changed less is not named."""

# To make such a type anew takes as long as to ask.
_NUMBER = int | float


def compare_reading(
    source: Prepared, copy: Prepared, measures: tuple[Sequence[Measure], Sequence[Measure]], segments: Iterable[Segment]
) -> Reading:
    """Put the readability of two articles beside each other.

    Args:
        source: Prepared.
        copy: Prepared.
        measures: Pair of sequences of Measure, of the source and of the copy, in the same order.
        segments: Iterable of Segment of their comparison.

    Returns:
        Reading.
    """
    changes = tuple(_measure_change(name, ours, theirs) for (name, ours), (_, theirs) in zip(*measures, strict=True))
    counted = any(change.difference is not None for change in changes)
    return Reading(changes, _sentence_changes(source, copy, segments) if counted else ())


def _measure_change(name: str, ours: float | int | str | None, theirs: float | int | str | None) -> MeasureChange:
    if not isinstance(ours, _NUMBER) or not isinstance(theirs, _NUMBER):
        return MeasureChange(name, ours, theirs, None, "")
    difference = round(theirs - ours, 4)
    reads = ""
    if name in EASIER_ABOVE or name in EASIER_BELOW:
        rise = round(difference, 1)
        reads = "alike" if rise == 0 else "easier" if (rise > 0) == (name in EASIER_ABOVE) else "harder"
    return MeasureChange(name, ours, theirs, difference, reads)


def _sentence_changes(source: Prepared, copy: Prepared, segments: Iterable[Segment]) -> tuple[SentenceChange, ...]:
    """For the rows that changed the index most, how much: the copy's index less what it would be with the source's row."""
    ours, theirs = _sizes(source), _sizes(copy)
    characters, words = _add(theirs)
    index = _index(characters, words, len(theirs))
    changes = []
    for segment in segments:
        if segment.kind != "verbatim":
            put, removed = _add([ours[i] for i in segment.source]), _add([theirs[i] for i in segment.copy])
            without = _index(
                characters + put[0] - removed[0],
                words + put[1] - removed[1],
                len(theirs) + len(segment.source) - len(segment.copy),
            )
            change = round(index - without, 4)
            if abs(change) >= LEAST_CHANGE:
                changes.append(SentenceChange(segment.key, change))
    return tuple(sorted(changes, key=lambda change: (-abs(change.change), change.key))[:MOST_SENTENCES])


def _index(characters: int, words: int, sentences: int) -> float:
    """Automated Readability Index, in grades (Smith and Senter, 1967), by our own words and sentences."""
    if not (words and sentences):
        return 0.0
    return 4.71 * characters / words + 0.5 * words / sentences - 21.43


def _sizes(article: Prepared) -> list[tuple[int, int]]:
    """How many letters and digits, and how many words, each sentence has."""
    ends = [0, *accumulate(map(len, article.words))]
    return [(ends[end] - ends[start], end - start) for start, end in article.sentence_words]


def _add(sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum([characters for characters, _ in sizes]), sum([words for _, words in sizes])
