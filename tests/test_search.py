"""Search: the index is made of the articles' texts alone, and a browser finds words in it under a strict policy."""

import re
import threading

import pytest
from playwright.sync_api import expect

import generator.search
from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.errors import SettingsError, WriteError
from generator.rules import Settings, SiteRules
from generator.search import find_program, index_articles
from generator.serve import Builds, Server
from generator.verify import verify_site
from tests.articles import REWRITE, WIRE, make_article, write_sample
from tests.found import HEBREW, HOSTILE, find, read_news, retell
from tests.test_browser import AXE, CONTRAST, browser, complaints, opened, serving  # noqa: F401 - fixtures
from tests.test_cli import run

SEARCHED = Settings(site=SiteRules(search=True))


def write_articles(content):
    """The sample, a family of 25, and a text that would like to run."""
    write_sample(content)
    (content / "evil.txt").write_text(f"{WIRE} The banner read {HOSTILE} over the gate.", encoding="utf-8")
    for number in range(25):
        told = retell(read_news(150), 0.05, number)
        (content / f"told-{number:02}.txt").write_text(
            f"{told} The lighthouse keeper told of three wrecks.", encoding="utf-8"
        )
    return content


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("searched")
    site = folder / "some" / "path"
    build_site(write_articles(folder / "content"), site, SEARCHED, LocalEngine(1))
    return site


@pytest.fixture(scope="module")
def served(built):
    with serving(built) as address:
        yield address


def look_for(page, words):
    page.get_by_role("searchbox", name="Words in the articles").fill(words)
    expect(page.get_by_role("status")).not_to_have_text(re.compile("^$|…"))


def test_a_word_of_a_text_leads_to_its_article(served, opened):  # noqa: F811
    page = opened(served + "index.html")
    page.get_by_role("link", name="Search the texts").click()
    look_for(page, "setubal night shift")
    expect(page.get_by_role("status")).to_have_text("3 articles found")
    assert "shifts" in [text.strip(",.”") for text in page.locator(".found mark").all_text_contents()]
    page.locator(".found a[href$='#a-rewrite']").click()
    page.wait_for_url("**/clusters/*.html#a-rewrite")
    assert page.locator("#a-rewrite").is_visible()
    assert page.complaints == []
    assert all(url.startswith((served, "data:")) for url in page.requests_made)


def test_a_search_is_kept_in_the_address_and_shown_step_by_step(served, opened):  # noqa: F811
    page = opened(served + "search.html?q=lighthouse")
    expect(page.get_by_role("status")).to_have_text("25 articles found; 20 shown")
    page.get_by_role("button", name="Show more").press("Enter")
    expect(page.get_by_role("status")).to_have_text("25 articles found")
    expect(page.locator(".found a").nth(20)).to_be_focused()
    look_for(page, "zyzzyva")
    expect(page.get_by_role("status")).to_have_text("No article holds these words")
    assert page.locator(".found li").count() == 0
    page.get_by_role("searchbox").fill("wrecks keeper")
    page.wait_for_url("**/search.html?q=wrecks%20keeper")
    assert page.complaints == []


def test_hostile_text_is_found_and_does_not_run(served, opened):  # noqa: F811
    page = opened(served + "search.html?q=banner")
    expect(page.get_by_role("status")).to_have_text("1 article found")
    assert "<script>document.title" in page.locator(".found p").first.text_content()
    assert page.locator(".found script, .found img").count() == 0
    assert page.title() != "run"
    assert page.complaints == []


def test_a_page_from_a_file_says_that_only_the_filter_works(built, opened):  # noqa: F811
    page = opened((built / "search.html").as_uri() + "?q=setubal")
    assert "only where this site is served" in page.locator("#search").inner_text()
    assert page.locator("input, button").count() == 0
    assert page.complaints == []
    assert [url for url in page.requests_made if not url.startswith((page.url, "data:")) and "favicon" not in url] == []
    page.get_by_role("link", name="table of clusters").click()
    page.wait_for_url("**/index.html#clusters")


def test_without_javascript_a_note_stands_in_its_place(served, opened):  # noqa: F811
    page = opened(served + "search.html", java_script_enabled=False)
    assert "runs scripts" in page.locator("#search").inner_text()
    assert page.locator("input, button").count() == 0


