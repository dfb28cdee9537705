"""What is found: Twicetold beside tools of the field, on the same files, all as they come and at their best threshold."""

import csv
import tempfile
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from benchmarks.end_to_end import build_command
from benchmarks.measure import describe_machine, run_once

TABLE = Path(__file__).parent / "finding.md"
CORPORA = ("rewrites-en", "rewrites-fr", "short-answers")
UNTRUE = {"same-topic", "independent"}

Scores = dict[frozenset[str], float]
"""For each pair of file names how alike a tool finds them; pairs that it does not report are missing."""


def read_texts(content: Path) -> dict[str, str]:
    """The texts of a folder, by file name.

    Args:
        content: Path.

    Returns:
        Dictionary from file name to text.
    """
    return {path.name: path.read_bytes().decode("utf-8", "replace") for path in sorted(content.glob("*.txt"))}


def ours(content: Path) -> Scores:
    """The scores of a site that `twicetold build` made with a low threshold.

    Args:
        content: Path.

    Returns:
        Scores.
    """
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        run_once([*build_command(content, site), "--threshold", "0.1"])
        with (site / "data" / "articles.csv").open(encoding="utf-8", newline="") as table:
            names = {row["id"]: Path(row["path"]).name for row in csv.DictReader(table)}
        with (site / "data" / "pairs.csv").open(encoding="utf-8", newline="") as table:
            return {frozenset((names[r["a"]], names[r["b"]])): float(r["score"]) for r in csv.DictReader(table)}


def copydetect(content: Path) -> Scores:
    """The similarity that copydetect gives, the larger of its two directions.

    Its filter for code is off, and it reads copies in UTF-8, the only encoding it takes.

    Args:
        content: Path.

    Returns:
        Scores.
    """
    from copydetect import CopyDetector

    with tempfile.TemporaryDirectory() as folder:
        for name, text in read_texts(content).items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        detector = CopyDetector(
            test_dirs=[folder],
            extensions=["txt"],
            disable_filtering=True,
            autoopen=False,
            silent=True,
            display_t=0.0,
        )
        detector.run()
    scores: Scores = {}
    for one, other, first, second, *_ in detector.get_copied_code_list():
        pair = frozenset((Path(first).name, Path(second).name))
        scores[pair] = max(one, other, scores.get(pair, 0.0))
    return scores


def minhash(content: Path) -> Scores:
    """The Jaccard similarity of word 5-grams that datasketch's MinHash (128 permutations) estimates.

    Args:
        content: Path.

    Returns:
        Scores.
    """
    from datasketch import MinHash

    hashes = {}
    for name, text in read_texts(content).items():
        words = text.casefold().split()
        hashes[name] = MinHash(num_perm=128)
        for start in range(len(words) - 4):
            hashes[name].update(" ".join(words[start : start + 5]).encode())
    return {frozenset((a, b)): hashes[a].jaccard(hashes[b]) for a, b in combinations(hashes, 2)}


def tfidf(content: Path) -> Scores:
    """The cosine of scikit-learn's TF-IDF vectors of words, with its own defaults.

    Args:
        content: Path.

    Returns:
        Scores.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = read_texts(content)
    names, vectors = list(texts), TfidfVectorizer().fit_transform(texts.values())
    cosines = (vectors @ vectors.T).toarray()
    return {frozenset((names[i], names[j])): float(cosines[i, j]) for i, j in combinations(range(len(names)), 2)}


TOOLS: dict[str, tuple[Callable[[Path], Scores], float]] = {
    "Twicetold, from score 0.27": (ours, 0.27),
    "TF-IDF cosine, from 0.50": (tfidf, 0.50),
    "copydetect, from 0.33": (copydetect, 0.33),
    "MinHash of word 5-grams, from 0.50": (minhash, 0.50),
}


def f1_of(found: set[frozenset[str]], true: set[frozenset[str]]) -> float:
    """The harmonic mean of precision and recall.

    Args:
        found: Set of pairs.
        true: Set of pairs.

    Returns:
        Share.
    """
    return 2 * len(found & true) / (len(found) + len(true)) if found or true else 0.0


def judge(
    scores: Scores, gold: Iterable[dict[str, str]], names: Iterable[str], threshold: float
) -> tuple[float, float]:
    """F1 over all pairs of a source with an article that is no source, at a threshold and at the best one.

    Args:
        scores: Scores.
        gold: Iterable of rows with `source`, `copy` and `relation`.
        names: Iterable of all file names.
        threshold: Float.

    Returns:
        Pair of shares.
    """
    rows = list(gold)
    sources = {row["source"] for row in rows}
    asked = {frozenset((s, c)) for s in sources for c in names if c not in sources}
    true = {frozenset((row["source"], row["copy"])) for row in rows if row["relation"] not in UNTRUE}
    steps = [threshold, *(step / 200 for step in range(1, 200))]
    results = [f1_of({p for p, score in scores.items() if p in asked and score >= step}, true) for step in steps]
    return results[0], max(results)


def main(corpora: Path | None) -> None:
    """Measure, and write the table; without corpora nothing can be measured.

    Args:
        corpora: Path of a folder that holds the corpora, each with `content/` and `gold.csv`, or None.
    """
    if corpora is None:
        return
    lines = [
        "# What is found",
        "",
        "F1 of the pairs found, as each tool comes / at the threshold that suits it best on that corpus. "
        f"{describe_machine()}.",
        "",
        "| tool | " + " | ".join(CORPORA) + " |",
        "|---|" + "---:|" * len(CORPORA),
    ]
    for tool, (measure, threshold) in TOOLS.items():
        cells = []
        for name in CORPORA:
            folder = corpora / name
            with (folder / "gold.csv").open(encoding="utf-8", newline="") as table:
                rows = list(csv.DictReader(table))
            shown, best = judge(measure(folder / "content"), rows, read_texts(folder / "content"), threshold)
            cells.append(f"{shown:.3f} / {best:.3f}")
        lines.append(f"| {tool} | {' | '.join(cells)} |")
    if (corpora / "newswire").is_dir():
        from benchmarks.newswire import table_of

        lines += table_of(corpora / "newswire")
    table = "\n".join([*lines, "", "Made by `make bench`; `docs/benchmarks.md` says how.", ""])
    TABLE.write_text(table, encoding="utf-8")
    print(table)
