"""export: every report in force, flat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planbook.actions.opening import ledger_as_of
from planbook.actions.task_standings import LightMeasure, closure_after_reports, cut_off_day, situation_of
from planbook.model.decisions import Closure, DeadlineStanding, Decision, closure_of, deadline_of
from planbook.model.form import Role
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask, ReceivedIndicator, ReceivedReport
from planbook.model.light_reading import read_light
from planbook.model.lights import LightReading
from planbook.model.period import Period
from planbook.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class ExportedReport:
    """A report in force with its task's title, its own light, and how its task stands in its period."""

    task_title: str
    received: ReceivedReport
    light: LightReading
    deadline: DeadlineStanding
    closure: Closure


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


def export_reports(
    workspace: Workspace, period: Period | None, *, today: date, as_of: date | None = None
) -> ExportResult:
    """Return every report in force, of one period or of all; with `as_of`, as it was at the end of that day."""
    today = min(today, as_of or today)
    measure = LightMeasure.of(workspace.settings)
    with ledger_as_of(workspace, as_of) as ledger:
        plans = {plan.sequence: plan for plan in ledger.plans.all()}
        tasks = {task.code: task for task in ledger.plans.tasks(include_retired=True)}
        indicators = {one.code: one for one in ledger.plans.indicators(include_retired=True)}
        reports = sorted(ledger.reports.tasks(period), key=lambda one: (one.period, one.report.task_code, one.agency))
        decisions = ledger.decisions.all()
        values = sorted(
            ledger.reports.indicators(period), key=lambda one: (one.period, one.report.indicator_code, one.agency)
        )
    answers: dict[tuple[Period, str], list[ReceivedReport]] = {}
    for one in reports:
        answers.setdefault((one.period, one.report.task_code), []).append(one)
    return ExportResult(
        tuple(
            _report(
                one,
                tasks[one.report.task_code],
                plans,
                measure=measure,
                today=today,
                decisions=decisions.get(one.report.task_code, ()),
                answers=answers[one.period, one.report.task_code],
            )
            for one in reports
        ),
        tuple(_indicator(one, indicators[one.report.indicator_code]) for one in values),
    )


def _report(
    one: ReceivedReport,
    task: LedgerTask,
    plans: dict[int, LedgerPlan],
    *,
    measure: LightMeasure,
    today: date,
    decisions: tuple[Decision, ...],
    answers: Sequence[ReceivedReport],
) -> ExportedReport:
    deadline = deadline_of(task.deadline, decisions, one.period)
    closure = closure_of(decisions, one.period)
    situation = situation_of(
        one,
        plans[task.plan_sequence],
        deadline,
        closure,
        cut_off=cut_off_day(one.period, today),
        is_lead=one.report.role is Role.LEAD,
    )
    light = read_light(situation, measure.rules, measure.calendar)
    leads = [answer for answer in answers if answer.report.role is Role.LEAD]
    counted = leads if leads or task.lead_agencies else answers  # as the ledger does: a silent lead has said nothing
    return ExportedReport(task.title, one, light, deadline, closure_after_reports(closure, counted))


def _indicator(one: ReceivedIndicator, indicator: LedgerIndicator) -> ExportedIndicator:
    return ExportedIndicator(indicator.task_code, indicator.name, indicator.unit, one)
