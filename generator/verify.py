"""A built site → what is wrong with it: changed files, links, anchors, policies, and data that doesn't agree with pages."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag

from lxml import etree  # type: ignore[import-untyped]

from generator.cells import plain_cell
from generator.digests import Audit, audit_files
from generator.errors import ContentError
from generator.foreign import may_be_written
from generator.render import digest

_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)
_BUILD = re.compile(r"build <code>([0-9a-f]{12})</code>")
_ASSETS = frozenset(("script", "style"))


@dataclass(slots=True)
class _Page:
    """What one page says of itself; lxml fills it by calling `start`, `data` and `end`."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    policy: str = ""
    build: str = ""
    _text: list[str] | None = None

    def start(self, tag: str, known: dict[str, str]) -> None:
        if "id" in known:
            self.ids.append(known["id"])
        self.links += [known[name] for name in ("href", "src") if name in known]
        if tag == "meta" and known.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = known.get("content", "")
        if tag in _ASSETS:
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag in _ASSETS and self._text is not None:
            self.inline.append(digest("".join(self._text)))
            self._text = None

    def close(self) -> "_Page":
        return self


def verify_site(site: Path) -> Audit:
    """Find what is wrong with a built site.

    Args:
        site: Path of the site folder.

    Returns:
        Audit; its faults are one line each, where, and what; empty where all is well.

    Raises:
        ContentError: There is no site of twicetold.
    """
    report_file = site / "data" / "report.json"
    try:
        report = json.loads(report_file.read_bytes())
    except (OSError, ValueError) as error:
        raise ContentError(f"{site} holds no site of twicetold: {report_file} can't be read; build it again") from error
    names = (file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html")))
    pages = {name: _read(site / name) for name in names if may_be_written(name)}
    audit = audit_files(site)
    faults = (
        *audit.faults,
        *(
            f"{path}: {fault}"
            for path, page in pages.items()
            for fault in _page_faults(path, page, pages, site, report)
        ),
        *_data_faults(site, pages, report),
    )
    return Audit(faults, audit.others)


def _read(file: Path) -> _Page:
    text = file.read_bytes().decode("utf-8", "replace")
    page = _Page()
    # libxml2 reads a page five times as fast as Python's own parser.
    parser = etree.HTMLParser(target=page, huge_tree=True)
    try:
        parser.feed(text)
        parser.close()
    except etree.ParseError:
        # Nothing is left of an empty page; its digest says so.
        pass
    found = _BUILD.search(text)
    page.build = found[1] if found else ""
    return page


def _page_faults(
    path: str, page: _Page, pages: dict[str, _Page], site: Path, report: dict[str, object]
) -> Iterator[str]:
    """What is wrong with one page by itself and with where it leads."""
    for name in sorted(name for name, times in Counter(page.ids).items() if times > 1):
        yield f"the id {name} stands there twice"
    if page.build and page.build != report.get("build_id"):
        yield f"it is of build {page.build}, the data of build {report.get('build_id')}"
    for name in page.inline:
        if page.policy and name not in page.policy:
            yield "a style or script was changed: its policy does not allow it"
    for link in dict.fromkeys(page.links):
        if _ELSEWHERE.match(link):
            continue
        address, fragment = urldefrag(link)
        target = unquote(address.partition("?")[0])
        below = normpath(join(dirname(path), target)) if target else path
        if below not in pages and (below.startswith(("/", "..")) or not _is_file(site / below)):
            yield f"{link} leads nowhere"
        elif fragment and below in pages and unquote(fragment) not in pages[below].ids:
            yield f"{link} leads to a place that is not there"


def _is_file(path: Path) -> bool:
    """Whether a file is there; none is under a name that the system can't have."""
    try:
        return path.is_file()
    except OSError:
        return False


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
