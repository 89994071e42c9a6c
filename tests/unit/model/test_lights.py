from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from planbook.model.decisions import Closure, ClosureState, Decision, DecisionKind
from planbook.model.form import Status
from planbook.model.light_reading import read_light
from planbook.model.light_rules import PRESETS, STANDARD, Condition, LightRule, LightRules
from planbook.model.lights import Light, Situation, expected_percent
from planbook.model.working_days import WorkCalendar

START, END, CUT_OFF = date(2024, 1, 1), date(2024, 12, 30), date(2024, 6, 30)  # 182 of 365 days: 49.9 %
ON_TRACK = Situation(
    Status.ON_SCHEDULE, Decimal(50), is_reported=True, start=START, deadline=None, end=END, cut_off=CUT_OFF
)
CALENDAR = WorkCalendar(
    holidays=(date(2024, 10, 1), date(2024, 10, 2), date(2024, 10, 3), date(2024, 10, 4), date(2024, 10, 7)),
    workdays=(date(2024, 9, 29), date(2024, 10, 12)),
    first=date(2024, 1, 1),
    last=date(2024, 12, 31),
)


def decision(kind: DecisionKind) -> Decision:
    return Decision(
        number=1, task_code="P1-001V", kind=kind, decided_on=date(2024, 5, 6), reason="缺验收材料", evidence="",
        checker="李主任", from_date=None, to_date=None, asked_on=None, agency="", to_agency="", role=None, period=None,
        file="", sheet="", cell="", key="", who="王科员", decided_at=datetime(2024, 5, 6, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "percent", "deadline", "light"),
    [
        (Status.ON_SCHEDULE, 50, None, Light.GREEN),
        (Status.ON_SCHEDULE, 40, None, Light.GREEN),  # 9.9 points behind
        (Status.ON_SCHEDULE, 39, None, Light.YELLOW),
        (Status.ON_SCHEDULE, 20, None, Light.YELLOW),  # 29.9 points behind
        (Status.ON_SCHEDULE, 19, None, Light.RED),
        (Status.DONE, 100, date(2024, 3, 31), Light.GREEN),
        (Status.DONE, 60, date(2024, 3, 31), Light.RED),  # the claim is against its own number
        (Status.AHEAD, 99, date(2024, 6, 29), Light.RED),  # overdue
        (Status.AHEAD, 100, date(2024, 6, 30), Light.BLUE),  # due today
        (Status.AHEAD, 98, date(2024, 7, 15), Light.BLUE),
        (Status.AHEAD, 98, date(2024, 7, 16), Light.GREEN),
        (Status.BEHIND, None, None, Light.YELLOW),
        (Status.NOT_STARTED, None, None, Light.YELLOW),
        (None, None, None, Light.YELLOW),
        (Status.AHEAD, None, None, Light.GREEN),
    ],
)
def test_lights(status: Status | None, percent: int | None, deadline: date | None, light: Light) -> None:
    number = None if percent is None else Decimal(percent)
    reading = read_light(replace(ON_TRACK, status=status, completion_percent=number, deadline=deadline), STANDARD)
    assert reading.light is light, reading.ground
    assert reading.ground
    assert reading.cut_off == CUT_OFF


def test_no_return_is_grey() -> None:
    silent = replace(ON_TRACK, status=None, completion_percent=None, is_reported=False, deadline=date(2024, 1, 31))
    assert read_light(silent, STANDARD).light is Light.GREY


@pytest.mark.parametrize("is_reported", [True, False])
@pytest.mark.parametrize(
    ("state", "kind", "light", "words"),
    [
        (ClosureState.CLOSED, DecisionKind.CLOSE, Light.GREEN, ("2024-05-06", "已销号", "李主任")),
        (ClosureState.SUSPENDED, DecisionKind.SUSPEND, Light.WHITE, ("2024-05-06", "暂缓", "缺验收材料")),
    ],
)
def test_what_the_office_settled_is_not_measured(
    state: ClosureState, kind: DecisionKind, light: Light, words: tuple[str, ...], *, is_reported: bool
) -> None:
    overdue = replace(ON_TRACK, deadline=date(2024, 1, 31), is_reported=is_reported)
    reading = read_light(replace(overdue, closure=Closure(state, decision(kind))), STANDARD)
    assert reading.light is light
    assert all(word in reading.ground for word in words)


