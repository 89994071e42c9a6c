"""The ledger's nouns: plans and tasks under their codes, who is assigned, and how each task stands in a period."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from planbook.model.findings import Finding
from planbook.model.form import Role
from planbook.model.lights import LightReading
from planbook.model.period import Period
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.model.submission import IndicatorReport, TaskReport


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """A plan in the ledger; `sequence` numbers plans from 1 and is part of every code of the plan."""

    sequence: int
    title: str
    issuer: str | None
    document_number: str | None
    period_start: date | None
    period_end: date | None
    classification: str | None
    file_name: str
    file_sha256: str


@dataclass(frozen=True, slots=True)
class LedgerTask:
    """A task in the ledger, as the clerk confirmed it or as the reader left it.

    `agency` names are as in the plan or the review table; the directory resolves them. `order` is its place
    within its plan, from 1. `note` is the clerk's. `is_confirmed` tells whether a review took it over.
    """

    code: str
    plan_sequence: int
    order: int
    path: tuple[str, ...]
    number: str | None
    title: str
    body: str
    lead_agencies: tuple[str, ...]
    supporting_agencies: tuple[str, ...]
    lead_basis: LeadBasis
    deadline: date | None
    kind: TaskKind
    unit_note: str | None
    truncated: bool
    source_line: int
    source_page: int | None
    excerpt: str
    note: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class LedgerIndicator:
    """An indicator in the ledger; `agencies` report it (the task's leads, or as the clerk says)."""

    code: str
    plan_sequence: int
    order: int
    task_code: str | None
    name: str
    operator: Operator
    value: Decimal
    value_max: Decimal | None
    unit: str
    by: str | None
    quote: str
    agencies: tuple[str, ...] = ()
    note: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """A form that was issued: its key facts and where its file stands."""

    form_id: str
    agency: str
    period: Period
    version: int
    issued_on: date
    due_on: date | None
    path: str
    file_sha256: str
    task_count: int
    indicator_count: int


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """A task report in force, with the submission that it came in."""

    agency: str
    period: Period
    report: TaskReport
    file_name: str
    file_sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedIndicator:
    """An indicator report in force, with the submission that it came in."""

    agency: str
    period: Period
    report: IndicatorReport
    file_name: str
    file_sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """One agency's part in one task in a period and, if it has returned its form, its report."""

    task_code: str
    agency: str
    role: Role
    is_issued: bool
    received: ReceivedReport | None


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A task as the master ledger shows it: assignments, leads first; light; days left (negative: overdue)."""

    task: LedgerTask
    plan: LedgerPlan
    assignments: tuple[Assignment, ...]
    light: LightReading
    days_left: int | None


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """An indicator as the master ledger shows it, with what each agency reported."""

    indicator: LedgerIndicator
    plan: LedgerPlan
    agencies: tuple[str, ...]
    received: tuple[ReceivedIndicator, ...]


@dataclass(frozen=True, slots=True)
class AgencyFinding:
    """A finding on one agency's return in the period (问题清单)."""

    agency: str
    file_name: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class MissingAgency:
    """An agency whose form was issued and not returned."""

    agency: str
    tasks: int
    lead_tasks: int
    issued_on: date
    due_on: date | None
    contact: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class PeriodLedger:
    """Everything that the master ledger of one period shows.

    Attributes:
        office: The issuing office.
        period: The period.
        cut_off: Day that lights and days left hold for.
        made_at: When this was put together, UTC.
        plans: Plans, by sequence.
        tasks: Every task of every plan, in order.
        indicators: Every indicator, in order.
        missing: Agencies that have not returned.
        issued_agencies: How many agencies got a form.
        returned_agencies: How many have returned theirs.
        findings: What validation said about the returns in force.
        unassigned: Findings on tasks, indicators and groups that reach no agency.
    """

    office: str
    period: Period
    cut_off: date
    made_at: datetime
    plans: tuple[LedgerPlan, ...]
    tasks: tuple[TaskStanding, ...]
    indicators: tuple[IndicatorStanding, ...]
    missing: tuple[MissingAgency, ...]
    issued_agencies: int
    returned_agencies: int
    findings: tuple[AgencyFinding, ...]
    unassigned: tuple[Finding, ...]
