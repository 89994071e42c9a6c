"""催报名单.xlsx: who has not answered, how late, how often reminded, and whom to telephone."""

import io
from typing import Final

from planbook.model.dispatch import Escalation
from planbook.model.reminder import ReminderLine, ReminderList
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time, chinese_date
from planbook.outputs.styles import Align, FormatBook
from planbook.outputs.table_sheet import Cell, CellContent, TableColumn, TableSheet, write_table

_COLUMNS: Final = (
    TableColumn("序号", 6, Align.CENTRE),
    TableColumn("单位", 30),
    TableColumn("情况", 13, Align.CENTRE),
    TableColumn("需改正处数", 9, Align.CENTRE),
    TableColumn("任务数", 8, Align.CENTRE),
    TableColumn("截止日期", 13, Align.CENTRE),
    TableColumn("逾期天数", 9, Align.CENTRE),
    TableColumn("催报级别", 12, Align.CENTRE),
    TableColumn("已催报", 24),
    TableColumn("联系人", 12, Align.CENTRE),
    TableColumn("电话", 16, Align.CENTRE),
    TableColumn("邮箱", 26),
    TableColumn("催办记录", 20, header_tint=styles.EDITABLE_HEADER),
)
_TINTS: Final = {
    Escalation.OVERDUE: styles.WARNING_TINT,
    Escalation.LONG_OVERDUE: styles.ERROR_TINT,
    Escalation.TO_LEADER: styles.ERROR_TINT,
}


def write_reminder_list(reminders: ReminderList) -> bytes:
    """Return the workbook, the latest agencies first."""
    import xlsxwriter

    title = f"{reminders.period.label}责任清单催报名单"
    silent = sum(not line.errors for line in reminders.lines)
    remarks = (
        f"截至{chinese_date(reminders.day)}：未报送 {silent} 家，退改未报回 {len(reminders.lines) - silent} 家。",
    )
    rows = [_row(number, line) for number, line in enumerate(reminders.lines, start=1)]
    sheet = TableSheet("催报名单", title, remarks, _COLUMNS, rows, frozen_columns=2, paper="A4", tab_colour="E9B93C")
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": title})
        write_table(
            workbook.add_worksheet(sheet.name), FormatBook(workbook), sheet, f"{reminders.office}　{title}".strip()
        )
    return buffer.getvalue()


def _row(number: int, line: ReminderLine) -> tuple[CellContent | Cell, ...]:
    told = "\n".join(f"{china_time(moment):%m-%d} {step}" for moment, step in line.reminders)
    tint = _TINTS.get(line.step)
    return (
        number,
        line.agency,
        line.owes,
        line.errors or None,
        line.tasks,
        line.due_on,
        Cell(line.days_late or None, tint),
        Cell(line.step.label, tint),
        told,
        line.contact,
        line.phone,
        line.email,
        None,
    )
