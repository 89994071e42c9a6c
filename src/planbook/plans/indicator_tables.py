"""Indicators set as a table: 指标名称 | 单位 | 2020年 | 2025年目标值 | 属性."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.model.plan import Indicator, Operator
from planbook.plans.characters import fold, squeeze
from planbook.plans.document import Table
from planbook.plans.numbers import parse_digits

_NAME: Final = re.compile(r"(?:.*指标(?:名称|内容|项目)?|名称|指标|目标名称|具体指标|三级指标|二级指标)")
_UNIT: Final = re.compile(r"(?:计量)?单位(?:名称)?")
_GOAL: Final = re.compile(r".*(?:目标值?|预期值?|计划值?|规划值?|任务值)(?:\(.*\))?")
_BASELINE: Final = re.compile(r"现状|基期|基准|上年|完成值|实际|基数|当前|预计完成")
_YEAR: Final = re.compile(r"(20\d\d)")
_VALUE: Final = re.compile(
    r"(?P<op>≥|>=|＞|>|≤|<=|<|达到|突破|超过|不低于|不少于|不超过|约)?\s*(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?:%|％)?"
    r"(?:\s*[-–—~至]\s*(?P<high>\d[\d,]*(?:\.\d+)?))?\s*(?P<unit>[^\d\s,，。;；()（）\[\]以左]{0,8})\s*(?P<more>以上|左右|以内|以下)?"
)
_UNIT_IN_NAME: Final = re.compile(r"\(([^()]{1,8})\)\s*$")
_ITEM_NUMBER: Final = re.compile(r"^\s*\d{1,2}\s*[.、．]\s*")
_CUMULATIVE: Final = re.compile(r"^[\[(【〔]|[\])】〕]$|\s*[*＊]$")
_OPERATORS: Final = {
    "≥": Operator.AT_LEAST, ">=": Operator.AT_LEAST, "达到": Operator.AT_LEAST, "不低于": Operator.AT_LEAST,
    "不少于": Operator.AT_LEAST, ">": Operator.MORE_THAN, "＞": Operator.MORE_THAN, "突破": Operator.MORE_THAN,
    "超过": Operator.MORE_THAN, "≤": Operator.AT_MOST, "<=": Operator.AT_MOST, "不超过": Operator.AT_MOST,
    "<": Operator.LESS_THAN, "约": Operator.ABOUT, "以上": Operator.AT_LEAST, "左右": Operator.ABOUT,
    "以内": Operator.AT_MOST, "以下": Operator.AT_MOST,
}  # fmt: skip
_MOST_HEADER_ROWS: Final = 4


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    unit: int | None
    targets: tuple[tuple[int, str | None], ...]
    header_rows: int


def read_indicator_table(table: Table, default_year: str | None) -> tuple[Indicator, ...]:
    """Return the indicators of a table; empty where it is none of indicators.

    Columns of the past (现状值, the earlier year) are no targets. The row is the quote.
    """
    columns = _find_columns(table)
    if columns is None:
        return ()
    return tuple(_read_rows(table, columns, default_year))


def _find_columns(table: Table) -> _Columns | None:
    for index, row in enumerate(table.rows[:_MOST_HEADER_ROWS]):
        cells = [squeeze(fold(cell)) for cell in row]
        names = [at for at, cell in enumerate(cells) if _NAME.fullmatch(cell) and "值" not in cell]
        if not names:
            continue
        targets = _target_columns([fold(cell) for cell in row], names)
        if not targets:
            continue
        unit = next((at for at, cell in enumerate(cells) if _UNIT.fullmatch(cell)), None)
        return _Columns(names[-1], unit, tuple(targets), index + 1)
    return None


def _target_columns(cells: Sequence[str], names: Sequence[int]) -> list[tuple[int, str | None]]:
    found: list[tuple[int, str | None]] = []
    years: list[int] = []
    for at, cell in enumerate(cells):
        if at in names or _BASELINE.search(cell):
            continue
        year = _YEAR.search(cell)
        if year:
            years.append(int(year[1]))
        if year or _GOAL.fullmatch(squeeze(cell)):
            found.append((at, year[1] if year else None))
    explicit = [each for each in found if _GOAL.fullmatch(squeeze(cells[each[0]]))]
    if explicit:
        return explicit
    if len(years) > 1:  # the earliest year is where the plan starts from
        return [each for each in found if each[1] and int(each[1]) > min(years)]
    return found


def _read_rows(table: Table, columns: _Columns, default_year: str | None) -> Iterator[Indicator]:
    for row in table.rows[columns.header_rows :]:
        if len(row) <= columns.name or len({cell for cell in row if cell.strip()}) < 2:
            continue
        name = re.sub(r"\s+", "", row[columns.name])
        unit = row[columns.unit].strip() if columns.unit is not None and columns.unit < len(row) else ""
        in_name = _UNIT_IN_NAME.search(fold(name))
        if not unit and in_name:
            unit, name = name[in_name.start(1) : in_name.end(1)], name[: in_name.start()]
        for at, year in columns.targets:
            cell = row[at].strip() if at < len(row) else ""
            indicator = _indicator(name, unit, cell, year or default_year, " | ".join(dict.fromkeys(row)))
            if indicator:
                yield indicator


def _indicator(name: str, unit: str, cell: str, year: str | None, quote: str) -> Indicator | None:
    plain = _CUMULATIVE.sub("", fold(cell)).strip("() ")
    match = _VALUE.search(plain)
    if not name or not match or re.match(r"\s*\d+\s*[、.]\s*\D", plain):
        return None
    low = parse_digits(match["low"])
    if low is None or (len(plain) > 30 and not match["op"]):
        return None
    high = parse_digits(match["high"]) if match["high"] else None
    own_unit = "%" if "%" in match[0] else match["unit"]
    operator = _OPERATORS.get(match["op"] or match["more"] or "", Operator.EQUAL)
    return Indicator(_ITEM_NUMBER.sub("", name), operator, low, high, unit or own_unit, year, quote[:80], None)
