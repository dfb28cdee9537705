"""Findings → the data files of the contract: CSV for tables, JSON for programs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Any

from generator.cells import safe_cell
from generator.compare.readability import MEASURES
from generator.evidence import Fact, Mention, Reading, SetAside
from generator.findings import Findings, PlacedPassage
from generator.found import PairNumbers
from generator.frozen import dataclass
from generator.outputs import Output
from generator.reviews import REVIEW_COLUMNS, outdated_data, review_rows
from generator.values import Comparison, Measure, Member, Report

ARTICLE_COLUMNS = (
    "id", "path", "title", "date", "source", "author", "language", "words", "sentences", "cluster", *MEASURES, "archive",
)  # fmt: skip
PAIR_COLUMNS = (
    "a", "b", "score", "reuse", "a_in_b", "b_in_a", "a_verbatim", "b_verbatim", "longest_passage",
    "verdict", "source", "source_reason", "cluster",
)  # fmt: skip
PASSAGE_COLUMNS = ("a", "b", "words", "a_share", "b_share", "a_start", "a_end", "b_start", "b_end")
CLUSTER_COLUMNS = (
    "id", "url", "size", "title", "anchor", "reuse_max", "reuse_mean", "first_date", "last_date", "members",
)  # fmt: skip

FACT_KINDS = {
    "quotation": "quotations",
    "figure": "figures",
    "name": "names",
    "attribution": "attributions",
    "hedge": "hedges",
    "credit": "credits",
}
"""The kinds of facts, each with its key in a cluster's data."""

MARK = "twicetold"
"""The value of `generator` in `data/report.json`, by which a folder is known to be one of ours."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tables say of a cluster.

    Attributes:
        row: Tuple of values, in the order of CLUSTER_COLUMNS.
        sizes: Dictionary from each member's id to its numbers of words and sentences.
        measures: Dictionary from each member's id to its Measures, in the order of MEASURES.
    """

    row: tuple[object, ...]
    sizes: dict[str, tuple[int, int]]
    measures: dict[str, tuple[Measure, ...]]


def make_entry(report: Report) -> Entry:
    """Take from a report what the tables need of it.

    Args:
        report: Report.

    Returns:
        Entry.
    """
    members = {member.prepared.article.id: member for member in report.members}
    return Entry(
        _cluster_row(report),
        {name: (len(m.prepared.words), len(m.prepared.sentences)) for name, m in members.items()},
        {name: m.readability for name, m in members.items()},
    )


def export_cluster(report: Report) -> Output:
    """The data file of one cluster.

    Args:
        report: Report.

    Returns:
        Output.
    """
    return _json(f"clusters/{report.cluster.anchor}.json", cluster_data(report))


def export_tables(findings: Findings, entries: Sequence[Entry], pairs: Sequence[PairNumbers]) -> Iterator[Output]:
    """The data files of the whole site.

    Args:
        findings: Findings.
        entries: Sequence of Entry, one for each cluster, in their order.
        pairs: Sequence of PairNumbers, one for each match, in any order.

    Returns:
        Iterator of Output.
    """
    yield _csv("data/articles.csv", ARTICLE_COLUMNS, _article_rows(findings, entries))
    yield _csv("data/pairs.csv", PAIR_COLUMNS, map(_pair_row, sorted(pairs, key=attrgetter("match.a", "match.b"))))
    yield _csv("data/passages.csv", PASSAGE_COLUMNS, map(_passage_row, findings.passages))
    yield _csv("data/clusters.csv", CLUSTER_COLUMNS, (entry.row for entry in entries))
    yield _csv("data/reviews.csv", REVIEW_COLUMNS, review_rows(findings.reviewed, findings.homes))
    yield _json("data/report.json", report_data(findings))


def shown_share(value: float) -> float:
    """A share as the data files give it.

    Args:
        value: Share.

    Returns:
        Share, rounded to 4 decimals.
    """
    return round(value, 4)


def cluster_data(report: Report) -> Json:
    """One cluster as the contract has it.

    Args:
        report: Report.

    Returns:
        Dictionary that json can write.
    """
    return {
        "id": report.cluster.anchor,
        "anchor": report.cluster.anchor,
        "members": [_member_data(member, report) for member in report.members],
        "guests": [_member_data(guest, report) for guest in report.guests],
        "comparisons": [_comparison_data(comparison) for comparison in (*report.comparisons, *report.further)],
    }


def report_data(findings: Findings) -> Json:
    """The build's own report as the contract has it.

    Args:
        findings: Findings.

    Returns:
        Dictionary that json can write.
    """
    corpus, provenance = findings.corpus, findings.provenance
    return {
        "generator": MARK,
        "version": provenance.version,
        "build_id": provenance.build_id,
        "built_on": provenance.built_on or None,
        "digest": provenance.digest,
        "settings": dict(provenance.settings),
        "names_left": asdict(findings.names_left) if findings.names_left else None,
        "versions": dict(provenance.versions),
        "counts": {
            "articles": findings.new,
            "archive": corpus.archive,
            "archive_matched": len(corpus.articles) - findings.new,
            "left_out": len(corpus.left_out),
            "pairs": len(findings.matches),
            "pairs_ignored": findings.ignored,
            "frequent": findings.frequent,
            "clusters": len(findings.clusters),
            "clustered": findings.clustered,
            "passages": len(findings.passages),
            "reviews": len(findings.reviewed.marks),
        },
        "left_out": [{"path": item.path, "reason": item.reason} for item in corpus.left_out],
        "outdated_reviews": outdated_data(findings.reviewed),
    }


