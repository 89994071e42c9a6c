"""Finds a table of the review workbook by its headers: which column holds which field, whatever became of the order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from planbook.model.findings import Finding, Location
from planbook.outputs.review_layout import (
    FINDINGS_SHEET,
    INSTRUCTIONS_SHEET,
    SAME_INDICATORS_SHEET,
    SHEET_COLUMNS,
    TASKS_SHEET,
    ReviewColumn,
)
from planbook.outputs.review_rows import RowPlace
from planbook.outputs.review_values import text_of
from planbook.sheets.headers import find_header_row, normalise_header
from planbook.sheets.raw import CellValue, RawSheet, RawWorkbook, Visibility, cell_address

SHOWN_ONLY: Final = frozenset({"confidence", "hint", "position", "lead_count", "support_count"})
"""Fields that are written for the clerk to see and never read."""

_DISPENSABLE: Final = SHOWN_ONLY | {"excerpt", "unit_note", "quote"}
_COLUMN_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """A worksheet whose header row was found; `columns` gives the column (from 1) of each field that it has."""

    name: str
    sheet: RawSheet
    header_row: int
    columns: Mapping[str, int]
    merged: Mapping[tuple[int, int], tuple[int, int]]

    def value(self, row: int, column: int) -> CellValue:
        """Return a cell's value; every cell of a merged range shows the value of its first."""
        return self.sheet.value(*self.merged.get((row, column), (row, column)))

    def places(self) -> Iterator[RowPlace]:
        """Yield each row below the headers that has anything in it."""
        entered = [column for name, column in self.columns.items() if name not in SHOWN_ONLY]
        faulty = {row for row, _ in (*self.sheet.errors, *self.sheet.empty_formulas, *self.sheet.pictures_in_cells)}
        for row, stored in enumerate(self.sheet.rows, start=1):
            if row <= self.header_row or not (stored or row in faulty):
                continue
            if any(text_of(self.value(row, column)) or self.fault(row, column) for column in entered):
                yield RowPlace(self.sheet.name, row, self.columns)

    def fault(self, row: int, column: int) -> Finding | None:
        """Return why a cell has no value of its own: an error value, a formula never worked out, a picture."""
        key = self.merged.get((row, column), (row, column))
        location = Location(sheet=self.sheet.name, cell=cell_address(row, column))
        if key in self.sheet.errors:
            return Finding.of("review_cell_error", location, text=self.sheet.errors[key])
        if key in self.sheet.pictures_in_cells:
            return Finding.of("review_picture_in_cell", location)
        if key in self.sheet.empty_formulas:
            return Finding.of("review_formula_without_value", location)
        return None


def find_table(workbook: RawWorkbook, name: str, findings: list[Finding]) -> ReviewTable | None:
    """Return the worksheet that holds the table `name`, found by its headers where the sheet was renamed.

    Args:
        workbook: The clerk's workbook.
        name: Sheet name in the specification.
        findings: Takes what is wrong with the headers.
    """
    specification = SHEET_COLUMNS[name]
    known = {key for column in specification for key in column.spellings()}
    own = workbook.sheet(name)
    # Another sheet must look very much like the table: 提示 too has codes and titles.
    wanted = 3 if own else len(specification) * 2 // 3
    for sheet in (own,) if own else _renamed_sheets(workbook):
        header_row = find_header_row(sheet, known, at_least=wanted)
        if header_row is None:
            continue
        columns = _match_columns(sheet, header_row, specification, findings)
        missing = [column.header for column in specification if column.is_key and column.field not in columns]
        if not missing:
            return ReviewTable(name, sheet, header_row, columns, _merged_cells(sheet, header_row))
        location = Location(sheet=sheet.name, cell=cell_address(header_row, 1))
        findings.append(Finding.of("review_column_missing", location, header="、".join(missing)))
        return None
    code = "review_task_sheet_missing" if name == TASKS_SHEET else "review_sheet_missing"
    findings.append(Finding.of(code, name=name))
    return None


def _renamed_sheets(workbook: RawWorkbook) -> tuple[RawSheet, ...]:
    ours = {*SHEET_COLUMNS, INSTRUCTIONS_SHEET, SAME_INDICATORS_SHEET, FINDINGS_SHEET}
    return tuple(
        sheet for sheet in workbook.sheets if sheet.name not in ours and sheet.visibility is Visibility.VISIBLE
    )


def _match_columns(
    sheet: RawSheet, header_row: int, specification: tuple[ReviewColumn, ...], findings: list[Finding]
) -> dict[str, int]:
    written = {
        place: text
        for place, value in enumerate(sheet.rows[header_row - 1][:_COLUMN_LIMIT], start=1)
        if (text := text_of(value))
    }
    matches = _match_headers({place: normalise_header(text) for place, text in written.items()}, specification)
    for column in specification:
        places = matches.get(column.field, [])
        if len(places) > 1 and column.field not in SHOWN_ONLY:
            location = Location(sheet=sheet.name, cell=cell_address(header_row, places[1]))
            first = cell_address(header_row, places[0])
            findings.append(Finding.of("review_column_twice", location, header=column.header, first=first))
        if not places and not column.is_key and column.field not in _DISPENSABLE:
            findings.append(Finding.of("review_column_absent", Location(sheet=sheet.name), header=column.header))
    taken = {place for places in matches.values() for place in places}
    for place in sorted(written.keys() - taken):
        location = Location(sheet=sheet.name, cell=cell_address(header_row, place))
        findings.append(Finding.of("review_column_unknown", location, header=written[place]))
    return {name: places[0] for name, places in matches.items()}


def _match_headers(keys: Mapping[int, str], specification: tuple[ReviewColumn, ...]) -> dict[str, list[int]]:
    """Return the places of each field's header; a column's own header goes before what else it may be called.

    A clerk's additional 序号 must not be taken for 原文序号 while that is there.
    """
    matches: dict[str, list[int]] = {}
    for column in specification:
        own = normalise_header(column.header)
        if places := [place for place, key in keys.items() if key == own]:
            matches[column.field] = places
    taken = {place for places in matches.values() for place in places}
    for column in specification:
        if column.field not in matches:
            spellings = column.spellings()
            if places := [place for place, key in keys.items() if key in spellings and place not in taken]:
                matches[column.field] = places
                taken.update(places)
    return matches


def _merged_cells(sheet: RawSheet, header_row: int) -> dict[tuple[int, int], tuple[int, int]]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for block in sheet.merged:
        if block.first_row <= header_row:
            continue
        last_row = min(block.last_row, len(sheet.rows))
        last_column = min(block.last_column, _COLUMN_LIMIT)
        for row in range(block.first_row, last_row + 1):
            for column in range(block.first_column, last_column + 1):
                merged[(row, column)] = (block.first_row, block.first_column)
    return merged
