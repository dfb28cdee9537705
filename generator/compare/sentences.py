"""Which sentences of the source each sentence of the copy restates, and how closely."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import add

from generator.compare.holding import Held, hold_sentences
from generator.compare.matching import count_words, match_words
from generator.values import Passage, Prepared, SentenceLink, Span

FIRST = 0.17
"""Share: what a sentence of the source must hold of the copy's to be its origin."""

FURTHER = 0.15
"""Share: what a further origin must bring: what it adds, and RETURN times what of it stands in the copy's sentence."""

RETURN = 0.3
"""Float, see FURTHER."""

LEAST_GAIN = 0.03
"""Share: what a further origin must add, however much of it stands in the copy's sentence."""

ORDER = 0.08
"""Share taken off an origin FAR from where the sentences before lead; less for a nearer one, nothing for the next."""

FAR = 4
"""Integer, in sentences."""

EDITED = 0.38
"""Share, see `likeness`: a sentence is edited from here on and rewritten below."""

MOSTLY = 0.5
"""Share of the words of a sentence of the source: with this many in passages of one sentence of the copy, it is an origin."""

LONG = 1000
"""Integer, in words: of a longer sentence that is also 4 times as long as the copy's, such as a text without full stops,
only a part is compared word by word."""

CANDIDATES = 8
"""Integer: how many sentences of the source are weighed as the first origin of a sentence."""

_Led = dict[int, list[int]]
"""Sentences of the source that passages lead to, each with its words that lie in them."""

_Steps = tuple["_Steps", int] | None
"""The first origins chosen so far, the last of them outermost; -1 where a sentence has none."""


def align_sentences(source: Prepared, copy: Prepared, passages: tuple[Passage, ...]) -> tuple[SentenceLink, ...]:
    """Tell for each sentence of the copy which sentences of the source it restates.

    A sentence is taken for its words, their stems of STEM letters, and its pairs of neighbouring words. Each counts by
    its weight, the more the fewer sentences of the source hold it. The first origins of all sentences are the path
    through the source that holds most of them, where a leap costs up to ORDER (Viterbi, 1967). Further origins follow
    greedily while they bring FURTHER, and without question where MOSTLY of their words lie in passages of the sentence.

    Kinds: `verbatim` where the diff keeps every word; `edited` where the likeness to one of the origins is at least
    EDITED; `rewritten` where it is less; `new` without an origin.

    Time and memory grow with the number of words times MOST_SENTENCES at most.

    Args:
        source: Prepared.
        copy: Prepared.
        passages: Tuple of Passage, those that the two share.

    Returns:
        Tuple of SentenceLink, one for each sentence of the copy, in order.
    """
    led = _led_to(source, copy, passages)
    held, sizes = hold_sentences(source, copy, led)
    firsts = _best_path([sentence.shares for sentence in held])
    links = []
    for number, first in enumerate(firsts):
        origins = set(_all_origins(first, held[number], sizes) if first >= 0 else ())
        origins.update(
            origin for origin, words in led[number].items() if len(words) >= MOSTLY * _length(source, origin)
        )
        links.append(_link(source, sorted(origins), copy, number, led[number], held[number].likeness))
    return tuple(links)


def likeness(source: Prepared, source_words: Span, copy: Prepared, copy_words: Span) -> float:
    """Tell how much of a sentence stands in another: the reuse of articles, asked of two sentences.

    Args:
        source: Prepared.
        source_words: Span, indices of the words of the source's sentence.
        copy: Prepared.
        copy_words: Span, indices of the words of the copy's sentence.

    Returns:
        Share by weight of the distinct words and pairs of neighbouring words of the copy's sentence.
    """
    ours, theirs = source.words[slice(*source_words)], copy.words[slice(*copy_words)]
    light = copy.weights[slice(*copy_words)]
    weights: dict[str | tuple[str, str], int] = dict(zip(theirs, light, strict=True))
    weights.update(zip(pairwise(theirs), map(add, light, light[1:]), strict=True))
    total = sum(weights.values())
    held = weights.keys() & {*ours, *pairwise(ours)}
    return sum(map(weights.__getitem__, held)) / total if total else float(len(held) == len(weights))


def _led_to(source: Prepared, copy: Prepared, passages: Iterable[Passage]) -> list[_Led]:
    """For each sentence of the copy the source's words that passages lead to, by the sentence they stand in."""
    led: list[_Led] = [{} for _ in copy.sentences]
    ours, theirs = _sentence_of_word(source), _sentence_of_word(copy)
    for passage in passages:
        for word in range(passage.source, passage.source + passage.length):
            led[theirs[word - passage.source + passage.copy]].setdefault(ours[word], []).append(word)
    return led


