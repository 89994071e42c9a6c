"""Dates as clerks write them: `2024年3月底`, 二〇二四年三月, `3.31`, `20240331`, serial numbers; never a guess."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from planbook.forms.numerals import read_chinese, read_digits
from planbook.forms.parsed import Parsed, blank, cell_text, exact, fold, is_blank_mark, refers_elsewhere, shown, unread
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.sheets.raw import CellValue

_LONGEST: Final = 60
_SERIAL_ZERO: Final = date(1899, 12, 30)  # serial 1 is 1900-01-01, shifted by Excel's 1900-02-29
_SERIAL_SHIFT: Final = timedelta(days=1462)  # between the two date systems of spreadsheets
_CHINESE_YEAR: Final = re.compile(r"[零〇○O一二三四五六七八九]{4}(?=年)")
_CHINESE_PART: Final = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")
_STANDING: Final = frozenset(
    (
        *(
            "长期",
            "长期坚持",
            "长期推进",
            "长期任务",
            "持续推进",
            "持续",
            "常态化",
            "常态化推进",
            "每年",
            "全年",
            "按年度",
        ),
        *("已完成", "完成", "已办结", "办结", "按期完成", "按时完成", "不申请", "不延期", "无需延期", "不需延期"),
        *("否", "无需", "不需要", "不需要延期", "暂不申请", "暂不延期", "未申请", "无延期", "不申请延期"),
    )
)
_TIME_OF_DAY: Final = re.compile(
    r"[ T日](?:上午|下午)?[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}(?:\.[0-9]{1,6})?秒?)?Z?$"
)
_BEFORE: Final = re.compile(r"(?:以前|之前|前|止|完成|前完成)$")
_SEPARATED: Final = re.compile(r"([0-9]{4}|[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT: Final = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])?")
_YEAR_MONTH: Final = re.compile(r"((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})")
_MONTH_DAY: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})")
_WRITTEN: Final = re.compile(
    r"(?:(?P<year>[0-9]{4}|[0-9]{2})年|(?P<this>今年|本年|当年))?"
    r"(?:(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})[日号]?|(?P<end>底|末))?"
    r"|(?P<quarter>第?[一二三四1-4]季度)[底末]?|(?P<half>上半年|下半年)[底末]?|(?P<closing>[年]?[底末]))"
)
_PERIOD_END: Final = frozenset(("季度末", "季末", "本季度末", "本季末", "季度底", "季底", "本季度底"))
_MONTH_END: Final = frozenset(("月底", "月末", "本月底", "本月末", "当月底"))
_RANGE: Final = re.compile(r"[0-9年月日](?:至|到|~|—|–)|[年月日]-|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}-")


@dataclass(frozen=True, slots=True)
class DateSetting:
    """What a date without year or day is read against.

    Attributes:
        period: The form's period.
        today: The day of reading.
        is_past: The date lies behind (填报日期) rather than ahead (预计完成时间); then a day must be stated, since
            a month's end would be an assumption about the past.
        counts_from_1904: The workbook counts days from 1904, so that nobody knows which day a bare number means:
            it may have been a date there, or have been pasted in from a workbook that counts from 1900.
    """

    period: Period
    today: date
    is_past: bool = False
    counts_from_1904: bool = False


def parse_date(cell: CellValue, setting: DateSetting) -> Parsed[date]:
    """Return the day that a cell names.

    A month, quarter or year without a day means its last day where a deadline is asked for. A missing year is
    the period's, where that gives a day that is not before the period. What was assumed is noted.
    """
    raw = cell_text(cell)
    match cell:
        case datetime():
            return _within_reach(cell.date(), raw, setting)
        case date():
            return _within_reach(cell, raw, setting)
        case bool() | time() | timedelta():
            return unread(raw, "date_unreadable")
        case float() | int():
            return _parse_number(cell, raw, setting)
    if is_blank_mark(raw):
        return blank(raw)
    if refers_elsewhere(raw):
        return unread(raw, "value_refers_elsewhere")
    if len(raw) > _LONGEST:
        return unread(raw, "date_unreadable")
    return _parse_words(_folded(raw), raw, setting)


def _folded(raw: str) -> str:
    text = _TIME_OF_DAY.sub("", fold(raw)).rstrip("。.;；,")
    text = re.sub(r"\s+", "", text)
    text = _CHINESE_YEAR.sub(lambda match: str(read_digits(match[0])), text)
    return _CHINESE_PART.sub(lambda match: str(read_chinese(match[0]) or match[0]), text)


def _parse_number(number: float, raw: str, setting: DateSetting) -> Parsed[date]:
    """Read a date that lost its format: a serial number, 20240331, or 3.31."""
    decimal = exact(number)
    if not decimal.is_finite() or decimal <= 0:
        return unread(raw, "date_unreadable")
    if decimal == int(decimal) and _COMPACT.fullmatch(str(int(decimal))):
        return _parse_words(str(int(decimal)), raw, setting)
    if 20_000 < decimal < 80_000:
        counted = _SERIAL_ZERO + timedelta(days=int(decimal))
        # In workbooks that count from 1904 it means a day four years later.
        if counted < setting.period.start or setting.counts_from_1904:
            return unread(raw, "date_ambiguous", readings=f"{counted}，或 {counted + _SERIAL_SHIFT}")
        found = _within_reach(counted, raw, setting)
        return _noted(found, "date_from_serial") if found.value else found
    if decimal < 13 and decimal != int(decimal):
        month, _, day = raw.partition(".")
        if len(day) == 1 and day in "123":
            return unread(raw, "date_ambiguous", readings=f"{month}月{day}日、{month}月{day}0日")
        return _parse_words(raw, raw, setting)
    return unread(raw, "date_unreadable")


def _parse_words(text: str, raw: str, setting: DateSetting) -> Parsed[date]:
    if text in _STANDING:
        return Parsed(None, raw, (Finding.of("date_not_a_day", raw=shown(raw)),), is_blank=True)
    bare = _BEFORE.sub("", text)
    if bare in _PERIOD_END or bare in _MONTH_END:
        return _end_of_period(bare, raw, setting)
    if match := _SEPARATED.fullmatch(bare):
        return _from_separated(match, raw, setting)
    if match := _COMPACT.fullmatch(bare):
        return _from_compact(match, raw, setting)
    if match := _YEAR_MONTH.fullmatch(bare):
        return _last_day(int(match[1]), int(match[2]), raw, setting)
    if match := _MONTH_DAY.fullmatch(bare):
        return _without_year(int(match[1]), int(match[2]), raw, setting)
    if match := _WRITTEN.fullmatch(bare):
        return _from_written(match, raw, setting)
    return unread(raw, "date_is_range" if _RANGE.search(bare) else "date_unreadable")


def _from_separated(match: re.Match[str], raw: str, setting: DateSetting) -> Parsed[date]:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return _day(year, month, day, raw, setting)
    return _short_year(year, month, day, raw, setting)


def _from_compact(match: re.Match[str], raw: str, setting: DateSetting) -> Parsed[date]:
    if match[3]:
        return _day(int(match[1]), int(match[2]), int(match[3]), raw, setting)
    return _last_day(int(match[1]), int(match[2]), raw, setting)


def _from_written(match: re.Match[str], raw: str, setting: DateSetting) -> Parsed[date]:
    """Read a date written with 年, 月, 季度 or 底."""
    year = int(match["year"]) if match["year"] else setting.period.year if match["this"] else None
    if match["year"] and len(match["year"]) == 2 and year is not None:
        year += 2000
    if match["closing"] in ("年末", "年底"):
        return _closing(12, year, raw, setting)
    if match["closing"]:  # 2024年底, 今年底; a bare 底 says nothing
        return unread(raw, "date_unreadable") if year is None else _closing(12, year, raw, setting)
    if match["quarter"]:
        sign = match["quarter"].removeprefix("第")[0]
        return _closing(3 * (int(sign) if sign.isascii() else "一二三四".index(sign) + 1), year, raw, setting)
    if match["half"]:
        return _closing(6 if match["half"] == "上半年" else 12, year, raw, setting)
    month = int(match["month"])
    if match["day"] is None:
        return _closing(month, year, raw, setting)
    if year is None:
        return _without_year(month, int(match["day"]), raw, setting)
    return _day(year, month, int(match["day"]), raw, setting)


def _closing(month: int, year: int | None, raw: str, setting: DateSetting) -> Parsed[date]:
    """Return the last day of `month`; without a year, of the period's year."""
    found = _last_day(setting.period.year if year is None else year, month, raw, setting)
    if year is not None or found.value is None:
        return found
    if found.value < setting.period.start:
        return unread(raw, "date_year_unclear")
    return _noted(found, "date_year_assumed")


