"""Writes 总台账.xlsx: the period's ledger as an office reads it, with the office's own notes put back."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from planbook.model.figures import count_figures
from planbook.model.ledger import PeriodLedger
from planbook.outputs import master_layout as layout
from planbook.outputs.cell_text import china_time, chinese_date, clean_text
from planbook.outputs.instruction_sheet import write_instructions
from planbook.outputs.master_instructions import master_page
from planbook.outputs.master_notes import KeyedRow, NotedTable, NotePlacer, orphan_sheet
from planbook.outputs.master_overview import Overview
from planbook.outputs.master_rows import finding_rows, indicator_rows, missing_rows, report_rows, task_rows
from planbook.outputs.office_notes import NO_NOTES, OfficeNotes
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_sheet import TableSheet, write_table

_Rows = Callable[[PeriodLedger], Iterable[KeyedRow]]


def _table(name: str, remark: str, *, frozen: int, colour: str, paper: str = "A3", pages_across: int = 1) -> TableSheet:
    return TableSheet(name, name, (remark,), (), (), frozen, paper, colour, pages_across)


_TABLES: Final[tuple[tuple[TableSheet, _Rows], ...]] = (
    (
        _table(
            layout.TASKS_SHEET,
            "浅黄表头的栏目由办公室填写，刷新台账时保留；也可在右侧自行加列。",
            frozen=4,
            colour="C8453B",
            pages_across=2,
        ),
        task_rows,
    ),
    (
        _table(
            layout.REPORTS_SHEET,
            "每个单位承担的每项任务一行，含未报送的。",
            frozen=3,
            colour="4F8FCB",
            pages_across=2,
        ),
        report_rows,
    ),
    (_table(layout.INDICATORS_SHEET, "完成率、差距按单位填报的数值计算。", frozen=4, colour="6FAE5A"), indicator_rows),
    (_table(layout.MISSING_SHEET, "已下发清单、尚未报送的单位。", frozen=2, colour="E9B93C", paper="A4"), missing_rows),
    (
        _table(
            layout.FINDINGS_SHEET, "回表中需要核对的问题、没有落实到单位的任务。", frozen=0, colour="B4BAC1", paper="A4"
        ),
        finding_rows,
    ),
)
"""Each sheet with notes, still without columns and rows, and what gives it rows."""


def write_master(ledger: PeriodLedger, notes: OfficeNotes = NO_NOTES) -> bytes:
    """Return 总台账.xlsx.

    Args:
        ledger: Everything that it shows.
        notes: What the office typed into the one before (`read_office_notes`); notes whose row is no longer there
            are kept on the sheet 失联批注.

    Returns:
        The same bytes for the same arguments.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        title = f"{ledger.period.label}总台账"
        workbook.set_properties({"title": title, "author": clean_text(ledger.office, 200), "created": _moment(ledger)})
        workbook.set_size(28_000, 16_000)
        _write_sheets(workbook, ledger, notes, f"{ledger.office}　{title}")
    return buffer.getvalue()


def _moment(ledger: PeriodLedger) -> datetime:
    return china_time(ledger.made_at).replace(microsecond=0)


def _write_sheets(workbook: Any, ledger: PeriodLedger, notes: OfficeNotes, footer: str) -> None:
    formats = FormatBook(workbook)
    overview = workbook.add_worksheet(layout.OVERVIEW_SHEET)
    overview.set_tab_color("#2F5D8A")
    placer = NotePlacer(notes)
    for table in _noted_tables(ledger, placer):
        sheet = workbook.add_worksheet(table.sheet.name)
        place = write_table(sheet, formats, table.sheet, footer)
        for (row, column), text in sorted(table.comments.items()):
            sheet.write_comment(
                place.first_row - 1 + row, column, clean_text(text, 30_000), {"author": clean_text(ledger.office, 50)}
            )
    orphans = placer.orphans()
    if orphans:
        write_table(workbook.add_worksheet(layout.ORPHANS_SHEET), formats, orphan_sheet(orphans), footer)
    write_instructions(workbook.add_worksheet(layout.INSTRUCTIONS_SHEET), formats, master_page(ledger), footer)
    chart_sheet = workbook.add_worksheet(layout.CHARTS_SHEET)
    Overview(workbook, overview, formats, ledger, count_figures(ledger)).write(chart_sheet, footer)
    chart_sheet.very_hidden()
    overview.activate()


def _noted_tables(ledger: PeriodLedger, placer: NotePlacer) -> Iterable[NotedTable]:
    period = f"{ledger.period.label}，截止 {chinese_date(ledger.cut_off)}。"
    for table, rows in _TABLES:
        remarks = tuple(period + remark for remark in table.remarks)
        titled = replace(table, title=f"{ledger.period.label}{table.title}", remarks=remarks)
        yield placer.place(layout.NOTED_SHEETS[table.name], titled, list(rows(ledger)))
