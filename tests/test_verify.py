"""`twicetold check` finds each fault that would reach a reader, and none in a site that is whole."""

import json

import pytest

from generator.errors import ContentError
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
    assert verify_site(site) == ()
    done = run("check", cwd=site.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "site is whole\n", "")


FAULTS = {
    "a link": ("index.html", 'href="clusters/wire.html', 'href="clusters/none.html', "none.html leads nowhere"),
    "a link out of the site": ("how-to-read.html", 'href="index.html"', 'href="../x.html"', "../x.html leads nowhere"),
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
    assert any(fault in found for found in verify_site(site))


def test_missing_files_are_found(site):
    (site / "clusters" / "rewrite.html").unlink()
    (site / "data" / "clusters.csv").write_text("id,members\n")
    faults = verify_site(site)
    assert any("data/clusters.csv: it has 0 rows, data/report.json says 1" in fault for fault in faults)
    (site / "clusters" / "wire.json").unlink()
    done = run("check", cwd=site.parent)
    assert done.returncode == 1
    assert "faults in site; build it again" in done.stdout


def test_what_is_no_site_is_named(tmp_path):
    with pytest.raises(ContentError, match="holds no site of twicetold"):
        verify_site(tmp_path)


def test_every_state_of_a_page_is_whole(tmp_path):
    from generator.render import make_environment, render, static_outputs, templates_folder
    from generator.rules import SiteRules

    findings, templates = every_state(), templates_folder()
    rendered = [render(page, make_environment(templates)) for page in make_pages(findings, SiteRules())]
    for output in (*rendered, *export(findings), *static_outputs(templates, False)):
        (tmp_path / output.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / output.path).write_bytes(output.content)
    assert json.loads((tmp_path / "data" / "report.json").read_bytes())["counts"]["clusters"] > 3
    assert verify_site(tmp_path) == ()
