"""How each indicator stands in a period: what was reported, where it leads, and its namesakes in other plans."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planbook.actions.task_standings import LedgerFacts
from planbook.model.ledger import ComparedStanding, IndicatorStanding, ReceivedIndicator, SameIndicator
from planbook.model.period import Period
from planbook.model.same_indicators import compare_same_indicators, to_base_unit
from planbook.model.trends import TrendPoint, trend_of

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


def stand_indicators(
    ledger: "Ledger", facts: LedgerFacts, period: Period, before: Period | None
) -> tuple[IndicatorStanding, ...]:
    """Return how every indicator stands in `period`, with the period `before` beside it."""
    reporters = facts.assignments_in(period).reporters
    values = _by_code(ledger.reports.indicators(period))
    earlier = _by_code(ledger.reports.indicators(before)) if before else {}
    points = _points(ledger.reports.indicators_until(period))
    return tuple(
        IndicatorStanding(
            indicator,
            facts.plans[indicator.plan_sequence],
            tuple(agency.name for agency in reporters[indicator.code]),
            tuple(values.get(indicator.code, ())),
            tuple(earlier.get(indicator.code, ())),
            trend_of(indicator, points.get(indicator.code, ())),
        )
        for indicator in facts.indicators
    )


def _by_code(received: Iterable[ReceivedIndicator]) -> Mapping[str, list[ReceivedIndicator]]:
    found: dict[str, list[ReceivedIndicator]] = {}
    for one in received:
        found.setdefault(one.report.indicator_code, []).append(one)
    return found


def _points(received: Iterable[ReceivedIndicator]) -> Mapping[str, tuple[TrendPoint, ...]]:
    """Return each indicator's values over the periods; a period in which reporters disagree has none."""
    found: dict[str, dict[Period, set[TrendPoint]]] = {}
    for one in received:
        if one.report.value is not None:
            point = TrendPoint(one.period, one.report.value)
            found.setdefault(one.report.indicator_code, {}).setdefault(one.period, set()).add(point)
    return {
        code: tuple(next(iter(points)) for _, points in sorted(periods.items()) if len(points) == 1)
        for code, periods in found.items()
    }


def compare_indicators(standings: Iterable[IndicatorStanding], facts: LedgerFacts) -> tuple[SameIndicator, ...]:
    """Return the indicators that several plans have, side by side with what was reported for each."""
    by_code = {one.indicator.code: one for one in standings}
    groups = compare_same_indicators([one.indicator for one in by_code.values()], facts.plans)
    found = []
    for group in groups:
        reported = {one.indicator.code: _reported(by_code[one.indicator.code]) for one in group}
        members = tuple(
            ComparedStanding(
                by_code[one.indicator.code],
                one.area,
                one.differs_from,
                tuple(
                    other.indicator.code
                    for other in group
                    if one.area
                    and other.area == one.area
                    and other.comparable[1] == one.comparable[1]
                    and reported[one.indicator.code]
                    and reported[other.indicator.code]
                    and reported[one.indicator.code] != reported[other.indicator.code]
                ),
            )
            for one in group
        )
        found.append(SameIndicator(group[0].indicator.name, members))
    return tuple(found)


def _reported(standing: IndicatorStanding) -> frozenset[tuple[object, str]]:
    unit = standing.indicator.unit
    return frozenset(to_base_unit(one.report.value, unit) for one in standing.received if one.report.value is not None)
