"""The form (责任清单) that one agency gets for one period: what is issued in it and how it is told apart."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planbook.model.period import Period


class Role(StrEnum):
    """An agency's part in a task."""

    LEAD = "牵头"
    SUPPORT = "配合"


class Status(StrEnum):
    """进展状态, as an agency reports it."""

    NOT_STARTED = "未启动"
    BEHIND = "滞后序时"
    ON_SCHEDULE = "达到序时"
    AHEAD = "超序时"
    DONE = "已完成"


@dataclass(frozen=True, slots=True)
class FormTask:
    """One issued row of 责任清单; `previous_progress` is last period's text, empty where there is none."""

    code: str
    plan_title: str
    section: str
    title: str
    body: str
    role: Role
    lead_agencies: tuple[str, ...]
    supporting_agencies: tuple[str, ...]
    deadline: date | None
    previous_progress: str = ""


@dataclass(frozen=True, slots=True)
class FormIndicator:
    """One issued row of 指标进度.

    Attributes:
        code: Indicator code.
        task_code: Code of its task, empty for a goal of the whole plan.
        name: Indicator name.
        target: Target in words, e.g. `≥1200` or `3–5`.
        unit: Unit as the plan writes it.
        by: When it is due, as the plan says it; may be empty.
        previous_value: Last period's value as text, empty where there is none.
    """

    code: str
    task_code: str
    name: str
    target: str
    unit: str
    by: str
    previous_value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that is issued to one agency for one period; sequence numbers follow the order here.

    Attributes:
        form_id: Unique, random, opaque; also seals the form to the ledger.
        workspace_id: Workspace that issued it.
        agency: Agency that it is for.
        period: Period that it asks about.
        version: 1 for the first issue of this agency and period, then counted up.
        issued_on: Day of issue.
        due_on: Day on which it should be back.
        office: Issuing office, as the form's heading names it.
        contact: Contact person and telephone at the issuing office.
        tasks: Rows of 责任清单.
        indicators: Rows of 指标进度.
        classification: Highest secrecy mark of its plans, None where there is none.
        layout_version: Layout that it is written by; an edited layout asks anew.
    """

    form_id: str
    workspace_id: str
    agency: str
    period: Period
    version: int
    issued_on: date
    due_on: date | None
    office: str
    contact: str
    tasks: tuple[FormTask, ...]
    indicators: tuple[FormIndicator, ...]
    classification: str | None = None
    layout_version: str = ""
