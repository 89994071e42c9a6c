"""The list of agencies that are chased (催报名单)."""

from dataclasses import dataclass
from datetime import date, datetime

from planbook.model.dispatch import Escalation
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One agency on the list.

    Attributes:
        agency: The agency.
        owes: What it owes, in Chinese.
        errors: Places to put right in its return; 0 where it has not returned.
        tasks: Tasks in its form.
        due_on: When it was due.
        days_late: Days since; 0 before.
        step: Step of chasing that it is at.
        reminders: When it was reminded (UTC), and which step that was.
        contact: Contact person.
        phone: Contact's telephone.
        email: Mailbox.
    """

    agency: str
    owes: str
    errors: int
    tasks: int
    due_on: date | None
    days_late: int
    step: Escalation
    reminders: tuple[tuple[datetime, str], ...]
    contact: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class ReminderList:
    """The list of one period on one day."""

    office: str
    period: Period
    day: date
    lines: tuple[ReminderLine, ...]
