"""Texts of a large folder lie on the disk, and nobody can tell."""

import gc
import pickle
import subprocess
import sys
import tempfile
import tracemalloc
from copy import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import spill
from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.read.folder import read_folder
from generator.rules import FindRules, ReadRules, Settings, SiteRules
from generator.spill import Texts, change
from tests.articles import make_article, write_sample
from tests.newswire import write_newswire
from tests.test_engines import files_of


def lay_down(articles):
    texts = Texts()
    for article in articles:
        texts.add(article)
    texts.finish()
    return articles


@given(st.lists(st.text()), st.integers(0, 20))
def test_an_article_is_the_same_wherever_its_text_lies(texts, in_memory):
    before, spill.IN_MEMORY = spill.IN_MEMORY, in_memory
    try:
        held, laid = ([make_article(f"a{n}", text) for n, text in enumerate(texts)] for _ in range(2))
        lay_down(laid)
    finally:
        spill.IN_MEMORY = before
    assert [article.text for article in laid] == texts
    assert laid == held
    assert repr(laid) == repr(held)
    assert set(laid) == set(held)
    assert pickle.loads(pickle.dumps(laid)) == held
    assert list(map(copy, laid)) == held
    assert [replace(article, text="other") for article in laid] == [replace(article, text="other") for article in held]
    assert [change(article, language="de") for article in laid] == [replace(article, language="de") for article in held]


def test_what_an_article_does_not_have_is_told_as_ever(monkeypatch):
    monkeypatch.setattr(spill, "IN_MEMORY", 0)
    with pytest.raises(AttributeError, match="'Article' object has no attribute 'body'"):
        lay_down([make_article("a", "text")])[0].body  # noqa: B018 - asking is the test


@pytest.mark.parametrize("much", [False, True], ids=["plain", "anonymised, with an archive and boilerplate"])
def test_a_site_is_the_same_wherever_the_texts_lie(tmp_path, monkeypatch, much):
    write_newswire(tmp_path / "content", 120)
    write_sample(tmp_path / "content" / "desk")
    (tmp_path / "lines.txt").write_text("The union Mar Firme said\n", encoding="utf-8")
    find = FindRules(boilerplate=str(tmp_path / "lines.txt"))
    rules = Settings(ReadRules(since="2024-03-01"), find, site=SiteRules(anonymise=True)) if much else Settings()
    sites = []
    for name, in_memory in (("memory", spill.IN_MEMORY), ("disk", 0)):
        monkeypatch.setattr(spill, "IN_MEMORY", in_memory)
        build_site(tmp_path / "content", tmp_path / name, rules, LocalEngine(1 if much else 2))
        sites.append(files_of(tmp_path / name))
    assert len(sites[0]) > 50
    assert sites[0] == sites[1]


def test_memory_holds_few_of_the_texts_and_the_disk_nothing_that_has_a_name(tmp_path, monkeypatch):
    content, temporary = tmp_path / "content", tmp_path / "temporary"
    content.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(spill, "IN_MEMORY", 2**17)
    rows = (f'{{"language": "en", "text": "{f"word{number} " * 10_000}"}}\n' for number in range(200))
    (content / "rows.jsonl").write_text("".join(rows), encoding="utf-8")
    tracemalloc.start()
    try:
        articles = read_folder(content, ReadRules(since="2000-01-01")).articles
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    whole = sum(len(article.text) for article in articles)
    assert whole > 13_000_000
    assert held < whole / 8
    assert most < whole / 4
    assert list(temporary.iterdir()) == []


def test_a_build_lets_go_of_the_texts_of_the_one_before(tmp_path, monkeypatch):
    monkeypatch.setattr(spill, "IN_MEMORY", 0)
    write_sample(tmp_path / "content")
    for number in range(3):
        (tmp_path / "content" / "new.txt").write_text(f"A story of {number} ships.", encoding="utf-8")
        build_site(tmp_path / "content", tmp_path / "site", Settings(), LocalEngine(1))
        gc.collect()
        assert sum(isinstance(one, Texts) for one in gc.get_objects()) <= 1


FULL = """
import resource
from generator import spill
from generator.cli import main
spill.IN_MEMORY = 0
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sets limits as POSIX knows them")
def test_a_full_disk_gives_one_line_and_leaves_the_old_site(tmp_path):
    write_newswire(tmp_path / "content", 200)
    build_site(tmp_path / "content", tmp_path / "site", Settings(), LocalEngine(1))
    before = files_of(tmp_path / "site")
    command = [sys.executable, "-c", FULL, "build", "content", "--out", "site", "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("twicetold: the articles' texts can't be kept in the temporary folder /")
    assert done.stderr.endswith("let TMPDIR name one with more room\n")
    assert done.stderr.count("\n") == 1
    assert files_of(tmp_path / "site") == before
