"""Trends (走势) of indicators over the periods, and where they lead by the target's day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, Protocol

from planbook.model.period import Period
from planbook.model.plan import Operator

_FEWEST: Final = 2
_TENTH: Final = Decimal("0.01")
_SIGNS: Final = {
    Operator.AT_LEAST: "≥",
    Operator.MORE_THAN: "＞",
    Operator.EQUAL: "",
    Operator.AT_MOST: "≤",
    Operator.LESS_THAN: "＜",
    Operator.ABOUT: "约",
}


class Direction(Enum):
    """Which way an indicator is to go."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Target(Protocol):
    """What a trend needs to know of an indicator."""

    @property
    def operator(self) -> Operator:
        """How value and target compare."""

    @property
    def value(self) -> Decimal:
        """The target, or its lower end."""

    @property
    def unit(self) -> str:
        """Its unit."""

    @property
    def by(self) -> str | None:
        """Year or day of the target."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """An indicator's value in one period."""

    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorTrend:
    """An indicator's values and where a straight line through them leads.

    Attributes:
        points: One for each period with a value, the oldest first.
        due: Day of the target, None where the plan names none.
        forecast: Value that the line reaches on that day; None where there are too few points or no day.
        is_on_track: Whether the forecast reaches the target; None without forecast.
        ground: The arithmetic in one Chinese sentence.
    """

    points: tuple[TrendPoint, ...]
    due: date | None
    forecast: Decimal | None
    is_on_track: bool | None
    ground: str


def direction_of(target: Target) -> Direction:
    """Return which way is good: a plan's 达到 N and 建成 N mean at least N."""
    if target.operator in (Operator.AT_LEAST, Operator.MORE_THAN, Operator.EQUAL):
        return Direction.UP
    return Direction.DOWN if target.operator in (Operator.AT_MOST, Operator.LESS_THAN) else Direction.NEITHER


def reaches(target: Target, value: Decimal) -> bool | None:
    """Return whether `value` reaches the target; None where that cannot be said (about N)."""
    match target.operator:
        case Operator.AT_LEAST | Operator.EQUAL:
            return value >= target.value
        case Operator.MORE_THAN:
            return value > target.value
        case Operator.AT_MOST:
            return value <= target.value
        case Operator.LESS_THAN:
            return value < target.value
        case _:
            return None


def due_day(by: str | None) -> date | None:
    """Return the day that a target is due: 2025 is the last day of that year."""
    if not by:
        return None
    try:
        return date(int(by), 12, 31) if len(by) == 4 else date.fromisoformat(by)
    except ValueError:
        return None


def trend_of(target: Target, points: Sequence[TrendPoint]) -> IndicatorTrend | None:
    """Return the trend of an indicator, None without a value.

    The forecast is the least-squares line over the last days of the periods. A target that is reached is on track
    whatever the line says of the way there.
    """
    if not points:
        return None
    due = due_day(target.by)
    shown = "、".join(_plain(point.value) for point in points)
    aim = f"目标{_SIGNS[target.operator]}{_plain(target.value)}{target.unit}"
    series = f"{points[0].period.label}至{points[-1].period.label}依次为{shown}{target.unit}"
    if len(points) < _FEWEST or due is None or due <= points[-1].period.end:
        is_reached = reaches(target, points[-1].value) if due and due <= points[-1].period.end else None
        why = "数据不足两期" if len(points) < _FEWEST else "没有写明目标年份" if due is None else f"已到目标日{due}"
        return IndicatorTrend(tuple(points), due, None, is_reached, f"{series}，{why}，不作推算；{aim}")
    forecast = _line(points, due)
    is_on_track = reaches(target, forecast)
    gap = abs(target.value - forecast)
    ending = "可以达到" if is_on_track else f"还差{_plain(gap.quantize(_TENTH))}{target.unit}"
    if is_on_track is None:
        ending = "供参考"
    ground = f"{series}，按直线推算到{due}约为{_plain(forecast)}{target.unit}，{aim}，{ending}"
    return IndicatorTrend(tuple(points), due, forecast, is_on_track, ground)


def _line(points: Sequence[TrendPoint], due: date) -> Decimal:
    days = [Decimal((point.period.end - points[0].period.end).days) for point in points]
    count = Decimal(len(points))
    mean_day, mean_value = sum(days, Decimal(0)) / count, sum((one.value for one in points), Decimal(0)) / count
    spread = sum(((day - mean_day) ** 2 for day in days), Decimal(0))
    if spread == 0:
        return mean_value.quantize(_TENTH)
    slope = (
        sum(((day - mean_day) * (one.value - mean_value) for day, one in zip(days, points, strict=True)), Decimal(0))
        / spread
    )
    ahead = Decimal((due - points[0].period.end).days)
    return (mean_value + slope * (ahead - mean_day)).quantize(_TENTH)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
