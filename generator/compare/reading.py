"""How the copy reads beside its source: every measure with its difference, and the sentences that changed it most."""

from collections.abc import Iterable, Sequence

from generator.evidence import MeasureChange, Reading, SentenceChange
from generator.frozen import dataclass
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


@dataclass(frozen=True, slots=True)
class _Counts:
    """Integers: letters and digits, words, sentences."""

    characters: int
    words: int
    sentences: int

    def index(self) -> float:
        """Automated Readability Index, in grades (Smith and Senter, 1967), by our own words and sentences."""
        if not (self.words and self.sentences):
            return 0.0
        return 4.71 * self.characters / self.words + 0.5 * self.words / self.sentences - 21.43

    def with_row(self, removed: "_Counts", put: "_Counts") -> "_Counts":
        """These without one row, and with another in its place."""
        return _Counts(
            self.characters - removed.characters + put.characters,
            self.words - removed.words + put.words,
            self.sentences - removed.sentences + put.sentences,
        )


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
    if not isinstance(ours, int | float) or not isinstance(theirs, int | float):
        return MeasureChange(name, ours, theirs, None, "")
    difference = round(theirs - ours, 4)
    reads = ""
    if name in EASIER_ABOVE or name in EASIER_BELOW:
        rise = round(difference, 1)
        reads = "alike" if rise == 0 else "easier" if (rise > 0) == (name in EASIER_ABOVE) else "harder"
    return MeasureChange(name, ours, theirs, difference, reads)


def _sentence_changes(source: Prepared, copy: Prepared, segments: Iterable[Segment]) -> tuple[SentenceChange, ...]:
    """For the rows that changed the index most, how much: the copy's index less what it would be with the source's row."""
    whole = _count(copy, range(len(copy.sentences)))
    index = whole.index()
    changes = [
        SentenceChange(
            segment.key,
            round(index - whole.with_row(_count(copy, segment.copy), _count(source, segment.source)).index(), 4),
        )
        for segment in segments
        if segment.kind != "verbatim"
    ]
    ranked = sorted(changes, key=lambda change: (-abs(change.change), change.key))
    return tuple(change for change in ranked[:MOST_SENTENCES] if abs(change.change) >= LEAST_CHANGE)


def _count(article: Prepared, sentences: Sequence[int]) -> _Counts:
    spans = [article.sentence_words[sentence] for sentence in sentences]
    characters = sum(len(word) for start, end in spans for word in article.words[start:end])
    return _Counts(characters, sum(end - start for start, end in spans), len(spans))
