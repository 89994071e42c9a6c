from datetime import date
from decimal import Decimal

import pytest

from planbook.model.form import Status
from planbook.model.lights import Light, LightRules, expected_percent, read_light

START, END, CUT_OFF = date(2024, 1, 1), date(2024, 12, 30), date(2024, 6, 30)  # 182 of 365 days: 49.9 %


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
    reading = read_light(
        status=status,
        completion_percent=None if percent is None else Decimal(percent),
        is_reported=True,
        start=START,
        deadline=deadline,
        end=END,
        cut_off=CUT_OFF,
        rules=LightRules(),
    )
    assert reading.light is light, reading.ground
    assert reading.ground
    assert reading.cut_off == CUT_OFF


def test_no_return_is_grey() -> None:
    reading = read_light(
        status=None,
        completion_percent=None,
        is_reported=False,
        start=START,
        deadline=date(2024, 1, 31),
        end=END,
        cut_off=CUT_OFF,
        rules=LightRules(),
    )
    assert reading.light is Light.GREY


def test_ground_shows_the_arithmetic() -> None:
    reading = read_light(
        status=Status.ON_SCHEDULE,
        completion_percent=Decimal("39"),
        is_reported=True,
        start=START,
        deadline=None,
        end=END,
        cut_off=CUT_OFF,
        rules=LightRules(),
    )
    for part in ("49.9", "39", "10.9", "2024-06-30"):
        assert part in reading.ground


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
