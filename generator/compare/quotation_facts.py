"""What became of the quotations of a source in its copy: word for word, altered, dropped, added, in another mouth."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from generator.compare.quotations import FEWEST, Quotation
from generator.compare.sides import Sides, added, dropped, told, told_in_parts
from generator.compare.voices import Speaker, are_different, read_speakers
from generator.evidence import Fact
from generator.frozen import dataclass
from generator.values import Prepared, Span

KIND = "quotation"

ALIKE = 0.6
"""Share of the words of the shorter of two quotations that stand in the other in order: from here on they are one."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mouths:
    """Who says each quotation: the words of both articles, and what they tell of the speaker."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    our_speakers: tuple[tuple[Speaker, ...], ...]
    their_speakers: tuple[tuple[Speaker, ...], ...]


def compare_quotations(sides: Sides, ours: Sequence[Quotation], theirs: Sequence[Quotation]) -> list[Fact]:
    """Tell what became of the quotations.

    Kept: whatever the copy quotes stands in one run inside the source's quotation; it may be shorter, and parted by a
    marked omission. Changed: other words, or quotation marks that only one side has. Moved: kept or changed, but said by
    somebody else.

    Args:
        sides: Sides.
        ours: Sequence of Quotation of the source.
        theirs: Sequence of Quotation of the copy.

    Returns:
        List of Fact: those that both quote, then what only one of them quotes.
    """
    groups = _groups([_join(q) for q in ours], [_join(q) for q in theirs])
    mouths = _mouths(sides, ours, theirs)
    facts = [
        _fact(sides, [ours[i] for i in left], [theirs[j] for j in right], _moved(mouths, left[0], right[0]))
        for left, right in groups
    ]
    left_over = [q for i, q in enumerate(ours) if not any(i in left for left, _ in groups)]
    right_over = [q for j, q in enumerate(theirs) if not any(j in right for _, right in groups)]
    return [*facts, *(_lost(sides, q) for q in left_over), *(_gained(sides, q) for q in right_over)]


def _join(quotation: Quotation) -> _Words:
    return tuple(word for piece in quotation.words for word in piece)


def _alike(a: _Words, b: _Words) -> float:
    """The share of the shorter that stands in the longer, or 0.0 where no FEWEST words stand there in a row."""
    blocks = [op.src_end - op.src_start for op in LCSseq.opcodes(a, b) if op.tag == "equal"]
    share = sum(blocks) / min(len(a), len(b))
    return share if share >= ALIKE and max(blocks) >= FEWEST else 0.0


def _groups(ours: Sequence[_Words], theirs: Sequence[_Words]) -> list[tuple[list[int], list[int]]]:
    """Quotations of both sides that are one, several where a `he said` parts them on one side only."""
    groups: list[tuple[list[int], list[int]]] = []
    for j, words in enumerate(theirs):
        share, negative = max(((_alike(other, words), -i) for i, other in enumerate(ours)), default=(0.0, 0))
        if share:
            held = next((right for left, right in groups if -negative in left), None)
            if held is None:
                groups.append(([-negative], [j]))
            else:
                held.append(j)
    taken = {i for left, _ in groups for i in left}
    for i, words in enumerate(ours):
        share, negative = max(((_alike(words, other), -j) for j, other in enumerate(theirs)), default=(0.0, 0))
        if share and i not in taken:
            next(left for left, right in groups if -negative in right).append(i)
    return [(sorted(left), right) for left, right in groups]


def _mouths(sides: Sides, ours: Sequence[Quotation], theirs: Sequence[Quotation]) -> _Mouths:
    said = tuple(_phrase(sides.source, q.speaker) for q in ours)
    told_by = tuple(_phrase(sides.copy, q.speaker) for q in theirs)
    return _Mouths(said, told_by, tuple(read_speakers(said)), tuple(read_speakers(told_by)))


def _phrase(article: Prepared, span: Span | None) -> str:
    return " ".join(article.article.text[slice(*span)].split()) if span else ""


def _moved(mouths: _Mouths, i: int, j: int) -> str:
    """Who says a quotation on either side, where they are surely different; else empty."""
    if not are_different(mouths.our_speakers[i], mouths.their_speakers[j], mouths.our_speakers):
        return ""
    return f"said by {mouths.ours[i]} in the source, by {mouths.theirs[j]} in the copy"


def _fact(sides: Sides, ours: Sequence[Quotation], theirs: Sequence[Quotation], moved: str) -> Fact:
    whole = tuple(word for quotation in ours for word in _join(quotation))
    pieces = [piece for quotation in theirs for piece in quotation.words]
    source = told_in_parts(sides.source, [quotation.span for quotation in ours])
    copy = told_in_parts(sides.copy, [quotation.span for quotation in theirs])
    kept = all(_holds(whole, piece) for piece in pieces)
    if moved:
        return Fact(KIND, "moved", source, copy, moved)
    note = "shortened" if kept and sum(map(len, pieces)) < len(whole) else ""
    return Fact(KIND, "kept" if kept else "changed", source, copy, note)


def _holds(whole: _Words, piece: _Words) -> bool:
    return any(whole[i : i + len(piece)] == piece for i in range(len(whole) - len(piece) + 1))


def _lost(sides: Sides, quotation: Quotation) -> Fact:
    ours = told(sides.source, [quotation.span])
    found = _unquoted(sides.copy, sides.forth, ours.sentences, _join(quotation))
    if found:
        return Fact(KIND, "changed", ours, told(sides.copy, [found]), "without quotation marks in the copy")
    return dropped(KIND, sides, [quotation.span])


def _gained(sides: Sides, quotation: Quotation) -> Fact:
    theirs = told(sides.copy, [quotation.span])
    found = _unquoted(sides.source, sides.back, theirs.sentences, _join(quotation))
    if found:
        return Fact(KIND, "changed", told(sides.source, [found]), theirs, "without quotation marks in the source")
    return added(KIND, sides, [quotation.span])


def _unquoted(other: Prepared, links: Sequence[Sequence[int]], sentences: Sequence[int], words: _Words) -> Span | None:
    """Where the aligned sentences of the other article tell the same words outside quotation marks."""
    best: tuple[float, Span] = (0.0, (0, 0))
    for beside in sorted({beside for sentence in sentences for beside in links[sentence]}):
        start, end = other.sentence_words[beside]
        there = other.words[start:end]
        blocks = [op for op in LCSseq.opcodes(words, there) if op.tag == "equal"]
        share = sum(op.src_end - op.src_start for op in blocks) / len(words)
        if share >= ALIKE and max(op.src_end - op.src_start for op in blocks) >= FEWEST and share > best[0]:
            best = (
                share,
                (other.spans[start + blocks[0].dest_start][0], other.spans[start + blocks[-1].dest_end - 1][1]),
            )
    return best[1] if best[0] else None
