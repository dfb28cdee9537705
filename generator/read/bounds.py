"""An end to what takes too long: a limit on the processor time of one piece of work."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from generator.errors import ContentError


class _TooLong(BaseException):
    """Not an Exception, so that no library takes it for a fault of its own and goes on."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Stop what runs inside after so much processor time.

    Only the main thread can be stopped, and only between steps of Python; elsewhere nothing is stopped.

    Args:
        seconds: Integer from 1 up, of processor time.

    Yields:
        Nothing.

    Raises:
        ContentError: The time was used up.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _TooLong as error:
        raise ContentError(
            f"reading it takes more than {seconds} s, the limit; save it as plain text, or split it"
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooLong
