"""Articles at an address that Spark reads are those of the same folder on this machine."""

import gzip
import json
import os
import random
import shutil
import string
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from generator.build import build_site
from generator.cache import open_cache
from generator.engines.local import LocalEngine
from generator.engines.spark.row_groups import RECORD
from generator.errors import ContentError, EngineError
from generator.read import parts
from generator.read.files import make_readings
from generator.read.folder import read_folder
from generator.read.parts import read_spread
from generator.read.recall import Recall
from generator.read.walk import Address, Found
from generator.rules import ReadRules, Settings
from tests.articles import write_sample
from tests.newswire import make_newswire
from tests.spark import open_spark
from tests.test_engines import files_of

PART = 20_000


@pytest.fixture(scope="module")
def spark():
    with open_spark(options=(f"spark.sql.files.maxPartitionBytes={PART}",)) as engine:
        yield engine


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts, "PART", PART)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """Files of all kinds, with names that mean something to Spark or in an address."""
    folder = tmp_path_factory.mktemp("far") / "content"
    write_sample(folder)
    rows = list(make_newswire(150))
    lines = [json.dumps({key: value for key, value in row.items() if key != "id"}).encode() for row in rows]
    (folder / "tables" / "deep").mkdir(parents=True)
    (folder / "tables" / "deep" / "one.txt").write_text("A story that lies deep.", encoding="utf-8")
    broken = [*lines[:70], b"", b'{"text": "\xff"}', *lines[70:], b"{"]
    (folder / "tables" / "lines.jsonl").write_bytes(b"\n".join(broken))
    (folder / "tables" / "lines.csv").write_text("text\none story of many\n", encoding="utf-8")
    with gzip.open(folder / "tables" / "packed.jsonl.gz", "wb") as file:
        file.write(b"\n".join(lines[:9]))
    names = ("a{b,c}[d]*?.txt", "a%20b c+d.txt", "été #1&x=y;.txt", ".hidden.txt", "kind.xyz", "back~")
    for name in names:
        (folder / "tables" / name).write_text(f"A story of {name}.", encoding="utf-8")
    (folder / "tables" / "empty.txt").touch()
    (folder / "tables" / "empty.parquet").touch()
    return folder


def test_articles_at_an_address_are_those_of_the_folder(spark, content):
    near = read_folder(content)
    assert len(near.articles) > 160
    assert len(near.left_out) > 4
    assert read_folder(Address(f"file://{content}"), opener=spark) == near
    assert read_folder(Address(f"file://{content}/"), opener=spark) == near


def test_limits_hold_at_an_address_too(spark, content):
    rules = ReadRules(max_rows=80, max_bytes=600, max_depth=1, max_table_bytes=100_000)
    assert read_folder(Address(f"file://{content}"), rules, opener=spark) == read_folder(content, rules)
    rules = ReadRules(max_rows=80)
    assert read_folder(Address(f"file://{content}"), rules, opener=spark) == read_folder(content, rules)


def test_what_spark_hides_is_left_out_with_the_reason(spark, tmp_path):
    (tmp_path / "_under").mkdir()
    for name in ("_one.txt", "_a=b.txt", "_under/two.txt"):
        (tmp_path / name).write_text("A story of many.", encoding="utf-8")
    found = read_folder(Address(f"file://{tmp_path}"), opener=spark)
    assert [article.path for article in found.articles] == ["_a=b.txt", "_under/two.txt"]
    assert [(item.path, item.reason[:22]) for item in found.left_out] == [("_one.txt", "its name begins with _")]


