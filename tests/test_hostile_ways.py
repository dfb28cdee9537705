"""Payloads by the side doors: reviews, archives, the search page, addresses, a browser's storage, templates of one's own.

`SAFETY=all` tries each payload at each door; without it every third payload is tried in addresses and searches.
"""

import csv
import json
import os
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.reviews import digest_text
from generator.rules import ReadRules, Settings, SiteRules
from generator.verify import verify_site
from tests.hostile import BEACON, PAYLOADS, as_name, story, write_hostile
from tests.test_browser import browser  # noqa: F401 - a fixture
from tests.test_hostile import TAGS, read

ASKED = list(PAYLOADS.values()) if os.environ.get("SAFETY") == "all" else list(PAYLOADS.values())[::3]
PLACES = ("body", "title", "source", "author")
# Each way in which a file of reviews can hold a payload: what it changes in the file, and in its mark.
REVIEWS = {
    "reviewer": lambda text: ({"reviewer": text[:80]}, {}),
    "note": lambda text: ({}, {"note": text}),
    "id": lambda text: ({}, {"a": text}),
    "site": lambda text: ({"site": text, "exported": text}, {}),
    "mark": lambda text: ({}, {"mark": text}),
    "when": lambda text: ({}, {"when": text}),
    "key": lambda text: ({text: 1}, {}),
    "key of a mark": lambda text: ({}, {text: 1}),
}
OWN = """{% extends 'built-in/index.html' %}{% block content %}{{ super() }}
{% for row in page.rows %}<p title="{{ row.headline.text }}">{{ row.headline.text }} {{ row.sources|join(' ') }}</p>{% endfor %}
{% for item in page.left_out %}<p title='{{ item.reason }}'>{{ item.path }} {{ item.reason }}</p>{% endfor %}
{% for row in page.reviews.rows %}<p title="{{ row.view.note }}">{{ row.view.reviewer }} {{ row.view.note }}</p>{% endfor %}
{% endblock %}"""


