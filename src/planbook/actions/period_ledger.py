"""Puts together what the master ledger of a period shows, from the ledger's reports and the rules of the model."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from planbook.actions.task_standings import LedgerFacts, LightMeasure, cut_off_day, mean, read_facts, stand_tasks
from planbook.model.decisions import ClosureState
from planbook.model.ledger import (
    IndicatorStanding,
    PeriodLedger,
    PeriodSummary,
    PreviousStanding,
    ReceivedIndicator,
    TaskStanding,
)
from planbook.model.lights import Light
from planbook.model.period import Period
from planbook.workspace.settings import Settings

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


def build_period_ledger(
    ledger: "Ledger", settings: Settings, period: Period, *, now: datetime, today: date, as_of: date | None = None
) -> PeriodLedger:
    """Return everything that the master ledger of `period` shows, all of it read from one state of the ledger.

    `as_of` is the day whose past state `ledger` shows, None for now; then `today` should be that day.
    """
    with ledger.snapshot() as seen:
        return replace(_build(seen, settings, period, now=now, today=today), as_of=as_of)


def _build(ledger: "Ledger", settings: Settings, period: Period, *, now: datetime, today: date) -> PeriodLedger:
    facts = read_facts(ledger)
    measure = LightMeasure.of(settings)
    before = facts.before(period)
    earlier = stand_tasks(ledger, facts, before, measure, today=today) if before else ()
    reports_before = {
        (one.agency, one.task_code): one.received
        for standing in earlier
        for one in standing.assignments
        if one.received
    }
    standings = stand_tasks(ledger, facts, period, measure, today=today, before=reports_before)
    standings = _beside(standings, earlier, before)
    missing = ledger.reports.missing(period)
    issued = ledger.forms.issued_agencies(period)
    assignments = facts.assignments_in(period)
    return PeriodLedger(
        office=settings.office,
        period=period,
        cut_off=cut_off_day(period, today),
        made_at=now,
        plans=tuple(facts.plans.values()),
        tasks=standings,
        indicators=_indicators(ledger, facts, period, before),
        missing=missing,
        issued_agencies=issued,
        returned_agencies=issued - len(missing),
        findings=ledger.reports.findings(period),
        unassigned=assignments.findings,
        previous=_summary(ledger, before, earlier) if before else None,
    )


def _beside(
    standings: Iterable[TaskStanding], earlier: Iterable[TaskStanding], before: Period | None
) -> tuple[TaskStanding, ...]:
    """Return the standings with those of the period before beside them."""
    if before is None:
        return tuple(standings)
    past = {one.task.code: PreviousStanding(before, one.light, one.completion_percent) for one in earlier}
    return tuple(replace(one, previous=past.get(one.task.code)) for one in standings)


def _indicators(
    ledger: "Ledger", facts: LedgerFacts, period: Period, before: Period | None
) -> tuple[IndicatorStanding, ...]:
    reporters = facts.assignments_in(period).reporters
    values = _values(ledger, period)
    earlier = _values(ledger, before) if before else {}
    return tuple(
        IndicatorStanding(
            indicator,
            facts.plans[indicator.plan_sequence],
            tuple(agency.name for agency in reporters[indicator.code]),
            tuple(values.get(indicator.code, ())),
            tuple(earlier.get(indicator.code, ())),
        )
        for indicator in facts.indicators
    )


def _values(ledger: "Ledger", period: Period) -> Mapping[str, list[ReceivedIndicator]]:
    values: dict[str, list[ReceivedIndicator]] = {}
    for one in ledger.reports.indicators(period):
        values.setdefault(one.report.indicator_code, []).append(one)
    return values


def _summary(ledger: "Ledger", period: Period, standings: Iterable[TaskStanding]) -> PeriodSummary:
    issued = ledger.forms.issued_agencies(period)
    tasks = list(standings)
    counts = {light: sum(one.light.light is light for one in tasks) for light in Light}
    percents = [one.completion_percent for one in tasks if one.completion_percent is not None]
    return PeriodSummary(
        period=period,
        issued_agencies=issued,
        returned_agencies=issued - len(ledger.reports.missing(period)),
        lights=tuple(counts.items()),
        closed=sum(one.closure.state is ClosureState.CLOSED for one in tasks),
        completion_percent=mean(percents),
    )
