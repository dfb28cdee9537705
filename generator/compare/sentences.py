"""Which sentences of the source each sentence of the copy restates, and how closely."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from operator import add

from generator.compare.matching import count_words, match_words
from generator.values import Passage, Prepared, SentenceLink, Span

STEM = 5
"""Integer, in letters: words that begin alike up to here, such as `deployed` and `deployment`, are related."""

RELATED = 0.6
"""Share of its weight that a word counts where the source's sentence holds a related word only."""

PAIR = 0.5
"""Share of the weight of two neighbouring words that their standing side by side counts."""

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

MOST_SENTENCES = 64
"""Integer: a word in more sentences than this tells them apart only where a passage leads to one of them."""

_Holders = Mapping[int, float]
"""Sentences of the source, each with the share of a unit's weight that it holds."""

_NONE: dict[int, float] = {}

_Unit = tuple[float, _Holders]
"""Weight of a word or of a pair of words of a sentence, and who holds it."""

_Units = tuple[float, list[_Unit]]
"""The weight of all units of a sentence, and those of them that the source holds."""

_Led = dict[int, list[int]]
"""Sentences of the source that passages lead to, each with its words that lie in them."""

_Steps = tuple["_Steps", int] | None
"""The first origins chosen so far, the last of them outermost; -1 where a sentence has none."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Where the words and pairs of the copy stand in the source, and how rare the words of both are there.

    Rarity is 1 for a word whose stem stands in one sentence or none, and near 0 for one that stands in all of them.
    """

    words: dict[str, _Holders]
    pairs: dict[tuple[str, str], dict[int, float]]
    rarities: dict[str, float]


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
    index = _index(source, copy)
    led = _led_to(source, copy, passages)
    sizes = _sizes(index, source)
    units = [_units(index, copy, span, led[number]) for number, span in enumerate(copy.sentence_words)]
    shares = [_shares(sentence) for sentence in units]
    firsts = _best_path(shares)
    links = []
    for number, first in enumerate(firsts):
        origins = set(_all_origins(first, units[number], shares[number], sizes) if first >= 0 else ())
        origins.update(
            origin for origin, words in led[number].items() if len(words) >= MOSTLY * _length(source, origin)
        )
        links.append(_link(source, sorted(origins), copy, number, led[number]))
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


def _index(source: Prepared, copy: Prepared) -> _Index:
    theirs, shared = set(copy.words), set(pairwise(copy.words)).intersection(pairwise(source.words))
    stem_of = {word: word[:STEM] for word in theirs.union(source.words)}
    words: dict[str, dict[int, float]] = {}
    stems: dict[str, dict[int, float]] = {stem: {} for stem in stem_of.values()}
    pairs: dict[tuple[str, str], dict[int, float]] = {}
    for number, (start, end) in enumerate(source.sentence_words):
        sentence = source.words[start:end]
        for word in theirs.intersection(sentence):
            words.setdefault(word, {})[number] = 1.0
        for word in sentence:
            stems[stem_of[word]][number] = RELATED
        for pair in shared.intersection(pairwise(sentence)):
            pairs.setdefault(pair, {})[number] = 1.0
    most = log(len(source.sentences) + 1)
    rarity_of = {stem: 1 - log(len(related)) / most if related else 1.0 for stem, related in stems.items()}
    holders: dict[str, _Holders] = {}
    for word in theirs:
        related, exact = stems[stem_of[word]], words.get(word, _NONE)
        holders[word] = exact if len(exact) == len(related) else {**related, **exact}
    return _Index(holders, pairs, {word: rarity_of[stem] for word, stem in stem_of.items()})


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


def _units(index: _Index, prepared: Prepared, span: Span, led: Iterable[int]) -> _Units:
    units: list[_Unit] = []
    weights: list[float] = []
    seen: set[str | tuple[str, str]] = set()
    before, weight_before = "", 0.0
    start, end = span
    for word, light in zip(prepared.words[start:end], prepared.weights[start:end], strict=True):
        # One more than the word's weight, so that even a sentence of the lightest words can be told from another.
        weight = (light + 1) * index.rarities[word]
        if word not in seen:
            seen.add(word)
            weights.append(weight)
            if holders := index.words[word]:
                units.append((weight, holders if len(holders) <= MOST_SENTENCES else _those(holders, led)))
        pair = before, word
        if before and pair not in seen:
            seen.add(pair)
            weights.append(PAIR * (weight_before + weight))
            if both := index.pairs.get(pair):
                units.append((weights[-1], both if len(both) <= MOST_SENTENCES else _those(both, led)))
        before, weight_before = word, weight
    return sum(weights), units


