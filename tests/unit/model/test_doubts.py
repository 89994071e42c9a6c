"""Each contradiction and each drift by a pair of reports that shows it, and the same pair without it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from planbook.model.decisions import Closure, ClosureState, DeadlineStanding
from planbook.model.finding_doubts import find_indicator_doubts, find_other_doubts, find_task_doubts
from planbook.model.form import Role, Status
from planbook.model.ledger import (
    Assignment,
    IndicatorStanding,
    MissingAgency,
    ReceivedIndicator,
    ReceivedReport,
    TaskStanding,
)
from planbook.model.lights import Light, LightReading
from planbook.model.period import Period
from planbook.model.submission import IndicatorReport
from planbook.model.tallies import TaskTally
from planbook.model.trends import TrendPoint, trend_of
from tests.unit.ledger.builders import task_report
from tests.unit.outputs.sample_review import INDICATORS, PLANS, T1, TASKS

Q1, Q2 = Period.parse("2024Q1"), Period.parse("2024Q2")
LEAD, SUPPORT = "省科技厅", "省财政厅"
_PLAN = replace(PLANS[0], period_start=date(2024, 1, 1), period_end=date(2024, 12, 31))


def report(agency: str = LEAD, period: Period = Q2, **said: Any) -> ReceivedReport:
    plain: dict[str, Any] = {
        "status": Status.ON_SCHEDULE,
        "completion_percent": Decimal(60),
        "progress": f"{period}{agency}推进到新的一步，签约三家单位",
        "expected_completion": None,
        "extension_to": None,
    }
    return ReceivedReport(
        agency,
        period,
        replace(task_report(T1), **(plain | said)),
        f"{agency}.xlsx",
        "a" * 64,
        datetime(2024, 7, 2, tzinfo=UTC),
    )


def task(
    lead: ReceivedReport | None = None,
    support: ReceivedReport | None = None,
    before: ReceivedReport | None = None,
    **more: Any,
) -> TaskStanding:
    parts = (
        Assignment(T1, LEAD, Role.LEAD, is_issued=True, received=lead or report(), previous=before),
        Assignment(T1, SUPPORT, Role.SUPPORT, is_issued=True, received=support),
    )
    light = LightReading(Light.GREEN, "", Q2.end)
    return replace(TaskStanding(TASKS[0], _PLAN, parts, light, None), **more)


def codes(standing: TaskStanding) -> list[str]:
    doubts = find_task_doubts([standing])
    for doubt in doubts:
        assert doubt.finding.message
        assert "？" not in doubt.finding.message, doubt.finding
        assert doubt.agencies
    return [doubt.finding.code for doubt in doubts]


DUE = DeadlineStanding(original=date(2024, 9, 30))
DONE: dict[str, Any] = {"status": Status.DONE, "completion_percent": Decimal(100)}


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (task(), []),
        (task(report(**DONE), report(SUPPORT, status=Status.BEHIND)), ["doubt_lead_done_support_not"]),
        (task(report(status=Status.BEHIND), report(SUPPORT, **DONE)), ["doubt_support_done_lead_not"]),
        (
            task(support=report(SUPPORT, completion_percent=Decimal(100))),
            ["doubt_percents_apart", "doubt_full_not_done"],
        ),
        (task(support=report(SUPPORT, completion_percent=Decimal(99))), []),
        (task(report(status=Status.DONE)), ["doubt_done_below_full"]),
        (task(report(status=Status.NOT_STARTED, completion_percent=Decimal(50))), ["doubt_started_not"]),
        (task(report(completion_percent=Decimal(39))), ["doubt_on_schedule_behind"]),  # 49.7 % of the year are over
        (task(report(completion_percent=Decimal(40))), []),
        (task(report(status=Status.BEHIND, completion_percent=Decimal(1))), []),
        (task(before=report(period=Q1, completion_percent=Decimal(70))), ["doubt_progress_fell"]),
        (task(before=report(period=Q1, completion_percent=Decimal(60))), []),
        (task(before=report(period=Q1, **DONE)), ["doubt_done_withdrawn", "doubt_progress_fell"]),
        (task(report(progress="同 前"), before=report(period=Q1, progress="同前")), ["doubt_text_copied"]),
        (task(report(progress="甲" * 20), report(SUPPORT, progress="甲" * 20)), ["doubt_text_shared"]),
        (task(report(progress="甲" * 19), report(SUPPORT, progress="甲" * 19)), []),
        (task(report(expected_completion=date(2024, 10, 1)), deadline=DUE), ["doubt_expected_after_deadline"]),
        (task(report(expected_completion=date(2024, 9, 30)), deadline=DUE), []),
        (task(report(extension_to=date(2024, 12, 1)), deadline=DUE), ["doubt_extension_asked"]),
        (
            task(
                report(expected_completion=date(2024, 9, 1)),
                before=report(period=Q1, expected_completion=date(2024, 8, 1)),
            ),
            ["doubt_expected_postponed"],
        ),
        (
            task(deadline=DeadlineStanding(date(2024, 3, 31), date(2024, 12, 31), None, 2)),
            ["doubt_extended_often"],
        ),
        (task(report(status=Status.DONE), closure=Closure(ClosureState.CLOSED)), []),
    ],
)
def test_tasks(standing: TaskStanding, expected: list[str]) -> None:
    assert codes(standing) == expected


def value(number: str, agency: str = LEAD, period: Period = Q2) -> ReceivedIndicator:
    row = IndicatorReport(INDICATORS[0].code, Decimal(number), number, "统计局", "", "指标进度", 5)
    return ReceivedIndicator(agency, period, row, "回表.xlsx", "b" * 64, datetime(2024, 7, 2, tzinfo=UTC))


def indicator(*received: ReceivedIndicator, previous: tuple[ReceivedIndicator, ...] = ()) -> IndicatorStanding:
    wanted = replace(INDICATORS[0], value=Decimal(100), by="2024", task_code=T1)
    points = [
        TrendPoint(one.period, one.report.value) for one in (*previous, *received) if one.report.value is not None
    ]
    return IndicatorStanding(wanted, _PLAN, (LEAD,), received, previous, trend_of(wanted, points[:2]))


@pytest.mark.parametrize(
    ("standing", "status", "expected"),
    [
        (indicator(value("60"), previous=(value("30", period=Q1),)), Status.ON_SCHEDULE, []),
        (indicator(value("31"), previous=(value("30", period=Q1),)), Status.ON_SCHEDULE, ["doubt_indicator_off_track"]),
        (
            indicator(value("29"), previous=(value("30", period=Q1),)),
            Status.ON_SCHEDULE,
            ["doubt_indicator_fell", "doubt_indicator_off_track"],
        ),
        (indicator(value("60"), value("61", SUPPORT)), Status.ON_SCHEDULE, ["doubt_indicator_values_differ"]),
        (indicator(value("60")), Status.DONE, ["doubt_done_below_target"]),
        (indicator(value("100")), Status.DONE, []),
    ],
)
def test_indicators(standing: IndicatorStanding, status: Status, expected: list[str]) -> None:
    doubts = find_indicator_doubts([standing], [TaskTally.of(task(report(status=status)))])
    found = [doubt.finding.code for doubt in doubts]
    if len(standing.received) > 1:  # two values of one period are no course
        found = [one for one in found if one != "doubt_indicator_off_track"]
    assert found == expected
    assert all("？" not in doubt.finding.message for doubt in doubts)


def test_silence_counts_from_the_second_period_on() -> None:
    missing = MissingAgency(LEAD, 1, 1, date(2024, 7, 1), None, "", "", "")
    assert find_other_doubts([missing], []) == ()
    (doubt,) = find_other_doubts([replace(missing, silent_periods=2)], [])
    assert (doubt.finding.code, doubt.agencies) == ("doubt_silent_again", (LEAD,))
