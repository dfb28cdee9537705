"""`python -m benchmarks.distributed CONTENT`: both engines on a folder's articles, and on 10,000 and 100,000 made of them.

Prints a JSON object a line: what finding took, with what each process held at most and what was sent between them; and what the
whole site took. Each measurement is a process of its own, which reads its articles from a folder as a build does. `--only finding
ENGINE` or `--only site ENGINE` takes one of them, from the folder that is named.
"""

import gc
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.resampled import write_resampled
from generator.build import build_site
from generator.engines.base import Engine
from generator.engines.local import LocalEngine
from generator.engines.spark.engine import SparkEngine
from generator.read.folder import read_folder
from generator.rules import FindRules, RunRules, Settings
from generator.watch import Watch
from tests.killing import digest

# What is measured, and of how many made articles; 0 are those of the folder itself.
PLAN = (("finding", 10_000), ("finding", 0), ("finding", 100_000), ("site", 0), ("site", 100_000))
ENGINES = ("local", "spark")
RULES = RunRules(engine="spark", master="local[2]")
_MIB = 2**10


def measure(content: Path, name: str) -> dict[str, Any]:
    """Find the matches of a folder.

    Args:
        content: Path.
        name: String of ENGINES.

    Returns:
        Dictionary: `seconds` and `cpu` of finding, `start` of the engine, `matches` and their `digest`, MiB that the program, Java
        and the workers' Python held at most, MiB `sent` and `received`; and as far as five looks a second tell: `together`, MiB
        that the program and Java held at one moment, and `anonymous`, the same without what lies in files, and the largest of
        the others.
    """
    articles = read_folder(content).articles
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
        told |= {"together": looking.together, "anonymous": looking.anonymous}
        told |= {"sent": engine.sent >> 20, "received": engine.received >> 20}
        engine.close()
    return told


def build(content: Path, name: str) -> dict[str, Any]:
    """Build the whole site of a folder.

    Args:
        content: Path.
        name: String of ENGINES.

    Returns:
        Dictionary: what it took as `site`, in seconds, `start`, a `digest` of the site, and memory as in measure.
    """
    engine, started = _start(name)
    start = time.perf_counter() - started
    watch = Watch()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, _Looking(engine) as looking:
        build_site(content, Path(folder) / "site", Settings(), engine, watch=watch)
        seconds = time.perf_counter() - started
        told = {"engine": name, "site": round(seconds, 1), "start": round(start, 1)}
        told |= {"digest": digest(Path(folder) / "site")[:12]}
    told |= {"program": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MIB}
    if isinstance(engine, SparkEngine):
        told |= {"java": _peak(_processes(engine)[0]), "together": looking.together, "anonymous": looking.anonymous}
        told |= {"sent": engine.sent >> 20, "received": engine.received >> 20}
        engine.close()
    return told


class _Looking:
    """Looks at what processes hold while something is done.

    Attributes:
        together: Integer, MiB of this program with Java.
        anonymous: List of two integers: MiB of the same that lie in no file, and of the largest of Java's processes.
    """

    def __init__(self, engine: Engine) -> None:
        self.together, self.anonymous = 0, [0, 0]
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
            together, ours = (_held(os.getpid(), kind) + _held(java, kind) for kind in ("VmRSS", "RssAnon"))
            largest = max((_held(pid, "RssAnon") for pid in others), default=0)
            self.together = max(self.together, together)
            self.anonymous = list(map(max, self.anonymous, (ours, largest)))


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
        work, name = sys.argv[-2:]
        print(json.dumps((build if work == "site" else measure)(content, name)), flush=True)
        return
    for work, count in PLAN:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) if count else content
            if count:
                write_resampled(read_folder(content).articles, count, folder / "articles.jsonl")
            for name in ENGINES:
                command = [sys.executable, "-m", "benchmarks.distributed", folder, "--only", work, name]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
