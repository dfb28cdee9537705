"""Pages in a browser: they open from a file and from a host, load nothing else, run nothing foreign, and are accessible."""

import json
import os
import re
import shutil
import threading
import time
import unicodedata
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright
from pypdf import PdfReader

from generator.engines.registry import make_engine
from generator.pages.numbers import show_cell
from generator.pages.pair import make_pair_page
from generator.pairing import pair_articles
from generator.percent import show_share
from generator.render import make_environment, render, static_outputs
from generator.rules import Settings, SiteRules
from generator.template_folders import templates_folder
from tests.articles import REWRITE, WIRE, invent, make_article
from tests.found import every_state, export, find, make_pages, many_clusters

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FLAGS = [
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
# Only colours differ between light and dark.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
KINDS = (
    "index.html",
    "clusters/wire.html",
    "clusters/family-0.html",
    "clusters/told-0.html",
    "clusters/payer-1.html",
    "how-to-read.html",
    "404.html",
)
# What is expected may take as long as any other step in a browser does: the 5 s that it has otherwise pass on a busy machine.
expect.set_options(timeout=30_000)
# The text spacing that WCAG 1.4.12 asks a page to bear.
SPACED = """document.querySelectorAll('*').forEach(e => Object.assign(e.style ?? {}, {
  lineHeight: '1.5', letterSpacing: '.12em', wordSpacing: '.16em' }))"""
HUNK = ".row.edited, .row.rewritten"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site of every state, written below a folder that stands for a host's root."""
    findings, rules, templates = every_state(), SiteRules(), templates_folder()
    environment = make_environment(templates)
    folder = tmp_path_factory.mktemp("host") / "some" / "path"
    rendered = [render(page, environment) for page in make_pages(findings, rules)]
    for output in (*rendered, *export(findings), *static_outputs(templates, False)):
        target = folder / output.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(output.content)
    return folder


def find_browser():
    """The path of Chromium, as the system has it."""
    path = next(filter(None, map(shutil.which, NAMES)), None) or (MAC if Path(MAC).exists() else None)
    if not path:
        pytest.fail(
            f"no browser found under the names {', '.join(NAMES)}; install one, such as: apt-get install chromium"
        )
    return path


RUNNING = []


@pytest.fixture(scope="session")
def browser():
    """Chromium, as the system has it; one for all modules that take this fixture, since its driver can't start twice."""
    if RUNNING:
        yield RUNNING[0]
        return
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=find_browser(), args=FLAGS + as_root)
        RUNNING.append(started)
        yield started
        RUNNING.clear()
        started.close()


