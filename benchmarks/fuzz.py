"""`python -m benchmarks.fuzz [TIMES [SEED]]`: feed readers bytes that atheris makes, led by which code they reach.

TIMES multiplies the usual numbers of runs. `python -m benchmarks.fuzz TARGET [RUNS [SEED]]` runs one of TARGETS alone.
Anything but an article or a reason is a failure; so is an input that takes over LIMIT seconds of processor time. What failed is
kept in a file that the message names; libFuzzer ends the process at the first failure.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit(
        "atheris is not installed: make .venv/bench installs it, on Linux with an x86-64 processor; nothing was fuzzed by it"
    )

LIMIT = 2
"""Seconds of processor time that one input may take."""
_HUNG = 120
_LARGEST = 4096
SEED = 8
DONE = "done:"
KEYS = ("id", "title", "text", "body", "date", "published", "source", "author", "language", "url", "place", "dateline")

with atheris.instrument_imports(include=["generator", "frontmatter", "yaml", "markdown", "trafilatura", "csv", "json"]):
    from generator.api import compare
    from generator.errors import ContentError
    from generator.pages.pair import make_pair_page
    from generator.read.article import article_of
    from generator.read.boilerplate import find_boilerplate, read_lines
    from generator.read.decode import decode
    from generator.read.html import read_html
    from generator.read.markdown import read_markdown
    from generator.read.plain import read_plain
    from generator.read.reviews import parse_review
    from generator.read.rows import read_csv, read_jsonl, read_parquet
    from generator.render import make_environment, render
    from generator.rules import SiteRules
    from generator.template_folders import templates_folder

from tests.articles import REWRITE, WIRE  # noqa: E402 - behind what is to be watched
from tests.hostile import PAYLOADS  # noqa: E402
from tests.test_hostile import TAGS, Reader  # noqa: E402


def read_file(reader: Callable) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        article = article_of(reader(decode(data)), "a", "a")
        for value in (article.title, article.text, article.author, article.source, article.place, article.url):
            value.encode("utf-8")

    return run


def read_table(reader: Callable) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        for number, draft in reader(io.BytesIO(data), 2000):
            if not isinstance(draft, ContentError):
                try:
                    article_of(draft, f"a#{number}", f"a-{number}")
                except ContentError:
                    continue

    return run


def read_review(data: bytes) -> None:
    parse_review(data, "a.json")


def read_boilerplate(data: bytes) -> None:
    lines, _, text = decode(data).partition("\n\n")
    find_boilerplate(text, read_lines(lines))


def tell(data: bytes) -> None:
    one, _, other = decode(data).partition("\n---\n")
    articles = [article_of(read_plain(text), name, name) for text, name in ((one, "a"), (other, "b"))]
    assert len(compare(*articles).report.members) == 2


def read_rows(data: bytes) -> None:
    """Rows of any keys and values, which bytes alone would hardly ever make."""
    given = atheris.FuzzedDataProvider(data)
    row: dict[str, object] = {}
    for _ in range(given.ConsumeIntInRange(1, 6)):
        value = given.ConsumeUnicode(given.ConsumeIntInRange(0, 200))
        kinds = (value, [value], {value: value}, given.ConsumeInt(9), given.ConsumeFloat(), None, given.ConsumeBool())
        row[given.PickValueInList([*KEYS, value])] = given.PickValueInList(list(kinds))
    read_table(read_jsonl)(json.dumps(row).encode())
    table = io.StringIO()
    with suppress(csv.Error):
        csv.writer(table).writerows([list(row), list(row.values())])
    read_table(read_csv)(table.getvalue().encode("utf-8", "replace"))


def show(data: bytes) -> None:
    """A page of two articles is made of the tags that pages have, and of no handler."""
    one, _, other = decode(data).partition("\n---\n")
    articles = [article_of(read_plain(text), name, name) for text, name in ((one, "a"), (other, "b"))]
    paired = compare(*articles)
    page = make_pair_page(paired.report, paired.provenance, SiteRules(), paired.reason)
    reader = Reader()
    reader.feed(render(page, make_environment(templates_folder())).content.decode())
    assert reader.tags <= TAGS
    assert not reader.handlers


TARGETS = {
    "plain": (read_file(read_plain), 40_000),
    "markdown": (read_file(read_markdown), 15_000),
    "html": (read_file(read_html), 8_000),
    "jsonl": (read_table(read_jsonl), 30_000),
    "csv": (read_table(read_csv), 30_000),
    "rows": (read_rows, 20_000),
    "parquet": (read_table(read_parquet), 20_000),
    "reviews": (read_review, 40_000),
    "boilerplate": (read_boilerplate, 15_000),
    "told": (tell, 1_500),
    "shown": (show, 500),
}
"""What is fed, and how often in an ordinary run."""


def seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with: what the reader is for, with payloads in it."""
    texts = [WIRE, REWRITE, *PAYLOADS.values()]
    if name == "reviews":
        mark = {
            "a": "a",
            "b": "b",
            "a_text": "0" * 32,
            "b_text": "1" * 32,
            "mark": "fine",
            "when": "2024-12-02T09:30:00Z",
        }
        yield json.dumps({"format": "twicetold-reviews", "version": 1, "reviewer": "Anna", "marks": [mark]}).encode()
        return
    if name == "parquet":
        import pyarrow
        import pyarrow.parquet

        whole = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.table({"text": texts[:4], "title": ["a", "b", "c", "d"]}), whole)
        yield whole.getvalue()
        return
    for text in texts:
        if name == "jsonl":
            yield json.dumps({"text": text, "title": text[:40], "date": "2 December 2024"}).encode()
        elif name == "csv":
            table = io.StringIO()
            csv.writer(table).writerows([["id", "text", "date"], ["a", text, "2024-12-02"]])
            yield table.getvalue().encode()
        elif name == "markdown":
            yield f"---\ntitle: A\ndate: 2024-12-02\nauthor: [Ann, Bee]\n---\n# {text}\n\n- {text}\n".encode()
        elif name == "html":
            yield f'<html lang=en><head><title>A</title><meta name="author" content="Ann"></head><p>{text}</p></html>'.encode()
        elif name in ("told", "shown", "boilerplate"):
            yield f"{text[:200]}\n\n{text}\n---\n{REWRITE}".encode()
        else:
            yield text.encode()


