"""export: every report in force, flat."""

from dataclasses import dataclass
from datetime import date

from planbook.actions.opening import opened_ledger
from planbook.actions.task_standings import cut_off_day
from planbook.model.decisions import Decision, closure_of, deadline_of
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask, ReceivedIndicator, ReceivedReport
from planbook.model.lights import Light, read_light
from planbook.model.period import Period
from planbook.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class ExportedReport:
    """A report in force with its task's title and the light of this report alone."""

    task_title: str
    received: ReceivedReport
    light: Light


@dataclass(frozen=True, slots=True)
class ExportedIndicator:
    """An indicator value in force with what the plan says of the indicator; `task_code` None for a plan's goal."""

    task_code: str | None
    name: str
    unit: str
    received: ReceivedIndicator


@dataclass(frozen=True, slots=True)
class ExportResult:
    """Every report in force, by period, task and agency."""

    reports: tuple[ExportedReport, ...]
    indicators: tuple[ExportedIndicator, ...]


def export_reports(workspace: Workspace, period: Period | None, *, today: date) -> ExportResult:
    """Return every report in force, of one period or of all."""
    with opened_ledger(workspace) as ledger:
        plans = {plan.sequence: plan for plan in ledger.plans.all()}
        tasks = {task.code: task for task in ledger.plans.tasks(include_retired=True)}
        indicators = {one.code: one for one in ledger.plans.indicators(include_retired=True)}
        reports = sorted(ledger.reports.tasks(period), key=lambda one: (one.period, one.report.task_code, one.agency))
        decisions = ledger.decisions.all()
        values = sorted(
            ledger.reports.indicators(period), key=lambda one: (one.period, one.report.indicator_code, one.agency)
        )
    return ExportResult(
        tuple(
            _report(
                one,
                tasks[one.report.task_code],
                plans,
                workspace,
                today=today,
                decisions=decisions.get(one.report.task_code, ()),
            )
            for one in reports
        ),
        tuple(_indicator(one, indicators[one.report.indicator_code]) for one in values),
    )


def _report(
    one: ReceivedReport,
    task: LedgerTask,
    plans: dict[int, LedgerPlan],
    workspace: Workspace,
    *,
    today: date,
    decisions: tuple[Decision, ...],
) -> ExportedReport:
    plan = plans[task.plan_sequence]
    deadline = deadline_of(task.deadline, decisions, one.period)
    reading = read_light(
        status=one.report.status,
        completion_percent=one.report.completion_percent,
        is_reported=True,
        start=plan.period_start,
        deadline=deadline.effective,
        end=plan.period_end,
        cut_off=cut_off_day(one.period, today),
        rules=workspace.settings.lights,
        closure=closure_of(decisions, one.period),
    )
    return ExportedReport(task.title, one, reading.light)


def _indicator(one: ReceivedIndicator, indicator: LedgerIndicator) -> ExportedIndicator:
    return ExportedIndicator(indicator.task_code, indicator.name, indicator.unit, one)
