"""The diff of one segment, cut into pieces of text that each look one way."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from generator.frozen import dataclass
from generator.values import DiffOp, Passage, Prepared, Segment, Span


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that looks one way throughout.

    Attributes:
        text: String.
        passage: Boolean; true inside a passage that stands word for word in both articles. What is cut or added and
            stands in a passage has moved.
    """

    text: str
    passage: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a diff.

    Attributes:
        kind: String: `same`, `near` (case or punctuation differs), `spaced` (white space alone differs), `cut` (only in
            the source) or `added` (only in the copy).
        lead: String, the white space before the text.
        runs: Tuple of Run, the text without white space at its ends; empty where there is white space alone.
        tail: String, the white space after it.
        was: String, the source's text of a `near` or `spaced` piece, else empty.
    """

    kind: str
    lead: str
    runs: tuple[Run, ...]
    tail: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The passages of a comparison as offsets into both texts.

    Attributes:
        source: Tuple of Span into the source's text, ascending, never overlapping.
        copy: Tuple of Span into the copy's text, likewise.
    """

    source: tuple[Span, ...]
    copy: tuple[Span, ...]


def make_marks(source: Prepared, copy: Prepared, passages: Iterable[Passage]) -> Marks:
    """Find where passages stand in both texts.

    Args:
        source: Prepared.
        copy: Prepared.
        passages: Iterable of Passage between the two.

    Returns:
        Marks.
    """
    passages = tuple(passages)
    return Marks(
        _merge((source.spans[p.source][0], source.spans[p.source + p.length - 1][1]) for p in passages),
        _merge((copy.spans[p.copy][0], copy.spans[p.copy + p.length - 1][1]) for p in passages),
    )


def cut_segment(segment: Segment, source: str, copy: str, marks: Marks) -> tuple[Piece, ...]:
    """Cut the diff of a segment into pieces.

    Where the segment is not interleaved, the source's side comes first as a whole and the copy's after it.

    Args:
        segment: Segment.
        source: String, the source's text.
        copy: String, the copy's text.
        marks: Marks of the comparison.

    Returns:
        Tuple of Piece; those that are not `added` give the source's text, those that are not `cut` the copy's.
    """
    ops: Iterable[DiffOp] = segment.ops if segment.interleaved else _one_after_the_other(segment.ops)
    return tuple(_cut_op(op, source, copy, marks) for op in ops)


def _one_after_the_other(ops: tuple[DiffOp, ...]) -> Iterator[DiffOp]:
    """Give the source's side of a diff as one cut, then the copy's as one addition."""
    for op in _join(sorted(op.source for op in ops if op.source)):
        yield DiffOp("-", op, None)
    for op in _join(sorted(op.copy for op in ops if op.copy)):
        yield DiffOp("+", None, op)


def _join(spans: Iterable[Span]) -> list[Span]:
    """Join ascending spans that touch."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and merge those that overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _cut_op(op: DiffOp, source: str, copy: str, marks: Marks) -> Piece:
    """Cut one run of a diff where passages begin and end."""
    if op.copy is None:
        return _piece("cut", source, op.source or (0, 0), marks.source)
    if op.source is None:
        return _piece("added", copy, op.copy, marks.copy)
    if op.op == "~":
        was = source[slice(*op.source)]
        kind = "spaced" if was.split() == copy[slice(*op.copy)].split() else "near"
        return _piece(kind, copy, op.copy, marks.copy, was)
    return _piece("same", copy, op.copy, marks.copy)


def _runs(text: str, span: Span, marks: tuple[Span, ...]) -> tuple[Run, ...]:
    """Part a span where passages begin and end."""
    start, end = span
    runs = []
    for place in range(max(0, bisect_right(marks, (start, start)) - 1), len(marks)):
        opens, closes = marks[place]
        if opens >= end:
            break
        if opens > start:
            runs.append(Run(text[start:opens], False))
            start = opens
        if closes > start:
            stop = min(end, closes)
            runs.append(Run(text[start:stop], True))
            start = stop
    if start < end:
        runs.append(Run(text[start:end], False))
    return tuple(runs)


def _piece(kind: str, text: str, span: Span, marks: tuple[Span, ...], was: str = "") -> Piece:
    """Make a piece of a span, with the white space at its ends apart."""
    whole = text[slice(*span)]
    core = whole.strip()
    if not core:
        return Piece(kind, whole, (), "", was)
    start = span[0] + len(whole) - len(whole.lstrip())
    end = start + len(core)
    return Piece(kind, text[span[0] : start], _runs(text, (start, end), marks), text[end : span[1]], was)
