"""Work that this process shares with others that are started for it: whoever is free takes the next piece.

This process works too, between what it gives. So nothing waits for it to hand out work, and where no other process can be started
it does all of it. On Linux the others are forked: what they inherited need not travel, results alone do.
"""

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from generator.errors import EngineError

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

Item = TypeVar("Item")
Result = TypeVar("Result")

# Results that wait to be taken over keep nobody from going on, up to so many bytes of them.
_ROOM = 2**20


class _Work(Generic[Item, Result]):
    """Pieces of work, each taken by one process."""

    def __init__(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        size: int,
        context: "ForkContext | SpawnContext",
    ) -> None:
        self._function, self._items, self._size = function, items, size
        self.pieces = -(-len(items) // size)
        self._next = context.Value("q", 0)

    def take(self) -> int | None:
        """The number of the next piece, or None where all are taken."""
        with self._next.get_lock():
            piece = int(self._next.value)
            self._next.value = piece + 1
        return piece if piece < self.pieces else None

    def do(self, piece: int) -> list[Result]:
        """What comes of a piece."""
        return [self._function(item) for item in self._items[piece * self._size :][: self._size]]

    def ended(self) -> EngineError:
        """What to raise where a process ended before its work was done."""
        name = getattr(self._function, "__name__", type(self._function).__name__)
        return EngineError(
            f"a process ended while running {name}; most likely memory ran out: close other programs and build again"
        )


def share(function: Callable[[Item], Result], items: Sequence[Item], processes: int, size: int) -> Iterator[Result]:
    """Do work together with other processes.

    Args:
        function: Callable.
        items: Sequence of items.
        processes: Integer from 2 up, this one among them.
        size: Integer from 1 up, how many items are a piece.

    Yields:
        The result of each item, in order.

    Raises:
        EngineError: Where a process ends before its work is done.
    """
    context = _context()
    helpers: dict[Connection, BaseProcess] = {}
    try:
        with suppress(OSError):
            work = _Work(function, items, size, context)
            for _ in range(min(processes, work.pieces) - 1):
                connection, helper = _start(context, _help, work)
                helpers[connection] = helper
        yield from _in_order(work, helpers) if helpers else map(function, items)
    finally:
        for connection, helper in helpers.items():
            _stop(connection, helper)


@contextmanager
def begin(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Callable[[], list[Result]]]:
    """Let another process begin with work, while this one does other things.

    Args:
        function: Callable.
        items: Sequence of items.

    Yields:
        Callable that ends it, and gives the results of the first items: as many as there are by then; none where no process can be
        started.
    """
    done: list[Result] = []

    def end() -> list[Result]:
        with suppress(EOFError):
            while connection.poll():
                done.append(_receive(connection))
        helper.kill()
        return done

    started = None
    with suppress(OSError):
        started = _start(_context(), _do_ahead, function, items)
    if started is None:
        yield list
        return
    connection, helper = started
    try:
        yield end
    finally:
        _stop(connection, helper)


def _do_ahead(function: Callable[[Item], Result], items: Sequence[Item], results: Connection) -> None:
    _stay()
    # What fails here is done again where it is wanted, and told there.
    with suppress(Exception):
        for item in items:
            results.send(function(item))


def _in_order(work: _Work[Any, Result], helpers: dict[Connection, BaseProcess]) -> Iterator[Result]:
    """The results of all pieces; others are waited for only where no piece is left to be done here."""
    done: dict[int, list[Result]] = {}
    taken: int | None = 0
    for piece in range(work.pieces):
        while piece not in done:
            ready = wait(list(helpers), None if taken is None else 0)
            for helper in filter(ready.__contains__, helpers):
                try:
                    number, results, error = _receive(helper)
                except EOFError as ended:
                    raise work.ended() from ended
                if error is not None:
                    raise error
                done[number] = results
            if taken is not None and piece not in done:
                taken = work.take()
                if taken is not None:
                    done[taken] = work.do(taken)
        yield from done.pop(piece)


def _help(work: _Work[Any, Any], results: Connection) -> None:
    _stay()
    while (piece := work.take()) is not None:
        try:
            results.send((piece, work.do(piece), None))
        except Exception as error:
            results.send((piece, None, error))
    # A pipe that closes would tell of a process that ended too early.
    _end_with_parent()


def _start(
    context: "ForkContext | SpawnContext", work: Callable[..., None], *given: object
) -> tuple[Connection, BaseProcess]:
    """Start a process, and give what it sends its results through."""
    ours, theirs = context.Pipe(duplex=False)
    _make_room(theirs)
    helper = context.Process(target=work, args=(*given, theirs), daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns of forking beside threads; those of numpy hold no lock that the helpers take.
        warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")
        helper.start()
    theirs.close()
    return ours, helper


def _receive(connection: Connection) -> Any:  # noqa: ANN401 - whatever was sent
    """What a helper sent; EOFError where it has ended, be it in the middle of a message."""
    try:
        return connection.recv()
    except OSError as error:
        raise EOFError from error


def _stop(connection: Connection, helper: BaseProcess) -> None:
    connection.close()
    helper.kill()
    helper.join()


def _stay() -> None:
    """Leave interrupts to the process that started this one, and end with it, even where it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _context() -> "ForkContext | SpawnContext":
    # Forked helpers inherit the word lists and dictionaries that are loaded already; macOS can't fork safely.
    return multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")


def _make_room(pipe: Connection) -> None:
    if sys.platform == "linux":
        import fcntl

        # Refused where the user has many pipes already; then there is less room.
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
