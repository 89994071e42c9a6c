"""What a number in a cell means by its number format: a plain number, a percentage, a date or a time.

Sources: ECMA-376 part 1, 18.8.30 (built-in formats, those of Chinese and other East Asian versions included)
and 18.8.31 (format codes).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Final


class NumberKind(IntEnum):
    """What a number format shows a number as."""

    PLAIN = 0
    PERCENT = 1
    DATE = 2
    TIME = 3
    DATE_TIME = 4
    ELAPSED = 5


_BUILT_IN: Final[Mapping[int, NumberKind]] = {
    **dict.fromkeys((9, 10), NumberKind.PERCENT),
    # 27–31, 36, 50–54, 57 and 58 are the Chinese date formats that WPS and Excel write without spelling them out.
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), NumberKind.DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), NumberKind.TIME),
    22: NumberKind.DATE_TIME,
    46: NumberKind.ELAPSED,
}
# Quoted text, escaped, padding and filling characters, colours, locales, conditions: none of them is a placeholder.
_LITERAL: Final = re.compile(r'"[^"]*"?|[\\_*].|\[(?![hms]{1,4}\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_ELAPSED: Final = re.compile(r"\[[hms]{1,4}\]", re.IGNORECASE)
_GENERAL: Final = re.compile(r"general|g/通用格式|通用格式|常规|standard", re.IGNORECASE)
_DAY_OR_YEAR: Final = re.compile(r"[yd]|aaa", re.IGNORECASE)
_HOUR_OR_SECOND: Final = re.compile(r"[hs]", re.IGNORECASE)
_FORMAT_LENGTH_LIMIT: Final = 1_000  # Excel allows 255 characters

_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_NO_SUCH_DAY: Final = 60  # Excel counts a 29 February 1900, so that earlier days are one off
_DAY_AFTER_LAST: Final = 2_958_466  # 1 January 10000
_MILLISECONDS_A_DAY: Final = 86_400_000


def number_kind(format_id: int, format_code: str | None) -> NumberKind:
    """Return what number format `format_id` shows; `format_code` is its code where the file spells one out."""
    if format_code is None:
        return _BUILT_IN.get(format_id, NumberKind.PLAIN)
    code = _GENERAL.sub("", _LITERAL.sub("", format_code[:_FORMAT_LENGTH_LIMIT]))
    if _ELAPSED.search(code):
        return NumberKind.ELAPSED
    has_time = _HOUR_OR_SECOND.search(code) is not None
    if _DAY_OR_YEAR.search(code):
        return NumberKind.DATE_TIME if has_time else NumberKind.DATE
    if has_time:
        return NumberKind.TIME
    if "m" in code.lower():
        return NumberKind.DATE
    return NumberKind.PERCENT if "%" in code else NumberKind.PLAIN


@lru_cache(maxsize=4096)  # one form repeats a handful of dates
def from_serial(
    serial: float, kind: NumberKind, *, is_1904: bool = False
) -> float | date | datetime | time | timedelta:
    """Return what `serial` (days since the workbook's epoch) is when shown as `kind`.

    A number that is no date of the calendar (negative, beyond the year 9999, 0 or 60 in the 1900 system) stays
    the number that it is. Milliseconds are rounded, as spreadsheet programs do.
    """
    if kind <= NumberKind.PERCENT or not 0 <= serial < _DAY_AFTER_LAST:
        return serial
    since_epoch = timedelta(milliseconds=round(serial * _MILLISECONDS_A_DAY))
    if kind is NumberKind.ELAPSED:
        return since_epoch
    days = since_epoch.days
    if days == 0 and (kind is NumberKind.TIME or (kind is NumberKind.DATE_TIME and not is_1904)):
        return time_of_day(since_epoch)
    if not is_1904 and days in (0, _NO_SUCH_DAY):
        return serial
    try:
        if is_1904:
            moment = _EPOCH_1904 + since_epoch
        else:
            moment = _EPOCH_1900 + since_epoch + (timedelta(days=1) if days < _NO_SUCH_DAY else timedelta())
    except OverflowError:
        return serial
    return moment if moment.time() != time.min else moment.date()


def time_of_day(since_midnight: timedelta) -> time:
    """Return the time of day at `since_midnight`, which is less than a day."""
    return (_EPOCH_1904 + since_midnight).time()
