"""Pages are inert whatever the input: nothing in an article, its fields or its name runs, loads, links or leaves its place.

`SAFETY=all` tries each payload in each place and format; without it every third of them is tried.
"""

import csv
import io
import json
import os
import re
from html.parser import HTMLParser

import pytest

from generator.api import build
from tests.hostile import BEACON, PAYLOADS, combinations, write_hostile
from tests.test_browser import browser  # noqa: F401 - a fixture

ALL = os.environ.get("SAFETY") == "all"
# Another third for each place, so that all payloads are tried in many.
CHOSEN = [combo for i, combo in enumerate(combinations()) if ALL or (i + i // len(PAYLOADS)) % 3 == 0]
TAGS = frozenset(
    """
    a b bdi body button caption code dd del details div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 head
    header html input ins label legend li line link main mark meta nav ol output p path q rect script section span
    strong style summary svg table tbody td text th thead time title tr ul br wbr
    """.split()  # noqa: SIM905 - a list of sixty tags reads worse
)
LINKED = {"a": "href", "link": "href", "img": "src", "script": "src"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger")
    articles = write_hostile(folder, CHOSEN)
    site = tmp_path_factory.mktemp("inert") / "site"
    return site, articles, build(folder, site)


class Reader(HTMLParser):
    """Gathers what could act in a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.handlers, self.links, self.code, self.bases, self._inside = set(), [], [], [], [], ""

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.add(tag)
        self.handlers += [
            name for name, _ in attrs if name.startswith("on") or name in ("style", "srcdoc", "formaction")
        ]
        if tag in LINKED and known.get(LINKED[tag]):
            self.links.append((tag, known[LINKED[tag]], known.get("rel", "")))
        self._inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, _):
        self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.code.append(data)


def read(page):
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def test_enough_is_tried(built):
    _, articles, summary = built
    assert len(articles) >= 400
    assert summary.articles >= 0.95 * len(articles)
    assert {left.reason.split(";")[0] for left in summary.left_out} <= {"no words", "no main text found"}
    assert summary.clustered >= 0.95 * summary.articles


def test_no_markup_of_an_article_becomes_markup_of_a_page(built):
    code = set()
    for page in built[0].rglob("*.html"):
        reader = read(page)
        assert reader.tags <= TAGS, page
        assert not reader.handlers, page
        code |= set(reader.code)
        for tag, address, rel in reader.links:
            if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
                assert tag == "a" or address == "data:,"
                assert address.startswith(("https://", "http://")) or address == "data:,"
                assert tag != "a" or set(rel.split()) == {"noopener", "noreferrer", "nofollow"}
    assert not [text for text in code if "hurt" in text or "evil" in text]


def test_policies_allow_the_hashes_of_the_page_itself_and_nothing_else(built):
    for page in [*built[0].glob("clusters/*.html"), built[0] / "index.html"]:
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page.read_text(encoding="utf-8"))
        allowed = re.sub(r"'sha256-[\w+/=]+'", "#", policy)
        assert re.fullmatch(
            r"default-src 'none'; style-src [# ]+; script-src [# ]+; img-src 'self' data:; base-uri 'none'; form-action 'none'",
            allowed,
        ), allowed


def test_data_files_hold_text_and_no_formulas(built):
    for file in built[0].rglob("*.json"):
        json.loads(file.read_bytes())
    for file in built[0].glob("data/*.csv"):
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"))):
            for cell in row:
                parts = re.split("[;\t]", cell)
                assert not [part for part in [cell, *parts] if part.startswith(("=", "+", "-", "@", "\t"))]


def test_template_syntax_stays_text(built):
    pages = "".join(page.read_text(encoding="utf-8") for page in built[0].rglob("*.html"))
    assert str(1777 * 7331) not in pages
    assert "{{ 1777*7331 }}" in pages


def test_what_is_no_markup_of_its_format_is_shown_as_it_was_written(built):
    site, articles, _ = built
    shown = {}
    for file in site.glob("clusters/*.json"):
        for member in json.loads(file.read_bytes())["members"]:
            shown[member["path"].split("#")[0]] = member
    for path, (ending, place, name) in articles.items():
        if (
            ending in ("txt", "jsonl", "csv", "parquet")
            and place in ("body", "title")
            and name != "bidi"
            and path in shown
        ):
            text = " ".join(shown[path]["text" if place == "body" else "title"].split())
            assert " ".join(PAYLOADS[name].split())[:60] in text, path


def test_nothing_runs_or_loads_in_a_browser(built, browser):  # noqa: F811 - the fixture
    site = built[0]
    pages = [page for page in site.rglob("*.html") if len(page.read_bytes()) > 8000]
    stubs = [page for page in sorted(site.rglob("clusters/*.html")) if page not in pages][::15]
    context = browser.new_context()
    context.add_init_script(
        "window.reports=[];document.addEventListener('securitypolicyviolation', e => window.reports.push(e.violatedDirective))"
    )
    page = context.new_page()
    seen, foreign = [], []
    page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: foreign.append(request.url))
    for file in (*pages, *stubs):
        page.goto(file.as_uri(), wait_until="load")
        # Everything is unfolded and clicked past, as a reader would.
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate("[window.hurt, window.reports.length]") == [None, 0], file
        assert page.url.startswith("file:"), file
    context.close()
    assert not seen
    assert {address.split(":")[0] for address in foreign} <= {"file", "data"}
    assert not [address for address in foreign if not address.startswith((site.as_uri(), "data:,"))]
    assert not [address for address in foreign if BEACON in address]


def test_a_template_of_ones_own_escapes_too(tmp_path):
    from generator.rules import Settings, SiteRules

    content, own = tmp_path / "content", tmp_path / "templates"
    content.mkdir()
    own.mkdir()
    (own / "404.html").write_text(
        "{% extends 'built-in/404.html' %}{% block content %}{{ page.frame.site }}{% endblock %}"
    )
    (content / "a.txt").write_text("One story of a harbour.")
    rules = Settings(site=SiteRules(title="<script>alert(1)</script>", templates=str(own)))
    build(content, tmp_path / "site", rules)
    page = (tmp_path / "site" / "404.html").read_text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
