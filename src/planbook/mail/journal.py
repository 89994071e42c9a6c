"""The journal of what is being handed over: written beside the ledger by the process that talks to the server.

It closes the gap between the server's answer and the ledger's record: each line is on disk before the next step is
taken, so that after a kill or a power cut it is known of each message whether it can have been delivered.
"""

import json
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from planbook.mail.transmission import Fate, Receipt

CUT_SHORT: Final = Receipt(Fate.LOST, "上次发送被中断，邮件没有发出")
CUT_SHORT_LATE: Final = Receipt(Fate.UNANSWERED, "上次发送被中断，邮件已交给服务器但没有等到回执，可能已经发出")


class Step(StrEnum):
    """BEGUN: taken up; nothing was delivered. HANDING_OVER: the end of the message goes out next. ENDED: answered."""

    BEGUN = "begun"
    HANDING_OVER = "handing_over"
    ENDED = "ended"


class Journal:
    """The journal, opened to be added to."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("ab", buffering=0)

    def note(self, attempt: str, step: Step, receipt: Receipt | None = None) -> None:
        """Add one line; it is on disk when this returns."""
        told = {"fate": receipt.fate.value, "reason": receipt.reason} if receipt else {}
        line = json.dumps({"attempt": attempt, "step": step.value, **told}, ensure_ascii=False)
        self._file.write(f"\n{line}\n".encode())  # the line end in front parts it from one that was torn
        if step is not Step.BEGUN:
            os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def read_journal(path: Path) -> Mapping[str, Receipt] | None:
    """Return, by attempt, how far each got that the journal knows of; None where there is no journal.

    An attempt that was only begun is LOST: it was not delivered. One of which the end went out and no answer is
    noted is UNANSWERED.
    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return None
    found: dict[str, Receipt] = {}
    for line in lines:
        try:
            entry = json.loads(line)
            attempt, step = str(entry["attempt"]), Step(entry["step"])
            if step is Step.ENDED:
                found[attempt] = Receipt(Fate(entry["fate"]), str(entry["reason"]))
            elif step is Step.HANDING_OVER:
                found[attempt] = CUT_SHORT_LATE
            else:
                found[attempt] = CUT_SHORT
        except (ValueError, KeyError, TypeError):  # a blank line, or one that was torn when the power failed
            continue
    return found
