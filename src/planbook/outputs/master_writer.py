"""Writes 总台账.xlsx: the period's ledger as an office reads it, with the office's own notes put back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from planbook.model.dispatch import Dispatch
from planbook.model.figures import count_figures
from planbook.model.ledger import PeriodLedger
from planbook.outputs import master_layout as layout
from planbook.outputs.cell_text import china_time, clean_text
from planbook.outputs.instruction_sheet import write_instructions
from planbook.outputs.master_inputs import offer_inputs
from planbook.outputs.master_instructions import master_page
from planbook.outputs.master_notes import NotePlacer, orphan_sheet
from planbook.outputs.master_overview import Overview
from planbook.outputs.master_tables import DISPATCHES, FilledTable, MasterTable, fill, filled_tables
from planbook.outputs.master_watch_rows import dispatch_rows
from planbook.outputs.office_notes import NO_NOTES, OfficeNotes
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_rows import RowRenderer
from planbook.outputs.table_sheet import TablePlace, TableSheet, widen, write_frame, write_table
from planbook.sheets.prebuilt import PrebuiltPackage
from planbook.sheets.raw import cell_address, column_letters
from planbook.sheets.sheet_xml import SharedStrings
from planbook.sheets.splicing import InnerLink, splice_rows

_STRINGS: Final = "xl/sharedStrings.xml"


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
    import xlsxwriter

    figures = count_figures(ledger)
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
        written = _Tables(workbook, formats, ledger, footer).write(notes, dispatches)
        write_instructions(workbook.add_worksheet(layout.INSTRUCTIONS_SHEET), formats, master_page(ledger), footer)
        chart_sheet = workbook.add_worksheet(layout.CHARTS_SHEET)
        Overview(workbook, overview, formats, ledger, figures).write(chart_sheet, footer)
        chart_sheet.write_string(0, layout.STAMP_COLUMN - 1, ledger.made_at.isoformat())
        chart_sheet.very_hidden()
        overview.activate()
        strings = SharedStrings()
        strings.places.update(workbook.str_table.string_table)
        strings.uses = workbook.str_table.count
        rows = {table.part: table.render(formats, strings) for table in written}  # before styles are written
    package = PrebuiltPackage(buffer.getvalue(), (*rows, _STRINGS))
    strings.uses += sum(text.count(' t="s"') for text in rows.values())
    links = _links(written)
    parts = {
        table.part: table.spliced(package.changing_part(table.part), rows[table.part], links.get(table.name, ()))
        for table in written
    }
    return package.build({**parts, _STRINGS: strings.xml()})


def _moment(ledger: PeriodLedger) -> datetime:
    return china_time(ledger.made_at).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class _Written:
    """A table whose frame stands in the workbook and whose rows are still to come.

    Attributes:
        part: Its part of the package.
        table: The table.
        place: Where its rows go.
        keys: Codes of its rows.
        outlines: Group level of each row; empty where none are grouped.
    """

    part: str
    table: TableSheet
    place: TablePlace
    keys: tuple[str, ...]
    outlines: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def width(self) -> int:
        return len(self.table.columns)

    def render(self, formats: FormatBook, strings: SharedStrings) -> str:
        renderer = RowRenderer(formats, self.table.columns, strings)
        outlines = self.outlines or (0,) * len(self.table.rows)
        numbered = zip(self.table.rows, outlines, strict=True)
        return "".join(
            renderer.render(row, number, outline)
            for number, (row, outline) in enumerate(numbered, start=self.place.first_row)
        )

    def spliced(self, frame: str, rows: str, links: Sequence[InnerLink]) -> bytes:
        return splice_rows(
            frame,
            rows,
            last_row=self.place.header_row + len(self.table.rows),
            last_column=self.width,
            outline=max(self.outlines, default=0),
            links=links,
        )


@dataclass(frozen=True, slots=True)
class _Tables:
    """Writes the frames of the tables into the workbook."""

    workbook: Any
    formats: FormatBook
    ledger: PeriodLedger
    footer: str

    def write(self, notes: OfficeNotes, dispatches: Sequence[Dispatch]) -> list[_Written]:
        ledger = self.ledger
        is_whole = not ledger.is_public and not ledger.scope
        placer = NotePlacer(notes)
        written = [self._frame(table) for table in filled_tables(ledger, placer)]
        rows = list(dispatch_rows(dispatches)) if is_whole else []
        if rows:
            written.append(self._frame(fill(ledger, MasterTable(DISPATCHES, lambda _: rows), rows, placer)))
        orphans = placer.orphans() if is_whole else ()
        if orphans:
            sheet = self.workbook.add_worksheet(layout.ORPHANS_SHEET)
            write_table(sheet, self.formats, orphan_sheet(orphans), self.footer)
        return written

    def _frame(self, filled: FilledTable) -> _Written:
        table = replace(filled.table.sheet, columns=widen(filled.table.sheet))
        sheet = self.workbook.add_worksheet(table.name)
        place = write_frame(sheet, self.formats, table, self.footer)
        offer_inputs(sheet, table, place)
        if any(filled.outlines):
            sheet.outline_settings(True, False, True, False)
        author = {"author": clean_text(self.ledger.office, 50)}
        for (row, column), text in sorted(filled.table.comments.items()):
            sheet.write_comment(place.first_row - 1 + row, column, clean_text(text, 30_000), author)
        part = f"xl/worksheets/sheet{sheet.index + 1}.xml"
        return _Written(part, table, place, filled.keys, filled.outlines)


def _links(written: Sequence[_Written]) -> dict[str, list[InnerLink]]:
    """Return the links between a task and its agencies' rows, by the sheet that they stand on."""
    tables = {table.name: table for table in written}
    tasks, reports = tables.get(layout.TASKS_SHEET), tables.get(layout.REPORTS_SHEET)
    if tasks is None or reports is None:
        return {}
    homes = {code: tasks.place.first_row + number for number, code in enumerate(tasks.keys)}
    blocks: dict[str, tuple[int, int]] = {}
    back: list[InnerLink] = []
    for row, code in enumerate(reports.keys, start=reports.place.first_row):
        first, _ = blocks.get(code, (row, row))
        blocks[code] = first, row
        back.append(InnerLink(cell_address(row, 1), layout.TASKS_SHEET, f"A{homes[code]}"))
    last = column_letters(reports.width)
    there = [
        InnerLink(cell_address(homes[code], 1), layout.REPORTS_SHEET, f"A{first}:{last}{end}")
        for code, (first, end) in blocks.items()
    ]
    return {layout.TASKS_SHEET: there, layout.REPORTS_SHEET: back}
