from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planbook.forms.numerals import read_arabic, read_chinese
from planbook.forms.parsed import Parsed, cell_text, is_blank_mark, plain
from planbook.forms.statuses import SYNONYMS
from planbook.forms.values import (
    DateSetting,
    parse_date,
    parse_percent,
    parse_phone,
    parse_quantity,
    parse_status,
    parse_text,
)
from planbook.model.catalogue import CATALOGUE
from planbook.model.form import Status
from planbook.model.period import Period
from planbook.sheets.raw import CellValue

Q1 = DateSetting(Period.parse("2024Q1"), date(2024, 4, 10))
Q4 = DateSetting(Period.parse("2024Q4"), date(2025, 1, 8))

_WORDS = st.text(
    alphabet="0123456789.,，。-—～％ 约近超余万亿千百十零〇一二三八九两成半左右至年月日底末季前同上元家（()≥\n　aZ½²①",
    max_size=24,
)
_CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.text(max_size=30),
    _WORDS,
    st.text(alphabet="九8(（,.- ", min_size=200, max_size=3_000),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def _all_parsed(cell: CellValue, percent: bool) -> list[Parsed[object]]:
    return [
        parse_percent(cell, is_percent_cell=percent),
        parse_quantity(cell, "亿元", is_percent_cell=percent),
        parse_quantity(cell, "%", is_percent_cell=percent),
        parse_quantity(cell, "", is_percent_cell=percent),
        parse_date(cell, Q1),
        parse_date(cell, DateSetting(Period.parse("2024"), date(2024, 4, 10), is_past=True)),
        parse_status(cell),
        parse_phone(cell),
        parse_text(cell),
    ]


@given(_CELLS, st.booleans())
@example("9" * 30_000, False)
@example("(" * 2_000, False)
@example("一" * 5_000, False)
@example(float("nan"), True)
@example(1e308, True)
@example("0-" * 1_000, False)
def test_no_cell_breaks_the_parser_and_no_loss_goes_unsaid(cell: CellValue, percent: bool) -> None:
    for parsed in _all_parsed(cell, percent):
        assert parsed.value is not None or parsed.is_blank or parsed.findings
        assert all(finding.code in CATALOGUE for finding in parsed.findings)
        if cell_text(cell):
            assert parsed.raw


@given(st.one_of(_WORDS, st.floats(allow_nan=False, allow_infinity=False)), st.booleans())
def test_a_percentage_taken_is_one(cell: CellValue, percent: bool) -> None:
    value = parse_percent(cell, is_percent_cell=percent).value
    assert value is None or 0 <= value <= 100


@given(
    st.decimals(min_value=2, max_value=100, places=2),
    st.sampled_from(["{}", "{}%", "{}％", "百分之{}", "约{}%", " {} "]),
)
def test_a_written_percentage_comes_back(number: Decimal, pattern: str) -> None:
    assert parse_percent(pattern.format(number)).value == number


@given(st.integers(0, 10_000))
def test_a_percent_cell_comes_back(hundredths: int) -> None:
    assert parse_percent(hundredths / 10_000, is_percent_cell=True).value == Decimal(hundredths) / 100


@given(st.integers(2, 10**9), st.sampled_from(["家", "亿元", "万吨"]))
def test_a_written_quantity_comes_back(number: int, unit: str) -> None:
    assert parse_quantity(f"{number:,}{unit}", unit).value == number
    assert parse_quantity(float(number), unit).value == number


@given(st.integers(1, 9_999), st.sampled_from([("亿元", 8), ("万元", 4), ("元", 0)]))
def test_units_are_converted_exactly(number: int, unit: tuple[str, int]) -> None:
    name, power = unit
    assert parse_quantity(f"{number}亿元", name).value == Decimal(number).scaleb(8 - power)


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_come_back(number: int) -> None:
    assert read_chinese(_in_chinese(number)) == number


