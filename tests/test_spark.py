"""The engine spark says plainly what it lacks, and what a task or a worker does wrong changes no result."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import generator.engines.spark.session as session
import generator.overlap as overlap
from generator import common_passages, retell
from generator import stack as stacking
from generator.build import build_site
from generator.cache import CacheDrawer, open_cache
from generator.engines.local import LocalEngine
from generator.engines.spark import handed, posting_file
from generator.engines.spark.engine import SparkEngine
from generator.engines.spark.faults import explain
from generator.engines.spark.handed import hand_out
from generator.engines.spark.java import check_java
from generator.engines.spark.posting_file import write_postings
from generator.engines.spark.session import Session, check_reached, choose_settings
from generator.errors import ContentError, EngineError
from generator.fingerprint import fingerprint
from generator.read import parts
from generator.read.files import read_found
from generator.read.folder import read_folder
from generator.read.walk import Found, walk
from generator.rules import FindRules, ReadRules, RunRules, Settings
from generator.stack import stack
from tests.articles import make_article, write_sample
from tests.killing import digest
from tests.newswire import make_newswire, write_newswire
from tests.spark import RULES, open_spark


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def refuse(message, rules=RULES):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(tempfile, "tempdir", folder)
        with pytest.raises(EngineError, match=message) as told, SparkEngine(rules) as engine:
            list(engine.map(str, [1, 2]))
        assert any(Path(folder).iterdir()) == ("its log is" in str(told.value))


def test_no_java(monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    refuse("^the engine spark needs Java, and Java was not found; install Java 17 or newer, .*JAVA_HOME")


@pytest.mark.parametrize(("told", "version"), [("1.8.0_392", "8"), ("11.0.2", "11")])
def test_an_old_java(tmp_path, monkeypatch, told, version):
    java = script(tmp_path / "bin" / "java", f"#!/bin/sh\necho 'openjdk version \"{told}\"' >&2\n")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    refuse(f"^the engine spark needs Java 17 or newer, and {java} is Java {version}; install Java 17")


def test_a_java_home_without_java(tmp_path):
    with pytest.raises(EngineError, match=f"JAVA_HOME, {tmp_path}, holds no Java that runs"):
        check_java({"JAVA_HOME": str(tmp_path)})


def test_no_pyspark(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    refuse(r'^the engine spark needs pyspark; install it with pip install "twicetold\[spark\]"$')


def test_another_python_on_the_workers(tmp_path, monkeypatch):
    other = script(
        tmp_path / "python",
        f"#!{sys.executable}\nimport collections, runpy, sys\n"
        "version = collections.namedtuple('version', 'major minor micro releaselevel serial')\n"
        "sys.version_info = version(3, 99, 0, 'final', 0)\n"
        "module, sys.argv = sys.argv[2], sys.argv[2:]\nrunpy.run_module(module, run_name='__main__', alter_sys=True)\n",
    )
    monkeypatch.setenv("PYSPARK_PYTHON", str(other))
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    refuse(f"the workers run Python 3.99, this machine {here}; let PYSPARK_PYTHON name the same Python on all of them")


def test_a_master_that_is_not_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refuse(
        f"^the master spark://127.0.0.1:{port} can't be reached; check that it runs, and the setting run.master$",
        RunRules(engine="spark", master=f"spark://127.0.0.1:{port}"),
    )


@pytest.mark.parametrize("host", [".archive", "archive..desk", "x" * 64])
def test_a_master_of_a_name_that_no_host_can_have(host):
    refuse("can't be reached; check that it runs", RunRules(engine="spark", master=f"spark://{host}:7077"))


@pytest.mark.parametrize("master", ["spark://archive", "local[0]"])
def test_a_master_that_spark_refuses(master):
    refuse("^Spark did not start: it knows no such master; .*; its log is", RunRules(engine="spark", master=master))


def test_something_else_where_a_master_should_be(monkeypatch):
    monkeypatch.setattr(session, "STARTED", 3.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        master = f"spark://127.0.0.1:{silent.getsockname()[1]}"
        refuse(f"^the master {master} can't be reached", RunRules(engine="spark", master=master))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'Cannot run program "/nowhere/python": error=2',
            "the workers have no /nowhere/python; let PYSPARK_PYTHON name",
        ),
        ("ModuleNotFoundError: No module named 'generator'", "the workers' Python has no generator; install the same"),
        (
            "java.nio.file.AccessDeniedException: s3a://news/2024: getFileStatus on s3a://news/2024: Forbidden",
            "it may not read s3a://news/2024; check the permissions there",
        ),
        (
            'AccessControlException: Permission denied: user=ann, access=READ, inode="/news":hdfs:staff:drwx------',
            "it may not read /news; check the permissions there",
        ),
        (
            "AccessControlException: SIMPLE authentication is not enabled. Available:[TOKEN, KERBEROS]",
            "AccessControlException: SIMPLE authentication is not enabled",
        ),
        ("java.lang.OutOfMemoryError: Java heap space", "memory ran out; raise the setting run.memory"),
        ("java.io.IOException: No space left on device", "a disk is full; make room"),
        (
            "Job aborted: ExecutorLostFailure (executor 1 exited)",
            "executors were lost again and again; look at the logs",
        ),
        ("something\n  never seen", "something never seen"),
        ("", "ValueError"),
    ],
)
def test_what_spark_says_at_length_becomes_one_line(said, told):
    assert explain(ValueError(said)).startswith(told)


@pytest.mark.skipif(sys.platform != "linux", reason="a full disk is a device of Linux")
def test_a_disk_that_is_full_is_told_in_one_line():
    said = "^what executors need can't be kept in /dev: No space left on device; make room, or let TMPDIR or the option"
    with pytest.raises(EngineError, match=said):
        hand_out(np.zeros(10**6), Path("/dev/full"))
    with pytest.raises(EngineError, match=said):
        write_postings([fingerprint(make_article("a", "A story of many."))], Path("/dev/full"), print)


def test_one_of_several_masters_is_enough():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        check_reached(f"spark://127.0.0.1:1,127.0.0.1:{one.getsockname()[1]}")
    check_reached("yarn")
    with pytest.raises(EngineError):
        check_reached("k8s://https://127.0.0.1:1")


def test_settings_of_the_users_win():
    rules = RunRules(engine="spark", options=("spark.ui.enabled=true", "spark.cores.max=8"), memory="3g")
    chosen = choose_settings(rules)
    assert chosen["spark.ui.enabled"] == "true"
    assert chosen["spark.cores.max"] == "8"
    assert chosen["spark.driver.memory"] == "3g"
    assert choose_settings(RunRules(master="yarn", memory="3g"))["spark.executor.memory"] == "3g"
    assert "spark.driver.bindAddress" not in choose_settings(RunRules(master="spark://archive:7077"))


@pytest.mark.parametrize("count", [0, 1])
def test_no_session_starts_where_there_is_nothing_to_share(tmp_path, count):
    content = tmp_path / "content"
    content.mkdir()
    if count:
        (content / "one.txt").write_text("A story of many.", encoding="utf-8")
    with SparkEngine(RunRules(engine="spark", master="spark://127.0.0.1:1")) as engine:
        told = nullcontext() if count else pytest.raises(ContentError, match="holds no articles")
        with told:
            build_site(content, tmp_path / "site", Settings(), engine, cache=open_cache(tmp_path / "cache"))
    assert (tmp_path / "site").exists() == bool(count)


# One process holds one session at a time: from here on all tests share one.


@pytest.fixture(scope="module")
def spark():
    with open_spark(options=("spark.hadoop.twicetold.secret.key=hush",)) as engine:
        yield engine


def test_map_keeps_the_order_and_the_terminal_quiet(spark, capfd):
    assert list(spark.map(abs, range(-500, 0))) == list(range(500, 0, -1))
    assert list(spark.map(abs, [])) == []
    assert capfd.readouterr() == ("", "")


def fail_on_one(article):
    if article.id == "a7":
        raise ValueError("too odd")
    return article.id


def test_a_task_that_fails_on_one_article_names_it(spark):
    articles = [make_article(f"a{n}", "x") for n in range(20)]
    with pytest.raises(EngineError, match=r"^fail on one failed on a7\.txt: ValueError: too odd; take it out"):
        list(spark.map(fail_on_one, articles))


def refuse_one(number):
    if number == 11:
        raise ContentError("eleven is no article; leave it out")
    return number


def test_a_fault_that_a_user_can_mend_comes_back_as_it_was(spark):
    with pytest.raises(ContentError, match=r"^eleven is no article; leave it out$"):
        list(spark.map(refuse_one, range(20)))


def die_once(path):
    if not Path(path).exists():
        Path(path).touch()
        os._exit(1)
    return path


def test_a_process_that_dies_is_replaced(spark, tmp_path):
    paths = [str(tmp_path / f"died-{n}") for n in range(3)]
    assert list(spark.map(die_once, paths)) == paths


def die(number):
    os._exit(number)


def test_a_process_that_always_dies_gives_a_clear_message(spark):
    with pytest.raises(EngineError, match="Spark gave up die: a Python process ended again and again; most likely mem"):
        list(spark.map(die, [1, 1]))
    assert list(spark.map(abs, [-1, -2])) == [1, 2]


def test_nothing_matches_without_words_or_articles(spark):
    assert spark.find_matches([], FindRules()).matches == ()


@pytest.mark.parametrize("archived", [0, 150])
def test_what_executors_get_as_files_changes_nothing_and_goes_with_the_work(spark, monkeypatch, archived):
    rows = enumerate(make_newswire(200))
    articles = [make_article(row["id"], row["text"], archive=at < archived) for at, row in rows]
    rules = FindRules(most_holders=20)
    monkeypatch.setattr(overlap, "_DENSE_CELLS", -1)
    whole = LocalEngine().find_matches(articles, rules)
    assert whole.matches
    assert whole.frequent
    lots = {stacking: {"_LOT": 500}, common_passages: {"_LOT": 500}}
    for module, sizes in {handed: {"_SMALL": 0, "_WORTH": 0}, posting_file: {"_PIECE": 7, "_FEW": 2}, **lots}.items():
        for name, size in sizes.items():
            monkeypatch.setattr(module, name, size)
    assert spark.find_matches(articles, rules) == whole
    assert not list(Path(spark._session.context._temp_dir).glob("handed-*"))


def test_the_matrix_lies_in_a_file_that_executors_get_as_it_is(spark, monkeypatch):
    postings = [fingerprint(make_article(row["id"], row["text"])) for row in make_newswire(200)]
    monkeypatch.setattr(stacking, "_LOT", 500)
    near, far = stack(postings), stack(spark._room.hold(postings), spread=spark.map)
    gone = np.arange(0, len(near.columns), 3)
    files = set()
    for one, other in ((near, far), (near.without(gone), far.without(gone))):
        assert all(np.array_equal(*parts) for parts in zip(told(one), told(other), strict=True))
        # Nothing is written: it would not be possible there.
        sent = hand_out(other.columns, Path("/nowhere/file"), spark._room.lying)
        assert np.array_equal(sent.open(), one.columns)
        files |= sent.files
    assert len(files) == 2
    spark._room.clear(spark._let_go)
    assert not any(file.exists() for file in files)


def told(stacked):
    return stacked.starts, stacked.columns, stacked.weights, stacked.keys


def test_a_stopped_build_goes_on_after_its_last_finished_stage(spark, tmp_path, monkeypatch):
    """What fingerprints and the first join gave is kept, and what comes of it is what a build in one go gives."""
    articles = [make_article(row["id"], row["text"]) for row in make_newswire(900)]
    drawer = CacheDrawer(open_cache(tmp_path / "cache"), "site")
    done, run = [], Session.run

    def run_some(session, what, action, joins=9):
        done.append(what)
        if done.count("join") > joins:
            raise KeyboardInterrupt
        return run(session, what, action)

    monkeypatch.setattr(overlap, "_DENSE_CELLS", -1)
    monkeypatch.setattr(Session, "run", lambda *given: run_some(*given, joins=1))
    with pytest.raises(KeyboardInterrupt):
        spark.find_matches(articles, FindRules(), drawer)
    assert "fingerprint counted" in done
    done.clear()
    monkeypatch.setattr(Session, "run", run_some)
    found = spark.find_matches(articles, FindRules(), drawer)
    # The one without formula and the one by figures are left.
    assert done.count("join") == 2
    assert "fingerprint counted" not in done
    assert found == LocalEngine().find_matches(articles, FindRules())


DIES_BEFORE_TELLING = """
import os, signal, sys
from pathlib import Path
from generator.build import build_site
from generator.cache import open_cache
from generator.engines.spark.engine import SparkEngine
from generator.engines.spark.session import Session
from generator.rules import Settings
from tests.spark import RULES

