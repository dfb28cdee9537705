"""Two runs of sentences → a diff of their words that a person can read."""

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

import regex
from rapidfuzz.distance import LCSseq

from generator.compare.once import once
from generator.compare.passages import mark_moved, tile
from generator.values import DiffOp, Prepared, Span

MOST_CELLS = 2**24
"""Integer: words of one side times words of the other that one table may hold; at one bit each these are 2 MiB."""

ANCHOR_WORDS = 8
"""Integer, in words: texts too long for one table are first cut at the passages of this length that they share."""

FEW = 400
"""Integer, in words of both sides: what the diff of so few keeps is remembered."""

WORD_WORTH = 0.5
"""Float: what any word that stands in both texts is worth, besides its weight, when it parts two changes."""

SURE_WORTH = 5.0
"""Float: what is worth this much, such as a name of two words or four light words, is kept between any changes."""

EDGE_WORTH = 2.0
"""Float: what is worth this much is kept at the beginning or end of a row, where it parts no two changes."""

_UNIT = 2**20
# What joins `al-Assad`, `Iran's`, `U.S.` and `1/2` to one word for the eye; a dash, a bracket or a quotation mark parts.
_JOINT = regex.compile(r"[^\s—–…\"“”„«»()\[\]{}<>|;!?]+")

_SPACE = "space"

_Spans = tuple[Span, ...]

_Step = tuple[str, Span | None, Span | None]
"""A piece of a diff: its op, or _SPACE for a `~` that differs in white space alone, and its place in either text."""

_Chunk = tuple[int, int, int, bool]
"""Index of a word, start and end of the characters that go with it, and whether it is joined to the next word."""

_Block = tuple[int, int, int]
"""Start in the source's list, start in the copy's list, number of words: a run that stands in both."""


def match_words(
    source: Prepared, source_words: Sequence[Span], copy: Prepared, copy_words: Sequence[Span]
) -> list[tuple[int, int]]:
    """Pair the words that the diff of two runs of sentences keeps.

    A longest common subsequence, of which the matches are dropped that would cut a joined word such as `al-Assad` in
    two, and those that are stray: a few light words between two changes.

    Texts whose lengths in words multiply to more than MOST_CELLS are cut first where they share passages of
    ANCHOR_WORDS words in the same order, then, where that is not enough, into equally many pieces. So memory stays
    below 2 MiB a table plus a fixed number of bytes a word.

    Args:
        source: Prepared.
        source_words: Sequence of Span, ranges of the source's words, ascending.
        copy: Prepared.
        copy_words: Sequence of Span, ranges of the copy's words, ascending.

    Returns:
        List of pairs of integers: index of a word of the source and of the copy, ascending in both.
    """
    ours = [word for start, end in source_words for word in range(start, end)]
    theirs = [word for start, end in copy_words for word in range(start, end)]
    find = _kept_of_few if len(ours) + len(theirs) <= FEW else _kept_blocks
    blocks = find(
        tuple([source.words[word] for word in ours]),
        tuple([copy.words[word] for word in theirs]),
        (_joined_units(_joints(source), ours), _joined_units(_joints(copy), theirs)),
        tuple([copy.weights[word] for word in theirs]),
    )
    return [pair for i, j, length in blocks for pair in zip(ours[i : i + length], theirs[j : j + length], strict=True)]


def diff_runs(
    source: Prepared,
    source_sentences: Sequence[int],
    copy: Prepared,
    copy_sentences: Sequence[int],
    pairs: Iterable[tuple[int, int]],
) -> tuple[DiffOp, ...]:
    """Show what became of sentences, word by word.

    Args:
        source: Prepared.
        source_sentences: Sequence of integers, indices of sentences, ascending.
        copy: Prepared.
        copy_sentences: Sequence of integers, indices of sentences, ascending.
        pairs: Iterable of pairs of integers, what match_words gives for these sentences.

    Returns:
        Tuple of DiffOp whose spans tile the cells of these sentences, in order, on either side. What was removed
        stands before what replaced it. White space and punctuation go with the word before them, an opening bracket or
        quotation mark with the word after it. A `~` whose sides differ in white space alone is never one with another.
    """
    ours, theirs = _chunks(source, source_sentences), _chunks(copy, copy_sentences)
    return _merge(_steps(source.article.text, ours, copy.article.text, theirs, dict(pairs)))


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


def _kept_blocks(
    ours: tuple[str, ...], theirs: tuple[str, ...], units: tuple[_Spans, _Spans], weights: tuple[int, ...]
) -> list[_Block]:
    if ours == theirs:
        return [(0, 0, len(ours))]
    pairs = {i + step: j + step for i, j, length in _common_blocks(ours, theirs) for step in range(length)}
    if any(units):
        pairs = _keep_whole(pairs, *units)
    worth = [weight / _UNIT + WORD_WORTH for weight in weights]
    return _drop_strays(_as_blocks(pairs.items()), len(ours), len(theirs), worth)


# Sentences are compared when they are aligned, and mostly once more when their row is made.
_kept_of_few = lru_cache(maxsize=2**10)(_kept_blocks)


def _common_blocks(ours: Sequence[str], theirs: Sequence[str]) -> list[_Block]:
    if len(ours) * len(theirs) <= MOST_CELLS:
        return _table_blocks(ours, theirs, 0, 0)
    anchors = [run for run in mark_moved(tile(ours, theirs, ANCHOR_WORDS)) if not run.moved]
    blocks = []
    i = j = 0
    for source, copy, length in [(run.source, run.copy, run.length) for run in anchors] + [(len(ours), len(theirs), 0)]:
        for piece_i, piece_j, next_i, next_j in _pieces(i, j, source, copy):
            blocks += _table_blocks(ours[piece_i:next_i], theirs[piece_j:next_j], piece_i, piece_j)
        blocks.append((source, copy, length))
        i, j = source + length, copy + length
    return blocks


