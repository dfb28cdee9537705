"""Input of any shape ends well: each file is read or left out with its reason, and none stops the others."""

import codecs
import gzip
import json
import os

import pytest

from generator.read.folder import read_folder
from generator.rules import ReadRules

STORY = "The river rose by two metres, and the ferry stayed at its pier until the water fell again."
LINE = json.dumps({"text": STORY})
FRONT = f"---\n%s\n---\n\n{STORY}\n"

READ = {
    "bom8.txt": codecs.BOM_UTF8 + STORY.encode(),
    "bom16le.txt": codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"),
    "bom16be.txt": codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
    "bom32.txt": codecs.BOM_UTF32_LE + STORY.encode("utf-32-le"),
    "latin.txt": f"Zoë’s café. {STORY}".encode("cp1252"),
    "koi8.txt": ("Река поднялась на два метра, и паром остался у причала, пока вода не спала. " * 5).encode("koi8-r"),
    "sjis.txt": ("川の水位は二メートル上がり、フェリーは水が引くまで桟橋にとどまった。" * 5).encode("shift_jis"),
    "big5.txt": ("河水上漲兩米，渡輪停在碼頭，直到水退。" * 5).encode("big5"),
    "gb.txt": ("河水上涨两米，渡轮停在码头，直到水退。" * 5).encode("gb18030"),
    "cr.txt": STORY.replace(" ", "\r").encode(),
    "controls.txt": f"{STORY}\x1b[31m\x07\x0c\u2028\u202e{STORY}".encode(),
    "no-end.txt": b"word",
    "one-digit.txt": b"7",
    "digits.txt": b"9" * 100_000,
    "combining.txt": ("a" + "\u0301" * 100_000).encode(),
    "wide.txt": ("\ufdfa" * 20_000).encode(),
    "long-line.txt": ("harbour " * 655_360).encode(),
    "long-word.txt": b"x" * 5_000_000,
    "dashes.txt": ("-" * 100_000 + STORY).encode(),
    "quotes.txt": ("“" * 20_000 + STORY + "”" * 20_000).encode(),
    "brackets.txt": ("[(" * 20_000 + STORY).encode(),
    "markup.txt": b"<script>alert(1)</script> {{ 7*7 }} <![CDATA[x]]>",
    "plain.md": f"[{STORY}](javascript:alert(1))".encode(),
    "unclosed-2.md": f"---\ntitle: x\n\n{STORY}".encode(),
    "tagged.md": (FRONT % "title: !!python/object/apply:os.system ['touch /tmp/pwned']").encode(),
    "types.md": (FRONT % "title: [a, [b], {c: d}]\ndate: {a: b}\nauthor: [x, y]\nsource: 1e999\nid: [t]\nurl: [a]").encode(),
    "doubles.md": (FRONT % "title: One\ntitle: Two").encode(),
    "list.md": (FRONT % "- a\n- b").encode(),
    "quoted-15.md": ("> " * 15 + STORY).encode(),
    "quoted.md": ("> " * 20_000 + STORY).encode(),
    "long-line-2.md": ("harbour " * 131_072).encode(),
    "deep.html": ("<div>" * 20_000 + STORY).encode(),
    "unclosed.html": f"<p {STORY}<p>{STORY}<!-- {STORY}".encode(),
    "cdata.html": f"<![CDATA[{STORY}]]><p>{STORY}".encode(),
    "svg.html": f"<svg><script>alert(1)</script></svg><math><mi//xlink:href='data:x'></math><p>{STORY}".encode(),
    "entities.html": (f"<!DOCTYPE x [<!ENTITY a '{'b' * 99}'>]><p>{STORY}" + "&a;" * 999).encode(),
    "json-ld.html": f"<script type='application/ld+json'>{'[' * 50_000}</script><p>{STORY}".encode(),
    "long-line-3.html": ("<p>" + "harbour " * 131_072).encode(),
    "wrong-types.jsonl": "\n".join(
        json.dumps({"text": f"{STORY} {place}", field: value})
        for place, (field, value) in enumerate(
            (field, value)
            for field in ("id", "title", "date", "author", "source", "url", "language", "place", "dateline")
            for value in (10**400, -1, 1e308, True, None, [], [[]], {}, {"a": []}, "\ud800", "\u0000", "x" * 10_000)
        )
    ).encode(),
    "infinite.jsonl": b'{"text": "one story", "id": NaN, "title": Infinity, "author": -Infinity}',
    "doubles.jsonl": b'{"text": "one", "text": "another", "Text": "third"}',
    "bom.jsonl": codecs.BOM_UTF8 + LINE.encode(),
    "packed.jsonl.gz": gzip.compress(LINE.encode()),
    "semicolons.csv": f"id;text\ns;{STORY}\n".encode(),
    "wide.csv": codecs.BOM_UTF16_LE + f"id,text\nw,{STORY.replace(',', '')}\n".encode("utf-16-le"),
    "breaks.csv": f'id,text\rr,"{STORY}\r\n\r{STORY}"\r'.encode(),
    "nul.csv": f"id,text\nn,{STORY.replace(',', '')}\x00\n".encode(),
}  # fmt: skip

