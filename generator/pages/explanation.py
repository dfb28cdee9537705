"""What a comparison comes to: one sentence, its facts, the reasons for either direction, and how the copy reads."""

from collections.abc import Iterable, Mapping, Sequence

from generator.evidence import Direction, Fact, Mention, Reading
from generator.frozen import dataclass
from generator.pages.fragments import Fragments, Pointer, sentences_at
from generator.pages.numbers import count, listing, show_change, show_measure
from generator.pages.strip import OWN, REWORDED, VERBATIM, share_of_kinds
from generator.percent import show_share
from generator.values import Comparison, Prepared, Segment

TITLES = {
    "quotation": "Quotations",
    "figure": "Figures",
    "name": "Names",
    "attribution": "Who says so",
    "hedge": "Hedges",
    "credit": "Credits",
}
"""The kinds of facts as a page heads them, in its order."""

STATES = {"kept": "kept", "changed": "changed", "moved": "said by another", "dropped": "dropped", "added": "added"}
"""The states of facts as a page names them."""

_ORDER = ("moved", "changed", "dropped", "added")
_CONFIDENCE = {"high": "high confidence", "fair": "fair confidence", "": "can’t tell"}

MOST_FACTS = 60
"""Facts of a comparison that a page lists, and two fifths as many kept ones of each kind."""
LONGEST_TEXT = 220
"""Characters of a fact's text that a page shows."""


@dataclass(frozen=True, slots=True)
class FactSide:
    """What one article tells of a fact.

    Attributes:
        text: String; empty where it does not tell it.
        pointers: Tuple of Pointer to the sentences that tell it, or that stand beside those of the other article.
    """

    text: str
    pointers: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact that was not simply kept.

    Attributes:
        kind: String, the heading of its kind.
        state: String, in words.
        source: FactSide.
        copy: FactSide.
        note: String, or empty.
    """

    kind: str
    state: str
    source: FactSide
    copy: FactSide
    note: str


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """The kept facts of a kind.

    Attributes:
        kind: String, the heading of the kind.
        items: Tuple of Pointer, each to where the copy tells it.
        more: Integer, how many are not listed.
    """

    kind: str
    items: tuple[Pointer, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to take one of the two articles for the earlier.

    Attributes:
        letter: String, the article it speaks for.
        text: String.
        counted: Boolean; false where it is too weak to count.
    """

    letter: str
    text: str
    counted: bool


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A readability measure of both articles.

    Attributes:
        name: String, textstat's name.
        source: String.
        copy: String.
        difference: String, empty where either has no number.
        reads: String, `easier`, `harder`, `alike`, or empty.
    """

    name: str
    source: str
    copy: str
    difference: str
    reads: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a comparison comes to.

    Attributes:
        sentence: String, the finding in one sentence.
        facts: Tuple of FactRow, by kind.
        more_facts: Integer, how many are not listed.
        kept: Tuple of KeptFacts.
        reasons: Tuple of Reason.
        confidence: String, in words.
        reading: Tuple of ReadingRow; empty where there is no measure for the language.
        reading_rows: Tuple of Pointer to the rows that changed the reading most.
    """

    sentence: str
    facts: tuple[FactRow, ...]
    more_facts: int
    kept: tuple[KeptFacts, ...]
    reasons: tuple[Reason, ...]
    confidence: str
    reading: tuple[ReadingRow, ...]
    reading_rows: tuple[Pointer, ...]


def make_explanation(
    comparison: Comparison,
    texts: tuple[Prepared, Prepared],
    letters: Mapping[str, str],
    fragments: Fragments,
    mixed: bool = False,
    most: int = MOST_FACTS,
) -> Explanation:
    """Explain a comparison.

    Args:
        comparison: Comparison.
        texts: Pair of Prepared, the source and the copy.
        letters: Mapping from id to letter.
        fragments: Fragments of the page.
        mixed: Boolean; true where the copy has other sources too.
        most: Integer, how many facts it lists.

    Returns:
        Explanation.
    """
    places = tuple(map(_lead_to, sentences_at(comparison, fragments)))
    told = sorted(
        (fact for fact in comparison.facts if fact.state != "kept"),
        key=lambda fact: (tuple(TITLES).index(fact.kind), _ORDER.index(fact.state)),
    )
    reading = comparison.reading
    return Explanation(
        sentence=_sentence(comparison, texts[1], letters, mixed),
        facts=tuple(_fact_row(fact, places) for fact in told[:most]),
        more_facts=max(0, len(told) - most),
        kept=tuple(
            _kept(kind, comparison.facts, places[1], 2 * most // 5)
            for kind in TITLES
            if _has_kept(kind, comparison.facts)
        ),
        reasons=_reasons(comparison.direction, letters),
        confidence=_CONFIDENCE[comparison.direction.confidence],
        reading=_reading(reading) if reading else (),
        reading_rows=_reading_rows(reading, comparison, fragments) if reading else (),
    )


def _lead_to(places: Mapping[int, str]) -> dict[int, Pointer]:
    """The words that lead to each sentence, its number."""
    return {sentence: Pointer(f"{sentence + 1}", fragment) for sentence, fragment in places.items()}


def _has_kept(kind: str, facts: Iterable[Fact]) -> bool:
    return any(fact.kind == kind and fact.state == "kept" for fact in facts)


def _fact_row(fact: Fact, places: Sequence[Mapping[int, Pointer]]) -> FactRow:
    return FactRow(
        kind=TITLES[fact.kind],
        state=STATES[fact.state],
        source=_side(fact.source, places[0]),
        copy=_side(fact.copy, places[1]),
        # Both sides of a moved attribution say who speaks already.
        note="" if (fact.kind, fact.state) == ("attribution", "moved") else fact.note,
    )


def _side(mention: Mention, places: Mapping[int, Pointer]) -> FactSide:
    return FactSide(_shortened(mention.text), tuple(map(places.__getitem__, mention.sentences[:6])))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1].rstrip()}…"


