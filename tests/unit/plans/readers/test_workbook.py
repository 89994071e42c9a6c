import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from planbook.plans.readers.workbook import cell_text
from planbook.sheets.raw import CellValue
from tests.unit.plans.readers.reading import codes, read, refusal, rows, texts


def workbook(*lines: Sequence[object], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for values in lines:
        sheet.append(list(values))
    for place in merged:
        sheet.merge_cells(place)
    for name in hidden:
        book.create_sheet(name).sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_sheet_is_a_table_with_lines_above_and_below(tmp_path: Path) -> None:
    content = workbook(
        ["2024年重点任务分解表"],
        ["序号", "重点任务", "牵头单位", "完成时限", "增速"],
        [1, "建平台", "科技局", datetime(2024, 12, 31), 2.5],  # noqa: DTZ001 - cells know no time zone
        [2, None, "财政局", "长期坚持", None],
        ["注：列第一位的为牵头单位。"],
        merged=["A1:E1", "B3:B4", "A5:E5"],
    )
    document = read(tmp_path, content, "任务.xlsx")
    assert texts(document) == ["2024年重点任务分解表", "注：列第一位的为牵头单位。"]
    assert rows(document) == [
        (
            ("序号", "重点任务", "牵头单位", "完成时限", "增速"),
            ("1", "建平台", "科技局", "2024年12月31日", "2.5"),
            ("2", "建平台", "财政局", "长期坚持", ""),
        )
    ]


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    document = read(tmp_path, workbook(["任务", "单位"], ["建平台", "科技局"], hidden=["旧表"]))
    assert (len(rows(document)), codes(document)) == (1, ["hidden_sheets_skipped"])


def test_a_damaged_workbook_is_refused_by_name(tmp_path: Path) -> None:
    content = workbook(["任务", "单位"])
    assert refusal(tmp_path, content[: len(content) // 2]).startswith("plan.bin：")


def test_more_rows_than_a_plan_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.plans.readers.workbook._MAXIMUM_ROWS", 3)
    assert "3 行" in refusal(tmp_path, workbook(*[["甲", "乙"]] * 5))


@pytest.mark.parametrize(
    ("value", "is_percent", "text"),
    [
        (None, False, ""),
        (3.0, False, "3"),
        (3.14, False, "3.14"),
        (12000000.0, False, "12000000"),
        (0.85, True, "85%"),
        (0.07, True, "7%"),
        (True, False, "是"),
        (datetime(2024, 6, 1), False, "2024年6月1日"),  # noqa: DTZ001
        (datetime(2024, 6, 1, 9, 30), False, "2024年6月1日 09:30"),  # noqa: DTZ001
        ("市科技局", False, "市科技局"),
    ],
)
def test_values_read_as_a_plan_prints_them(value: CellValue, is_percent: bool, text: str) -> None:
    assert cell_text(value, is_percent=is_percent) == text
