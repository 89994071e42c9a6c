"""Fills in forms the way an agency does, and remembers what was typed where, to be compared with the export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.office import Step

_STATUSES: Final = ("未启动", "滞后序时", "达到序时", "超序时", "已完成")
TASK_FIELDS: Final = {
    "进展状态": "status",
    "完成进度(%)": "completion_percent",
    "本期进展情况": "progress",
    "存在问题": "problems",
    "下一步措施": "next_steps",
    "预计完成时间": "expected_completion",
    "申请延期至": "extension_to",
    "佐证材料": "evidence",
    "填报人": "reporter",
    "联系电话": "phone",
    "填报日期": "reported_on",
    "备注": "remarks",
}
INDICATOR_FIELDS: Final = {"本期完成值": "value", "数据来源": "data_source", "备注": "remarks"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into one row: `code` of task or indicator, values by export field."""

    agency: str
    code: str
    values: Mapping[str, object]


def columns_of(sheet: Worksheet, wanted: str) -> tuple[int, dict[str, str]]:
    """Return the row with header `wanted`, and each header's column letter, required marks taken off."""
    for number, row in enumerate(sheet.iter_rows(min_row=1, max_row=30), start=1):
        letters = {str(cell.value).rstrip("* "): str(cell.column_letter) for cell in row if cell.value}
        if wanted in letters:
            return number, letters
    raise AssertionError(f"no header {wanted} in {sheet.title}")


def fill_by_hand(agency: str, form: Path, seed: int) -> tuple[list[Step], list[Filled]]:
    """Return the keystrokes that fill in every row of a form, and what the export must then say."""
    book = load_workbook(form)
    steps: list[Step] = []
    filled: list[Filled] = []
    for row_steps, row in _task_rows(agency, book["责任清单"], seed):
        steps += row_steps
        filled.append(row)
    if "指标进度" in book.sheetnames:
        for row_steps, row in _indicator_rows(agency, book["指标进度"], seed):
            steps += row_steps
            filled.append(row)
    return steps, filled


def _task_rows(agency: str, sheet: Worksheet, seed: int) -> Iterator[tuple[list[Step], Filled]]:
    header, columns = columns_of(sheet, "任务编号")
    for row in range(header + 1, sheet.max_row + 1):
        code = sheet[f"{columns['任务编号']}{row}"].value
        if not code:
            continue
        number = seed * 1000 + row
        is_done = number % 5 == 4
        day = date(2024, 3, 1) + timedelta(days=number % 31)
        typed: dict[str, str | int | float] = {
            "进展状态": _STATUSES[number % 5],
            "完成进度(%)": 100 if is_done else number % 97 + (0.5 if number % 3 == 0 else 0),
            "本期进展情况": f"第{number}项：=不是公式，已推进至第{number % 7 + 1}阶段；\n投入{number}万元。",
            "存在问题": f"第{number}项资金到位偏慢" if number % 2 else "",
            "下一步措施": f"下步安排{number}",
            "预计完成时间": (day + timedelta(days=200)).isoformat() if number % 3 else "",
            "申请延期至": (day + timedelta(days=400)).isoformat() if number % 11 == 0 else "",
            "佐证材料": f"附件{number}.pdf" if number % 4 == 0 else "",
            "填报人": f"张{number}",
            "联系电话": f"138{number % 10**8:08d}" if number % 2 else f"0731-8{number % 10**7:07d}",
            "填报日期": day.isoformat(),
            "备注": f"备注{number}" if number % 6 == 0 else "",
        }
        steps: list[Step] = [
            ("enter" if name in _AT_THE_KEYBOARD else "type", sheet.title, f"{columns[name]}{row}", value)
            for name, value in typed.items()
            if value != ""
        ]
        expected = {TASK_FIELDS[name]: _as_exported(TASK_FIELDS[name], value) for name, value in typed.items()}
        yield steps, Filled(agency, code, expected)


_AT_THE_KEYBOARD: Final = {"完成进度(%)", "预计完成时间", "申请延期至", "填报日期", "联系电话"}


def _indicator_rows(agency: str, sheet: Worksheet, seed: int) -> Iterator[tuple[list[Step], Filled]]:
    header, columns = columns_of(sheet, "指标编号")
    for row in range(header + 1, sheet.max_row + 1):
        code = sheet[f"{columns['指标编号']}{row}"].value
        if not code:
            continue
        value = seed * 10 + row + 0.25
        typed = {"本期完成值": str(value), "数据来源": f"统计{seed}-{row}", "备注": ""}
        verbs = {"本期完成值": "enter"}
        steps: list[Step] = [
            (verbs.get(name, "type"), sheet.title, f"{columns[name]}{row}", text)
            for name, text in typed.items()
            if text
        ]
        yield steps, Filled(agency, code, {"value": value, "data_source": typed["数据来源"], "remarks": ""})


def _as_exported(field: str, value: object) -> object:
    if value == "" and field in ("expected_completion", "extension_to"):
        return None
    return value