@pytest.fixture(scope="module")
def groups(tmp_path_factory):
    """A folder with a table of Parquet whose row groups stand across several records, each text five times in a row."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    folder, chance = tmp_path_factory.mktemp("groups"), random.Random(7)
    texts = ["".join(chance.choice("abcdefgh ") for _ in range(90_000)) for _ in range(40)]
    table = arrow.table({"text": [text for text in texts for _ in range(5)]})
    parquet.write_table(table, folder / "rows.parquet", row_group_size=20, compression="none")
    assert (folder / "rows.parquet").stat().st_size > 3 * RECORD
    return folder


@pytest.mark.parametrize(
    ("rules", "left_out"),
    [
        (ReadRules(), 0),
        (ReadRules(max_rows=90), 1),
        (ReadRules(max_bytes=80_000), 200),
        # Unpacked it is five times as much as it takes on the disk.
        (ReadRules(max_table_bytes=6_000_000), 1),
    ],
)
def test_row_groups_at_an_address_are_read_as_in_a_folder(spark, groups, rules, left_out):
    near = make_readings(Found("rows.parquet", groups / "rows.parquet"), rules, Recall(None, ""))
    found = spark.list_files(f"file://{groups}", 1)
    far = list(read_spread(found, rules, spark))
    assert told(far) == told(near)
    assert sum(isinstance(read, ContentError) for _, read in far) == left_out


def test_several_workers_read_the_row_groups_of_one_table(spark, groups):
    with serving(groups.parent) as address:
        table = f"{address}/{groups.name}/rows.parquet"
        pieces, rows = spark.split_table(spark.list_files(table, 1)[0])
        assert (len(pieces), rows) == (10, 200)
        assert read_folder(Address(table), opener=spark) == read_folder(groups)


@pytest.mark.parametrize("end", [b"", b"PAR2", b"\xff\xff\xff\x7fPAR1", b"\x08\0\0\0PAR1"])
def test_what_only_looks_like_parquet_is_left_out_as_in_a_folder(spark, tmp_path, end):
    (tmp_path / "rows.parquet").write_bytes(b"PAR1" + b"x" * 3 * PART + end)
    write_sample(tmp_path)
    assert read_folder(Address(f"file://{tmp_path}"), opener=spark) == read_folder(tmp_path)


def told(readings):
    return [(path, str(read) if isinstance(read, ContentError) else read) for path, read in readings]


def test_one_table_is_enough(spark, content, tmp_path):
    shutil.copy(content / "tables" / "lines.jsonl", tmp_path)
    found = read_folder(Address(f"file://{tmp_path}/lines.jsonl"), opener=spark)
    assert found == read_folder(tmp_path)


def test_a_site_of_addresses_is_that_of_the_folders(spark, content, tmp_path):
    write_sample(tmp_path / "content")
    far = Settings(read=ReadRules(against=(f"file://{content}",)))
    near = Settings(read=ReadRules(against=(str(content),)))
    build_site(tmp_path / "content", tmp_path / "near", near, LocalEngine())
    cache = open_cache(tmp_path / "cache")
    for name in ("far", "again"):
        build_site(Address(f"file://{tmp_path}/content"), tmp_path / name, far, spark, cache=cache)
        assert files_of(tmp_path / name) == files_of(tmp_path / "near")


def test_what_cant_be_read_is_told_in_one_line(spark, tmp_path):
    with pytest.raises(ContentError, match=r"there is nothing at file:///.*/gone; name a folder, or a table"):
        read_folder(Address(f"file://{tmp_path}/gone"), opener=spark)
    with pytest.raises(ContentError, match=r"the folder .* holds no articles"):
        read_folder(Address(f"file://{tmp_path}"), opener=spark)
    with pytest.raises(EngineError, match=r"gave up listing odd://x: it has no file system for such addresses"):
        read_folder(Address("odd://x"), opener=spark)
    with pytest.raises(
        EngineError, match=r"gave up read found: files at such addresses can't be listed; download them"
    ):
        read_folder(Address("http://127.0.0.1:1/x"), opener=spark)
    for name in ("hdfs://127.0.0.1:1/x", "hdfs://127.0.0.1:1"):
        with pytest.raises(
            EngineError, match=rf"gave up listing {name}: nobody answers at [\w.]+:1; check the address"
        ):
            read_folder(Address(name), opener=spark)
    with pytest.raises(
        ContentError, match="hdfs://host/x is an address, which Spark alone can read; add --engine spark"
    ):
        read_folder(Address("hdfs://host/x"))


def die_once(found, flag):
    if found.path == "b.txt" and not flag.exists():
        flag.touch()
        os._exit(1)
    return found.path, found.file.read_bytes()


def test_a_process_that_dies_over_a_file_is_replaced(spark, tmp_path):
    (tmp_path / "content").mkdir()
    for name in "abc":
        (tmp_path / "content" / f"{name}.txt").write_text(f"A story of {name}.", encoding="utf-8")
    files = spark.list_files(f"file://{tmp_path}/content", 1)
    read = list(spark.map_files(partial(die_once, flag=tmp_path / "flag"), files))
    assert (tmp_path / "flag").exists()
    assert read == [(f"{name}.txt", f"A story of {name}.".encode()) for name in "abc"]


class WebHdfs(BaseHTTPRequestHandler):
    """As much of a name node's and a data node's REST interface as reading takes, over a folder."""

    folder = None

    def do_GET(self):
        # Java sends letters as they are, in UTF-8.
        address = urlsplit(self.path.encode("latin-1").decode())
        path = unquote(address.path).removeprefix("/webhdfs/v1").strip("/")
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        file = self.folder / path
        kind = asked["op"]
        if not file.exists():
            self._answer(404, {"RemoteException": {"exception": "FileNotFoundException", "message": f"no {path}"}})
        elif kind == "OPEN" and "data" not in asked:
            self.send_response(307)
            there = quote(self.path.encode("latin-1"), safe=string.punctuation)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}{there}&data=true")
            self.end_headers()
        elif kind == "OPEN":
            start = int(asked.get("offset", 0))
            data = file.read_bytes()[start : start + int(asked.get("length", 2**31))]
            self._send(200, data)
        elif kind == "LISTSTATUS":
            told = map(self._status, file.iterdir()) if file.is_dir() else [self._status(file) | {"pathSuffix": ""}]
            self._answer(200, {"FileStatuses": {"FileStatus": list(told)}})
        elif kind == "GETFILEBLOCKLOCATIONS":
            named = {key: ["127.0.0.1"] for key in ("names", "hosts", "cachedHosts", "topologyPaths")}
            whole = named | {"offset": 0, "length": file.stat().st_size, "corrupt": False, "storageTypes": ["DISK"]}
            self._answer(200, {"BlockLocations": {"BlockLocation": [whole]}})
        elif kind == "GETFILESTATUS":
            self._answer(200, {"FileStatus": self._status(file) | {"pathSuffix": ""}})
        else:
            self._answer(400, {"RemoteException": {"exception": "UnsupportedOperationException", "message": kind}})

    def _status(self, file):
        return {
            "pathSuffix": file.name,
            "type": "DIRECTORY" if file.is_dir() else "FILE",
            "length": 0 if file.is_dir() else file.stat().st_size,
            "owner": "o",
            "group": "g",
            "permission": "755",
            "replication": 1,
            "accessTime": 0,
            "modificationTime": 0,
            "blockSize": 2**20,
            "childrenNum": 0,
            "fileId": 1,
        }

    def _answer(self, code, value):
        self._send(code, json.dumps(value).encode())

    def _send(self, code, data):
        # Without a type: what would read it is not among the packages that come with pyspark.
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@contextmanager
def serving(folder):
    handler = type("Handler", (WebHdfs,), {"folder": folder})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"webhdfs://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_nothing_needs_a_path_of_this_machine(spark, content):
    with serving(content.parent) as address:
        assert read_folder(Address(f"{address}/content"), opener=spark) == read_folder(content)


def test_an_address_without_a_path_is_all_that_lies_there(spark, tmp_path):
    write_sample(tmp_path)
    with serving(tmp_path) as address:
        assert read_folder(Address(address), opener=spark) == read_folder(tmp_path)
