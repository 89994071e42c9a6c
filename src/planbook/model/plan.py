"""A plan as a careful clerk would write it down: its metadata, tasks and indicators."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planbook.model.findings import Finding


class TaskKind(StrEnum):
    """A task proper, or an item of the safeguards section (保障措施)."""

    TASK = "task"
    SAFEGUARD = "safeguard"


class LeadBasis(StrEnum):
    """On what ground an agency is called lead (牵头单位).

    EXPLICIT: a word of the text (牵头、主办). FOOTNOTE: a statement in the document (列第一位的为牵头单位).
    PRESUMED: first listed, nothing else known. NONE: the text names no agency.
    """

    EXPLICIT = "explicit"
    FOOTNOTE = "footnote"
    PRESUMED = "presumed"
    NONE = "none"


class Operator(StrEnum):
    """How an indicator's value is to be compared with its target."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "<="
    LESS_THAN = "<"
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """Where in the document an item begins: `line` from 1; `page` from 1, None for unpaged documents."""

    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One task as read from the document.

    Attributes:
        path: Section headings above it, as printed, outermost first.
        number: Its number as printed (`1`, `(一)`, `第二节`); None for an item without one.
        title: Heading without number and closing 。; the first sentence where there is no heading.
        body: Text without heading and unit note; bullets belong to it.
        lead_agencies: 牵头单位, in the document's order, groups and shared parts expanded.
        supporting_agencies: 配合单位/责任单位, likewise; disjoint from the leads.
        lead_basis: Ground for the lead.
        deadline: 完成时限, only where stated of the task itself.
        kind: Task or safeguard.
        unit_note: Verbatim text that the agencies came from.
        truncated: The document breaks off within it.
        source: Where it begins.
        excerpt: The item verbatim, for the clerk to check against.
    """

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
    source: SourcePosition
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A quantified target, number and unit as written (`1.2万亿元` is 1.2 and 万亿元).

    Attributes:
        name: What is measured, as a clerk would call it.
        operator: How to compare.
        value: Target; the lower end of a range.
        value_max: Upper end of a range, else None.
        unit: Unit as written; may be empty.
        by: `YYYY` or `YYYY-MM-DD` when it is due, None where not said.
        quote: Verbatim text that it came from.
        task: Index into the plan's tasks; None for a goal of the whole plan.
    """

    name: str
    operator: Operator
    value: Decimal
    value_max: Decimal | None
    unit: str
    by: str | None
    quote: str
    task: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan document read.

    Attributes:
        title: Title of the plan itself, not of a covering notice; without 书名号.
        issuer: Issuing office, None where the text does not name it.
        document_number: 发文字号 with 〔〕, e.g. `长政办发〔2021〕11号`.
        period_start: First day that the plan covers, where known.
        period_end: Last day that the plan covers, where known.
        classification: Secrecy mark (秘密、机密、绝密、内部…), None where there is none.
        tasks: In the document's order.
        indicators: In the document's order.
        findings: What the clerk should look at.
        public: 此件公开发布/主动公开 stands in the text.
    """

    title: str
    issuer: str | None
    document_number: str | None
    period_start: date | None
    period_end: date | None
    classification: str | None
    tasks: tuple[PlanTask, ...]
    indicators: tuple[Indicator, ...]
    findings: tuple[Finding, ...]
    public: bool = False
