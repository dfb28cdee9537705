"""`twicetold compare` as a user meets it: the finding in the terminal, JSON for programs, a page that needs nothing else."""

import json
import os
import pty
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from generator.engines.registry import make_engine
from generator.pairing import distinct, pair_articles, pair_lots
from generator.rules import Settings
from tests.articles import REWRITE, UNRELATED, WIRE, invent, make_article, reword, write_sample
from tests.test_cli import COMMAND, run

ENGINE = make_engine("local")


@pytest.fixture
def desk(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "wire.txt").write_text(WIRE)
    (tmp_path / "ours.txt").write_text(REWRITE)
    (tmp_path / "glacier.txt").write_text(UNRELATED)
    return tmp_path


def test_two_files_print_the_finding_its_numbers_and_the_words_that_changed(desk):
    done = run("compare", "wire.txt", "ours.txt", cwd=desk, COLUMNS="200")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("Article B reads as a ")
    assert "A is likely the source" in done.stdout
    assert re.search(r"^reuse +\d+\s%", done.stdout, re.MULTILINE)
    assert "[+stopped work+]" in done.stdout
    assert "[−walked out−]" in done.stdout
    assert not any(line.endswith(" ") for line in done.stdout.splitlines())


def test_what_is_printed_gives_back_both_texts(desk):
    """Dropping what only one side has leaves the other side's words, in order."""
    shown = run("compare", "wire.txt", "ours.txt", cwd=desk, COLUMNS="4000").stdout
    rows = shown.partition("B beside A:")[2].partition("\n\n")[2]
    text = " ".join(line[15:] for line in rows.splitlines())
    copy = re.sub(r"\[−.*?−\]", " ", text).replace("[+", " ").replace("+]", " ")
    assert " ".join(copy.split()) == " ".join(REWRITE.split())


def test_a_pair_that_a_build_would_not_report_is_said_to_be_none(desk):
    done = run("compare", "wire.txt", "glacier.txt", cwd=desk)
    assert done.returncode == 0
    first = done.stdout.splitlines()[0]
    assert first.startswith("These two would not be reported: their score of under\u00a01\u00a0%")
    assert "reads as" not in done.stdout
    assert "likely the source" not in done.stdout
    assert "Which came first is open: too little is shared" in " ".join(done.stdout.split())
    strict = run("compare", "wire.txt", "ours.txt", "--threshold", "0.99", cwd=desk)
    assert "below the threshold of 99\u00a0%" in strict.stdout.replace("\n", " ")


@pytest.mark.parametrize("width", [41, 57, 80])
def test_no_line_breaks_between_a_number_and_its_sign(desk, width):
    done = run("compare", "wire.txt", "ours.txt", cwd=desk, COLUMNS=str(width))
    assert "\u00a0%" in done.stdout
    assert not re.search(r"^\s*%|\u00a0$", done.stdout, re.MULTILINE)


def test_an_article_can_come_from_standard_input(desk):
    done = subprocess.run(
        [*COMMAND, "compare", "-", "wire.txt", "--json"],
        cwd=desk,
        input=REWRITE.encode(),
        capture_output=True,
        check=True,
    )
    data = json.loads(done.stdout)
    assert {member["path"] for member in data["members"]} == {"standard-input", "wire.txt"}
    assert data["comparisons"][0]["source"] == "wire"


def test_json_holds_what_the_site_would_hold(desk):
    data = json.loads(run("compare", "content/wire.txt", "content/rewrite.txt", "--json", cwd=desk).stdout)
    run("build", cwd=desk)
    site = json.loads((desk / "site" / "clusters" / "wire.json").read_text())
    assert {key: data[key] for key in site} == site
    assert data["reported"] is True
    assert data["score"] == site["comparisons"][0]["score"]


def test_two_articles_of_one_name_are_told_apart(desk):
    (desk / "other").mkdir()
    (desk / "other" / "wire.txt").write_text(REWRITE)
    data = json.loads(run("compare", "wire.txt", "other/wire.txt", "--json", cwd=desk).stdout)
    assert [member["id"] for member in data["members"]] == ["wire", "wire-2"]


def test_folders_list_their_matches(desk):
    (desk / "new").mkdir()
    (desk / "new" / "a.txt").write_text(REWRITE)
    (desk / "new" / "b.txt").write_text(UNRELATED)
    done = run("compare", "new", "wire.txt", cwd=desk)
    assert done.stdout.splitlines()[-1] == "1 match between 2 and 1 articles, from a score of 0.27 on"
    assert done.stdout.splitlines()[0].split()[-2:] == ["a.txt", "wire.txt"]
    pairs = json.loads(run("compare", "new", "content", "--json", cwd=desk).stdout)["pairs"]
    assert all(one["score"] >= other["score"] for one, other in pairwise(pairs))
    assert {(pair["a_path"], pair["b_path"]) for pair in pairs} >= {("a.txt", "wire.txt"), ("a.txt", "rewrite.txt")}