@contextmanager
def serving(folder):
    """The address of a loopback host that serves a folder in a sub-path, while one is inside."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder.parent.parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/some/path/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def host(site):
    with serving(site) as address:
        yield address


@pytest.fixture
def base(site):
    return f"{site.as_uri()}/"


@pytest.fixture
def opened(browser):
    """Open a page; whatever it complains of or asks for is kept on it."""
    contexts = []

    def open_page(address, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.requests_made = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: page.requests_made.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def long_site(tmp_path_factory):
    """The index of 1,010 clusters with what belongs to it; not the clusters."""
    folder = tmp_path_factory.mktemp("long")
    pages = [page for page in make_pages(many_clusters(1010), SiteRules()) if not page.path.startswith("clusters/")]
    environment = make_environment(templates_folder())
    for output in (*(render(page, environment) for page in pages), *static_outputs(templates_folder(), False)):
        (folder / output.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / output.path).write_bytes(output.content)
    return f"{folder.as_uri()}/"


def paths_of(site):
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def test_pages_open_from_files_and_load_nothing_else(site, base, opened):
    page = opened(base + "index.html")
    for path in paths_of(site):
        page.goto(base + path)
        assert page.title() != "run"
        assert page.locator("h1").count() == 1
    assert page.complaints == []
    assert all(url.startswith((base, "data:")) for url in page.requests_made)


def test_a_page_of_two_articles_stands_by_itself(tmp_path, opened):
    paired = pair_articles(make_article("wire", WIRE), make_article("ours", REWRITE), Settings(), make_engine("local"))
    page = make_pair_page(paired.report, paired.provenance, SiteRules(), paired.reason)
    (tmp_path / "pair.html").write_bytes(render(page, make_environment(templates_folder())).content)
    shown = opened((tmp_path / "pair.html").as_uri())
    assert shown.locator(HUNK).first.is_visible()
    shown.get_by_role("button", name="Side by side").click()
    assert shown.locator(".cells").first.is_visible()
    assert shown.complaints == []
    assert [url for url in shown.requests_made if not url.startswith("data:")] == [(tmp_path / "pair.html").as_uri()]
    assert Axe().run(shown, options=AXE).response["violations"] == []


def test_pages_open_from_a_sub_path_of_a_host(host, opened):
    page = opened(host + "clusters/wire.html")
    assert page.locator(HUNK).first.is_visible()
    page.goto(host + "index.html")
    page.locator("#cluster-table a").first.click()
    page.wait_for_url("**/clusters/*.html")
    assert page.complaints == []
    assert all(url.startswith((host, "data:")) for url in page.requests_made if "favicon.ico" not in url)


def test_every_link_leads_somewhere_and_ids_are_unique(site, base, opened):
    page = opened(base + "index.html", java_script_enabled=False)
    links, ids = {}, {}
    for path in paths_of(site):
        text = (site / path).read_text(encoding="utf-8")
        page.set_content(text.replace('http-equiv="refresh"', ""))
        links[path] = page.eval_on_selector_all("[href]", "all => all.map(e => e.getAttribute('href'))")
        ids[path] = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
        assert len(ids[path]) == len(set(ids[path])), path
    for path, hrefs in links.items():
        for href in hrefs:
            if href.startswith(("data:", "https:")):
                continue
            target, fragment = urldefrag(urljoin(base + path, href))
            below = target.partition("?")[0].removeprefix(base)
            assert (site / below).is_file(), (path, href)
            assert not fragment or fragment in ids[below], (path, href)


def test_the_diff_gives_both_articles_back(base, opened):
    page = opened(base + "clusters/wire.html")
    rebuild = """([unwanted]) => Array.from(document.querySelectorAll('.text')).map(text => {
      const copy = text.cloneNode(true);
      copy.querySelectorAll(unwanted + ', .b').forEach(e => e.remove());
      return copy.textContent;
    }).join('')"""
    copy = page.evaluate(rebuild, ["del, .was"])
    assert "Dock workers in Setubal stopped work on Tuesday in a dispute over night shifts" in copy
    assert "Nobody can sleep" not in copy
    source = page.evaluate(rebuild, ["ins, .now"])
    assert "“Nobody can sleep four hours and then steer a crane,” union leader Ines Carvalho" in source
    assert page.locator(".row.dropped").count() >= 1


def test_hostile_text_never_runs(site, base, opened):
    paths = [path for path in paths_of(site) if "evil" in path] + ["index.html"]
    page = opened(base + paths[0])
    for path in paths:
        page.goto(base + path)
        page.wait_for_timeout(50)
        assert page.title() != "run"
        assert page.locator("img").count() == 0
        assert "<script>document.title" in page.locator("main").text_content()
    assert page.complaints == []


def test_without_javascript_all_is_readable_and_no_control_is_dead(base, opened):
    page = opened(base + "clusters/family-0.html", java_script_enabled=False)
    assert page.locator("button, input, select").count() == 0
    assert page.locator(".comparison").count() == 4
    assert "inquiry" in page.locator("#diffs").text_content()
    page.goto(base + "index.html")
    assert page.locator("button, input, select").count() == 0
    assert page.locator("#cluster-table tbody tr").count() == 10


@pytest.mark.parametrize("javascript", [True, False])
def test_a_stub_leads_to_its_cluster(base, opened, javascript):
    page = opened(base + "clusters/rewrite.html", java_script_enabled=javascript)
    page.wait_for_url("**/clusters/wire.html#a-rewrite")
    assert page.locator("#a-rewrite").is_visible()


def test_a_stub_carries_fragment_and_view_over(base, opened):
    page = opened(base + "clusters/rewrite.html?view=side#pair-rewrite")
    page.wait_for_url("**/clusters/wire.html?view=side#pair-rewrite")
    assert page.locator(".cells").first.is_visible()


@pytest.mark.parametrize("path", KINDS)
def test_nothing_overflows_a_narrow_screen(base, opened, path):
    page = opened(base + path, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(base, opened, path, scheme):
    page = opened(base + path, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert complaints(page, AXE if scheme == "light" else CONTRAST) == []


def complaints(page, options):
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found]


def test_axe_finds_nothing_side_by_side(base, opened):
    page = opened(base + "clusters/wire.html?view=side")
    assert complaints(page, AXE) == []


def test_the_view_is_kept_in_the_address(base, opened):
    page = opened(base + "clusters/wire.html")
    page.get_by_role("button", name="Side by side").click()
    assert page.url.endswith("?view=side")
    assert page.locator(".row.dropped .cells").first.is_visible()
    assert not page.locator(".row .text").first.is_visible()
    page.get_by_role("button", name="Inline").click()
    assert page.url.endswith("wire.html")
    page.get_by_role("button", name="Hide unchanged").click()
    assert page.url.endswith("?hide=1")


def test_unchanged_sentences_fold_away_and_open_again(base, opened):
    page = opened(base + "clusters/twin-1.html?hide=1")
    opener = page.locator(".comparison .fold").first
    assert "unchanged sentences" in opener.text_content()
    assert page.locator(".row:visible").count() == 0
    opener.click()
    assert page.locator(".row:visible").count() > 3


def test_a_link_to_a_hunk_opens_what_hides_it(base, opened):
    page = opened(base + "clusters/family-0.html")
    hidden = page.locator("details.comparison").last.locator(".row").last
    assert not hidden.is_visible()
    page.goto(f"{base}clusters/family-0.html#{hidden.get_attribute('id')}")
    assert hidden.is_visible()
    plain = "-".join(hidden.get_attribute("id").split("-")[:2])
    page.goto(f"{base}clusters/family-0.html?x=1#{plain}-left")
    assert page.locator(f"[id='{plain}']").is_visible()


def test_keys_step_through_changes_and_can_be_switched_off(base, opened):
    page = opened(base + "clusters/wire.html")
    page.keyboard.press("n")
    # What an address becomes without a page being loaded is told a moment later.
    page.wait_for_url("**#h-*")
    first = page.url
    assert "Change 1 of" in page.get_by_role("status").text_content()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("p")
    page.wait_for_url(first)
    page.keyboard.press("?")
    page.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    assert page.url == first


def test_links_can_be_copied(host, opened):
    page = opened(host + "clusters/wire.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    assert page.evaluate("navigator.clipboard.readText()") == host + "clusters/wire.html#pair-rewrite"
    assert "copied" in page.get_by_role("status").text_content()


def test_the_index_sorts_and_filters_and_keeps_both_in_the_address(base, opened):
    page = opened(base + "index.html")
    page.get_by_role("button", name="Articles").click()
    sizes = page.locator("#cluster-table tbody td:nth-child(2)").all_text_contents()
    assert sizes == sorted(sizes, key=int, reverse=True)
    assert page.locator("th[aria-sort=descending]").count() == 1
    page.get_by_label("Words", exact=True).fill("dock")
    assert page.locator("#cluster-table tbody tr:visible").count() == 1
    assert page.get_by_role("status").text_content() == "1 of 10 shown"
    page.reload()
    assert page.get_by_role("status").text_content() == "1 of 10 shown"
    assert page.locator("th[aria-sort=descending]").count() == 1


@pytest.mark.parametrize("key", ["", "Enter"])
def test_a_bar_of_the_histogram_sets_the_least_reuse(base, opened, key):
    page = opened(base + "index.html")
    bar = page.locator(".histogram a").last
    least = bar.get_attribute("data-min")
    bar.press(key) if key else bar.click()
    assert page.get_by_label("Reuse from, %").input_value() == least
    assert page.url == f"{base}index.html?min={least}"
    reuse = page.locator("#cluster-table tbody tr").evaluate_all("rows => rows.map(r => r.cells[5].dataset.v * 100)")
    assert reuse
    assert min(reuse) >= int(least)
    assert page.locator("#clusters").evaluate("e => document.activeElement === e")
    plain = opened(base + "index.html", java_script_enabled=False)
    plain.locator(".histogram a").last.click()
    assert plain.url == f"{base}index.html?min={least}#clusters"
    page.goto(plain.url)
    assert page.get_by_label("Reuse from, %").input_value() == least


SHIFTS = """new Promise(tell => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => tell(sum), 100)); })"""


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_while_a_long_index_comes_in(long_site, opened, width):
    text = Path(long_site.removeprefix("file://"), "index.html").read_bytes()
    middle = text.index(b"</tr>", len(text) // 3)

    class Slow(SimpleHTTPRequestHandler):
        def do_GET(self):
            """Send the first rows, and the rest once the browser has had time to paint them."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text[:middle])
            self.wfile.flush()
            time.sleep(0.4)
            self.wfile.write(text[middle:])

        def log_message(self, *_):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page = opened(f"http://127.0.0.1:{server.server_port}/", viewport={"width": width, "height": 800})
    shifted = page.evaluate(SHIFTS)
    server.shutdown()
    server.server_close()
    thread.join()
    assert page.get_by_label("Words", exact=True).count() == 1
    assert shifted < 0.001


