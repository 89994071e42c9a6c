"""任务台账 and 单位明细, task by task: nearly all of the master workbook, of which a click changes little.

The rows of each task are rendered and deflated on their own, so that those of a task in which nothing happened can be
put into the next workbook as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planbook.model.ledger import TaskStanding
from planbook.outputs import master_layout as layout
from planbook.outputs.master_notes import KeyedRow, NotePlacer, PlacedColumns
from planbook.outputs.master_rows import part_rows, task_row
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_rows import RowRenderer, register_looks
from planbook.outputs.table_sheet import TableColumn, needs_of, widened
from planbook.sheets.deflated import Piece
from planbook.sheets.raw import cell_address, column_letters
from planbook.sheets.splicing import links_xml

TASK_SHEETS: Final = (layout.TASKS_SHEET, layout.REPORTS_SHEET)
"""The two sheets."""


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The rows of one task, ready for the workbook.

    Attributes:
        code: Its code.
        agencies: Who has a part in it: a row each on 单位明细.
        first_rows: Its first row on each of the two sheets, from 1; the rows hold there and nowhere else.
        pieces: Its rows on each of them.
        needs: How wide they want the elastic columns of each.
    """

    code: str
    agencies: tuple[str, ...]
    first_rows: tuple[int, ...]
    pieces: tuple[Piece, ...]
    needs: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class KeptAround:
    """What goes with kept rows, for each sheet.

    Attributes:
        widths: Width of each column, which rows are high enough for.
        links: The links.
    """

    widths: tuple[tuple[float, ...], ...]
    links: tuple[Piece, ...]


TaskOrRows = TaskStanding | KeptRows
"""A task whose rows are to be made, or the rows that were made of it before."""


class UnfitRowsError(Exception):
    """Kept rows do not fit into this workbook: everything has to be made anew."""


@dataclass(frozen=True, slots=True)
class TaskSheets:
    """What goes onto the two sheets, or onto the first alone where the second is not shown.

    Attributes:
        columns: Columns of each sheet, as wide as they are to be.
        placed: The office's notes of each.
        tasks: The rows, task by task.
        first_row: First row of each table, from 1.
    """

    columns: tuple[tuple[TableColumn, ...], ...]
    placed: tuple[PlacedColumns, ...]
    tasks: tuple[KeptRows, ...]
    first_row: int

    @property
    def widths(self) -> tuple[tuple[float, ...], ...]:
        """How wide the columns of each sheet are."""
        return tuple(tuple(column.width for column in columns) for columns in self.columns)

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows each sheet has."""
        return len(self.tasks), sum(len(one.agencies) for one in self.tasks)

    def links(self) -> tuple[Piece, ...]:
        """Return the links between a task and its agencies' rows; nothing where there is only one sheet."""
        if len(self.columns) == 1:
            return (Piece.of(b""),)
        last = column_letters(len(self.columns[1]))
        there = (
            (cell_address(home, 1), f"A{first}:{last}{first + len(one.agencies) - 1}")
            for one in self.tasks
            if one.agencies
            for home, first in [one.first_rows]
        )
        back = (
            (f"A{row}", f"A{home}")
            for one in self.tasks
            for home, first in [one.first_rows]
            for row in range(first, first + len(one.agencies))
        )
        return (
            Piece.of(links_xml(layout.REPORTS_SHEET, there).encode()),
            Piece.of(links_xml(layout.TASKS_SHEET, back).encode()),
        )


def make_task_sheets(
    tasks: Sequence[TaskOrRows],
    outlines: Sequence[int],
    placer: NotePlacer,
    formats: FormatBook,
    *,
    shown: Sequence[Sequence[str] | None],
    first_row: int,
    around: KeptAround | None = None,
) -> TaskSheets:
    """Return the two sheets' rows, made where they are not kept.

    Args:
        tasks: The tasks, in the ledger's order.
        outlines: Level of row group of each on 任务台账.
        placer: The office's notes.
        formats: The workbook's formats, nothing of it written yet.
        shown: For each sheet the headers that are shown, None for all; one entry for 任务台账 alone.
        first_row: First row of each table, from 1.
        around: What goes with rows that are kept.

    Raises:
        UnfitRowsError: Some rows were made for another place, or for columns of another width.
    """
    keys = (
        [(_code(one), "") for one in tasks],
        [(_code(one), agency) for one in tasks for agency in _agencies(one)],
    )
    placed = tuple(
        placer.columns(layout.NOTED_SHEETS[name], key, headers)
        for name, key, headers in zip(TASK_SHEETS, keys, shown, strict=False)
    )
    columns = tuple(one.columns for one in placed)
    if around:
        columns = tuple(map(_as_wide, columns, around.widths))
    for one in columns:
        register_looks(formats, one)
    formats.settle()
    while True:
        maker = _RowMaker(placed, [RowRenderer(formats, one) for one in columns])
        rows = tuple(maker.make_all(tasks, outlines, first_row))
        fitting = tuple(widened(one.columns, [task.needs[sheet] for task in rows]) for sheet, one in enumerate(placed))
        if fitting == columns:
            return TaskSheets(columns, placed, rows, first_row)
        if any(isinstance(one, KeptRows) for one in tasks):
            raise UnfitRowsError
        columns = fitting


def _as_wide(columns: Sequence[TableColumn], widths: Sequence[float]) -> tuple[TableColumn, ...]:
    if len(columns) != len(widths):
        raise UnfitRowsError
    return tuple(replace(column, width=width) for column, width in zip(columns, widths, strict=True))


def _code(one: TaskOrRows) -> str:
    return one.code if isinstance(one, KeptRows) else one.task.code


def _agencies(one: TaskOrRows) -> Iterable[str]:
    return one.agencies if isinstance(one, KeptRows) else [part.agency for part in one.assignments]


@dataclass(frozen=True, slots=True)
class _RowMaker:
    """Makes the rows of one task after the other."""

    placed: tuple[PlacedColumns, ...]
    renderers: Sequence[RowRenderer]

    def make_all(self, tasks: Sequence[TaskOrRows], outlines: Sequence[int], first_row: int) -> Iterator[KeptRows]:
        part_row = first_row
        for number, (one, outline) in enumerate(zip(tasks, outlines, strict=True)):
            first_rows = (first_row + number, part_row)[: len(self.placed)]
            rows = one if isinstance(one, KeptRows) else self._make(one, first_rows, first_row, outline)
            if rows.first_rows != first_rows:
                raise UnfitRowsError
            part_row += len(rows.agencies)
            yield rows

    def _make(self, standing: TaskStanding, first_rows: tuple[int, ...], first_row: int, outline: int) -> KeptRows:
        both = ([task_row(standing)], list(part_rows(standing)))
        made = [
            self._sheet_rows(sheet, rows, start, first_row, outline if sheet == 0 else 0)
            for sheet, (rows, start) in enumerate(zip(both, first_rows, strict=False))
        ]
        agencies = tuple(one.agency for one in standing.assignments)
        pieces, needs = zip(*made, strict=True)
        return KeptRows(standing.task.code, agencies, first_rows, pieces, needs)

    def _sheet_rows(
        self, sheet: int, rows: Sequence[KeyedRow], start: int, first_row: int, outline: int
    ) -> tuple[Piece, tuple[float, ...]]:
        placed, render = self.placed[sheet], self.renderers[sheet].render
        cells = [placed.cells(number, row.cells) for number, row in enumerate(rows, start=start - first_row)]
        return Piece.of(render(cells, start, outline).encode()), needs_of(placed.columns, cells)
