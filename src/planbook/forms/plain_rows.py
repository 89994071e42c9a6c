"""Rows whose filled-in cells hold values and nothing else: a short way to what `FilledCells` says of such a row.

Nearly every row is one: no merged range, error value, formula without result, picture, percent format or comment
touches it, and no column of its table was copied. What is so found is the same; tests hold both ways against each
other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from planbook.forms.filled import is_picture, unit_added_to_header
from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Column, Field
from planbook.forms.parsed import Parsed, cell_text
from planbook.forms.row_reading import CellContent, Parser, RowReading
from planbook.forms.tables import FoundTable
from planbook.sheets.raw import CellValue

Value = TypeVar("Value")

_MOST_MERGED: Final = 1_000


class PlainTable:
    """The filled-in columns of a returned table, and which of its rows are plain."""

    def __init__(self, table: FoundTable) -> None:
        sheet = table.sheet
        filled_in = [match for match in table.columns.matched if not match.column.is_issued]
        self.table = table
        self.columns = {match.column.header: match for match in filled_in}
        self.added_units = {match.column.header: unit_added_to_header(match) for match in filled_in}
        self._places = [(match.column.header, match.place - 1) for match in filled_in]
        self._is_plain = len(self.columns) == len(filled_in) and len(sheet.merged) <= _MOST_MERGED
        marked = (sheet.errors, sheet.pictures_in_cells, sheet.empty_formulas, sheet.percent_cells, sheet.comments)
        self._odd_rows = {row for cells in marked for row, _ in cells}
        # As in `gather_sources`, a range that begins in the header is nobody's answer.
        self._merged = [found for found in sheet.merged if found.first_row > table.header_row]

    def row(self, number: int) -> "PlainRow | None":
        """Return the row with that number, None where it is not plain."""
        if not self._is_plain or number in self._odd_rows:
            return None
        if any(found.first_row <= number <= found.last_row for found in self._merged):
            return None
        cells = self.table.sheet.rows[number - 1]
        width = len(cells)
        values = {
            header: value
            for header, place in self._places
            if place < width and (value := cells[place]) is not None and value != ""
        }
        if any(value.__class__ is str and value[0] in "=_" and is_picture(value) for value in values.values()):
            return None
        return PlainRow(self, number, values, any(map(cell_text, values.values())))


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A plain row.

    Attributes:
        table: Its table.
        number: Its number, from 1.
        values: What is filled in, by column header.
        is_filled: Anything that shows is.
    """

    table: PlainTable
    number: int
    values: Mapping[str, CellValue]
    is_filled: bool


class PlainCells(RowReading):
    """The filled-in cells of a plain row, read one by one."""

    __slots__ = ("row",)

    def __init__(self, row: PlainRow, log: FindingLog) -> None:
        super().__init__(log)
        self.row = row

    def read(self, column: Column | None, parser: Parser[Value]) -> Value | None:
        """Return the value of `column`; see `RowReading.read`."""
        if column is None or column.header in self.row.values:
            return super().read(column, parser)
        if column.header in self.row.table.columns:
            self.blank[column.header] = ""  # what every parser says of an empty cell
        return None

    def written(self, column: Column | None) -> str:
        """Return what a cell has to say, as text; empty for an empty cell."""
        return cell_text(self.row.values.get(column.header)) if column else ""

    def note_comments(self) -> None:
        """Do nothing: there are none."""

    def _parsed(self, column: Column, parser: Parser[Value]) -> Parsed[Value] | None:
        header, row, plain = column.header, self.row, self.row.table
        value = row.values[header]
        table = plain.table
        unit = plain.added_units[header]
        if not unit and column.field is Field.VALUE:
            unit = table.text(row.number, Field.UNIT)
        parsed = parser(CellContent(value, False, unit, table.sheet.counts_from_1904))
        if parsed.findings:
            place = table.location_at(row.number, plain.columns[header].place)
            self.log.place(parsed.located(place), column=header)
        return parsed
