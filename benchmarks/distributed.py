"""`python -m benchmarks.distributed CONTENT`: both engines on a folder's articles, and on 10,000 and 100,000 made of them.

Prints a JSON object a line: what finding took, with what each process held at most and what was sent between them; and what the
whole site of the folder took. Each measurement is a process of its own. `--only ENGINE COUNT` takes one of them.
"""

import gc
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.resampled import resample
from generator.build import build_site
from generator.engines.base import Engine
from generator.engines.local import LocalEngine
from generator.engines.spark.engine import SparkEngine
from generator.read.folder import read_folder
from generator.rules import FindRules, RunRules, Settings
from generator.watch import Watch
from tests.killing import digest

COUNTS = (10_000, 0, 100_000)
ENGINES = ("local", "spark")
RULES = RunRules(engine="spark", master="local[2]", memory="512m")
_MIB = 2**10


def measure(content: Path, name: str, count: int) -> dict[str, Any]:
    """Find the matches of made articles.

    Args:
        content: Path of a folder of articles.
        name: String of ENGINES.
        count: Integer, how many to make; 0 takes the articles as they are.

    Returns:
        Dictionary: `seconds` and `cpu` of finding, `start` of the engine, `matches` and their `digest`, MiB that the program, Java
        and the workers' Python held at most, MiB `sent` and `received`; and `anonymous`, MiB that the program with Java, and the
        largest of the others, held at most of what lies in no file, as far as five looks a second tell.
    """
    read = read_folder(content).articles
    articles = tuple(resample(read, count, random.Random(1))) if count else read
    engine, started = _start(name)
    start = time.perf_counter() - started
    started, spent = time.perf_counter(), _cpu(engine)
    with _Looking(engine) as looking:
        found = engine.find_matches(articles, FindRules())
    seconds, spent = time.perf_counter() - started, _cpu(engine) - spent
    told = {
        "engine": name,
        "articles": len(articles),
        "seconds": round(seconds, 1),
        "cpu": round(spent, 1),
        "start": round(start, 1),
        "matches": len(found.matches),
        "digest": hashlib.sha256(repr(found).encode()).hexdigest()[:12],
        "program": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MIB,
    }
    if isinstance(engine, SparkEngine):
        java, *workers = _processes(engine)
        told |= {"java": _peak(java), "workers": [peak for pid in workers if (peak := _peak(pid)) > 64]}
        told |= {"anonymous": looking.peaks}
        told |= {"sent": engine.sent >> 20, "received": engine.received >> 20}
        engine.close()
    return told


def build(content: Path, name: str) -> dict[str, Any]:
    """Build the whole site of a folder.

    Args:
        content: Path.
        name: String of ENGINES.

    Returns:
        Dictionary: `seconds`, `start`, `stages` and a `digest` of the site.
    """
    engine, started = _start(name)
    start = time.perf_counter() - started
    watch = Watch()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        build_site(content, Path(folder) / "site", Settings(), engine, watch=watch)
        seconds = time.perf_counter() - started
        told = {"engine": name, "site": round(seconds, 1), "start": round(start, 1)}
        told |= {"digest": digest(Path(folder) / "site")[:12]}
    told |= {"program": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MIB}
    if isinstance(engine, SparkEngine):
        told |= {"java": _peak(_processes(engine)[0])}
        told |= {"sent": engine.sent >> 20, "received": engine.received >> 20}
        engine.close()
    return told


class _Looking:
    """Looks at what processes hold that lies in no file, while something is done.

    Attributes:
        peaks: List of two integers: MiB of this program with Java, and of the largest of Java's processes.
    """

    def __init__(self, engine: Engine) -> None:
        self.peaks = [0, 0]
        self._engine, self._over = engine, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Looking":
        if isinstance(self._engine, SparkEngine):
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        assert isinstance(self._engine, SparkEngine)
        while not self._over.wait(0.2):
            java, *others = _processes(self._engine)
            ours = _held(os.getpid(), "RssAnon") + _held(java, "RssAnon")
            largest = max((_held(pid, "RssAnon") for pid in others), default=0)
            self.peaks = list(map(max, self.peaks, (ours, largest)))


def _start(name: str) -> tuple[Engine, float]:
    """An engine that is ready, and when it was asked for."""
    started = time.perf_counter()
    engine: Engine = SparkEngine(RULES) if name == "spark" else LocalEngine()
    list(engine.map(abs, [-1, -2]))
    return engine, started


def _processes(engine: SparkEngine) -> list[int]:
    """Java, and all that it started."""
    assert engine._session
    waiting, found = [engine._session._gateway.proc.pid], []
    while waiting:
        found.append(pid := waiting.pop(0))
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                waiting += map(int, task.read_text().split())
    return found


def _peak(pid: int) -> int:
    return _held(pid, "VmHWM")


def _held(pid: int, name: str) -> int:
    """What a process holds, in MiB, of a kind that Linux counts; 0 where it ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0) // _MIB


def _cpu(engine: Engine) -> float:
    """Processor time of this program and of what it started, in seconds."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    spent = sum(one.ru_utime + one.ru_stime for one in usage)
    for pid in _processes(engine) if isinstance(engine, SparkEngine) else ():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        # Of the process, and of its children that ended; in hundredths.
        spent += sum(map(int, fields[11:15])) / 100
    return spent


def main() -> None:
    gc.set_threshold(1_000_000)
    content = Path(sys.argv[1])
    if "--only" in sys.argv:
        name, count = sys.argv[-2:]
        print(json.dumps(build(content, name) if count == "site" else measure(content, name, int(count))), flush=True)
        return
    for count in (*map(str, COUNTS), "site"):
        for name in ENGINES:
            subprocess.run([sys.executable, "-m", "benchmarks.distributed", content, "--only", name, count], check=True)


if __name__ == "__main__":
    main()
