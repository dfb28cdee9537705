"""An end to what takes too long or breaks: reading one file within a limit of processor time."""

import contextlib
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from generator.errors import ContentError
from generator.read.draft import Draft

SMALL = 2**16
"""Bytes: what is no larger than this can't keep any library busy for long, and is read without a process of its own."""

_TOO_MUCH = "what reads it was ended, as the system does where memory runs out; save it as plain text, or split it"
_FAULT = 70
_BLOCK = 2**16


class _TooLong(BaseException):
    """Not an Exception, so that no library takes it for a fault of its own and goes on."""


def read_within(seconds: int, reader: Callable[[str], Draft], text: str, foreign: bool = True) -> Draft:
    """Read a file, whatever it does to the library that reads it.

    A large one is read in a process of its own, where the system has such: what a library does in C can't be stopped, and
    what makes it crash takes its process along.

    Args:
        seconds: Integer from 1 up, of processor time.
        reader: Function from string to Draft.
        text: String.
        foreign: Boolean; true where a library reads it.

    Returns:
        Draft.

    Raises:
        ContentError: The time was used up, or the reader says why it can't be used, or it failed.
    """
    if len(text) <= SMALL or not foreign or sys.platform == "win32":
        with at_most(seconds):
            return reader(text)
    receiver, sender = os.pipe()
    with warnings.catch_warnings():
        # Threads are at rest while files are read; the child runs what reads, and nothing else of Python.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        os.close(receiver)
        _answer(sender, seconds, reader, text)
    os.close(sender)
    status = _FAULT
    try:
        with os.fdopen(receiver, "rb", buffering=_BLOCK) as stream:
            data = stream.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    if ended_by == signal.SIGXCPU:
        raise ContentError(_too_long(seconds))
    if ended_by == signal.SIGKILL:
        raise ContentError(_TOO_MUCH)
    if status:
        raise ContentError(failed("a crash"))
    draft, fault = pickle.loads(data)  # noqa: S301 - written by this program's own child
    if not isinstance(draft, Draft):
        raise ContentError(fault)
    return draft


def failed(name: str) -> str:
    """Say that a library failed.

    Args:
        name: String, what happened, such as the name of an error.

    Returns:
        String of one line.
    """
    return f"what reads such files failed on it ({name}); save it as plain text"


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
        raise ContentError(_too_long(seconds)) from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _answer(sender: int, seconds: int, reader: Callable[[str], Draft], text: str) -> NoReturn:
    """Read in this process, write what came of it, and end, without a word and without what a Python that ends would do."""
    code = _FAULT
    with contextlib.suppress(BaseException):
        _limit(seconds)
        answer: tuple[Draft | None, str]
        try:
            answer = reader(text), ""
        except ContentError as error:
            answer = None, str(error)
        except MemoryError:
            answer = None, _TOO_MUCH
        except Exception as error:
            # The libraries that read are many and strangers choose what they are given: one file must not stop the others.
            answer = None, failed(type(error).__name__)
        with os.fdopen(sender, "wb") as stream:
            pickle.dump(answer, stream)
        code = 0
    os._exit(code)


def _limit(seconds: int) -> None:
    import resource

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    # Where both limits are one, the system sends SIGKILL, as it does where memory runs out; so this one comes first.
    limit = seconds if most == resource.RLIM_INFINITY else min(seconds, max(1, most - 1))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _too_long(seconds: int) -> str:
    return f"reading it takes more than {seconds} s, the limit; save it as plain text, or split it"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooLong
