"""Binary Open XML workbooks, made by hand from records."""

import io
import struct
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from planbook.sheets.cells import LOST_TEXT
from planbook.sheets.raw import CellRange, Visibility
from planbook.sheets.reading import read_workbook
from tests.unit.sheets.packages import cells12, record12, wide, workbook12


def row12(number: int, flags: int = 0) -> bytes:
    return record12(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, flags, 0, 0))


def compact(bits: int) -> bytes:
    return struct.pack("<I", bits & 0xFFFFFFFF)


@pytest.mark.parametrize(
    ("kind", "content", "value"),
    [
        (2, compact(7 << 2 | 2), 7.0),
        (2, compact(-7 << 2 | 2), -7.0),
        (2, compact(85 << 2 | 3), 0.85),
        (2, compact(0x3FF80000), 1.5),
        (4, b"\1", True),
        (5, struct.pack("<d", 12.25), 12.25),
        (6, wide("甲_x000D_乙"), "甲\n乙"),
        (7, struct.pack("<I", 1), "乙"),
        (8, wide("文") + bytes(10), "文"),
        (9, struct.pack("<d", 3) + bytes(10), 3.0),
        (10, b"\0" + bytes(10), False),
        (62, b"\1" + wide("富文本") + bytes(8), "富文本"),
        (1, b"", None),
    ],
)
def test_values_of_binary_cells(kind: int, content: bytes, value: object) -> None:
    sheet = read_workbook(workbook12(row12(1) + cells12((kind, 2, content)), ["甲", "乙"])).sheets[0]
    assert sheet.value(1, 3) == value
    assert type(sheet.value(1, 3)) is type(value)


def test_what_binary_cells_hide() -> None:
    formats = [0, 9, 200, 31]
    styled = b"".join(
        record12(5, struct.pack("<IId", column, style, number))
        for column, style, number in [(0, 1, 0.85), (1, 2, 45379.0), (2, 3, 45379.0), (3, 9, 4.0)]
    )
    rows = (
        row12(1)
        + styled
        + row12(2, flags=0x10)
        + cells12((3, 0, b"\x07"), (11, 1, b"\x2a" + bytes(4)), (7, 2, struct.pack("<I", 99)))
        + row12(4)
        + cells12((1, 0, b""))
        + record12(16, struct.pack("<Id", 0, 8.0))
        + record12(12, bytes(4))
        + record12(13, bytes(4) + compact(9 << 2 | 2))
    )
    merged = record12(176, struct.pack("<4I", 0, 1, 0, 2))
    sheet = read_workbook(workbook12(rows + merged, [], formats)).sheets[0]
    assert sheet.visibility is Visibility.VERY_HIDDEN
    assert list(sheet.rows[0]) == [0.85, date(2024, 3, 28), date(2024, 3, 28), 4.0]
    assert sheet.percent_cells == {(1, 1)}
    assert dict(sheet.errors) == {(2, 1): "#DIV/0!", (2, 2): "#N/A", (2, 3): LOST_TEXT}
    assert sheet.hidden_rows == {2}
    assert list(sheet.rows[3]) == [None, 8.0, None, 9.0]  # short records stand right of the cell before
    assert sheet.merged == (CellRange(1, 1, 2, 3),)


def test_a_binary_workbook_as_calamine_reads_it() -> None:
    rows = row12(1) + cells12((7, 0, struct.pack("<I", 0)), (5, 1, struct.pack("<d", 2.5))) + row12(3)
    content = workbook12(rows + cells12((4, 1, b"\1")), ["任务"])
    witness = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert witness == [["任务", 2.5], ["", ""], ["", True]]
    assert [list(values) for values in read_workbook(content).sheets[0].rows] == [["任务", 2.5], [], [None, True]]


def test_a_stray_binary_cell() -> None:
    rows = row12(1) + cells12((6, 0, wide("甲"))) + row12(1_048_576) + cells12((6, 16_383, wide("乙")))
    sheet = read_workbook(workbook12(rows)).sheets[0]
    assert (sheet.value(1, 1), sheet.value(1_048_576, 16_384)) == ("甲", "乙")
