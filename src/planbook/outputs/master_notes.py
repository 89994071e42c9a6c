"""Puts the office's notes back beside the rows that they belong to, and keeps those that have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from planbook.outputs import styles
from planbook.outputs.master_layout import NOTE_HEADERS, ORPHAN_COLUMNS, ORPHANS_SHEET, NotedSheet
from planbook.outputs.office_notes import (
    COMMENT_PREFIX,
    NoteKey,
    NoteValue,
    OfficeNote,
    OfficeNotes,
    join_notes,
    note_text,
)
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, TableSheet

_NOTE_WIDTH: Final = 22.0


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A row of a sheet with notes: its key, and the cells of planbook's own columns, note columns left out."""

    code: str
    agency: str
    cells: Sequence[CellContent | Cell]


@dataclass(frozen=True, slots=True)
class NotedTable:
    """A sheet with its notes in place.

    Attributes:
        sheet: The sheet, the office's columns on the right.
        comments: (row, column) among the sheet's rows and columns, both from 0, to the comment of the cell.
    """

    sheet: TableSheet
    comments: Mapping[tuple[int, int], str]


class NotePlacer:
    """Hands out each note once; what is left belongs to no row."""

    def __init__(self, notes: OfficeNotes) -> None:
        self._columns = notes.columns
        self._by_key: dict[NoteKey, list[OfficeNote]] = {}
        for note in join_notes(notes.notes):
            self._by_key.setdefault(note.key, []).append(note)

    def place(self, layout: NotedSheet, sheet: TableSheet, rows: Sequence[KeyedRow]) -> NotedTable:
        """Return `sheet` with `rows` and everything that the office noted on them.

        Args:
            layout: What tells rows apart.
            sheet: The sheet without rows.
            rows: Its rows.
        """
        taken = [self._take(NoteKey(layout.name, row.code, row.agency)) for row in rows]
        own = [column.header for column in layout.columns if column.header not in NOTE_HEADERS]
        headers = [column.header for column in layout.columns if column.header in NOTE_HEADERS]
        headers += [column.header for column in self._columns if column.sheet == layout.name]
        headers += [note.header for notes in taken for note in notes if not note.is_comment]
        headers = list(dict.fromkeys(headers))
        comments: dict[tuple[int, int], str] = {}
        placed: list[list[CellContent | Cell]] = []
        for number, (row, notes) in enumerate(zip(rows, taken, strict=True)):
            values = {note.header: _note_cell(note) for note in notes if not note.is_comment}
            placed.append([*row.cells, *(values.get(header) for header in headers)])
            for note in notes:
                if note.is_comment:
                    # A comment on a column that is no more goes to the row's first cell.
                    column = (own + headers).index(note.header) if note.header in own + headers else 0
                    above = comments.get((number, column))
                    comments[(number, column)] = f"{above}\n{note_text(note)}" if above else note_text(note)
        columns = [column for column in layout.columns if column.header not in NOTE_HEADERS]
        known = {column.header: column for column in layout.columns if column.header in NOTE_HEADERS}
        columns += [known.get(header) or _note_column(header) for header in headers]
        return NotedTable(replace(sheet, columns=tuple(columns), rows=placed), comments)

    def _take(self, key: NoteKey) -> list[OfficeNote]:
        return self._by_key.pop(key, [])

    def orphans(self) -> tuple[OfficeNote, ...]:
        """Return the notes that no row took."""
        return tuple(note for notes in self._by_key.values() for note in notes)


def orphan_sheet(orphans: Sequence[OfficeNote]) -> TableSheet:
    """Return 失联批注."""
    rows: list[list[CellContent | Cell]] = [
        [
            note.key.sheet,
            note.key.code,
            note.key.agency,
            (COMMENT_PREFIX if note.is_comment else "") + note.header,
            _note_cell(note),
        ]
        for note in orphans
    ]
    remarks = (
        "所属的任务、指标或单位已不在台账中的批注，以及自行添加的行。系统不会删除，确认不再需要的可自行删除整行。",
    )
    return TableSheet(ORPHANS_SHEET, "失联批注", remarks, ORPHAN_COLUMNS, rows, paper="A4", tab_colour="B4BAC1")


def _note_column(header: str) -> TableColumn:
    return TableColumn(header, _NOTE_WIDTH, tint=styles.EDITABLE, header_tint=styles.EDITABLE_HEADER)


def _note_cell(note: OfficeNote) -> Cell:
    return Cell(_content(note.value), styles.EDITABLE, "0.00%" if note.is_percent else None)


def _content(value: NoteValue) -> CellContent:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
