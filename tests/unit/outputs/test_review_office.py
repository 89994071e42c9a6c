from datetime import date
from pathlib import Path

import pytest

from tests.support.office import edit_workbooks
from tests.support.validity import assert_valid_workbook
from tests.unit.outputs.sample_review import I2, T1, T2, T4, changes_of, codes, plain_table, reading_of
from tests.unit.outputs.workbooks import column, read, row_of


@pytest.mark.validator
def test_review_table_is_valid() -> None:
    assert_valid_workbook(plain_table())


@pytest.mark.office
def test_review_done_in_another_office_program(tmp_path: Path) -> None:
    original, saved, untouched = tmp_path / "任务分解表.xlsx", tmp_path / "改.xlsx", tmp_path / "未改.xlsx"
    original.write_bytes(plain_table())
    sheet = read(plain_table()).sheet("任务分解")
    assert sheet
    leads, day, code = (f"{chr(64 + column(sheet, name))}" for name in ("牵头单位", "完成时限", "任务编号"))
    first, second, last = (row_of(sheet, name) for name in (T1, T2, T4))
    edit_workbooks(
        [
            (original, [("save", str(untouched))]),
            (
                original,
                [
                    ("enter", "任务分解", f"{leads}{first}", "省统计局"),
                    ("enter", "任务分解", f"{day}{second}", "2025-06-30"),
                    ("sort", "任务分解", f"A{first}:R{last}", 1, False),
                    ("insert_rows", "任务分解", first + 1),
                    ("enter", "任务分解", f"F{first + 1}", "新增的任务"),
                    ("enter", "任务分解", f"B{first + 1}", "青城市实施方案"),
                    ("insert_columns", "任务分解", 1, 2),
                    ("insert_rows", "任务分解", 1, 3),
                    ("delete_columns", "任务分解", 14),
                    ("save", str(saved)),
                ],
            ),
        ]
    )
    assert code == "A"
    assert (changes_of(untouched.read_bytes()).changes, codes(reading_of(untouched.read_bytes()))) == ((), [])
    change = changes_of(saved.read_bytes())
    assert sorted(map(str, change.changes)) == [
        f"任务 {T1} 牵头依据：推定 → 明示",
        f"任务 {T1} 牵头单位：省科技厅 → 省统计局",
        f"任务 {T2} 完成时限：（空） → 2025-06-30",
        "新增任务 新1：新增的任务",
    ]
    assert {task.code: task.deadline for task in change.updated_tasks}[T2] == date(2025, 6, 30)
    assert I2 in [one.code for one in change.updated_indicators]
    assert change.findings == ()
