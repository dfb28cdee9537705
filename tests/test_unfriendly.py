"""A folder of careless exports and of attacks: each file is read, or left out with its reason; all of them build one whole site."""

import contextlib
import faulthandler
import gzip
import json
import os
import signal
import socket
import threading
import time
import zipfile

import pytest

from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.errors import ContentError
from generator.read.bounds import SMALL, read_within
from generator.read.draft import Draft
from generator.read.folder import read_folder
from generator.rules import ReadRules, Settings
from generator.verify import verify_site
from tests.articles import write_sample
from tests.test_cli import run

STORY = (
    "The river rose by two metres at Tollhaven on Tuesday, and the ferry Belle Rive stayed at its pier with 212 people"
    " until the water fell again, harbour master Lise Aubert said."
)
PLAIN = STORY.replace(",", "")
LINE = json.dumps({"text": STORY})
IDS = (
    "../../etc/passwd",
    ".",
    "..",
    "-",
    "con",
    "index",
    "~twin",
    "a~b",
    "wire.json",
    "wire",
    "x" * 500,
    "%2e%2e",
    "https://x/",
    "#",
    "?",
)
ADDRESSES = (
    "http://[::1", "HTTP://EXAMPLE.COM/A", "https://例え.jp/ä", 'https://x/" onclick=alert(1)', "//evil.invalid", "https:evil", "http:///x",
    "https://a@b/", "file:///etc/passwd", "https://x/#\u202e", "http://0x7f.1/", "https://" + "a" * 480,
)  # fmt: skip
TAGS = ("x-klingon", "de_DE.UTF-8", "zh-Hant-TW", "../../etc/passwd", "qq", "i-default", "no", "sr-Latn", "tlh")


def lines(**fields):
    """Rows of JSON, one for each value of a field."""
    ((key, values),) = fields.items()
    return "\n".join(
        json.dumps({"text": f"{STORY} {n}", "id": f"{key}{n}", key: value}) for n, value in enumerate(values)
    )