def write_reviews(folder, pair):
    """A file of reviews for each payload and way; those that can be used mark the pair in the first second free."""
    folder.mkdir()
    (a, a_text), (b, b_text) = pair
    for number, (name, payload) in enumerate(PAYLOADS.items()):
        for way, change in REVIEWS.items():
            whole, one = change(payload)
            mark = {
                "a": a,
                "b": b,
                "a_text": a_text,
                "b_text": b_text,
                "mark": "fine",
                "when": f"2024-03-05T10:00:{number:02}Z",
            }
            review = {
                "format": "twicetold-reviews",
                "version": 1,
                "reviewer": f"{name} {way}",
                "marks": [{**mark, **one}],
                **whole,
            }
            file = folder / f"{number:02}-{way}-{as_name(payload)}.json"
            file.write_text(json.dumps(review), encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site of hostile articles, compared with hostile archives, with hostile reviews and a template that shows them."""
    folder = tmp_path_factory.mktemp("doors")
    content, archives, own = folder / "content", folder / "archives", folder / "templates"
    for made in (content, archives, own):
        made.mkdir()
    combos = [(ending, place, name) for name in PAYLOADS for place in PLACES for ending in ("jsonl", "parquet")]
    write_hostile(content, combos)
    for number, payload in enumerate(PAYLOADS.values()):
        archive = archives / f"{number:02}{as_name(payload)}"
        archive.mkdir()
        (archive / f"{as_name(payload)}.txt").write_text(
            f"{' '.join(payload.split())}\n\n{story(number // 2)} {payload}"
        )
    (own / "index.html").write_text(OWN)
    read_rules = ReadRules(against=tuple(map(str, sorted(archives.iterdir()))))
    site = SiteRules(title=PAYLOADS["closing"], search=True, templates=str(own))
    build_site(content, folder / "site", Settings(read=read_rules, site=site), LocalEngine(1))
    clusters = [json.loads(path.read_bytes()) for path in sorted((folder / "site" / "clusters").glob("*.json"))]
    ends = [clusters[0]["comparisons"][0][side] for side in ("source", "copy")]
    texts = {member["id"]: digest_text(member["text"]) for member in clusters[0]["members"]}
    write_reviews(folder / "reviews", sorted((name, texts[name]) for name in ends))
    summary = build_site(content, folder / "site", Settings(read=read_rules, site=site), LocalEngine(1))
    return folder / "site", summary


@pytest.fixture(scope="module")
def served(built):
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(built[0])))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Watched:
    """A page that notes whatever acts: dialogs, errors, violations, requests to elsewhere, the marker."""

    def __init__(self, context, home):
        self.context, self.home, self.seen = context, home, []
        self.context.add_init_script(
            "window.reports=[];document.addEventListener('securitypolicyviolation', e => window.reports.push(e.violatedDirective))"
        )
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.seen.append("dialog"), dialog.dismiss()))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.seen.append(str(error)))
        self.page.on("request", self._note)

    def _hear(self, message):
        # Chromium remarks on what a field for numbers or dates does not take, and leaves the field empty.
        if not message.text.startswith("The specified value "):
            self.seen.append(message.text)

    def _note(self, request):
        if not request.url.startswith((self.home, "data:,", f"blob:{self.home}")):
            self.seen.append(f"asked for {request.url}")

    def visit(self, address):
        # A change of the fragment alone would not load the page again.
        self.page.goto("about:blank")
        self.page.goto(self.home + address, wait_until="load")
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        self.look(address)

    def look(self, where):
        assert self.page.evaluate("[window.hurt, window.reports.length]") == [None, 0], where
        assert self.page.url.startswith(self.home), where
        assert self.seen == [], where


@pytest.fixture
def watched(browser, served):  # noqa: F811 - the fixture
    made = Watched(browser.new_context(), served)
    yield made
    made.context.close()


def test_every_door_was_tried(built):
    site, summary = built
    report = json.loads((site / "data" / "report.json").read_bytes())
    used = {"reviewer", "note", "site"}
    assert report["counts"]["reviews"] >= 0.9 * len(PAYLOADS) * len(used)
    assert len(report["outdated_reviews"]) == len(PAYLOADS)
    faulty = [item for item in summary.left_out if item.path.startswith("reviews/")]
    assert len(faulty) == len(PAYLOADS) * (len(REVIEWS) - len(used) - 1)
    assert summary.archive == len(PAYLOADS)
    assert report["counts"]["archive_matched"] >= 0.9 * len(PAYLOADS)
    assert verify_site(site).faults == ()


def test_pages_hold_no_markup_of_reviews_or_archives(built):
    for page in built[0].rglob("*.html"):
        reader = read(page)
        assert reader.tags <= TAGS, page
        assert [name for name in reader.handlers if name != "style"] == [], page
        assert not [text for text in reader.code if "hurt" in text or "evil" in text], page


def test_tables_start_no_formula(built):
    for file in built[0].glob("data/*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))], file


def test_nothing_runs_on_any_page(built, watched):
    for path in sorted(built[0].rglob("*.html")):
        if len(path.read_bytes()) > 8000 or path.name == "search.html":
            watched.visit(path.relative_to(built[0]).as_posix())


def test_nothing_runs_from_what_is_searched_for_or_found(watched):
    watched.visit("search.html")
    box = watched.page.get_by_role("searchbox")
    found = 0
    for payload in (*ASKED, "harbour", "hurt", "script onerror"):
        box.fill(" ".join(payload.split()))
        box.press("Enter")
        expect(watched.page.get_by_role("status")).to_have_text(re.compile("found|No article|shown"))
        found += watched.page.locator(".found li").count()
        watched.look(payload)
    assert found > 20
    for payload in ASKED:
        watched.visit(f"search.html?q={quote(payload)}")


@pytest.mark.parametrize(
    "door",
    [
        "index.html?q={0}&min={0}&source={0}&verdict={0}&from={0}&sort={0}#{0}",
        "{1}?view={0}&hide={0}#{0}",
        "{2}?{0}#{0}",
    ],
)
def test_nothing_runs_from_an_address(built, watched, door):
    site = built[0]
    cluster = next(path for path in sorted(site.glob("clusters/*.html")) if path.with_suffix(".json").exists())
    stub = next(path for path in sorted(site.glob("clusters/*.html")) if not path.with_suffix(".json").exists())
    names = [path.relative_to(site).as_posix() for path in (cluster, stub)]
    for payload in (*map(quote, ASKED), "%", "%E0%A4%A", "__proto__", "99", "-99", "1e400", "constructor"):
        watched.visit(door.format(payload, *names))


def test_nothing_runs_from_a_storage_that_others_filled(built, watched):
    """Other pages of the host may write what they like into the storage that all of them share."""
    site = built[0]
    cluster = next(path for path in sorted(site.glob("clusters/*.html")) if path.with_suffix(".json").exists())
    watched.visit(cluster.relative_to(site).as_posix())
    data = "document.querySelector('.review[data-a]').dataset"
    key = watched.page.evaluate(f"'twicetold-review / ' + [{data}.a, {data}.b, {data}.aText, {data}.bText].join(' ')")
    for payload in ASKED:
        when = "2024-03-05T10:00:00Z"
        records = [
            {"mark": "fine", "note": payload, "when": when, "about": payload, "at": "javascript:window.hurt=1"},
            {"mark": "fine", "note": {"a": payload}, "when": when, "about": [payload], "at": "http://["},
            {"mark": payload, "note": payload, "when": payload},
        ]
        stored = {
            key: json.dumps(records[0]),
            f"{key} {payload}": json.dumps(records[1]),
            f"twicetold-review / {payload}": json.dumps(records[2]),
            f"twicetold-review / a b c {payload}": payload,
            "twicetold-reviewer": payload,
            "twicetold-keys": payload,
        }
        watched.page.evaluate(
            "all => { localStorage.clear(); Object.entries(all).forEach(([k, v]) => localStorage.setItem(k, v)) }",
            stored,
        )
        watched.page.reload(wait_until="load")
        watched.page.get_by_role("button", name="Copy as text").click()
        with watched.page.expect_download() as handed:
            watched.page.get_by_role("button", name="Download as a file").click()
        json.loads(handed.value.path().read_text(encoding="utf-8"))
        watched.look(payload)


def test_beacons_of_payloads_stand_in_no_link_of_a_page(built):
    for page in built[0].rglob("*.html"):
        for tag, address, _ in read(page).links:
            assert not address.startswith(BEACON) or tag == "a", page