def _those(holders: _Holders, led: Iterable[int]) -> _Holders:
    return {number: holders[number] for number in led if number in holders}


def _sizes(index: _Index, source: Prepared) -> list[float]:
    """The weight of each sentence of the source, its words and pairs taken as in _units."""
    sizes = []
    rarities = index.rarities
    for start, end in source.sentence_words:
        words = source.words[start:end]
        rare = [(weight + 1) * rarities[word] for word, weight in zip(words, source.weights[start:end], strict=True)]
        pairs = dict(zip(pairwise(words), map(add, rare, rare[1:]), strict=True))
        sizes.append(sum(dict(zip(words, rare, strict=True)).values()) + PAIR * sum(pairs.values()))
    return sizes


def _shares(sentence: _Units) -> dict[int, float]:
    """What each sentence of the source holds of the units, as a share of their weight."""
    total, units = sentence
    held: defaultdict[int, float] = defaultdict(float)
    for weight, holders in units:
        for number, share in holders.items():
            held[number] += weight * share
    return {number: weight / total for number, weight in held.items()}


def _leap(start: int, end: int) -> float:
    """How far an origin lies from where the sentence before leads, from 0 to 1."""
    if start < 0:
        return 0.0
    return min(1.0, max(0, end - start - 1) / FAR if end >= start else (start - end + 1) / FAR)


def _best_path(shares: Iterable[Mapping[int, float]]) -> list[int]:
    """The first origin of each sentence, or -1: those that hold most, leaps taken off."""
    states: dict[int, tuple[float, _Steps]] = {-1: (0.0, None)}
    for held in shares:
        reached = {place: (score, (steps, -1)) for place, (score, steps) in states.items()}
        strong = sorted((-share, number) for number, share in held.items() if share >= FIRST)
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


def _all_origins(first: int, sentence: _Units, shares: Mapping[int, float], sizes: Sequence[float]) -> list[int]:
    """The first origin and those that bring enough besides."""
    total, units = sentence
    back = {number: RETURN * share * total / sizes[number] for number, share in shares.items()}
    # Nothing brings more than it holds; a hair's breadth is left for rounding.
    able = {number for number, share in shares.items() if share + back[number] >= FURTHER - 1e-9}
    chosen = [first]
    held = [holders.get(first, 0.0) for _, holders in units]
    while able:
        brought = [
            (gain / total + back[number] - ORDER * _apart(number, chosen), -number)
            for number, gain in _gains(units, held, able).items()
            if gain >= LEAST_GAIN * total
        ]
        value, number = max(brought, default=(0.0, 0))
        if value < FURTHER:
            break
        chosen.append(-number)
        held = [max(best, holders.get(-number, 0.0)) for (_, holders), best in zip(units, held, strict=True)]
    return chosen


def _gains(units: Iterable[_Unit], held: Sequence[float], able: Iterable[int]) -> dict[int, float]:
    """The weight that some sentences of the source would add to what is held, by more than one word."""
    gains = {}
    for number in able:
        parts = [
            weight * (holders[number] - best)
            for (weight, holders), best in zip(units, held, strict=True)
            if number in holders and holders[number] > best
        ]
        # A single word in common, most often a name, tells whom a sentence is about, not where it comes from.
        if len(parts) > 1:
            gains[number] = sum(parts)
    return gains


def _apart(number: int, chosen: Iterable[int]) -> float:
    return min(1.0, (min(abs(number - other) for other in chosen) - 1) / FAR)


def _link(source: Prepared, origins: Sequence[int], copy: Prepared, sentence: int, led: _Led) -> SentenceLink:
    if not origins:
        return SentenceLink(sentence, (), "new", 0.0)
    span, length = copy.sentence_words[sentence], _length(copy, sentence)
    searched = [_searched(source, origin, length, led) for origin in origins]
    kept = count_words(match_words(source, searched, copy, [span])) / length
    if kept == 1.0:
        kind = "verbatim"
    else:
        edited = any(likeness(source, part, copy, span) >= EDITED for part in searched)
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
