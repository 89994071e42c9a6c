"""The office's decisions (督办决定) on tasks: what was decided, by whom, on what ground, and from which period on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from planbook.model.findings import NOWHERE, Location
from planbook.model.form import Role
from planbook.model.period import Period


class DecisionKind(StrEnum):
    """What the office decides on a task, as a clerk writes it."""

    CLOSE = "销号"
    RETURN = "退回"
    EXTEND = "延期"
    REASSIGN = "转办"
    SUSPEND = "暂缓"
    RESUME = "恢复"
    REOPEN = "重开"


class ClosureState(StrEnum):
    """Where a task stands between being given out and being closed (销号).

    OPEN: agencies work on it. CLAIMED: its leads report it done, the office has not checked. RETURNED: the office
    checked and sent it back. SUSPENDED: it rests. CLOSED: the office settled it. The agencies' 已完成 is a claim; only
    the office closes.
    """

    OPEN = "在办"
    CLAIMED = "待核查"
    RETURNED = "退回"
    SUSPENDED = "暂缓"
    CLOSED = "已销号"


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A decision as it was asked for, on the command line, by a button, or in a cell of 总台账.

    Attributes:
        task_code: The task.
        kind: What is decided.
        reason: Why.
        evidence: 销号: what shows that the task is done.
        checker: 销号: who checked it.
        to_date: 延期: the new deadline.
        asked_on: 延期: day on which the agency asked for it; None for the day that a report applied for it, else today.
        agency: 退回: whose report, empty for the leads. 转办: who hands over, empty for the only lead.
        to_agency: 转办: who takes over.
        period: Period from whose ledger on it holds; None for the one that is being worked on (for 转办 the next).
        location: Cell of 总台账 that it was written in, file included; findings name it.
        key: Tells this entry of a workbook from any other, so that it is taken over once however often it is read;
            empty where each request is one of its own.
    """

    task_code: str
    kind: DecisionKind
    reason: str = ""
    evidence: str = ""
    checker: str = ""
    to_date: date | None = None
    asked_on: date | None = None
    agency: str = ""
    to_agency: str = ""
    period: Period | None = None
    location: Location = NOWHERE
    key: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in the ledger; none is ever changed, a later one may undo what it did.

    Attributes:
        number: Counted up in the order of taking.
        task_code: The task.
        kind: What was decided.
        decided_on: Day, where the office is.
        reason: Why.
        evidence: 销号: what shows that the task is done.
        checker: 销号: who checked it.
        from_date: 延期: the deadline that held until then.
        to_date: 延期: the deadline that holds from then on.
        asked_on: 延期: day on which the agency asked.
        agency: 退回: whose report. 转办: who hands over.
        to_agency: 转办: who takes over.
        role: 转办: the part that passes on.
        period: It holds in the ledger of this period and of later ones; None for all.
        file: Workbook that it was written in, empty if none.
        sheet: Worksheet there.
        cell: Cell there.
        key: See `DecisionRequest.key`.
        who: User who took it.
        decided_at: When it was entered, UTC.
    """

    number: int
    task_code: str
    kind: DecisionKind
    decided_on: date
    reason: str
    evidence: str
    checker: str
    from_date: date | None
    to_date: date | None
    asked_on: date | None
    agency: str
    to_agency: str
    role: Role | None
    period: Period | None
    file: str
    sheet: str
    cell: str
    key: str
    who: str
    decided_at: datetime

    def holds_in(self, period: Period) -> bool:
        """Return whether the ledger of `period` reckons with it."""
        return self.period is None or self.period.end <= period.end


@dataclass(frozen=True, slots=True)
class Closure:
    """How far a task is settled, and the decision that made it so; None where only the reports say it."""

    state: ClosureState = ClosureState.OPEN
    decision: Decision | None = None

    @property
    def is_settled(self) -> bool:
        """The office has closed it."""
        return self.state is ClosureState.CLOSED

    @property
    def rests(self) -> bool:
        """Nobody is asked about it: closed or suspended."""
        return self.state in (ClosureState.CLOSED, ClosureState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class DeadlineStanding:
    """A task's deadlines, told apart.

    Attributes:
        original: 完成时限 as the plan states it.
        approved: The last that the office approved, None where it approved none.
        claimed: What the leads apply for or expect beyond the effective one, None where they keep to it.
        extensions: How many extensions were approved.
    """

    original: date | None = None
    approved: date | None = None
    claimed: date | None = None
    extensions: int = 0

    @property
    def effective(self) -> date | None:
        """The deadline that counts: an approved extension moves it, a claimed one does not."""
        if self.original and self.approved:
            return max(self.original, self.approved)
        return self.approved or self.original


NOT_CLOSED: Final = Closure()
NO_DEADLINE: Final = DeadlineStanding()
_STATE_AFTER: Final = {
    DecisionKind.CLOSE: ClosureState.CLOSED,
    DecisionKind.RETURN: ClosureState.RETURNED,
    DecisionKind.SUSPEND: ClosureState.SUSPENDED,
    DecisionKind.RESUME: ClosureState.OPEN,
    DecisionKind.REOPEN: ClosureState.OPEN,
}


def closure_of(decisions: Iterable[Decision], period: Period | None = None) -> Closure:
    """Return how far one task's `decisions`, in order, settle it; with `period`, as that period's ledger sees it."""
    closure = Closure()
    for one in decisions:
        state = _STATE_AFTER.get(one.kind)
        if state and (period is None or one.holds_in(period)):
            closure = Closure(state, one)
    return closure


def deadline_of(
    original: date | None, decisions: Iterable[Decision], period: Period | None = None, *, claimed: date | None = None
) -> DeadlineStanding:
    """Return one task's deadlines after its `decisions`; with `period`, as that period's ledger sees them."""
    approved = [
        one.to_date
        for one in decisions
        if one.kind is DecisionKind.EXTEND and one.to_date and (period is None or one.holds_in(period))
    ]
    standing = DeadlineStanding(original, approved[-1] if approved else None, None, len(approved))
    if claimed and (standing.effective is None or claimed > standing.effective):
        return DeadlineStanding(original, standing.approved, claimed, standing.extensions)
    return standing
