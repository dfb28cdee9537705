"""Text named as boilerplate weighs nothing, wherever it stands, and is shown as set aside."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.api import make_article
from generator.build import build_site
from generator.engines.registry import make_engine
from generator.errors import ContentError
from generator.fingerprint import fingerprint, fingerprint_counted
from generator.read.boilerplate import find_boilerplate, mark_boilerplate, read_lines
from generator.rules import FindRules, Settings
from generator.values import Corpus
from tests.articles import REWRITE, WIRE, tell

FOOTER = (
    "Sign up for the Harbour Gazette newsletter, delivered to your inbox every morning at 6:30 by Ines Carvalho's team."
)


def marked(text, boilerplate):
    return [text[start:end] for start, end in find_boilerplate(text, read_lines(boilerplate))]


@pytest.mark.parametrize(
    ("boilerplate", "text", "found"),
    [
        ("Read more here", "He left. READ   more — here! Then", ["READ   more — here"]),
        ("Read more here", "Read more there.", []),
        ("Read more\nthan this", "a Read more than this b", ["Read more than this"]),
        ("Read more\n\nhere", "here we read more and read more here", ["here", "read more", "read more here"]),
        (
            "by ? of the Gazette",
            "by Lobo of the Gazette; by of the Gazette",
            ["by Lobo of the Gazette; by of the Gazette"],
        ),
        ("by ? of the Gazette", "by Marta Lobo of the Gazette", []),
        ("by * of the Gazette", "by Marta Lobo, editor, of the Gazette x", ["by Marta Lobo, editor, of the Gazette"]),
        ("by * of the Gazette", "by Marta Lobo\nof the Gazette", []),
        ("Copyright *", "x Copyright 2024 Gazette. All rights.\nMore", ["Copyright 2024 Gazette. All rights"]),
        ("Call ? or * now *", "call 5 or write to us now please\nBye", ["call 5 or write to us now please"]),
        ("Une info ? Écrivez", "Une info ? Écrivez-nous", ["Une info ? Écrivez"]),
        ("Got a tip ?", "Got a tip? Call", ["Got a tip"]),
        ("* * Gazette *", "the Gazette says", ["Gazette says"]),
        ("-----\n* ?", "nothing", []),
        ("wrapped words go on", "wrapped words\ngo on", ["wrapped words\ngo on"]),
    ],
)
def test_a_line_is_found(boilerplate, text, found):
    assert marked(text, boilerplate) == found


def slow_ends(words, lines, at, line):
    """Every end that a line may have at a word, by trying all ways."""
    if not line:
        return {at}
    if line[0] == "*":
        last = at
        while last < len(words) and lines[last] == lines[at - 1]:
            last += 1
        return {end for start in range(at, last + 1) for end in slow_ends(words, lines, start, line[1:])}
    if line[0] == "?":
        ways = slow_ends(words, lines, at, line[1:])
        return ways | (slow_ends(words, lines, at + 1, line[1:]) if at < len(words) else set())
    return slow_ends(words, lines, at + 1, line[1:]) if at < len(words) and words[at] == line[0] else set()


ROWS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), min_size=1, max_size=3)
LINES = st.lists(st.sampled_from(["a", "b", "c", "*", "?"]), min_size=1, max_size=5)


@given(rows=ROWS, line=LINES)
def test_a_line_is_found_where_any_way_finds_it(rows, line):
    """Within one line of the article, each place begins where some way of matching begins, and ends where one ends."""
    words = [word for row in rows for word in row]
    lines = [place for place, row in enumerate(rows) for _ in row]
    text = "\n".join(" ".join(row) for row in rows)
    found = find_boilerplate(text, read_lines(" ".join(line)))
    held = read_lines(" ".join(line))
    tried = [(at, slow_ends(words, lines, at, own)) for at, w in enumerate(words) for own in held.get(w, ())]
    starts = {2 * at for at, ends in tried if ends}
    ends = {2 * end - 1 for _, some in tried for end in some}
    assert {start for start, _ in found} <= starts
    assert {end for _, end in found} <= ends
    if len(rows) == 1:
        assert all(any(start <= at < end for start, end in found) for at in starts)


def test_what_counts_is_what_stands_outside():
    text = f"{WIRE}\n\n{FOOTER}"
    article = make_article(text, "a")
    named = replace(article, boilerplate=find_boilerplate(article.text, read_lines(FOOTER)))
    counted, plain = fingerprint_counted(named), fingerprint(make_article(WIRE, "b"))
    assert (counted.keys == plain.keys).all()
    assert (counted.weights == plain.weights).all()
    assert counted.total == plain.total
    assert (counted.particulars.figures == plain.particulars.figures).all()
    assert (counted.particulars.names == plain.particulars.names).all()


def write(tmp_path, texts, boilerplate):
    (tmp_path / "content").mkdir()
    for name, text in texts.items():
        (tmp_path / "content" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "aside.txt").write_text(boilerplate, encoding="utf-8")
    settings = Settings(find=FindRules(boilerplate=str(tmp_path / "aside.txt")))
    build_site(tmp_path / "content", tmp_path / "site", settings, make_engine("local"))
    return json.loads((tmp_path / "site" / "data" / "report.json").read_bytes())


def test_two_stories_with_one_footer_are_no_pair(tmp_path):
    footer = " ".join(tell("footer", 6))
    stories = {f"s{n}": f"{' '.join(tell(n, 4))}\n\n{footer}" for n in (1, 2)}
    articles = [make_article(text, name) for name, text in stories.items()]
    assert len(make_engine("local").find_matches(articles, FindRules()).matches) == 1
    report = write(tmp_path, stories, footer)
    assert (report["counts"]["pairs"], report["settings"]["find.boilerplate"]) == (0, "aside.txt")


def test_named_passages_are_no_passages_in_common():
    lifted = " ".join(tell("lifted", 3))
    articles = [
        make_article(f"{' '.join(tell(n, 30))}\n\n{lifted}\n\n{' '.join(tell(n + 9, 9))}", f"s{n}") for n in (1, 2)
    ]
    assert len(make_engine("local").find_matches(articles, FindRules()).passages) == 1
    lines = read_lines(lifted)
    marked = [replace(article, boilerplate=find_boilerplate(article.text, lines)) for article in articles]
    assert make_engine("local").find_matches(marked, FindRules()).passages == ()


def test_a_page_shows_it_as_set_aside_and_reuse_counts_the_whole(tmp_path):
    write(tmp_path, {"wire": f"{WIRE}\n\n{FOOTER}", "ours": f"{REWRITE}\n{FOOTER}"}, FOOTER)
    data = json.loads((tmp_path / "site" / "clusters" / "wire.json").read_bytes())
    (comparison,) = data["comparisons"]
    assert comparison["score"] < comparison["reuse"]
    asides = [member["set_aside"] for member in data["members"]]
    assert all(aside["phrases"][0]["tellings"] == 0 for aside in asides)
    assert any("Harbour Gazette" in phrase["text"] for phrase in asides[0]["phrases"])
    page = (tmp_path / "site" / "clusters" / "wire.html").read_text(encoding="utf-8")
    assert '<span class="quiet" lang="en" dir="ltr">boilerplate</span>' in page


def test_another_boilerplate_is_another_build(tmp_path):
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    (tmp_path / "b.txt").write_text("two", encoding="utf-8")
    corpus = Corpus((make_article(WIRE, "a"),), (), "0")
    assert mark_boilerplate(corpus, "") is corpus
    digests = {mark_boilerplate(corpus, str(tmp_path / name)).digest for name in ("a.txt", "b.txt")}
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("content", "message"), [(None, "can't be read"), (b"* ?\n--\n", "holds no words"), (b"\0\1\2" * 99, "binary")]
)
def test_a_file_that_can_not_be_used_is_named(tmp_path, content, message):
    if content is not None:
        (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(ContentError, match=message):
        mark_boilerplate(Corpus((), (), ""), str(tmp_path / "a.txt"))
