"""What is counted of a task: all that figures, scores and rankings need of it, in a fraction of its standing's size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from planbook.model.decisions import ClosureState
from planbook.model.form import Role, Status
from planbook.model.ledger import Assignment, Counted, MissingAgency, ReceivedReport, TaskStanding
from planbook.model.lights import Light

REQUIRED: Final = ("status", "completion_percent", "progress", "reporter", "phone", "reported_on")
"""Cells that an agency has to fill in for each task; for each indicator it is the value."""


class PartTally(NamedTuple):
    """What is counted of one agency's part in a task.

    Attributes:
        agency: Its name.
        is_lead: It leads the task.
        is_issued: The task stands in a form that it was sent, or it reported on it.
        light: How its own report stands, None where that was not reckoned.
        is_reported: It reported.
        is_done: It reports the task done.
        percent: The progress that it reports.
        filled: How many of the `REQUIRED` cells it filled in.
    """

    agency: str
    is_lead: bool
    is_issued: bool
    light: Light | None
    is_reported: bool
    is_done: bool
    percent: Decimal | None
    filled: int

    @classmethod
    def of(cls, part: Assignment) -> "PartTally":
        """Return what is counted of `part`."""
        light = part.light.light if part.light else None
        is_lead = part.role is Role.LEAD
        received = part.received
        if received is None:
            return cls(part.agency, is_lead, part.is_issued, light, False, False, None, 0)
        report = received.report
        is_done = report.status is Status.DONE
        filled = _filled(received)
        return cls(part.agency, is_lead, part.is_issued, light, True, is_done, report.completion_percent, filled)


@dataclass(frozen=True, slots=True)
class TaskTally:
    """What is counted of one task.

    Attributes:
        code: Its code.
        plan_sequence: Number of its plan.
        plan_title: Title of its plan.
        path: Headings that it stands under.
        light: Its light.
        state: How far it is settled.
        days_left: Days to its deadline, negative where overdue, None without deadline.
        percent: Mean of its leads' progress.
        parts: Who has a part in it, leads first.
    """

    code: str
    plan_sequence: int
    plan_title: str
    path: tuple[str, ...]
    light: Light
    state: ClosureState
    days_left: int | None
    percent: Decimal | None
    parts: tuple[PartTally, ...]

    @classmethod
    def of(cls, standing: TaskStanding) -> "TaskTally":
        """Return what is counted of a task that stands so."""
        return cls(
            standing.task.code,
            standing.plan.sequence,
            standing.plan.title,
            standing.task.path,
            standing.light.light,
            standing.closure.state,
            standing.days_left,
            standing.completion_percent,
            tuple([PartTally.of(one) for one in standing.assignments]),
        )

    @property
    def leads(self) -> tuple[PartTally, ...]:
        """Who leads it."""
        return tuple(one for one in self.parts if one.is_lead)

    @property
    def rests(self) -> bool:
        """Whether nobody has to do anything on it, as `Closure.rests`."""
        return self.state in (ClosureState.CLOSED, ClosureState.SUSPENDED)

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline is past while nobody has reported it done and it does not rest."""
        is_late = self.days_left is not None and self.days_left < 0
        return is_late and self.state in (ClosureState.OPEN, ClosureState.RETURNED)


def count_from(issued: Iterable[str], missing: Iterable[MissingAgency], tasks: Sequence[TaskTally]) -> Counted:
    """Return what is counted of a period: agencies asked, those of them that are silent, and the tasks."""
    return Counted(
        tuple(issued),
        tuple(one.agency for one in missing),
        tuple((light, tuple(one.code for one in tasks if one.light is light)) for light in Light),
        tuple(one.code for one in tasks if one.state is ClosureState.CLOSED),
    )


def _filled(received: ReceivedReport) -> int:
    report = received.report
    count = 0
    missing = False
    for value in (
        report.status, report.completion_percent, report.progress, report.reporter, report.phone, report.reported_on
    ):  # fmt: skip
        if value is None or value == "":
            missing = True
        else:
            count += 1
    if missing and report.raw:  # what could not be read was filled in all the same
        written = {name for name, _ in report.raw}
        count = sum(name in written or getattr(report, name) not in (None, "") for name in REQUIRED)
    return count
