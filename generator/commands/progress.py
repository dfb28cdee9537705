"""How far a build is, on a terminal only, and where its time went."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from generator.frozen import dataclass
from generator.watch import Watch

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Item = TypeVar("Item")

STARTING = "Starting"
"""The stage before the first."""
# How many seconds a bar stands still at the least; to draw it takes longer than many an item.
_DRAWN = 0.1
# How many seconds pass before memory is looked at again.
_MEASURED = 0.02


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage took.

    Attributes:
        name: String.
        seconds: Float, by the clock on the wall; no moment counts for two stages.
        main: Float in MiB: the most memory that the process held until the stage ended.
        child: Float in MiB: the same for the largest of the processes that worked for it and have ended; 0 without any.
    """

    name: str
    seconds: float
    main: float
    child: float


class Watcher(Watch):
    """Shows how far a stage is, and notes how long each takes.

    Attributes:
        bar: rich's Progress, or None for silence.
    """

    def __init__(self, bar: "Progress | None" = None) -> None:
        self.bar = bar
        self._stage = STARTING
        self._since = time.perf_counter()
        self._seconds: dict[str, float] = {}
        self._memory: dict[str, tuple[float, float]] = {}
        self._tasks: dict[str, TaskID] = {}
        self._drawn = self._measured = 0.0

    def begin(self, stage: str) -> None:
        """See Watch."""
        self._enter(stage)
        self._task(stage, None)
        self._draw(0.0)

    def __call__(self, stage: str, items: Iterable[Item], count: int | None = None) -> Iterable[Item]:
        """See Watch."""
        outside = self._stage
        self._enter(stage)
        task = self._task(stage, count)
        iterator = iter(items)
        while True:
            self._enter(stage)
            try:
                item = next(iterator)
            except StopIteration:
                break
            finally:
                self._enter(outside)
            yield item
            if self.bar is not None and task is not None:
                self.bar.advance(task)
                self._draw(_DRAWN)
        self._draw(0.0)

    def stages(self) -> tuple[Stage, ...]:
        """What each stage took so far.

        Returns:
            Tuple of Stage, in the order in which they began.
        """
        self._measured = 0.0
        self._enter(self._stage)
        return tuple(Stage(name, seconds, *self._memory[name]) for name, seconds in self._seconds.items())

    def _enter(self, stage: str) -> None:
        now = time.perf_counter()
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._seconds.setdefault(stage, 0.0)
        self._since = now
        if now - self._measured >= _MEASURED or stage not in self._memory:
            self._measured = now
            self._memory[self._stage] = self._memory[stage] = peak_memory()
        self._stage = stage

    def _task(self, stage: str, count: int | None) -> "TaskID | None":
        if self.bar is None:
            return None
        if stage not in self._tasks:
            for task in self.bar.tasks:
                if task.total is None:
                    # A stage of unknown length is over when the next begins.
                    self.bar.update(task.id, total=task.completed or 1, completed=task.completed or 1)
            self._tasks[stage] = self.bar.add_task(stage, total=count)
        elif count is not None:
            self.bar.update(self._tasks[stage], total=count)
        return self._tasks[stage]

    def _draw(self, after: float) -> None:
        now = time.perf_counter()
        if self.bar is not None and now - self._drawn >= after:
            self._drawn = now
            self.bar.refresh()


def peak_memory() -> tuple[float, float]:
    """The most memory that was held so far.

    Returns:
        Two floats in MiB: of this process, and of the largest that worked for it and has ended. Both are 0 where the system
        doesn't tell.
    """
    if sys.platform == "win32":
        return 0.0, 0.0
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    held = [resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return held[0], held[1]


def show_timings(stages: Iterable[Stage]) -> str:
    """Lay out what each stage took.

    Args:
        stages: Iterable of Stage.

    Returns:
        String of several lines.
    """
    rows = tuple(stages)
    whole = sum(stage.seconds for stage in rows)
    lines = [f"{'stage':18}{'seconds':>8}{'share':>7}{'peak MiB':>10}{'largest child':>15}"]
    lines += [
        f"{stage.name:18}{stage.seconds:8.2f}{stage.seconds / (whole or 1):7.0%}{stage.main:10.0f}{stage.child:15.0f}"
        for stage in rows
    ]
    return "\n".join([*lines, f"{'all':18}{whole:8.2f}"])


@contextmanager
def progress(quiet: bool) -> Iterator[Watcher]:
    """Open a bar on standard error, where that is a terminal.

    Args:
        quiet: Boolean; true shows none.

    Yields:
        Watcher.
    """
    if quiet or not sys.stderr.isatty():
        yield Watcher()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Task as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many items a second."""

        def render(self, task: Bar) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "")

    columns = (TextColumn("{task.description:16}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    # Without a thread of its own the bar can't be caught in the middle of a line by a process that forks.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        yield Watcher(bar)
