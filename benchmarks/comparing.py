"""Comparing one pair, everything but readability: real rewrites, and articles of 500 words."""

import csv
import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.measure import describe_machine
from generator.compare import details
from generator.compare.facts import compare_facts
from generator.compare.report import compare
from generator.prepare import prepare
from generator.read.folder import read_folder
from generator.rules import CompareRules, ReadRules
from generator.values import Article, Comparison, Prepared, SentenceLink

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "benchmarks" / "comparing.md"
TIMES = 5
WORDS = 500

# As generator.cli sets it.
GARBAGE = 1_000_000

Pair = tuple[Prepared, Prepared]
_Links = dict[tuple[Article, Article], tuple[SentenceLink, ...]]


def read_pairs(corpora: Path | None) -> dict[str, list[Pair]]:
    """The pairs to compare.

    Args:
        corpora: Path of a folder with `rewrites-en/content` and `rewrites-en/gold.csv` in it, or None for the sample alone.

    Returns:
        Dictionary from name to pairs of Prepared, source and copy.
    """
    pairs = {"the sample": [read_sample()]}
    if corpora:
        pairs["real rewrites"] = read_rewrites(corpora)
        pairs[f"the same, joined and cut to about {WORDS} words"] = join_and_cut(pairs["real rewrites"], WORDS)
    return pairs


def read_sample() -> Pair:
    """The two articles that come with the project.

    Returns:
        Pair of Prepared, source and copy.
    """
    source, copy = sorted(read_folder(ROOT / "content", ReadRules()).articles, key=lambda article: article.path)
    return prepare(source), prepare(copy)


def read_rewrites(corpora: Path) -> list[Pair]:
    """The sources of a corpus with what was made of them.

    Args:
        corpora: Path of a folder, as for `read_pairs`.

    Returns:
        List of pairs of Prepared, source and copy.
    """
    folder = corpora / "rewrites-en"
    articles = {article.path: prepare(article) for article in read_folder(folder / "content", ReadRules()).articles}
    with (folder / "gold.csv").open(newline="", encoding="utf-8") as rows:
        return [
            (articles[row["source"]], articles[row["copy"]])
            for row in csv.DictReader(rows)
            if row["relation"] == "derived"
        ]


def join_and_cut(pairs: Sequence[Pair], words: int) -> list[Pair]:
    """Put pairs one after the other until both articles are long enough, and cut both.

    Args:
        pairs: Sequence of pairs of Prepared.
        words: Integer, about how many words each article is to have.

    Returns:
        List of pairs of Prepared; what is left over is no pair.
    """
    joined, rest = [], list(pairs)
    while rest:
        source, copy = rest.pop()
        while rest and min(len(source.words), len(copy.words)) < words:
            more = rest.pop()
            source, copy = prepare(_append(source, more[0])), prepare(_append(copy, more[1]))
        if min(len(source.words), len(copy.words)) >= words:
            joined.append((_cut(source, words), _cut(copy, words)))
    return joined


def _cut(prepared: Prepared, words: int) -> Prepared:
    """An article cut at the end of the sentence nearest to so many words."""
    number = min(range(len(prepared.sentences)), key=lambda sentence: abs(prepared.sentence_words[sentence][1] - words))
    return prepare(replace(prepared.article, text=prepared.article.text[: prepared.sentences[number][1]]))


def _append(one: Prepared, other: Prepared) -> Article:
    article = one.article
    return Article(
        article.id, article.path, article.title, f"{article.text}\n\n{other.article.text}", language=article.language
    )


def milliseconds(work: Callable[[Prepared, Prepared], object], pairs: Sequence[Pair], times: int = TIMES) -> float:
    """The median processor time that a pair takes whose articles were never compared before.

    What is remembered of articles and sentences is forgotten first; what is remembered of single words is not, as it
    soon is known in any build. Memory is cleared up as rarely as the command does it.

    Args:
        work: Callable of source and copy.
        pairs: Sequence of pairs of Prepared.
        times: Integer from 1 up, how often each pair is taken.

    Returns:
        Float.
    """
    taken = []
    gc.set_threshold(GARBAGE)
    for _ in range(times):
        for pair in pairs:
            source, copy = map(replace, pair)
            _forget()
            started = time.process_time()
            work(source, copy)
            taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


def _forget() -> None:
    for function in vars(details).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def _compare(source: Prepared, copy: Prepared) -> Comparison:
    return compare(source, copy, (0.5, 0.5), CompareRules())


def _compare_facts(links: _Links, source: Prepared, copy: Prepared) -> object:
    return compare_facts(source, copy, links[source.article, copy.article])


def make_table(pairs: dict[str, list[Pair]]) -> str:
    """The results as Markdown.

    Args:
        pairs: Dictionary of `read_pairs`.

    Returns:
        String.
    """
    lines = [
        "# Comparing one pair",
        "",
        "Passages, alignment, word diff, facts and likely source of a pair, without readability. Medians of the processor",
        f"time of {TIMES} runs over all pairs; {describe_machine()}.",
        "",
        "| articles | pairs | words a side | ms a pair | of which facts |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, group in pairs.items():
        links = {(source.article, copy.article): _compare(source, copy).links for source, copy in group}
        whole = milliseconds(_compare, group)
        facts = milliseconds(partial(_compare_facts, links), group)
        words = statistics.mean(len(side.words) for pair in group for side in pair)
        lines.append(f"| {name} | {len(group)} | {words:.0f} | {whole:.1f} | {facts:.1f} |")
    return "\n".join([*lines, "", "The goal is 5 ms. Made by `make bench`; `docs/benchmarks.md` says how.", ""])


def main(corpora: Path | None) -> None:
    """Measure, and write the table.

    Args:
        corpora: Path of a folder that holds `rewrites-en`, or None to measure the sample alone.
    """
    table = make_table(read_pairs(corpora))
    TABLE.write_text(table, encoding="utf-8")
    print(table)
