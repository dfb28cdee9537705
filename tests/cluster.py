"""`python -m tests.cluster [COUNT]`: a real cluster of a master and two workers on this machine, some of which are killed.

It builds a made newswire of COUNT articles on this machine alone and on the cluster: once from an address, with all shuffle files
removed after a first job had read them; once with a worker killed by its process id in the middle of reading; and once with
all workers killed in the middle of the join, and all that lay on their disks removed. It compares the sites byte by byte. It ends
all that it started, and nothing else.
"""

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyarrow
import pyspark
from pyarrow import parquet

from generator.build import build_site
from generator.engines.local import LocalEngine
from generator.engines.spark import addresses
from generator.engines.spark import engine as spark
from generator.engines.spark.addresses import Addresses
from generator.engines.spark.engine import SparkEngine
from generator.read import parts
from generator.read.walk import Address
from generator.rules import RunRules, Settings
from tests.killing import digest
from tests.newswire import write_newswire

HERE = "127.0.0.1"
MEMORY = "768m"
_CLASS = "org.apache.spark.deploy"
_WAIT = 60.0
# Many small pieces, so that the work is still going on when the kill comes.
_PIECES = 48
_PART = 2**16
_COLUMNS = 64


class Worker(NamedTuple):
    """A worker of a cluster: its process, and the folder where its executors put what they are sent."""

    process: subprocess.Popen
    folder: Path

    def lose(self):
        """Kill it, and remove its folder; its executors end with it."""
        os.kill(self.process.pid, signal.SIGKILL)
        # An executor may still write there while it ends.
        shutil.rmtree(self.folder, ignore_errors=True)


class Cluster:
    """A standalone cluster on the loopback.

    Attributes:
        master: String, the address of its master.
        workers: List of Worker, in the order in which they were started.
    """

    def __init__(self, folder, workers=2):
        self._folder = folder
        port = _free_port()
        self.master = f"spark://{HERE}:{port}"
        self._master = self._start("master.Master", "--host", HERE, "--port", port, "--webui-port", _free_port())
        _wait(lambda: _answers(port), "the master")
        self.workers = []
        for _ in range(workers):
            self.start_worker()

    def start_worker(self):
        """Start a worker with one core; the process is that of Java, since the script becomes it."""
        folder = Path(tempfile.mkdtemp(dir=self._folder, prefix="worker-"))
        flags = ("--host", HERE, "--cores", 1, "--memory", MEMORY, "--webui-port", _free_port(), "--work-dir", folder)
        known = {"SPARK_LOCAL_DIRS": str(folder)}
        self.workers.append(Worker(self._start("worker.Worker", *flags, self.master, known=known), folder))

    def stop(self):
        """End what this cluster started."""
        started = [*(worker.process for worker in self.workers), self._master]
        for process in started:
            if process.poll() is None:
                process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def _start(self, name, *flags, known=None):
        program = Path(pyspark.__file__).parent / "bin" / "spark-class"
        known = (known or {}) | {
            "SPARK_LOCAL_IP": HERE,
            "SPARK_LOCAL_HOSTNAME": HERE,
            "SPARK_PUBLIC_DNS": HERE,
            "SPARK_NO_DAEMONIZE": "1",
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        }
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [program, f"{_CLASS}.{name}", *map(str, flags)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | known,
            )


