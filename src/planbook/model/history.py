"""The history of a task: every version, form, report and decision, in the order in which they came to be known."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planbook.model.period import Period


class HistoryKind(StrEnum):
    """What happened."""

    VERSION = "任务变更"
    ISSUE = "下发"
    REPORT = "报送"
    DECISION = "决定"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a task.

    Attributes:
        at: When the ledger came to know it, UTC.
        kind: What it is.
        who: User who did it.
        agency: Whose report or form it is; empty for versions and most decisions.
        period: Its period, if any.
        text: What it says, in one line or a few.
        file: File that it came from, as the ledger names it.
        sheet: Worksheet there.
        place: Cell or row there.
        file_sha256: Digest of that file where it is archived.
        counts: It holds, or held until something newer; not where it was taken back.
        is_in_force: It is what holds now (reports: the newest of agency and period; versions: the last).
    """

    at: datetime
    kind: HistoryKind
    who: str
    agency: str
    period: Period | None
    text: str
    file: str
    sheet: str
    place: str
    file_sha256: str
    counts: bool = True
    is_in_force: bool = False
