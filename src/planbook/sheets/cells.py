"""Collects the cells of one sheet, in any order and far apart, into a `RawSheet`; every reader fills one of these."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Final

from planbook.sheets.grid import arrange_rows
from planbook.sheets.limits import LAST_COLUMN, LAST_ROW, Limits
from planbook.sheets.numbers import NumberKind, from_serial
from planbook.sheets.raw import CellKey, CellRange, CellValue, RawSheet, Visibility
from planbook.sheets.unreadable import UnreadableFile, unreadable

LOST_TEXT: Final = "#文本丢失"
"""Stands as the error of a cell whose text the file refers to but does not hold."""

_PICTURE: Final = re.compile(r"=?\s*(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_NOTES_LIMIT: Final = 100_000


class CellBudget:
    """Counts the cells of a whole workbook against the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.cells
        self._left = limits.cells

    def take(self, count: int) -> None:
        """Count `count` more cells.

        Raises:
            UnreadableFile: `file_over_limit`.
        """
        self._left -= count
        if self._left < 0:
            raise unreadable("file_over_limit", what="单元格数量", limit=f"{self._limit} 个")


class SheetBuilder:
    """One sheet in the making; rows and columns count from 1."""

    def __init__(self, name: str, visibility: Visibility, budget: CellBudget) -> None:
        self._name = name
        self._visibility = visibility
        self._budget = budget
        self._rows: dict[int, list[CellValue]] = {}
        self._errors: dict[CellKey, str] = {}
        self._empty_formulas: set[CellKey] = set()
        self._percent_cells: set[CellKey] = set()
        self._pictures: set[CellKey] = set()
        self._merged: list[CellRange] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._comments: dict[CellKey, str] = {}
        self._lowest_mark = 0
        self._counts_from_1904 = False

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Take a value; None and empty text are empty cells.

        Raises:
            UnreadableFile: `file_over_limit`; `file_damaged` where no sheet has such a cell.
        """
        if value is None or value == "":
            return
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            raise unreadable("file_damaged")
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = []
        gap = column - len(cells) - 1
        if gap < 0:
            cells[column - 1] = value
            return
        self._budget.take(gap + 1)
        if gap:
            cells.extend([None] * gap)
        cells.append(value)

    def open_row(self, row: int) -> list[CellValue]:
        """Return the values of a row so far; a reader that goes from left to right may append to them.

        It then says by `count_appended` how many there were.
        """
        return self._rows.setdefault(row, [])

    def count_appended(self, count: int) -> None:
        """Count values that were appended to open rows against the limit."""
        self._budget.take(count)

    def put_text(self, row: int, column: int, text: str) -> None:
        """Take a text, already clean; what WPS stores for a picture in a cell counts as such."""
        if text.startswith(("=", "_xlfn")) and _PICTURE.match(text):
            self.put_picture(row, column)
        else:
            self.put(row, column, text)

    def put_number(self, row: int, column: int, number: float, kind: NumberKind, *, is_1904: bool = False) -> None:
        """Take a number that its format shows as `kind`."""
        if not isfinite(number):
            self.put_error(row, column, "#NUM!")
            return
        if kind is NumberKind.PERCENT:
            self._percent_cells.add((row, column))
        if is_1904:
            self._counts_from_1904 = True
        self.put(row, column, from_serial(number, kind, is_1904=is_1904) if kind > NumberKind.PERCENT else number)

    def put_error(self, row: int, column: int, error: str) -> None:
        """Take a cell that holds an error value."""
        self._mark(row, column)
        self._errors[row, column] = error or "#ERROR!"

    def put_empty_formula(self, row: int, column: int) -> None:
        """Take a formula whose result was never stored."""
        self._mark(row, column)
        self._empty_formulas.add((row, column))

    def put_picture(self, row: int, column: int) -> None:
        """Take a cell that holds a picture instead of a value."""
        self._mark(row, column)
        self._pictures.add((row, column))

    def put_comment(self, row: int, column: int, text: str) -> None:
        """Take a cell comment, several of one cell one below the other."""
        if text and len(self._comments) < _NOTES_LIMIT:
            known = self._comments.get((row, column))
            self._comments[row, column] = f"{known}\n{text}" if known else text

    def merge(self, area: CellRange) -> None:
        """Take a merged range."""
        self._budget.take(1)
        if (area.first_row, area.first_column) != (area.last_row, area.last_column):
            self._merged.append(area)

    def hide_rows(self, first: int, last: int) -> None:
        """Take rows that a filter or a user hid, both ends included."""
        if self._hidden_rows and self._hidden_rows[-1][1] == first - 1:
            self._hidden_rows[-1] = (self._hidden_rows[-1][0], last)
        else:
            self._hidden_rows.append((first, last))

    def build(self) -> RawSheet:
        """Return the finished sheet; rows hidden beyond the last filled one are left out, there may be a million."""
        filled = {row: values for row, values in self._rows.items() if values}
        # A row that holds nothing but errors is still one of the sheet's rows.
        height = max(self._lowest_mark, max(filled, default=0))
        return RawSheet(
            name=self._name,
            visibility=self._visibility,
            rows=arrange_rows(filled, height),
            errors=self._errors,
            empty_formulas=frozenset(self._empty_formulas),
            percent_cells=frozenset(self._percent_cells),
            merged=tuple(self._merged),
            hidden_rows=frozenset(
                row for first, last in self._hidden_rows for row in range(first, min(last, height) + 1)
            ),
            comments=self._comments,
            pictures_in_cells=frozenset(self._pictures),
            counts_from_1904=self._counts_from_1904,
        )

    def _mark(self, row: int, column: int) -> None:
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            raise unreadable("file_damaged")
        self._budget.take(1)
        self._lowest_mark = max(self._lowest_mark, row)


class _ColumnNumbers(dict[str, int]):
    """Column numbers by letters, worked out once each."""

    def __missing__(self, letters: str) -> int:
        column = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z":
                raise unreadable("file_damaged")
            column = column * 26 + ord(letter) - 64
            if column > LAST_COLUMN:
                raise unreadable("file_damaged")
        if len(self) < LAST_COLUMN:
            self[letters] = column
        return column


COLUMN_NUMBERS: Final[Mapping[str, int]] = _ColumnNumbers()
"""Number (from 1) of a column by its letters; 0 for no letters at all."""


def parse_reference(reference: str) -> CellKey | None:
    """Return row and column of a reference such as `B12` or `$B$12`, None where it is none."""
    plain = reference.replace("$", "").strip()
    letters = plain.rstrip("0123456789")
    digits = plain[len(letters) :]
    if not letters or not digits or len(letters) > 3 or len(digits) > 7:
        return None
    try:
        column = COLUMN_NUMBERS[letters]
    except UnreadableFile:
        return None
    row = int(digits)
    return (row, column) if 0 < row <= LAST_ROW else None


def parse_area(reference: str) -> CellRange | None:
    """Return the range that a reference such as `A1:B2` means, None where it means none."""
    first, _, last = reference.partition(":")
    start, end = parse_reference(first), parse_reference(last or first)
    if start is None or end is None:
        return None
    return CellRange(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