@given(st.text(alphabet="零一二两三九十百千万", max_size=12))
@example("一万零五千")
@example("一千二")
@example("十万五千")
@example("二百零一十")
@example("一万零零")
@example("一万零零一")
def test_only_full_spellings_of_a_numeral_are_read(text: str) -> None:
    number = read_chinese(text)
    if number is not None and number < 10**8:
        usual = text.replace("两", "二").replace("一十", "十").lstrip("零") or "零"
        assert _in_chinese(int(number)).replace("一十", "十") == usual


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_a_full_date_comes_back(day: date) -> None:
    serial = float((day - date(1899, 12, 30)).days)
    patterns = (
        f"{day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    for cell in (*patterns, day, datetime.combine(day, time(9, 30)), serial):
        assert parse_date(cell, Q1).value == day, cell


def test_a_serial_number_before_the_period_may_count_from_1904() -> None:
    assert parse_date(43920.0, Q1).findings[0].code == "date_ambiguous"  # 2020-03-30, or 2024-03-31


def test_a_date_without_year_may_be_of_the_next_year_for_a_report() -> None:
    late = DateSetting(Q4.period, Q4.today, is_past=True)
    assert parse_date("1月5日", late).value == date(2025, 1, 5)
    assert parse_date("1.5", late).value == date(2025, 1, 5)
    assert parse_date("2月5日", late).value is None
    assert parse_date("2月5日", late).findings[0].code == "date_year_unclear"
    assert parse_date("1月5日", Q4).findings[0].code == "date_year_unclear"


@pytest.mark.parametrize("cell", [True, time(3), timedelta(1)])
def test_what_is_no_number_and_no_date_is_asked(cell: CellValue) -> None:
    assert parse_percent(cell).findings[0].code == "number_unreadable"
    assert parse_date(cell, Q1).findings[0].code == "date_unreadable"


def test_a_number_that_became_a_date_is_asked() -> None:
    assert parse_percent(date(2024, 1, 2)).findings[0].code == "value_is_date"
    assert parse_quantity(datetime.combine(date(2024, 12, 15), time()), "家").findings[0].code == "value_is_date"


def test_no_word_means_two_statuses() -> None:
    words = [word for group in SYNONYMS.values() for word in group]
    assert len(words) == len(set(words))
    for status, group in SYNONYMS.items():
        assert all(parse_status(word).value is status for word in group)
        assert parse_status(status.value).value is status


@pytest.mark.parametrize(
    ("text", "is_blank"), [("/", True), ("无。", True), ("", True), ("无法推进", False), ("0", False)]
)
def test_marks_for_nothing(text: str, is_blank: bool) -> None:
    assert is_blank_mark(text) is is_blank


@pytest.mark.parametrize(
    ("cell", "text"),
    [(3.0, "3"), (0.1, "0.1"), (1e21, "1e+21"), (13812345678.0, "13812345678"), (date(2024, 3, 1), "2024-03-01"),
     (datetime.combine(date(2024, 3, 1), time(8, 5)), "2024-03-01 08:05:00"), (None, ""), (" 文字\n", "文字")],
)  # fmt: skip
def test_cells_as_people_see_them(cell: CellValue, text: str) -> None:
    assert cell_text(cell) == text


def test_plain_numbers_have_no_exponent() -> None:
    assert plain(Decimal("1.20E+4")) == "12000"
    assert plain(Decimal("0.1200")) == "0.12"


@pytest.mark.parametrize("text", ["1,23", "1,2345", "12,345,67", "1.2.3", "--5", "1e5", "９", "", "1" * 16])
def test_what_is_no_plain_number(text: str) -> None:
    assert read_arabic(text) is None


def test_status_is_the_enum_of_the_form() -> None:
    assert set(SYNONYMS) == set(Status)


def _in_chinese(number: int) -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if low and low < 1_000 else ""
        return _in_chinese(high) + "万" + (gap + _in_chinese(low) if low else "")
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    text, pending = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if pending and text else "") + digits[digit] + unit
            pending = False
        else:
            pending = bool(text)
    return text
