"""Puts the office's notes back beside the rows that they belong to, and keeps those that have none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import compress
from typing import Final

from planbook.outputs import styles
from planbook.outputs.master_layout import OFFICE_HEADERS, ORPHAN_COLUMNS, ORPHANS_SHEET, NotedSheet
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

    def place(
        self, layout: NotedSheet, sheet: TableSheet, rows: Sequence[KeyedRow], shown: Collection[str] | None = None
    ) -> NotedTable:
        """Return `sheet` with `rows` and everything that the office noted on them.

        Args:
            layout: What tells rows apart.
            sheet: The sheet without rows.
            rows: Its rows.
            shown: Headers of the columns that are shown, where not all of the layout are. Columns of the office's
                own are then shown where something stands in them.
        """
        placed = self.columns(layout, ((row.code, row.agency) for row in rows), shown)
        cells = [placed.cells(number, row.cells) for number, row in enumerate(rows)]
        return NotedTable(replace(sheet, columns=placed.columns, rows=cells), placed.comments())

    def columns(
        self, layout: NotedSheet, keys: Iterable[tuple[str, str]], shown: Collection[str] | None = None
    ) -> "PlacedColumns":
        """Return the columns of a sheet whose rows have those keys (code, agency), with the notes on these rows."""
        taken = self._take_all(layout.name, keys)
        said = list(dict.fromkeys(note.header for notes in taken.values() for note in notes if not note.is_comment))
        own = [column for column in layout.columns if _is_shown(column.header, shown, said)]
        known = {column.header for column in layout.columns}
        added = [column.header for column in self._columns if column.sheet == layout.name and shown is None]
        added = [header for header in dict.fromkeys((*added, *said)) if header not in known]
        columns = (*own, *map(_note_column, added))
        headers = {column.header for column in columns}
        return PlacedColumns(
            columns,
            taken,
            tuple(column.header in headers for column in layout.columns if not _is_office(column.header)),
            tuple(_is_office(column.header) or column.header in added for column in columns),
        )

    def _take_all(self, name: str, keys: Iterable[tuple[str, str]]) -> Mapping[int, Sequence[OfficeNote]]:
        """Return the notes of each row that has some, by its place."""
        if not any(key.sheet == name for key in self._by_key):
            return {}
        taken = {number: self._take(NoteKey(name, *key)) for number, key in enumerate(keys)}
        return {number: notes for number, notes in taken.items() if notes}

    def _take(self, key: NoteKey) -> list[OfficeNote]:
        return self._by_key.pop(key, [])

    def orphans(self) -> tuple[OfficeNote, ...]:
        """Return the notes that no row took."""
        return tuple(note for notes in self._by_key.values() for note in notes)


@dataclass(frozen=True, slots=True)
class PlacedColumns:
    """A sheet's columns, and what the office noted on its rows.

    Attributes:
        columns: The columns that are shown, the office's among them.
        taken: The notes of each row that has some, by its place.
        wanted: For each of planbook's own columns, whether it is shown.
        offices: For each column that is shown, whether it is the office's.
    """

    columns: tuple[TableColumn, ...]
    taken: Mapping[int, Sequence[OfficeNote]]
    wanted: tuple[bool, ...]
    offices: tuple[bool, ...]

    def cells(self, number: int, cells: Sequence[CellContent | Cell]) -> Sequence[CellContent | Cell]:
        """Return the row at place `number`, `cells` its cells in planbook's own columns, with what was noted on it."""
        notes = self.taken.get(number, ())
        if not notes and not any(self.offices) and all(self.wanted):
            return cells
        values = {note.header: _note_cell(note) for note in notes if not note.is_comment}
        shown = compress(cells, self.wanted)
        return [
            values.get(column.header) if is_office else next(shown)
            for column, is_office in zip(self.columns, self.offices, strict=True)
        ]

    def comments(self) -> Mapping[tuple[int, int], str]:
        """Return the comments on cells by (row, column), both from 0."""
        headers = [column.header for column in self.columns]
        comments: dict[tuple[int, int], str] = {}
        for number, notes in self.taken.items():
            for note in notes:
                if note.is_comment:
                    # A comment on a column that is no more goes to the row's first cell.
                    column = headers.index(note.header) if note.header in headers else 0
                    above = comments.get((number, column))
                    comments[(number, column)] = f"{above}\n{note_text(note)}" if above else note_text(note)
        return comments


def _is_office(header: str) -> bool:
    return header in OFFICE_HEADERS


def _is_shown(header: str, shown: Collection[str] | None, said: Collection[str]) -> bool:
    return shown is None or header in shown or (_is_office(header) and header in said)


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
    return TableColumn(header, _NOTE_WIDTH, tint=styles.EDITABLE, header_tint=styles.EDITABLE_HEADER, is_typed=True)


def _note_cell(note: OfficeNote) -> Cell:
    return Cell(_content(note.value), styles.EDITABLE, "0.00%" if note.is_percent else None)


def _content(value: NoteValue) -> CellContent:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