def die_in_time(session, what, action, run=Session.run):
    if what == "tell and keep":
        os.kill(os.getpid(), signal.SIGKILL)
    return run(session, what, action)

Session.run = die_in_time
content, site, cache = map(Path, sys.argv[1:])
build_site(content, site, Settings(), SparkEngine(RULES), cache=open_cache(cache))
"""


def test_a_build_takes_over_what_a_killed_one_had_finished(spark, tmp_path, monkeypatch):
    content = write_newswire(tmp_path / "content", 900)
    places = (content, tmp_path / "site", tmp_path / "cache")
    (tmp_path / "temporary").mkdir()
    environment = os.environ | {"TMPDIR": str(tmp_path / "temporary")}
    killed = subprocess.run([sys.executable, "-c", DIES_BEFORE_TELLING, *places], env=environment)
    assert killed.returncode == -signal.SIGKILL
    assert not places[1].exists()
    done, run = [], Session.run
    monkeypatch.setattr(Session, "run", lambda *given: (done.append(given[1]), run(*given))[1])
    build_site(content, places[1], Settings(), spark, cache=open_cache(places[2]))
    assert set(done) == {"read found", "tell and keep"}
    build_site(content, tmp_path / "ours", Settings(), LocalEngine())
    assert digest(places[1]) == digest(tmp_path / "ours")


def test_large_tables_are_read_in_parts_as_one_process_reads_them(spark, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "PART", 20_000)
    rows = list(make_newswire(200))
    lines = [json.dumps({key: value for key, value in row.items() if key != "id"}) for row in rows]
    (tmp_path / "lines.jsonl").write_text("\n".join([*lines[:90], "", "[]", *lines[90:], "{"]), encoding="utf-8")
    (tmp_path / "one.txt").write_text(rows[0]["text"], encoding="utf-8")
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=30)
    assert all(len(parts.split_table(found, ReadRules())) > 3 for found in walk(tmp_path) if found.path != "one.txt")
    read = read_folder(tmp_path, opener=spark)
    assert len(read.articles) == 401
    assert [item.path for item in read.left_out] == ["lines.jsonl#92", "lines.jsonl#203"]
    assert read == read_folder(tmp_path)


def test_a_folder_that_workers_do_not_see_is_refused(spark, tmp_path):
    story = write_sample(tmp_path / "content") / "wire.txt"
    gone = [Found("wire.txt", story), Found("gone.txt", tmp_path / "gone.txt")]
    with pytest.raises(
        ContentError, match=r"gone\.txt can't be seen by a worker; put the articles where all workers see them"
    ):
        list(spark.map(partial(read_found, rules=ReadRules()), gone))


def test_a_cluster_on_other_machines_leaves_nothing_there_and_what_it_told_is_kept_here(spark, tmp_path, monkeypatch):
    content = write_sample(tmp_path / "content")
    write_newswire(content, 40)
    monkeypatch.setattr(spark, "here", False)
    cache = open_cache(tmp_path / "cache")
    build_site(content, tmp_path / "ours", Settings(), spark, cache=cache)
    monkeypatch.setattr(retell, "_tell_and_keep", lambda *_, **__: pytest.fail("it was kept"))
    build_site(content, tmp_path / "theirs", Settings(), LocalEngine(), cache=cache)
    assert digest(tmp_path / "ours") == digest(tmp_path / "theirs")


def refuse_to_tell(*_, **__):
    raise ValueError("too odd")


def die_telling(*_, **__):
    os._exit(1)


@pytest.mark.parametrize(
    ("tell", "said"),
    [
        (
            refuse_to_tell,
            r"^refuse to tell failed on one of .*#\d+, .*#\d+.*: ValueError: too odd; take it out of the articles",
        ),
        (die_telling, r"^Spark gave up die telling: a Python process ended again and again; .*; its log is"),
    ],
    ids=["fails", "dies"],
)
def test_a_build_that_spark_gives_up_leaves_the_old_site_whole(spark, tmp_path, monkeypatch, tell, said):
    content = write_newswire(tmp_path / "content", 60)
    build_site(content, tmp_path / "site", Settings(), LocalEngine())
    before = digest(tmp_path / "site")
    write_sample(content)
    monkeypatch.setattr(retell, "tell", tell)
    with pytest.raises(EngineError, match=said):
        build_site(content, tmp_path / "site", Settings(), spark)
    assert digest(tmp_path / "site") == before


def addresses_of(pid):
    """Where a process listens, as Linux writes it."""
    held = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            held.add(str(file.readlink()))
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, address, _, state, *_, inode = line.split()[:10]
            if state == "0A" and f"socket:[{inode}]" in held:
                yield address.partition(":")[0]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_on_one_machine_all_listen_on_the_loopback(spark):
    list(spark.map(abs, [-1, -2]))
    addresses = set(addresses_of(spark._session._gateway.proc.pid))
    assert addresses
    assert all(address.endswith("0100007F") for address in addresses), addresses


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_secret_reaches_spark_and_stands_in_no_command_line(spark):
    list(spark.map(abs, [-1, -2]))
    java = Path(f"/proc/{spark._session._gateway.proc.pid}/cmdline").read_bytes()
    assert b"spark.driver.memory" in java or b"-Xmx" in java
    assert b"hush" not in java
    assert spark._session.context.getConf().get("spark.hadoop.twicetold.secret.key") == "hush"


def test_nothing_is_left_when_an_engine_is_closed(spark, capfd):
    java, log = spark._session._gateway.proc, spark._session.log
    assert java.poll() is None
    assert os.environ["SPARK_LOCAL_HOSTNAME"] == "127.0.0.1"
    spark.close()
    assert java.poll() is not None
    assert not log.parent.exists()
    assert "SPARK_LOCAL_HOSTNAME" not in os.environ
    assert capfd.readouterr() == ("", "")
