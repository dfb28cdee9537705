"""Tables give one article a row; a bad row costs only itself."""

import csv
import gzip
import io
import json
import sys

import pyarrow as arrow
import pytest
from pyarrow import parquet

from generator.errors import ContentError
from generator.read.rows import Budget, read_csv, read_jsonl, read_parquet

LIMIT = 10_000


def rows_of(reader, data, limit=LIMIT):
    return dict(reader(io.BytesIO(data), limit))


def test_json_lines_give_known_keys_and_ignore_others():
    line = {
        "ID": 7,
        "Title": "River",
        "body": "It rose.",
        "published": "2 May 2021",
        "lang": "en",
        "dateline": "OSLO, May 2 -",
        "x": [1],
    }
    (draft,) = rows_of(read_jsonl, b"\xef\xbb\xbf" + json.dumps(line).encode()).values()
    assert (draft.id, draft.title, draft.text, draft.date) == ("7", "River", "It rose.", "2021-05-02")
    assert (draft.language, draft.dateline) == ("en", "OSLO, May 2 -")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": ', "no JSON"),
        (b'["text"]', "no JSON object"),
        (b'{"title": "x"}', "no text"),
        (b'{"text": 5}', "no text"),
        (b'{"text": " "}', "no text"),
        (b'{"text": "caf\xe9"}', "UTF-8"),
        (b"[" * 9000, "nested too deeply"),
        (b'{"text": ' + b"1" * 5000 + b"}", "number too long"),
        (b'{"text": "' + b"x" * LIMIT + b'"}', "larger than 10,000 bytes"),
        (b'{"text": "' + b"x" * 9 * LIMIT + b'"}', "larger than 10,000 bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line, reason):
    good = b'{"text": "It rose."}'
    rows = rows_of(read_jsonl, b"\n".join([good, line, b"", good]))
    assert list(rows) == [1, 2, 4]
    assert rows[1].text == rows[4].text == "It rose."
    assert isinstance(rows[2], ContentError)
    assert reason in str(rows[2])


def test_a_packed_file_that_breaks_off_gives_its_rows_and_then_the_fault():
    packed = gzip.compress(b"".join(b'{"text": "It rose %d times."}\n' % n for n in range(5000)))
    seen = []
    with pytest.raises(ContentError, match="breaks off"):  # noqa: PT012 - the rows before the fault count
        for number, _ in read_jsonl(io.BufferedReader(gzip.GzipFile(fileobj=io.BytesIO(packed[:-500]))), LIMIT):
            seen.append(number)
    assert seen[:3] == [1, 2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_whatever_its_delimiter_and_encoding(delimiter, encoding):
    text = f'id{delimiter}Text\r\n1{delimiter}"Schöne{delimiter} Grüße über\r\ndie ""Straße"""\r\n\r\n2{delimiter}größer\r\n'
    rows = rows_of(read_csv, text.encode(encoding))
    assert rows[1].text == f'Schöne{delimiter} Grüße über\r\ndie "Straße"'
    assert (rows[2].id, rows[2].text) == ("2", "größer")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,b,c,d", "4 cells"),
        ('a,"b"c', "quotation marks"),
        ("a,", "no text"),
        ("a," + "x" * LIMIT, "larger"),
        ('a,"' + "x" * 9 * LIMIT + '"', "larger"),
    ],
)
def test_a_bad_row_of_csv_is_named_and_the_others_are_read(row, reason):
    rows = rows_of(read_csv, f"id,text\n1,one\n{row}\n3,three\n".encode())
    assert list(rows) == [1, 2, 3]
    assert reason in str(rows[2])
    assert rows[3].text == "three"


@pytest.mark.parametrize(("sign", "fits"), [("x", True), ("\u00e9", False), ("\U0001f6f3", False)])
def test_limits_of_tables_are_in_bytes(sign, fits):
    """A text of nine tenths of the limit in characters, as cell, row and whole table."""
    text = sign * (LIMIT * 9 // 10)
    stream = io.BytesIO()
    parquet.write_table(arrow.table({"text": ["It rose."], "title": [text]}), stream)
    if fits:
        assert len(dict(read_parquet(stream, LIMIT, Budget(LIMIT)))) == 1
    else:
        with pytest.raises(ContentError, match="larger than 10,000 bytes"):
            dict(read_parquet(stream, LIMIT, Budget(LIMIT)))
    row = rows_of(read_csv, f"text,other\nIt rose.,{text}\n".encode())[1]
    assert isinstance(row, ContentError) != fits


def test_a_quotation_mark_never_closed_is_named():
    rows = rows_of(read_csv, b'id,text\n1,one\n2,"two\n3,three\n')
    assert rows[1].text == "one"
    assert "never closed" in str(rows[2])


def test_csv_without_a_text_column_is_refused():
    with pytest.raises(ContentError, match="no column is named text"):
        rows_of(read_csv, b"id,title\n1,River\n")


def test_the_limit_on_cells_is_given_back():
    before = csv.field_size_limit()
    rows_of(read_csv, b"id,text\n1,one\n")
    assert csv.field_size_limit() == before


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ContentError, match=r"pip install 'twicetold\[parquet\]'"):
        rows_of(read_parquet, b"")


def test_parquet_rows_are_articles():
    table = arrow.table({"ID": [1, 2], "Text": ["It rose.", None], "other": [[1], [2]]})
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    rows = rows_of(read_parquet, stream.getvalue())
    assert (rows[1].id, rows[1].text) == ("1", "It rose.")
    assert "no text" in str(rows[2])
    with pytest.raises(ContentError, match="damaged"):
        rows_of(read_parquet, stream.getvalue()[:-9])