def test_the_page_leads_nowhere_and_loads_nothing(desk):
    done = run("compare", "wire.txt", "ours.txt", "--html", "pair.html", cwd=desk)
    assert done.stdout.splitlines()[-1] == "pair.html"
    page = (desk / "pair.html").read_text(encoding="utf-8")
    links = re.findall(r"(?:href|src)=\"([^\"]*)\"", page)
    assert links
    assert all(link.startswith("#") for link in links)
    identifiers = set(re.findall(r" id=\"([^\"]*)\"", page))
    assert {link[1:] for link in links} <= identifiers


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("compare", "wire.txt", "none.txt"), 3, "there is no file none.txt; name a file, a folder, or -"),
        (("compare", "-", "-"), 2, "only one of the two can be standard input"),
        (("compare", "content", "wire.txt", "--html", "x.html"), 2, "--html shows two articles"),
        (("compare", "wire.txt", "ours.txt", "--html", "no/x.html"), 3, "no/x.html can't be written"),
        (("compare", "wire.txt", "empty.txt"), 3, "empty.txt: empty; write the article in it, or remove it"),
    ],
)
def test_a_fault_is_named_with_its_mending(desk, arguments, code, message):
    (desk / "empty.txt").write_text("")
    done = run(*arguments, cwd=desk)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def on_a_terminal(desk, **environment):
    """What a command prints where standard output is a terminal."""
    inner, outer = pty.openpty()
    known = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "compare", "wire.txt", "ours.txt"],
        cwd=desk,
        stdout=outer,
        env={**known, "TERM": "xterm-256color", **environment},
    )
    os.close(outer)
    shown = b""
    while True:
        try:
            chunk = os.read(inner, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    os.close(inner)
    assert process.wait() == 0
    return shown


def test_colour_shows_on_a_terminal_only_and_can_be_switched_off(desk):
    assert b"\x1b[9;31m" in on_a_terminal(desk)
    assert b"\x1b[9;31m" not in on_a_terminal(desk, NO_COLOR="1")
    assert "\x1b" not in run("compare", "wire.txt", "ours.txt", cwd=desk).stdout


def test_languages_that_differ_are_named():
    german = make_article("b", invent(1), language="de")
    paired = pair_articles(make_article("a", invent(1)), german, Settings(), ENGINE)
    assert not paired.reported
    assert "one is in en, the other in de" in paired.reason


def test_a_text_that_tells_no_language_is_compared_in_the_other_ones():
    paired = pair_articles(
        make_article("a", invent(1)), make_article("b", invent(1), language="und"), Settings(), ENGINE
    )
    assert (paired.reported, paired.score) == (True, 1.0)


def test_lots_are_compared_across_and_not_inside():
    text = invent(2)
    one = [make_article(f"a{i}", reword(text, 0.2, i)) for i in range(3)]
    other = [make_article(f"b{i}", reword(text, 0.2, i + 10)) for i in range(2)]
    pairs = pair_lots(one, other, Settings(), ENGINE).pairs
    found = {(pair.match.a, pair.match.b) for pair in pairs}
    whole = ENGINE.find_matches([*one, *other], Settings().find).matches
    assert found == {(m.a, m.b) for m in whole if m.a[0] != m.b[0]}
    assert found


def test_ids_are_made_distinct():
    one = [make_article("a", "x"), make_article("b", "x")]
    other = [make_article("a", "x"), make_article("a-2", "x"), make_article("c", "x")]
    _, renamed = distinct(one, other)
    ids = [article.id for article in renamed]
    assert len({"a", "b", *ids}) == 5
    assert ids[2] == "c"


def test_between_lots_a_passage_of_articles_that_are_no_match_is_told(tmp_path):
    story = invent(1, 120)
    lifted = " ".join(story.split()[10:45])
    for name, text in {"new/one": f"{invent(8, 100)} {lifted} {invent(9, 100)}", "old/story": story}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.txt").write_text(text)
    (tmp_path / "new" / "two.txt").write_text(invent(7, 100))
    done = run("compare", "new", "old", cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "0 matches between 2 and 1 articles, from a score of 0.27 on",
        "",
        "No match, but a passage word for word:",
        "35 words  one.txt  story.txt",
    ]
    for a, b in (("new", "old"), ("old", "new")):
        told = json.loads(run("compare", a, b, "--json", cwd=tmp_path).stdout)
        (passage,) = told["passages"]
        own, other = ("one.txt", "story.txt") if a == "new" else ("story.txt", "one.txt")
        assert (passage["a_path"], passage["b_path"], passage["words"]) == (own, other, 35)
        assert (tmp_path / a / own).read_text()[slice(*passage["a_span"])] == lifted
        assert (tmp_path / b / other).read_text()[slice(*passage["b_span"])] == lifted
