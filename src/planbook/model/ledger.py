"""The ledger's nouns: plans and tasks under their codes, who is assigned, and how each task stands in a period."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from planbook.model.decisions import NO_DEADLINE, NOT_CLOSED, Closure, DeadlineStanding, Decision
from planbook.model.doubts import Doubt
from planbook.model.findings import Finding
from planbook.model.form import Role
from planbook.model.lights import Light, LightReading
from planbook.model.period import Period
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.model.scores import AgencyScore
from planbook.model.submission import IndicatorReport, TaskReport
from planbook.model.trends import IndicatorTrend


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
    """One agency's part in one task in a period.

    Attributes:
        task_code: The task.
        agency: The agency.
        role: Its part.
        is_issued: The task stands in a form that it was sent for the period.
        received: Its report, None where it has not returned its form.
        previous: Its report in force of the period before, None where there is none.
        light: How its own report stands, whatever the others say; None where that was not reckoned.
    """

    task_code: str
    agency: str
    role: Role
    is_issued: bool
    received: ReceivedReport | None
    previous: ReceivedReport | None = None
    light: LightReading | None = None


@dataclass(frozen=True, slots=True)
class PreviousStanding:
    """How a task stood in the ledger of the period before: its light, and the mean of its leads' progress."""

    period: Period
    light: LightReading
    completion_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A task as the master ledger shows it.

    Attributes:
        task: The task.
        plan: Its plan.
        assignments: Who has a part in it, leads first.
        light: The worst of its leads' lights; where the office closed or suspended it, what follows from that.
        days_left: Days from the cut-off to the effective deadline, negative where overdue, None without deadline.
        deadline: Original, approved and claimed deadline; `deadline.effective` is the one that counts.
        closure: How far it is settled, with the decision that made it so (evidence, checker, day).
        decisions: Every decision on it that this period's ledger reckons with, in order.
        completion_percent: Mean of what its leads report, None where none reports a number.
        previous: How it stood in the period before, None where it did not.
    """

    task: LedgerTask
    plan: LedgerPlan
    assignments: tuple[Assignment, ...]
    light: LightReading
    days_left: int | None
    deadline: DeadlineStanding = NO_DEADLINE
    closure: Closure = NOT_CLOSED
    decisions: tuple[Decision, ...] = ()
    completion_percent: Decimal | None = None
    previous: PreviousStanding | None = None


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """An indicator as the master ledger shows it.

    Attributes:
        indicator: The indicator.
        plan: Its plan.
        agencies: Who reports it.
        received: What each agency reported in the period.
        previous: What each agency reported in force in the period before.
        trend: Its values over the periods and where they lead, None where none was reported.
    """

    indicator: LedgerIndicator
    plan: LedgerPlan
    agencies: tuple[str, ...]
    received: tuple[ReceivedIndicator, ...]
    previous: tuple[ReceivedIndicator, ...] = ()
    trend: IndicatorTrend | None = None


@dataclass(frozen=True, slots=True)
class ComparedStanding:
    """One indicator beside its namesakes of other plans.

    Attributes:
        standing: The indicator with its reports.
        area: Whose target it is, from the plan's issuer or title; empty where neither names a place.
        differs_from: Codes of namesakes with another target for the same area, unit and day.
        disagrees_with: Codes of namesakes for which another value was reported.
    """

    standing: IndicatorStanding
    area: str
    differs_from: tuple[str, ...] = ()
    disagrees_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SameIndicator:
    """The same indicator over several plans, side by side."""

    name: str
    members: tuple[ComparedStanding, ...]


@dataclass(frozen=True, slots=True)
class AgencyFinding:
    """A finding on one agency's return in the period (问题清单)."""

    agency: str
    file_name: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class MissingAgency:
    """An agency whose form was issued and not returned; `silent_periods` counts this one and those just before."""

    agency: str
    tasks: int
    lead_tasks: int
    issued_on: date
    due_on: date | None
    contact: str
    phone: str
    email: str
    silent_periods: int = 1


