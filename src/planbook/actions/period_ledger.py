"""Puts together what the master ledger of a period shows, from the ledger's reports and the rules of the model."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from planbook.model.assignment import Assignments, assign
from planbook.model.form import Role
from planbook.model.ledger import (
    Assignment,
    IndicatorStanding,
    LedgerPlan,
    LedgerTask,
    PeriodLedger,
    ReceivedIndicator,
    ReceivedReport,
    TaskStanding,
)
from planbook.model.lights import Light, LightReading, LightRules, read_light
from planbook.model.period import Period
from planbook.workspace.settings import Settings

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_WORST_FIRST: Final = (Light.RED, Light.YELLOW, Light.GREY, Light.BLUE, Light.GREEN)


def cut_off_day(period: Period, today: date) -> date:
    """Return the day that a period's lights hold for: its last day, or today while it is still running."""
    return min(today, period.end)


def build_period_ledger(
    ledger: "Ledger", settings: Settings, period: Period, *, now: datetime, today: date
) -> PeriodLedger:
    """Return everything that the master ledger of `period` shows, all of it read from one state of the ledger."""
    with ledger.snapshot() as seen:
        return _build(seen, settings, period, now=now, today=today)


def _build(ledger: "Ledger", settings: Settings, period: Period, *, now: datetime, today: date) -> PeriodLedger:
    plans = {plan.sequence: plan for plan in ledger.plans.all()}
    tasks, indicators = ledger.plans.tasks(), ledger.plans.indicators()
    assignments = assign(tasks, indicators, ledger.agencies.directory())
    forms = ledger.forms.of_period(period)
    issued = {(form.agency, row.code): row.role for form in forms for row in form.tasks}
    received = {(one.agency, one.report.task_code): one for one in ledger.reports.tasks(period)}
    parts = _assignments_by_task(assignments, issued, received)
    cut_off = cut_off_day(period, today)
    standings = [
        stand_task(task, plans[task.plan_sequence], parts.get(task.code, ()), cut_off, settings.lights)
        for task in tasks
    ]
    values: dict[str, list[ReceivedIndicator]] = {}
    for one in ledger.reports.indicators(period):
        values.setdefault(one.report.indicator_code, []).append(one)
    missing = ledger.reports.missing(period)
    issued_agencies = {form.agency for form in forms}
    return PeriodLedger(
        office=settings.office,
        period=period,
        cut_off=cut_off,
        made_at=now,
        plans=tuple(plans.values()),
        tasks=tuple(standings),
        indicators=tuple(
            IndicatorStanding(
                indicator,
                plans[indicator.plan_sequence],
                tuple(agency.name for agency in assignments.reporters[indicator.code]),
                tuple(values.get(indicator.code, ())),
            )
            for indicator in indicators
        ),
        missing=missing,
        issued_agencies=len(issued_agencies),
        returned_agencies=len(issued_agencies) - len(missing),
        findings=ledger.reports.findings(period),
        unassigned=assignments.findings,
    )


def _assignments_by_task(
    assignments: Assignments, issued: Mapping[tuple[str, str], Role], received: Mapping[tuple[str, str], ReceivedReport]
) -> Mapping[str, tuple[Assignment, ...]]:
    """Return who has a part in each task in the period, leads first, otherwise in the plan's order.

    A part is what the plan says as it stands, or what was asked in a form: a report counts even if the plan was
    changed since.
    """
    roles: dict[str, dict[str, Role]] = {}
    for part in assignments.parts:
        roles.setdefault(part.task_code, {})[part.agency.name] = part.role
    for (agency, code), role in issued.items():
        roles.setdefault(code, {}).setdefault(agency, role)
    return {
        code: tuple(
            Assignment(code, agency, role, (agency, code) in issued, received.get((agency, code)))
            for agency, role in sorted(agencies.items(), key=lambda item: item[1] is not Role.LEAD)
        )
        for code, agencies in roles.items()
    }


def stand_task(
    task: LedgerTask, plan: LedgerPlan, assignments: Sequence[Assignment], cut_off: date, rules: LightRules
) -> TaskStanding:
    """Return how a task stands: its light is the worst of its leads', or of all its agencies where it has no lead."""
    leads = [one for one in assignments if one.role is Role.LEAD] or list(assignments)
    light = worst_light(_light(task, plan, one, cut_off, rules) for one in leads)
    days_left = (task.deadline - cut_off).days if task.deadline else None
    return TaskStanding(task, plan, tuple(assignments), light or _nobody(cut_off), days_left)


def worst_light(readings: Iterable[LightReading]) -> LightReading | None:
    """Return the reading that needs attention most, None where there is none."""
    return min(readings, key=lambda reading: _WORST_FIRST.index(reading.light), default=None)


def _light(
    task: LedgerTask, plan: LedgerPlan, assignment: Assignment, cut_off: date, rules: LightRules
) -> LightReading:
    report = assignment.received.report if assignment.received else None
    return read_light(
        status=report.status if report else None,
        completion_percent=report.completion_percent if report else None,
        is_reported=report is not None,
        start=plan.period_start,
        deadline=task.deadline,
        end=plan.period_end,
        cut_off=cut_off,
        rules=rules,
    )


def _nobody(cut_off: date) -> LightReading:
    return LightReading(Light.GREY, "没有责任单位", cut_off)
