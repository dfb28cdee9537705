"""New articles beside an archive: what is found, what is left out, and what pages and data say of it."""

import csv
import json
from dataclasses import replace

import pytest

from generator.api import make_article
from generator.build import build_site
from generator.engines.registry import make_engine
from generator.errors import ContentError, WriteError
from generator.found import Found
from generator.read.archives import read_all
from generator.rules import FindRules, ReadRules, Settings
from generator.verify import verify_site
from generator.why import explain
from tests.articles import REWRITE, UNRELATED, WIRE, tell


def write(folder, **texts):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def build(tmp_path, *archives, find=None, since=""):
    """Build the site of `content`, and give its tables and its report; a check finds nothing wrong with it."""
    site = tmp_path / "site"
    settings = Settings(read=ReadRules(against=tuple(map(str, archives)), since=since), find=find or FindRules())
    summary = build_site(tmp_path / "content", site, settings, make_engine("local"), force=True)
    assert verify_site(site).faults == ()
    tables = {}
    for name in ("articles", "pairs", "clusters"):
        with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            tables[name] = list(csv.DictReader(stream))
    return summary, tables, json.loads((site / "data" / "report.json").read_bytes())


def pairs_of(tables):
    return [(row["a"], row["b"]) for row in tables["pairs"]]


def test_a_new_copy_of_an_archived_article_is_found(tmp_path):
    write(tmp_path / "content", ours=REWRITE, glacier=UNRELATED)
    old = write(tmp_path / "2023", wire=WIRE, other=" ".join(tell(1)))
    summary, tables, report = build(tmp_path, old)
    assert pairs_of(tables) == [("2023-wire", "ours")]
    assert (summary.articles, summary.archive, summary.clustered) == (2, 2, 1)
    marks = {row["id"]: (row["archive"], row["path"]) for row in tables["articles"]}
    assert marks == {
        "2023-wire": ("true", "2023/wire.txt"),
        "glacier": ("false", "glacier.txt"),
        "ours": ("false", "ours.txt"),
    }
    assert (
        report["counts"].items()
        >= {
            "articles": 2,
            "archive": 2,
            "archive_matched": 1,
            "left_out": 0,
            "pairs": 1,
            "pairs_ignored": 0,
            "clusters": 1,
            "clustered": 1,
        }.items()
    )
    data = json.loads((tmp_path / "site" / "clusters" / "2023-wire.json").read_bytes())
    assert [member["archive"] for member in data["members"]] == [True, False]
    page = (tmp_path / "site" / "clusters" / "2023-wire.html").read_text(encoding="utf-8")
    assert page.count('<span class="archive">archive</span>') >= 1
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Of 2 new articles, 1 shares text" in index
    assert "2023/other.txt" not in index


def test_two_archived_copies_alone_give_nothing(tmp_path):
    write(tmp_path / "content", glacier=UNRELATED)
    old = write(tmp_path / "old", wire=WIRE, rewrite=REWRITE)
    summary, tables, _ = build(tmp_path, old)
    assert (summary.clusters, tables["pairs"], tables["clusters"]) == (0, [], [])
    assert [row["id"] for row in tables["articles"]] == ["glacier"]
    assert "The new article shares too little text" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_the_same_bytes_in_both_are_one_pair(tmp_path):
    write(tmp_path / "content", wire=WIRE)
    old = write(tmp_path / "old", wire=WIRE)
    _, tables, _ = build(tmp_path, old)
    assert [(row["a"], row["b"], row["verdict"]) for row in tables["pairs"]] == [("old-wire", "wire", "identical")]


def test_what_is_found_of_new_articles_is_what_one_folder_of_all_gives(tmp_path):
    write(tmp_path / "content", ours=REWRITE)
    old = write(tmp_path / "old", wire=WIRE, again=WIRE + "\nMore to come.\n", glacier=UNRELATED)
    _, beside, _ = build(tmp_path, old)
    write(tmp_path / "content", **{"old-wire": WIRE, "old-again": WIRE + "\nMore to come.\n", "old-glacier": UNRELATED})
    _, whole, _ = build(tmp_path)
    named = ("a", "b", "score", "reuse", "verdict")
    assert [[row[name] for name in named] for row in beside["pairs"]] == [
        [row[name] for name in named] for row in whole["pairs"] if "ours" in (row["a"], row["b"])
    ]
    assert len(beside["pairs"]) == 2


def test_ids_never_clash_and_the_content_folder_keeps_its_own(tmp_path):
    write(tmp_path / "content", **{"old-wire": REWRITE, "wire": UNRELATED})
    one = write(tmp_path / "a" / "old", wire=WIRE)
    two = write(tmp_path / "b" / "old", wire=WIRE)
    corpus = read_all(tmp_path / "content", ReadRules(against=(str(one), str(two))))
    assert [(article.id, article.path, article.archive) for article in corpus.articles] == [
        ("old-2-wire", "old-2/wire.txt", True),
        ("old-wire", "old-wire.txt", False),
        ("old-wire-2", "old/wire.txt", True),
        ("wire", "wire.txt", False),
    ]


def test_what_an_archive_leaves_out_is_told_with_its_folder(tmp_path):
    write(tmp_path / "content", wire=WIRE)
    old = write(tmp_path / "old", glacier=UNRELATED, empty="")
    (left,) = read_all(tmp_path / "content", ReadRules(against=(str(old),))).left_out
    assert left.path == "old/empty.txt"


