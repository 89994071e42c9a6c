"""Puts together what the master ledger of a period shows, from the ledger's reports and the rules of the model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from planbook.actions.agency_standings import stand_agencies
from planbook.actions.indicator_standings import compare_indicators, stand_indicators
from planbook.actions.ledger_changes import changes_since
from planbook.actions.task_standings import LightMeasure, cut_off_day, mean, read_facts, stand_tasks
from planbook.model.affiliations import affiliations_of, named_agencies
from planbook.model.finding_doubts import find_indicator_doubts, find_other_doubts, find_task_doubts, gravest_first
from planbook.model.ledger import (
    Counted,
    MissingAgency,
    PeriodLedger,
    PeriodSummary,
    PreviousStanding,
    ReceivedReport,
    TaskStanding,
)
from planbook.model.period import Period
from planbook.model.slices import count_asked
from planbook.workspace.settings import Settings

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_MOST_PAST: Final = 8  # periods beside this one, as many as a chart shows


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
    earlier_periods = facts.earlier(period)
    before = earlier_periods[-1] if earlier_periods else None
    past = {one: stand_tasks(ledger, facts, one, measure, today=today) for one in earlier_periods[-_MOST_PAST:]}
    earlier = past[before] if before else ()
    standings = _beside(
        stand_tasks(ledger, facts, period, measure, today=today, before=_reports(earlier)), earlier, before
    )
    indicators = stand_indicators(ledger, facts, period, before)
    missing = count_asked(_missing(ledger, period, earlier_periods), standings)
    findings = ledger.reports.findings(period)
    issued = ledger.forms.issued_agencies(period)
    same = compare_indicators(indicators, facts)
    doubts = (
        *find_task_doubts(standings),
        *find_indicator_doubts(indicators, standings),
        *find_other_doubts(missing, same),
    )
    history = [_summary(ledger, one, tasks) for one, tasks in (*past.items(), (period, standings))]
    return PeriodLedger(
        office=settings.office,
        period=period,
        cut_off=cut_off_day(period, today),
        made_at=now,
        plans=tuple(facts.plans.values()),
        tasks=standings,
        indicators=indicators,
        missing=missing,
        issued_agencies=len(issued),
        returned_agencies=len(issued) - len(missing),
        findings=findings,
        unassigned=facts.assignments.findings,
        agencies=stand_agencies(
            ledger, facts, period, standings, indicators, findings=findings, measure=measure, rules=settings.scores
        ),
        doubts=gravest_first(doubts),
        same_indicators=same,
        previous=history[-2] if before else None,
        history=tuple(history),
        changes=changes_since(ledger, facts, period, before, standings),
        affiliations=affiliations_of(named_agencies(standings, indicators, missing), facts.directory),
        issued_to=issued,
    )


def _reports(standings: Iterable[TaskStanding]) -> Mapping[tuple[str, str], ReceivedReport]:
    return {
        (one.agency, one.task_code): one.received
        for standing in standings
        for one in standing.assignments
        if one.received
    }


def _missing(ledger: "Ledger", period: Period, earlier: Sequence[Period]) -> tuple[MissingAgency, ...]:
    missing = ledger.reports.missing(period)
    silent = ledger.reports.silent_periods([one.agency for one in missing], [period, *reversed(earlier)])
    return tuple(replace(one, silent_periods=silent[one.agency]) for one in missing)


def _beside(
    standings: Iterable[TaskStanding], earlier: Iterable[TaskStanding], before: Period | None
) -> tuple[TaskStanding, ...]:
    """Return the standings with those of the period before beside them."""
    if before is None:
        return tuple(standings)
    past = {one.task.code: PreviousStanding(before, one.light, one.completion_percent) for one in earlier}
    return tuple(replace(one, previous=past.get(one.task.code)) for one in standings)


def _summary(ledger: "Ledger", period: Period, standings: Iterable[TaskStanding]) -> PeriodSummary:
    tasks = list(standings)
    percents = [one.completion_percent for one in tasks if one.completion_percent is not None]
    counted = Counted.of(ledger.forms.issued_agencies(period), ledger.reports.missing(period), tasks)
    return PeriodSummary(
        period=period,
        issued_agencies=len(counted.issued),
        returned_agencies=len(counted.issued) - len(counted.silent),
        lights=tuple((light, len(codes)) for light, codes in counted.lights),
        closed=len(counted.closed),
        completion_percent=mean(percents),
        counted=counted,
    )