@dataclass(frozen=True, slots=True)
class AgencyStanding:
    """How one agency stands in a period: what it was asked, how it answered, what that is worth.

    Attributes:
        agency: Name.
        category: 分类考核 category: 省直单位, 市州, 县市区, 园区 …
        tasks: Tasks that it was asked about, or has a part in where nothing was issued.
        lead_tasks: Those of them that it leads.
        due_on: Day by which its form was due, None where none was issued.
        returned_at: When its first return came in, UTC; None where none did.
        days_late: Days after `due_on` (0 if in time), None where nothing came or nothing was due.
        versions: Returns that were taken in: 1 means that none had to be sent again.
        errors: Findings that are errors on the return in force.
        warnings: Likewise warnings.
        lights: How many of the tasks that it leads show each light.
        completion_percent: Mean of what it reports on the tasks that it leads.
        score: Its score, None where it was not asked.
    """

    agency: str
    category: str
    tasks: int
    lead_tasks: int
    due_on: date | None
    returned_at: datetime | None
    days_late: int | None
    versions: int
    errors: int
    warnings: int
    lights: tuple[tuple[Light, int], ...]
    completion_percent: Decimal | None
    score: AgencyScore | None = None


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """Something that is otherwise than in the ledger of the period before.

    Attributes:
        subject: 任务, 指标, 单位 or 方案.
        key: Code or name.
        title: Title of the task, name of the indicator.
        field: What changed: 亮灯, 完成进度, 时限, 办理状态, 牵头单位, 新增, 删除 …
        before: In words, empty where there was nothing.
        after: In words, empty where there is nothing.
        reason: Reason of the decision behind it, if one is.
        who: Who decided or changed it, empty where reports did.
        at: When, UTC; None where it follows from the reports of the two periods.
        source: File (and cell) that it came from.
    """

    subject: str
    key: str
    title: str
    field: str
    before: str
    after: str
    reason: str = ""
    who: str = ""
    at: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the figures of a period were counted from.

    Attributes:
        issued: Agencies that got a form.
        silent: Those of them that did not return it.
        lights: Codes of tasks by light.
        closed: Codes of those that were closed by then.
    """

    issued: tuple[str, ...]
    silent: tuple[str, ...]
    lights: tuple[tuple[Light, tuple[str, ...]], ...]
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """The figures of one period, for charts over periods.

    Attributes:
        period: The period.
        issued_agencies: Agencies that got a form.
        returned_agencies: Those of them that returned it.
        lights: Tasks by light.
        closed: Tasks that were closed by then.
        completion_percent: Mean over the tasks with a number.
        counted: What was counted.
    """

    period: Period
    issued_agencies: int
    returned_agencies: int
    lights: tuple[tuple[Light, int], ...]
    closed: int
    completion_percent: Decimal | None
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where an agency belongs: its 分类考核 category, and the leaders (分管领导) that it answers to."""

    agency: str
    category: str
    leaders: tuple[str, ...] = ()


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
        agencies: How each agency stands, ranked within its category.
        doubts: Contradictions and drift (疑点), the gravest first.
        same_indicators: The same indicator over several plans, with what was reported, side by side.
        previous: Figures of the period before, None for the first.
        history: Figures of the periods so far, the oldest first, this one last.
        changes: What is otherwise than in the period before.
        as_of: Day at whose end the ledger was as shown here; None for now.
        affiliations: Where each agency belongs that has a part in anything here.
        scope: Which part of the whole it is, in words; empty for the whole.
        is_public: It holds only what may be published.
        issued_to: The agencies that got a form, in the order of issue.
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
    agencies: tuple[AgencyStanding, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    same_indicators: tuple[SameIndicator, ...] = ()
    previous: PeriodSummary | None = None
    history: tuple[PeriodSummary, ...] = ()
    changes: tuple[LedgerChange, ...] = ()
    as_of: date | None = None
    affiliations: tuple[Affiliation, ...] = ()
    scope: str = ""
    is_public: bool = False
    issued_to: tuple[str, ...] = ()
