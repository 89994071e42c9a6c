"""Reads the office's own notes out of an existing 总台账.xlsx, wherever its users sorted and moved them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from planbook.model.codes import is_valid_code, normalise_code
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.outputs.master_layout import (
    NOTED_SHEETS,
    OFFICE_HEADERS,
    ORPHAN_COLUMNS,
    ORPHANS_SHEET,
    OWN_SHEETS,
    NotedSheet,
)
from planbook.outputs.office_notes import (
    COMMENT_PREFIX,
    NoteKey,
    NoteValue,
    OfficeColumn,
    OfficeNote,
    OfficeNotes,
    join_notes,
)
from planbook.outputs.review_values import text_of, tidy_name
from planbook.sheets.headers import find_header_row, header_words
from planbook.sheets.raw import RawSheet, RawWorkbook, cell_address

_UNNAMED: Final = "（未命名）"
_OWN_ROW: Final = "自行添加的行"
_COLUMN_LIMIT: Final = 500


def read_office_notes(workbook: RawWorkbook) -> OfficeNotes:
    """Return what the office typed into an existing 总台账: its note columns, columns it added, comments on cells.

    Rows are known by their codes and agencies, columns by their headings, so that sorting, inserting, moving and
    hiding change nothing. Rows that the office wrote itself, without a code, are kept as one note each.

    Returns:
        The notes; findings name what cannot be kept as it is: sheets that the office added, formulas without a
        result, error values.

    Raises:
        PlanbookError: A sheet's headings are gone, so that its notes cannot be told from anything else.
    """
    columns: list[OfficeColumn] = []
    notes: list[OfficeNote] = []
    findings: list[Finding] = []
    taken: set[str] = {ORPHANS_SHEET}
    for layout in NOTED_SHEETS.values():
        sheet = find_noted_sheet(workbook, layout)
        if sheet is None:
            continue
        taken.add(sheet.name)
        found = _read_sheet(sheet, layout, findings)
        columns += found.columns
        notes += found.notes
    orphans = workbook.sheet(ORPHANS_SHEET)
    if orphans:
        notes += _read_orphans(orphans)
    findings += [
        Finding.of("notes_sheet_not_kept", name=sheet.name)
        for sheet in workbook.sheets
        if sheet.name not in taken and sheet.name not in OWN_SHEETS and any(any(row) for row in sheet.rows)
    ]
    return OfficeNotes(tuple(dict.fromkeys(columns)), join_notes(notes), tuple(findings))


def find_noted_sheet(workbook: RawWorkbook, layout: NotedSheet) -> RawSheet | None:
    """Return the sheet of `layout`, known by its name or, if it was renamed, by its headings."""
    own = workbook.sheet(layout.name)
    if own:
        return own
    known = {header_words(column.header) for column in layout.columns}
    renamed = (sheet for sheet in workbook.sheets if sheet.name not in OWN_SHEETS)
    wanted = len(known) * 2 // 3
    return next((sheet for sheet in renamed if find_header_row(sheet, known, at_least=wanted)), None)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a sheet: columns of planbook's own by header, those of the office by place."""

    row: int
    own: Mapping[str, int]
    office: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _SheetNotes:
    columns: Sequence[OfficeColumn] = ()
    notes: Sequence[OfficeNote] = ()


def _read_sheet(sheet: RawSheet, layout: NotedSheet, findings: list[Finding]) -> _SheetNotes:
    headings = read_headings(sheet, layout)
    if headings is None:
        _refuse_if_filled(sheet)
        return _SheetNotes()
    notes: list[OfficeNote] = []
    for row, stored in enumerate(sheet.rows, start=1):
        if row > headings.row and stored:
            key = row_key(sheet, layout, headings, row)
            if key.code or key.agency:
                notes += _row_notes(sheet, headings, row, key, findings)
            else:
                notes += _own_row(sheet, layout, headings, row)
    notes += _comments(sheet, layout, headings)
    return _SheetNotes(
        [OfficeColumn(layout.name, header) for header in headings.office.values() if header not in OFFICE_HEADERS],
        notes,
    )


def _refuse_if_filled(sheet: RawSheet) -> None:
    if any(text_of(value) for row in sheet.rows for value in row):
        raise PlanbookError(
            f"现有总台账「{sheet.name}」工作表的表头认不出来，里面的批注可能丢失，因此没有覆盖；"
            "请恢复表头，或把文件改名移走后再试。"
        )


def read_headings(sheet: RawSheet, layout: NotedSheet) -> Headings | None:
    """Return where the headings of a sheet stand, None where they are gone."""
    own_keys = [header_words(column.header) for column in layout.columns]
    header_row = find_header_row(sheet, set(own_keys), at_least=3)
    if header_row is None:
        return None
    texts = [text_of(value) for value in sheet.rows[header_row - 1][:_COLUMN_LIMIT]]
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts, start=1):
        places.setdefault(header_words(text), []).append(place)
    own: dict[str, int] = {}
    office: dict[int, str] = {}
    for number, column in enumerate(layout.columns):
        found = places.get(own_keys[number], [])
        if column.header in OFFICE_HEADERS:
            office.update(dict.fromkeys(found, column.header))
        elif found:
            told_apart = _own_place(number, own_keys, places)
            own[column.header] = told_apart or found[0]
            # Where it cannot be told which of two equal headings is planbook's own, both are kept: none may get lost.
            office.update({place: column.header for place in found if place != told_apart})
    own_places = {place for key in own_keys for place in places.get(key, ())}
    for place, text in enumerate(texts, start=1):
        if text and place not in own_places:
            office[place] = " ".join(text.split())
    for place in _filled_places(sheet, header_row) - own_places - office.keys():
        office[place] = _UNNAMED
    return Headings(header_row, own, dict(sorted(office.items())))


