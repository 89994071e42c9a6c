"""Trends (走势) of indicators over the periods, and where they lead by the target's day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planbook.model.period import Period


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
