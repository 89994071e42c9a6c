"""The courier: a process of its own that hands messages over, and finishes the one in hand whatever ends the caller.

A program that is killed between a server's acceptance and its own record must afterwards either send twice or perhaps
not at all. So it is not the program that talks to the server: the courier does, keeps the journal, and outlives it
for as long as one message takes.
"""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from filelock import FileLock, Timeout

from planbook.mail.account import Account
from planbook.mail.journal import Journal, Step, read_journal
from planbook.mail.transmission import Fate, Receipt, Transmission
from planbook.model.errors import PlanbookError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_START_S: Final = 60.0
_FINISH_S: Final = 180.0
_READY: Final = "ready"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way: the attempt that it is, its envelope, and its bytes."""

    attempt: str
    sender: str
    recipients: tuple[str, ...]
    content: bytes


class Courier:
    """The courier as its caller sees it."""

    def __init__(self, account: Account, journal: Path) -> None:
        self._account = account
        self._journal = journal

    def __enter__(self) -> Self:
        spawn = get_context("spawn")
        self._connection, there = spawn.Pipe()
        self._process = spawn.Process(target=run_courier, args=(there, self._account, self._journal))
        self._process.start()
        there.close()
        try:
            if not self._connection.poll(_START_S) or self._connection.recv() != _READY:
                raise EOFError
        except (EOFError, OSError) as error:
            self._process.kill()
            raise PlanbookError("发送邮件的后台进程无法启动，请关闭一些程序、腾出内存后再试。") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._process.join(_FINISH_S)

    def carry(self, parcel: Parcel) -> Receipt:
        """Try once to hand a message over."""
        try:
            self._connection.send(parcel)
            answer: Receipt = self._connection.recv()
        except (EOFError, OSError):  # something ended the courier; its journal tells what it had done
            known = read_journal(self._journal) or {}
            return known.get(parcel.attempt, Receipt(Fate.LOST, "发送邮件的后台进程意外结束，邮件没有发出，请再发一次"))
        return answer


def run_courier(connection: "Connection[Any, Any]", account: Account, journal_path: Path) -> None:
    """Be the courier: hand over what comes through `connection` until its other end is gone."""
    _stand_apart()
    with FileLock(lock_of(journal_path)), Journal(journal_path) as journal:
        transmission = Transmission(account)
        with suppress(OSError):
            connection.send(_READY)
        while True:
            try:
                parcel: Parcel = connection.recv()
            except (EOFError, OSError):
                break
            receipt = _hand_over(parcel, transmission, journal)
            with suppress(OSError):  # the caller is gone; the journal will tell
                connection.send(receipt)
        transmission.close()


def _hand_over(parcel: Parcel, transmission: Transmission, journal: Journal) -> Receipt:
    journal.note(parcel.attempt, Step.BEGUN)
    receipt = transmission.send(
        parcel.sender, parcel.recipients, parcel.content, lambda: journal.note(parcel.attempt, Step.HANDING_OVER)
    )
    journal.note(parcel.attempt, Step.ENDED, receipt)
    return receipt


def lock_of(journal: Path) -> Path:
    """Return the lock that a courier holds for as long as it may write the journal."""
    return journal.with_suffix(".lock")


def wait_for_courier(journal: Path, *, wait_s: float = _FINISH_S) -> None:
    """Wait until no courier of an earlier run is at work any more: only then is the journal complete.

    Raises:
        PlanbookError: It does not come to an end.
    """
    try:
        with FileLock(lock_of(journal), timeout=wait_s):
            pass
    except Timeout as error:
        raise PlanbookError("上一次发送还在收尾（正等邮件服务器答复），请过几分钟再试。") from error


def _stand_apart() -> None:
    """Leave the caller's group: what is sent to the terminal's programs, Ctrl-C among it, is not for the courier."""
    setsid: Callable[[], int] | None = getattr(os, "setsid", None)
    if setsid:
        with suppress(OSError):
            setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
