"""Rows of 任务分解表.xlsx as the clerk left them, and the same rows as the ledger would show them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planbook.model.agency import Agency
from planbook.model.findings import Finding, Location
from planbook.model.ledger import LedgerIndicator, LedgerTask
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.outputs.cell_text import clean_text, plain_number
from planbook.outputs.review_layout import BASIS_LABELS, KIND_LABELS, NO, OPERATOR_LABELS, YES
from planbook.outputs.review_values import tidy_name
from planbook.sheets.raw import cell_address

SECTION_SEPARATOR = " / "
NAME_SEPARATOR = "、"


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: worksheet, row from 1, and the column (from 1) of each field that the sheet has."""

    sheet: str
    row: int
    columns: Mapping[str, int]

    def location(self, field_name: str) -> Location:
        """Return the cell of `field_name`; the first cell of the row where the sheet has no such column."""
        return Location(sheet=self.sheet, cell=cell_address(self.row, self.columns.get(field_name, 1)))


NO_PLACE = RowPlace("", 1, {})


@dataclass(frozen=True, slots=True)
class ReviewTaskRow:
    """One row of 任务分解.

    `code` is empty in a row that the clerk added, or provisional (`新1`). `unreadable` names fields whose cell
    makes no sense; a finding says why, and the value here means nothing.
    """

    code: str
    plan_title: str
    section: str
    number: str
    kind: TaskKind
    title: str
    body: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    basis: LeadBasis
    deadline: date | None
    excerpt: str
    unit_note: str
    note: str
    is_kept: bool = True
    place: RowPlace = NO_PLACE
    unreadable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewIndicatorRow:
    """One row of 指标; `value` is None only where the cell is unreadable or empty. Otherwise like a task row."""

    code: str
    plan_title: str
    task_code: str
    name: str
    operator: Operator
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    by: str
    agencies: tuple[str, ...]
    quote: str
    note: str
    is_kept: bool = True
    place: RowPlace = NO_PLACE
    unreadable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewAgencyRow:
    """One row of 单位."""

    name: str
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    is_group: bool
    level: str
    contact: str
    phone: str
    email: str
    leader: str = ""
    place: RowPlace = NO_PLACE
    unreadable: frozenset[str] = frozenset()


ReviewRow = ReviewTaskRow | ReviewIndicatorRow | ReviewAgencyRow

TASK_FIELDS = ("section", "number", "kind", "title", "body", "leads", "supports", "basis", "deadline", "note")
INDICATOR_FIELDS = ("task_code", "name", "operator", "value", "value_max", "unit", "by", "agencies", "note")
AGENCY_FIELDS = ("aliases", "groups", "is_group", "level", "contact", "phone", "email", "leader")
"""What the clerk may change, by the names of the rows' attributes."""


@dataclass(frozen=True, slots=True)
class ReviewBase:
    """What the table showed when it was written: digests of each row's fields, so that only true edits count.

    Attributes:
        workspace_id: Workspace that wrote the table.
        digests: (sheet, code or agency name) to field to digest.
    """

    workspace_id: str
    digests: Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReviewReading:
    """任务分解表.xlsx as read.

    Attributes:
        tasks: Rows of 任务分解, in the sheet's order.
        indicators: Rows of 指标.
        agencies: Rows of 单位.
        base: What the table showed when it was written, None where its hidden sheet is gone.
        sheets: Worksheets of the specification that could be read.
        findings: What makes no sense, with cell addresses.
    """

    tasks: tuple[ReviewTaskRow, ...]
    indicators: tuple[ReviewIndicatorRow, ...]
    agencies: tuple[ReviewAgencyRow, ...]
    base: ReviewBase | None = None
    sheets: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = field(default=())


def shown_task(task: LedgerTask, plan_title: str) -> ReviewTaskRow:
    """Return the row that shows `task`, equal to what reading it back untouched gives."""
    return ReviewTaskRow(
        code=task.code,
        plan_title=_shown(plan_title),
        section=_shown(SECTION_SEPARATOR.join(task.path)),
        number=_shown(task.number or ""),
        kind=task.kind,
        title=_shown(task.title),
        body=_shown(task.body),
        leads=tuple(_shown_name(name) for name in task.lead_agencies),
        supports=tuple(_shown_name(name) for name in task.supporting_agencies),
        basis=task.lead_basis,
        deadline=task.deadline,
        excerpt=_shown(task.excerpt),
        unit_note=_shown(task.unit_note or ""),
        note=_shown(task.note),
    )


def shown_indicator(indicator: LedgerIndicator, plan_title: str) -> ReviewIndicatorRow:
    """Return the row that shows `indicator`, equal to what reading it back untouched gives."""
    return ReviewIndicatorRow(
        code=indicator.code,
        plan_title=_shown(plan_title),
        task_code=indicator.task_code or "",
        name=_shown(indicator.name),
        operator=indicator.operator,
        value=indicator.value,
        value_max=indicator.value_max,
        unit=_shown(indicator.unit),
        by=_shown(indicator.by or ""),
        agencies=tuple(_shown_name(name) for name in indicator.agencies),
        quote=_shown(indicator.quote),
        note=_shown(indicator.note),
    )


def shown_agency(agency: Agency) -> ReviewAgencyRow:
    """Return the row that shows `agency`, equal to what reading it back untouched gives."""
    return ReviewAgencyRow(
        name=_shown_name(agency.name),
        aliases=tuple(_shown_name(name) for name in agency.aliases),
        groups=tuple(_shown_name(name) for name in agency.groups),
        is_group=agency.is_group,
        level=_shown(agency.level),
        contact=_shown(agency.contact),
        phone=_shown(agency.phone),
        email=_shown(agency.email),
        leader=_shown(agency.leader),
    )


def in_words(value: object) -> str:
    """Return a row's value as the table shows it."""
    if isinstance(value, tuple):
        return NAME_SEPARATOR.join(value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, TaskKind):
        return KIND_LABELS[value]
    if isinstance(value, LeadBasis):
        return BASIS_LABELS[value]
    if isinstance(value, Operator):
        return OPERATOR_LABELS[value]
    if isinstance(value, Decimal):
        return plain_number(value)
    return "" if value is None else str(value)


def digest(value: object) -> str:
    """Return a short digest of a row's value, by which a later reading tells whether the clerk changed it."""
    return hashlib.sha256(in_words(value).encode()).hexdigest()[:12]


def _shown(text: str) -> str:
    return clean_text(text).strip()


def _shown_name(name: str) -> str:
    return tidy_name(clean_text(name))
