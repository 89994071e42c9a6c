from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planbook.model.period import Period
from planbook.model.plan import Operator
from planbook.model.trends import TrendPoint, due_day, trend_of
from tests.unit.outputs.sample_review import INDICATORS

_TARGET = replace(INDICATORS[0], operator=Operator.AT_LEAST, value=Decimal(100), unit="家", by="2024")


def points(*values: str) -> list[TrendPoint]:
    return [TrendPoint(Period.parse(f"2024Q{place}"), Decimal(one)) for place, one in enumerate(values, start=1)]


@pytest.mark.parametrize(
    ("values", "forecast", "is_on_track"),
    [
        (("10",), None, None),
        (("10", "20"), "40.22", False),  # 10 in 91 days, 275 days from 31 March to 31 December
        (("40", "60", "80"), "100.15", True),
        (("40", "60", "80", "101"), None, True),  # the day itself has come
        (("40", "60", "80", "99"), None, False),
    ],
)
def test_a_straight_line_to_the_targets_day(
    values: tuple[str, ...], forecast: str | None, *, is_on_track: bool | None
) -> None:
    trend = trend_of(_TARGET, points(*values))
    assert trend is not None
    assert trend.due == date(2024, 12, 31)
    assert trend.forecast == (None if forecast is None else Decimal(forecast))
    assert trend.is_on_track is is_on_track
    assert "、".join(values) in trend.ground
    assert "目标≥100家" in trend.ground


def test_less_is_better_where_the_plan_says_so() -> None:
    sinking = trend_of(replace(_TARGET, operator=Operator.AT_MOST, value=Decimal(5)), points("20", "10"))
    assert sinking is not None
    assert sinking.is_on_track is True
    about = trend_of(replace(_TARGET, operator=Operator.ABOUT), points("20", "10"))
    assert about is not None
    assert about.is_on_track is None
    assert trend_of(_TARGET, []) is None
    assert trend_of(replace(_TARGET, by=None), points("1", "2")).forecast is None  # type: ignore[union-attr]  # there are values


@pytest.mark.parametrize(
    ("by", "day"), [("2025", date(2025, 12, 31)), ("2025-06-30", date(2025, 6, 30)), ("十四五", None), (None, None)]
)
def test_due_days(by: str | None, day: date | None) -> None:
    assert due_day(by) == day
