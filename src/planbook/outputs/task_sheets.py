"""任务台账 and 单位明细, task by task: nearly all of the master workbook, of which a click changes little.

The rows of each task are rendered and deflated on their own, so that those of a task in which nothing happened can be
put into the next workbook as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from planbook.model.ledger import TaskStanding
from planbook.outputs import master_layout as layout
from planbook.outputs.master_notes import NotePlacer, PlacedColumns
from planbook.outputs.master_rows import part_rows, task_row
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_rows import RowRenderer, register_looks
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, needs_of, widened
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
    drafts = [
        one if isinstance(one, KeptRows) else _Draft.of(one, placed, place, parts)
        for one, place, parts in zip(tasks, count(), _first_parts(tasks), strict=False)
    ]
    fitting = tuple(widened(one.columns, [draft.needs[sheet] for draft in drafts]) for sheet, one in enumerate(placed))
    if around and fitting != columns:
        raise UnfitRowsError
    renderers = [RowRenderer(formats, one) for one in fitting]
    rows = tuple(
        _at(draft, (first_row + place, first_row + parts)[: len(placed)], renderers, outline)
        for draft, place, parts, outline in zip(drafts, count(), _first_parts(tasks), outlines, strict=False)
    )
    return TaskSheets(fitting, placed, rows, first_row)


def _first_parts(tasks: Iterable[TaskOrRows]) -> Iterator[int]:
    """Yield the place of each task's first row on 单位明细, from 0."""
    place = 0
    for one in tasks:
        yield place
        place += len(one.agencies if isinstance(one, KeptRows) else one.assignments)


def _as_wide(columns: Sequence[TableColumn], widths: Sequence[float]) -> tuple[TableColumn, ...]:
    if len(columns) != len(widths):
        raise UnfitRowsError
    return tuple(replace(column, width=width) for column, width in zip(columns, widths, strict=True))


def _code(one: TaskOrRows) -> str:
    return one.code if isinstance(one, KeptRows) else one.task.code


def _agencies(one: TaskOrRows) -> Iterable[str]:
    return one.agencies if isinstance(one, KeptRows) else [part.agency for part in one.assignments]


@dataclass(frozen=True, slots=True)
class _Draft:
    """The rows of one task as cells, for each sheet, and how wide they want the elastic columns."""

    code: str
    agencies: tuple[str, ...]
    cells: tuple[Sequence[Sequence[CellContent | Cell]], ...]
    needs: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, standing: TaskStanding, placed: Sequence[PlacedColumns], *places: int) -> "_Draft":
        """Return the rows of a task; `places` are those of its first row on each sheet, from 0."""
        both = ([task_row(standing)], list(part_rows(standing)))
        cells = tuple(
            [one.cells(number, row.cells) for number, row in enumerate(rows, start=place)]
            for one, rows, place in zip(placed, both, places, strict=False)
        )
        needs = tuple(needs_of(one.columns, rows) for one, rows in zip(placed, cells, strict=True))
        return cls(standing.task.code, tuple(one.agency for one in standing.assignments), cells, needs)


def _at(
    draft: _Draft | KeptRows, first_rows: tuple[int, ...], renderers: Sequence[RowRenderer], outline: int
) -> KeptRows:
    """Return the rows at their place."""
    if isinstance(draft, KeptRows):
        if draft.first_rows != first_rows:
            raise UnfitRowsError
        return draft
    levels = (outline, 0)  # tasks fold under the first of their section; their agencies' rows do not
    pieces = tuple(
        Piece.of(renderer.render(cells, first, level).encode())
        for renderer, cells, first, level in zip(renderers, draft.cells, first_rows, levels, strict=False)
    )
    return KeptRows(draft.code, draft.agencies, first_rows, pieces, draft.needs)