def _pieces(i: int, j: int, end_i: int, end_j: int) -> Iterable[tuple[int, int, int, int]]:
    """Cut what lies between two anchors until each piece fits into a table."""
    wide, high = end_i - i, end_j - j
    if min(wide, high) == 0:
        return
    count = 1
    while -(-wide // count) * -(-high // count) > MOST_CELLS:
        count += 1
    for number in range(count):
        yield (
            i + wide * number // count,
            j + high * number // count,
            i + wide * (number + 1) // count,
            j + high * (number + 1) // count,
        )


def _table_blocks(ours: Sequence[str], theirs: Sequence[str], at_ours: int, at_theirs: int) -> list[_Block]:
    numbers = {word: number for number, word in enumerate(dict.fromkeys((*ours, *theirs)))}
    runs = LCSseq.opcodes([numbers[word] for word in ours], [numbers[word] for word in theirs]).as_matching_blocks()
    return [(at_ours + run.a, at_theirs + run.b, run.size) for run in runs if run.size]


@once
def _joints(prepared: Prepared) -> frozenset[int]:
    """The words that are joined to the word after them."""
    text, spans = prepared.article.text, prepared.spans
    unparted = [word for word, (_, end) in enumerate(spans[:-1]) if text[end] != " "]
    return frozenset([word for word in unparted if _joins(text, spans[word][1], spans[word + 1][0])])


def _joined_units(joints: Container[int], words: Sequence[int]) -> _Spans:
    """The runs of two or more words that are kept or changed as one, such as `Iran's`, by their places."""
    units: list[Span] = []
    for place in [place for place, word in enumerate(words[:-1]) if word in joints]:
        if words[place + 1] != words[place] + 1:
            continue
        if units and units[-1][1] == place + 1:
            units[-1] = (units[-1][0], place + 2)
        else:
            units.append((place, place + 2))
    return tuple(units)


def _joins(text: str, end: int, start: int) -> bool:
    if end == start:
        return text[end - 1].isascii() and text[start].isascii()
    return _JOINT.fullmatch(text, end, start) is not None


def _keep_whole(pairs: dict[int, int], ours: _Spans, theirs: _Spans) -> dict[int, int]:
    """Drop the matches of words whose joined neighbours did not match beside them."""
    back = {copied: word for word, copied in pairs.items()}
    before = -1
    while len(pairs) != before:
        before = len(pairs)
        for forth, other, units in ((pairs, back, ours), (back, pairs, theirs)):
            for start, end in units:
                partners = [forth.get(word, -1) for word in range(start, end)]
                if partners[0] < 0 or partners != list(range(partners[0], partners[0] + end - start)):
                    for word in range(start, end):
                        other.pop(forth.pop(word, -1), None)
    return pairs


def _as_blocks(pairs: Iterable[tuple[int, int]]) -> list[_Block]:
    blocks: list[_Block] = []
    for i, j in pairs:
        if blocks and blocks[-1][0] + blocks[-1][2] == i and blocks[-1][1] + blocks[-1][2] == j:
            blocks[-1] = (blocks[-1][0], blocks[-1][1], blocks[-1][2] + 1)
        else:
            blocks.append((i, j, 1))
    return blocks


def _drop_strays(blocks: list[_Block], ours: int, theirs: int, worth: Sequence[float]) -> list[_Block]:
    """Drop the runs between two changes that are worth less than the smaller of the changes has words."""
    before = -1
    while len(blocks) != before:
        before = len(blocks)
        kept: list[_Block] = []
        i = j = 0
        for number, (at, copy_at, length) in enumerate(blocks):
            next_i, next_j, _ = blocks[number + 1] if number + 1 < before else (ours, theirs, 0)
            left = (at - i, copy_at - j)
            right = (next_i - at - length, next_j - copy_at - length)
            if _earns_place(left, right, sum(worth[copy_at : copy_at + length])):
                kept.append((at, copy_at, length))
                i, j = at + length, copy_at + length
        blocks = kept
    return blocks


def _earns_place(left: tuple[int, int], right: tuple[int, int], worth: float) -> bool:
    removed, added = left[0] + right[0], left[1] + right[1]
    if worth >= SURE_WORTH or not (removed and added):
        return True
    if max(left) == 0 or max(right) == 0:
        return worth >= min(removed, added, EDGE_WORTH)
    return worth >= min(max(left), max(right))


def _chunks(prepared: Prepared, sentences: Sequence[int]) -> list[_Chunk]:
    """The words of some sentences with the characters that go with each; together they tile the sentences' cells."""
    text, spans, joints = prepared.article.text, prepared.spans, _joints(prepared)
    chunks: list[_Chunk] = []
    for sentence in sentences:
        start, end = cell(prepared, sentence)
        first, last = prepared.sentence_words[sentence]
        for word in range(first, last - 1):
            after, before = spans[word][1], spans[word + 1][0]
            if before == after + 1 and text[after] == " ":
                chunks.append((word, start, before, False))
                start = before
                continue
            stop = _part(text, after, before)
            chunks.append((word, start, stop, word in joints))
            start = stop
        chunks.append((last - 1, start, end, False))
    return chunks


def _part(text: str, end: int, start: int) -> int:
    """Where the characters between two words part: after the last white space, else before the second word."""
    place = start
    while place > end and not text[place - 1].isspace():
        place -= 1
    return place if place > end else start


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
