"""Writes 任务分解表.xlsx, in which the clerk checks and corrects what was read from the plans."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from planbook.model.agency import Directory
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.review import ReviewFinding
from planbook.outputs import review_layout as layout
from planbook.outputs.cell_text import clean_text
from planbook.outputs.instruction_sheet import write_instructions
from planbook.outputs.review_base import base_lines
from planbook.outputs.review_contents import ReviewContents, gather_contents
from planbook.outputs.review_instructions import review_page
from planbook.outputs.review_sheets import agency_sheet, findings_sheet, indicator_sheet, task_sheet
from planbook.outputs.same_indicator_sheet import same_indicator_sheet
from planbook.outputs.styles import FormatBook
from planbook.outputs.table_sheet import TablePlace, write_table

if TYPE_CHECKING:
    from planbook.outputs.review_rows import ReviewRow

_SPARE_ROWS: Final = 500  # below the table, where the clerk may add rows and still finds the dropdowns
_UNDATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties carry no zone; a fixed day keeps files equal


def write_review(
    plans: Sequence[LedgerPlan],
    tasks: Sequence[LedgerTask],
    indicators: Sequence[LedgerIndicator],
    directory: Directory,
    findings: Sequence[ReviewFinding],
    *,
    office: str,
    workspace_id: str = "",
    made_at: datetime = _UNDATED,
) -> bytes:
    """Return 任务分解表.xlsx over all `plans`, ready to be reviewed and read back by `read_review`.

    Args:
        plans: Plans whose tasks are given.
        tasks: Tasks, retired ones left out.
        indicators: Indicators, retired ones left out.
        directory: The office's directory; agencies that only tasks name are listed as well, marked as new.
        findings: What the clerk should look at; shown beside the task, and all together on a sheet.
        office: The issuing office, for the footer.
        workspace_id: Kept in the table, so that another workspace's is refused.
        made_at: Goes into the document properties.

    Returns:
        The same bytes for the same arguments.
    """
    import xlsxwriter

    contents = gather_contents(plans, tasks, indicators, directory, findings)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties(
            {"title": "任务分解表", "author": clean_text(office, 200), "created": made_at.replace(tzinfo=None)}
        )
        workbook.set_size(28_000, 16_000)
        _write_sheets(workbook, contents, workspace_id, f"{office}　任务分解表")
    return buffer.getvalue()


def _write_sheets(workbook: Any, contents: ReviewContents, workspace_id: str, footer: str) -> None:
    formats = FormatBook(workbook)
    instructions = workbook.add_worksheet(layout.INSTRUCTIONS_SHEET)
    write_instructions(instructions, formats, review_page(contents), footer)
    rows: list[ReviewRow] = []
    places: dict[str, tuple[Any, TablePlace]] = {}
    for table, shown in (task_sheet(contents), indicator_sheet(contents), agency_sheet(contents)):
        sheet = workbook.add_worksheet(table.name)
        places[table.name] = (sheet, write_table(sheet, formats, table, footer))
        rows += shown
    if contents.same_indicators:
        table = same_indicator_sheet(contents.same_indicators)
        write_table(workbook.add_worksheet(table.name), formats, table, footer)
    write_table(workbook.add_worksheet(layout.FINDINGS_SHEET), formats, findings_sheet(contents), footer)
    _write_base(workbook, base_lines(workspace_id, rows), [plan.title for plan in contents.plans.values()])
    for name, (sheet, place) in places.items():
        _add_dropdowns(sheet, name, place, len(contents.plans), places[layout.AGENCIES_SHEET][1])
    places[layout.TASKS_SHEET][0].activate()


def _write_base(workbook: Any, lines: Sequence[tuple[str, str, str]], titles: Sequence[str]) -> None:
    sheet = workbook.add_worksheet(layout.BASE_SHEET)
    for number, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(number, column, clean_text(text))
    for number, title in enumerate(titles):
        sheet.write_string(number, 4, clean_text(title))
    sheet.very_hidden()


def _add_dropdowns(sheet: Any, name: str, place: TablePlace, plan_count: int, agencies: TablePlace) -> None:
    last = place.last_row - 1 + _SPARE_ROWS
    agency_names = f"='{layout.AGENCIES_SHEET}'!$A${agencies.first_row}:$A${agencies.last_row + _SPARE_ROWS}"
    for number, column in enumerate(layout.SHEET_COLUMNS[name]):
        options: dict[str, object] | None = None
        if column.choices:
            message = "请从下拉中选择：" + "、".join(column.choices)
            options = {"source": list(column.choices), "error_title": "无法识别", "error_message": message}
        elif column.field == "plan_title" and plan_count:
            options = {"source": f"='{layout.BASE_SHEET}'!$E$1:$E${plan_count}", "show_error": False}
        elif column.field in ("leads", "supports", "agencies"):
            # A convenience for cells with one agency; several are typed.
            options = {"source": agency_names, "show_error": False}
        if options:
            sheet.data_validation(place.first_row - 1, number, last, number, {"validate": "list", **options})