def _own_place(number: int, own_keys: Sequence[str], places: Mapping[str, Sequence[int]]) -> int | None:
    """Return the column of planbook's header `number`, None where two that bear it cannot be told apart.

    The office may add a column of the same name (备注); planbook's own stands between the same neighbours.
    """
    found = places[own_keys[number]]
    if len(found) == 1:
        return found[0]
    before = max((places[key][0] for key in own_keys[:number] if len(places.get(key, ())) == 1), default=0)
    after = min((places[key][0] for key in own_keys[number + 1 :] if len(places.get(key, ())) == 1), default=10**6)
    between = [place for place in found if before < place < after]
    return between[0] if len(between) == 1 else None


def _filled_places(sheet: RawSheet, header_row: int) -> set[int]:
    return {
        place
        for row in sheet.rows[header_row:]
        for place, value in enumerate(row[:_COLUMN_LIMIT], start=1)
        if value is not None and text_of(value)
    }


def row_key(sheet: RawSheet, layout: NotedSheet, headings: Headings, row: int) -> NoteKey:
    """Return what a row is known by; both of its halves are empty for a row that the office wrote itself."""
    code = text_of(sheet.value(row, headings.own.get(layout.code_header or "", 0)))
    agency = text_of(sheet.value(row, headings.own.get(layout.agency_header or "", 0)))
    plain = normalise_code(code)
    return NoteKey(layout.name, plain if is_valid_code(plain) else code, tidy_name(agency))


def _row_notes(
    sheet: RawSheet, headings: Headings, row: int, key: NoteKey, findings: list[Finding]
) -> Iterator[OfficeNote]:
    for place, header in headings.office.items():
        cell = (row, place)
        location = Location(sheet=sheet.name, cell=cell_address(row, place))
        value = sheet.value(row, place)
        if cell in sheet.errors:
            findings.append(Finding.of("notes_cell_error", location, text=sheet.errors[cell]))
            yield OfficeNote(key, header, sheet.errors[cell])
        elif cell in sheet.empty_formulas or cell in sheet.pictures_in_cells:
            findings.append(Finding.of("notes_formula_without_value", location))
        elif text_of(value):
            yield OfficeNote(key, header, _note_value(value), is_percent=cell in sheet.percent_cells)


def _note_value(value: object) -> NoteValue:
    if isinstance(value, float | bool | date | datetime):
        return value
    return value if isinstance(value, str) else str(value)


def _own_row(sheet: RawSheet, layout: NotedSheet, headings: Headings, row: int) -> Iterator[OfficeNote]:
    """Yield a row without a key as one note: each filled cell with its heading.

    Where the column of the codes itself is gone, every row is such a row; then only those with notes are kept.
    """
    headers = {place: header for header, place in headings.own.items()} | dict(headings.office)
    keys = [header for header in (layout.code_header, layout.agency_header) if header]
    is_noted = any(text_of(sheet.value(row, place)) for place in headings.office)
    if not is_noted and not all(header in headings.own for header in keys):
        return
    filled = [(header, text_of(sheet.value(row, place))) for place, header in sorted(headers.items())]
    words = "；".join(f"{header}：{text}" for header, text in filled if text)
    if words:
        yield OfficeNote(NoteKey(layout.name, "", ""), _OWN_ROW, words)


def _comments(sheet: RawSheet, layout: NotedSheet, headings: Headings) -> Iterator[OfficeNote]:
    headers = {place: header for header, place in headings.own.items()} | dict(headings.office)
    for (row, column), text in sheet.comments.items():
        if text.strip() and row > headings.row:
            key = row_key(sheet, layout, headings, row)
            yield OfficeNote(key, headers.get(column, _UNNAMED), text.strip(), is_comment=True)


def _read_orphans(sheet: RawSheet) -> Iterator[OfficeNote]:
    """Yield the notes that an earlier refresh found no row for; they go home should their row come back."""
    headers = [column.header for column in ORPHAN_COLUMNS]
    header_row = find_header_row(sheet, {header_words(header) for header in headers}, at_least=len(headers))
    if header_row is None:
        _refuse_if_filled(sheet)
        return
    texts = [header_words(text_of(value)) for value in sheet.rows[header_row - 1]]
    places = [texts.index(header_words(header)) + 1 for header in headers]
    for row in range(header_row + 1, len(sheet.rows) + 1):
        name, code, agency, header, _ = (text_of(sheet.value(row, place)) for place in places)
        value = sheet.value(row, places[-1])
        if text_of(value):
            yield OfficeNote(
                NoteKey(name, code, agency),
                " ".join(header.removeprefix(COMMENT_PREFIX).split()) or _UNNAMED,
                _note_value(value),
                is_percent=(row, places[-1]) in sheet.percent_cells,
                is_comment=header.startswith(COMMENT_PREFIX),
            )
