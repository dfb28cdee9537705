"""Pages stay light enough for a phone, however much they show."""

import gzip
from pathlib import PurePosixPath

from generator.render import make_environment, render
from generator.rules import SiteRules
from generator.template_folders import templates_folder
from tests.articles import make_article
from tests.found import find, make_pages, many_clusters, read_news, reprints, retell

ENVIRONMENT = make_environment(templates_folder())


def bytes_of(found, path=""):
    """A page's bytes; without a path the first cluster's."""
    page = next(
        p for p in make_pages(found, SiteRules()) if p.path == path or (not path and p.template == "cluster.html")
    )
    return render(page, ENVIRONMENT).content


def test_two_articles_of_500_words_weigh_at_most_30_kb():
    story = read_news()
    content = bytes_of(find([make_article("a", story), make_article("b", retell(story, 0.3, 1))]))
    assert len(gzip.compress(content)) <= 30_000


def test_forty_articles_of_500_words_weigh_at_most_150_kb():
    story = read_news()
    found = find([make_article(f"told-{n:02}", retell(story, 0.02 + n / 200, n)) for n in range(40)])
    assert len(found.reports[0].members) == 40
    assert len(gzip.compress(bytes_of(found))) <= 150_000


def test_an_index_of_1000_clusters_weighs_at_most_120_kb_with_all_that_its_filter_reads():
    found = many_clusters(1000)
    first = len(gzip.compress(bytes_of(found, "index.html")))
    assert first + len(gzip.compress(bytes_of(found, "data/clusters-2.js"))) <= 120_000


def test_400_reprints_weigh_at_most_1500_kb():
    content = bytes_of(reprints(400))
    assert content.count(b'<span class="letter">') == 400
    assert len(content) <= 1_500_000


def test_lists_are_cut_into_pages_that_hold_each_row_once():
    found = many_clusters(1001)
    pages = {page.path: page for page in make_pages(found, SiteRules())}
    lists = [pages["index.html"], pages["clusters-2.html"], pages["clusters-3.html"]]
    rows = [row.href for page in lists for row in page.rows]
    assert rows == [f"clusters/{report.cluster.anchor}.html" for report in found.reports]
    assert [(page.paging.first, page.paging.last) for page in lists] == [(1, 500), (501, 1000), (1001, 1001)]
    assert [link.href for link in lists[1].paging.links] == [page.path for page in lists]
    assert [link.here for link in lists[1].paging.links] == [False, True, False]
    scripts = lists[0].paging.scripts
    assert [row.href for path in scripts for row in pages[path].rows] == rows[500:]
    assert {PurePosixPath(path).suffix for path in scripts} == {".js"}
    assert lists[0].clusters == 1001
