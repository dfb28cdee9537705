"""A bar that shows how far a build is: on a terminal only, silence in a pipe."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")


class Watcher:
    """Shows how far a stage is.

    Attributes:
        bar: rich's Progress, or None for silence.
    """

    def __init__(self, bar: "Progress | None") -> None:
        self.bar = bar

    def __call__(self, stage: str, items: Iterable[Item], count: int) -> Iterable[Item]:
        """The items, counted on the bar as they pass.

        Args:
            stage: String, the name of the stage.
            items: Iterable.
            count: Integer, how many there are.

        Returns:
            Iterable of the same items.
        """
        if self.bar is None:
            yield from items
            return
        task = self.bar.add_task(stage, total=count)
        for item in items:
            yield item
            self.bar.advance(task)
            self.bar.refresh()


@contextmanager
def progress(quiet: bool) -> Iterator[Watcher]:
    """Open a bar on standard error, where that is a terminal.

    Args:
        quiet: Boolean; true shows none.

    Yields:
        Watcher.
    """
    if quiet or not sys.stderr.isatty():
        yield Watcher(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Without a thread of its own the bar can't be caught in the middle of a line by a process that forks.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        yield Watcher(bar)
