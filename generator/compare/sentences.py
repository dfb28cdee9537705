"""Which sentences of the source each sentence of the copy restates, and how closely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from generator.compare.worddiff import match_words
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

_Led = dict[int, list[int]]
"""Sentences of the source that passages lead to, each with its words that lie in them."""

_Steps = tuple["_Steps", int] | None
"""The first origins chosen so far, the last of them outermost; -1 where a sentence has none."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Where the source's words, stems and pairs stand; `known` holds what _look_up has found so far.

    Rarity is 1 for a stem that stands in one sentence, and near 0 for one that stands in all of them.
    """

    sentences: int
    words: dict[str, dict[int, float]] = field(default_factory=dict)
    stems: dict[str, dict[int, float]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], dict[int, float]] = field(default_factory=dict)
    known: dict[str, tuple[float, _Holders]] = field(default_factory=dict)


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
    index = _index(source)
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
    start, end = source_words
    held: set[str | tuple[str, str]] = set(source.words[start:end])
    held.update(pairwise(source.words[start:end]))
    start, end = copy_words
    weights: dict[str | tuple[str, str], int] = dict(zip(copy.words[start:end], copy.weights[start:end], strict=True))
    for place in range(start, end - 1):
        pair = copy.words[place], copy.words[place + 1]
        weights[pair] = copy.weights[place] + copy.weights[place + 1]
    total = sum(weights.values())
    return (
        sum(weight for unit, weight in weights.items() if unit in held) / total
        if total
        else float(held >= set(weights))
    )


def _index(source: Prepared) -> _Index:
    index = _Index(len(source.sentences))
    for number, (start, end) in enumerate(source.sentence_words):
        words = source.words[start:end]
        for word in words:
            index.words.setdefault(word, {})[number] = 1.0
            index.stems.setdefault(word[:STEM], {})[number] = RELATED
        for pair in pairwise(words):
            index.pairs.setdefault(pair, {})[number] = 1.0
    return index


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


def _units(index: _Index, prepared: Prepared, span: Span, led: Iterable[int]) -> list[_Unit]:
    units: list[_Unit] = []
    seen: set[str | tuple[str, str]] = set()
    before, weight_before = "", 0.0
    for place in range(*span):
        word = prepared.words[place]
        rarity, holders = _look_up(index, word)
        # One more than the word's weight, so that even a sentence of the lightest words can be told from another.
        weight = (prepared.weights[place] + 1) * rarity
        if word not in seen:
            seen.add(word)
            units.append((weight, holders if len(holders) <= MOST_SENTENCES else _those(holders, led)))
        pair = before, word
        if before and pair not in seen:
            seen.add(pair)
            both = index.pairs.get(pair, _NONE)
            units.append((PAIR * (weight_before + weight), both if len(both) <= MOST_SENTENCES else _those(both, led)))
        before, weight_before = word, weight
    return units


def _look_up(index: _Index, word: str) -> tuple[float, _Holders]:
    """The rarity of a word, and the sentences that hold it or a related one."""
    known = index.known.get(word)
    if known is None:
        related = index.stems.get(word[:STEM], _NONE)
        exact = index.words.get(word, _NONE)
        rarity = 1 - log(len(related)) / log(index.sentences + 1) if related else 1.0
        known = index.known[word] = rarity, exact if len(exact) == len(related) else {**related, **exact}
    return known


def _those(holders: _Holders, led: Iterable[int]) -> _Holders:
    return {number: holders[number] for number in led if number in holders}


def _sizes(index: _Index, source: Prepared) -> list[float]:
    """The weight of each sentence of the source, its words and pairs taken as in _units."""
    sizes = []
    rarities = {word: _look_up(index, word)[0] for word in index.words}
    for start, end in source.sentence_words:
        words = source.words[start:end]
        rare = [(weight + 1) * rarities[word] for word, weight in zip(words, source.weights[start:end], strict=True)]
        pairs = dict(zip(pairwise(words), (first + second for first, second in pairwise(rare)), strict=True))
        sizes.append(sum(dict(zip(words, rare, strict=True)).values()) + PAIR * sum(pairs.values()))
    return sizes


def _shares(units: Sequence[_Unit]) -> dict[int, float]:
    """What each sentence of the source holds of the units, as a share of their weight."""
    held: dict[int, float] = {}
    for weight, holders in units:
        for number, share in holders.items():
            held[number] = held.get(number, 0.0) + weight * share
    total = sum(weight for weight, _ in units)
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


def _all_origins(first: int, units: Sequence[_Unit], shares: Mapping[int, float], sizes: Sequence[float]) -> list[int]:
    """The first origin and those that bring enough besides."""
    total = sum(weight for weight, _ in units)
    chosen = [first]
    held = [holders.get(first, 0.0) for _, holders in units]
    while True:
        brought = [
            (gain / total + RETURN * shares[number] * total / sizes[number] - ORDER * _apart(number, chosen), -number)
            for number, gain in _gains(units, held).items()
            if gain >= LEAST_GAIN * total
        ]
        value, number = max(brought, default=(0.0, 0))
        if value < FURTHER:
            return chosen
        chosen.append(-number)
        held = [max(best, holders.get(-number, 0.0)) for (_, holders), best in zip(units, held, strict=True)]


def _gains(units: Iterable[_Unit], held: Iterable[float]) -> dict[int, float]:
    """The weight that each sentence of the source would add to what is held, by more than one word."""
    gains: dict[int, list[float]] = {}
    for (weight, holders), best in zip(units, held, strict=True):
        for number, share in holders.items():
            if share > best:
                gains.setdefault(number, []).append(weight * (share - best))
    # A single word in common, most often a name, tells whom a sentence is about, not where it comes from.
    return {number: sum(parts) for number, parts in gains.items() if len(parts) > 1}


def _apart(number: int, chosen: Iterable[int]) -> float:
    return min(1.0, (min(abs(number - other) for other in chosen) - 1) / FAR)


def _link(source: Prepared, origins: Sequence[int], copy: Prepared, sentence: int, led: _Led) -> SentenceLink:
    if not origins:
        return SentenceLink(sentence, (), "new", 0.0)
    span, length = copy.sentence_words[sentence], _length(copy, sentence)
    searched = [_searched(source, origin, length, led) for origin in origins]
    kept = len(match_words(source, searched, copy, [span])) / length
    if kept == 1.0:
        kind = "verbatim"
    else:
        alike = max(likeness(source, part, copy, span) for part in searched)
        kind = "edited" if alike >= EDITED else "rewritten"
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
