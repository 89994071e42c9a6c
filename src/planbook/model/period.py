"""Reporting periods (填报期): a year, half-year, quarter or month, written `2024`, `2024H1`, `2024Q1`, `2024-03`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Final

from planbook.model.errors import PlanbookError

_WRITTEN = re.compile(r"(?P<year>[12]\d{3})(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|-(?P<month>0[1-9]|1[0-2]))?")
_CHINESE: Final = "一二三四"


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: `first_month` (1–12) and its length in `months` (1, 3, 6 or 12)."""

    year: int
    first_month: int
    months: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period written as `2024`, `2024H1`, `2024Q1` or `2024-03`.

        Raises:
            PlanbookError: `text` is no such thing.
        """
        match = _WRITTEN.fullmatch(text.strip().upper())
        if not match:
            message = f"填报期“{text}”无法识别，请写成 2024Q1（季度）、2024-03（月）、2024H1（半年）或 2024（年）。"
            raise PlanbookError(message)
        year = int(match["year"])
        if match["quarter"]:
            return cls(year, int(match["quarter"]) * 3 - 2, 3)
        if match["half"]:
            return cls(year, int(match["half"]) * 6 - 5, 6)
        if match["month"]:
            return cls(year, int(match["month"]), 1)
        return cls(year, 1, 12)

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """Last day."""
        month = self.first_month + self.months - 1
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def previous(self) -> "Period":
        """Return the period of the same length that ends where this one starts."""
        if self.first_month > self.months:
            return Period(self.year, self.first_month - self.months, self.months)
        return Period(self.year - 1, 13 - self.months, self.months)

    def following(self) -> "Period":
        """Return the period of the same length that starts where this one ends."""
        if self.first_month + self.months <= 12:
            return Period(self.year, self.first_month + self.months, self.months)
        return Period(self.year + 1, 1, self.months)

    @property
    def label(self) -> str:
        """Chinese name, e.g. `2024年第一季度`."""
        if self.months == 3:
            return f"{self.year}年第{_CHINESE[self.first_month // 3]}季度"
        if self.months == 6:
            return f"{self.year}年{'上' if self.first_month == 1 else '下'}半年"
        if self.months == 1:
            return f"{self.year}年{self.first_month}月"
        return f"{self.year}年"

    def __str__(self) -> str:
        """Return the written form, e.g. `2024Q1`."""
        if self.months == 3:
            return f"{self.year}Q{self.first_month // 3 + 1}"
        if self.months == 6:
            return f"{self.year}H{self.first_month // 6 + 1}"
        if self.months == 1:
            return f"{self.year}-{self.first_month:02d}"
        return str(self.year)

    def __lt__(self, other: "Period") -> bool:
        """Order by end, then by length: a quarter comes before the year that ends with it."""
        return (self.end, self.months) < (other.end, other.months)
