"""The tables of a correction workbook: what the agency reported back in its cells, the faulty ones coloured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from planbook.forms.correction_faults import Fault, marks
from planbook.forms.issued import clean_text
from planbook.forms.layout import Column, Field, FormLayout
from planbook.forms.pages import TablePage, text_height_pt
from planbook.forms.palette import Properties, body_size, cell_styles, data_style
from planbook.forms.parsed import plain
from planbook.model.submission import IndicatorReport, TaskReport
from planbook.sheets.sheet_xml import CellContent, StyledCell, StyledRow
from planbook.sheets.text_metrics import ROW_HEIGHT_LIMIT_PT

_MARKS: Final[Mapping[str, Properties]] = {
    "!error": {"bg_color": "#F8B4A8", "font_color": "#7A1410"},
    "!doubt": {"bg_color": "#FFE08A"},
}
_FIELDS_OF: Final = {
    noun: tuple(field for field in Field if field.value in noun.__dataclass_fields__)
    for noun in (TaskReport, IndicatorReport)
}
_DIGITS: Final = 15  # as many as a spreadsheet keeps of a number
_SHORTENED: Final = "…"


@dataclass(frozen=True, slots=True)
class Entries:
    """What stands in each filled-in cell, by code and field, or by code and header for an office's own columns."""

    by_place: Mapping[tuple[str, str], CellContent]

    @classmethod
    def of(
        cls, tasks: Iterable[TaskReport], indicators: Iterable[IndicatorReport], faults: Iterable[Fault]
    ) -> "Entries":
        """Return the entries of a return: its values and, where one could not be taken, what was written."""
        found: dict[tuple[str, str], CellContent] = {}
        for fault in faults:  # the least good source first: the words that a finding quotes
            quoted = dict(fault.finding.values).get("raw", "")
            if fault.code and fault.column and not quoted.endswith(_SHORTENED):
                found[fault.code, fault.column] = quoted
        for task in tasks:
            found.update(((task.task_code, name), text) for name, text in (*task.raw, *task.extras) if text)
            found.update(_values(task.task_code, task))
        for one in indicators:
            found[one.indicator_code, Field.VALUE.value] = one.raw
            found.update(((one.indicator_code, name), text) for name, text in one.extras if text)
            found.update(_values(one.indicator_code, one))
        return cls(found)

    def content(self, code: str, column: Column) -> CellContent:
        """Return what stands in the cell of `column` in the row of `code`."""
        own = None if column.field is Field.EXTRA else self.by_place.get((code, column.field.value))
        return own if own not in (None, "") else self.by_place.get((code, column.header))


def fault_styles(layout: FormLayout) -> Mapping[str, Properties]:
    """Return a style for each faulty and each doubtful cell that a correction workbook of `layout` may have."""
    styles = cell_styles(layout)
    names = (
        data_style(sheet, place)
        for sheet in layout.sheets
        for place, column in enumerate(sheet.columns)
        if not column.is_issued
    )
    return {name + mark: {**styles[name], **look} for name in names for mark, look in _MARKS.items()}


def fill_in_table(table: TablePage, layout: FormLayout, entries: Entries, faults: Sequence[Fault]) -> TablePage:
    """Return the page of one of the form's tables, filled in and coloured."""
    sheet = table.sheet
    place = sheet.position(sheet.code_field) or 1
    codes = [str(row.cells[place - 1][1]) for row in table.page.rows[sheet.header_row :]]
    marked = marks(faults, sheet, codes)
    rows = []
    for row, code in zip(table.page.rows[sheet.header_row :], codes, strict=True):
        contents = [None if column.is_issued else entries.content(code, column) for column in sheet.columns]
        rows.append(_filled_row(row, contents, table, layout, marked.get(code, {})))
    page = replace(table.page, rows=(*table.page.rows[: sheet.header_row], *rows))
    return replace(table, page=page)


def _filled_row(
    row: StyledRow, contents: Sequence[CellContent], table: TablePage, layout: FormLayout, marked: Mapping[str, bool]
) -> StyledRow:
    cells: list[StyledCell] = [*row.cells, *((style, None) for style in row.blanks)]
    height = row.height_pt or 0.0
    for place, column in enumerate(table.sheet.columns):
        if column.is_issued:
            continue
        content = _writable(contents[place])
        is_error = marked.get(column.header)
        mark = "" if is_error is None else "!error" if is_error else "!doubt"
        cells[place] = (data_style(table.sheet, place) + mark, content)
        if isinstance(content, str):
            size = body_size(column, layout.style)
            height = max(height, text_height_pt(content, table.page.widths[place], size))
    return StyledRow(cells, min(height, ROW_HEIGHT_LIMIT_PT))


def _values(code: str, report: TaskReport | IndicatorReport) -> Iterable[tuple[tuple[str, str], CellContent]]:
    for field in _FIELDS_OF[type(report)]:
        value = getattr(report, field.value)
        if isinstance(value, StrEnum):
            value = value.value
        elif isinstance(value, Decimal):
            value = _number(value)
        if value not in (None, "") and isinstance(value, str | int | float | date):
            yield (code, field.value), value


def _number(value: Decimal) -> CellContent:
    return float(value) if len(value.as_tuple().digits) <= _DIGITS else plain(value)


def _writable(content: CellContent) -> CellContent:
    return clean_text(content) if isinstance(content, str) else content
