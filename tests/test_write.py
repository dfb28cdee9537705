"""The last good site stays whole, whatever happens to the next one."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import generator.write as write_room
from generator.errors import WriteError
from generator.foreign import say_replaced
from generator.outputs import Output
from generator.write import write_site

MARK = Output("data/report.json", json.dumps({"generator": "twicetold"}).encode())


def site_of(text):
    return [MARK, Output("index.html", text.encode()), Output("clusters/a.html", b"a")]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "public" / "site"
    write_site(site_of("old"), folder)
    return folder


def test_a_site_replaces_the_last_one_whole(site):
    write_site([MARK, Output("index.html", b"new")], site)
    assert set(files(site)) == {"data/report.json", "index.html"}
    assert (site / "index.html").read_bytes() == b"new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_without_an_exchange_in_one_step_two_renames_do(site, monkeypatch):
    monkeypatch.setattr(write_room, "_exchange", lambda *_: False)
    write_site(site_of("new"), site)
    assert (site / "index.html").read_bytes() == b"new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_failure_leaves_the_last_site_and_nothing_beside_it(site):
    def failing():
        yield MARK
        raise WriteError("no")

    before = files(site)
    with pytest.raises(WriteError, match="no"):
        write_site(failing(), site)
    assert files(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_two_outputs_of_one_name_are_refused(site):
    before = files(site)
    with pytest.raises(WriteError, match="couldn't be written"):
        write_site([MARK, Output("x", b"1"), Output("x", b"2")], site)
    assert files(site) == before


@pytest.mark.parametrize("moment", range(6))
def test_a_killed_build_leaves_a_whole_site_and_the_next_one_cleans_up(site, moment):
    """The process kills itself before the given file operation; the two renames are the ones that matter."""
    code = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        import generator.write as w
        from generator.outputs import Output

        moment = int(sys.argv[2])
        outputs = [Output("data/report.json", b'{"generator": "twicetold"}'), Output("index.html", b"new")]
        calls = []

        def deadly(function):
            def call(*args, **kwargs):
                calls.append(1)
                if len(calls) > moment:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*args, **kwargs)
            return call

        w._exchange = lambda *_: False
        Path.open, Path.rename, w.os.sync = deadly(Path.open), deadly(Path.rename), deadly(os.sync)
        w.shutil.rmtree = deadly(w.shutil.rmtree)
        w.write_site(outputs, Path(sys.argv[1]))
    """)
    killed = subprocess.run([sys.executable, "-c", code, str(site), str(moment)], check=False)
    assert killed.returncode == -signal.SIGKILL
    kept = [folder for folder in (site, site.with_name(".site.twicetold-old")) if folder.exists()]
    assert all((folder / "index.html").read_bytes() in {b"old", b"new"} for folder in kept)
    assert kept
    write_site(site_of("next"), site)
    assert (site / "index.html").read_bytes() == b"next"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_foreign_folder_is_refused_unless_forced(tmp_path):
    site = tmp_path / "thesis"
    site.mkdir()
    (site / "chapter.txt").write_text("years of work")
    with pytest.raises(WriteError, match="holds files that twicetold did not write"):
        write_site(site_of("new"), site)
    assert files(site) == {"chapter.txt": b"years of work"}
    write_site(site_of("new"), site, force=True)
    assert (site / "index.html").read_bytes() == b"new"


@pytest.mark.parametrize("report", [b"", b"[]", b'{"generator": "other"}', b"\xff"])
def test_a_folder_with_some_other_report_is_foreign(tmp_path, report):
    (tmp_path / "site" / "data").mkdir(parents=True)
    (tmp_path / "site" / "data" / "report.json").write_bytes(report)
    with pytest.raises(WriteError, match="did not write"):
        write_site(site_of("new"), tmp_path / "site")


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "site").mkdir()
    write_site(site_of("new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"


def test_a_file_in_the_place_of_the_site_is_named(tmp_path):
    (tmp_path / "site").write_text("x")
    with pytest.raises(WriteError, match="is a file; name a folder"):
        write_site(site_of("new"), tmp_path / "site")


def test_a_link_to_a_folder_stays_a_link(site):
    link = site.parent / "link"
    link.symlink_to(site)
    write_site(site_of("new"), link)
    assert link.is_symlink()
    assert (site / "index.html").read_bytes() == b"new"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(WriteError, match="the site couldn't be written"):
        write_site(site_of("new"), blocked / "site")


def test_pages_can_be_read_by_the_web_server(site):
    mask = os.umask(0)
    os.umask(mask)
    assert site.stat().st_mode & 0o777 == 0o777 & ~mask
    assert (site / "index.html").stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_somebody_put_into_a_site_is_not_lost(site):
    (site / "CNAME").write_text("told.example.org")
    (site / "data" / "notes.txt").write_text("my notes")
    before = files(site)
    with pytest.raises(WriteError, match=r"did not write \(CNAME, data/notes.txt\)"):
        write_site(site_of("new"), site)
    assert files(site) == before
    assert "CNAME, data/notes.txt" in say_replaced(site)
    write_site(site_of("new"), site, force=True)
    assert say_replaced(site) == ""


def test_what_systems_leave_in_folders_is_no_reason_to_stop(site):
    (site / ".DS_Store").write_bytes(b"x")
    write_site(site_of("new"), site)
    assert (site / "index.html").read_bytes() == b"new"


@pytest.mark.parametrize("name", [".site.new", ".site.old", "site.old"])
def test_folders_that_others_left_beside_the_site_stay(site, name):
    (site.with_name(name)).mkdir()
    (site.with_name(name) / "thesis.txt").write_text("years of work")
    write_site(site_of("new"), site)
    assert (site.with_name(name) / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("fault", [OSError("busy"), KeyboardInterrupt()])
def test_a_fault_between_two_renames_puts_the_last_site_back(site, monkeypatch, fault):
    before = files(site)
    rename = Path.rename

    def fail_at_second(self, target):
        if self.name.endswith("-new"):
            raise fault
        return rename(self, target)

    monkeypatch.setattr(write_room, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fail_at_second)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        write_site(site_of("new"), site)
    assert files(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]