def test_an_index_of_many_pages_is_filtered_and_sorted_as_a_whole(long_site, opened):
    page = opened(long_site + "index.html")
    status, rows = page.get_by_role("status"), page.locator("#cluster-table tbody tr")
    assert status.text_content() == "500 of 1,010 shown"
    title = opened(long_site + "clusters-3.html").locator("#cluster-table a").last.text_content()
    page.get_by_label("Words", exact=True).fill(title)
    expect(status).to_have_text("1 of 1,010 shown")
    assert rows.locator("a").text_content() == title
    page.reload()
    expect(status).to_have_text("1 of 1,010 shown")
    page.get_by_label("Words", exact=True).fill("")
    page.get_by_role("button", name="Reuse", exact=True).click()
    page.get_by_role("button", name="Reuse", exact=True).click()
    expect(status).to_have_text("500 of 1,010 that fit shown")
    assert rows.first.locator("a").text_content() == title
    assert page.complaints == []
    assert all(url.startswith(long_site) for url in page.requests_made)


def test_an_index_of_many_pages_can_be_read_without_javascript(long_site, opened):
    page = opened(long_site + "index.html", java_script_enabled=False)
    seen = page.locator("#cluster-table tbody tr").count()
    for number in ("2", "3"):
        page.get_by_role("link", name=f"Page {number}").click()
        seen += page.locator("#cluster-table tbody tr").count()
    assert seen == 1010


