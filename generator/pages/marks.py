"""Reviewers' marks as pages show them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.frozen import dataclass
from generator.pages.frame import Headline
from generator.pages.numbers import show_date
from generator.reviews import MARKS, Mark

MARK_WORDS = {
    "fine": "fine",
    "credited": "credited",
    "needs-a-look": "needs a look",
    "not-acceptable": "not acceptable",
}
"""What reviewers can say, in words."""


@dataclass(frozen=True, slots=True)
class MarkView:
    """What one reviewer said.

    Attributes:
        mark: String, `fine`, `credited`, `needs-a-look` or `not-acceptable`.
        words: String, the same in words.
        reviewer: String.
        when: String, the day as people write it.
        iso_when: String, ISO 8601.
        note: String, which may have several lines, or empty.
    """

    mark: str
    words: str
    reviewer: str
    when: str
    iso_when: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewBlock:
    """Where a comparison is reviewed.

    Attributes:
        fragment: String, its id on the page.
        a: String, the id of the two that sorts first.
        b: String, the other id.
        a_text: String, the digest of a's text.
        b_text: String, the digest of b's text.
        tally: String, what reviewers said, such as `1 needs a look, 2 fine`; empty where nobody did.
        marks: Tuple of MarkView.
    """

    fragment: str
    a: str
    b: str
    a_text: str
    b_text: str
    tally: str
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class OtherReview:
    """Marks on two articles of a cluster that its page does not compare.

    Attributes:
        letters: Tuple of strings, of the two.
        marks: Tuple of MarkView.
    """

    letters: tuple[str, ...]
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A mark on the index.

    Attributes:
        href: String, where the two are compared; empty where no cluster holds both.
        one: Headline of the copy, or of one of the two.
        other: Headline of the other.
        view: MarkView.
    """

    href: str
    one: Headline
    other: Headline
    view: MarkView


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The marks on the index.

    Attributes:
        rows: Tuple of ReviewRow, the newest first; those that the page has room for.
        total: Integer, how many marks there are.
        outdated: Integer, marks of texts that have changed since, or are gone.
        fold: Boolean; true where they are too many to show unasked.
    """

    rows: tuple[ReviewRow, ...]
    total: int
    outdated: int
    fold: bool


def show_mark(mark: Mark) -> MarkView:
    """Make the view of a mark.

    Args:
        mark: Mark.

    Returns:
        MarkView.
    """
    return MarkView(mark.mark, MARK_WORDS[mark.mark], mark.reviewer, show_date(mark.when[:10]), mark.when, mark.note)


def show_marks(marks: Iterable[Mark]) -> tuple[MarkView, ...]:
    """Make the views of marks, the newest first.

    Args:
        marks: Iterable of Mark.

    Returns:
        Tuple of MarkView.
    """
    return tuple(show_mark(mark) for mark in sorted(marks, key=lambda mark: mark.when, reverse=True))


def tally_marks(marks: Sequence[Mark]) -> str:
    """Count marks in words, the gravest first.

    Args:
        marks: Sequence of Mark.

    Returns:
        String, such as `1 needs a look, 2 fine`; empty without marks.
    """
    numbers = Counter(mark.mark for mark in marks)
    return ", ".join(f"{numbers[name]} {MARK_WORDS[name]}" for name in MARKS if numbers[name])