def _kept(kind: str, facts: Iterable[Fact], places: Mapping[int, Pointer], most: int) -> KeptFacts:
    kept = [fact for fact in facts if fact.kind == kind and fact.state == "kept"]
    items = (
        Pointer(_shortened(fact.copy.text), places[fact.copy.sentences[0]].fragment if fact.copy.sentences else "")
        for fact in kept[:most]
    )
    return KeptFacts(TITLES[kind], tuple(items), max(0, len(kept) - most))


def _reasons(direction: Direction, letters: Mapping[str, str]) -> tuple[Reason, ...]:
    return tuple(Reason(letters[voice.source], voice.reason, voice.counted) for voice in direction.voices)


def _reading(reading: Reading) -> tuple[ReadingRow, ...]:
    return tuple(
        ReadingRow(
            change.name,
            show_measure(change.source),
            show_measure(change.copy),
            show_change(change.difference),
            change.reads,
        )
        for change in reading.measures
        if change.source is not None or change.copy is not None
    )


def _reading_rows(reading: Reading, comparison: Comparison, fragments: Fragments) -> tuple[Pointer, ...]:
    segments = {segment.key: segment for segment in comparison.segments}
    return tuple(
        Pointer(
            f"{_row_name(segments[change.key])} made it {'harder' if change.change > 0 else 'easier'}"
            f" ({show_change(round(change.change, 1))} grades)",
            fragments[comparison.name, change.key],
        )
        for change in reading.sentences
    )


def _row_name(segment: Segment) -> str:
    if not segment.copy:
        return f"dropping sentence {segment.source[0] + 1} of the source"
    numbers = listing([str(sentence + 1) for sentence in segment.copy])
    return f"{'sentence' if len(segment.copy) == 1 else 'sentences'} {numbers}"


def _sentence(comparison: Comparison, copy: Prepared, letters: Mapping[str, str], mixed: bool) -> str:
    """The finding in one sentence: what of the copy is word for word, reworded and its own, and what was lost on the way."""
    source, letter = letters[comparison.source], letters[comparison.copy]
    if comparison.verdict == "identical":
        return f"All words of {letter} are those of {source}."
    shares = share_of_kinds(copy, comparison)
    parts = [
        f"{show_share(shares[kind])} {name}"
        for kind, name in (
            (VERBATIM, f"stands word for word in {source}"),
            (REWORDED, "is reworded"),
            (OWN, "is its own or from elsewhere" if mixed else "is its own"),
        )
        if shares[kind]
    ]
    told = filter(None, (_lost(comparison.facts), _altered(comparison.facts)))
    return f"{'; it '.join((f'Of {letter}, {listing(parts)}', *told))}."


def _lost(facts: Sequence[Fact]) -> str:
    """What was dropped that matters: `drops 1 quotation, 2 names (…) and the AP credit`."""
    gone = [fact for fact in facts if fact.state == "dropped"]
    parts = []
    for kind, name in (("quotation", "quotation"), ("figure", "figure"), ("name", "name")):
        number = sum(fact.kind == kind for fact in gone)
        if number:
            parts.append(count(number, name) + _examples(kind, gone))
    surer = sum(fact.kind in ("attribution", "hedge") for fact in gone)
    if surer:
        parts.append(count(surer, "“X said” or hedge", "“X said” or hedges"))
    lines = [fact.source.text if fact.note == "agency" else "" for fact in gone if fact.kind == "credit"]
    if lines:
        parts.append(f"the {lines[0]} credit" if lines[0] else count(len(lines), "credit"))
    return f"drops {listing(parts)}" if parts else ""


def _examples(kind: str, gone: Iterable[Fact]) -> str:
    """The longest name that was dropped, in brackets."""
    if kind != "name":
        return ""
    names = sorted((fact.source.text for fact in gone if fact.kind == "name"), key=lambda text: (-len(text), text))
    return f" ({names[0]})" if len(names) == 1 else f" (such as {names[0]})"


def _altered(facts: Iterable[Fact]) -> str:
    """What was changed or given to somebody else."""
    states = [(fact.kind, fact.state) for fact in facts]
    moved = sum(state == "moved" for _, state in states)
    parts = [f"puts {count(moved, 'statement')} into another mouth"] if moved else []
    changed = [
        count(states.count((kind, "changed")), name)
        for kind, name in (("quotation", "quotation"), ("figure", "figure"), ("name", "name"))
        if (kind, "changed") in states
    ]
    return listing(parts + ([f"changes {listing(changed)}"] if changed else []))