def test_paper_holds_every_comparison(base, opened):
    page = opened(base + "clusters/family-0.html")
    page.emulate_media(media="print")
    assert page.locator("details.comparison .row").last.is_visible()
    # Facts name sentences by these numbers.
    assert page.locator(".row .perma").first.is_visible()
    assert not page.get_by_role("button", name="Side by side").is_visible()


def test_columns_have_their_heads_on_paper(base, opened):
    page = opened(base + "index.html")
    page.emulate_media(media="print")
    assert page.locator("#cluster-table thead").inner_text().split() == [
        *("Story", "Articles", "Sources", "Dates", "Verdict", "Reuse", "Word", "for", "word", "Reworded", "Grade"),
    ]
    assert not page.locator(".filters").is_visible()


@pytest.mark.parametrize("path", ["index.html", "how-to-read.html", "clusters/wire.html"])
def test_folded_settings_stand_on_paper_and_open_without_javascript(base, opened, path):
    page = opened(base + path, java_script_enabled=False)
    setting = page.locator("dt", has_text="read.max_depth")
    assert not setting.is_visible()
    page.locator("summary", has_text="settings").click()
    assert setting.is_visible()
    page.reload()
    page.emulate_media(media="print")
    assert setting.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_stubs_and_lists(site, base, long_site, opened, scheme):
    page = opened(base + "404.html", color_scheme=scheme)
    stub = (site / "clusters" / "rewrite.html").read_text(encoding="utf-8")
    stub = re.sub("<script>.*?</script>", "", stub, flags=re.DOTALL).replace('http-equiv="refresh"', "")
    page.set_content(stub)
    assert page.locator("h1").text_content() == "Dock workers stop work over night shifts"
    assert complaints(page, AXE) == []
    for path in ("clusters-2.html", "index.html?q=tunnel"):
        page.goto(long_site + path)
        assert complaints(page, AXE if "q=" not in path else CONTRAST) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_site_without_clusters_reads_well(tmp_path, opened, number):
    found = find([make_article(f"lone-{n}", invent(f"lone-{n}")) for n in range(number)])
    output = render(next(make_pages(found, SiteRules())), make_environment(templates_folder()))
    (tmp_path / "index.html").write_bytes(output.content)
    page = opened((tmp_path / "index.html").as_uri())
    assert page.locator("table").count() == min(number, 1)
    assert complaints(page, AXE) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_paper_is_a_full_record(host, site, opened, javascript):
    address = host + "clusters/family-0.html"
    page = opened(address, java_script_enabled=javascript)
    assert page.pdf().startswith(b"%PDF-")
    page.emulate_media(media="print")
    printed = " ".join(page.locator("body").inner_text().split())
    data = json.loads((site / "clusters" / "family-0.json").read_text(encoding="utf-8"))
    build = json.loads((site / "data" / "report.json").read_text(encoding="utf-8"))["build_id"]
    words = re.sub(r"\[[+−]|[+−]\]", " ", printed).split()
    for member in data["members"]:
        assert set(member["text"].split()) <= set(words)
    assert build in printed
    assert (address in printed) is javascript
    assert not page.locator("button:visible").count()


