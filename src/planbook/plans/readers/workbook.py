"""Reader of plans kept as a worksheet: sheets to tables, with titles above and remarks below as lines."""

from datetime import date, datetime, time, timedelta

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.plans.document import Document
from planbook.plans.readers.drafts import BlockWriter, plain
from planbook.plans.readers.grid import Cell, blocks_of
from planbook.sheets.raw import CellValue, RawSheet, Visibility

_MAXIMUM_ROWS = 20_000


def read_workbook_document(raw: bytes, name: str) -> Document:
    """Return the visible sheets of an xlsx, xls, et or ods workbook as tables.

    Raises:
        PlanbookError: The workbook cannot be read, or holds more rows than any plan.
    """
    from planbook.sheets.reading import read_workbook
    from planbook.sheets.unreadable import UnreadableFile

    try:
        workbook = read_workbook(raw)
    except UnreadableFile as error:
        raise PlanbookError(f"{name}：{error.message}") from error
    writer = BlockWriter(name)
    hidden = [sheet.name for sheet in workbook.sheets if sheet.visibility is not Visibility.VISIBLE]
    for sheet in workbook.sheets:
        if sheet.visibility is Visibility.VISIBLE:
            if len(sheet.rows) > _MAXIMUM_ROWS:
                raise PlanbookError(
                    f"{name}：工作表「{sheet.name}」超过 {_MAXIMUM_ROWS} 行，不像计划，请删去无关内容后再导入。"
                )
            for block in blocks_of(_grid(sheet)):
                writer.add(block)
    findings = (Finding.of("hidden_sheets_skipped", names="、".join(hidden)),) if hidden else ()
    return Document(name, writer.blocks(), findings=findings)


def _grid(sheet: RawSheet) -> list[list[Cell | None]]:
    grid: list[list[Cell | None]] = []
    for row, values in enumerate(sheet.rows, start=1):
        texts = [
            cell_text(value, is_percent=(row, column) in sheet.percent_cells)
            for column, value in enumerate(values, start=1)
        ]
        grid.append([Cell((plain(text),)) if text else None for text in texts])
    for merged in sheet.merged:
        covering = sheet_cell(grid, merged.first_row, merged.first_column)
        if covering is None:
            continue
        for cells in grid[merged.first_row - 1 : merged.last_row]:
            cells.extend([None] * (min(merged.last_column, merged.first_column + 200) - len(cells)))
            for column in range(merged.first_column - 1, min(merged.last_column, len(cells))):
                cells[column] = covering
    return grid


def sheet_cell(grid: list[list[Cell | None]], row: int, column: int) -> Cell | None:
    """Return the cell of a grid at `row` and `column`, from 1; None beyond the edge."""
    return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else None


def cell_text(value: CellValue, *, is_percent: bool = False) -> str:
    """Return a cell's value as a plan prints it: whole numbers without a point, dates in Chinese, 85% as 85%."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case float() | int():
            return f"{value * 100:.10g}%" if is_percent else f"{value:.12g}"
        case datetime() if value.time() != time():
            return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return f"{value.total_seconds() / 3600:.10g}小时"
