"""What a reader may run into, as functions that a worker can import; an item says what is to happen."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from planbook.sheets.unreadable import unreadable


def act(item: str, context: str) -> str:
    """Do what `item` says (hang, die, fail, devour memory, refuse…), or simply answer."""
    verb, _, argument = item.partition(" ")
    answer = _ACTS[verb](argument) if verb in _ACTS else None
    return f"{context} {item}" if answer is None else answer


def _hang(_argument: str) -> NoReturn:
    while True:
        pass


def _devour(_argument: str) -> str:
    return str(len(bytearray(2 << 30)))


def _fail(argument: str) -> NoReturn:
    raise KeyError(argument)


def _refuse(argument: str) -> NoReturn:
    raise unreadable(argument)


def _interrupt(_argument: str) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.05)


def _print(_argument: str) -> None:
    os.write(1, b"noise")
    os.write(2, b"noise")


_ACTS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "hang": _hang,
    "abort": lambda _: os.abort(),
    "exit": lambda _: os._exit(3),
    "kill": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "devour": _devour,
    "fail": _fail,
    "refuse": _refuse,
    "interrupt": _interrupt,
    "print": _print,
    "process": lambda _: str(os.getpid()),
    "big": lambda argument: "x" * int(argument),
}


def give_something_that_cannot_travel(item: str, context: None) -> object:
    """Return what cannot be pickled."""
    return lambda: (item, context)


def measure(item: bytes, context: None) -> int:
    """Return the size of `item`."""
    return len(item)
