"""Pages in Chromium: their bytes, and how long they take to open from a file, as it is and on a processor four times slower."""

import gzip
import os
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import describe_machine
from generator.findings import Findings
from generator.render import make_environment, render, static_outputs
from generator.rules import SiteRules
from generator.template_folders import templates_folder
from tests.articles import make_article
from tests.found import find, make_pages, many_clusters, read_news, reprints, retell
from tests.test_browser import FLAGS, find_browser

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "benchmarks" / "pages.md"
TIMES = 5
SLOWER = 4

# From the start of navigation until the page's load event has ended and what it drew stands on the screen.
_OPENED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => done(performance.now()))))"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one page weighs and takes.

    Attributes:
        name: String.
        size: Integer, bytes.
        compressed: Integer, bytes after gzip.
        elements: Integer.
        seconds: Float, median time until it stands there.
        slower: Float, the same on the slowed processor.
    """

    name: str
    size: int
    compressed: int
    elements: int
    seconds: float
    slower: float


def told(number: int, words: int, step: float) -> Findings:
    """What is found in a story and its retellings, each further from it.

    Args:
        number: Integer, how many articles.
        words: Integer, how many words each has.
        step: Share of the words that each changes more than the one before.

    Returns:
        Findings.
    """
    story = read_news(words)
    return find([make_article(f"told-{n:02}", retell(story, 0.02 + n * step, n)) for n in range(number)])


PAGES: dict[str, tuple[Callable[[], Findings], str]] = {
    "cluster of 2 articles of 500 words": (lambda: told(2, 500, 0.3), "cluster.html"),
    "cluster of 40 articles of 500 words": (lambda: told(40, 500, 1 / 200), "cluster.html"),
    "cluster of 400 reprints of 500 words": (lambda: reprints(400), "cluster.html"),
    "index of 1,000 clusters": (lambda: many_clusters(1000), "index.html"),
}


def open_page(browser: Browser, address: str, slower: int) -> tuple[float, int]:
    """Open a page in a window of its own.

    Args:
        browser: Browser of playwright.
        address: String.
        slower: Integer from 1 up, how many times slower the processor is made.

    Returns:
        Seconds, and the number of its elements.
    """
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    milliseconds = page.evaluate(_OPENED)
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return milliseconds / 1000, elements


def measure_page(browser: Browser, folder: Path, name: str) -> Opened:
    """Write a page with what belongs to it, and open it.

    Args:
        browser: Browser of playwright.
        folder: Path of a folder of its own.
        name: String, a key of PAGES.

    Returns:
        Opened.
    """
    make, template = PAGES[name]
    pages = list(make_pages(make(), SiteRules()))
    environment = make_environment(templates_folder())
    for output in (*(render(page, environment) for page in pages), *static_outputs(templates_folder(), False)):
        (folder / output.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / output.path).write_bytes(output.content)
    path = folder / next(page.path for page in pages if page.template == template)
    content = path.read_bytes()
    plain = [open_page(browser, path.as_uri(), 1) for _ in range(TIMES)]
    slowed = [open_page(browser, path.as_uri(), SLOWER) for _ in range(TIMES)]
    return Opened(
        name,
        len(content),
        len(gzip.compress(content)),
        plain[0][1],
        statistics.median(seconds for seconds, _ in plain),
        statistics.median(seconds for seconds, _ in slowed),
    )


def main() -> None:
    """Open all pages, and write the table."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    rows = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=FLAGS + as_root)
        for name in PAGES:
            with TemporaryDirectory() as folder:
                rows.append(measure_page(browser, Path(folder), name))
        version = browser.version
        browser.close()
    lines = [
        f"| {row.name} | {row.size / 1000:,.0f} | {row.compressed / 1000:,.0f} | {row.elements:,} "
        f"| {row.seconds:.2f} | {row.slower:.2f} |"
        for row in rows
    ]
    TABLE.write_text(
        "# Pages in a browser\n\n"
        f"Opened from a file in a window of 412 by 823 pixels until the page is drawn; medians of {TIMES} loads;\n"
        f"Chromium {version}, {describe_machine()}.\n\n"
        f"| page | KB | KB compressed | elements | seconds | seconds, processor {SLOWER} times slower |\n"
        "|---|---:|---:|---:|---:|---:|\n" + "\n".join(lines) + "\n\n"
        "Made by `make bench`; `docs/benchmarks.md` says how.\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
