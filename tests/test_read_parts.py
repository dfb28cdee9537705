"""A table that several workers read gives what one gives alone."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.read import parts
from generator.read.files import make_readings
from generator.read.parts import read_spread, split_table
from generator.read.recall import Recall
from generator.read.walk import Found
from generator.rules import ReadRules

TEXTS = st.text("ab é\n\ud7ff", max_size=30)
ROWS = st.fixed_dictionaries({"text": TEXTS}, optional={"id": st.sampled_from(["one", "two"]), "date": st.dates()})
LINES = ROWS.map(lambda row: json.dumps(row, default=str, ensure_ascii=False).encode()) | st.sampled_from(
    [b"", b" \r", b"[1]", b'{"text": ', b'{"text": "\xff"}', b'{"text": "' + b"long " * 30 + b'"}', b"\xef\xbb\xbf{}"]
)
RULES = st.builds(
    ReadRules,
    max_bytes=st.sampled_from([100, 10_000]),
    max_rows=st.sampled_from([3, 1_000_000]),
    max_table_bytes=st.sampled_from([400, 2_000, 2**31]),
)


class Here:
    """What opens files where this process can."""

    map_files = staticmethod(map)


HERE = Here()


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts, "PART", 40)


def told(readings):
    return [(path, str(read) if isinstance(read, ContentError) else read) for path, read in readings]


def read_alone(files, rules):
    return told(reading for found in files for reading in make_readings(found, rules, Recall(None, "")))


@given(st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=3), st.sampled_from([b"", b"\n"]), RULES)
def test_lines_are_numbered_and_left_out_as_by_one_worker(tmp_path_factory, tables, end, rules):
    folder = tmp_path_factory.mktemp("tables")
    files = []
    for number, lines in enumerate(tables):
        files.append(Found(f"t{number}.jsonl", folder / f"t{number}.jsonl"))
        files[-1].file.write_bytes(b"\n".join(lines) + end)
    assert told(read_spread(files, rules, HERE)) == read_alone(files, rules)


@given(st.lists(ROWS, min_size=1, max_size=30), st.integers(1, 8), RULES)
@settings(max_examples=60)
def test_row_groups_are_numbered_and_bounded_as_by_one_worker(tmp_path_factory, rows, size, rules):
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    file = tmp_path_factory.mktemp("tables") / "t.parquet"
    table = arrow.Table.from_pylist([{"id": None, "date": None, **row} for row in rows])
    parquet.write_table(table, file, row_group_size=size)
    files = [Found("t.parquet", file), Found("other", file)]
    assert told(read_spread(files, rules, HERE)) == read_alone(files, rules)


def test_a_table_is_read_by_several_workers_where_that_gives_the_same(tmp_path):
    file = tmp_path / "t.jsonl"
    file.write_text('{"text": "one story of many"}\n' * 40, encoding="utf-8")
    found = Found("t.jsonl", file)
    assert len(split_table(found, ReadRules())) == file.stat().st_size // 40
    assert split_table(found, ReadRules(max_rows=39)) == [found]


def test_what_is_wrong_with_a_table_is_said_once(tmp_path):
    file = tmp_path / "t.parquet"
    file.write_bytes(b"PAR1" + bytes(400))
    files = [Found("t.parquet", file)]
    assert told(read_spread(files, ReadRules(), HERE)) == read_alone(files, ReadRules())
    assert len(read_alone(files, ReadRules())) == 1


def test_what_unpacks_to_too_much_ends_at_the_same_row(tmp_path):
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "t.parquet"
    text = "one story of many " * 10
    parquet.write_table(arrow.table({"text": [text] * 600}), file, row_group_size=90)
    files, rules = [Found("t.parquet", file)], ReadRules(max_table_bytes=400 * len(text))
    assert len(split_table(files[0], rules)) > 2
    assert told(read_spread(files, rules, HERE)) == read_alone(files, rules)
    assert len(read_alone(files, rules)) == 401
