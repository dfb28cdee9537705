"""A built site's data → what a check before publication needs: the pairs over a limit, and a summary in Markdown."""

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path

from generator.cells import plain_cell
from generator.errors import WriteError
from generator.frozen import dataclass

MOST = 20
"""Pairs that a summary lists."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")


@dataclass(frozen=True, slots=True)
class ReportedPair:
    """A pair as the data of a site has it.

    Attributes:
        a: String, an id.
        b: String, an id.
        score: Share.
        verdict: String.
        titles: Pair of strings, of a and b.
        cluster: String, the id of the cluster that holds both, or empty.
    """

    a: str
    b: str
    score: float
    verdict: str
    titles: tuple[str, str]
    cluster: str


def read_pairs(site: Path) -> tuple[ReportedPair, ...]:
    """Read the pairs of a built site.

    Args:
        site: Path of the site folder.

    Returns:
        Tuple of ReportedPair, the highest score first.

    Raises:
        WriteError: Where the data of the site can't be read.
    """
    try:
        titles = {row["id"]: row["title"] for row in _rows(site / "data" / "articles.csv")}
        pairs = [
            ReportedPair(
                row["a"],
                row["b"],
                float(row["score"]),
                row["verdict"],
                (titles[row["a"]], titles[row["b"]]),
                row["cluster"],
            )
            for row in _rows(site / "data" / "pairs.csv")
        ]
    except (OSError, KeyError, ValueError) as error:
        raise WriteError(f"the data in {site} can't be read: {error}; build the site again") from error
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b)))


def find_over(pairs: Sequence[ReportedPair], limit: float) -> tuple[ReportedPair, ...]:
    """Find the pairs whose score exceeds a limit.

    Args:
        pairs: Sequence of ReportedPair.
        limit: Share.

    Returns:
        Tuple of ReportedPair, in their order.
    """
    return tuple(pair for pair in pairs if pair.score > limit)


def summarise(site: Path, pairs: Sequence[ReportedPair], limit: float | None) -> str:
    """Sum a build up in Markdown, for a pull request or a mail.

    Args:
        site: Path of the site folder.
        pairs: Sequence of ReportedPair, the highest score first.
        limit: Share that no pair should exceed, or None.

    Returns:
        String.

    Raises:
        WriteError: Where the report of the site can't be read.
    """
    try:
        report = json.loads((site / "data" / "report.json").read_bytes())
    except (OSError, ValueError) as error:
        raise WriteError(f"the data in {site} can't be read: {error}; build the site again") from error
    counts = report["counts"]
    lines = [
        "## Told twice",
        "",
        f"{_count(counts['articles'], 'article')}{_beside(counts['archive'])}, {counts['clustered']:,} of them in "
        f"{_count(counts['clusters'], 'cluster')}; {_count(counts['pairs'], 'pair')} reported, "
        f"{_count(counts['left_out'], 'file')} left out.",
        "",
    ]
    if limit is not None:
        over = len(find_over(pairs, limit))
        lines += [f"**Over {limit:g}: {_count(over, 'pair')}.**" if over else f"No pair scores over {limit:g}.", ""]
    if pairs:
        lines += ["| score | verdict | article | other article |", "|---:|---|---|---|", *map(_row, pairs[:MOST])]
        more = [f"and {len(pairs) - MOST:,} more in `data/pairs.csv`", ""] if len(pairs) > MOST else []
        lines += ["", *more]
    lines += [f"Build `{report['build_id']}`. Shared text is a finding, not a verdict.", ""]
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _beside(archive: int) -> str:
    return f" beside {archive:,} of the archive" if archive else ""


def _row(pair: ReportedPair) -> str:
    (one, other) = (f"{_escape(title)} (`{name}`)" for title, name in zip(pair.titles, (pair.a, pair.b), strict=True))
    return f"| {pair.score:.2f} | {pair.verdict} | {one} | {other} |"


def _escape(text: str) -> str:
    """A title that Markdown shows as it is, on one line; nobody is notified by an @ in it."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return [{key: plain_cell(value) for key, value in row.items()} for row in csv.DictReader(stream)]