def squeeze(text):
    """The text without white space, with each ligature as its letters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pdf_holds_every_sentence_the_address_and_the_build(host, site, opened, javascript):
    address = host + "clusters/wire.html"
    page = opened(address, java_script_enabled=javascript)
    printed = squeeze(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages))
    data = json.loads((site / "clusters" / "wire.json").read_text(encoding="utf-8"))
    build = json.loads((site / "data" / "report.json").read_text(encoding="utf-8"))["build_id"]
    page.emulate_media(media="print")
    shown = page.locator(".row .text").evaluate_all("all => all.map(e => e.innerText)")
    shown = [text for text in map(squeeze, shown) if text]
    for text in shown:
        assert text in printed
    letters = re.sub(r"\W", "", "".join(shown)).casefold()
    for member in data["members"]:
        # Word by word, since what was cut stands between what was kept; where only capitals or marks differ, the copy's are shown.
        assert [
            word for word in member["text"].split() if re.sub(r"\W", "", squeeze(word)).casefold() not in letters
        ] == []
    assert build in printed
    assert (squeeze(address) in printed) is javascript


KINDS_OF_ROWS = ("verbatim", "edited", "rewritten", "new", "dropped")
LINES = """kinds => kinds.map(kind => {
  const row = document.createElement('div');
  row.className = `row ${kind}`;
  row.innerHTML = '<div class="text">x</div>';
  document.querySelector('.rows').append(row);
  const style = getComputedStyle(row.firstChild);
  return style.borderInlineStartStyle + style.borderInlineStartWidth;
})"""


@pytest.mark.parametrize("forced", ["none", "active"])
def test_kinds_are_told_apart_without_colour(base, opened, forced):
    page = opened(base + "clusters/wire.html", forced_colors=forced)
    verbatim, edited, rewritten, new, dropped = page.evaluate(LINES, list(KINDS_OF_ROWS))
    assert edited == rewritten
    assert len({verbatim, edited, new, dropped}) == 4
    shown = page.locator(".row", has=page.locator("del:visible")).first
    assert "[−" in shown.inner_text()
    assert "line-through" in page.eval_on_selector("del .x", "e => getComputedStyle(e).textDecorationLine")
    assert "underline" in page.eval_on_selector("ins .x", "e => getComputedStyle(e).textDecorationLine")
    marked = page.eval_on_selector(".row mark", "e => getComputedStyle(e).borderBottomStyle")
    assert marked == "solid"


def test_nothing_moves_for_those_who_asked_for_it(base, opened):
    page = opened(base + "clusters/wire.html", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_screen_reader_is_told_what_was_cut_added_and_shared(base, opened):
    page = opened(base + "clusters/wire.html")
    for role in ("deletion", "insertion", "mark"):
        assert page.locator("#diffs .rows").get_by_role(role).count() > 3
    assert page.get_by_role("heading", level=1).count() == 1
    assert (
        page.eval_on_selector_all("table", "all => all.filter(t => !t.caption && !t.closest('[aria-label]')).length")
        == 0
    )


def test_the_tab_key_reaches_every_control_and_leaves_again(base, opened):
    page = opened(base + "clusters/wire.html")
    wanted = page.locator("a[href]:visible, button:visible, summary:visible, [tabindex='0']:visible").count()
    wanted -= page.locator("svg a").count()
    reached = 0
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached += 1
    assert reached >= wanted


def test_filter_sort_and_keys_work_where_storage_is_forbidden(base, browser):
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(base + "index.html?q=dock&sort=-1")
    assert page.get_by_role("status").text_content().startswith("1 of ")
    assert page.locator("th[aria-sort=descending]").count() == 1
    page.goto(base + "clusters/wire.html")
    page.keyboard.press("n")
    assert "#h-" in page.url
    context.close()
    assert errors == []


def test_keys_are_left_alone_in_fields(base, opened):
    page = opened(base + "clusters/wire.html")
    page.evaluate("document.querySelector('#tools').append(document.createElement('input'))")
    page.locator("#tools input").focus()
    page.keyboard.press("n")
    assert "#h-" not in page.url


def test_page_and_data_tell_the_same_numbers(site, base, opened):
    page = opened(base + "clusters/family-0.html")
    data = json.loads((site / "clusters" / "family-0.json").read_text(encoding="utf-8"))
    for comparison in data["comparisons"]:
        shown = page.locator(f"#pair-{comparison['copy']}")
        assert show_share(comparison["reuse"]) in shown.locator("summary").first.text_content()
        cells = page.locator(f".matrix a[href='#pair-{comparison['copy']}']").all_text_contents()
        assert show_cell(comparison["copy_in_source"]) in cells