def test_an_index_that_is_missing_is_said(served, opened):  # noqa: F811
    page = opened(served + "search.html")
    page.route("**/pagefind/**", lambda route: route.abort())
    page.get_by_role("searchbox").fill("crane")
    expect(page.get_by_role("status")).to_have_text(re.compile("could not be read"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(served, opened, scheme):  # noqa: F811
    page = opened(served + "search.html?q=setubal", color_scheme=scheme, viewport={"width": 320, "height": 640})
    expect(page.get_by_role("status")).to_have_text("3 articles found")
    assert complaints(page, AXE if scheme == "light" else CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_search_works_where_pages_reload_by_themselves(built, opened):  # noqa: F811
    server = Server(built, 0, Builds())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page = opened(server.address + "search.html?q=setubal")
    expect(page.get_by_role("status")).to_have_text("3 articles found")
    assert page.complaints == []
    page.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_only_the_page_that_searches_may_read_and_run_the_index(built):
    for path in built.rglob("*.html"):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', path.read_text(encoding="utf-8"))[1]
        wide = ("connect-src 'self'" in policy, "'self' 'wasm-unsafe-eval'" in policy)
        assert wide == (path.name == "search.html",) * 2, path
        assert "unsafe-inline" not in policy
        assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval", "")


def test_the_index_holds_each_article_of_a_cluster_once_and_nothing_else(built):
    assert verify_site(built).faults == ()
    assert len(list((built / "pagefind" / "fragment").iterdir())) == 28


@pytest.mark.parametrize("languages", [("en", "en"), ("en", "fr"), ("he", "he"), ("und", "und")])
def test_the_same_articles_give_the_same_index(languages):
    made = [make_article("wire", WIRE), make_article("rewrite", REWRITE)]
    if languages[0] == "he":
        made = [make_article("one", HEBREW), make_article("two", HEBREW)]
    from dataclasses import replace

    whole = find(made)
    articles = tuple(
        replace(a, language=name) for a, name in zip(whole.findings.corpus.articles, languages, strict=True)
    )
    findings = replace(whole.findings, corpus=replace(whole.findings.corpus, articles=articles))
    first = {output.path: output.content for output in index_articles(findings)}
    assert first == {output.path: output.content for output in index_articles(findings)}
    assert "pagefind/pagefind.js" in first
    assert not [path for path in first if "-ui" in path]


def test_a_site_without_search_has_neither_page_nor_index(tmp_path):
    build_site(write_sample(tmp_path / "content"), tmp_path / "site", Settings(), LocalEngine(1))
    assert not (tmp_path / "site" / "search.html").exists()
    assert not (tmp_path / "site" / "pagefind").exists()
    assert "Search the texts" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_a_site_without_clusters_can_be_searched_for_nothing(tmp_path, opened):  # noqa: F811
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.txt").write_text(WIRE)
    build_site(tmp_path / "content", tmp_path / "site", SEARCHED, LocalEngine(1))
    page = opened((tmp_path / "site" / "search.html").as_uri())
    assert "nothing to search" in page.locator("main").inner_text()
    assert page.complaints == []


def test_a_missing_pagefind_is_named_before_anything_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(generator.search, "_PACKAGES", ("pagefind_bin_that_is_not_there",))
    with pytest.raises(SettingsError, match=r'pip install "twicetold\[search\]"'):
        build_site(tmp_path / "none", tmp_path / "site", SEARCHED, LocalEngine(1))


def test_a_pagefind_that_fails_is_named(tmp_path, monkeypatch):
    for text in ("#!/bin/sh\nexit 1\n", "#!/bin/sh\necho nonsense,\n", "no program\n"):
        program = tmp_path / "pagefind"
        program.write_text(text)
        program.chmod(0o755)
        monkeypatch.setattr(generator.search, "find_program", lambda program=program: program)
        with pytest.raises(WriteError, match="Pagefind could not index the texts"):
            list(index_articles(find([make_article("wire", WIRE), make_article("rewrite", REWRITE)]).findings))


def test_the_command_makes_the_search(tmp_path):
    write_sample(tmp_path / "content")
    assert run("build", "--search", cwd=tmp_path).returncode == 0
    assert (tmp_path / "site" / "search.html").exists()
    assert find_program().is_file()
