"""A task from its source in the plan to every report on it and every decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.actions.opening import opened_ledger
from planbook.model.decisions import Decision
from planbook.model.errors import PlanbookError
from planbook.model.ledger import ReceivedIndicator, ReceivedReport
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One agency's report in force on the task, or its value of one of the task's indicators, and its source."""

    period: str
    period_label: str
    agency: str
    role: str
    status: str
    percent: str
    text: str
    problems: str
    next_steps: str
    reporter: str
    phone: str
    file_name: str
    sha256: str
    sheet: str
    row: int
    received_at: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of the office."""

    kind: str
    decided_on: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class TaskHistory:
    """A task and what became of it, the latest period first."""

    code: str
    title: str
    body: str
    plan: str
    section: str
    leads: tuple[str, ...]
    supporting: tuple[str, ...]
    deadline: str
    excerpt: str
    source: str
    reports: tuple[ReportLine, ...]
    values: tuple[ReportLine, ...]
    decisions: tuple[DecisionLine, ...]


def see_task(workspace: Workspace, code: str) -> TaskHistory:
    """Return the history of the task `code`.

    Raises:
        PlanbookError: There is no such task, or the ledger cannot be read.
    """
    with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
        task = next((one for one in seen.plans.tasks(include_retired=True) if one.code == code.strip().upper()), None)
        if task is None:
            raise PlanbookError(f"台账里没有任务 {code[:40]}，请核对编号。")
        plan = next(one for one in seen.plans.all() if one.sequence == task.plan_sequence)
        reports = tuple(_report(one) for one in reversed(seen.reports.of_task(task.code)))
        decisions = seen.decisions.all([task.code]).get(task.code, ())
        values = tuple(_values(seen, task.code))
    page = f"第 {task.source_page} 页" if task.source_page else ""
    return TaskHistory(
        code=task.code,
        title=task.title,
        body=task.body,
        plan=plan.title,
        section=" › ".join(task.path),
        leads=task.lead_agencies,
        supporting=task.supporting_agencies,
        deadline=task.deadline.isoformat() if task.deadline else "",
        excerpt=task.excerpt,
        source=f"{plan.file_name} {page}第 {task.source_line} 行".strip(),
        reports=reports,
        values=values,
        decisions=tuple(_decision(one) for one in decisions),
    )


def _values(ledger: "Ledger", code: str) -> Iterator[ReportLine]:
    names = {one.code: one for one in ledger.plans.indicators(include_retired=True) if one.task_code == code}
    for one in reversed(ledger.reports.of_indicators(tuple(names))):
        indicator = names[one.report.indicator_code]
        yield _value(one, f"{indicator.name}：{one.report.raw or one.report.value} {indicator.unit}".strip())


def _report(one: ReceivedReport) -> ReportLine:
    report = one.report
    return ReportLine(
        period=str(one.period),
        period_label=one.period.label,
        agency=one.agency,
        role=report.role.value,
        status=report.status.value if report.status else "",
        percent="" if report.completion_percent is None else f"{report.completion_percent.normalize():f}",
        text=report.progress,
        problems=report.problems,
        next_steps=report.next_steps,
        reporter=report.reporter,
        phone=report.phone,
        file_name=one.file_name,
        sha256=one.file_sha256,
        sheet=report.sheet,
        row=report.row,
        received_at=one.received_at.isoformat(),
    )


def _value(one: ReceivedIndicator, text: str) -> ReportLine:
    return ReportLine(
        period=str(one.period),
        period_label=one.period.label,
        agency=one.agency,
        role="",
        status="",
        percent="",
        text=text,
        problems="",
        next_steps=one.report.remarks,
        reporter="",
        phone="",
        file_name=one.file_name,
        sha256=one.file_sha256,
        sheet=one.report.sheet,
        row=one.report.row,
        received_at=one.received_at.isoformat(),
    )


def _decision(one: Decision) -> DecisionLine:
    return DecisionLine(one.kind.value, one.decided_on.isoformat(), one.reason, one.who)
