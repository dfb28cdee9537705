"""What became of the figures of a source in its copy."""

from bisect import bisect_left
from collections.abc import Iterable

from generator.compare.figures import DATE, Figure, Value, find_figures, same_figure
from generator.compare.sides import STEM, Sides, added, dropped, sentence_at, told
from generator.evidence import Fact
from generator.frozen import dataclass
from generator.values import Prepared, Span

KIND = "figure"

SMALL = 12
"""Integer: plain numbers up to here are so common that they must stand in aligned sentences, or before the same word."""

_Pair = tuple[int, int]
"""Indices of a figure of the source and of one of the copy."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of both articles, each with its sentence and the stem of the word after it."""

    sides: Sides
    ours: tuple[Figure, ...]
    theirs: tuple[Figure, ...]
    reach: tuple[tuple[int, ...], ...]
    places: tuple[int, ...]
    our_words: tuple[str, ...]
    their_words: tuple[str, ...]


def compare_figures(sides: Sides) -> list[Fact]:
    """Tell which figures were kept, changed, dropped and added.

    Kept: a figure of the same value stands in the copy, however it is written; in aligned sentences if there, else
    anywhere. Changed: aligned sentences hold different values of the same unit, or before the same word.

    Args:
        sides: Sides.

    Returns:
        List of Fact: kept ones, one for each value; changed ones; dropped and added ones, one for each value.
    """
    figures = _gather(sides)
    ours, theirs = figures.ours, figures.theirs
    kept = _keep(figures)
    changed = _change(figures, _rest(ours, 0, kept), _rest(theirs, 1, kept))
    # What is told again in the copy, and not instead of something else, is no addition.
    for j in _rest(theirs, 1, kept + changed):
        again = [i for i, _ in kept if same_figure(ours[i], theirs[j])]
        kept += [(again[0], j)] if again else []
    facts = _kept_facts(figures, kept)
    facts += [
        Fact(KIND, "changed", told(sides.source, [ours[i].span]), told(sides.copy, [theirs[j].span]))
        for i, j in changed
    ]
    facts += [dropped(KIND, sides, spans) for spans in _by_value(ours[i] for i in _rest(ours, 0, kept + changed))]
    return facts + [
        added(KIND, sides, spans) for spans in _by_value(theirs[j] for j in _rest(theirs, 1, kept + changed))
    ]


def _gather(sides: Sides) -> _Figures:
    ours, theirs = find_figures(sides.source), find_figures(sides.copy)
    return _Figures(
        sides,
        ours,
        theirs,
        tuple(sides.forth[sentence_at(sides.source, figure.span[0])] for figure in ours),
        tuple(sentence_at(sides.copy, figure.span[0]) for figure in theirs),
        tuple(_word_after(sides.source, figure) for figure in ours),
        tuple(_word_after(sides.copy, figure) for figure in theirs),
    )


def _word_after(article: Prepared, figure: Figure) -> str:
    place = bisect_left(article.spans, (figure.span[1], 0))
    return article.words[place][:STEM] if place < len(article.words) else ""


def _rest(figures: tuple[Figure, ...], side: int, pairs: Iterable[_Pair]) -> list[int]:
    taken = {pair[side] for pair in pairs}
    return [place for place in range(len(figures)) if place not in taken]


def _keep(figures: _Figures) -> list[_Pair]:
    """For each figure of the source the one of the copy that says the same: in aligned sentences first, unused ones first."""
    pairs: list[_Pair] = []
    used: set[int] = set()
    # Two figures that say the same are two dates, or have one value.
    there: dict[Value | str, list[int]] = {}
    for j, other in enumerate(figures.theirs):
        there.setdefault(_value(other), []).append(j)
    for i, figure in enumerate(figures.ours):
        ranked = [
            (figures.places[j] not in figures.reach[i], j in used, j)
            for j in there.get(_value(figure), ())
            if same_figure(figure, figures.theirs[j])
        ]
        if not ranked:
            continue
        apart, _, j = min(ranked)
        if apart and _is_small(figure) and figures.our_words[i] != figures.their_words[j]:
            continue
        used.add(j)
        pairs.append((i, j))
    return pairs


def _value(figure: Figure) -> Value | str:
    return DATE if figure.unit == DATE else figure.value


def _is_small(figure: Figure) -> bool:
    return not figure.unit and not isinstance(figure.value, tuple) and figure.value <= SMALL


def _change(figures: _Figures, left: Iterable[int], right: Iterable[int]) -> list[_Pair]:
    """Pair what is left on both sides of aligned sentences where the unit is the same, or the word after it."""
    pairs: list[_Pair] = []
    free = list(right)
    for i in left:
        ranked = [
            (figures.our_words[i] != figures.their_words[j], figures.ours[i].value != figures.theirs[j].value, j)
            for j in free
            if figures.places[j] in figures.reach[i] and _comparable(figures, i, j)
        ]
        if ranked:
            j = min(ranked)[2]
            free.remove(j)
            pairs.append((i, j))
    return pairs


def _comparable(figures: _Figures, i: int, j: int) -> bool:
    ours, theirs = figures.ours[i], figures.theirs[j]
    if ours.unit or theirs.unit:
        return ours.unit == theirs.unit or ours.value == theirs.value
    return figures.our_words[i] == figures.their_words[j]


def _kept_facts(figures: _Figures, pairs: Iterable[_Pair]) -> list[Fact]:
    groups: dict[Value, tuple[set[Span], set[Span]]] = {}
    for i, j in pairs:
        ours, theirs = groups.setdefault(figures.ours[i].value, (set(), set()))
        ours.add(figures.ours[i].span)
        theirs.add(figures.theirs[j].span)
    sides = figures.sides
    return [Fact(KIND, "kept", told(sides.source, ours), told(sides.copy, theirs)) for ours, theirs in groups.values()]


def _by_value(figures: Iterable[Figure]) -> Iterable[list[Span]]:
    groups: dict[tuple[Value, str], list[Span]] = {}
    for figure in figures:
        groups.setdefault((figure.value, figure.unit), []).append(figure.span)
    return groups.values()
