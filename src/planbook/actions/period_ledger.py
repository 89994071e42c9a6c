"""Puts together what the master ledger of a period shows, from the ledger's reports and the rules of the model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from planbook.actions.agency_standings import stand_agencies
from planbook.actions.indicator_standings import compare_indicators, stand_indicators
from planbook.actions.ledger_changes import changes_since, reported_changes
from planbook.actions.task_standings import LedgerFacts, LightMeasure, cut_off_day, mean, read_facts, stand_tasks
from planbook.model.affiliations import affiliations_of, named_agencies
from planbook.model.doubts import Doubt
from planbook.model.finding_doubts import find_indicator_doubts, find_other_doubts, find_task_doubts, gravest_first
from planbook.model.ledger import (
    LedgerChange,
    MissingAgency,
    PeriodLedger,
    PeriodSummary,
    PreviousStanding,
    ReceivedReport,
    TaskStanding,
)
from planbook.model.period import Period
from planbook.model.slices import count_asked
from planbook.model.tallies import TaskTally, count_from
from planbook.workspace.settings import Settings

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_MOST_PAST: Final = 8  # periods beside this one, as many as a chart shows


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """What a ledger makes of one task's standing, beside showing it.

    Attributes:
        tally: What is counted of it.
        doubts: Doubts on it.
        changes: What reports changed since the period before.
    """

    tally: TaskTally
    doubts: tuple[Doubt, ...]
    changes: tuple[LedgerChange, ...]

    @classmethod
    def of(cls, standing: TaskStanding) -> "TaskOutcome":
        """Return the outcome of a task that stands so."""
        return cls(TaskTally.of(standing), find_task_doubts((standing,)), tuple(reported_changes(standing)))


@dataclass(frozen=True, slots=True)
class BuiltPeriod:
    """A period's ledger, with what was made of each of its tasks.

    Attributes:
        ledger: The ledger; made from outcomes that were kept, it is without its tasks.
        outcomes: One for each task, in the ledger's order.
    """

    ledger: PeriodLedger
    outcomes: tuple[TaskOutcome, ...]


def build_period_ledger(
    ledger: "Ledger", settings: Settings, period: Period, *, now: datetime, today: date, as_of: date | None = None
) -> PeriodLedger:
    """Return everything that the master ledger of `period` shows, all of it read from one state of the ledger.

    `as_of` is the day whose past state `ledger` shows, None for now; then `today` should be that day.
    """
    with ledger.snapshot() as seen:
        return replace(build_period(seen, settings, period, now=now, today=today).ledger, as_of=as_of)


def build_period(ledger: "Ledger", settings: Settings, period: Period, *, now: datetime, today: date) -> BuiltPeriod:
    """Return the same from a snapshot of the ledger, with what was made of each task."""
    facts = read_facts(ledger)
    measure = LightMeasure.of(settings)
    past: list[PeriodSummary] = []
    earlier: tuple[TaskStanding, ...] = ()
    for one in facts.earlier(period)[-_MOST_PAST:]:  # the last of them is the period before
        earlier = stand_tasks(ledger, facts, one, measure, today=today)
        past.append(_summary(ledger, one, map(TaskTally.of, earlier)))
    standings = stand_beside(ledger, facts, period, measure, today=today, earlier=earlier)
    outcomes = tuple(map(TaskOutcome.of, standings))
    built = assemble_period(ledger, facts, settings, period, outcomes, past=past, now=now, today=today)
    return BuiltPeriod(replace(built, tasks=standings), outcomes)


def stand_beside(
    ledger: "Ledger",
    facts: LedgerFacts,
    period: Period,
    measure: LightMeasure,
    *,
    today: date,
    earlier: Sequence[TaskStanding],
    codes: Sequence[str] | None = None,
) -> tuple[TaskStanding, ...]:
    """Return how tasks stand in `period`, how they stood `earlier` beside it; with `codes`, only those tasks."""
    standings = stand_tasks(ledger, facts, period, measure, today=today, before=_reports(earlier), codes=codes)
    return _beside(standings, earlier, facts.before(period))


def assemble_period(
    ledger: "Ledger",
    facts: LedgerFacts,
    settings: Settings,
    period: Period,
    outcomes: Sequence[TaskOutcome],
    *,
    past: Sequence[PeriodSummary],
    now: datetime,
    today: date,
) -> PeriodLedger:
    """Return a period's ledger, all but its tasks, from what was made of them and the figures of the periods past."""
    tallies = [one.tally for one in outcomes]
    before = facts.before(period)
    indicators = stand_indicators(ledger, facts, period, before)
    missing = count_asked(_missing(ledger, period, facts.earlier(period)), tallies)
    findings = ledger.reports.findings(period)
    issued = ledger.forms.issued_agencies(period)
    same = compare_indicators(indicators, facts)
    doubts = (
        *(doubt for one in outcomes for doubt in one.doubts),
        *find_indicator_doubts(indicators, tallies),
        *find_other_doubts(missing, same),
    )
    measure = LightMeasure.of(settings)
    return PeriodLedger(
        office=settings.office,
        period=period,
        cut_off=cut_off_day(period, today),
        made_at=now,
        plans=tuple(facts.plans.values()),
        tasks=(),
        indicators=indicators,
        missing=missing,
        issued_agencies=len(issued),
        returned_agencies=len(issued) - len(missing),
        findings=findings,
        unassigned=facts.assignments.findings,
        agencies=stand_agencies(
            ledger, facts, period, tallies, indicators, findings=findings, measure=measure, rules=settings.scores
        ),
        doubts=gravest_first(doubts),
        same_indicators=same,
        previous=past[-1] if past else None,
        history=(*past, _summary(ledger, period, tallies)),
        changes=(
            *changes_since(ledger, facts, period, before),
            *(change for one in outcomes for change in one.changes),
        ),
        affiliations=affiliations_of(named_agencies(tallies, indicators, missing), facts.directory),
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


def _summary(ledger: "Ledger", period: Period, tallies: Iterable[TaskTally]) -> PeriodSummary:
    tasks = list(tallies)
    percents = [one.percent for one in tasks if one.percent is not None]
    counted = count_from(ledger.forms.issued_agencies(period), ledger.reports.missing(period), tasks)
    return PeriodSummary(
        period=period,
        issued_agencies=len(counted.issued),
        returned_agencies=len(counted.issued) - len(counted.silent),
        lights=tuple((light, len(codes)) for light, codes in counted.lights),
        closed=len(counted.closed),
        completion_percent=mean(percents),
        counted=counted,
    )
