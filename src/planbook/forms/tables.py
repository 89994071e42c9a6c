"""The form's tables in a returned workbook, wherever they have got to, and what the sheets around them say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.forms.issued import canonical_text
from planbook.forms.layout import Field, FormLayout, SheetLayout, ValueKind
from planbook.forms.manifest import MANIFEST_SHEET
from planbook.forms.matching import (
    ColumnMap,
    OwnHeaders,
    count_headers,
    header_texts,
    identifying_fields,
    match_columns,
    own_headers,
)
from planbook.forms.parsed import cell_text, fold
from planbook.model.codes import find_codes
from planbook.model.findings import Location
from planbook.sheets.grid import number_rows
from planbook.sheets.headers import normalise_header
from planbook.sheets.raw import CellKey, CellValue, RawSheet, RawWorkbook, Visibility, cell_address

CORRECTION_COVER: Final = "退改说明"
"""Name and heading of the sheet that stands first in a correction workbook."""
COVER_COLUMNS: Final = 4
"""Columns that it has."""

_MOST_ROWS: Final = 20_000
_FEWEST_HEADERS: Final = 3
_ENOUGH_HEADERS: Final = 5
_NAMED: Final = re.compile(r"(填报单位|填报期)[:](.{1,120})")
_FACT_END: Final = re.compile(
    r"\s{2,}|\t|\n|填报期[:]|填报单位[:]|截止日期[:]|发文单位[:]|联系人[:]|填报人[:]|填报日期[:]|[(]盖章[)]|[(]公章[)]"
)
_LONGEST_FACT: Final = 300


@dataclass(frozen=True, slots=True)
class NamedFacts:
    """Whose and which period's a sheet says it is, in its own words; empty where it does not say."""

    agency: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One table with the form's headers.

    Attributes:
        sheet: Sheet that it stands in.
        layout: Which of the form's tables it is.
        header_row: Row of its headers, from 1.
        columns: What its columns mean.
        rows: (number, cells) of the rows below that have any content, down to the next table or the sheet's end.
        facts: What stands above its headers.
        above: (number, cells) of the rows from the sheet's top to its headers; of a sheet's first table only.
    """

    sheet: RawSheet
    layout: SheetLayout
    header_row: int
    columns: ColumnMap
    rows: tuple[tuple[int, Sequence[CellValue]], ...]
    facts: NamedFacts
    above: tuple[tuple[int, Sequence[CellValue]], ...] = ()

    def cell(self, row: int, wanted: Field) -> CellValue:
        """Return the value in `row` of the column of `wanted`, None where the table has no such column."""
        place = self.columns.place(wanted)
        return self.sheet.value(row, place) if place else None

    def text(self, row: int, wanted: Field) -> str:
        """Return `cell` as text, trimmed."""
        return cell_text(self.cell(row, wanted))

    def compared(self, row: int, wanted: Field) -> str:
        """Return `cell` as the text by which issued cells are compared."""
        column = self.layout.column(wanted)
        return compared(column.kind if column else ValueKind.TEXT, self.cell(row, wanted))

    def location(self, row: int, wanted: Field) -> Location:
        """Return the place of a cell; in column A where the table has no such column."""
        return self.location_at(row, self.columns.place(wanted) or 1)

    def location_at(self, row: int, place: int) -> Location:
        """Return the place of any cell of the sheet."""
        return Location(sheet=self.sheet.name, cell=cell_address(row, place))

    def codes(self, row: int) -> tuple[str, ...]:
        """Return the valid codes in the code column of `row`: one, unless people have been at work."""
        return find_codes(self.text(row, self.layout.code_field))


@dataclass(frozen=True, slots=True)
class OtherPage:
    """A page of the form that is not for filling in: its instructions, or the cover of a correction workbook."""

    sheet: RawSheet
    rows: tuple[tuple[int, Sequence[CellValue]], ...]
    is_cover: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """What of the form is found in a workbook.

    Attributes:
        layout: The form's layout, as far as it is known.
        sheet_names: Names of all the workbook's sheets, in its order.
        tables: The tables, in the workbook's order.
        facts: What visible sheets say outside of tables (the instruction sheet).
        outside: Sheets with task or indicator codes and no table, each with the first such cell.
        untouched: Other sheets with content that are neither instructions nor manifest.
        pages: Instructions and covers, which are not for filling in.
        cut_off: Sheets with more rows than a form can have; what stands further down was not looked at.
    """

    layout: FormLayout
    sheet_names: tuple[str, ...]
    tables: tuple[FoundTable, ...]
    facts: NamedFacts
    outside: tuple[tuple[RawSheet, CellKey], ...]
    untouched: tuple[RawSheet, ...]
    pages: tuple[OtherPage, ...]
    cut_off: tuple[RawSheet, ...]


def compared(kind: ValueKind, value: CellValue) -> str:
    """Return an issued value, as issued or as returned, as the text by which both are compared."""
    return "" if value is None else fold(canonical_text(kind, value))


def survey(workbook: RawWorkbook, layout: FormLayout) -> Survey:
    """Return the tables of `workbook` that have the headers of `layout`.

    A very hidden sheet is a program's work, not a clerk's, and is not looked at; a hidden one is.
    """
    tables: list[FoundTable] = []
    facts = NamedFacts()
    outside: list[tuple[RawSheet, CellKey]] = []
    untouched: list[RawSheet] = []
    pages: list[OtherPage] = []
    cut_off: list[RawSheet] = []
    for sheet in workbook.sheets:
        if sheet.visibility is Visibility.VERY_HIDDEN or is_manifest_sheet(sheet):
            continue
        rows = _filled_rows(sheet)
        if is_correction_cover(sheet):
            pages.append(OtherPage(sheet, tuple(rows), is_cover=True))
            continue
        if len(rows) >= _MOST_ROWS:
            cut_off.append(sheet)
        found = list(_tables(sheet, rows, layout))
        tables += found
        if found or not rows:
            continue
        coded = _first_code(rows)
        named = named_facts(rows)
        if coded:
            outside.append((sheet, coded))
        elif named.agency or normalise_header(sheet.name) == normalise_header(layout.instructions_name):
            facts = facts if facts.agency else named
            pages.append(OtherPage(sheet, tuple(rows)))
        else:
            untouched.append(sheet)
    names = tuple(sheet.name for sheet in workbook.sheets)
    return Survey(layout, names, tuple(tables), facts, tuple(outside), tuple(untouched), tuple(pages), tuple(cut_off))


def is_manifest_sheet(sheet: RawSheet) -> bool:
    """Return whether `sheet` is the hidden manifest, even renamed or made visible."""
    return sheet.name == MANIFEST_SHEET or cell_text(sheet.value(1, 1)).lower() == "planbook"


def is_correction_cover(sheet: RawSheet) -> bool:
    """Return whether `sheet` is the first sheet of a correction workbook, which names tasks and is no table."""
    return sheet.name.startswith(CORRECTION_COVER) and cell_text(sheet.value(1, 1)) == CORRECTION_COVER


def named_facts(rows: Sequence[tuple[int, Sequence[CellValue]]]) -> NamedFacts:
    """Return the agency and period that rows of labels name, as `填报单位：…` or with the name in the next cell."""
    found: dict[str, str] = {}
    for _, row in rows[:_LONGEST_FACT]:
        texts = [text for cell in row if (text := fold(cell_text(cell))) and len(text) <= _LONGEST_FACT]
        for label, text in _labelled(texts):
            found.setdefault(label, text)
    return NamedFacts(found.get("填报单位", ""), found.get("填报期", ""))


def labelled_cells(rows: Sequence[tuple[int, Sequence[CellValue]]]) -> Mapping[CellKey, str]:
    """Return the label of each cell that stands right of 填报单位 or 填报期."""
    found: dict[CellKey, str] = {}
    for number, row in rows:
        label = ""
        for place, cell in enumerate(row, start=1):
            text = fold(cell_text(cell)).rstrip(":")
            if text and label:
                found[number, place] = label
            label = text if text in ("填报单位", "填报期") else "" if text else label
    return found


def says_whose(text: str) -> bool:
    """Return whether a folded text above the headers says nothing but whose or which period's the table is."""
    label = text.rstrip(":")
    if label in ("填报单位", "填报期"):
        return True
    match = _NAMED.fullmatch(text)
    return match is not None and not _FACT_END.search(match[2].strip())


