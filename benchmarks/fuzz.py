"""`python -m benchmarks.fuzz READER [RUNS [SEED]]`: feed a reader bytes that atheris makes, led by which code they reach.

Anything but an article or a reason is a failure; so is an input that takes over LIMIT seconds of processor time. What failed is
kept in a file that the message names; libFuzzer ends the process at the first failure.
"""

import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import atheris

LIMIT = 2
"""Seconds of processor time that one input may take."""
_HUNG = 120
_LARGEST = 4096
_SEED = 8

with atheris.instrument_imports(include=["generator", "frontmatter", "yaml", "markdown", "trafilatura", "csv", "json"]):
    from generator.api import compare
    from generator.errors import ContentError
    from generator.read.article import article_of
    from generator.read.boilerplate import find_boilerplate, read_lines
    from generator.read.decode import decode
    from generator.read.html import read_html
    from generator.read.markdown import read_markdown
    from generator.read.plain import read_plain
    from generator.read.reviews import parse_review
    from generator.read.rows import read_csv, read_jsonl, read_parquet

from tests.articles import REWRITE, WIRE  # noqa: E402 - behind what is to be watched
from tests.hostile import PAYLOADS  # noqa: E402


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


TARGETS = {
    "plain": read_file(read_plain),
    "markdown": read_file(read_markdown),
    "html": read_file(read_html),
    "jsonl": read_table(read_jsonl),
    "csv": read_table(read_csv),
    "parquet": read_table(read_parquet),
    "reviews": read_review,
    "boilerplate": read_boilerplate,
    "told": tell,
}


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
        elif name in ("told", "boilerplate"):
            yield f"{text[:200]}\n\n{text}\n---\n{REWRITE}".encode()
        else:
            yield text.encode()


def main(name: str, runs: int, seed: int) -> None:
    target = TARGETS[name]

    slowest = 0.0

    def one(data: bytes) -> None:
        nonlocal slowest
        started = time.process_time()
        with suppress(ContentError):
            target(data)
        took = time.process_time() - started
        if took > max(slowest, LIMIT / 10):
            slowest = took
            print(f"{name}: one input took {took:.2f} s", flush=True)
        assert took <= LIMIT, f"an input took {took:.1f} s"

    for data in seeds(name):
        # What is loaded with the first input of a kind is not that input's time.
        with suppress(ContentError):
            target(data)
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds(name)):
            (Path(corpus) / str(number)).write_bytes(data)
        flags = [
            f"-runs={runs}",
            f"-seed={seed}",
            f"-timeout={_HUNG}",
            f"-max_len={_LARGEST}",
            "-print_final_stats=1",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix=fuzz-{name}-", corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(
        sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000, int(sys.argv[3]) if len(sys.argv) > 3 else _SEED
    )