def _last_day(year: int, month: int, raw: str, setting: DateSetting) -> Parsed[date]:
    if not 1 <= month <= 12:
        return unread(raw, "date_impossible")
    if setting.is_past:
        return unread(raw, "date_without_day")
    found = _day(year, month, calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 1, raw, setting)
    return _noted(found, "date_end_assumed") if found.value else found


def _without_year(month: int, day: int, raw: str, setting: DateSetting) -> Parsed[date]:
    """Return the day in the period's year; a report may also have been written early in the next, never ahead."""
    year = setting.period.year
    found = _day(year, month, day, raw, setting)
    if found.value and found.value < setting.period.start:
        following = _day(year + 1, month, day, raw, setting)
        if not (setting.is_past and following.value and following.value <= setting.today):
            return unread(raw, "date_year_unclear")
        found = following
    if setting.is_past and found.value and found.value > setting.today:
        return unread(raw, "date_year_unclear")
    return _noted(found, "date_year_assumed") if found.value else found


def _short_year(year: int, month: int, day: int, raw: str, setting: DateSetting) -> Parsed[date]:
    """Read 24.3.31 as year, month, day, where the year is one that the form can mean."""
    if abs(2000 + year - setting.period.year) > 5 or month > 12:
        return unread(raw, "date_ambiguous", readings="年、月、日的次序不明")
    found = _day(2000 + year, month, day, raw, setting)
    return _noted(found, "date_year_assumed") if found.value else found


def _end_of_period(words: str, raw: str, setting: DateSetting) -> Parsed[date]:
    months = 1 if words in _MONTH_END else 3
    if setting.is_past:
        return unread(raw, "date_without_day")
    if setting.period.months == months or (setting.period.months == 1 and setting.period.first_month % 3 == 0):
        return _noted(Parsed(setting.period.end, raw), "date_end_assumed")
    return unread(raw, "date_unreadable")


def _day(year: int, month: int, day: int, raw: str, setting: DateSetting) -> Parsed[date]:
    try:
        return _within_reach(date(year, month, day), raw, setting)
    except ValueError:
        return unread(raw, "date_impossible")


def _within_reach(day: date, raw: str, setting: DateSetting) -> Parsed[date]:
    """Refuse days that no form can mean: a mistyped year, or a serial number of something else."""
    if not -10 <= day.year - setting.period.year <= 30:
        return unread(raw, "date_out_of_reach")
    return Parsed(day, raw)


def _noted(found: Parsed[date], code: str) -> Parsed[date]:
    finding = Finding.of(code, raw=shown(found.raw), value=found.value)
    return Parsed(found.value, found.raw, (finding, *found.findings))
