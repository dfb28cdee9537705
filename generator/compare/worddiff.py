"""Two runs of sentences → a diff of their words that a person can read."""

from collections.abc import Iterable, Mapping, Sequence

from generator.compare.matching import Block, is_joined
from generator.values import DiffOp, Prepared, Span

_SPACE = "space"

_Step = tuple[str, Span | None, Span | None]
"""A piece of a diff: its op, or _SPACE for a `~` that differs in white space alone, and its place in either text."""

_Chunk = tuple[int, int, int, bool]
"""Index of a word, start and end of the characters that go with it, and whether it is joined to the next word."""


def diff_runs(
    source: Prepared,
    source_sentences: Sequence[int],
    copy: Prepared,
    copy_sentences: Sequence[int],
    blocks: Iterable[Block],
) -> tuple[DiffOp, ...]:
    """Show what became of sentences, word by word.

    Args:
        source: Prepared.
        source_sentences: Sequence of integers, indices of sentences, ascending.
        copy: Prepared.
        copy_sentences: Sequence of integers, indices of sentences, ascending.
        blocks: Iterable of Block, what match_words gives for these sentences.

    Returns:
        Tuple of DiffOp whose spans tile the cells of these sentences, in order, on either side. What was removed
        stands before what replaced it. White space and punctuation go with the word before them, an opening bracket or
        quotation mark with the word after it. A `~` whose sides differ in white space alone is never one with another.
    """
    if len(source_sentences) == len(copy_sentences) == 1:
        return _merge(_steps_by_block(source, source_sentences[0], copy, copy_sentences[0], blocks))
    ours, theirs = _chunks(source, source_sentences), _chunks(copy, copy_sentences)
    return _merge(_steps(source.article.text, ours, copy.article.text, theirs, _pairs(blocks)))


def replaced(
    source: Prepared, source_sentences: Sequence[int], copy: Prepared, copy_sentences: Sequence[int]
) -> tuple[DiffOp, ...]:
    """Show sentences one version after the other, nothing interleaved.

    Args:
        source: Prepared.
        source_sentences: Sequence of integers, indices of sentences, ascending.
        copy: Prepared.
        copy_sentences: Sequence of integers, indices of sentences, ascending.

    Returns:
        Tuple of DiffOp: `-` for the source's cells, then `+` for the copy's.
    """
    if not source_sentences and len(copy_sentences) == 1:
        return (DiffOp("+", None, cell(copy, copy_sentences[0])),)
    removed: list[_Step] = [("-", cell(source, sentence), None) for sentence in source_sentences]
    added: list[_Step] = [("+", None, cell(copy, sentence)) for sentence in copy_sentences]
    return _merge(removed + added)


def cell(prepared: Prepared, sentence: int) -> Span:
    """Offsets of a sentence with the white space that belongs to it; the cells of all sentences tile the text.

    Args:
        prepared: Prepared.
        sentence: Integer, index of a sentence.

    Returns:
        Span: up to the next sentence, or to the end of the text; the first sentence's begins where the text does.
    """
    sentences = prepared.sentences
    start = sentences[sentence][0] if sentence else 0
    end = sentences[sentence + 1][0] if sentence + 1 < len(sentences) else len(prepared.article.text)
    return start, end


def _chunks(prepared: Prepared, sentences: Sequence[int]) -> list[_Chunk]:
    """The words of some sentences with the characters that go with each; together they tile the sentences' cells."""
    chunks: list[_Chunk] = []
    for sentence in sentences:
        chunks += _chunks_of(prepared, prepared.sentence_words[sentence], cell(prepared, sentence))
    return chunks


def _chunks_of(prepared: Prepared, words: Span, characters: Span) -> Iterable[_Chunk]:
    """The words of a range with the characters that go with each; together they tile these characters."""
    (first, last), (start, end) = words, characters
    text, spans = prepared.article.text, prepared.spans
    for word in range(first, last - 1):
        stop = _part(prepared, word)
        yield word, start, stop, text[spans[word][1]] != " " and is_joined(prepared, word)
        start = stop
    yield last - 1, start, end, False