READ = {
    # What exporters write.
    "page.txt": f"<html><head><title>x</title></head><body><p>{STORY}</p></body></html>",
    "mail.txt": f"From: a@b.example\nSubject: =?utf-8?B?w6k=?=\nMIME-Version: 1.0\n\n{STORY}",
    "excel.csv": f"sep=;\nid;text\ne;{STORY}\nf;{STORY}\n",
    "excel-bom.csv": f"\ufeffSEP=,\r\nid,text\r\ng,{PLAIN}\r\n",
    "tabs.csv": f"ID\t TEXT \nh\t{PLAIN}\n",
    "columns-twice.csv": f'text,text,id,id\n"{STORY}","other",a,b\n',
    "20000-columns.csv": ",".join(["text", *(f"c{n}" for n in range(20_000))]) + f'\n"{STORY}"' + "," * 20_000 + "\n",
    "western.csv": f'id,text\ni,"Zoë’s café {STORY}"\n'.encode("cp1252"),
    "members.jsonl.gz": gzip.compress(f"{LINE}\n".encode()) + gzip.compress(f"{LINE}\n".encode()),
    "upper.JSONL.GZ": gzip.compress(LINE.encode()),
    "markup.jsonl": json.dumps({"text": f"<p>{STORY}</p><script>alert(1)</script>&amp;nbsp;"}),
    "norway.md": f"---\ntitle: =\nlanguage: no\ndate: 12:30:45\nauthor: yes\nsource: 0o17\nid: ~\n---\n{STORY}",
    "toml.md": f"+++\ntitle = 'x'\ndate = 2024-01-01\n+++\n{STORY}",
    "object.md": f'{{"title": "x"}}\n\n{STORY}',
    "windows.md": f"---\r\ntitle: x\r\ndate: 2024-02-03\r\n---\r\n{STORY}",
    "directive.md": f"%YAML 1.2\n---\ntitle: x\n---\n{STORY}",
    "merge.md": f"---\n<<: {{a: 1}}\ntitle: !!binary aGk=\nx: !!set {{a, b}}\n---\n{STORY}",
    "far-years.md": f"---\ndate: 10000-01-01\npublished: -0001-01-01\n---\n{STORY}",
    "archive.html": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\n"
    f"<html><body><p>{STORY}=20</p></body></html>\n--b--",
    "ids.jsonl": "\n".join(json.dumps({"text": f"{STORY} {n}", "id": name}) for n, name in enumerate(IDS)),
    "addresses.jsonl": lines(url=ADDRESSES),
    "tags.jsonl": lines(language=TAGS),
    # What attackers write, for what reads web pages.
    "entity.html": '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://evil.invalid/x.dtd"'
    '[<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'
    f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><p>{STORY}&xxe;</p>'
    '<xi:include href="file:///etc/passwd" parse="text"/></html>',
    "laughs.html": "<!DOCTYPE x ["
    + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    + f"]><p>&a12;{STORY}</p>",
    "utf7.html": f'<html><head><meta charset="utf-7"></head><p>+ADw-script+AD4-alert(1)+ADw-/script+AD4- {STORY}</p></html>',
    "plaintext.html": f"<p>{STORY}<plaintext><script>alert(1)</script>{STORY}",
    "tables.html": "<table><tr><td>" * 5000 + STORY,
    "picture.html": f"<img src='data:image/png;base64,{'A' * 4_000_000}'><p>{STORY}",
    "comments.html": "<!--" * 50_000 + f"{STORY}--><p>{STORY}",
    "formatting.html": "<b><i><u>" * 10_000 + STORY,
    "template.html": f"<template><p>{STORY}</p></template><noscript><p>{STORY}</p></noscript>",
    "frames.html": "<frameset>" * 2000 + f"<frame src=x>{STORY}",
    "select.html": "<select>" * 5000 + STORY,
    "anchors.html": "<a>" * 5000 + STORY,
    # For what reads Markdown.
    "references.md": "".join(f"[a{n}]: http://x/{n}\n" for n in range(5000)) + f"\n{STORY}",
    "reference.md": "[a]: http://x\n\n" + "[a]" * 1000 + STORY,
    "rule.md": "- " * 20_000 + f"\n{STORY}",
    "headings.md": "a\n=\n" * 500 + STORY,
    "entities.md": "&#" * 1000 + STORY,
    "blocks.md": "<div>\n" * 1000 + STORY,
    "stars.md": "*" * 1000 + f"\n\n{STORY}",
    "words.md": "_a" * 1000 + f"\n\n{STORY}",
    "bars.md": "|" * 1000 + f"\n|-|\n{STORY}",
    # For what counts, cuts and compares words.
    "lines.txt": "\n" * 1_000_000 + STORY,
    "long-title.txt": "harbour " * 2000 + f"\n\n{STORY}",
    "zero-width.txt": "\u200b".join(STORY),
    "families.txt": "👩‍👩‍👧‍👦" * 500 + STORY,
    "private.txt": "\ue000\U000e0041\ufe0f" * 1000 + STORY,
    "soft-hyphens.txt": "\u00ad".join(STORY),
    "surrogates.txt": b"\xed\xa0\x80\xed\xb0\x80 \xc0\xaf " + STORY.encode(),
    "seven-bits.txt": f"Zoë {STORY}".encode("utf-7"),
    "folding.txt": "İstanbul ŉa ßẞ ﬁ ΐ ᾳ Ǆ " * 60 + STORY,
    "jamo.txt": "\u1112\u1161\u11ab" * 1000 + STORY,
    "thai.txt": "แม่น้ำสูงขึ้นสองเมตร" * 60,
    "figures.txt": "1," * 20_000 + STORY,
    "capitals.txt": "A " * 1000 + f"— (AP) — {STORY}",
    "agencies.txt": "(AP " * 1000 + STORY,
    "contributed.txt": "contributed " * 500 + f"to this report {STORY}",
    "reporting.txt": f"{STORY}\n" + "(Reporting by " * 500 + "; editing by x)",
    "copyright.txt": "© copyright (c) " * 300 + STORY,
    "said.txt": "Lise Aubert said, Rui Teles said, " * 60 + STORY,
    "titles.txt": "Mr. Dr. U.S. e.g. " * 300 + STORY,
    "address.txt": f"http://x/{'a' * 100_000} {STORY}",
    "names.txt": " ".join(f"Ann Bee{n}" for n in range(200)) + f" {STORY}",
    "hyphens.txt": "-".join(["well"] * 2000) + f" {STORY}",
    "spaces.txt": STORY.replace(" ", "\u00a0") + "\u3000" * 50_000 + STORY,
}  # fmt: skip

