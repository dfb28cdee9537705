"""Which words the diff of two runs of sentences keeps."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from generator.compare.numbering import number_words
from generator.compare.once import once
from generator.compare.passages import mark_moved, tile
from generator.frozen import dataclass
from generator.patterns import compile_pattern
from generator.values import Prepared, Span

MOST_CELLS = 2**24
"""Integer: words of one side times words of the other that one table may hold; at one bit each these are 2 MiB."""

ANCHOR_WORDS = 8
"""Integer, in words: texts too long for one table are first cut at the passages of this length that they share."""

WORD_WORTH = 0.5
"""Float: what any word that stands in both texts is worth, besides its weight, when it parts two changes."""

SURE_WORTH = 5.0
"""Float: what is worth this much, such as a name of two words or four light words, is kept between any changes."""

EDGE_WORTH = 2.0
"""Float: what is worth this much is kept at the beginning or end of a row, where it parts no two changes."""

_UNIT = 2**20
# What joins `al-Assad`, `Iran's`, `U.S.` and `1/2` to one word for the eye; a dash, a bracket or a quotation mark parts.
_JOINT = compile_pattern(r"[^\s—–…\"“”„«»()\[\]{}<>|;!?]+")

Block = tuple[int, int, int]
"""Start in the source, start in the copy, number of words: a run that stands in both."""

_Spans = tuple[Span, ...]

_Runs = tuple[_Spans, _Spans]
"""Ranges of words of the source, and of the copy."""

_Units = tuple[list[int], list[int]]
"""Where runs of joined words begin, and where they end."""


def match_words(
    source: Prepared, source_words: Iterable[Span], copy: Prepared, copy_words: Iterable[Span]
) -> list[Block]:
    """Pair the words that the diff of two runs of sentences keeps.

    A longest common subsequence, of which the matches are dropped that would cut a joined word such as `al-Assad` in
    two, and those that are stray: a few light words between two changes.

    Texts whose lengths in words multiply to more than MOST_CELLS are cut first where they share passages of
    ANCHOR_WORDS words in the same order, then, where that is not enough, into equally many pieces. So memory stays
    below 2 MiB a table plus a fixed number of bytes a word.

    Args:
        source: Prepared.
        source_words: Iterable of Span, ranges of the source's words, ascending.
        copy: Prepared.
        copy_words: Iterable of Span, ranges of the copy's words, ascending.

    Returns:
        List of Block, by the indices of words in either article, ascending in both.
    """
    runs = tuple(source_words), tuple(copy_words)
    if not (runs[0] and runs[1]):
        return []
    pair = _pair(source, copy)
    blocks = pair.known.get(runs)
    if blocks is None:
        blocks = pair.known[runs] = _match(pair, runs)
    return blocks


def count_words(blocks: Iterable[Block]) -> int:
    """How many words some blocks hold.

    Args:
        blocks: Iterable of Block.

    Returns:
        Integer.
    """
    return sum([length for _, _, length in blocks])


@dataclass(frozen=True, slots=True)
class _Pair:
    """What is asked again and again of two articles.

    `known` is what was matched: sentences are compared when they are aligned, and mostly again for their row.
    """

    source: list[int]
    copy: list[int]
    weights: tuple[int, ...]
    source_units: _Units
    copy_units: _Units
    known: dict[_Runs, list[Block]]


@once
def _pair(source: Prepared, copy: Prepared) -> _Pair:
    numbered = number_words(source, copy)
    return _Pair(numbered.source, numbered.copy, copy.weights, _units_of(source), _units_of(copy), {})


def _match(pair: _Pair, runs: _Runs) -> list[Block]:
    ours, theirs = _take(pair.source, runs[0]), _take(pair.copy, runs[1])
    if ours == theirs:
        blocks = [(0, 0, len(ours))]
    else:
        blocks = _common_blocks(ours, theirs)
        units = _joined_units(pair.source_units, runs[0]), _joined_units(pair.copy_units, runs[1])
        if _cuts(blocks, 0, units[0]) or _cuts(blocks, 1, units[1]):
            blocks = _keep_whole(blocks, (len(ours), len(theirs)), units)
        blocks = _drop_strays(blocks, len(ours), len(theirs), _take(pair.weights, runs[1]))
    if len(runs[0]) == len(runs[1]) == 1:
        (at_ours, _), (at_theirs, _) = runs[0][0], runs[1][0]
        return [(at_ours + i, at_theirs + j, length) for i, j, length in blocks]
    left, right = ([word for span in spans for word in range(*span)] for spans in runs)
    return _as_blocks((left[i + step], right[j + step]) for i, j, length in blocks for step in range(length))


def _take(items: Sequence[int], spans: _Spans) -> Sequence[int]:
    if len(spans) == 1:
        ((start, end),) = spans
        return items[start:end]
    return [item for start, end in spans for item in items[start:end]]


def _common_blocks(ours: Sequence[int], theirs: Sequence[int]) -> list[Block]:
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
    return _as_blocks((i + step, j + step) for i, j, length in blocks for step in range(length))


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


def _table_blocks(ours: Sequence[int], theirs: Sequence[int], at_ours: int, at_theirs: int) -> list[Block]:
    runs = LCSseq.opcodes(ours, theirs).as_matching_blocks()
    return [(at_ours + i, at_theirs + j, length) for i, j, length in runs if length]


@once
def _units_of(prepared: Prepared) -> _Units:
    """Where the runs of two or more joined words begin, and where they end."""
    text, spans = prepared.article.text, prepared.spans
    starts: list[int] = []
    ends: list[int] = []
    for word in [word for word, (_, end) in enumerate(spans[:-1]) if text[end] != " "]:
        end, start = spans[word][1], spans[word + 1][0]
        if not (_is_joint(text[end:start]) if start > end else text[end - 1].isascii() and text[start].isascii()):
            continue
        if ends and ends[-1] == word + 1:
            ends[-1] = word + 2
        else:
            starts.append(word)
            ends.append(word + 2)
    return starts, ends


def is_joined(prepared: Prepared, word: int) -> bool:
    """Whether a word is joined to the word after it, as `Iran` is in `Iran's`: the two are kept or changed as one.

    Args:
        prepared: Prepared.
        word: Integer, index of a word.

    Returns:
        Boolean.
    """
    starts, ends = _units_of(prepared)
    number = bisect_right(starts, word) - 1
    return number >= 0 and word + 1 < ends[number]


def _joined_units(joined: _Units, spans: _Spans) -> list[Span]:
    """The runs of joined words in some ranges of words, by their places in what these hold together."""
    starts, ends = joined
    units: list[Span] = []
    place = 0
    for first, last in _adjoined(spans):
        number = bisect_right(ends, first + 1)
        while number < len(starts) and starts[number] + 1 < last:
            units.append((place + max(starts[number], first) - first, place + min(ends[number], last) - first))
            number += 1
        place += last - first
    return units


def _adjoined(spans: _Spans) -> Iterable[Span]:
    """The ranges, those joined that follow one another without a gap."""
    if len(spans) == 1:
        return spans
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=2**12)
def _is_joint(between: str) -> bool:
    return _JOINT.fullmatch(between) is not None


def _cuts(blocks: Sequence[Block], side: int, units: Sequence[Span]) -> bool:
    """Whether a run of joined words, of the source or of the copy, stands partly inside a block."""
    ends = [block[side] + block[2] for block in blocks] if units else []
    for start, end in units:
        number = bisect_right(ends, start)
        if number < len(ends):
            first = blocks[number][side]
            if first < end and not first <= start < end <= ends[number]:
                return True
    return False


def _keep_whole(blocks: list[Block], sizes: tuple[int, int], units: tuple[list[Span], list[Span]]) -> list[Block]:
    """Drop the matches of words whose joined neighbours did not match beside them."""
    forth, back = [-1] * sizes[0], [-1] * sizes[1]
    for i, j, length in blocks:
        forth[i : i + length] = range(j, j + length)
        back[j : j + length] = range(i, i + length)
    dropped, before = 0, -1
    while dropped != before:
        before = dropped
        for partner_of, other, runs in ((forth, back, units[0]), (back, forth, units[1])):
            for start, end in runs:
                partners = partner_of[start:end]
                if partners[0] < 0 or partners != list(range(partners[0], partners[0] + end - start)):
                    for word in [word for word in range(start, end) if partner_of[word] >= 0]:
                        other[partner_of[word]] = partner_of[word] = -1
                        dropped += 1
    return [piece for block in blocks for piece in _pieces_left(block, forth)] if dropped else blocks


def _pieces_left(block: Block, partner_of: Sequence[int]) -> list[Block]:
    """What is left of a block where some of its words lost their partners."""
    i, j, length = block
    partners = partner_of[i : i + length]
    if -1 not in partners:
        return [block]
    return _as_blocks((i + step, j + step) for step, partner in enumerate(partners) if partner >= 0)


def _as_blocks(pairs: Iterable[tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    for i, j in pairs:
        if blocks and blocks[-1][0] + blocks[-1][2] == i and blocks[-1][1] + blocks[-1][2] == j:
            blocks[-1] = (blocks[-1][0], blocks[-1][1], blocks[-1][2] + 1)
        else:
            blocks.append((i, j, 1))
    return blocks


def _drop_strays(blocks: list[Block], ours: int, theirs: int, weights: Sequence[int]) -> list[Block]:
    """Drop the runs between two changes that are worth less than the smaller of the changes has words."""
    # Weights are whole, so that the sum is exact.
    worths = {block: sum(weights[block[1] : block[1] + block[2]]) / _UNIT + WORD_WORTH * block[2] for block in blocks}
    before = -1
    while len(blocks) != before:
        before = len(blocks)
        kept: list[Block] = []
        i = j = 0
        for block, (next_i, next_j, _) in zip(blocks, [*blocks[1:], (ours, theirs, 0)], strict=False):
            at, copy_at, length = block
            if worths[block] < SURE_WORTH:
                left = (at - i, copy_at - j)
                right = (next_i - at - length, next_j - copy_at - length)
                # Beside a change that only removes, or only adds, a run parts nothing.
                alone = not ((left[0] or right[0]) and (left[1] or right[1]))
                if not (alone or _earns_place(left, right, worths[block])):
                    continue
            kept.append(block)
            i, j = at + length, copy_at + length
        blocks = kept
    return blocks


def _earns_place(left: tuple[int, int], right: tuple[int, int], worth: float) -> bool:
    if max(left) == 0 or max(right) == 0:
        return worth >= min(left[0] + right[0], left[1] + right[1], EDGE_WORTH)
    return worth >= min(max(left), max(right))
