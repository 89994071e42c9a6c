from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.sheets.numbers import NumberKind, from_serial, number_kind

K = NumberKind


@pytest.mark.parametrize(
    ("format_id", "code", "kind"),
    [
        (0, None, K.PLAIN),
        (9, None, K.PERCENT),
        (10, None, K.PERCENT),
        (14, None, K.DATE),
        (22, None, K.DATE_TIME),
        (46, None, K.ELAPSED),
        (31, None, K.DATE),  # yyyy"年"m"月"d"日", not spelled out by Chinese programs
        (33, None, K.TIME),  # h"时"mm"分"ss"秒"
        (57, None, K.DATE),
        (58, None, K.DATE),
        (55, None, K.TIME),
        (49, None, K.PLAIN),
        (176, "yyyy/m/d;@", K.DATE),
        (176, 'yyyy"年"m"月"d"日"', K.DATE),
        (176, "[DBNum1][$-804]yyyy年m月d日", K.DATE),
        (176, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", K.DATE),
        (176, 'm"月"', K.DATE),
        (176, "[$-804]aaaa;@", K.DATE),
        (176, "yyyy-mm-dd hh:mm", K.DATE_TIME),
        (176, "上午/下午h时mm分", K.TIME),
        (176, "mm:ss.0", K.TIME),
        (176, "[h]:mm:ss", K.ELAPSED),
        (176, "0.00%", K.PERCENT),
        (176, '0"%"', K.PLAIN),  # a percent sign that is only written behind the number
        (176, "General", K.PLAIN),
        (176, "G/通用格式", K.PLAIN),
        (176, "[Red]0.00", K.PLAIN),
        (176, "0.00E+00", K.PLAIN),
        (176, '#,##0"元/day"', K.PLAIN),
        (176, "_ * #,##0.00_ ;_ * \\-#,##0.00_ ", K.PLAIN),
        (14, "0.00", K.PLAIN),  # a file may give a built-in number another meaning
        (176, "", K.PLAIN),
        (176, '"' * 500, K.PLAIN),
    ],
)
def test_number_kind(format_id: int, code: str | None, kind: NumberKind) -> None:
    assert number_kind(format_id, code) is kind


@pytest.mark.parametrize(
    ("serial", "kind", "is_1904", "value"),
    [
        (45379, K.DATE, False, date(2024, 3, 28)),
        (45379.4375, K.DATE_TIME, False, datetime(2024, 3, 28, 10, 30)),  # noqa: DTZ001
        (45379.4375, K.DATE, False, datetime(2024, 3, 28, 10, 30)),  # noqa: DTZ001 - the hour is there, if unseen
        (43917, K.DATE, True, date(2024, 3, 28)),
        (1, K.DATE, False, date(1900, 1, 1)),
        (59, K.DATE, False, date(1900, 2, 28)),
        (60, K.DATE, False, 60.0),  # 29 February 1900, which never was
        (61, K.DATE, False, date(1900, 3, 1)),
        (0, K.DATE, False, 0.0),  # an empty cell, fetched by a formula
        (0, K.DATE, True, date(1904, 1, 1)),
        (0.5, K.TIME, False, time(12)),
        (0.5, K.DATE_TIME, False, time(12)),
        (1.5, K.ELAPSED, False, timedelta(days=1, hours=12)),
        (0.99999999999, K.TIME, False, date(1900, 1, 1)),
        (2958465, K.DATE, False, date(9999, 12, 31)),
        (2958465.9999999999, K.DATE, False, 2958466.0),
        (2958466, K.DATE, False, 2958466.0),
        (20240331, K.DATE, False, 20240331.0),  # typed without dashes into a date cell
        (-1, K.DATE, False, -1.0),
        (1e300, K.ELAPSED, False, 1e300),
        (0.85, K.PERCENT, False, 0.85),
    ],
)
def test_from_serial(serial: float, kind: NumberKind, is_1904: bool, value: object) -> None:
    found = from_serial(serial, kind, is_1904=is_1904)
    assert found == value
    assert type(found) in (type(value), int)


@given(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(NumberKind), st.booleans())
def test_no_number_breaks_the_conversion(serial: float, kind: NumberKind, is_1904: bool) -> None:
    from_serial(serial, kind, is_1904=is_1904)


@given(st.dates(min_value=date(1900, 3, 1)), st.booleans())
def test_every_day_comes_back(day: date, is_1904: bool) -> None:
    epoch = date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
    if day > epoch:
        assert from_serial(float((day - epoch).days), K.DATE, is_1904=is_1904) == day


@given(st.text(alphabet='ymdhs[]"\\;@%0#年月日 _*aAG/', max_size=40))
def test_any_format_code_has_a_kind(code: str) -> None:
    assert number_kind(176, code) in NumberKind
