"""Reviewers' marks on pairs of articles, bound to the texts they were made on; pure."""

import hashlib
from collections.abc import Iterable, Mapping

from generator.frozen import dataclass
from generator.parties import fold_name
from generator.values import Article, LeftOut

MARKS = ("not-acceptable", "needs-a-look", "credited", "fine")
"""What a reviewer can say of a pair, the gravest first."""
WITHDRAWN = "withdrawn"
"""What stands for a mark that its reviewer took back."""
DIGITS = 32
"""Hexadecimal digits that name a text."""

REVIEW_COLUMNS = ("a", "b", "mark", "reviewer", "when", "note", "cluster", "a_text", "b_text", "file")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one reviewer said of a pair.

    Attributes:
        a: String, the id that sorts first.
        b: String, the other id.
        a_text: String, the digest of a's text as it was reviewed.
        b_text: String, the same of b's.
        reviewer: String, a name.
        mark: String, one of MARKS, or WITHDRAWN.
        note: String, which may have several lines, or empty.
        when: String, ISO 8601 to the second, in UTC: `2024-12-02T09:30:00Z`.
        file: String, the name of the file it was read from.
    """

    a: str
    b: str
    a_text: str
    b_text: str
    reviewer: str
    mark: str
    note: str
    when: str
    file: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """A mark that no longer counts.

    Attributes:
        mark: Mark.
        reason: String of one line.
    """

    mark: Mark
    reason: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """What was read from a folder of reviews.

    Attributes:
        marks: Tuple of Mark, in the order of files and of the marks in each.
        left_out: Tuple of LeftOut, files that could not be used.
        digest: String of 64 hexadecimal digits, of all files; empty without any.
    """

    marks: tuple[Mark, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What reviews come to in the face of the articles.

    Attributes:
        marks: Tuple of Mark that hold: the latest of each reviewer for each pair, sorted by pair, time and reviewer.
        outdated: Tuple of Outdated, in the same order: the latest of a reviewer who has no newer word on the texts as they are.
    """

    marks: tuple[Mark, ...] = ()
    outdated: tuple[Outdated, ...] = ()


UNREVIEWED = Reviewed()
"""Nobody said anything."""


def digest_text(text: str) -> str:
    """Name a text, so that a mark can be bound to it.

    Args:
        text: String, an article's text.

    Returns:
        String: the first 32 hexadecimal digits of SHA-256 of the text in UTF-8.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]


def settle(marks: Iterable[Mark], articles: Mapping[str, Article]) -> Reviewed:
    """Find which marks hold.

    Args:
        marks: Iterable of Mark; of two of one reviewer and time the later one counts.
        articles: Mapping from id to Article.

    Returns:
        Reviewed.
    """
    texts: dict[str, str] = {}
    for mark in marks:
        for name in (mark.a, mark.b):
            if name in articles and name not in texts:
                texts[name] = digest_text(articles[name].text)
    current, older = dict[tuple[str, str, str], Mark](), dict[tuple[str, str, str], Mark]()
    for mark in marks:
        latest = older if _reason(mark, texts) else current
        key = (mark.a, mark.b, fold_name(mark.reviewer))
        if key not in latest or latest[key].when <= mark.when:
            latest[key] = mark
    return Reviewed(
        marks=tuple(sorted((mark for mark in current.values() if mark.mark != WITHDRAWN), key=_order)),
        outdated=tuple(
            Outdated(mark, _reason(mark, texts))
            for mark in sorted((mark for key, mark in older.items() if key not in current), key=_order)
            if mark.mark != WITHDRAWN
        ),
    )


def review_rows(reviewed: Reviewed, homes: Mapping[str, str]) -> Iterable[tuple[object, ...]]:
    """The rows of `data/reviews.csv`.

    Args:
        reviewed: Reviewed.
        homes: Mapping from the id of each article in a cluster to the id of the cluster.

    Yields:
        Tuples of values, in the order of REVIEW_COLUMNS.
    """
    for mark in reviewed.marks:
        home = homes.get(mark.a, "")
        cluster = home if home == homes.get(mark.b) else ""
        yield (
            *(mark.a, mark.b, mark.mark, mark.reviewer, mark.when, mark.note),
            *(cluster, mark.a_text, mark.b_text, mark.file),
        )


def outdated_data(reviewed: Reviewed) -> list[dict[str, str]]:
    """The outdated marks as `data/report.json` has them.

    Args:
        reviewed: Reviewed.

    Returns:
        List of dictionaries.
    """
    return [
        {
            "a": found.mark.a,
            "b": found.mark.b,
            "mark": found.mark.mark,
            "reviewer": found.mark.reviewer,
            "when": found.mark.when,
            "file": found.mark.file,
            "reason": found.reason,
        }
        for found in reviewed.outdated
    ]


def _reason(mark: Mark, texts: Mapping[str, str]) -> str:
    """Why a mark does not hold; empty where it does."""
    gone = [name for name in (mark.a, mark.b) if name not in texts]
    if gone:
        return f"there is no article {' and no article '.join(gone)} any more"
    changed = [name for name, text in ((mark.a, mark.a_text), (mark.b, mark.b_text)) if texts[name] != text]
    return f"the text of {' and of '.join(changed)} has changed since" if changed else ""


def _order(mark: Mark) -> tuple[str, ...]:
    return mark.a, mark.b, mark.when, mark.reviewer, mark.file
