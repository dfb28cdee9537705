"""The rows of a comparison: sentences of the copy beside those of the source, each row with its diff."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from generator.compare.matching import count_words, match_words
from generator.compare.passages import mark_moved
from generator.compare.sentences import LONG
from generator.compare.worddiff import cell, diff_runs, replaced
from generator.frozen import dataclass
from generator.values import DiffOp, Passage, Prepared, Segment, SentenceLink

INTERLEAVED = 1 / 3
"""Share: where the diff keeps fewer of the copy's words, the two versions stand one after the other."""

KEY_DIGITS = 10
"""Integer, hexadecimal digits of a segment's key."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Sentences of both texts that go together, before their diff is made."""

    source: tuple[int, ...]
    copy: tuple[int, ...]


def build_segments(
    source: Prepared, copy: Prepared, links: tuple[SentenceLink, ...], passages: tuple[Passage, ...]
) -> tuple[Segment, ...]:
    """Put the sentences of two articles side by side.

    A source sentence that several sentences of the copy restate goes to the one that keeps most of its words, of
    equals the first; the others name it in `also`. A sentence of the copy whose origins all went to the segment before
    or after it joins that segment: one sentence was split. Source sentences that nothing took follow the segment
    that holds the source sentence before them.

    Args:
        source: Prepared.
        copy: Prepared.
        links: Tuple of SentenceLink, as align_sentences gives them.
        passages: Tuple of Passage, those that the two share.

    Returns:
        Tuple of Segment, as values.Segment says.
    """
    rows = _join_split(_rows(source, copy, links), links)
    moved = _moved(source, copy, rows, passages)
    after = _dropped_after(source, rows)
    keys = _Keys(source, copy)
    segments = [_dropped(source, sentence, keys) for sentence in after.get(-1, ())]
    for number, row in enumerate(rows):
        segments.append(_segment(source, copy, row, links, number in moved, keys))
        segments += [_dropped(source, sentence, keys) for sentence in after.get(number, ())]
    return tuple(segments)


def _rows(source: Prepared, copy: Prepared, links: Sequence[SentenceLink]) -> list[_Row]:
    """One row for each sentence of the copy, with the source sentences it keeps more of than any other does."""
    takers: dict[int, list[int]] = {}
    for link in links:
        for origin in link.origins:
            takers.setdefault(origin, []).append(link.copy)
    owned: list[list[int]] = [[] for _ in links]
    for origin in sorted(takers):
        owned[_owner(source, origin, copy, [links[taker] for taker in takers[origin]])].append(origin)
    return [_Row(tuple(owned[link.copy]), (link.copy,)) for link in links]


def _owner(source: Prepared, origin: int, copy: Prepared, takers: Sequence[SentenceLink]) -> int:
    if len(takers) == 1:
        return takers[0].copy
    span = source.sentence_words[origin]
    if span[1] - span[0] > LONG:
        kept = [taker.kept * _length(copy, taker.copy) for taker in takers]
    else:
        kept = [count_words(match_words(source, [span], copy, [copy.sentence_words[taker.copy]])) for taker in takers]
    return takers[kept.index(max(kept))].copy


def _join_split(rows: list[_Row], links: Sequence[SentenceLink]) -> list[_Row]:
    """Join the parts of a split sentence: those left without a source sentence to the row beside them that has it."""
    for step in (1, -1):
        joined: list[_Row] = []
        for row in rows[::step]:
            origins = {origin for sentence in row.copy for origin in links[sentence].origins}
            if joined and not row.source and origins & set(joined[-1].source):
                joined[-1] = _Row(joined[-1].source, tuple(sorted(joined[-1].copy + row.copy)))
            else:
                joined.append(row)
        rows = joined[::step]
    return rows