def _sentence_of_word(prepared: Prepared) -> list[int]:
    return [number for number, (start, end) in enumerate(prepared.sentence_words) for _ in range(start, end)]


def _leap(start: int, end: int) -> float:
    """How far an origin lies from where the sentence before leads, from 0 to 1."""
    if start < 0:
        return 0.0
    return min(1.0, max(0, end - start - 1) / FAR if end >= start else (start - end + 1) / FAR)


def _best_path(shares: Iterable[Mapping[int, float]]) -> list[int]:
    """The first origin of each sentence, or -1: those that hold most, leaps taken off."""
    states: dict[int, tuple[float, _Steps]] = {-1: (0.0, None)}
    for held in shares:
        reached: dict[int, tuple[float, _Steps]] = {
            place: (score, (steps, -1)) for place, (score, steps) in states.items()
        }
        strong = sorted([(-share, number) for number, share in held.items() if share >= FIRST])
        if not strong:
            states = reached
            continue
        for share, number in strong[:CANDIDATES]:
            score, start = max((score - ORDER * _leap(place, number), -place) for place, (score, _) in states.items())
            score += -share - FIRST
            if number not in reached or score > reached[number][0]:
                reached[number] = (score, (states[-start][1], number))
        best = sorted(reached, key=lambda place: (-reached[place][0], place))
        states = {place: reached[place] for place in best[:CANDIDATES]}
    steps = next(iter(states.values()))[1]
    path = []
    while steps:
        steps, number = steps
        path.append(number)
    return path[::-1]


def _all_origins(first: int, sentence: Held, sizes: Sequence[float]) -> list[int]:
    """The first origin and those that bring enough besides."""
    total, shares = sentence.total, sentence.shares
    back = {number: RETURN * share * total / sizes[number] for number, share in shares.items()}
    # Nothing brings more than it holds; a hair's breadth is left for rounding.
    able = {
        number: sentence.holds(number)
        for number, share in shares.items()
        if share + back[number] >= FURTHER - 1e-9 and number != first
    }
    chosen = [first]
    held = sentence.holds(first) if able else ()
    while able:
        brought = [
            (gain / total + back[number] - ORDER * _apart(number, chosen), -number)
            for number, gain in _gains(sentence.weights, held, able).items()
            if gain >= LEAST_GAIN * total
        ]
        value, number = max(brought, default=(0.0, 0))
        if value < FURTHER:
            break
        chosen.append(-number)
        held = list(map(max, held, able.pop(-number)))
    return chosen


def _gains(weights: Sequence[float], held: Sequence[float], able: Mapping[int, Sequence[float]]) -> dict[int, float]:
    """The weight that some sentences of the source would add to what is held, by more than one word."""
    gains = {}
    for number, holds in able.items():
        parts = [
            weight * (share - best) for weight, share, best in zip(weights, holds, held, strict=True) if share > best
        ]
        # A single word in common, most often a name, tells whom a sentence is about, not where it comes from.
        if len(parts) > 1:
            gains[number] = sum(parts)
    return gains


def _apart(number: int, chosen: Iterable[int]) -> float:
    return min(1.0, (min(abs(number - other) for other in chosen) - 1) / FAR)


def _link(
    source: Prepared, origins: Sequence[int], copy: Prepared, sentence: int, led: _Led, known: Sequence[float]
) -> SentenceLink:
    if not origins:
        return SentenceLink(sentence, (), "new", 0.0)
    span, length = copy.sentence_words[sentence], _length(copy, sentence)
    searched = [_searched(source, origin, length, led) for origin in origins]
    kept = count_words(match_words(source, searched, copy, [span])) / length
    if kept == 1.0:
        kind = "verbatim"
    else:
        edited = any(
            (known[origin] if known and part == source.sentence_words[origin] else likeness(source, part, copy, span))
            >= EDITED
            for origin, part in zip(origins, searched, strict=True)
        )
        kind = "edited" if edited else "rewritten"
    return SentenceLink(sentence, tuple(origins), kind, kept)


def _searched(source: Prepared, origin: int, length: int, led: _Led) -> Span:
    """The words of an origin that a sentence of some length is compared with: all, or those near a passage."""
    start, end = source.sentence_words[origin]
    most = max(LONG, 4 * length)
    if end - start > most:
        words = led.get(origin, [start])
        start = max(start, words[0] - length)
        end = min(end, words[-1] + 1 + length, start + most)
    return start, end


def _length(prepared: Prepared, sentence: int) -> int:
    start, end = prepared.sentence_words[sentence]
    return end - start
