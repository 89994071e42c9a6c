"""Working days as the State Council's office sets them each year: holidays off, some weekends worked."""

from datetime import date, timedelta


def working_days_after(day: date, number: int) -> date:
    """Return the `number`th working day after `day`; beyond the years that are set, Monday to Friday."""
    while number > 0:
        day += timedelta(days=1)
        number -= _is_working_day(day)
    return day


def _is_working_day(day: date) -> bool:
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:  # its tables end with the last year that was announced
        return day.weekday() < 5
