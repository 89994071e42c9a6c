"""Generated workbooks read the same by both ways of this room, and as other programs wrote or read them."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from planbook.sheets.raw import CellValue
from planbook.sheets.reading import read_workbook
from planbook.sheets.text import clean_text
from tests.unit.sheets.test_xlsx_cells import USUAL, by_short_cut, by_stream

_TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z"), include_characters="\n\t _x0D&<>\"'"),
    max_size=20,
).filter(lambda text: text == clean_text(text) and "_x" not in text and not text.startswith("="))
_NUMBER = st.integers(-(10**14), 10**14).map(lambda number: number / 10**6)  # no more digits than writers write
_VALUE = st.one_of(st.none(), st.booleans(), _NUMBER, _TEXT.filter(bool))
_GRID = st.lists(st.lists(_VALUE, min_size=1, max_size=6), min_size=1, max_size=6)

Grid = list[list[CellValue]]


def trimmed(rows: Sequence[Sequence[CellValue]]) -> Grid:
    """Return rows without empty tails, so that what is empty looks the same whoever says so."""
    grid = [list(values) for values in rows]
    for values in grid:
        while values and values[-1] in (None, ""):
            values.pop()
    while grid and not grid[-1]:
        grid.pop()
    return [[None if value == "" else value for value in values] for values in grid]


def read(content: bytes) -> Grid:
    return trimmed([list(values) for values in read_workbook(content).sheets[0].rows])


@given(st.lists(st.lists(st.sampled_from([cell for cell, _, _ in USUAL]), max_size=5), max_size=5))
def test_the_short_cut_agrees_with_the_stream(cells: list[list[str]]) -> None:
    rows = "".join(
        f'<row r="{number}" spans="1:5">'
        + "".join(cell.replace("A1", f"{letter}{number}", 1) for letter, cell in zip("ABDEF", values, strict=False))
        + "</row>"
        for number, values in enumerate(cells, start=1)
    )
    assert by_short_cut(rows) == by_stream(rows)


@settings(max_examples=40, deadline=None)
@given(_GRID)
def test_what_xlsxwriter_wrote(grid: Grid) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("表")
        for row, values in enumerate(grid):
            for column, value in enumerate(values):
                if isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
    assert read(file.getvalue()) == trimmed(grid)


@settings(max_examples=25, deadline=None)
@given(_GRID)
def test_what_calamine_reads(grid: Grid) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, values in enumerate(grid, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None:
                sheet.cell(row, column, value)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    witness = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert read(file.getvalue()) == trimmed(witness) == trimmed(grid)


@pytest.mark.parametrize("constant_memory", [False, True])
def test_dates_percentages_and_hidden_sheets_of_xlsxwriter(constant_memory: bool) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": constant_memory}) as book:
        sheet = book.add_worksheet("责任清单")
        sheet.write_datetime(0, 0, datetime(2024, 3, 28), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        sheet.write_number(0, 1, 0.85, book.add_format({"num_format": "0%"}))
        sheet.write_comment(0, 1, "请核实")
        sheet.merge_range(1, 0, 1, 2, "合计")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.write_string(3, 0, "末行")
        book.add_worksheet("_planbook").very_hidden()
        book.set_custom_property("planbook", "印")
        book.set_properties({"created": datetime(2024, 3, 28, 2)})  # noqa: DTZ001
    workbook = read_workbook(file.getvalue())
    sheet = workbook.sheets[0]
    assert [sheet.name, workbook.sheets[1].visibility.value] == ["责任清单", "veryHidden"]
    assert list(sheet.rows[0]) == [date(2024, 3, 28), 0.85]
    assert sheet.percent_cells == {(1, 2)}
    assert sheet.hidden_rows == {3}
    assert (dict(sheet.comments), len(sheet.merged)) == ({(1, 2): "请核实"}, 1)
    assert workbook.custom_properties == {"planbook": "印"}
    assert workbook.saved_at is not None
    assert workbook.saved_at.isoformat() == "2024-03-28T02:00:00+00:00"


def test_formulas_of_openpyxl_have_no_result() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = 1, "=A1+1"
    file = io.BytesIO()
    book.save(file)
    found = read_workbook(file.getvalue()).sheets[0]
    assert found.empty_formulas == {(1, 2)}
    assert found.value(1, 2) is None
