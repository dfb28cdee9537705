"""The whole flow: the sample shows what it must, the same input gives the same bytes, and the wheel works by itself."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.errors import ContentError, RenderError, WriteError
from generator.rules import FindRules, Settings, SiteRules
from tests import gold_sites
from tests.articles import write_sample

ROOT = Path(__file__).parent.parent


def build(content, site, settings=None, processes=1, **options):
    return build_site(content, site, settings or Settings(), LocalEngine(processes, worth=0), **options)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The site of the two articles that the repository carries."""
    site = tmp_path_factory.mktemp("sample") / "site"
    build(ROOT / "content", site)
    return site


@pytest.fixture(scope="module")
def comparison(sample):
    cluster = json.loads((sample / "clusters" / "000_8d57507627f8cdd0.json").read_text(encoding="utf-8"))
    (only,) = cluster["comparisons"]
    texts = {
        member["id"]: [member["text"][start:end] for start, end in member["sentences"]] for member in cluster["members"]
    }
    return only, texts[only["source"]], texts[only["copy"]]


def test_the_sample_is_one_cluster_with_its_anchor_and_reason(sample, comparison):
    assert [path.stem for path in (sample / "clusters").glob("*.json")] == ["000_8d57507627f8cdd0"]
    found, _, _ = comparison
    assert found["source"] == "000_8d57507627f8cdd0"
    assert found["copy"] == "002_57a8ec9d4026b6f3"
    assert found["verdict"] == "heavy-revision"
    assert 0.37 <= found["reuse"] <= 0.55
    for name in ("clusters/000_8d57507627f8cdd0.html", "data/pairs.csv"):
        assert "a date, a dateline and an agency credit" in (sample / name).read_text(encoding="utf-8")


def test_the_sentence_about_the_democratic_forces_is_aligned_and_its_words_are_diffed(comparison):
    found, source, copy = comparison
    (j,) = [j for j, sentence in enumerate(copy) if "Syrian Democratic Forces" in sentence]
    (i,) = [i for i, sentence in enumerate(source) if "Syrian Democratic Forces" in sentence]
    assert i in found["sentences"][j]["from"]
    assert found["sentences"][j]["kind"] in {"edited", "rewritten"}
    (segment,) = [segment for segment in found["diff"] if j in segment["copy"]]
    assert i in segment["source"]
    assert {op for op, _, _ in segment["ops"]} >= {"=", "-", "+"}


@pytest.mark.parametrize("opening", ["“I clearly announced", "Associated Press writer Nasser Karimi"])
def test_what_nothing_took_is_dropped(comparison, opening):
    found, source, _ = comparison
    (i,) = [i for i, sentence in enumerate(source) if sentence.startswith(opening)]
    assert i in found["dropped"]
    assert any(segment["kind"] == "dropped" and i in segment["source"] for segment in found["diff"])


def told(comparison, kind, state):
    """Both texts of the sample's facts of a kind and state."""
    found, _, _ = comparison
    return [(fact["source"]["text"], fact["copy"]["text"]) for fact in found["facts"][kind] if fact["state"] == state]


def test_the_facts_of_the_sample_are_told(comparison):
    ((quotation, nothing),) = told(comparison, "quotations", "dropped")
    assert quotation.startswith("I clearly announced full-fledged support")
    assert nothing == ""
    assert {("200", "200"), ("10", "10")} <= set(told(comparison, "figures", "kept"))
    assert told(comparison, "names", "changed") == [("Bashar Assad", "Bashar al-Assad")]
    assert ("Syrian Observatory for Human Rights", "") in told(comparison, "names", "dropped")
    lost = dict(told(comparison, "credits", "dropped"))
    assert "AP" in lost
    assert any("Nasser Karimi" in line for line in lost)


def test_what_the_monitor_said_the_sample_puts_into_another_mouth(comparison):
    found, source, copy = comparison
    moved = [fact for fact in found["facts"]["attributions"] if fact["state"] == "moved"]
    (fact,) = [fact for fact in moved if fact["source"]["text"] == "the monitor said"]
    assert fact["copy"]["text"] == "According to an anonymous militia official"
    (i,), (j,) = fact["source"]["sentences"], fact["copy"]["sentences"]
    assert "expected to deploy in Aleppo" in source[i]
    assert "expected to assist Syrian troops" in copy[j]