def fuzz(name: str, runs: int, seed: int) -> None:
    """Run one target in this process, which ends with it."""
    target = TARGETS[name][0]
    slowest, number = 0.0, 0
    for data in seeds(name):
        # What is loaded with the first input of a kind is not that input's time.
        with suppress(ContentError):
            target(data)

    def one(data: bytes) -> None:
        nonlocal slowest, number
        started = time.process_time()
        with suppress(ContentError):
            target(data)
        took = time.process_time() - started
        slowest, number = max(slowest, took), number + 1
        if took > LIMIT:
            raise TimeoutError(f"an input took {took:.1f} s of processor time")
        if number == runs:
            print(f"{DONE} {runs} {slowest:.3f}", flush=True)

    with tempfile.TemporaryDirectory() as corpus:
        for place, data in enumerate(seeds(name)):
            (Path(corpus) / str(place)).write_bytes(data)
        flags = [f"-runs={runs}", f"-seed={seed}", f"-timeout={_HUNG}", f"-max_len={_LARGEST}", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix=fuzz-{name}-", corpus], one)
        atheris.Fuzz()


def fuzz_all(times: float, seed: int) -> int:
    """Run every target in a process of its own, and print what came of each."""
    failed = 0
    print(f"{'target':14}{'runs':>10}{'slowest input':>16}")
    for name, (_, runs) in TARGETS.items():
        command = [sys.executable, "-m", "benchmarks.fuzz", name, str(int(runs * times)), str(seed)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        lines = [line.split() for line in done.stdout.splitlines() if line.startswith(DONE)]
        if done.returncode or not lines:
            failed += 1
            print(f"{name:14} FAILED\n{done.stderr[-3000:]}")
        else:
            print(f"{name:14}{int(lines[-1][-2]):10,}{float(lines[-1][-1]):14.3f} s", flush=True)
    return failed


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and given[0] in TARGETS:
        fuzz(
            given[0],
            int(given[1]) if len(given) > 1 else TARGETS[given[0]][1],
            int(given[2]) if len(given) > 2 else SEED,
        )
    else:
        sys.exit(fuzz_all(float(given[0]) if given else 1, int(given[1]) if len(given) > 1 else SEED))
