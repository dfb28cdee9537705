"""What finding gives, frozen: the pairs that are reported, and what of their articles is formula."""

from generator.evidence import Direction
from generator.frozen import dataclass

NAMED = 0
"""Stands for the number of look-alikes where a text is boilerplate, whoever holds it."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two articles whose score reaches the threshold.

    Attributes:
        a: String, the id that sorts first.
        b: String, the other id.
        score: Share that decides whether the pair is reported.
        a_in_b: Share by weight of a's distinct words and word pairs that also stand in b.
        b_in_a: The same for b's in a.
    """

    a: str
    b: str
    score: float
    a_in_b: float
    b_in_a: float

    @property
    def reuse(self) -> float:
        """Share: the reuse of the shorter, by weight, in the longer."""
        return max(self.a_in_b, self.b_in_a)


@dataclass(frozen=True, slots=True)
class Formula:
    """The words and word pairs of an article that are formula of it.

    Attributes:
        article: String, its id.
        tellings: Dictionary from key, as in a posting, to how many independent look-alikes hold it, in multiples of 2**-20; NAMED
            for what was named as boilerplate, and how many articles hold it where these are too many.
    """

    article: str
    tellings: dict[int, int]


@dataclass(frozen=True, slots=True)
class CommonPassage:
    """A passage that stands word for word in two articles whose pair is not reported.

    Attributes:
        a: String, the id that sorts first.
        b: String, the other id.
        at_a: Integer, index of its first word in a.
        at_b: Integer, index of its first word in b.
        length: Integer, number of words.
    """

    a: str
    b: str
    at_a: int
    at_b: int
    length: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that finding gives.

    Attributes:
        matches: Tuple of Match, sorted by the ids.
        formula: Tuple of Formula, of the articles of these matches that have any; sorted by id.
        ignored: Integer, how many pairs reach the threshold and are not reported, since rules leave out pairs of their kind.
        passages: Tuple of CommonPassage, of pairs that are no match; sorted by the ids and by place.
        frequent: Tuple of integers, ascending: the keys, as in a posting, that so many articles hold that they weigh nothing.
    """

    matches: tuple[Match, ...] = ()
    formula: tuple[Formula, ...] = ()
    ignored: int = 0
    passages: tuple[CommonPassage, ...] = ()
    frequent: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PairNumbers:
    """The numbers of one reported pair, whether it is shown or not.

    Attributes:
        match: Match.
        a_verbatim: Share of a's words that lie in shared passages.
        b_verbatim: Share of b's words that lie in shared passages.
        longest_passage: Integer, words in the longest of them; 0 without one.
        verdict: String, as in Comparison.
        direction: Direction.
        cluster: String, the id of the cluster that holds both, or empty.
    """

    match: Match
    a_verbatim: float
    b_verbatim: float
    longest_passage: int
    verdict: str
    direction: Direction
    cluster: str
