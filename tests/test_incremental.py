"""With a cache a build gives the bytes of one without, whatever happened in between; and it rewrites nothing that is the same."""

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest

from generator import kept, unchanged
from generator.build import build_site
from generator.cache import open_cache
from generator.engines.local import LocalEngine
from generator.errors import CacheError
from generator.rules import CompareRules, FindRules, ReadRules, Settings, SiteRules
from tests.articles import rewrite, tell, write_sample


def build(content, site, settings=None, **options):
    return build_site(content, site, settings or Settings(), LocalEngine(1), **options)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def times(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


class Desk:
    """A folder of articles that are added, changed, removed and renamed at random."""

    def __init__(self, folder, chance):
        self.content, self.chance = folder, chance
        folder.mkdir()
        for _ in range(8):
            self.add()

    def name(self):
        return self.content / f"{self.chance.randrange(10**6):06}.txt"

    def any(self):
        return self.chance.choice(sorted(self.content.iterdir()))

    def text(self):
        chance = self.chance
        sentences = tell(chance.randrange(4), 6)
        # Few stories, so that clusters join, split and change their anchors.
        words = rewrite(sentences, chance.choice([0, 0.1, 0.3]), chance.randrange(100))
        date = f"date 2024-03-{chance.randrange(1, 28):02} LISBON — (AP) — " if chance.random() < 0.5 else ""
        return date + " ".join(words)

    def add(self):
        self.name().write_text(self.text(), encoding="utf-8")

    def change(self):
        path = self.any()
        path.write_text(path.read_text(encoding="utf-8") + " And more, £1 & <b>2</b>.", encoding="utf-8")

    def replace(self):
        self.any().write_text(self.text(), encoding="utf-8")

    def remove(self):
        if len(list(self.content.iterdir())) > 3:
            self.any().unlink()

    def rename(self):
        self.any().rename(self.name())

    def empty(self):
        self.name().write_text("", encoding="utf-8")

    def nothing(self):
        pass

    def edit(self):
        self.chance.choice([self.add, self.change, self.replace, self.remove, self.rename, self.empty, self.nothing])()


def other_settings(settings, chance):
    return chance.choice(
        [
            settings,
            settings,
            replace(settings, find=FindRules(chance.choice([0.2, 0.3, 0.6]))),
            replace(settings, compare=CompareRules(chance.choice([3, 5]))),
            replace(settings, site=SiteRules(chance.choice(["Twicetold", "Desk"]), chance.random() < 0.5)),
        ]
    )


def damage(folder, chance):
    """Do to some entries what a full disk, a killed build or a bad sector does."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        fate = chance.randrange(12)
        if fate == 0:
            path.unlink()
        elif fate == 1:
            path.write_bytes(path.read_bytes()[: chance.randrange(60)])
        elif fate == 2:
            data = bytearray(path.read_bytes())
            if data:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
        elif fate == 3:
            path.with_suffix(".part").write_bytes(b"half")


@pytest.mark.parametrize("fewest", [0, 10**6], ids=["finding kept", "finding anew"])
@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_site_is_that_of_a_clean_build(tmp_path, monkeypatch, seed, fewest):
    monkeypatch.setattr(kept, "_FEWEST", fewest)
    chance = random.Random(seed)
    desk, settings = Desk(tmp_path / "content", chance), Settings()
    cache, site = open_cache(tmp_path / "cache"), tmp_path / "site"
    for turn in range(6):
        told = build(desk.content, site, settings, cache=cache)
        clean = build(desk.content, tmp_path / f"clean-{turn}", settings)
        assert files(site) == files(tmp_path / f"clean-{turn}")
        assert replace(told, site="") == replace(clean, site="")
        for _ in range(chance.randrange(3)):
            desk.edit()
        settings = other_settings(settings, chance)
        if chance.random() < 0.4:
            damage(cache.folder, chance)
        if chance.random() < 0.2:
            (site / "index.html").write_text("by hand")


def test_where_nothing_changed_no_file_is_touched_and_the_summary_is_the_same(tmp_path):
    content, site, cache = write_sample(tmp_path / "content"), tmp_path / "site", open_cache(tmp_path / "cache")
    (content / "empty.txt").write_text("")
    first = build(content, site, cache=cache)
    before, inode = times(site), site.stat().st_ino
    assert first.left_out
    assert build(content, site, cache=cache) == first
    assert times(site) == before
    assert site.stat().st_ino == inode


@pytest.mark.parametrize("what", ["index.html", "clusters/wire.html", "clusters/more.html"])
def test_what_was_done_to_a_site_by_hand_is_undone(tmp_path, what):
    content, site, cache = write_sample(tmp_path / "content"), tmp_path / "site", open_cache(tmp_path / "cache")
    build(content, site, cache=cache)
    whole = files(site)
    (site / what).write_text("by hand")
    build(content, site, cache=cache)
    assert files(site) == whole


def test_an_article_that_changed_while_the_site_was_built_is_read_by_the_next_build(tmp_path, monkeypatch):
    content, site, cache = write_sample(tmp_path / "content"), tmp_path / "site", open_cache(tmp_path / "cache")
    digested = unchanged.digest_files

    def then_changed(folder):
        told = digested(folder)
        (content / "late.txt").write_text("Late news of a glacier.")
        return told

    monkeypatch.setattr(unchanged, "digest_files", then_changed)
    assert build(content, site, cache=cache).articles == 4
    (content / "late.txt").unlink()
    monkeypatch.undo()
    assert build(content, site, cache=cache).articles == 3


def test_an_archive_that_changed_is_compared_with_anew(tmp_path):
    content, site, cache = write_sample(tmp_path / "content"), tmp_path / "site", open_cache(tmp_path / "cache")
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "old.txt").write_text((content / "glacier.txt").read_text(encoding="utf-8"), encoding="utf-8")
    settings = Settings(read=ReadRules(against=(str(archive),)))
    first = build(content, site, settings, cache=cache)
    assert (first.clusters, first.archive) == (2, 1)
    assert build(content, site, settings, cache=cache) == first
    (archive / "old.txt").write_text("Nothing that anybody retold.", encoding="utf-8")
    assert build(content, site, settings, cache=cache).clusters == 1


def test_boilerplate_that_changed_is_set_aside_anew(tmp_path):
    content, site, cache = write_sample(tmp_path / "content"), tmp_path / "site", open_cache(tmp_path / "cache")
    named = tmp_path / "named.txt"
    named.write_text("Nothing that anybody wrote.", encoding="utf-8")
    settings = Settings(find=FindRules(boilerplate=str(named)))
    first = build(content, site, settings, cache=cache)
    assert first.clusters == 1
    before = times(site)
    assert build(content, site, settings, cache=cache) == first
    assert times(site) == before
    named.write_text((content / "wire.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert build(content, site, settings, cache=cache).clusters == 0


def test_files_that_are_the_same_keep_their_time_without_any_cache(tmp_path):
    content, site = write_sample(tmp_path / "content"), tmp_path / "site"
    build(content, site)
    before = times(site)
    (content / "more.txt").write_text("A fourth article about nothing in particular.")
    build(content, site)
    after = times(site)
    same = {path for path in before if after.get(path) == before[path]}
    assert {"assets/favicon.svg", "clusters/wire.json", "data/pairs.csv", "404.html"} - same <= {"404.html"}
    assert "index.html" not in same
    assert all((site / path).stat().st_nlink == 1 for path in after)


def test_an_article_that_matches_nothing_leaves_every_cluster_as_it_was_told(tmp_path, monkeypatch):
    content, site, cache = write_sample(tmp_path / "content"), tmp_path / "site", open_cache(tmp_path / "cache")
    build(content, site, cache=cache)
    (content / "more.txt").write_text("A fourth article about nothing in particular.")

    def refuse(*_, **__):
        raise AssertionError("compared again")

    monkeypatch.setattr("generator.tell.report_cluster", refuse)
    build(content, site, cache=cache)
    monkeypatch.undo()
    build(content, tmp_path / "clean")
    assert files(site) == files(tmp_path / "clean")


@pytest.mark.parametrize("written", ["{{ page.frame.build_id[:4] }}", "{{ page.digest | upper }}", "plain"])
def test_own_templates_may_do_with_build_id_and_digest_what_they_like(tmp_path, written):
    content, cache, own = write_sample(tmp_path / "content"), open_cache(tmp_path / "cache"), tmp_path / "own"
    own.mkdir()
    (own / "cluster.html").write_text(
        "{% extends 'built-in/cluster.html' %}{% block content %}SHOWN:" + written + "{% endblock %}"
    )
    settings = Settings(site=SiteRules(templates=str(own)))
    for turn in range(2):
        build(content, tmp_path / "site", settings, cache=cache)
        build(content, tmp_path / f"clean-{turn}", settings)
        assert files(tmp_path / "site") == files(tmp_path / f"clean-{turn}")
        page = (tmp_path / "site" / "clusters" / "wire.html").read_text(encoding="utf-8")
        report = (tmp_path / "site" / "data" / "report.json").read_text(encoding="utf-8")
        shown = page.partition("SHOWN:")[2].split("<")[0].split()[0]
        assert shown == "plain" or f'"{shown.lower()}' in report
        (content / "more.txt").write_text("Another article about nothing in particular.")


def test_a_template_that_was_edited_while_the_site_was_built_holds_for_the_next_build(tmp_path, monkeypatch):
    content, cache, own = write_sample(tmp_path / "content"), open_cache(tmp_path / "cache"), tmp_path / "own"
    own.mkdir()
    settings = Settings(site=SiteRules(templates=str(own)))
    page = "{% extends 'built-in/cluster.html' %}{% block content %}WORD{% endblock %}"
    (own / "cluster.html").write_text(page.replace("WORD", "old"))
    digested = unchanged.digest_files

    def then_edited(folder):
        (own / "cluster.html").write_text(page.replace("WORD", "new"))
        return digested(folder)

    monkeypatch.setattr(unchanged, "digest_files", then_edited)
    build(content, tmp_path / "site", settings, cache=cache)
    monkeypatch.undo()
    (own / "cluster.html").write_text(page.replace("WORD", "old"))
    build(content, tmp_path / "site", settings, cache=cache)
    assert "old" in (tmp_path / "site" / "clusters" / "wire.html").read_text(encoding="utf-8").partition("</head>")[2]


def build_in_turn(content, site, cache):
    return build(content, site, cache=open_cache(cache)).clusters


def test_builds_at_once_share_a_cache(tmp_path):
    content = write_sample(tmp_path / "content")
    build(content, tmp_path / "clean")
    sites = [tmp_path / name for name in ("one", "two", "one", "two", "one")]
    with ProcessPoolExecutor(3) as pool:
        told = [pool.submit(build_in_turn, content, site, tmp_path / "cache") for site in sites]
        assert [each.result() for each in told] == [1] * len(sites)
    assert all(files(site) == files(tmp_path / "clean") for site in sites)


@pytest.mark.parametrize("inside", ["content", "site"])
def test_a_cache_inside_what_is_read_or_written_is_refused(tmp_path, inside):
    content = write_sample(tmp_path / "content")
    with pytest.raises(CacheError, match="--cache"):
        build(content, tmp_path / "site", cache=open_cache(tmp_path / inside / "cache"))
