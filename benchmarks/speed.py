"""Large folders: whole builds, builds after a change, growth of the finding stage, word diffs, pages."""

import difflib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.comparing import Pair, join_and_cut, milliseconds, read_rewrites, read_sample
from benchmarks.end_to_end import COPYDETECT, build_command
from benchmarks.measure import Run, describe_machine, run_once
from generator.compare.matching import match_words
from generator.compare.report import cluster_jobs, report_cluster
from generator.compare.worddiff import diff_runs
from generator.engines.local import LocalEngine
from generator.export import export_cluster
from generator.pages.site import find_surroundings, make_cluster_pages
from generator.read.folder import read_folder
from generator.rules import Settings
from generator.tell import render_pages
from generator.template_folders import templates_folder
from generator.values import Prepared
from generator.watch import UNWATCHED

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "benchmarks" / "speed.md"
TIMES = 3
SIZES = (10_000, 100_000)
FIRST = 2000
CLUSTERS = 1000
WORDS = 800
DIFFS = "at least 100 times"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        work: String.
        took: String.
        goal: String.
    """

    work: str
    took: str
    goal: str


def median_of(work: Callable[[], Run], times: int = TIMES) -> Run:
    """The medians of several runs.

    Args:
        work: Callable that makes one.
        times: Integer.

    Returns:
        Run.
    """
    runs = [work() for _ in range(times)]
    return Run(statistics.median(r.seconds for r in runs), statistics.median(r.megabytes for r in runs))


def shown(run: Run) -> str:
    """A run as the table has it.

    Args:
        run: Run.

    Returns:
        String.
    """
    return f"{run.seconds:.1f} s, {run.megabytes:.0f} MiB"


def measure_builds(news: Path, scratch: Path) -> list[Row]:
    """The whole folder: built without a cache, built again, built after one article changed.

    Args:
        news: Path of a folder of articles.
        scratch: Path of a folder to write to.

    Returns:
        List of Row.
    """
    content, site = scratch / "news", scratch / "site"
    shutil.copytree(news, content)
    plain = build_command(content, site)
    cached = [*plain[: plain.index("--no-cache")], "--cache", str(scratch / "cache")]
    articles = read_folder(content).articles
    count, told = len(articles), max((article.text for article in articles[:100]), key=len)
    whole = median_of(lambda: run_once(plain), 1)
    run_once(cached)
    same = median_of(lambda: run_once(cached))

    def change() -> Run:
        (content / "one-more.txt").write_text(f"An article of no consequence, number {time.time_ns()}.")
        return run_once(cached)

    def retell() -> Run:
        (content / "one-more.txt").write_text(f"{told} This was number {time.time_ns()}.", encoding="utf-8")
        return run_once(cached)

    return [
        Row(f"{count:,} articles, the whole build", shown(whole), "60 s, 1,536 MiB"),
        Row("the same, nothing changed", shown(same), "3 s"),
        Row("the same, one article more", shown(median_of(change)), "5 s"),
        Row("the same, one article of a cluster changed", shown(median_of(retell)), "5 s"),
    ]


def measure_first(news: Path, scratch: Path) -> list[Row]:
    """The first articles beside copydetect's report of them.

    Args:
        news: Path of a folder of articles.
        scratch: Path of a folder to write to.

    Returns:
        List of Row.
    """
    content = scratch / "first"
    content.mkdir()
    for article in sorted(read_folder(news).articles, key=lambda a: int(a.path.partition("#")[2] or 0))[:FIRST]:
        (content / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
    ours = median_of(lambda: run_once(build_command(content, scratch / "first-site")))
    theirs = run_once([sys.executable, "-c", COPYDETECT, str(content), str(scratch / "report.html")])
    return [
        Row(f"the first {FIRST:,} articles, the whole build", shown(ours), ""),
        Row("copydetect's report of the same", shown(theirs), ""),
        Row("ratio", f"{theirs.seconds / ours.seconds:.1f}", "at least 15"),
    ]


def measure_growth(news: Path, sizes: tuple[int, ...]) -> list[Row]:
    """The finding stage, on the folder as it is and on articles resampled from it.

    Args:
        news: Path of a folder of articles.
        sizes: Tuple of integers, how many articles to make.

    Returns:
        List of Row.
    """
    rows, taken = [], []
    for size in (0, *sizes):
        command = [sys.executable, "-m", "benchmarks.resampled", str(news), str(size)]
        with tempfile.TemporaryFile("w+") as printed:
            subprocess.run([sys.executable, "-c", _WATCHED, *command], stdout=printed, check=True)
            printed.seek(0)
            told, megabytes = (json.loads(line) for line in printed.read().splitlines())
        taken.append(told["seconds"])
        took = f"{told['seconds']:.1f} s, {megabytes:.0f} MiB"
        if size:
            took += f", {told['reported']:,} of {told['scoring']:,} planted rewrites reported whose score reaches the threshold"
            took += f", {told['found']:,} of {told['planted']:,} whose reuse does"
            took += f", {told['processor']:.1f} s of processor time"
            goal = "120 s, 3,072 MiB, all planted whose score reaches it" if size >= 10**5 else ""
        else:
            took += f", {told['seconds'] / told['floor']:.1f} times reading and cutting into words"
            goal = "6 times"
        name = f"{told['articles']:,} articles{' resampled' if size else ''}, finding stage"
        rows.append(Row(name, took, goal))
    if len(sizes) > 1:
        growth = f"{taken[-1] / taken[1]:.1f} times"
        rows.append(Row(f"growth from {sizes[0]:,} to {sizes[-1]:,}", growth, "12 times at most"))
    return rows


# Runs a command, and prints the most memory that one of its processes held, in MiB, after what it prints.
_WATCHED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def measure_diffs(corpora: Path) -> list[Row]:
    """Word diffs beside those of difflib and diff-match-patch: of the sample, and of real rewrites joined to longer articles.

    Args:
        corpora: Path of a folder that holds `rewrites-en`, or not.

    Returns:
        List of Row.
    """
    rows = measure_diff("the sample", [read_sample()], 25)
    if (corpora / "rewrites-en").is_dir():
        rows += measure_diff("rewrites joined and cut", join_and_cut(read_rewrites(corpora), WORDS), 5)
    return rows


def measure_diff(name: str, pairs: Sequence[Pair], times: int) -> list[Row]:
    """Word diffs of pairs beside difflib's, and beside difflib's and diff-match-patch's of the texts as they are.

    Args:
        name: String.
        pairs: Sequence of pairs of Prepared.
        times: Integer, how often what takes short is measured.

    Returns:
        List of Row.
    """
    from diff_match_patch import diff_match_patch

    theirs = diff_match_patch()
    # Else it gives up after a second, and what it then gives is no diff of words.
    theirs.Diff_Timeout = 0

    def ours(source: Prepared, copy: Prepared) -> object:
        every = [range(len(side.sentences)) for side in (source, copy)]
        words = [[(0, len(side.words))] for side in (source, copy)]
        return diff_runs(source, every[0], copy, every[1], match_words(source, words[0], copy, words[1]))

    def by_word(source: Prepared, copy: Prepared) -> object:
        return difflib.SequenceMatcher(None, source.words, copy.words, False).get_opcodes()

    def by_character(source: Prepared, copy: Prepared) -> object:
        return difflib.SequenceMatcher(None, source.article.text, copy.article.text, False).get_opcodes()

    def semantic(source: Prepared, copy: Prepared) -> object:
        return theirs.diff_cleanupSemantic(theirs.diff_main(source.article.text, copy.article.text))

    mine = milliseconds(ours, pairs, times)
    others = (
        ("difflib by word, the same", milliseconds(by_word, pairs, times), ""),
        ("difflib by character, the same", milliseconds(by_character, pairs, 1), DIFFS),
        ("diff-match-patch by character, the same", milliseconds(semantic, pairs, 1), DIFFS),
    )
    lengths = (f"{statistics.mean(len(side.words) for side in sides):.0f}" for sides in zip(*pairs, strict=True))
    return [
        Row(f"word diff of {name}, {' and '.join(lengths)} words", f"{mine:.2f} ms", ""),
        *(Row(other, f"{took:.2f} ms, {took / mine:.1f} times as long", goal) for other, took, goal in others),
    ]


def measure_pages(news: Path) -> list[Row]:
    """Processor time of pages, with clusters that are compared already.

    Args:
        news: Path of a folder of articles.

    Returns:
        List of Row.
    """
    from generator.making import find_all

    settings, engine = Settings(), LocalEngine()
    corpus = read_folder(news, settings.read, UNWATCHED)
    findings = find_all(corpus, engine.find_matches(corpus.articles, settings.find), settings, engine, "")
    articles = {article.id: article for article in corpus.articles}
    jobs = list(cluster_jobs(findings.matches, findings.clusters, articles, findings.formula))[:CLUSTERS]
    around = find_surroundings(findings)[:CLUSTERS]
    reports = [report_cluster(job, settings.compare) for job in jobs]
    with tempfile.TemporaryDirectory() as folder:
        started, pages = time.process_time(), 0
        for report, surroundings in zip(reports, around, strict=True):
            made = make_cluster_pages(report, surroundings, findings.provenance, settings.site)
            outputs = (*render_pages(made, (templates_folder(), None)), export_cluster(report))
            pages += len(outputs) - 1
            for output in outputs:
                (Path(folder) / output.path.replace("/", "-")).write_bytes(output.content)
        spent = 1000 * (time.process_time() - started)
    each = f"{spent / len(reports):.1f} ms of processor time a cluster, {spent / pages:.1f} ms a page with its stubs"
    return [Row(f"pages of {len(reports):,} clusters, rendered and written", each, "10 ms a page")]


def make_table(rows: list[Row]) -> str:
    """The results as Markdown.

    Args:
        rows: List of Row.

    Returns:
        String.
    """
    lines = [
        "# Large folders",
        "",
        f"Medians of {TIMES} runs where a run is short, else one run; {describe_machine()}. Memory is the peak of the largest",
        "process.",
        "",
        "| work | took | goal |",
        "|---|---|---|",
        *(f"| {row.work} | {row.took} | {row.goal} |" for row in rows),
        "",
        "Made by `make bench`; `docs/benchmarks.md` says how, `docs/performance.md` where the time goes.",
        "",
    ]
    return "\n".join(lines)


def main(corpora: Path | None, sizes: tuple[int, ...] = SIZES) -> None:
    """Measure, and write the table.

    Args:
        corpora: Path of a folder that holds `newswire`, or None to measure nothing.
        sizes: Tuple of integers, how many articles to resample for the finding stage.
    """
    if corpora is None or not (corpora / "newswire").is_dir():
        return
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        news = scratch / "newswire"
        news.mkdir()
        # Its tables only: what else lies there is no article.
        for table in (corpora / "newswire").glob("*.jsonl*"):
            shutil.copy(table, news)
        parts: list[Callable[[], list[Row]]] = [
            lambda: measure_builds(news, scratch),
            lambda: measure_first(news, scratch),
            lambda: measure_growth(news, sizes),
            lambda: measure_diffs(corpora),
            lambda: measure_pages(news),
        ]
        rows = []
        for part in parts:
            rows += part()
            print(*(f"{row.work}: {row.took}" for row in rows[-4:]), sep="\n", flush=True)
    table = make_table(rows)
    TABLE.write_text(table, encoding="utf-8")
    print(table)