def _segment(
    source: Prepared, copy: Prepared, row: _Row, links: Sequence[SentenceLink], moved: bool, keys: "_Keys"
) -> Segment:
    blocks = match_words(
        source,
        [source.sentence_words[sentence] for sentence in row.source],
        copy,
        [copy.sentence_words[sentence] for sentence in row.copy],
    )
    kept = count_words(blocks) / sum([_length(copy, sentence) for sentence in row.copy])
    interleaved = kept >= INTERLEAVED
    between = diff_runs(source, row.source, copy, row.copy, blocks) if interleaved else None
    ops = between or replaced(source, row.source, copy, row.copy)
    origins = {origin for sentence in row.copy for origin in links[sentence].origins}
    also = tuple(sorted(origins.difference(row.source)))
    key = keys.name(row.source, row.copy)
    return Segment(_kind(copy, row, links), row.source, row.copy, also, ops, kept, interleaved, moved, key)


def _dropped(source: Prepared, sentence: int, keys: "_Keys") -> Segment:
    ops = (DiffOp("-", cell(source, sentence), None),)
    key = keys.name((sentence,), ())
    return Segment("dropped", (sentence,), (), (), ops, 0.0, interleaved=False, moved=False, key=key)


def _kind(copy: Prepared, row: _Row, links: Sequence[SentenceLink]) -> str:
    """The kind of most words of a row; `verbatim` only where all of it is."""
    if len(row.copy) == 1:
        return links[row.copy[0]].kind
    words: Counter[str] = Counter()
    for sentence in row.copy:
        words[links[sentence].kind] += _length(copy, sentence)
    if len(words) > 1 and words.pop("verbatim", 0):
        words["edited"] += 1
    return max(sorted(words, reverse=True), key=lambda kind: words[kind])


def _length(prepared: Prepared, sentence: int) -> int:
    start, end = prepared.sentence_words[sentence]
    return end - start


def _moved(source: Prepared, copy: Prepared, rows: Sequence[_Row], passages: Iterable[Passage]) -> set[int]:
    """The rows that stand in another order than most, where a passage shows beyond doubt whence they came."""
    runs = [
        Passage(row.source[0], number, sum([_length(copy, sentence) for sentence in row.copy]))
        for number, row in enumerate(rows)
        if row.source
    ]
    moved = {run.copy for run in mark_moved(runs) if run.moved}
    if not moved:
        return moved
    joined = {(_sentence_at(source, run.source), _sentence_at(copy, run.copy)) for run in passages}
    return {number for number in moved if any((i, j) in joined for i in rows[number].source for j in rows[number].copy)}


def _sentence_at(prepared: Prepared, word: int) -> int:
    return bisect_left(prepared.sentence_words, (word + 1, 0)) - 1


def _dropped_after(source: Prepared, rows: Sequence[_Row]) -> dict[int, list[int]]:
    """The source sentences that no row holds, each by the row that holds the sentence before it; -1 where none does."""
    holder = {sentence: number for number, row in enumerate(rows) for sentence in row.source}
    after: dict[int, list[int]] = {}
    place = -1
    for sentence in range(len(source.sentences)):
        if sentence in holder:
            place = holder[sentence]
        else:
            after.setdefault(place, []).append(sentence)
    return after


class _Keys:
    """Names segments by their contents; of several alike, in their order, all but the first by their number too."""

    def __init__(self, source: Prepared, copy: Prepared) -> None:
        self._source, self._copy = source, copy
        self._seen: dict[str, int] = {}

    def name(self, source: Sequence[int], copy: Sequence[int]) -> str:
        """The key of the segment that holds some sentences of the source and of the copy."""
        contents = f"{_contents(self._source, source)}\x1d{_contents(self._copy, copy)}"
        ordinal = self._seen.get(contents, 0)
        self._seen[contents] = ordinal + 1
        digest = sha256(f"{contents}\x1d{ordinal}".encode() if ordinal else contents.encode())
        return digest.hexdigest()[:KEY_DIGITS]


def _contents(prepared: Prepared, sentences: Sequence[int]) -> str:
    if len(sentences) == 1:
        start, end = prepared.sentences[sentences[0]]
        return prepared.article.text[start:end]
    return "\x1e".join([prepared.article.text[slice(*prepared.sentences[sentence])] for sentence in sentences])