@pytest.mark.parametrize("archive", ["content", "content/old", "."])
@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_folder_is_not_read_twice(tmp_path, archive, scheme):
    write(tmp_path / "content" / "old", wire=WIRE)
    with pytest.raises(ContentError, match="may not lie in one another"):
        read_all(tmp_path / "content", ReadRules(against=(f"{scheme}{tmp_path / archive}",)))


def test_an_archive_that_holds_nothing_is_an_error(tmp_path):
    write(tmp_path / "content", wire=WIRE)
    with pytest.raises(ContentError, match="there is no folder"):
        read_all(tmp_path / "content", ReadRules(against=(str(tmp_path / "none"),)))


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_site_is_never_written_into_an_archive(tmp_path, scheme):
    write(tmp_path / "content", wire=WIRE)
    old = write(tmp_path / "old", glacier=UNRELATED)
    settings = Settings(read=ReadRules(against=(f"{scheme}{old}",)))
    with pytest.raises(WriteError, match="may not lie in one another"):
        build_site(tmp_path / "content", old / "site", settings, make_engine("local"))


def test_articles_from_before_a_day_are_archive_and_undated_ones_are_new(tmp_path):
    texts = {"wire": WIRE, "again": WIRE.replace("2024-03-05", "2024-03-04"), "rewrite": REWRITE}
    write(tmp_path / "content", **texts)
    _, tables, report = build(tmp_path, since="2024-03-06")
    assert pairs_of(tables) == [("again", "rewrite"), ("rewrite", "wire")]
    assert {row["id"]: row["archive"] for row in tables["articles"]} == {
        "again": "true",
        "rewrite": "false",
        "wire": "true",
    }
    _, tables, _ = build(tmp_path, since="2024-03-05")
    assert pairs_of(tables) == [("again", "rewrite"), ("again", "wire"), ("rewrite", "wire")]
    assert report["settings"]["read.since"] == "2024-03-06"


FILED = [
    ("source", {"source": "Harbour News"}, {"source": "harbour  news"}),
    ("source", {"source": "Zo\u00eb\u2019s Post"}, {"source": "ZOE\u0308\u2019S POST"}),
    ("source", {"source": "", "agency": "AP"}, {"source": "The Associated Press"}),
    ("source", {"source": "", "agency": "AP"}, {"source": "", "agency": "AP"}),
    ("author", {"author": "M. Lobo"}, {"author": "M. LOBO"}),
    ("author", {"author": "Jos\u00e9 Lobo"}, {"author": "Jose\u0301 Lobo"}),
    ("folder", {"path": "desk/a.txt"}, {"path": "desk/b.txt#3"}),
]


@pytest.mark.parametrize(("name", "mine", "theirs"), FILED)
def test_pairs_within_one_are_left_out_and_counted(name, mine, theirs):
    one, other = (replace(make_article(t, i), **k) for t, i, k in ((WIRE, "a", mine), (REWRITE, "b", theirs)))
    engine = make_engine("local")
    rules = FindRules(ignore_same=(name,))
    assert engine.find_matches((one, other), rules) == Found(ignored=1)
    assert len(engine.find_matches((one, other), FindRules()).matches) == 1
    told = explain((one, other), one, other, rules, engine)
    assert (told.matched, told.reason) == (
        False,
        f"Not reported: both have one {name}, and find.ignore_same leaves such pairs out.",
    )
    assert told.score
    unknown = replace(other, source="", agency="", author="", path="elsewhere/b.txt")
    assert len(engine.find_matches((one, unknown), rules).matches) == 1


def test_who_names_a_source_does_not_have_that_of_a_credit():
    one = replace(make_article(WIRE, "a"), source="Harbour News", agency="AP")
    other = replace(make_article(REWRITE, "b"), source="", agency="AP")
    assert len(make_engine("local").find_matches((one, other), FindRules(ignore_same=("source",))).matches) == 1


def test_unknown_sources_and_authors_are_nobody_elses():
    articles = [make_article(WIRE, "a"), make_article(REWRITE, "b")]
    articles = [replace(article, source="", agency="", author="") for article in articles]
    found = make_engine("local").find_matches(articles, FindRules(ignore_same=("source", "author")))
    assert len(found.matches) == 1


def test_what_was_left_out_within_one_source_is_said(tmp_path):
    write(tmp_path / "content", wire=WIRE, ours=REWRITE)
    summary, tables, report = build(tmp_path, find=FindRules(ignore_same=("folder",)))
    assert (summary.ignored, report["counts"]["pairs_ignored"], tables["pairs"]) == (1, 1, [])
    assert report["settings"]["find.ignore_same"] == "folder"


def test_why_knows_two_archived_articles(tmp_path):
    write(tmp_path / "content", glacier=UNRELATED)
    old = write(tmp_path / "old", wire=WIRE, ours=REWRITE)
    articles = read_all(tmp_path / "content", ReadRules(against=(str(old),))).articles
    one, other = (article for article in articles if article.archive)
    told = explain(articles, one, other, FindRules(), make_engine("local"))
    assert told.reason.startswith("Not reported: both are in the archive")
    assert told.score
    assert not told.matched
