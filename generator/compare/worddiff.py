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
    if _are_neighbours(source_sentences) and _are_neighbours(copy_sentences):
        return _merge(_steps_by_block(source, source_sentences, copy, copy_sentences, blocks))
    ours, theirs = _chunks(source, source_sentences), _chunks(copy, copy_sentences)
    return _merge(_steps(source.article.text, ours, copy.article.text, theirs, _pairs(blocks)))


def _are_neighbours(sentences: Sequence[int]) -> bool:
    return sentences[-1] - sentences[0] == len(sentences) - 1


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
    source: Prepared, ours: Sequence[int], copy: Prepared, theirs: Sequence[int], blocks: Iterable[Block]
) -> Iterable[_Step]:
    """What `_steps` gives for neighbouring sentences, in larger pieces: few blocks differ in anything but words.

    What is written alike is one piece here even where a sentence begins on one side alone.
    """
    text, other = source.article.text, copy.article.text
    begins, copy_begins = _begins(source, ours), _begins(copy, theirs)
    at, copy_at = cell(source, ours[0])[0], cell(copy, theirs[0])[0]
    for i, j, length in (*blocks, (max(begins), max(copy_begins), 0)):
        start, copy_start = _begin(source, i, begins), _begin(copy, j, copy_begins)
        if start > at:
            yield "-", (at, start), None
        if copy_start > copy_at:
            yield "+", None, (copy_at, copy_start)
        if length:
            at, copy_at = _begin(source, i + length, begins), _begin(copy, j + length, copy_begins)
            if text[start:at] == other[copy_start:copy_at]:
                yield "=", (start, at), (copy_start, copy_at)
            else:
                left = list(_chunks_of(source, (i, i + length), (start, at)))
                right = list(_chunks_of(copy, (j, j + length), (copy_start, copy_at)))
                yield from _steps(text, left, other, right, _pairs([(i, j, length)]))


def _begins(prepared: Prepared, sentences: Sequence[int]) -> dict[int, int]:
    """Where the characters of the first word of each sentence begin, and where those of the last end."""
    begins = {prepared.sentence_words[sentence][0]: cell(prepared, sentence)[0] for sentence in sentences}
    last = sentences[-1]
    return begins | {prepared.sentence_words[last][1]: cell(prepared, last)[1]}


def _begin(prepared: Prepared, word: int, begins: Mapping[int, int]) -> int:
    return begins[word] if word in begins else _part(prepared, word - 1)


def _steps(
    text: str, ours: Sequence[_Chunk], other: str, theirs: Sequence[_Chunk], pairs: Mapping[int, int]
) -> Iterable[_Step]:
    """The diff in the smallest pieces."""
    waiting = iter(theirs)
    for word, first, last, joined in (left := iter(ours)):
        partner = pairs.get(word)
        if partner is None:
            yield "-", (first, last), None
            continue
        their_word, second, stop, their_joined = next(waiting)
        while their_word != partner:
            yield "+", None, (second, stop)
            their_word, second, stop, their_joined = next(waiting)
        # Words joined on either side, such as `Iran's`, are marked as one; match_words keeps them whole.
        while joined or their_joined:
            (_, _, last, joined), (_, _, stop, their_joined) = next(left), next(waiting)
        one, another = text[first:last], other[second:stop]
        alike = "=" if one == another else _SPACE if one.split() == another.split() else "~"
        yield alike, (first, last), (second, stop)
    for _, second, stop, _ in waiting:
        yield "+", None, (second, stop)


def _merge(steps: Iterable[_Step]) -> tuple[DiffOp, ...]:
    merged: list[_Step] = []
    last, ours, theirs = "", None, None
    for name, source, copy in steps:
        if (
            name == last
            and (ours is None or source is None or ours[1] == source[0])
            and (theirs is None or copy is None or theirs[1] == copy[0])
        ):
            ours = (ours[0], source[1]) if ours and source else None
            theirs = (theirs[0], copy[1]) if theirs and copy else None
        else:
            if last:
                merged.append((last, ours, theirs))
            last, ours, theirs = name, source, copy
    merged.append((last, ours, theirs))
    return tuple([DiffOp("~" if name == _SPACE else name, source, copy) for name, source, copy in merged])
