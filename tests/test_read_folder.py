"""A folder becomes a corpus: the same whatever the system, with a reason for all that is left out."""

import gzip
import json
import os
import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError, SettingsError
from generator.read.folder import read_folder
from generator.rules import ReadRules, Settings

STORY = "The river rose by two metres, and the ferry stayed at its pier until the water fell again."


def write(folder, **files):
    """Write files; `__` in a name stands for a slash, `_DOT_` for a dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def reasons(corpus):
    return {left.path: left.reason for left in corpus.left_out}


def test_articles_of_all_formats_below_a_folder_are_read_in_the_order_of_their_ids(tmp_path):
    write(
        tmp_path,
        b_DOT_txt=f"River rises\n\n{STORY}",
        A__c_DOT_MD=f"# River\n\n{STORY}",
        d_DOT_html=f"<h1>River</h1><p>{STORY}</p>",
        e_DOT_csv=f"id,text\nz,{STORY.replace(',', '')}\n",
        f_DOT_jsonl=json.dumps({"text": STORY}),
        g_DOT_jsonl_DOT_gz=gzip.compress(json.dumps({"id": 5, "text": STORY}).encode()),
    )
    corpus = read_folder(tmp_path)
    assert [(article.id, article.path) for article in corpus.articles] == [
        ("5", "g.jsonl.gz#1"),
        ("a-c", "A/c.MD"),
        ("b", "b.txt"),
        ("d", "d.html"),
        ("f-1", "f.jsonl#1"),
        ("z", "e.csv#1"),
    ]
    assert corpus.left_out == ()
    assert {article.language for article in corpus.articles} == {"en"}


def test_a_wire_report_gives_what_its_lines_say(tmp_path):
    text = f"date 2024-12-02 BEIRUT — (AP) — {STORY}\n\nAssociated Press writer Ann Bee contributed to this report."
    write(tmp_path, wire_DOT_txt=f" {text}\n")
    (article,) = read_folder(tmp_path).articles
    assert (article.place, article.agency, article.date, article.source) == ("Beirut", "AP", "2024-12-02", "")
    assert article.text == text
    assert article.title == "The river rose by two metres, and the ferry stayed at its pier until the water…"
    assert not article.titled


def test_a_byline_below_the_title_and_a_credit_line_are_found(tmp_path):
    write(tmp_path, a_DOT_txt=f"River rises\n\nBy Jane Doe\n\nOSLO — {STORY}\n\n© 2024 The Associated Press")
    (article,) = read_folder(tmp_path).articles
    assert (article.title, article.author, article.place, article.agency) == ("River rises", "Jane Doe", "Oslo", "AP")


def test_what_a_row_says_wins_over_its_dateline(tmp_path):
    row = {
        "text": f"date 2024-12-02 BEIRUT (AP) — {STORY}",
        "date": "1 May 2020",
        "place": "Oslo",
        "lang": "no",
        "author": "A",
    }
    write(tmp_path, a_DOT_jsonl=json.dumps(row))
    (article,) = read_folder(tmp_path).articles
    assert (article.date, article.place, article.language, article.author) == ("2020-05-01", "Oslo", "no", "A")


def test_a_column_of_datelines_gives_the_place(tmp_path):
    row = {
        "id": "00001",
        "text": STORY,
        "date": "26-FEB-1987 15:01:01.79",
        "dateline": "SALVADOR, Feb 26 -",
        "title": "RIVER",
    }
    write(tmp_path, a_DOT_jsonl=json.dumps(row))
    (article,) = read_folder(tmp_path).articles
    assert (article.id, article.place, article.date, article.title) == ("00001", "Salvador", "1987-02-26", "RIVER")


def test_of_two_alike_ids_the_second_is_left_out_and_names_the_first(tmp_path):
    write(tmp_path, a__b_DOT_txt=STORY, a_b_DOT_txt=STORY)
    (tmp_path / "A-B.md").write_text(STORY)
    corpus = read_folder(tmp_path)
    assert reasons(corpus) == {"a/b.txt": "its id a-b is that of A-B.md; give one of them another id or name"}
    assert [article.id for article in corpus.articles] == ["a-b", "a_b"]


def test_what_cant_be_used_is_left_out_with_a_reason_and_litter_without_one(tmp_path):
    write(
        tmp_path,
        good_DOT_txt=STORY,
        a_DOT_docx=b"PK",
        none=b"x",
        empty_DOT_txt=b"",
        blank_DOT_txt=b" \n---\n",
        image_DOT_txt=b"\x89PNG\0",
        rows_DOT_csv=b"text\n",
        cut_DOT_jsonl_DOT_gz=b"\x1f\x8b\x08\0",
        table_DOT_jsonl=f'{{"text": "{STORY}"}}\n{{}}\n',
        _DOT_git__config=b"x",
        _DOT_DS_Store=b"x",
        Thumbs_DOT_db=b"x",
    )
    (tmp_path / "notes.txt~").write_text("x")
    found = reasons(read_folder(tmp_path))
    assert found == {
        "a.docx": "unknown kind .docx; save it as .txt, .md or .html, or a table of articles as .jsonl, .csv or .parquet",
        "blank.txt": "no words; write the article in it, or remove it",
        "cut.jsonl.gz": "damaged, it breaks off before its end; write it again",
        "empty.txt": "empty; write the article in it, or remove it",
        "image.txt": "binary, not text; save it as .txt, .md or .html in UTF-8",
        "none": "no ending; save it as .txt, .md or .html, or a table of articles as .jsonl, .csv or .parquet",
        "rows.csv": "no rows; write one article a row, or remove it",
        "table.jsonl#2": "no text; give it a text, body or content of at least one word",
    }


def test_files_over_the_limit_are_left_out_and_tables_are_not(tmp_path):
    write(tmp_path, a_DOT_txt=STORY * 2, b_DOT_txt=STORY, c_DOT_jsonl=f'{{"text": "{STORY}"}}\n' * 9)
    corpus = read_folder(tmp_path, ReadRules(max_bytes=120))
    assert reasons(corpus) == {"a.txt": "larger than 120 bytes, the limit; split it into articles"}
    assert len(corpus.articles) == 10
    with pytest.raises(SettingsError, match="max_bytes is 0"):
        ReadRules(max_bytes=0)
    assert Settings().read == ReadRules()


def test_links_are_followed_inside_the_folder_only_and_loops_end(tmp_path):
    content = tmp_path / "content"
    write(content, a__one_DOT_txt=STORY, _DOT_store__two_DOT_txt=STORY)
    write(tmp_path, outside_DOT_txt=STORY)
    (content / "link.txt").symlink_to(content / ".store" / "two.txt")
    (content / "out.txt").symlink_to(tmp_path / "outside.txt")
    (content / "gone.txt").symlink_to(content / "nowhere.txt")
    (content / "a" / "loop").symlink_to(content, target_is_directory=True)
    (content / "same").symlink_to(content / "a", target_is_directory=True)
    (content / "same-again").symlink_to(content / "a", target_is_directory=True)
    corpus = read_folder(content)
    assert [article.path for article in corpus.articles] == ["a/one.txt", "link.txt", "same/one.txt"]
    assert reasons(corpus) == {
        "a/loop": "a link to a folder that it stands in; remove it",
        "gone.txt": "a link that leads nowhere; remove it",
        "out.txt": "a link that leads out of the content folder; copy what it leads to",
        "same-again": "a link to a folder that another link leads to; remove one of them",
        "same/loop": "a link to a folder that it stands in; remove it",
    }


def test_pipes_are_left_out_without_being_opened(tmp_path):
    write(tmp_path, a_DOT_txt=STORY)
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(read_folder(tmp_path)) == {"pipe.txt": "no file but a device or a pipe; remove it"}


def test_files_that_the_system_refuses_are_left_out(tmp_path, monkeypatch):
    write(tmp_path, a_DOT_txt=STORY, b_DOT_txt=STORY)
    opened = type(tmp_path).open

    def refuse(path, *args, **kwargs):
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(type(tmp_path), "open", refuse)
    assert reasons(read_folder(tmp_path)) == {
        "b.txt": "can't be read (permission denied); check the file and its permissions"
    }


def test_names_are_shown_in_one_clean_line(tmp_path):
    (tmp_path / "two\nlines\x1b.txt").write_text(STORY)
    assert [article.path for article in read_folder(tmp_path).articles] == ["two lines.txt"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no file names that aren't UTF-8")
def test_names_that_are_no_utf_8_are_shown_as_far_as_they_can_be_read(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    assert [article.path for article in read_folder(tmp_path).articles] == ["caf\ufffd.txt"]


def test_a_folder_that_cant_be_used_is_refused_with_what_where_and_how(tmp_path):
    with pytest.raises(ContentError, match=r"there is no folder .*/none; make it"):
        read_folder(tmp_path / "none")
    write(tmp_path, file_DOT_pdf=b"%PDF")
    with pytest.raises(ContentError, match=r"file\.pdf is no folder"):
        read_folder(tmp_path / "file.pdf")
    with pytest.raises(
        ContentError, match=r"can be used; put \.txt.*1 left out, the first file\.pdf: unknown kind \.pdf"
    ):
        read_folder(tmp_path)
    (tmp_path / "file.pdf").unlink()
    with pytest.raises(ContentError, match="holds no articles"):
        read_folder(tmp_path)


def test_the_order_in_which_the_system_lists_files_changes_nothing(tmp_path, monkeypatch):
    write(tmp_path, **{f"d{n % 3}__a{n}_DOT_txt": f"{STORY} {n}" for n in range(9)}, x_DOT_pdf=b"x", b__x_DOT_pdf=b"x")
    expected = read_folder(tmp_path)
    scandir = os.scandir

    class Shuffled:
        def __init__(self, folder):
            with scandir(folder) as entries:
                self.entries = list(entries)
            random.Random(7).shuffle(self.entries)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(os, "scandir", Shuffled)
    assert read_folder(tmp_path) == expected
    assert [left.path for left in expected.left_out] == ["b/x.pdf", "x.pdf"]


def test_the_digest_tells_any_change_from_any_other(tmp_path):
    digests = []
    for files in (
        {"a_DOT_txt": "one two"},
        {"a_DOT_txt": "one  two"},
        {"a_DOT_md": "one two"},
        {"a_DOT_txt": "one two", "b_DOT_pdf": b""},
        {"a_DOT_txt": "one two", "c_DOT_pdf": b""},
        {"a_DOT_jsonl": '{"id": "a", "text": "one two", "source": "x"}'},
        {"a_DOT_jsonl": '{"id": "a", "text": "one two", "author": "x"}'},
    ):
        folder = tmp_path / str(len(digests))
        write(folder, **files)
        digests.append(read_folder(folder).digest)
    assert len(set(digests)) == len(digests)
    assert digests[0] == read_folder(tmp_path / "0").digest
    assert all(len(digest) == 64 for digest in digests)


@given(data=st.binary(max_size=200), ending=st.sampled_from(["txt", "md", "jsonl", "jsonl.gz", "csv"]))
def test_any_bytes_in_any_file_are_read_or_left_out(tmp_path_factory, data, ending):
    folder = tmp_path_factory.mktemp("content")
    (folder / "good.txt").write_text(STORY)
    (folder / f"other.{ending}").write_bytes(data)
    corpus = read_folder(folder)
    assert "good" in [article.id for article in corpus.articles]
    assert all(article.title and "\n" not in article.title for article in corpus.articles)
    assert all("\n" not in left.reason for left in corpus.left_out)
