"""One table of an OpenDocument spreadsheet: repeated rows and cells, typed values, paragraphs, notes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import isfinite
from typing import Final

from planbook.sheets.cells import CellBudget, SheetBuilder
from planbook.sheets.limits import LAST_COLUMN, LAST_ROW
from planbook.sheets.markup import local_attribute
from planbook.sheets.numbers import NumberKind, time_of_day
from planbook.sheets.raw import CellRange, CellValue, RawSheet, Visibility
from planbook.sheets.text import clean_text
from planbook.sheets.xlsx_values import parse_iso_value

_CELLS: Final = frozenset(("table-cell", "covered-table-cell"))
# What these hold is not text of the cell: shapes and their captions, readings above characters, deleted content.
_NOT_CELL_TEXT: Final = frozenset(
    ("ruby-text", "frame", "custom-shape", "shapes", "forms", "tracked-changes", "object", "g", "control", "table")
)
_ERROR: Final = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:[0-9]{3}")
_DURATION: Final = re.compile(
    r"(-?)P(?:([0-9]{1,7})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,20})?)S)?)?"
)
_SPACES_LIMIT: Final = 10_000


@dataclass(slots=True)
class _Cell:
    """A cell as its tag describes it, and the text gathered within."""

    column: int
    repeat: int
    attributes: Mapping[str, str]
    paragraphs: list[list[str]] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)

    def attribute(self, name: str) -> str | None:
        return local_attribute(self.attributes, name)

    @property
    def text(self) -> str:
        return clean_text("\n".join("".join(pieces) for pieces in self.paragraphs))


class TableReader:
    """Takes the elements inside one `table:table`, names without namespace, and builds the sheet."""

    def __init__(self, name: str, visibility: Visibility, budget: CellBudget) -> None:
        self._budget = budget
        self._sheet = SheetBuilder(name, visibility, budget)
        self._row = 1
        self._row_repeat = 1
        self._is_hidden = False
        self._column = 1
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._pieces: list[str] | None = None
        self._in_note = False
        self._skipped = 0

    def build(self) -> RawSheet:
        """Return the sheet."""
        return self._sheet.build()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if self._skipped or name in _NOT_CELL_TEXT:
            self._skipped += 1
        elif name == "table-row":
            self._row_repeat = _count(attributes, "number-rows-repeated")
            self._is_hidden = local_attribute(attributes, "visibility") in ("collapse", "filter")
            self._column = 1
            self._cells.clear()
        elif name in _CELLS:
            self._cell = _Cell(self._column, _count(attributes, "number-columns-repeated"), attributes)
            self._column += self._cell.repeat
        elif name == "annotation":
            self._in_note = True
        elif name == "p" and self._cell:
            self._pieces = []
            (self._cell.notes if self._in_note else self._cell.paragraphs).append(self._pieces)
        elif self._pieces is not None:
            self._start_inline(name, attributes, self._pieces)

    @staticmethod
    def _start_inline(name: str, attributes: Mapping[str, str], pieces: list[str]) -> None:
        if name == "s":
            pieces.append(" " * min(_count(attributes, "c"), _SPACES_LIMIT))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")

    def text(self, text: str) -> None:
        """Take character data."""
        if self._pieces is not None and not self._skipped:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif name == "p":
            self._pieces = None
        elif name == "annotation":
            self._in_note = False
        elif name in _CELLS and self._cell:
            if self._cell.attributes or self._cell.paragraphs or self._cell.notes:
                self._cells.append(self._cell)
            self._cell = None
        elif name == "table-row":
            self._end_row()

    def _end_row(self) -> None:
        if self._is_hidden:
            self._sheet.hide_rows(self._row, self._row + self._row_repeat - 1)
        for cell in self._cells:
            self._put_repeated(cell)
        self._row = min(self._row + self._row_repeat, LAST_ROW + 1)

    def _put_repeated(self, cell: _Cell) -> None:
        value_type = "error" if _is_error(cell) else cell.attribute("value-type")
        has_formula = cell.attribute("formula") is not None
        self._merge(cell)
        if value_type is None and not has_formula and not cell.text and not cell.notes:
            return  # most repeated cells: the empty rest of the sheet
        self._budget.take(self._row_repeat * cell.repeat)
        for row in range(self._row, self._row + self._row_repeat):
            for column in range(cell.column, cell.column + cell.repeat):
                self._put(row, column, cell, value_type)

    def _put(self, row: int, column: int, cell: _Cell, value_type: str | None) -> None:
        if cell.notes:
            lines = ("".join(pieces) for pieces in cell.notes)
            self._sheet.put_comment(row, column, clean_text("\n".join(lines)).strip())
        formula = cell.attribute("formula")
        if formula is not None and "DISPIMG" in formula.upper():
            self._sheet.put_picture(row, column)
        elif value_type == "error":
            self._sheet.put_error(row, column, cell.text)
        elif value_type in ("float", "percentage", "currency"):
            self._put_number(row, column, cell, value_type)
        elif value_type == "date":
            self._sheet.put(row, column, parse_iso_value(cell.attribute("date-value") or cell.text))
        elif value_type == "time":
            self._sheet.put(row, column, _parse_duration(cell.attribute("time-value") or cell.text))
        elif value_type == "boolean":
            self._sheet.put(row, column, cell.attribute("boolean-value") == "true")
        elif value_type is None and formula is not None and not cell.text:
            self._sheet.put_empty_formula(row, column)
        else:
            stated = cell.attribute("string-value")
            self._sheet.put_text(row, column, cell.text if stated is None else clean_text(stated))

    def _put_number(self, row: int, column: int, cell: _Cell, value_type: str) -> None:
        kind = NumberKind.PERCENT if value_type == "percentage" else NumberKind.PLAIN
        try:
            number = float(cell.attribute("value") or "")
        except ValueError:
            number = float("nan")
        if isfinite(number):
            self._sheet.put_number(row, column, number, kind)
        else:
            self._sheet.put_text(row, column, cell.text)

    def _merge(self, cell: _Cell) -> None:
        rows, columns = (
            _count(cell.attributes, "number-rows-spanned"),
            _count(cell.attributes, "number-columns-spanned"),
        )
        if rows > 1 or columns > 1:
            last_row, last_column = self._row + rows - 1, cell.column + columns - 1
            self._sheet.merge(CellRange(self._row, cell.column, min(last_row, LAST_ROW), min(last_column, LAST_COLUMN)))


def _is_error(cell: _Cell) -> bool:
    """Return whether a cell holds an error value; LibreOffice says so in its own extension, others only in the text."""
    if any(name.endswith("value-type") and value == "error" for name, value in cell.attributes.items()):
        return True
    return cell.attribute("formula") is not None and _ERROR.fullmatch(cell.text) is not None


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = local_attribute(attributes, name)
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1


def _parse_duration(text: str) -> CellValue:
    """Return the time of day that `PT10H30M00S` means, a duration where it is no time of day, the text if neither."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        return clean_text(text)
    sign, days, hours, minutes, seconds = match.groups()
    duration = timedelta(
        days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0)
    )
    if sign or duration >= timedelta(days=1):
        return -duration if sign else duration
    return time_of_day(duration)
