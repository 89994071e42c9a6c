"""The holiday arrangement as published by the State Council, from the package chinesecalendar."""

from datetime import date
from functools import cache

from planbook.model.working_days import WorkCalendar


@cache
def work_calendar() -> WorkCalendar:
    """Return the working days that are known."""
    from chinese_calendar.constants import holidays, workdays

    last_year = max(day.year for day in holidays)
    return WorkCalendar(
        holidays=tuple(sorted(day for day in holidays if day.weekday() < 5)),
        workdays=tuple(sorted(day for day in workdays if day.weekday() >= 5)),
        first=date(min(day.year for day in holidays), 1, 1),
        last=date(last_year, 12, 31),
    )
