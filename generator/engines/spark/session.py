"""A session of Spark: started with settings that fit, without noise, and ended with all that it started."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from generator.engines.spark.faults import explain
from generator.engines.spark.java import check_java
from generator.engines.spark.tasks import tell_versions
from generator.errors import EngineError
from generator.read.parts import PART
from generator.rules import RunRules, is_secret

REACHED = 10.0
"""Seconds within which a master has to answer."""

STARTED = 15.0
"""Seconds within which a `spark://` master has to take the session; Spark itself would ask for 60."""

WAITED = 120.0
"""Seconds within which a cluster has to give a first executor."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LOCAL = re.compile(r"local(?:\[(\*|\d+)\])?")
_ADDRESS = re.compile(r"(?:https?://)?\[?([^/\]]+?)\]?:(\d+)")
_RETRIES = 4
_ENDED = 15.0


class Session:
    """A running session.

    Attributes:
        context: SparkContext.
        log: Path of what Spark says at length.
        doing: String, what runs on Spark now or ran last.
    """

    def __init__(self, rules: RunRules) -> None:
        check_java(os.environ)
        try:
            from pyspark import SparkConf, SparkContext
            from pyspark.java_gateway import launch_gateway
        except ImportError as error:
            raise EngineError(
                'the engine spark needs pyspark; install it with pip install "twicetold[spark]"'
            ) from error
        check_reached(rules.master)
        self.log = Path(tempfile.mkdtemp(prefix="twicetold-spark-")) / "spark.log"
        self._environment = choose_environment(rules.master, os.environ)
        os.environ.update(self._environment)
        # What Spark puts on this machine's disk goes with the session, even where Java is ended by force.
        own = {"spark.local.dir": str(self.log.parent), "spark.sql.warehouse.dir": str(self.log.parent / "warehouse")}
        chosen = own | choose_settings(rules)
        conf = SparkConf(loadDefaults=False).setAll(list(chosen.items()))
        # What Java is started with stands in its command line, which all users of the machine may read.
        shown = [(name, value) for name, value in chosen.items() if not is_secret(name)]
        open_conf = SparkConf(loadDefaults=False).setAll(shown)
        self._gateway: Any = None
        self._local = bool(_LOCAL.fullmatch(rules.master))
        self._numbers, self._shared = count(), set[Path]()
        self.context: Any = None
        self.doing = ""
        self._log_named = False
        try:
            with self.log.open("wb") as log:
                self._gateway = launch_gateway(open_conf, {"stdout": log, "stderr": subprocess.STDOUT})
            with self._stopped_when_late(rules.master):
                self.context = SparkContext(conf=conf, gateway=self._gateway)
            self._check_workers()
        except BaseException as error:
            # An error of Java's is asked for its words while Java still runs.
            fault = self._fault("Spark did not start", error) if isinstance(error, Exception) else None
            self.close()
            if fault is None or fault is error:
                raise
            raise fault from error
        self.cores: int = self.context.defaultParallelism

    def run(self, what: str, action: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the action gives
        """Run something on Spark.

        Args:
            what: String, what it is for, in a message.
            action: Callable.

        Returns:
            What the action gives.

        Raises:
            EngineError: Spark gave it up.
        """
        self.doing = what
        try:
            return action()
        except EngineError:
            raise
        except Exception as error:
            raise self._fault(f"Spark gave up {what}", error) from error

    def name_file(self) -> Path:
        """Name a new file that may be shared with workers.

        Returns:
            Path; nothing is there yet.
        """
        # Java removes this folder when it ends, and it ends with this program, even where that is killed.
        return Path(self.context._temp_dir) / f"handed-{next(self._numbers)}"

    def share(self, file: Path) -> int:
        """Let workers `locate` a file; executors that take the place of lost ones get it too.

        Args:
            file: Path.

        Returns:
            Integer, how many bytes each executor gets, or would on a cluster; 0 where it got them before.

        Raises:
            EngineError: Spark can't take it.
        """
        if file in self._shared:
            return 0
        self._shared.add(file)
        if not self._local:
            # Java serves it from the disk.
            self.run("handing out a file", partial(self.context.addFile, str(file)))
        return file.stat().st_size

    def let_go(self, file: Path) -> None:
        """Remove a file that no task asks for any more.

        Args:
            file: Path, of `name_file`; on a cluster it stays until the session ends, since each new executor asks for all files.
        """
        if self._local or file not in self._shared:
            file.unlink(missing_ok=True)

    def _fault(self, what: str, error: Exception) -> EngineError:
        """What an error comes to in a message, which names the log."""
        if isinstance(error, EngineError):
            return error
        self._log_named = True
        return EngineError(f"{what}: {explain(error)}; its log is {self.log}")

    def close(self) -> None:
        """End the session, and the process of Java that it started; the log stays where the error that ends it names it."""
        from pyspark import SparkContext

        with suppress(Exception):
            if self.context is not None:
                self.context.stop()
        with suppress(Exception):
            self._gateway.shutdown()
        if self._gateway is not None and self._gateway.proc is not None:
            self._gateway.proc.stdin.close()
            try:
                self._gateway.proc.wait(_ENDED)
            except subprocess.TimeoutExpired:
                self._gateway.proc.kill()
        # Another session of this process starts a process of Java of its own.
        SparkContext._gateway = SparkContext._jvm = None
        self.context = self._gateway = None
        # Such a session may have another master, and what is set for one on this machine keeps a cluster from calling back.
        for name in self._environment:
            os.environ.pop(name, None)
        for left in self.log.parent.glob("*"):
            if left != self.log:
                shutil.rmtree(left, ignore_errors=True)
        if not (self._log_named and sys.exc_info()[0]):
            shutil.rmtree(self.log.parent, ignore_errors=True)

    def _check_workers(self) -> None:
        """Raise EngineError where the workers would make something else than this machine, or where there are none."""
        with self._limited():
            probes = max(2, int(self.context.defaultParallelism))
            found = self.run(
                "its first task", self.context.parallelize(range(probes), probes).map(tell_versions).collect
            )
        ours = dict(tell_versions())
        for theirs in found:
            for name, version in theirs:
                if version != ours[name]:
                    message = (
                        f"the workers have {name} {version}, this machine {ours[name]}; install the same on all of them"
                    )
                    raise EngineError(message)

    @contextmanager
    def _stopped_when_late(self, master: str) -> Iterator[None]:
        """Give up a master that takes calls but does not answer as one; other kinds may have good reasons to be slow."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._gateway.proc.kill()

        timer = threading.Timer(STARTED, give_up)
        timer.daemon = True
        if master.startswith("spark://"):
            timer.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                raise EngineError(_unreached(master)) from error
            raise
        finally:
            timer.cancel()

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Give up what waits for an executor for too long."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self.context.cancelAllJobs()

        timer = threading.Timer(WAITED, give_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        except EngineError as error:
            if late.is_set():
                message = (
                    f"Spark gave no executor within {WAITED:.0f} s; start workers, or ask for less with run.memory"
                )
                raise EngineError(message) from error
            raise
        finally:
            timer.cancel()


def choose_settings(rules: RunRules) -> dict[str, str]:
    """Settings of Spark.

    Args:
        rules: RunRules.

    Returns:
        Dictionary from name to value; what the rules name themselves wins.
    """
    local = _LOCAL.fullmatch(rules.master)
    chosen = {
        "spark.app.name": "twicetold",
        # On one machine Spark tries nothing again unless it is told how often.
        "spark.master": f"local[{local[1] or 1},{_RETRIES}]" if local else rules.master,
        "spark.executor.memory": rules.memory,
        "spark.driver.memory": rules.memory if local else "1g",
        # Nothing listens for browsers, and nothing is drawn on the terminal.
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # One worker reads so much of a table at an address.
        "spark.sql.files.maxPartitionBytes": f"{PART}",
        "spark.sql.files.openCostInBytes": "65536",
        # The last bytes of a table fill no record; where others are missing, whoever puts a part together says so.
        "spark.files.ignoreCorruptFiles": "true",
    }
    if is_here(rules.master):
        chosen |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return chosen | dict(option.split("=", 1) for option in rules.options)


def choose_environment(master: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Environment variables that Spark reads nowhere else.

    Args:
        master: String.
        environment: Mapping from names to values, what the user set.

    Returns:
        Dictionary from name to value, of those that the user did not set.
    """
    chosen = {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    if is_here(master):
        chosen |= dict.fromkeys(("SPARK_LOCAL_IP", "SPARK_LOCAL_HOSTNAME", "SPARK_PUBLIC_DNS"), "127.0.0.1")
    return {name: value for name, value in chosen.items() if not environment.get(name)}


def check_reached(master: str) -> None:
    """Knock at a master's door.

    Args:
        master: String; of another kind than `spark://` and `k8s://` it is left to Spark.

    Raises:
        EngineError: Nobody answers.
    """
    addresses = _addresses(master)
    for host, port in addresses:
        # No host can have some names at all, which is told by a UnicodeError.
        with (
            suppress(OSError, UnicodeError, OverflowError),
            socket.create_connection((host, port), REACHED / len(addresses)),
        ):
            return
    if addresses:
        raise EngineError(_unreached(master))


def _unreached(master: str) -> str:
    return f"the master {master} can't be reached; check that it runs, and the setting run.master"


def _addresses(master: str) -> list[tuple[str, int]]:
    scheme, found, rest = master.partition("://")
    if not found or scheme not in ("spark", "k8s"):
        return []
    return [(part[1], int(part[2])) for address in rest.split(",") if (part := _ADDRESS.match(address))]


def is_here(master: str) -> bool:
    """Whether all that takes part runs on this machine and needs no other address than that of the loopback.

    Args:
        master: String.

    Returns:
        Boolean.
    """
    addresses = _addresses(master)
    return bool(_LOCAL.match(master)) or (bool(addresses) and all(host in _LOOPBACK for host, _ in addresses))
