"""How each agency stands in a period: asked, answered, late, corrected, its lights, its score and rank."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from planbook.actions.task_standings import LedgerFacts, LightMeasure, mean
from planbook.model.affiliations import category_in
from planbook.model.agency import agency_from_name
from planbook.model.findings import Severity
from planbook.model.ledger import AgencyFinding, AgencyStanding, IndicatorStanding, IssuedForm
from planbook.model.lights import Light
from planbook.model.period import Period
from planbook.model.scores import AgencyScore, Conduct, ScoreRules, ranks, score
from planbook.model.tallies import REQUIRED, PartTally, TaskTally

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_Part = tuple[TaskTally, PartTally]


def stand_agencies(
    ledger: "Ledger",
    facts: LedgerFacts,
    period: Period,
    tasks: Iterable[TaskTally],
    indicators: Iterable[IndicatorStanding],
    *,
    findings: Iterable[AgencyFinding],
    measure: LightMeasure,
    rules: ScoreRules,
) -> tuple[AgencyStanding, ...]:
    """Return how every agency stands that has a part in a task or was sent a form, ranked within its category.

    Agencies that were not sent a form are not scored: nobody asked them.
    """
    parts: dict[str, list[_Part]] = {}
    for task in tasks:
        for part in task.parts:
            parts.setdefault(part.agency, []).append((task, part))
    asked_values, given_values = _values(indicators)
    forms = {form.agency: form for form in ledger.forms.issued(period)}
    returns = ledger.submissions.first_returns(period)
    weights = _weights(findings)
    found: list[AgencyStanding] = []
    for name in dict.fromkeys((*parts, *forms)):
        agency = facts.directory.find(name) or agency_from_name(name)
        first = returns.get(name)
        standing = _standing(
            name, category_in(agency, facts.directory), parts.get(name, []), forms.get(name), first, measure=measure
        )
        errors, warnings = weights.get(name, (0, 0))
        standing = replace(standing, errors=errors, warnings=warnings)
        if name in forms:
            values = (asked_values.get(name, 0), given_values.get(name, 0))
            conduct = _conduct(standing, parts.get(name, []), values, measure)
            standing = replace(standing, score=score(conduct, rules))
        found.append(standing)
    return _ranked(found)


def _standing(
    name: str,
    category: str,
    parts: list[_Part],
    form: IssuedForm | None,
    first: tuple[datetime, int] | None,
    *,
    measure: LightMeasure,
) -> AgencyStanding:
    led = [(task, part) for task, part in parts if part.is_lead]
    percents = [part.percent for _, part in led if part.percent is not None]
    lights = Counter(task.light for task, _ in led)
    returned_at = first[0] if first else None
    return AgencyStanding(
        agency=name,
        category=category,
        tasks=len(parts),
        lead_tasks=len(led),
        due_on=form.due_on if form else None,
        returned_at=returned_at,
        days_late=_days_late(form.due_on, returned_at, measure) if form and form.due_on and returned_at else None,
        versions=first[1] if first else 0,
        errors=0,
        warnings=0,
        lights=tuple((light, lights[light]) for light in Light),
        completion_percent=mean(percents),
    )


def _days_late(due_on: date, returned_at: datetime, measure: LightMeasure) -> int:
    """Return the days after the due day on which a return came in, where the clerk sits."""
    day = returned_at.astimezone().date()
    if measure.calendar is None:
        return max((day - due_on).days, 0)
    return measure.calendar.count(measure.calendar.roll(due_on), day)


def _conduct(standing: AgencyStanding, parts: list[_Part], values: tuple[int, int], measure: LightMeasure) -> Conduct:
    asked = [part.filled for _, part in parts if part.is_issued]
    scored = [part for _, part in parts if part.is_lead] or [part for _, part in parts]
    lights = Counter(part.light for part in scored if part.light)
    return Conduct(
        is_returned=standing.returned_at is not None,
        days_late=standing.days_late or 0,
        day_unit="天" if measure.calendar is None else "个工作日",
        required=len(asked) * len(REQUIRED) + values[0],
        filled=sum(asked) + values[1],
        resent=max(standing.versions - 1, 0),
        errors=standing.errors,
        lights=lights,
        leads=standing.lead_tasks > 0,
    )


def _values(indicators: Iterable[IndicatorStanding]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    asked: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for standing in indicators:
        reported = {one.agency for one in standing.received if one.report.raw.strip()}
        for agency in dict.fromkeys((*standing.agencies, *(one.agency for one in standing.received))):
            asked[agency] += 1
            given[agency] += agency in reported
    return asked, given


def _weights(findings: Iterable[AgencyFinding]) -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in findings:
        errors, warnings = found.get(one.agency, (0, 0))
        severity = one.finding.severity
        found[one.agency] = (errors + (severity is Severity.ERROR), warnings + (severity is Severity.WARNING))
    return found


def _ranked(standings: list[AgencyStanding]) -> tuple[AgencyStanding, ...]:
    groups: dict[str, list[tuple[int, AgencyScore]]] = {}
    for place, one in enumerate(standings):
        if one.score:
            groups.setdefault(one.category, []).append((place, one.score))
    placed = dict(enumerate(standings))
    for group in groups.values():
        for (place, given), rank in zip(group, ranks([one.total for _, one in group]), strict=True):
            placed[place] = replace(placed[place], score=replace(given, rank=rank, ranked=len(group)))
    return tuple(placed.values())
