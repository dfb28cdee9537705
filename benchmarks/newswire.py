"""What is found on a newswire: pairs that readers labelled as one story told again, beside pairs after a pattern."""

import csv
import gzip
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.finding import Scores, copydetect, f1_of, minhash

LABELS = ("same", "template")


def read_wire(folder: Path) -> dict[str, str]:
    """The texts of the wire, by id.

    Args:
        folder: Path of a folder with one table, `.jsonl.gz`, whose rows have `id` and `text`.

    Returns:
        Dictionary from id to text.
    """
    (table,) = folder.glob("*.jsonl.gz")
    with gzip.open(table, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def ours(wire: Mapping[str, str]) -> Scores:
    """The scores of our matches from 0.2 up, with all articles of the wire.

    Args:
        wire: Mapping from id to text.

    Returns:
        Scores.
    """
    from generator.engines.local import LocalEngine
    from generator.rules import FindRules
    from generator.values import Article

    articles = [Article(id=name, path=name, title=name, text=text, language="en") for name, text in wire.items()]
    matches = LocalEngine().find_matches(articles, FindRules(0.2)).matches
    return {frozenset((match.a, match.b)): match.score for match in matches}


def tfidf(wire: Mapping[str, str], pairs: set[frozenset[str]]) -> Scores:
    """The cosine of scikit-learn's TF-IDF vectors, with the document frequencies of the whole wire.

    Args:
        wire: Mapping from id to text.
        pairs: Set of pairs of ids.

    Returns:
        Scores of these pairs.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    place = {name: at for at, name in enumerate(wire)}
    vectors = TfidfVectorizer().fit_transform(wire.values())
    return {
        pair: float((vectors[[place[a]]] @ vectors[[place[b]]].T).sum()) for pair in pairs for a, b in [sorted(pair)]
    }


def by_file(tool: Callable[[Path], Scores], wire: Mapping[str, str], pairs: set[frozenset[str]]) -> Scores:
    """What a tool that reads a folder says of the labelled articles; it compares each two of them by themselves.

    Args:
        tool: Callable from a folder to Scores.
        wire: Mapping from id to text.
        pairs: Set of pairs of ids.

    Returns:
        Scores.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted({name for pair in pairs for name in pair}):
            (Path(folder) / f"{name}.txt").write_text(wire[name], encoding="utf-8")
        scores = tool(Path(folder))
    return {frozenset(name.removesuffix(".txt") for name in pair): score for pair, score in scores.items()}


def table_of(folder: Path) -> list[str]:
    """The lines of a table.

    Args:
        folder: Path of a folder with the wire, and `newswire-pairs.csv` with `a`, `b` and `label`.

    Returns:
        List of strings.
    """
    with (folder / "newswire-pairs.csv").open(encoding="utf-8", newline="") as table:
        label = {frozenset((row["a"], row["b"])): row["label"] for row in csv.DictReader(table)}
    pairs = {pair for pair, name in label.items() if name in LABELS}
    true = {pair for pair in pairs if label[pair] == "same"}
    wire = read_wire(folder)
    results = {
        "Twicetold, from score 0.27": (ours(wire), 0.27),
        "TF-IDF cosine, from 0.50": (tfidf(wire, pairs), 0.50),
        "copydetect, from 0.33": (by_file(copydetect, wire, pairs), 0.33),
        "MinHash of word 5-grams, from 0.50": (by_file(minhash, wire, pairs), 0.50),
    }
    lines = [
        "",
        f"On the newswire: {len(true)} pairs labelled as one story, {len(pairs - true)} as template.",
        "",
        "| tool | newswire |",
        "|---|---:|",
    ]
    for tool, (scores, threshold) in results.items():
        steps = [threshold, *(step / 200 for step in range(1, 200))]
        found = [f1_of({p for p in pairs if scores.get(p, 0.0) >= step}, true) for step in steps]
        # Of ours, scores below 0.2 are not listed.
        lines.append(f"| {tool} | {found[0]:.3f} / {max(found):.3f} |")
    return lines
