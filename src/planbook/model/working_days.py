"""Working days (工作日) by the yearly holiday arrangement, and by the week alone where it is not known yet."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_WEEK: Final = 7
_WORKING: Final = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked.

    The State Council arranges the holidays of a year late in the year before. Beyond what is known, Monday to Friday
    are worked, and who counts with such a day says so (`is_arranged`).

    Attributes:
        holidays: Weekdays that are free, sorted.
        workdays: Saturdays and Sundays that are worked (调休), sorted.
        first: First day that the arrangement is known for.
        last: Last day of it.
    """

    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    first: date
    last: date

    def is_workday(self, day: date) -> bool:
        """Return whether `day` is worked."""
        if day.weekday() < _WORKING:
            return not _holds(self.holidays, day)
        return _holds(self.workdays, day)

    def is_arranged(self, day: date) -> bool:
        """Return whether the holiday arrangement of that day is known."""
        return self.first <= day <= self.last

    def roll(self, day: date) -> date:
        """Return `day` or, where it is free, the next day that is worked (顺延)."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, number: int) -> date:
        """Return the `number`th day that is worked after `day`."""
        for _ in range(number):
            day = self.roll(day + timedelta(days=1))
        return day

    def count(self, after: date, until: date) -> int:
        """Return how many days are worked after `after`, up to and with `until`; 0 where `until` is no later."""
        if until <= after:
            return 0
        return _weekdays(after, until) - _between(self.holidays, after, until) + _between(self.workdays, after, until)


def _weekdays(after: date, until: date) -> int:
    weeks, rest = divmod((until - after).days, _WEEK)
    first = after.weekday() + 1
    return weeks * _WORKING + sum((first + offset) % _WEEK < _WORKING for offset in range(rest))


def _holds(days: tuple[date, ...], day: date) -> bool:
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day


def _between(days: tuple[date, ...], after: date, until: date) -> int:
    return bisect_right(days, until) - bisect_right(days, after)
