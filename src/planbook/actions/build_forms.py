"""What each agency is asked in a period: form contents from tasks, assignments and last period's reports."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from planbook.model.assignment import Assignments
from planbook.model.form import Form, FormIndicator, FormTask, Role
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask, ReceivedIndicator, ReceivedReport
from planbook.model.period import Period
from planbook.model.plan import Operator

_SIGNS: Final = {Operator.AT_LEAST: "≥", Operator.MORE_THAN: "＞", Operator.AT_MOST: "≤", Operator.LESS_THAN: "＜"}
_CLASSIFICATIONS: Final = ("内部", "秘密", "机密", "绝密")


@dataclass(frozen=True, slots=True)
class FormSource:
    """Everything that forms of one period are built from.

    `reports` and `indicator_reports` are the latest before the period, by (agency, code).
    """

    workspace_id: str
    period: Period
    issued_on: date
    due_on: date | None
    office: str
    contact: str
    layout_version: str
    plans: Sequence[LedgerPlan]
    tasks: Sequence[LedgerTask]
    indicators: Sequence[LedgerIndicator]
    assignments: Assignments
    reports: Mapping[tuple[str, str], ReceivedReport]
    indicator_reports: Mapping[tuple[str, str], ReceivedIndicator]


def build_forms(source: FormSource) -> tuple[Form, ...]:
    """Return each agency's form, in the order in which the plans first name them; ids and versions are left empty.

    An agency without a task or indicator gets none. Rows follow the plans, whatever the agency's part.
    """
    roles: dict[str, dict[str, Role]] = {}
    for part in source.assignments.parts:
        roles.setdefault(part.agency.name, {})[part.task_code] = part.role
    reported: dict[str, set[str]] = {}
    for code, reporters in source.assignments.reporters.items():
        for agency in reporters:
            roles.setdefault(agency.name, {})
            reported.setdefault(agency.name, set()).add(code)
    return tuple(_form(source, agency, parts, reported.get(agency, set())) for agency, parts in roles.items())


def _form(source: FormSource, agency: str, roles: Mapping[str, Role], indicator_codes: Set[str]) -> Form:
    plans = {plan.sequence: plan for plan in source.plans}
    tasks = [task for task in source.tasks if task.code in roles]
    indicators = [indicator for indicator in source.indicators if indicator.code in indicator_codes]
    sequences = {task.plan_sequence for task in tasks} | {indicator.plan_sequence for indicator in indicators}
    return Form(
        form_id="",
        workspace_id=source.workspace_id,
        agency=agency,
        period=source.period,
        version=0,
        issued_on=source.issued_on,
        due_on=source.due_on,
        office=source.office,
        contact=source.contact,
        tasks=tuple(_task_row(source, agency, task, plans[task.plan_sequence], roles[task.code]) for task in tasks),
        indicators=tuple(_indicator_row(source, agency, indicator) for indicator in indicators),
        classification=highest_classification(plans[sequence].classification for sequence in sequences),
        layout_version=source.layout_version,
    )


def _task_row(source: FormSource, agency: str, task: LedgerTask, plan: LedgerPlan, role: Role) -> FormTask:
    previous = source.reports.get((agency, task.code))
    return FormTask(
        code=task.code,
        plan_title=plan.title,
        section=" ".join(task.path),
        title=task.title,
        body=task.body,
        role=role,
        lead_agencies=task.lead_agencies,
        supporting_agencies=task.supporting_agencies,
        deadline=task.deadline,
        previous_progress=previous.report.progress if previous else "",
    )


def _indicator_row(source: FormSource, agency: str, indicator: LedgerIndicator) -> FormIndicator:
    previous = source.indicator_reports.get((agency, indicator.code))
    return FormIndicator(
        code=indicator.code,
        task_code=indicator.task_code or "",
        name=indicator.name,
        target=target_text(indicator),
        unit=indicator.unit,
        by=indicator.by or "",
        previous_value=previous.report.raw if previous else "",
    )


def target_text(indicator: LedgerIndicator) -> str:
    """Return a target in words: `≥1200`, `约30`, `3—5`, `15`."""
    value = _plain(indicator.value)
    if indicator.value_max is not None:
        return f"{value}—{_plain(indicator.value_max)}"
    if indicator.operator is Operator.ABOUT:
        return f"约{value}"
    return _SIGNS.get(indicator.operator, "") + value


def highest_classification(marks: Iterable[str | None]) -> str | None:
    """Return the strictest of some secrecy marks; one that is not known counts as the strictest."""
    present = [mark for mark in marks if mark]
    if not present:
        return None
    unknown = len(_CLASSIFICATIONS)
    return max(present, key=lambda mark: _CLASSIFICATIONS.index(mark) if mark in _CLASSIFICATIONS else unknown)


def has_same_content(one: Form, other: Form) -> bool:
    """Return whether two forms ask the same in the same layout: all but identity, version and day of issue."""
    return replace(one, form_id=other.form_id, version=other.version, issued_on=other.issued_on) == other


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
