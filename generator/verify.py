"""A built site → what is wrong with it: links, anchors, policies, and data that doesn't agree with pages."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

from generator.cells import plain_cell
from generator.errors import ContentError
from generator.render import digest

_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)
_BUILD = re.compile(r"build <code>([0-9a-f]{12})</code>")
_ASSETS = frozenset(("script", "style"))


@dataclass(slots=True)
class _Page:
    """What one page says of itself; filled by the parser."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    policy: str = ""
    build: str = ""


class _Reader(HTMLParser):
    """Gathers ids, links, inline styles and scripts, and the content security policy of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Page()
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if "id" in known:
            self.page.ids.append(known["id"])
        self.page.links += [known[name] for name in ("href", "src") if name in known]
        if tag == "meta" and known.get("http-equiv", "").lower() == "content-security-policy":
            self.page.policy = known.get("content", "")
        self._within = tag if tag in _ASSETS else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - any tag ends it
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within:
            self.page.inline.append(data)


def verify_site(site: Path) -> tuple[str, ...]:
    """Find what is wrong with a built site.

    Args:
        site: Path of the site folder.

    Returns:
        Tuple of strings, one line each: where, and what; empty where all is well.

    Raises:
        ContentError: There is no site of twicetold.
    """
    report_file = site / "data" / "report.json"
    try:
        report = json.loads(report_file.read_bytes())
    except (OSError, ValueError) as error:
        raise ContentError(f"{site} holds no site of twicetold: {report_file} can't be read; build it again") from error
    pages = {file.relative_to(site).as_posix(): _read(file) for file in sorted(site.rglob("*.html"))}
    return (
        *(
            f"{path}: {fault}"
            for path, page in pages.items()
            for fault in _page_faults(path, page, pages, site, report)
        ),
        *_data_faults(site, pages, report),
    )


def _read(file: Path) -> _Page:
    reader = _Reader()
    text = file.read_text(encoding="utf-8", errors="replace")
    reader.feed(text)
    found = _BUILD.search(text)
    reader.page.build = found[1] if found else ""
    return reader.page


def _page_faults(
    path: str, page: _Page, pages: dict[str, _Page], site: Path, report: dict[str, object]
) -> Iterator[str]:
    """What is wrong with one page by itself and with where it leads."""
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        yield f"the id {name} stands there twice"
    if page.build and page.build != report.get("build_id"):
        yield f"it is of build {page.build}, the data of build {report.get('build_id')}"
    for text in page.inline:
        if page.policy and digest(text) not in page.policy:
            yield "a style or script was changed: its policy does not allow it"
    for link in dict.fromkeys(page.links):
        if _ELSEWHERE.match(link):
            continue
        address, fragment = urldefrag(link)
        target = address.partition("?")[0]
        file = (site / path).parent / unquote(target) if target else site / path
        below = file.resolve().relative_to(site.resolve()).as_posix() if _inside(file, site) else ""
        if not below or not file.is_file():
            yield f"{link} leads nowhere"
        elif fragment and below in pages and unquote(fragment) not in pages[below].ids:
            yield f"{link} leads to a place that is not there"


def _inside(file: Path, site: Path) -> bool:
    return file.resolve().is_relative_to(site.resolve())


def _data_faults(site: Path, pages: dict[str, _Page], report: dict[str, object]) -> Iterator[str]:
    """Where tables, clusters and pages don't agree."""
    tables = {}
    for name in ("articles", "pairs", "passages", "clusters", "reviews"):
        try:
            with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                tables[name] = [{k: plain_cell(v or "") for k, v in row.items() if k} for row in csv.DictReader(stream)]
        except (OSError, ValueError) as error:
            yield f"data/{name}.csv: can't be read: {error}"
    found = report.get("counts")
    counts = dict(found) if isinstance(found, dict) else {}
    # The table holds the archived articles that match something, too.
    counts["articles"] = counts.get("articles", 0) + counts.get("archive_matched", 0)
    for name, rows in tables.items():
        if counts.get(name) != len(rows):
            yield f"data/{name}.csv: it has {len(rows)} rows, data/report.json says {counts.get(name)}"
    known = {row.get("id", "") for row in tables.get("articles", ())}
    for table, row in ((name, row) for name in ("pairs", "passages") for row in tables.get(name, ())):
        for name in {row.get("a", ""), row.get("b", "")} - known:
            yield f"data/{table}.csv: {name} is no article of data/articles.csv"
    for row in tables.get("clusters", ()):
        yield from _cluster_faults(site, row.get("id", ""), row.get("members", "").split(), pages, known)


def _cluster_faults(
    site: Path, name: str, members: list[str], pages: dict[str, _Page], known: set[str]
) -> Iterator[str]:
    try:
        data = json.loads((site / "clusters" / f"{name}.json").read_bytes())
        told = [member["id"] for member in data["members"]]
        copies = {comparison["copy"] for comparison in data["comparisons"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield f"clusters/{name}.json: can't be read: {error}"
        return
    if told != members:
        yield f"clusters/{name}.json: its members are not those of data/clusters.csv"
    for member in members:
        if member not in known:
            yield f"data/clusters.csv: {member} is no article of data/articles.csv"
        if f"clusters/{member}.html" not in pages:
            yield f"clusters/{member}.html: missing, though {member} is in the cluster {name}"
    page = pages.get(f"clusters/{name}.html")
    wanted = {f"a-{member}" for member in members}
    for missing in sorted(wanted - set(page.ids)) if page else ():
        yield f"clusters/{name}.html: the article {missing.removeprefix('a-')} does not stand on it"
    # A further source of a copy stands behind `~`, which no id holds.
    named = [name.removeprefix("pair-") for name in page.ids if name.startswith("pair-")] if page else []
    shown = {name.partition("~")[0] for name in named}
    for stranger in sorted(shown - copies):
        yield f"clusters/{name}.html: the comparison of {stranger} is not in the data"
