"""Reviewers' marks in a browser: kept there only, handed on as a file or as text, and read back by the build."""

import json

import pytest
from playwright.sync_api import expect

from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.read.reviews import parse_review
from generator.rules import Settings
from tests.articles import REWRITE, make_article, rewrite, tell, write_sample
from tests.test_browser import AXE, CONTRAST, browser, complaints, opened  # noqa: F401 - fixtures

NOTE = "Nobody asked <b>the desk</b>.\nPlease do; “quoted” & more."
NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
)


class Project:
    """A folder of articles, and its site."""

    def __init__(self, folder):
        self.content, self.reviews, self.site = folder / "content", folder / "reviews", folder / "site"
        self.page = (self.site / "clusters" / "wire.html").as_uri()

    def build(self):
        build_site(self.content, self.site, Settings(), LocalEngine(1))

    def keep(self, name, review):
        self.reviews.mkdir(exist_ok=True)
        (self.reviews / name).write_text(review if isinstance(review, str) else json.dumps(review), encoding="utf-8")


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    write_sample(made.content)
    for number in range(3):
        text = " ".join(rewrite(tell(4), number / 20, number))
        (made.content / f"told-{number}.txt").write_text(make_article("x", text).text, encoding="utf-8")
    made.build()
    return made


def mark(page, words, note=""):
    block = page.locator(".review").first
    block.get_by_label(words, exact=True).check()
    if note:
        block.get_by_label("Note").fill(note)
        block.get_by_label("Note").blur()
    return block


def download(page, name="Anna Weber"):
    """The file that a page hands out, by its name and content."""
    page.get_by_label("Your name").fill(name)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as a file").click()
    return waiting.value.suggested_filename, waiting.value.path().read_text(encoding="utf-8")


def test_a_mark_is_kept_in_the_browser_and_nothing_is_sent(project, opened):  # noqa: F811
    page = opened(project.page)
    assert not page.get_by_role("heading", name="Your marks").is_visible()
    block = mark(page, "needs a look", NOTE)
    expect(block.locator("[aria-live=polite]")).to_have_text("Saved, with the note. In this browser only.")
    page.reload()
    # What one page stored reaches the next through another process: there at once, or told as an event a moment later.
    expect(page.get_by_label("needs a look")).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    expect(block.locator("[aria-live=polite]")).to_contain_text("Marked on")
    page.goto((project.site / "index.html").as_uri())
    expect(page.locator(".your-marks")).to_contain_text("1 mark on this site: 1 needs a look.")
    assert page.complaints == []
    assert all(url.startswith((project.site.as_uri(), "data:", "blob:")) for url in page.requests_made)


def test_the_file_is_what_the_build_reads_back(project, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "credited", NOTE)
    page.goto((project.site / "clusters" / "told-0.html").as_uri())
    mark(page, "fine")
    name, text = download(page, "  Anna   Wéber ")
    assert name.startswith("review-anna-we")
    assert name.endswith(".json")
    found = {(m.a, m.b): m for m in parse_review(text.encode(), name)}
    assert {(m.mark, m.note, m.reviewer) for m in found.values()} == {
        ("credited", NOTE, "Anna Wéber"),
        ("fine", "", "Anna Wéber"),
    }
    project.keep(name, text)
    project.build()
    assert (project.site / "data" / "reviews.csv").read_text(encoding="utf-8").count("Anna Wéber") == 2
    other = opened(project.page, java_script_enabled=False)
    said = other.locator(".review .marks li")
    assert said.count() == 1
    assert said.locator(".said").text_content() == "credited"
    assert said.locator(".remark").inner_text() == NOTE
    assert other.locator("button, input, textarea, fieldset").count() == 0
    assert page.complaints == []


def test_two_reviewers_stand_beside_each_other_and_the_latest_of_each_counts(project, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "fine")
    _, first = download(page, "Anna")
    first = json.loads(first)
    early = [dict(first["marks"][0], mark="not-acceptable", when="2020-01-01T00:00:00Z")]
    project.keep("b-early.json", dict(first, marks=early))
    project.keep("a-late.json", first)
    project.keep("ben.json", dict(first, reviewer="Ben", marks=[dict(early[0], mark="credited")]))
    project.build()
    page.reload()
    shown = page.locator(".review .marks li")
    assert [item.locator("b, bdi").all_inner_texts() for item in shown.all()] == [["fine", "Anna"], ["credited", "Ben"]]
    page.goto((project.site / "index.html").as_uri())
    assert "reviewed: 1 credited, 1 fine" in page.locator("#cluster-table").text_content()
    page.locator(".reviews a").first.click()
    page.wait_for_url("**/clusters/wire.html#review-rewrite")
    assert page.locator("#review-rewrite").is_visible()


