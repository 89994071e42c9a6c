"""Quickly filled forms for tests that are about something else than filling in: openpyxl types one value a column."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.support.filling import columns_of


def filled_form(form: Path, *, percent: str | float = 40, text: str = "完成前期工作") -> bytes:
    """Return `form` with every task row filled in alike."""
    book = load_workbook(form)
    sheet = book["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    values = {
        "进展状态": "达到序时",
        "完成进度(%)": percent,
        "本期进展情况": text,
        "填报人": "张三",
        "联系电话": "13800000000",
        "填报日期": "2024-03-28",
    }
    for row in range(header + 1, sheet.max_row + 1):
        if sheet[f"{columns['任务编号']}{row}"].value:
            for name, value in values.items():
                sheet[f"{columns[name]}{row}"] = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