LEFT_OUT = {
    "empty.txt": b"",
    "spaces.txt": b" \n\t ",
    "marks.txt": b"... !!! \xe2\x80\x94",
    "nul.txt": b"\0" * 100,
    "binary.txt": bytes(range(256)) * 8,
    "half-nul.txt": STORY.encode("utf-16-le"),
    "bad-mark.txt": codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
    "picture.png": b"\x89PNG\r\n\x1a\n",
    "no-ending": STORY.encode(),
    "empty.md": b"---\ntitle: x\n---\n",
    "bomb.md": (FRONT % "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]").encode(),
    "deep-front.md": (FRONT % ("a: " + "[" * 5000 + "]" * 5000)).encode(),
    "broken-front.md": (FRONT % "title: 'never closed\na: [").encode(),
    "large-front.md": (FRONT % ("a: " + "x" * 70_000)).encode(),
    "unhashable.md": (FRONT % "? [a, b]\n: c").encode(),
    "bracketed.md": ("[" * 20_000 + STORY + "]" * 20_000).encode(),
    "menus.html": b"<nav>Home</nav>",
    "script.html": b"<script>var story = 'text';</script>",
    "empty.html": b"<!doctype html>",
    "none.jsonl": b"\n\n",
    "broken.jsonl": b'{"text": "one"\n[1]\n"x"\nnull\n{"text": 5}\n{"text": ""}\n\xff\n{"no": "text"}',
    "deep.jsonl": b"[" * 100_000,
    "number.jsonl": b'{"text": "a", "id": ' + b"9" * 10_000 + b"}",
    "cut.jsonl.gz": gzip.compress(LINE.encode() * 9)[:-30],
    "other.jsonl.gz": b"no gzip at all",
    "no-text.csv": b"id,name\n1,x\n",
    "unclosed.csv": b'id,text\n1,"never closed\n',
    "cells.csv": b"id,text\n1,two,three\n",
    "empty.csv": b"id,text\n",
    "text.parquet": b"PAR1 no parquet PAR1",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shapes")
    for name, data in (READ | LEFT_OUT).items():
        (folder / name).write_bytes(data)
    return read_folder(folder)


def outcome(parts, name):
    return [part for part in parts if part.path == name or part.path.startswith(f"{name}#")]


@pytest.mark.parametrize("name", READ)
def test_odd_files_are_read(corpus, name):
    assert outcome(corpus.articles, name)
    assert not outcome(corpus.left_out, name)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_unusable_files_are_left_out_with_a_reason(corpus, name):
    left = outcome(corpus.left_out, name)
    assert left
    assert all(part.reason and "\n" not in part.reason and "failed on it" not in part.reason for part in left)
    assert not outcome(corpus.articles, name)


NAMES = (
    "a\nb.txt", "'quoted'.txt", '"quoted".txt', "a..%2f..%2fetc.txt", "-rf.txt", "--help.txt", "  spaces  .txt", "a;b&c|d.txt",
    "$(id).txt", "x" * 246 + ".txt", "é" * 123 + ".txt", "\u202egnp.txt", "<img src=x onerror=alert(1)>.txt",
    "con.txt", "nul.txt", "a\\b.txt", "{{ 7*7 }}.txt", "#a?b=c.txt", "%00.txt", "a...txt.txt", "index.html.txt",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_read(tmp_path, name):
    (tmp_path / name).write_text(STORY)
    (article,) = read_folder(tmp_path).articles
    assert article.path.isprintable()
    assert article.id.isascii()
    assert len(article.id) <= 100
    assert not set(article.id) & set("/\\<>\"'&%#?: ")
    assert article.id[0] not in ".-"


def test_a_name_that_is_no_text_is_shown_with_marks(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text(STORY)
    except OSError:
        pytest.skip("this system has no such names")
    (article,) = read_folder(tmp_path).articles
    assert article.path == "\ufffd\ufffd.txt"


def test_names_that_look_alike_or_give_one_id_are_told_apart(tmp_path):
    for name in ("caf\u00e9.txt", "cafe\u0301.txt", "Cafe.md", "a b.txt", "a-b.txt"):
        (tmp_path / name).write_text(STORY)
    corpus = read_folder(tmp_path)
    assert len(corpus.articles) + len(corpus.left_out) == len(list(tmp_path.iterdir()))
    assert all("give one of them another id or name" in left.reason for left in corpus.left_out)


def test_folders_nested_beyond_the_limit_are_left_out(tmp_path):
    deep = tmp_path
    (tmp_path / "top.txt").write_text(STORY)
    for _ in range(900):
        deep = deep / "d"
        deep.mkdir()
    (deep / "deep.txt").write_text(STORY)
    for rules in (ReadRules(), ReadRules(max_depth=500)):
        corpus = read_folder(tmp_path, rules)
        assert [article.path for article in corpus.articles] == ["top.txt"]
        assert f"stands in more than {rules.max_depth} others" in corpus.left_out[0].reason


def test_links_lead_out_of_the_folder_only_where_asked_for(tmp_path):
    inside, outside = tmp_path / "content", tmp_path / "secret"
    inside.mkdir()
    outside.mkdir()
    (inside / "a.txt").write_text(STORY)
    (outside / "key.txt").write_text(f"Secret. {STORY}")
    (inside / "file.txt").symlink_to(outside / "key.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "self").symlink_to(inside / "self")
    (inside / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inside / "pipe.txt")
    corpus = read_folder(inside)
    assert [article.path for article in corpus.articles] == ["a.txt"]
    assert {left.path for left in corpus.left_out} == {"file.txt", "folder", "gone.txt", "loop", "pipe.txt", "self"}
    corpus = read_folder(inside, ReadRules(outside_links=True))
    assert [article.path for article in corpus.articles] == ["a.txt", "file.txt", "folder/key.txt"]


def test_a_device_is_never_opened(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    corpus = read_folder(tmp_path, ReadRules(outside_links=True))
    assert [left.reason for left in corpus.left_out] == ["no file but a device or a pipe; remove it"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission_are_left_out(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "c").mkdir()
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "c").chmod(0)
    try:
        assert {left.path for left in read_folder(tmp_path).left_out} == {"b.txt", "c"}
    finally:
        (tmp_path / "c").chmod(0o700)


def test_rows_beyond_the_limit_are_left_out(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": f"{STORY} {i}"}) for i in range(9)))
    (tmp_path / "b.csv").write_text("text\n" + "one story\n" * 9)
    corpus = read_folder(tmp_path, ReadRules(max_rows=3))
    assert len(corpus.articles) == 6
    assert [left.path for left in corpus.left_out] == ["a.jsonl#4", "b.csv#4"]
    assert all("more than 3 rows, the limit" in left.reason for left in corpus.left_out)


def test_a_packed_bomb_is_unpacked_no_further_than_the_limit(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINE.encode() + b"\n" + b"\n" * 50_000_000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"x" * 50_000_000))
    corpus = read_folder(tmp_path, ReadRules(max_table_bytes=10_000_000))
    assert [left.path for left in corpus.left_out] == ["a.jsonl.gz", "b.jsonl.gz"]
    assert all("larger than 10,000,000 bytes" in left.reason for left in corpus.left_out)
    assert len(corpus.articles) == 1


def test_limits_far_below_every_file_and_far_above_end_well(tmp_path):
    for name, data in (("a.txt", STORY), ("b.csv", f"id,text\n1,{STORY}"), ("c.jsonl", LINE), ("d.md", STORY)):
        (tmp_path / name).write_text(data)
    (tmp_path / "e.txt").write_text("ok")
    corpus = read_folder(tmp_path, ReadRules(max_bytes=2))
    assert [article.path for article in corpus.articles] == ["e.txt"]
    assert len(read_folder(tmp_path, ReadRules(max_bytes=2**31 - 2)).articles) == 4


def test_a_file_that_takes_too_long_is_left_out_and_the_others_are_read(tmp_path):
    (tmp_path / "slow.md").write_text(STORY + "\n\n" + "<a " * 60_000)
    (tmp_path / "a.txt").write_text(STORY)
    corpus = read_folder(tmp_path, ReadRules(max_seconds=1))
    assert [article.path for article in corpus.articles] == ["a.txt"]
    assert "takes more than 1 s, the limit" in corpus.left_out[0].reason
