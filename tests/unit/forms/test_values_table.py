"""docs/values.md is what clerks are promised: every line of it is read by the parser."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planbook.forms.parsed import plain
from planbook.forms.values import (
    DateSetting,
    Parsed,
    parse_date,
    parse_percent,
    parse_phone,
    parse_quantity,
    parse_status,
    parse_text,
)
from planbook.model.period import Period
from planbook.sheets.raw import CellValue

_PAGE = Path(__file__).parents[3] / "docs" / "values.md"
_AHEAD = DateSetting(Period.parse("2024Q1"), date(2024, 4, 10))
_BEHIND = DateSetting(Period.parse("2024Q1"), date(2024, 4, 10), is_past=True)


def _rows(heading: str) -> list[list[str]]:
    section = next(part for part in re.split(r"^## ", _PAGE.read_text("utf-8"), flags=re.M) if part.startswith(heading))
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def _cell(written: str) -> tuple[CellValue, bool]:
    """The stored value, and whether the cell is shown as percent."""
    if written.startswith("百分比格式 "):
        number = written.removeprefix("百分比格式 ")
        return (float(number.rstrip("%")) / 100 if number.endswith("%") else float(number)), True
    return (float(written.removeprefix("数 ")) if written.startswith("数 ") else written), False


def _shown(parsed: Parsed[object]) -> tuple[str, str]:
    value = parsed.value
    if value is None:
        text = "空" if parsed.is_blank else "不采用"
    else:
        text = plain(value) if isinstance(value, Decimal) else str(value)
    return text, "、".join(f"`{finding.code}`" for finding in parsed.findings) or "—"


@pytest.mark.parametrize(("written", "value", "codes"), _rows("完成进度"))
def test_percentages(written: str, value: str, codes: str) -> None:
    cell, is_percent_cell = _cell(written)
    assert _shown(parse_percent(cell, is_percent_cell=is_percent_cell)) == (value, codes)


@pytest.mark.parametrize(("written", "unit", "value", "codes"), _rows("指标完成值"))
def test_quantities(written: str, unit: str, value: str, codes: str) -> None:
    cell, is_percent_cell = _cell(written)
    parsed = parse_quantity(cell, unit.replace("（无）", ""), is_percent_cell=is_percent_cell)
    assert _shown(parsed) == (value, codes)


@pytest.mark.parametrize(("written", "ahead", "codes_ahead", "behind", "codes_behind"), _rows("日期"))
def test_dates(written: str, ahead: str, codes_ahead: str, behind: str, codes_behind: str) -> None:
    cell, _ = _cell(written)
    assert _shown(parse_date(cell, _AHEAD)) == (ahead, codes_ahead)
    assert _shown(parse_date(cell, _BEHIND)) == (behind, codes_behind)


@pytest.mark.parametrize(("written", "value", "codes"), _rows("进展状态"))
def test_statuses(written: str, value: str, codes: str) -> None:
    assert _shown(parse_status(written)) == (value, codes)


@pytest.mark.parametrize(("written", "value", "codes"), _rows("联系电话"))
def test_phones(written: str, value: str, codes: str) -> None:
    assert _shown(parse_phone(_cell(written)[0])) == (value, codes)


@pytest.mark.parametrize(("written", "value", "codes"), _rows("文字"))
def test_texts(written: str, value: str, codes: str) -> None:
    assert _shown(parse_text(_cell(written)[0])) == (value, codes)