def _part(prepared: Prepared, word: int) -> int:
    """Where the characters between a word and the next part: after the last white space, else before the next word."""
    text, end, place = prepared.article.text, prepared.spans[word][1], prepared.spans[word + 1][0]
    start = place
    while place > end and not text[place - 1].isspace():
        place -= 1
    return place if place > end else start


def _pairs(blocks: Iterable[Block]) -> dict[int, int]:
    return {i + step: j + step for i, j, length in blocks for step in range(length)}


def _steps_by_block(
    source: Prepared, ours: int, copy: Prepared, theirs: int, blocks: Iterable[Block]
) -> Iterable[_Step]:
    """What `_steps` gives for two sentences, in larger pieces: few blocks differ in anything but words."""
    text, other = source.article.text, copy.article.text
    (at, stop), (copy_at, copy_stop) = cell(source, ours), cell(copy, theirs)
    first, copy_first = source.sentence_words[ours][0], copy.sentence_words[theirs][0]
    last, copy_last = source.sentence_words[ours][1], copy.sentence_words[theirs][1]
    for i, j, length in (*blocks, (last, copy_last, 0)):
        start = at if i == first else stop if i == last else _part(source, i - 1)
        copy_start = copy_at if j == copy_first else copy_stop if j == copy_last else _part(copy, j - 1)
        if start > at:
            yield "-", (at, start), None
        if copy_start > copy_at:
            yield "+", None, (copy_at, copy_start)
        if length:
            at = stop if i + length == last else _part(source, i + length - 1)
            copy_at = copy_stop if j + length == copy_last else _part(copy, j + length - 1)
            if text[start:at] == other[copy_start:copy_at]:
                yield "=", (start, at), (copy_start, copy_at)
            else:
                left = list(_chunks_of(source, (i, i + length), (start, at)))
                right = list(_chunks_of(copy, (j, j + length), (copy_start, copy_at)))
                yield from _steps(text, left, other, right, _pairs([(i, j, length)]))


def _steps(
    text: str, ours: Sequence[_Chunk], other: str, theirs: Sequence[_Chunk], pairs: Mapping[int, int]
) -> Iterable[_Step]:
    """The diff in the smallest pieces."""
    i = j = 0
    while i < len(ours) or j < len(theirs):
        partner = pairs.get(ours[i][0]) if i < len(ours) else None
        if i < len(ours) and partner is None:
            yield "-", ours[i][1:3], None
            i += 1
        elif i == len(ours) or theirs[j][0] != partner:
            yield "+", None, theirs[j][1:3]
            j += 1
        else:
            first, second = ours[i][1], theirs[j][1]
            # Words joined on either side, such as `Iran's`, are marked as one; match_words keeps them whole.
            while ours[i][3] or theirs[j][3]:
                i, j = i + 1, j + 1
            yield _same(text, (first, ours[i][2]), other, (second, theirs[j][2]))
            i, j = i + 1, j + 1


def _same(text: str, source: Span, other: str, copy: Span) -> _Step:
    ours, theirs = text[slice(*source)], other[slice(*copy)]
    if ours == theirs:
        return "=", source, copy
    return _SPACE if ours.split() == theirs.split() else "~", source, copy


def _merge(steps: Iterable[_Step]) -> tuple[DiffOp, ...]:
    merged: list[_Step] = []
    last, ours, theirs = "", None, None
    for name, source, copy in steps:
        if name == last and _adjoin(ours, source) and _adjoin(theirs, copy):
            ours, theirs = _join(ours, source), _join(theirs, copy)
        else:
            if last:
                merged.append((last, ours, theirs))
            last, ours, theirs = name, source, copy
    merged.append((last, ours, theirs))
    return tuple([DiffOp("~" if name == _SPACE else name, source, copy) for name, source, copy in merged])


def _adjoin(first: Span | None, second: Span | None) -> bool:
    return first is None or second is None or first[1] == second[0]


def _join(first: Span | None, second: Span | None) -> Span | None:
    return (first[0], second[1]) if first and second else None
