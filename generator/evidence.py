"""What is told about a pair beyond its numbers, frozen: facts, voices for either direction, changes of readability.

Offsets are code points into an article's `text`.
"""

from generator.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """One reason to take an article for the earlier of two.

    Attributes:
        source: String, the id of the article it speaks for.
        kind: String, `date`, `credits`, `asymmetry` or `detail`.
        reason: String, one phrase.
        counted: Boolean; false where it is shown but too weak to decide.
    """

    source: str
    kind: str
    reason: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Direction:
    """Which of two articles is likely the earlier.

    Attributes:
        source: String, the id of the likely source, or empty where it is left open.
        reason: String, one phrase that says why, or why it is left open.
        confidence: String, `high`, `fair`, or empty where it is left open.
        voices: Tuple of Voice, for either direction; empty where nothing speaks.
    """

    source: str
    reason: str
    confidence: str = ""
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that is set aside in an article.

    Attributes:
        text: String on one line, as the article has it.
        span: Pair of offsets, start and end: the first place.
        tellings: Float above 2: how many independent look-alikes hold each word and pair of it, at least; 0 where some of it was
            named as boilerplate.
    """

    text: str
    span: tuple[int, int]
    tellings: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """What of an article is formula and does not count in its scores.

    Attributes:
        share: Share by weight of its distinct words and word pairs.
        phrases: Tuple of Phrase, in the order of the text: those that weigh most.
        more: Integer, how many others there are.
    """

    share: float
    phrases: tuple[Phrase, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Where one article tells a fact.

    Attributes:
        text: String on one line, as the article has it; empty where it does not tell the fact.
        spans: Tuple of pairs of offsets, start and end, ascending: every place.
        sentences: Tuple of integers, ascending: the sentences of these places; where there are none, the sentences that
            stand beside those of the other article.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What became of one thing that a fact checker looks at.

    Attributes:
        kind: String, `quotation`, `figure`, `name`, `attribution`, `hedge` or `credit`.
        state: String, `kept`, `changed`, `moved` (put into another mouth), `dropped` or `added`.
        source: Mention in the source; its text is empty for `added`.
        copy: Mention in the copy; its text is empty for `dropped`.
        note: String, one phrase that says more, or empty.
    """

    kind: str
    state: str
    source: Mention
    copy: Mention
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A readability measure of two articles beside each other.

    Attributes:
        name: String, textstat's name.
        source: Float, integer, string, or None where the source has none.
        copy: The same of the copy.
        difference: Float or integer, the copy's less the source's; None where either has no number.
        reads: String, how the copy reads by it: `easier`, `harder`, `alike`, or empty where it does not tell.
    """

    name: str
    source: float | int | str | None
    copy: float | int | str | None
    difference: float | int | None
    reads: str


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """How much one row of a comparison made the copy easier or harder to read.

    Attributes:
        key: String, the segment's.
        change: Float, in grades of the Automated Readability Index: how much lower the copy's would be, had this row
            stayed as the source has it. Above nought the row made the copy harder.
    """

    key: str
    change: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How the copy reads beside its source.

    Attributes:
        measures: Tuple of MeasureChange, in the order of the data files.
        sentences: Tuple of SentenceChange, the largest change first.
    """

    measures: tuple[MeasureChange, ...]
    sentences: tuple[SentenceChange, ...]