def test_the_facts_of_the_sample_stand_on_its_page(sample):
    page = (sample / "clusters" / "000_8d57507627f8cdd0.html").read_text(encoding="utf-8")
    for text in ("it drops", "Bashar al-Assad", "said by another", "the AP credit", "high confidence", "dale_chall"):
        assert text in page


def test_the_contract_lists_every_file(sample):
    assert set(files(sample)) == {
        "index.html", "how-to-read.html", "404.html", "robots.txt", ".nojekyll", "assets/favicon.svg",
        "clusters/000_8d57507627f8cdd0.html", "clusters/000_8d57507627f8cdd0.json", "clusters/002_57a8ec9d4026b6f3.html",
        "data/articles.csv", "data/pairs.csv", "data/passages.csv", "data/clusters.csv", "data/reviews.csv",
        "data/report.json", "SHA256SUMS",
    }  # fmt: skip


@pytest.mark.parametrize("case", gold_sites.CASES)
def test_a_gold_site_is_built_byte_for_byte(case):
    built, gold = gold_sites.build(case), files(gold_sites.GOLD / case / "site")
    assert set(built) == set(gold)
    assert [path for path in gold if built[path] != gold[path]] == []


def test_the_same_input_gives_the_same_bytes_whatever_the_processes_and_the_hash_seed(tmp_path):
    content = write_sample(tmp_path / "content")
    for i in range(20):
        shutil.copy(content / "wire.txt", content / f"reprint-{i:02}.txt")
    build(content, tmp_path / "one")
    build(content, tmp_path / "two", processes=3)
    code = "from tests.test_build import build; from pathlib import Path; import sys; build(Path(sys.argv[1]), Path(sys.argv[2]))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, content, tmp_path / "three"], check=True, env=environment, cwd=ROOT)
    assert files(tmp_path / "one") == files(tmp_path / "two") == files(tmp_path / "three")


@pytest.mark.parametrize("page", ["index.html", "how-to-read.html", "clusters/wire.html"])
def test_pages_tell_the_settings_that_were_chosen_before_the_others(page, tmp_path):
    content = write_sample(tmp_path / "content")
    build(content, tmp_path / "site", Settings(find=FindRules(threshold=0.225), site=SiteRules(title="The desk")))
    build(content, tmp_path / "plain")
    told = (tmp_path / "site" / page).read_text(encoding="utf-8").rpartition("Pairs are reported from a score of ")[2]
    chosen, folded = told.split("<details", 1)
    assert told.startswith("22.5\u00a0% on.")
    assert [name for name in ("find.threshold", "site.title", "read.max_rows") if f"<dt>{name}</dt>" in chosen] == [
        "find.threshold",
        "site.title",
    ]
    assert "<dt>read.max_rows</dt>" in folded.partition("</details>")[0]
    assert "All settings have their defaults." in (tmp_path / "plain" / page).read_text(encoding="utf-8")


def test_no_page_names_the_machine(tmp_path):
    content = write_sample(tmp_path / "secret-place" / "content")
    build(content, tmp_path / "site")
    assert b"secret-place" not in b"".join(files(tmp_path / "site").values())


def test_a_build_opens_no_socket(tmp_path):
    content = write_sample(tmp_path / "content")
    (content / "page.html").write_text("<html><body><article><p>Dock workers walked out.</p></article></body></html>")
    code = """
import socket, sys
from pathlib import Path

def refuse(*_, **__):
    raise AssertionError("a build opened a socket")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
from tests.test_build import build
assert build(Path(sys.argv[1]), Path(sys.argv[2])).clusters == 1
"""
    subprocess.run([sys.executable, "-c", code, content, tmp_path / "site"], check=True, cwd=ROOT)


def test_a_threshold_of_one_keeps_only_what_stands_whole_in_the_other(tmp_path):
    content = write_sample(tmp_path / "content")
    assert build(content, tmp_path / "site", Settings(find=FindRules(1.0))).clusters == 0
    (content / "twin.txt").write_bytes((content / "wire.txt").read_bytes())
    summary = build(content, tmp_path / "site", Settings(find=FindRules(1.0)))
    assert (summary.articles, summary.clusters, summary.clustered) == (4, 1, 2)
    assert "identical" in (tmp_path / "site" / "data" / "pairs.csv").read_text()


