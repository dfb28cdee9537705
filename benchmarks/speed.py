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
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.end_to_end import COPYDETECT, build_command
from benchmarks.measure import Run, describe_machine, run_once
from generator.compare.matching import match_words
from generator.compare.report import cluster_jobs, report_cluster
from generator.compare.worddiff import diff_runs
from generator.engines.local import LocalEngine
from generator.export import export_cluster
from generator.pages.site import find_surroundings, make_cluster_pages
from generator.prepare import prepare
from generator.read.folder import read_folder
from generator.render import templates_folder
from generator.rules import Settings
from generator.tell import render_pages
from generator.values import Prepared
from generator.watch import UNWATCHED

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "benchmarks" / "speed.md"
TIMES = 3
SIZES = (10_000, 100_000)
FIRST = 2000
CLUSTERS = 1000


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


def measure_diff(pair: Path) -> list[Row]:
    """The word diff of two articles beside difflib's and diff-match-patch's.

    Args:
        pair: Path of a folder of two articles.

    Returns:
        List of Row.
    """
    from diff_match_patch import diff_match_patch

    articles = read_folder(pair).articles
    texts = [article.text for article in articles]
    one, two = ([text[slice(*span)] for span in prepare(a).spans] for a, text in zip(articles, texts, strict=True))
    theirs = diff_match_patch()
    # Else it gives up after a second, and what it then gives is no diff of words.
    theirs.Diff_Timeout = 0

    def ours(sides: Sequence[Prepared]) -> object:
        every = [range(len(side.sentences)) for side in sides]
        words = [[(0, len(side.words))] for side in sides]
        return diff_runs(sides[0], every[0], sides[1], every[1], match_words(sides[0], words[0], sides[1], words[1]))

    def semantic(_: object) -> None:
        theirs.diff_cleanupSemantic(theirs.diff_main(*texts))

    def timed(work: Callable[[Sequence[Prepared]], object], times: int) -> float:
        taken = []
        for _ in range(times):
            # Nothing is remembered of an article that is made anew.
            sides = [prepare(replace(article, id=f"{article.id}-{len(taken)}")) for article in articles]
            started = time.perf_counter()
            work(sides)
            taken.append(1000 * (time.perf_counter() - started))
        return statistics.median(taken)

    mine = timed(ours, 25)
    others = {
        "difflib by word": timed(lambda _: difflib.SequenceMatcher(None, one, two, False).get_opcodes(), TIMES),
        "difflib by character": timed(lambda _: difflib.SequenceMatcher(None, *texts, False).get_opcodes(), TIMES),
        "diff-match-patch by character": timed(semantic, TIMES),
    }
    return [
        Row(f"word diff of the sample, {len(one)} and {len(two)} words", f"{mine:.2f} ms", ""),
        *(
            Row(f"{name}, the same", f"{took:.2f} ms, {took / mine:.1f} times as long", "at least 100 times")
            for name, took in others.items()
        ),
    ]


def measure_pages(news: Path) -> list[Row]:
    """Processor time of pages, with clusters that are compared already.

    Args:
        news: Path of a folder of articles.

    Returns:
        List of Row.
    """
    from generator.build import find_all

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
            lambda: measure_diff(ROOT / "content"),
            lambda: measure_pages(news),
        ]
        rows = []
        for part in parts:
            rows += part()
            print(*(f"{row.work}: {row.took}" for row in rows[-4:]), sep="\n", flush=True)
    table = make_table(rows)
    TABLE.write_text(table, encoding="utf-8")
    print(table)
