"""签收表.xlsx: who takes what out of which folder, to be printed and signed."""

import io
from collections.abc import Sequence
from typing import Final

from planbook.model.dispatch import Dispatch, Outcome
from planbook.model.period import Period
from planbook.outputs import styles
from planbook.outputs.cell_text import china_time
from planbook.outputs.styles import Align, FormatBook
from planbook.outputs.table_sheet import TableColumn, TableSheet, write_table

_COLUMNS: Final = (
    TableColumn("序号", 6, Align.CENTRE),
    TableColumn("单位", 30),
    TableColumn("材料", 12, Align.CENTRE),
    TableColumn("文件名", 44),
    TableColumn("放入时间", 18, Align.CENTRE),
    TableColumn("签收人", 14, Align.CENTRE, header_tint=styles.EDITABLE_HEADER),
    TableColumn("签收日期", 14, Align.CENTRE, header_tint=styles.EDITABLE_HEADER),
    TableColumn("备注", 18, header_tint=styles.EDITABLE_HEADER),
)


def write_receipt_sheet(office: str, period: Period, dispatches: Sequence[Dispatch]) -> bytes:
    """Return the workbook: one row for each thing that lies in a folder, the newest of its name where several did."""
    import xlsxwriter

    placed: dict[tuple[str, str], Dispatch] = {}
    for one in dispatches:
        if one.outcome is Outcome.PLACED and not one.is_trial:
            placed[one.agency, one.file_name] = one
    rows = [
        (number, one.agency, one.errand.label, one.file_name, china_time(one.begun_at), None, None, None)
        for number, one in enumerate(placed.values(), start=1)
    ]
    title = f"{period.label}责任清单签收表"
    remarks = ("各单位从自己的文件夹取走文件后在此签字；涉密和内部材料按有关规定交接。",)
    sheet = TableSheet("签收表", title, remarks, _COLUMNS, rows, frozen_columns=2, paper="A4", tab_colour="4F8FCB")
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": title})
        write_table(workbook.add_worksheet(sheet.name), FormatBook(workbook), sheet, f"{office}　{title}".strip())
    return buffer.getvalue()
