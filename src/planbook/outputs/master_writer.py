"""Writes 总台账.xlsx: the period's ledger as an office reads it, with the office's own notes put back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from planbook.model.dispatch import Dispatch
from planbook.model.figures import count_figures
from planbook.model.ledger import PeriodLedger
from planbook.model.tallies import TaskTally
from planbook.outputs import master_layout as layout
from planbook.outputs.cell_text import china_time, clean_text
from planbook.outputs.instruction_sheet import write_instructions
from planbook.outputs.master_inputs import offer_inputs
from planbook.outputs.master_instructions import master_page
from planbook.outputs.master_notes import NotedTable, NotePlacer, orphan_sheet
from planbook.outputs.master_overview import Overview
from planbook.outputs.master_tables import (
    DISPATCHES,
    MasterTable,
    dressed,
    fill,
    filled_tables,
    outlines_of,
    shown_headers,
    task_tables,
)
from planbook.outputs.master_watch_rows import dispatch_rows
from planbook.outputs.office_notes import NO_NOTES, OfficeNotes
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_rows import RowRenderer
from planbook.outputs.table_sheet import TablePlace, TableSheet, widen, write_frame, write_table
from planbook.outputs.task_sheets import KeptAround, TaskOrRows, TaskSheets, make_task_sheets
from planbook.sheets.deflated import Piece
from planbook.sheets.prebuilt import PrebuiltPackage
from planbook.sheets.splicing import SheetFrame

_FIRST_ROW: Final = 4  # of the tables that show tasks: below title, remark and headers


@dataclass(frozen=True, slots=True)
class KeptSheets:
    """What of a written workbook goes into the next where nothing happened to it.

    Attributes:
        sheets: The rows of each task.
        around: What goes with them.
        is_regular: Every style that the rows use has the number that it has in any other workbook.
    """

    sheets: TaskSheets
    around: KeptAround
    is_regular: bool


def write_master(ledger: PeriodLedger, notes: OfficeNotes = NO_NOTES, dispatches: Sequence[Dispatch] = ()) -> bytes:
    """Return 总台账.xlsx.

    XlsxWriter makes the workbook with every sheet's frame, styles and charts; the tables' rows, which are nearly all
    of it, are rendered here and put in afterwards.

    Args:
        ledger: Everything that it shows: a period, a slice of it, or its public version.
        notes: What the office typed into the one before (`read_office_notes`); notes whose row is no longer there
            are kept on the sheet 失联批注.
        dispatches: What went out to the agencies in the period.

    Returns:
        The same bytes for the same arguments.

    Raises:
        PlanbookError: Its figures do not add up.
    """
    tallies = [TaskTally.of(one) for one in ledger.tasks]
    return write_kept_master(ledger, ledger.tasks, tallies, notes=notes, dispatches=dispatches)[0]


def write_kept_master(
    ledger: PeriodLedger,
    tasks: Sequence[TaskOrRows],
    tallies: Sequence[TaskTally],
    *,
    notes: OfficeNotes = NO_NOTES,
    dispatches: Sequence[Dispatch] = (),
    around: KeptAround | None = None,
) -> tuple[bytes, KeptSheets]:
    """Return the same workbook, made with rows that were kept, and what to keep of it.

    Args:
        ledger: As of `write_master`; its `tasks` are not looked at.
        tasks: Every task, or its rows where they were kept, in the ledger's order.
        tallies: What is counted of each of them.
        notes: As of `write_master`.
        dispatches: Likewise.
        around: What was kept with the rows.

    Raises:
        PlanbookError: Its figures do not add up.
        UnfitRowsError: The kept rows do not fit into it.
    """
    import xlsxwriter

    figures = count_figures(ledger, tallies)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        title = f"{ledger.period.label}总台账"
        workbook.set_properties({"title": title, "author": clean_text(ledger.office, 200), "created": _moment(ledger)})
        workbook.set_size(28_000, 16_000)
        formats = FormatBook(workbook)
        footer = f"{ledger.office}　{title}"
        overview = workbook.add_worksheet(layout.OVERVIEW_SHEET)
        overview.set_tab_color("#2F5D8A")
        placer = NotePlacer(notes)
        shown = [shown_headers(ledger, table.sheet.name) for table in task_tables(ledger)]
        outlines = outlines_of(tallies)
        sheets = make_task_sheets(tasks, outlines, placer, formats, shown=shown, first_row=_FIRST_ROW, around=around)
        kept = KeptSheets(sheets, around or KeptAround(sheets.widths, sheets.links()), formats.is_regular)
        tables = _Tables(workbook, formats, ledger, footer)
        written = tables.write(kept, tallies, placer, dispatches)
        write_instructions(workbook.add_worksheet(layout.INSTRUCTIONS_SHEET), formats, master_page(ledger), footer)
        chart_sheet = workbook.add_worksheet(layout.CHARTS_SHEET)
        Overview(workbook, overview, formats, ledger, figures).write(chart_sheet, footer)
        chart_sheet.write_string(0, layout.STAMP_COLUMN - 1, ledger.made_at.isoformat())
        chart_sheet.very_hidden()
        overview.activate()
    package = PrebuiltPackage(buffer.getvalue(), [table.part for table in written])
    return package.build({one.part: one.pieces(package.changing_part(one.part)) for one in written}), kept


def _moment(ledger: PeriodLedger) -> datetime:
    return china_time(ledger.made_at).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class _Written:
    """A table whose frame stands in the workbook, and its rows.

    Attributes:
        part: Its part of the package.
        width: How many columns it has.
        last_row: Its last row, from 1.
        rows: Its rows.
        links: Its links.
        outline: Highest level of row groups.
    """

    part: str
    width: int
    last_row: int
    rows: Sequence[Piece]
    links: Piece | None = None
    outline: int = 0

    def pieces(self, frame: str) -> list[Piece]:
        """Return the pieces of its part, `frame` being what XlsxWriter wrote of it."""
        around = SheetFrame.of(frame, last_row=self.last_row, last_column=self.width, outline=self.outline)
        links = [self.links] if self.links else []
        return [Piece.of(around.above), *self.rows, Piece.of(around.between), *links, Piece.of(around.behind)]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Writes the frames of the tables into the workbook."""

    workbook: Any
    formats: FormatBook
    ledger: PeriodLedger
    footer: str

    def write(
        self, kept: KeptSheets, tallies: Sequence[TaskTally], placer: NotePlacer, dispatches: Sequence[Dispatch]
    ) -> list[_Written]:
        ledger = self.ledger
        is_whole = not ledger.is_public and not ledger.scope
        written = self._write_tasks(kept, max(outlines_of(tallies), default=0))
        written += [self._write(table) for table in filled_tables(ledger, placer)]
        rows = list(dispatch_rows(dispatches)) if is_whole else []
        if rows:
            written.append(self._write(fill(ledger, MasterTable(DISPATCHES, lambda _: rows), rows, placer)))
        orphans = placer.orphans() if is_whole else ()
        if orphans:
            sheet = self.workbook.add_worksheet(layout.ORPHANS_SHEET)
            write_table(sheet, self.formats, orphan_sheet(orphans), self.footer)
        return written

    def _write_tasks(self, kept: KeptSheets, outline: int) -> list[_Written]:
        sheets = kept.sheets
        written = []
        for number, table in enumerate(task_tables(self.ledger)):
            placed = sheets.placed[number]
            look = replace(dressed(self.ledger, table, sheets.columns[number]), columns=sheets.columns[number])
            level = outline if number == 0 else 0
            noted = NotedTable(look, placed.comments())
            part, place = self._frame(noted, sheets.counts[number], has_groups=level > 0)
            rows = [one.pieces[number] for one in sheets.tasks]
            written.append(
                _Written(part, len(look.columns), place.last_row, rows, kept.around.links[number], level),
            )
        return written

    def _write(self, filled: NotedTable) -> _Written:
        table = replace(filled.sheet, columns=widen(filled.sheet))
        part, place = self._frame(replace(filled, sheet=table), len(table.rows))
        render = RowRenderer(self.formats, table.columns).render
        text = render(table.rows, place.first_row)
        return _Written(part, len(table.columns), place.last_row, [Piece.of(text.encode())])

    def _frame(self, noted: NotedTable, rows: int, *, has_groups: bool = False) -> tuple[str, TablePlace]:
        table: TableSheet = noted.sheet
        sheet = self.workbook.add_worksheet(table.name)
        place = write_frame(sheet, self.formats, table, self.footer, rows=rows)
        offer_inputs(sheet, table, place)
        if has_groups:
            sheet.outline_settings(True, False, True, False)
        author = {"author": clean_text(self.ledger.office, 50)}
        for (row, column), text in sorted(noted.comments.items()):
            sheet.write_comment(place.first_row - 1 + row, column, clean_text(text, 30_000), author)
        return f"xl/worksheets/sheet{sheet.index + 1}.xml", place
