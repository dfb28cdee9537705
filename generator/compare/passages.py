"""The passages that two articles share word for word, wherever they stand."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush
from typing import TypeVar

from generator.compare.numbering import number_words
from generator.frozen import dataclass
from generator.rules import CompareRules
from generator.values import Passage, Prepared

MOST_PAIRS = 64
"""Integer: a run of words that would pair in more ways than this is paired by rank only, first with first."""

_Run = tuple[int, int, int]
"""Negative length, start in the copy, start in the source: so that a heap gives the longest first, then the earliest."""

_Word = TypeVar("_Word", bound=Hashable)
"""A word, or its number."""

_Name = TypeVar("_Name", bound=Hashable)
"""What equal runs of words have in common: their number, or the words themselves."""

_Placed = tuple[Sequence[Hashable], Mapping[_Name, list[int]]]
"""The words of an article, and where each run begins, ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class Indexed:
    """The words of an article, and its runs of the shortest length, numbered so that equal runs have equal numbers.

    Attributes:
        words: Sequence of strings.
        runs: List of integers, the number of the run that begins at each word.
        places: Dictionary from the number of a run to the list of integers where it begins, ascending.
        shortest: Integer, how many words such a run has.
    """

    words: Sequence[str]
    runs: list[int]
    places: dict[int, list[int]]
    shortest: int


def index_words(words: Sequence[str], shortest: int, numbers: dict[tuple[str, ...], int]) -> Indexed:
    """Index the words of an article, to be tiled with others.

    Args:
        words: Sequence of strings.
        shortest: Integer from 1 up: the fewest words of a run.
        numbers: Dictionary from runs to their numbers; runs that are not in it are added. Articles that are to be tiled
            with one another share one.

    Returns:
        Indexed.
    """
    runs = [numbers.setdefault(run, len(numbers)) for run in _runs_of(words, shortest)]
    return Indexed(words, runs, _places_of(enumerate(runs)), shortest)


def _runs_of(words: Sequence[_Word], shortest: int) -> list[tuple[_Word, ...]]:
    return list(zip(*(words[shift:] for shift in range(shortest)), strict=False))


def _runs_inside(words: Sequence[_Word], common: Set[_Word], shortest: int) -> list[tuple[int, tuple[_Word, ...]]]:
    """The runs all of whose words are among some, each with the place where it begins, ascending."""
    marks, sought = bytes(map(common.__contains__, words)), b"\x01" * shortest
    runs: list[tuple[int, tuple[_Word, ...]]] = []
    start = marks.find(sought)
    while start >= 0:
        end = marks.find(0, start)
        end = len(marks) if end < 0 else end
        runs += enumerate(_runs_of(words[start:end], shortest), start)
        start = marks.find(sought, end)
    return runs


def _places_of(starts: Iterable[tuple[int, _Name]]) -> dict[_Name, list[int]]:
    places: dict[_Name, list[int]] = {}
    for place, name in starts:
        places.setdefault(name, []).append(place)
    return places


def find_passages(source: Prepared, copy: Prepared, rules: CompareRules) -> tuple[Passage, ...]:
    """Find the passages that stand word for word in both articles.

    Greedy string tiling (Wise, 1993): the longest shared run is taken first, of equally long ones that which starts
    earliest in the copy, then in the source; no word lies in two passages.

    The result is exact as long as no `rules.min_passage` words pair in more than MOST_PAIRS ways. Beyond that their
    occurrences are paired first with first, second with second, so that time and memory stay below a fixed multiple of
    the number of words, whatever the texts.

    Args:
        source: Prepared.
        copy: Prepared.
        rules: CompareRules; passages have at least `rules.min_passage` words.

    Returns:
        Tuple of Passage, sorted by their place in the copy; `moved` where one lies outside the heaviest chain of
        passages that stand in the same order in both articles.
    """
    numbered = number_words(source, copy)
    return mark_moved(tile(numbered.source, numbered.copy, rules.min_passage))


def verbatim_share(passages: tuple[Passage, ...], words: int) -> float:
    """Tell how much of an article lies in passages.

    Args:
        passages: Tuple of Passage.
        words: Integer, number of words of the article.

    Returns:
        Share of its words, 0.0 for an article without words.
    """
    return sum(passage.length for passage in passages) / words if words else 0.0


def longest(passages: tuple[Passage, ...]) -> int:
    """Tell how many words the longest passage has.

    Args:
        passages: Tuple of Passage.

    Returns:
        Integer, 0 without passages.
    """
    return max((passage.length for passage in passages), default=0)


def tile(source: Sequence[_Word], copy: Sequence[_Word], shortest: int) -> list[Passage]:
    """Cover two sequences of words with the runs they share, the longest first.

    Args:
        source: Sequence of strings, or of the numbers of words.
        copy: Sequence of the same.
        shortest: Integer from 1 up: the fewest words of a run.

    Returns:
        List of Passage, sorted by their place in the copy, none of them marked as moved.
    """
    # Of two articles alone most runs need no number and no place: they hold a word that only one of the two has.
    common = set(source).intersection(copy)
    ours, theirs = _runs_inside(source, common, shortest), _runs_inside(copy, common, shortest)
    shared = {run for _, run in ours}.intersection([run for _, run in theirs])
    if not shared:
        return []
    ours_at, theirs_at = ([(place, run) for place, run in runs if run in shared] for runs in (ours, theirs))
    runs = _maximal_runs((source, _places_of(ours_at)), (copy, _places_of(theirs_at)), theirs_at, shortest)
    return _choose_tiles(runs, len(source), len(copy), shortest)