def test_one_article_alone_is_a_site_too(tmp_path):
    content = tmp_path / "content"
    content.mkdir()
    (content / "only.txt").write_text("A single article stands here.")
    summary = build(content, tmp_path / "site")
    assert (summary.articles, summary.clusters) == (1, 0)
    assert "A single article" in (tmp_path / "site" / "index.html").read_text()


def test_what_was_left_out_stands_on_the_index_and_in_the_report(tmp_path):
    content = write_sample(tmp_path / "content")
    (content / "scan.pdf").write_bytes(b"%PDF-1.7\0\1")
    (content / "rows.jsonl").write_text('{"id": "a", "text": "One row reads well."}\n{"id": "b"\n')
    summary = build(content, tmp_path / "site")
    assert [item.path for item in summary.left_out] == ["rows.jsonl#2", "scan.pdf"]
    index, report = (
        (tmp_path / "site" / "index.html").read_text(),
        json.loads((tmp_path / "site/data/report.json").read_bytes()),
    )
    for item in summary.left_out:
        assert item.path in index
        assert {"path": item.path, "reason": item.reason} in report["left_out"]


def test_nothing_to_build_from_leaves_no_site(tmp_path):
    (tmp_path / "content").mkdir()
    with pytest.raises(ContentError):
        build(tmp_path / "content", tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_own_templates_shape_the_site_and_a_faulty_one_leaves_the_last_site(tmp_path):
    content, own = write_sample(tmp_path / "content"), tmp_path / "look" / "how-to-read.html"
    settings = Settings(site=SiteRules(templates=str(own.parent)))
    own.parent.mkdir()
    build(content, tmp_path / "site", settings)
    plain = files(tmp_path / "site")
    own.write_text("<p>Ask the desk.</p> {{ page.frame.build_id }}")
    build(content, tmp_path / "site", settings)
    before = files(tmp_path / "site")
    assert b"Ask the desk" in before["how-to-read.html"]
    assert before["how-to-read.html"].split()[-1] not in plain["index.html"]
    own.write_text("{{ page.nonsense }}")
    (content / "more.txt").write_text("One more article.")
    with pytest.raises(RenderError, match=r"look/how-to-read\.html, line 1, .*nonsense"):
        build(content, tmp_path / "site", settings)
    assert files(tmp_path / "site") == before


def test_a_failed_build_leaves_nothing_of_its_templates_to_the_next(tmp_path):
    content, own = write_sample(tmp_path / "content"), tmp_path / "look"
    settings = Settings(site=SiteRules(templates=str(own)))
    own.mkdir()
    for style, rest in (("a {}", "{{ page.nonsense }}"), ("b {}", "")):
        (own / "own.css").write_text(style)
        (own / "how-to-read.html").write_text("{{ inline('own.css') }}" + rest)
        if rest:
            with pytest.raises(RenderError, match="nonsense"):
                build(content, tmp_path / "site", settings)
    build(content, tmp_path / "site", settings)
    assert (tmp_path / "site" / "how-to-read.html").read_text() == "b {}"


@pytest.mark.parametrize("site", ["content", "content/site", "."])
def test_a_site_may_not_lie_in_its_content_nor_around_it(tmp_path, site):
    write_sample(tmp_path / "content")
    with pytest.raises(WriteError, match="may not lie in one another"):
        build(tmp_path / "content", tmp_path / site)


def test_the_wheel_builds_the_sample_in_an_empty_folder(tmp_path):
    checkout = tmp_path / "checkout"
    for name in ("generator", "templates", "content"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout)
    # Articles of somebody's own are no part of what is handed on.
    (checkout / "content" / "own.txt").write_text("Nobody else may read this.")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist"], check=True, cwd=checkout
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    purelib = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "venv")}))
    python = tmp_path / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel]
    subprocess.run(install, check=True)
    # The dependencies, but not the editable install of the checkout, whose .pth file is not read this way.
    (purelib / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    desk = tmp_path / "desk"
    desk.mkdir()
    for command in ("init", "build"):
        subprocess.run([python.with_name("twicetold"), command], check=True, cwd=desk)
    where = subprocess.run(
        [python, "-c", "import generator; print(generator.__file__)"], check=True, cwd=desk, capture_output=True
    )
    assert str(purelib) in where.stdout.decode()
    assert (desk / "site" / "clusters" / "000_8d57507627f8cdd0.html").is_file()
    sample = {path.name for path in (desk / "content").iterdir()}
    assert sample == {"000_8d57507627f8cdd0.txt", "002_57a8ec9d4026b6f3.txt"}
