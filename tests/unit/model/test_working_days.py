from datetime import date

import pytest

from planbook.model.working_days import WorkCalendar

CALENDAR = WorkCalendar(
    (date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 3)), (date(2024, 4, 28),), date(2024, 1, 1), date(2024, 12, 31)
)


@pytest.mark.parametrize(
    ("day", "number", "reply"),
    [
        (date(2024, 4, 8), 5, date(2024, 4, 15)),
        (date(2024, 4, 26), 1, date(2024, 4, 28)),  # a Sunday that is worked
        (date(2024, 4, 30), 1, date(2024, 5, 6)),  # over the holiday and the weekend
        (date(2024, 4, 8), 0, date(2024, 4, 8)),
    ],
)
def test_so_many_working_days_after_a_day(day: date, number: int, reply: date) -> None:
    assert CALENDAR.after(day, number) == reply