def tile_indexed(source: Indexed, copy: Indexed) -> list[Passage]:
    """Cover the words of two articles as `tile` does.

    Args:
        source: Indexed.
        copy: Indexed, with the same numbers.

    Returns:
        List of Passage, sorted by their place in the copy, none of them marked as moved.
    """
    # Most words of most pairs stand in no shared run: they are passed over at the speed of a look-up.
    starts = [(place, run) for place, run in enumerate(copy.runs) if run in source.places]
    runs = _maximal_runs((source.words, source.places), (copy.words, copy.places), starts, source.shortest)
    return _choose_tiles(runs, len(source.words), len(copy.words), source.shortest)


def _choose_tiles(runs: list[_Run], ours: int, theirs: int, shortest: int) -> list[Passage]:
    """The tiles that greedily cover articles of so many words, the longest first."""
    heapify(runs)
    taken_source, taken_copy = bytearray(ours), bytearray(theirs)
    tiles = []
    while runs:
        negative, at_copy, at_source = run = heappop(runs)
        length = -negative
        marks_source = taken_source[at_source : at_source + length]
        marks_copy = taken_copy[at_copy : at_copy + length]
        if 1 in marks_source or 1 in marks_copy:
            for piece in _free_pieces(run, marks_source, marks_copy, shortest):
                heappush(runs, piece)
            continue
        taken_source[at_source : at_source + length] = taken_copy[at_copy : at_copy + length] = b"\x01" * length
        tiles.append(Passage(at_source, at_copy, length))
    return sorted(tiles, key=lambda passage: passage.copy)


def mark_moved(tiles: Sequence[Passage]) -> tuple[Passage, ...]:
    """Mark the passages that stand in another order than most of the text.

    Args:
        tiles: Sequence of Passage without overlaps, sorted by their place in the copy.

    Returns:
        Tuple of Passage: those outside the heaviest chain, counted in words, that ascends in both articles are moved.
    """
    chain = set(_heaviest_chain(tiles))
    return tuple(
        tile if number in chain else Passage(tile.source, tile.copy, tile.length, moved=True)
        for number, tile in enumerate(tiles)
    )


def _maximal_runs(
    source: _Placed[_Name], copy: _Placed[_Name], starts: Iterable[tuple[int, _Name]], shortest: int
) -> list[_Run]:
    """Find every run of shared words that can't be made longer at either end; `starts` are the copy's shared runs in order."""
    (ours, our_places), (theirs, their_places) = source, copy
    ranks: dict[_Name, int] = {}
    reached: dict[int, int] = {}
    runs = []
    for at_copy, name in starts:
        partners = our_places[name]
        if len(partners) * len(their_places[name]) > MOST_PAIRS:
            rank = ranks[name] = ranks.get(name, -1) + 1
            partners = partners[rank : rank + 1]
        for at_source in partners:
            diagonal = at_source - at_copy
            if reached.get(diagonal, 0) <= at_copy:
                run = _extend(ours, theirs, at_source, at_copy, shortest)
                reached[diagonal] = run[1] - run[0]
                runs.append(run)
    return runs


def _extend(source: Sequence[Hashable], copy: Sequence[Hashable], at_source: int, at_copy: int, length: int) -> _Run:
    # Backwards only past words that were paired by rank: everywhere else the run began at its first word.
    while at_source and at_copy and source[at_source - 1] == copy[at_copy - 1]:
        at_source, at_copy, length = at_source - 1, at_copy - 1, length + 1
    room = min(len(source) - at_source, len(copy) - at_copy)
    while length < room and source[at_source + length] == copy[at_copy + length]:
        length += 1
    return -length, at_copy, at_source


def _free_pieces(run: _Run, marks_source: bytearray, marks_copy: bytearray, shortest: int) -> list[_Run]:
    """Cut a run where other tiles took its words; pieces that are too short are lost."""
    length, at_copy, at_source = -run[0], run[1], run[2]
    taken = int.from_bytes(marks_source, "little") | int.from_bytes(marks_copy, "little")
    marks = taken.to_bytes(length, "little")
    pieces = []
    start = 0
    while start < length:
        end = marks.find(1, start)
        end = length if end < 0 else end
        if end - start >= shortest:
            pieces.append((start - end, at_copy + start, at_source + start))
        start = marks.find(0, end)
        if start < 0:
            break
    return pieces


def _heaviest_chain(tiles: Sequence[Passage]) -> list[int]:
    """Find the tiles, by number, of the heaviest chain that ascends in the source as well."""
    ends: list[int] = []
    chains: list[tuple[int, int]] = []
    before: list[int] = []
    for number, current in enumerate(tiles):
        place = bisect_left(ends, current.source)
        weight, previous = chains[place - 1] if place else (0, -1)
        before.append(previous)
        weight += current.length
        # `ends` ascends and so do the weights: a chain that ends later and weighs no more is of no use.
        stop = place
        while stop < len(ends) and chains[stop][0] <= weight:
            stop += 1
        ends[place:stop] = [current.source]
        chains[place:stop] = [(weight, number)]
    number = chains[-1][1] if chains else -1
    chain = []
    while number >= 0:
        chain.append(number)
        number = before[number]
    return chain
