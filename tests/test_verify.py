"""`twicetold check` finds each fault that would reach a reader, and none in a site that is whole."""

import hashlib
import json
import random
import shutil
import subprocess

import pytest

from generator.digests import SUMS, Audit, audit_files, with_digests
from generator.errors import ContentError
from generator.outputs import Output
from generator.verify import verify_site
from tests.articles import write_sample
from tests.found import every_state, export, make_pages
from tests.test_cli import run


@pytest.fixture
def site(tmp_path):
    write_sample(tmp_path / "content")
    assert run("build", cwd=tmp_path).returncode == 0
    return tmp_path / "site"


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_site_is_whole(site):
    assert verify_site(site).faults == ()
    done = run("check", cwd=site.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "site is whole\n", "")


FAULTS = {
    "a link": ("index.html", 'href="clusters/wire.html', 'href="clusters/none.html', "none.html leads nowhere"),
    "a link out of the site": ("how-to-read.html", 'href="index.html"', 'href="../x.html"', "../x.html leads nowhere"),
    "a link that is too long": ("index.html", "clusters/wire.html", "x" * 5000, "leads nowhere"),
    "an anchor": ("clusters/wire.html", 'id="made"', 'id="mode"', "leads to a place that is not there"),
    "an id": ("clusters/wire.html", 'id="diffs"', 'id="content"', "the id content stands there twice"),
    "a script": ("clusters/wire.html", '"use strict";', '"use  strict";', "a style or script was changed"),
    "a member": ("clusters/wire.json", '"id":"rewrite"', '"id":"other"', "its members are not those of"),
    "a row": ("data/pairs.csv", "rewrite,", "stranger,", "stranger is no article of data/articles.csv"),
    "a build": ("data/report.json", '"build_id":"', '"build_id":"0', "it is of build "),
}


@pytest.mark.parametrize(("file", "old", "new", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(site, file, old, new, fault):
    change(site / file, old, new)
    assert any(fault in found for found in verify_site(site).faults)


def test_missing_files_are_found(site):
    (site / "clusters" / "rewrite.html").unlink()
    (site / "data" / "clusters.csv").write_text("id,members\n")
    faults = verify_site(site).faults
    assert any("data/clusters.csv: it has 0 rows, data/report.json says 1" in fault for fault in faults)
    (site / "clusters" / "wire.json").unlink()
    done = run("check", cwd=site.parent)
    assert done.returncode == 1
    assert "faults in site; build it again" in done.stdout


def test_what_is_no_site_is_named(tmp_path):
    with pytest.raises(ContentError, match="holds no site of twicetold"):
        verify_site(tmp_path)


def test_every_state_of_a_page_is_whole(tmp_path):
    from generator.render import make_environment, render, static_outputs
    from generator.rules import SiteRules
    from generator.template_folders import templates_folder

    findings, templates = every_state(), templates_folder()
    rendered = [render(page, make_environment(templates)) for page in make_pages(findings, SiteRules())]
    for output in with_digests((*rendered, *export(findings), *static_outputs(templates, False))):
        (tmp_path / output.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / output.path).write_bytes(output.content)
    assert json.loads((tmp_path / "data" / "report.json").read_bytes())["counts"]["clusters"] > 3
    assert verify_site(tmp_path).faults == ()


def test_changed_missing_and_added_files_are_told_each_in_one_line(site):
    (site / "data" / "passages.csv").write_bytes((site / "data" / "passages.csv").read_bytes() + b"\n")
    (site / "robots.txt").unlink()
    (site / "clusters" / "gone.html").write_text("<!doctype html><title>An article that was taken back</title>")
    done = run("check", cwd=site.parent)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "clusters/gone.html: not of this build: left by another, or put there by hand; remove it",
        "data/passages.csv: changed since it was built",
        "robots.txt: missing",
    ]
    assert done.stdout == "3 faults in site; build it again\n"


def test_what_a_host_asks_for_is_named_and_no_fault(site):
    (site / "CNAME").write_text("told.example.org")
    (site / "SHA256SUMS.asc").write_text("signed")
    (site / ".well-known" / "acme").mkdir(parents=True)
    (site / ".well-known" / "acme" / "token").write_text("x")
    (site / "clusters" / "notes").mkdir()
    (site / "clusters" / "notes" / "mine.html").write_text('<a href="/nowhere.html">x</a>')
    (site / "data" / ".DS_Store").write_text("x")
    done = run("check", cwd=site.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        ".well-known/: not of this build, and left alone",
        "CNAME: not of this build, and left alone",
        "SHA256SUMS.asc: not of this build, and left alone",
        "clusters/notes/: not of this build, and left alone",
        "site is whole",
    ]


def test_digests_that_are_gone_or_no_digests_are_a_fault(site):
    whole = (site / SUMS).read_bytes()
    (site / SUMS).write_bytes(whole[:100])
    assert any("line 2 is no digest and name" in fault for fault in verify_site(site).faults)
    (site / SUMS).unlink()
    (fault,) = verify_site(site).faults
    assert fault.startswith("SHA256SUMS: missing; ")
    (site / SUMS).mkdir()
    (fault,) = verify_site(site).faults
    assert fault.startswith("SHA256SUMS: can't be read: Is a directory; ")


def test_digests_are_those_that_sha256sum_reads(site):
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    done = subprocess.run(["sha256sum", "--quiet", "--strict", "-c", SUMS], cwd=site, check=False, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    listed = {line.partition("  ")[2] for line in (site / SUMS).read_text().splitlines()}
    assert listed == {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()} - {SUMS}


@pytest.mark.parametrize("name", ["a b", " a", "a\\b", "a\nb", "a\rb", "\\n", "é", "a  b", "\udcff"])
def test_any_name_of_an_asset_is_kept_in_one_line_and_read_back(tmp_path, name):
    outputs = [Output(f"assets/{name}", b"x"), Output("index.html", b"y")]
    random.shuffle(outputs)
    *_, sums = with_digests(outputs)
    assert sums.content.count(b"\n") == 2
    for output in (*outputs, sums):
        (tmp_path / output.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / output.path).write_bytes(output.content)
    assert audit_files(tmp_path) == Audit((), ())
    (tmp_path / outputs[0].path).write_bytes(b"z")
    (fault,) = audit_files(tmp_path).faults
    assert fault.endswith(": changed since it was built")
    assert fault.isprintable()
    if shutil.which("sha256sum"):
        (tmp_path / outputs[0].path).write_bytes(outputs[0].content)
        assert (
            subprocess.run(["sha256sum", "--status", "--strict", "-c", SUMS], cwd=tmp_path, check=False).returncode == 0
        )


def test_the_order_of_outputs_does_not_shape_the_digests():
    outputs = [Output(f"clusters/{n}.html", str(n).encode()) for n in range(50)]
    (*_, one), (*_, other) = with_digests(outputs), with_digests(reversed(outputs))
    assert one == other
    assert f"{hashlib.sha256(b'7').hexdigest()}  clusters/7.html\n".encode() in one.content