def _labelled(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, text in enumerate(texts):
        for match in _NAMED.finditer(text):
            fact = _FACT_END.split(match[2].strip(), maxsplit=1)[0].strip()
            if fact:
                yield match[1], fact
        if text.rstrip(":") in ("填报单位", "填报期") and place + 1 < len(texts):
            yield text.rstrip(":"), texts[place + 1]


def _filled_rows(sheet: RawSheet) -> list[tuple[int, Sequence[CellValue]]]:
    rows: list[tuple[int, Sequence[CellValue]]] = []
    marked = {row for row, _ in (*sheet.errors, *sheet.empty_formulas, *sheet.pictures_in_cells, *sheet.comments)}
    for number, row in number_rows(sheet.rows):
        if number in marked or any(cell is not None and cell != "" for cell in row):
            rows.append((number, row))
            if len(rows) >= _MOST_ROWS:
                break
    found = {number for number, _ in rows}
    bare = sorted(marked - found)[: _MOST_ROWS - len(rows)]  # nothing but a mark: no row of values is kept for them
    return sorted([*rows, *((row, ()) for row in bare)], key=lambda one: one[0]) if bare else rows


def _tables(
    sheet: RawSheet, rows: Sequence[tuple[int, Sequence[CellValue]]], layout: FormLayout
) -> Iterator[FoundTable]:
    known = tuple((kind, own_headers(kind)) for kind in layout.sheets)
    headers = [(place, kind) for place, (_, row) in enumerate(rows) if (kind := _header_kind(row, known))]
    start = 0
    for index, (place, kind) in enumerate(headers):
        end = headers[index + 1][0] if index + 1 < len(headers) else len(rows)
        number, row = rows[place]
        yield FoundTable(
            sheet=sheet,
            layout=kind,
            header_row=number,
            columns=match_columns(row, kind),
            rows=tuple(rows[place + 1 : end]),
            facts=named_facts(rows[start:place]),
            above=() if index else tuple(rows[:place]),
        )
        start = place + 1


def _header_kind(row: Sequence[CellValue], known: Sequence[tuple[SheetLayout, OwnHeaders]]) -> SheetLayout | None:
    """Return the table whose header row `row` is: it names several columns, one of them a code or title."""
    best: SheetLayout | None = None
    most = 0
    texts = header_texts(row)
    if len(texts) < _FEWEST_HEADERS:
        return None
    for sheet, own in known:
        fields = count_headers(texts, own)
        tells_rows_apart = len(fields) > most and not fields.isdisjoint(identifying_fields(sheet))
        if len(fields) > most and len(fields) >= (_FEWEST_HEADERS if tells_rows_apart else _ENOUGH_HEADERS):
            best, most = sheet, len(fields)
    return best


def _first_code(rows: Sequence[tuple[int, Sequence[CellValue]]]) -> CellKey | None:
    for number, row in rows:
        for place, cell in enumerate(row, start=1):
            if isinstance(cell, str) and len(cell) <= _LONGEST_FACT and find_codes(cell):
                return number, place
    return None