@contextmanager
def open_cluster(workers=2):
    """A cluster, and an end to it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="twicetold-cluster-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder), workers)
        try:
            yield cluster
        finally:
            cluster.stop()


def rules_for(cluster, *options):
    """Settings that run a build on a cluster."""
    return RunRules(
        engine="spark",
        master=cluster.master,
        memory="512m",
        partitions=_PIECES,
        options=("spark.driver.memory=512m", *options),
    )


class Killer(threading.Thread):
    """Loses workers as soon as a task of some work is done and others are not, and starts one anew.

    Attributes:
        doing: String, what the session says of the work.
        killed: Boolean, whether it came to that.
    """

    def __init__(self, engine, cluster, workers, doing):
        super().__init__(daemon=True)
        self.engine, self.cluster, self.workers, self.doing, self.killed = engine, cluster, workers, doing, False
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.05):
            if self._in_the_middle():
                for worker in self.workers:
                    worker.lose()
                self.cluster.start_worker()
                self.killed = True
                return

    def _in_the_middle(self):
        session = self.engine._session
        if session is None or session.doing != self.doing:
            return False
        tracker = session.context.statusTracker()
        stages = filter(None, map(tracker.getStageInfo, tracker.getActiveStageIds()))
        return any(0 < stage.numCompletedTasks < stage.numTasks - 2 for stage in stages)


class Loser:
    """Removes what workers wrote to be shuffled once a first job has read it all, and looks whether it is made again.

    Attributes:
        lost: Integer, how many files it removed.
        again: Integer, how many there were when a later job had read.
    """

    def __init__(self, cluster):
        self.cluster, self.lost, self.again = cluster, 0, 0

    @contextmanager
    def at_work(self):
        """Follow each job that reads parts of a table at an address."""
        read = Addresses._read_parts

        def read_and_lose(addresses, function, few):
            yield from read(addresses, function, few)
            files = [file for worker in self.cluster.workers for file in worker.folder.rglob("shuffle_*")]
            if self.lost:
                self.again = len(files)
                return
            for file in files:
                file.unlink()
            self.lost = len(files)

        Addresses._read_parts = read_and_lose
        try:
            yield
        finally:
            Addresses._read_parts = read


def build(content, site, engine):
    """Build, and say how long it took."""
    started = time.perf_counter()
    summary = build_site(content, site, Settings(), engine)
    print(
        f"{site.name}: {summary.articles:,} articles, {summary.clusters:,} clusters, {time.perf_counter() - started:.1f} s",
        flush=True,
    )
    return digest(site)


def write_content(folder, count):
    """Packed tables of articles, and the same articles as lines and as Parquet in small row groups."""
    content = write_newswire(folder, count)
    lines = b"".join(gzip.decompress(table.read_bytes()) for table in sorted(content.glob("*.gz"))).splitlines()
    (content / "lines.jsonl").write_bytes(b"\n".join(lines[::2]))
    rows = pyarrow.Table.from_pylist([json.loads(line) for line in lines[1::2]])
    parquet.write_table(rows, content / "rows.parquet", row_group_size=50, compression="none")
    return content


def compare(count):
    """Build on this machine, and on the cluster while something is lost; true where all sites are the same."""
    # Many jobs read from what was shuffled once.
    parts.PART, addresses._TOGETHER, spark._FEWEST = _PART, 1, _COLUMNS
    with tempfile.TemporaryDirectory(prefix="twicetold-test-") as name:
        folder = Path(name)
        content = write_content(folder / "content", count)
        sites = [build(content, folder / "local", LocalEngine())]
        killed = []
        with open_cluster() as cluster:
            loser = Loser(cluster)
            with SparkEngine(rules_for(cluster)) as engine, loser.at_work():
                sites.append(build(Address(f"file://{content}"), folder / "cluster, shuffle files lost", engine))
            # The last two are those that are left of three.
            for doing, lost in (("read found", slice(1)), ("join", slice(1, None))):
                with SparkEngine(rules_for(cluster)) as engine:
                    killer = Killer(engine, cluster, cluster.workers[lost], doing)
                    killer.start()
                    sites.append(build(content, folder / f"cluster, workers lost at {doing}", engine))
                    killer.over.set()
                killed.append(killer.killed)
        print(f"shuffle files lost: {loser.lost}; made again: {loser.again}")
        print(f"killed in the middle of reading and of the join: {killed}; the same bytes: {len(set(sites)) == 1}")
        return loser.again > 0 and all(killed) and len(set(sites)) == 1


def _free_port():
    with socket.socket() as free:
        free.bind((HERE, 0))
        return free.getsockname()[1]


def _answers(port):
    try:
        socket.create_connection((HERE, port), 1).close()
    except OSError:
        return False
    return True


def _wait(condition, what):
    until = time.monotonic() + _WAIT
    while not condition():
        if time.monotonic() > until:
            raise SystemExit(f"{what} did not start within {_WAIT:.0f} s")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(0 if compare(int(sys.argv[1]) if len(sys.argv) > 1 else 3000) else 1)
