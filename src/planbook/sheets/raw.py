"""A workbook flattened to raw cells, the same whatever program and format it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

CellValue = str | float | bool | date | datetime | time | timedelta | None
"""None is an empty cell; whole numbers arrive as float, as spreadsheets keep them."""

CellKey = tuple[int, int]
"""(row, column), both from 1."""


class Visibility(StrEnum):
    """Whether a user sees a sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True, slots=True)
class CellRange:
    """A rectangle of cells, both corners included, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One worksheet: its values, and beside them what values alone would hide.

    Attributes:
        name: Sheet name.
        visibility: Whether a user sees it.
        rows: Values; `rows[0][0]` is A1. Rows may differ in length; empty tails may be missing.
        errors: Cells that hold an error value (`#DIV/0!`); their value in `rows` is None.
        empty_formulas: Cells with a formula whose result was never stored; their value is None.
        percent_cells: Numeric cells shown as percent: 85 % is stored, and arrives in `rows`, as 0.85.
        merged: Merged ranges; only the top left cell of one has a value.
        hidden_rows: Rows that a filter or a user hid.
        comments: Cell comments (notes), text only.
        pictures_in_cells: Cells that hold a picture by formula (WPS DISPIMG) instead of a value.
        counts_from_1904: The workbook counts days from 1904, so that a number that was a date means another day.
    """

    name: str
    visibility: Visibility
    rows: Sequence[Sequence[CellValue]]
    errors: Mapping[CellKey, str] = field(default_factory=dict)
    empty_formulas: frozenset[CellKey] = frozenset()
    percent_cells: frozenset[CellKey] = frozenset()
    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    comments: Mapping[CellKey, str] = field(default_factory=dict)
    pictures_in_cells: frozenset[CellKey] = frozenset()
    counts_from_1904: bool = False

    def value(self, row: int, column: int) -> CellValue:
        """Return the value at (`row`, `column`), from 1; None beyond the edge."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A workbook's sheets in order, its custom document properties, and when it was last saved (UTC), if it says."""

    sheets: tuple[RawSheet, ...]
    custom_properties: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None

    def sheet(self, name: str) -> RawSheet | None:
        """Return the sheet called `name`, None where there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@lru_cache(maxsize=1_024)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Return the A1 address of a cell, row and column from 1."""
    return f"{column_letters(column)}{row}"
