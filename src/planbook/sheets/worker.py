"""The worker's side of isolation: a process that applies one function to what it is sent, under limits."""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from planbook.sheets.limits import Limits
from planbook.sheets.unreadable import UnreadableFile

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000


class Answer(IntEnum):
    """What a worker says; each comes with a payload.

    READY (None): it has started. RESULT: what the function returned. FINDING: what an `UnreadableFile` carried.
    FAILED (name, traceback): an unexpected exception. MEMORY (None): memory ran out; the worker is to be replaced.
    """

    READY = 0
    RESULT = 1
    FINDING = 2
    FAILED = 3
    MEMORY = 4


def serve(
    connection: "Connection[Any, Any]", function: Callable[[Any, Any], object], context: object, limits: Limits
) -> None:
    """Answer each item that comes through `connection` until its other end is closed.

    Args:
        connection: Takes items, gives `(Answer, payload)`.
        function: Applied to item and context.
        context: Second argument of the function, the same for all items.
        limits: `worker_bytes` and `item_seconds`; the parent watches the time, but a parent may be killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer: it ends its workers
    _fall_silent()
    _bound_memory(limits.worker_bytes)
    # What came with the context stays, and results are gone with their item: looking through all of it again and
    # again for circles costs a fifth of the time.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    connection.send((Answer.READY, None))
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            return
        _set_alarm(2 * limits.item_seconds)
        answer = _apply(function, item, context)
        _set_alarm(0)
        try:
            connection.send(answer)
        except MemoryError:
            connection.send((Answer.MEMORY, None))
        except OSError:
            return  # the parent is gone
        except Exception as error:  # noqa: BLE001 - whatever a result does when it is pickled
            connection.send((Answer.FAILED, (type(error).__name__, traceback.format_exc())))


def _apply(function: Callable[[Any, Any], object], item: object, context: object) -> tuple[Answer, object]:
    try:
        return Answer.RESULT, function(item, context)
    except UnreadableFile as error:
        return Answer.FINDING, error.finding
    except MemoryError:
        return Answer.MEMORY, None
    except Exception as error:  # noqa: BLE001 - the one place where hostile files are isolated
        return Answer.FAILED, (type(error).__name__, traceback.format_exc())


def _fall_silent() -> None:
    """Send what libraries print on their way down to nowhere; a clerk's screen is not the place for it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _bound_memory(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return  # there the readers' own bounds have to do
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS knows this limit by name only
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _set_alarm(seconds: float) -> None:
    """Have the system end this process after `seconds`, 0 to call that off: nobody else would end an orphan."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