LEFT_OUT = {
    "rich.txt": (r"{\rtf1\ansi\f0 " + STORY + "}", "a document in RTF"),
    "paper.txt": (f"%PDF-1.4\nBT ({STORY}) Tj ET\n%%EOF", "a PDF"),
    "script.md": (f"%!PS-Adobe-3.0\n({STORY}) show", "a PostScript file"),
    "packed.txt": (gzip.compress(STORY.encode()), "a packed file"),
    "no-header.csv": (f'"a","{STORY}"\n', "no column is named text"),
    "one-list.jsonl": (json.dumps([{"text": STORY}]), "no JSON object"),
    "commas.jsonl": (f"{LINE},\n", "no JSON"),
    "single.jsonl": (f"{{'text': '{STORY}'}}\n", "no JSON"),
    "wide.jsonl": (LINE.encode("utf-16"), "not in UTF-8"),
    "not-packed.jsonl.gz": (LINE, "damaged"),
    "odd-front.md": (f"---\ntitle: \"\\q\"\n---\n{STORY} {STORY}", "front matter is no YAML"),
    "links.md": ("[a](" * 5000 + STORY, "nested too deeply"),
    "lists.md": ("".join(" " * n + "- a\n" for n in range(0, 1600, 4)) + STORY, "nested too deeply"),
    "trailing.text": (STORY, "unknown kind"),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unfriendly")
    content = folder / "content"
    content.mkdir()
    for name, data in (READ | {name: data for name, (data, _) in LEFT_OUT.items()}).items():
        (content / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    with zipfile.ZipFile(content / "office.txt", "w") as whole:
        whole.writestr("word/document.xml", f"<w:t>{STORY}</w:t>")
    (content / "folder.txt").mkdir()
    (content / "table.jsonl.gz").mkdir()
    # The name of a socket is short.
    with contextlib.chdir(content), contextlib.closing(socket.socket(socket.AF_UNIX)) as bound:
        bound.bind("socket.txt")
    summary = build_site(content, folder / "site", Settings(), LocalEngine(1))
    data = (folder / "site" / "data" / "articles.csv").read_text(encoding="utf-8")
    return folder / "site", summary, data


def stood(path, name):
    return path == name or path.startswith(f"{name}#")


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read(built, name):
    _, summary, articles = built
    assert not [item for item in summary.left_out if stood(item.path, name)]
    assert f",{name}," in articles or f",{name}#1," in articles


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_can_not_be_used_is_left_out_with_its_reason(built, name):
    (item,) = [item for item in built[1].left_out if stood(item.path, name)]
    assert item.reason.startswith(LEFT_OUT[name][1])
    assert "; " in item.reason


def test_the_site_of_all_that_is_whole_and_holds_nothing_of_the_machine(built):
    site, summary, _ = built
    assert verify_site(site).faults == ()
    assert {item.path for item in summary.left_out} >= {"office.txt", "socket.txt"}
    for path in site.rglob("*.*"):
        assert b"root:x:0" not in path.read_bytes()


SLOW = "<p " + " ".join(f"a{n}={n}" for n in range(60_000)) + f">{STORY}"


def test_a_page_that_keeps_a_library_in_c_busy_is_left_out(tmp_path):
    (tmp_path / "slow.html").write_text(SLOW)
    (tmp_path / "other.txt").write_text(STORY)
    started = time.process_time()
    corpus = read_folder(tmp_path, ReadRules(max_seconds=1))
    assert [article.path for article in corpus.articles] == ["other.txt"]
    assert "takes more than 1 s" in corpus.left_out[0].reason
    assert time.process_time() - started < 1


def test_a_page_is_stopped_in_any_thread(tmp_path):
    (tmp_path / "slow.html").write_text(SLOW)
    (tmp_path / "other.txt").write_text(STORY)
    read = []
    thread = threading.Thread(target=lambda: read.append(read_folder(tmp_path, ReadRules(max_seconds=1))))
    thread.start()
    thread.join()
    assert [item.path for item in read[0].left_out] == ["slow.html"]


@pytest.mark.parametrize("fault", [signal.SIGSEGV, signal.SIGABRT])
def test_a_library_that_crashes_takes_nothing_along(fault):
    def crash(_):
        faulthandler.disable()
        os.kill(os.getpid(), fault)

    with pytest.raises(ContentError, match="failed on it"):
        read_within(5, crash, "x" * (SMALL + 1))


def run_out(_):
    raise MemoryError


def be_killed(_):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("reader", [run_out, be_killed])
def test_a_reader_that_ran_out_of_memory_is_not_said_to_be_slow(reader):
    with pytest.raises(ContentError, match="memory runs out"):
        read_within(5, reader, "x" * (SMALL + 1))


@pytest.mark.parametrize("size", [1, SMALL + 1])
def test_a_reader_gives_the_same_in_a_process_of_its_own(size):
    def refuse(_):
        raise ContentError("no words; write some")

    text = "x" * size
    assert read_within(5, lambda whole: Draft(whole, title="A title"), text) == Draft(text, title="A title")
    with pytest.raises(ContentError, match="no words; write some"):
        read_within(5, refuse, text)


def write_parquet(file, texts, **options):
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"text": texts}), file, **options)