def test_marks_are_copied_as_text(project, opened):  # noqa: F811
    page = opened(project.page)
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async t => { window.got = t; } } })"
    )
    mark(page, "needs a look", "Ask.\nAgain.")
    page.get_by_role("button", name="Copy as text").click()
    said = page.locator(".your-marks [aria-live=polite]")
    assert "Write your name first" in said.text_content()
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.get_by_label("Your name").fill("Anna")
    page.get_by_role("button", name="Copy as text").click()
    expect(said).to_have_text("1 mark copied; paste into a mail.")
    lines = page.evaluate("window.got").splitlines()
    assert lines[0] == "Review of Twicetold by Anna"
    assert lines[1].startswith("1 mark, build ")
    assert lines[3].startswith("NEEDS A LOOK: Dock workers")
    assert lines[4:7] == ["  Ask.", "  Again.", "  clusters/wire.html#review-rewrite"]


def test_a_changed_article_drops_the_mark(project, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "not acceptable")
    (project.content / "rewrite.txt").write_text(REWRITE.replace("Tuesday", "Wednesday"), encoding="utf-8")
    project.build()
    page.reload()
    assert page.locator(".review :checked").count() == 0
    said = page.locator(".review [aria-live=polite]")
    assert "that mark no longer counts" in said.text_content()
    mark(page, "fine")
    marks = json.loads(download(page)[1])["marks"]
    assert [found["mark"] for found in marks] == ["fine"]


def test_a_mark_that_is_taken_back_is_handed_on_as_such(project, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "fine", "Good")
    page.get_by_role("button", name="Take the mark back").click()
    assert not page.get_by_role("button", name="Take the mark back").is_visible()
    page.reload()
    assert page.locator(".review :checked").count() == 0
    assert "All your marks are taken back." in page.locator(".your-marks").text_content()
    assert [found["mark"] for found in json.loads(download(page)[1])["marks"]] == ["withdrawn"]


def test_marks_of_another_site_stay_apart(project, tmp_path, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "fine")
    other = tmp_path / "other"
    build_site(project.content, other, Settings(), LocalEngine(1))
    page.goto((other / "clusters" / "wire.html").as_uri())
    assert page.locator(".review :checked").count() == 0
    assert not page.locator(".your-marks").is_visible()


def test_keys_and_screen_readers_reach_a_mark(project, opened):  # noqa: F811
    page = opened(project.page)
    group = page.get_by_role("group", name="Your mark")
    assert group.get_by_role("radio").count() == 4
    page.get_by_role("link", name="Mark this comparison").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "fine"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("credited").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("no n and p steps?")
    assert "#h-" not in page.url
    assert page.get_by_label("Note").input_value() == "no n and p steps?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_reviews(project, opened, scheme):  # noqa: F811
    page = opened(project.page, color_scheme=scheme)
    mark(page, "needs a look", NOTE)
    review = json.loads(download(page)[1])
    project.keep("anna.json", review)
    project.keep("ben.json", dict(review, reviewer="Ben", marks=[dict(review["marks"][0], mark="not-acceptable")]))
    project.build()
    options = AXE if scheme == "light" else CONTRAST
    for path in ("clusters/wire.html", "index.html"):
        page.goto((project.site / path).as_uri())
        assert complaints(page, options) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.complaints == []


def test_paper_shows_marks_and_no_controls(project, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "needs a look", "Ask the desk.")
    page.emulate_media(media="print")
    assert page.get_by_text("Your mark: needs a look. Ask the desk.").is_visible()
    assert page.locator("fieldset:visible, button:visible, input:visible, textarea:visible").count() == 0


def test_where_storage_is_forbidden_marks_last_as_long_as_the_page(project, browser):  # noqa: F811
    context = browser.new_context()
    context.add_init_script(NO_STORAGE)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(project.page)
    block = mark(page, "fine")
    assert "This browser keeps nothing" in block.locator("[aria-live=polite]").text_content()
    assert [found["mark"] for found in json.loads(download(page)[1])["marks"]] == ["fine"]
    context.close()
    assert errors == []


def test_what_another_page_put_into_storage_does_no_harm(project, opened):  # noqa: F811
    page = opened(project.page)
    mark(page, "fine")
    page.evaluate('for (const key of Object.keys(localStorage)) { localStorage[key] = \'{"mark": "toString"\'; }')
    page.evaluate(
        "localStorage['twicetold-review ' + location.pathname.replace(/clusters.*/, '') + ' x y 1 2'] = "
        '\'{"mark":"constructor","note":"<img src=x>"}\''
    )
    page.reload()
    assert page.locator(".review :checked").count() == 0
    assert page.complaints == []
