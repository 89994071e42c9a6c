"""Legacy workbooks of Excel 97, made by hand from records in a compound file."""

import struct
from datetime import date

from planbook.sheets.raw import Visibility
from planbook.sheets.reading import read_workbook
from tests.unit.sheets.packages import compound_file, record


def label(row: int, column: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, 15, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float, style: int = 15) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def legacy_workbook(cells: bytes, formats: tuple[int, ...] = (), is_1904: int = 0) -> bytes:
    """Return a workbook of Excel 97 with one hidden sheet, 表; styles from 16 on have these number formats."""

    def bof(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0x106))

    font = record(
        0x31, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 2, 1) + "宋体".encode("utf-16-le")
    )
    style = record(0xE0, struct.pack("<HHH", 0, 0, 0xFFF5) + bytes(14))
    cell_format = b"".join(
        record(0xE0, struct.pack("<HHH", 0, format_id, 1) + bytes(14)) for format_id in (0, *formats)
    )
    before = bof(5) + record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", is_1904))
    before += font + style * 15 + cell_format
    name = "表".encode("utf-16-le")
    entry = record(0x85, struct.pack("<IBBBB", 0, 1, 0, 1, 1) + name)
    offset = len(before) + len(entry) + 4
    entry = record(0x85, struct.pack("<IBBBB", offset, 1, 0, 1, 1) + name)
    sheet = bof(0x10) + record(0x200, struct.pack("<IIHHH", 0, 9, 0, 9, 0)) + cells + record(0x0A)
    return compound_file({"Workbook": before + entry + record(0x0A) + sheet})


def test_a_legacy_workbook() -> None:
    cells = (
        record(0x208, struct.pack("<HHHHHHI", 1, 0, 9, 300, 0, 0, 0x20))
        + label(0, 0, "任务\r编号")
        + number(0, 1, 12.5)
        + number(0, 2, 0.85, 16)
        + number(0, 3, 45379, 17)
        + number(0, 4, 99999999, 17)
        + record(0x205, struct.pack("<HHHBB", 1, 0, 15, 0x07, 1))
        + record(0x205, struct.pack("<HHHBB", 1, 1, 15, 1, 0))
        + record(0xE5, struct.pack("<HHHHH", 1, 2, 3, 4, 5))
    )
    sheet = read_workbook(legacy_workbook(cells, (9, 31))).sheets[0]
    assert (sheet.name, sheet.visibility) == ("表", Visibility.HIDDEN)
    assert [list(values) for values in sheet.rows] == [
        ["任务\n编号", 12.5, 0.85, date(2024, 3, 28), 99999999.0],
        [None, True],
    ]
    assert sheet.percent_cells == {(1, 3)}
    assert dict(sheet.errors) == {(2, 1): "#DIV/0!"}
    assert sheet.hidden_rows == {2}


def test_a_legacy_workbook_of_1904() -> None:
    sheet = read_workbook(legacy_workbook(number(0, 0, 43917, 16), (14,), is_1904=1)).sheets[0]
    assert sheet.value(1, 1) == date(2024, 3, 28)
