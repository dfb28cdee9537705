"""Run a command, and tell how long it took and how much memory it held."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took.

    Attributes:
        seconds: Float, wall time of the whole process.
        megabytes: Float, peak resident memory of its largest process, in MiB.
    """

    seconds: float
    megabytes: float


def run_once(command: Sequence[str], cwd: Path | None = None) -> Run:
    """Run a command without its output.

    Args:
        command: Sequence of strings.
        cwd: Path of the folder to run in, or None for this one.

    Returns:
        Run.

    Raises:
        RuntimeError: Where it fails; the message holds what it printed.
    """
    # Where this is set, each run would compile all it imports anew, and that would be measured instead.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    printed = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {printed.decode(errors='replace')}")
    # macOS counts bytes, Linux KiB.
    unit = 2**20 if platform.system() == "Darwin" else 2**10
    return Run(seconds, usage.ru_maxrss / unit)


def run_in_turn(commands: dict[str, Sequence[str]], times: int, cwd: Path | None = None) -> dict[str, Run]:
    """The medians of several commands, run in turn so that a busy moment strikes all of them alike.

    Each runs once before, for what only the first run does.

    Args:
        commands: Dictionary from name to command.
        times: Integer from 1 up.
        cwd: Path of the folder to run in, or None for this one.

    Returns:
        Dictionary from name to Run, each figure a median.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for command in commands.values():
        run_once(command, cwd)
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(run_once(command, cwd))
    return {
        name: Run(statistics.median(r.seconds for r in found), statistics.median(r.megabytes for r in found))
        for name, found in runs.items()
    }


def describe_machine() -> str:
    """The machine in one line: cores, system, Python.

    Returns:
        String.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.system()} on {platform.machine()}, Python {platform.python_version()}"