def test_a_claim_that_was_sent_back_is_none() -> None:
    claimed = replace(ON_TRACK, status=Status.DONE, completion_percent=Decimal(100))
    returned = replace(claimed, closure=Closure(ClosureState.RETURNED, decision(DecisionKind.RETURN)), is_returned=True)
    assert read_light(claimed, STANDARD).light is Light.GREEN
    assert read_light(returned, STANDARD).light is Light.YELLOW
    assert "缺验收材料" in read_light(returned, STANDARD).ground
    assert read_light(replace(returned, deadline=date(2024, 6, 1)), STANDARD).light is Light.RED
    assert read_light(replace(returned, is_returned=False), STANDARD).light is Light.GREEN, "it was reported anew"


def test_ground_shows_the_arithmetic_and_the_row() -> None:
    reading = read_light(replace(ON_TRACK, completion_percent=Decimal(39)), STANDARD)
    for part in ("49.9", "39", "10.9", "2024-06-30"):
        assert part in reading.ground
    assert reading.rule == "落后序时百分点≥10 亮黄灯"


@pytest.mark.parametrize(
    ("deadline", "cut_off", "light", "words"),
    [
        # Saturday 5 October lies in the holidays: the first day worked after it is Tuesday 8 October.
        (date(2024, 10, 5), date(2024, 10, 8), Light.BLUE, ("顺延至2024-10-08", "还有0个工作日")),
        (date(2024, 10, 5), date(2024, 10, 9), Light.RED, ("顺延至2024-10-08", "1个工作日")),
        (date(2024, 9, 27), date(2024, 9, 29), Light.RED, ("1个工作日",)),  # a Sunday that was worked
        (date(2024, 10, 31), date(2024, 10, 12), Light.BLUE, ("还有14个工作日",)),
        (date(2024, 11, 8), date(2024, 10, 12), Light.GREEN, ("序时进度",)),  # 20 working days
        (date(2025, 1, 10), date(2024, 12, 31), Light.BLUE, ("还有8个工作日", "2025年放假安排未收录")),
    ],
)
def test_working_days(deadline: date, cut_off: date, light: Light, words: tuple[str, ...]) -> None:
    rules = LightRules(STANDARD.rows, counts_working_days=True)
    at = replace(ON_TRACK, completion_percent=Decimal("99.5"), deadline=deadline, cut_off=cut_off)
    reading = read_light(at, rules, CALENDAR)
    assert reading.light is light, reading.ground
    assert all(word in reading.ground for word in words), reading.ground


def test_every_count_of_working_days_is_what_looking_at_each_day_gives() -> None:
    days = [date.fromordinal(date(2024, 9, 20).toordinal() + offset) for offset in range(60)]
    for after in days[:25]:
        for until in days:
            worked = sum(CALENDAR.is_workday(day) for day in days if after < day <= until)
            assert CALENDAR.count(after, until) == worked


def test_the_first_row_that_applies_decides() -> None:
    rows = (LightRule(Light.YELLOW, Condition.BEHIND, 5), LightRule(Light.RED, Condition.BEHIND, 5))
    assert read_light(replace(ON_TRACK, completion_percent=Decimal(0)), LightRules(rows)).light is Light.YELLOW
    assert read_light(replace(ON_TRACK, completion_percent=Decimal(0)), LightRules(())).light is Light.GREEN


@pytest.mark.parametrize(
    ("preset", "percent", "light"),
    [
        ("从严", 44, Light.YELLOW),
        ("从严", 29, Light.RED),
        ("标准", 44, Light.GREEN),
        ("宽松", 29, Light.YELLOW),
        ("宽松", 9, Light.RED),
    ],
)
def test_presets(preset: str, percent: int, light: Light) -> None:
    at = replace(ON_TRACK, completion_percent=Decimal(percent))
    assert read_light(at, LightRules(PRESETS[preset])).light is light


@pytest.mark.parametrize(
    ("cut_off", "expected"),
    [
        (date(2023, 12, 31), "0"),
        (date(2024, 1, 1), "0.3"),
        (date(2024, 12, 29), "99.7"),
        (date(2024, 12, 30), "100"),
        (date(2025, 1, 1), "100"),
    ],
)
def test_time_proportional_progress(cut_off: date, expected: str) -> None:
    assert expected_percent(START, END, cut_off) == Decimal(expected)