def _member_data(member: Member, report: Report) -> Json:
    article = member.prepared.article
    further = [found.source for found in report.cluster.further if found.copy == article.id]
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "date": article.date,
        "source": article.source,
        "author": article.author,
        "language": article.language,
        "archive": article.archive,
        "text": article.text,
        "sentences": member.prepared.sentences,
        "readability": dict(member.readability),
        "parent": member.parent or None,
        "set_aside": _set_aside_data(member.set_aside) if member.set_aside else None,
        "sources": [member.parent, *further] if member.parent else further,
    }


def _set_aside_data(aside: SetAside) -> Json:
    phrases = [{"text": p.text, "span": p.span, "tellings": round(p.tellings, 2)} for p in aside.phrases]
    return {"share": shown_share(aside.share), "phrases": phrases, "more": aside.more}


def _comparison_data(comparison: Comparison) -> Json:
    return {
        "source": comparison.source,
        "copy": comparison.copy,
        "brings": None if comparison.brings is None else shown_share(comparison.brings),
        "source_known": bool(comparison.direction.source),
        "source_reason": comparison.direction.reason,
        "score": None if comparison.score is None else shown_share(comparison.score),
        "reuse": shown_share(comparison.reuse),
        "source_in_copy": shown_share(comparison.source_in_copy),
        "copy_in_source": shown_share(comparison.copy_in_source),
        "verbatim": shown_share(comparison.copy_verbatim),
        "source_verbatim": shown_share(comparison.source_verbatim),
        "longest_passage": comparison.longest_passage,
        "verdict": comparison.verdict,
        "sentences": [
            {"copy": link.copy, "from": link.origins, "kind": link.kind, "kept": shown_share(link.kept)}
            for link in comparison.links
        ],
        "dropped": comparison.dropped,
        "passages": [
            {"source": p.source, "copy": p.copy, "length": p.length, "moved": p.moved} for p in comparison.passages
        ],
        "diff": [
            {
                "key": segment.key,
                "kind": segment.kind,
                "source": segment.source,
                "copy": segment.copy,
                "also": segment.also,
                "kept": shown_share(segment.kept),
                "moved": segment.moved,
                "ops": [[op.op, op.source, op.copy] for op in segment.ops],
            }
            for segment in comparison.segments
        ],
        "facts": _facts_data(comparison.facts),
        "direction": {
            "confidence": comparison.direction.confidence or None,
            "voices": [
                {"for": voice.source, "kind": voice.kind, "reason": voice.reason, "counted": voice.counted}
                for voice in comparison.direction.voices
            ],
        },
        "readability": _reading_data(comparison.reading) if comparison.reading else None,
    }


def _facts_data(facts: Iterable[Fact]) -> Json:
    data: Json = {name: [] for name in FACT_KINDS.values()}
    for fact in facts:
        data[FACT_KINDS[fact.kind]].append(
            {
                "state": fact.state,
                "source": _mention_data(fact.source),
                "copy": _mention_data(fact.copy),
                "note": fact.note,
            }
        )
    return data


def _mention_data(mention: Mention) -> Json:
    return {"text": mention.text, "spans": mention.spans, "sentences": mention.sentences}


def _reading_data(reading: Reading) -> Json:
    return {
        "measures": {
            change.name: {"difference": change.difference, "reads": change.reads or None} for change in reading.measures
        },
        "sentences": [{"key": change.key, "change": change.change} for change in reading.sentences],
    }


def _article_rows(findings: Findings, entries: Sequence[Entry]) -> Iterator[Sequence[object]]:
    homes = findings.homes
    sizes, measured = dict(findings.sizes), dict[str, tuple[Measure, ...]]()
    for entry in entries:
        sizes |= entry.sizes
        measured |= entry.measures
    for article in findings.corpus.articles:
        values = [value for _, value in measured.get(article.id, ())] or [None] * len(MEASURES)
        known = [getattr(article, name) for name in ARTICLE_COLUMNS[:7]]
        yield (*known, *sizes[article.id], homes.get(article.id, ""), *values, str(article.archive).lower())


def _pair_row(pair: PairNumbers) -> Sequence[object]:
    match = pair.match
    shares = (match.score, match.reuse, match.a_in_b, match.b_in_a, pair.a_verbatim, pair.b_verbatim)
    direction = (pair.direction.source, pair.direction.reason)
    return (match.a, match.b, *map(shown_share, shares), pair.longest_passage, pair.verdict, *direction, pair.cluster)


def _passage_row(placed: PlacedPassage) -> Sequence[object]:
    a, b = placed.a, placed.b
    shares = (shown_share(a.share), shown_share(b.share))
    return (a.article, b.article, placed.passage.length, *shares, *a.span, *b.span)


def _cluster_row(report: Report) -> tuple[object, ...]:
    cluster = report.cluster
    reuse = [comparison.reuse for comparison in report.comparisons]
    dates = sorted(m.prepared.article.date for m in report.members if m.prepared.article.date)
    anchor = report.members[0].prepared.article
    span = (dates[0], dates[-1]) if dates else ("", "")
    mean = shown_share(sum(reuse) / len(reuse))
    url = f"clusters/{cluster.anchor}.html"
    numbers = (shown_share(max(reuse)), mean, *span)
    return (
        cluster.anchor,
        url,
        len(cluster.members),
        anchor.title,
        cluster.anchor,
        *numbers,
        " ".join(cluster.members),
    )


def _csv(path: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Output:
    # Bytes at once: a table of millions of pairs would stand in memory as text, too.
    content = io.BytesIO()
    with io.TextIOWrapper(content, "utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([safe_cell(value) if isinstance(value, str) else value for value in row] for row in rows)
        text.flush()
        return Output(path, content.getvalue())


def _json(path: str, data: Json) -> Output:
    text = json.dumps(data, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    return Output(path, f"{text}\n".encode())