def test_a_few_bytes_of_parquet_fill_no_memory(tmp_path):
    import pyarrow

    one = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 5000, pyarrow.int32()), pyarrow.array([f"{STORY} " * 12_000])
    )
    write_parquet(tmp_path / "a.parquet", one, compression="zstd")
    write_parquet(tmp_path / "b.parquet", pyarrow.array([STORY]))
    assert (tmp_path / "a.parquet").stat().st_size < 50_000
    corpus = read_folder(tmp_path)
    assert sum(len(article.text) for article in corpus.articles) < 2**26 + 2**12
    assert [item.path for item in corpus.left_out] == ["a.parquet"]
    assert "larger than" in corpus.left_out[0].reason
    assert "b.parquet#1" in {article.path for article in corpus.articles}


def test_columns_of_any_type_are_texts_or_nothing(tmp_path):
    import pyarrow

    columns = {
        "large": pyarrow.array([STORY], pyarrow.large_string()),
        "bytes": pyarrow.array([STORY.encode()], pyarrow.binary()),
        "named": pyarrow.array([STORY]).dictionary_encode(),
        "broken": pyarrow.array([b"\xff\xfe" + STORY.encode()], pyarrow.binary()),
        "list": pyarrow.array([[STORY]]),
        "fields": pyarrow.array([{"a": STORY}]),
        "none": pyarrow.array([None]),
        "number": pyarrow.array([5]),
    }
    for name, column in columns.items():
        write_parquet(tmp_path / f"{name}.parquet", column)
    corpus = read_folder(tmp_path)
    assert {article.path for article in corpus.articles} == {"large.parquet#1", "bytes.parquet#1", "named.parquet#1"}
    assert all(item.reason.startswith("no text") for item in corpus.left_out)


def test_rows_before_a_fault_are_kept(tmp_path):
    whole = gzip.compress("".join(f"{json.dumps({'text': f'{STORY} {n}'})}\n" for n in range(9)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole + b"what was appended by mistake")
    corpus = read_folder(tmp_path)
    assert len(corpus.articles) == 9
    assert [item.path for item in corpus.left_out] == ["a.jsonl.gz"]


def test_a_table_of_another_kind_fills_no_terminal(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "content" / "pretty.jsonl").write_text(json.dumps([{"text": STORY}] * 1000, indent=1))
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 501
    assert "more; data/report.json lists them all" in done.stderr.splitlines()[-1]


def test_libraries_say_nothing_on_standard_error(tmp_path):
    for name, language in (("a", "no"), ("b", "sr"), ("c", "tlh")):
        (tmp_path / f"{name}.md").write_text(f"---\nlanguage: {language}\n---\n{STORY}")
        (tmp_path / f"{name}-2.md").write_text(f"---\nlanguage: {language}\n---\n{STORY}")
    done = run("build", ".", "--out", tmp_path.parent / f"{tmp_path.name}-site", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
