"""Workbooks in the tests of outputs: read as planbook reads them, edited with openpyxl as a person would."""

import io
from collections.abc import Callable

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planbook.sheets.limits import DEFAULT_LIMITS
from planbook.sheets.raw import RawSheet, RawWorkbook
from planbook.sheets.xlsx import read_xlsx


def read(content: bytes) -> RawWorkbook:
    return read_xlsx(content, DEFAULT_LIMITS)


def edit(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return the workbook after `change`, saved by openpyxl."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def worksheet(workbook: Workbook, name: str) -> Worksheet:
    sheet = workbook[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def header_row(sheet: RawSheet, header: str) -> int:
    return next(row for row, values in enumerate(sheet.rows, start=1) if header in values)


def column(sheet: RawSheet, header: str) -> int:
    return list(sheet.rows[header_row(sheet, header) - 1]).index(header) + 1


def row_of(sheet: RawSheet, key: str) -> int:
    return next(row for row, values in enumerate(sheet.rows, start=1) if values and key in values[:2])


def table(sheet: RawSheet, header: str) -> list[dict[str, object]]:
    """Return the rows below the header row that has `header`, as header to value."""
    first = header_row(sheet, header)
    headers = [str(value) for value in sheet.rows[first - 1]]
    return [dict(zip(headers, values, strict=False)) for values in sheet.rows[first:]]


class Clerk:
    """Edits a workbook by what a person sees: row key (any cell of the row) and column heading."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    def put(self, sheet: str, key: str, header: str, value: object) -> str:
        """Write one cell and return its address."""
        cell = self.sheet(sheet).cell(self.row(sheet, key), self.column(sheet, header))
        cell.value = value  # type: ignore[assignment]  # whatever a person types
        return str(cell.coordinate)

    def add(self, sheet: str, below: str | None = None, /, **values: object) -> int:
        """Insert a row below the row of `below`, or at the end, and return its number."""
        target = self.sheet(sheet)
        row = self.row(sheet, below) + 1 if below else target.max_row + 1
        target.insert_rows(row)
        for header, value in values.items():
            target.cell(row, self.column(sheet, header)).value = value  # type: ignore[assignment]
        return row

    def sheet(self, name: str) -> Worksheet:
        return worksheet(self.workbook, name)

    def row(self, sheet: str, key: str) -> int:
        return next(
            number for number, row in enumerate(self.sheet(sheet).iter_rows(values_only=True), start=1) if key in row
        )

    def column(self, sheet: str, header: str) -> int:
        return next(
            cell.column for row in self.sheet(sheet).iter_rows() for cell in row if cell.value == header
        )  # fmt: skip


def edited(content: bytes, change: Callable[[Clerk], object]) -> bytes:
    return edit(content, lambda workbook: change(Clerk(workbook)))
