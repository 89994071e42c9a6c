"""The form's pages as values: every cell with its style, column widths and row heights, before any file is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planbook.forms.instructions import GUIDE_WIDTHS, GuideRow, guide_rows
from planbook.forms.issued import IssuedValue, clean_text, issued_rows
from planbook.forms.layout import Column, FormLayout, SheetKind, SheetLayout
from planbook.forms.manifest import MANIFEST_SHEET, seal
from planbook.forms.palette import SIZES_PT, data_style, size_name
from planbook.model.form import Form
from planbook.sheets.text_metrics import ROW_HEIGHT_LIMIT_PT, row_height_pt

Cell = tuple[str, IssuedValue] | None
"""Style name and value of a cell; None where nothing is written."""

_COMFORT_PT: Final = 300.0  # rows beyond this are hard to read on a screen: the column is widened first
_LEAST_ROW_PT: Final = 66.0  # room for a few lines of the agency's own
_MEASURE_SHARE: Final = 8 / 7  # a form's column unit is 8 pixels, the measuring functions count 7
_GUIDE_INDENT: Final = 2.0
_ROW_PADDING_PT: Final = 7.0
_WIDTH_STEPS: Final = (1.0, 1.4, 2.0, 3.0)
_EMPTY_WIDTH: Final = 6.5  # width of an issued column in which nothing stands
_ISSUED_BAND: Final = "下发内容（已锁定，请勿改动）"
_FILL_BAND: Final = "请在此填报（浅黄色单元格；标 * 的为必填）"


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row of cells from column A on; `height_pt` None leaves the program's default."""

    cells: Sequence[Cell]
    height_pt: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: rows from row 1 on, widths in characters, merged ranges as (row, first and last column) from 0."""

    name: str
    widths: tuple[float, ...]
    rows: tuple[PageRow, ...]
    merged: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TablePage:
    """A page with one of the form's tables, and the layout that says how its cells behave."""

    page: Page
    sheet: SheetLayout

    @property
    def last_row(self) -> int:
        """Last row of the table, from 1; the first one below the header where there are no rows at all."""
        return max(len(self.page.rows), self.sheet.first_row)


@dataclass(frozen=True, slots=True)
class FormPages:
    """Everything that a form's file shows or carries, ready to be rendered."""

    form: Form
    layout: FormLayout
    title: str
    guide: Page
    tables: tuple[TablePage, ...]
    manifest: Page
    property_text: str


def lay_out(form: Form, layout: FormLayout, key: bytes) -> FormPages:
    """Return the pages of `form` as `layout` wants them, with the manifest sealed under `key`.

    指标进度 is left out where the form has no indicators: an empty table is one more thing to wonder about.
    """
    title = _filled_in(layout.title, form)
    sealed = seal(form, layout, key)
    sheets = [layout.tasks, *([layout.indicators] if form.indicators else [])]
    return FormPages(
        form=form,
        layout=layout,
        title=title,
        guide=_guide_page(layout, guide_rows(form, layout)),
        tables=tuple(_table_page(form, layout, sheet, title) for sheet in sheets),
        manifest=Page(
            MANIFEST_SHEET,
            (12, 40, 40, 40),
            tuple(PageRow([("manifest", clean_text(text)) for text in row]) for row in sealed.rows),
        ),
        property_text=sealed.property_text,
    )


def _filled_in(template: str, form: Form) -> str:
    names = {"{period}": form.period.label, "{agency}": form.agency, "{office}": form.office}
    for name, value in names.items():
        template = template.replace(name, value)
    return clean_text(template)


def _guide_page(layout: FormLayout, guide: Sequence[GuideRow]) -> Page:
    size = layout.style.body_size
    rows: list[PageRow] = []
    merged: list[tuple[int, int, int]] = []
    for place, row in enumerate(guide):
        spans = [GUIDE_WIDTHS[first : last + 1] for first, last in row.spans]
        measured = [
            (text, (sum(span) - _GUIDE_INDENT) * _MEASURE_SHARE, size)
            for text, span in zip(row.texts, spans, strict=True)
        ]
        cells: list[Cell] = []
        for (first, last), style, text in zip(row.spans, row.styles, row.texts, strict=True):
            cells += [(style, clean_text(text)), *[(style, None)] * (last - first)]
            if last > first:
                merged.append((place, first, last))
        rows.append(PageRow(cells, row_height_pt(measured, minimum_pt=row.least_pt)))
    return Page(layout.instructions_name, GUIDE_WIDTHS, tuple(rows), tuple(merged))


def _table_page(form: Form, layout: FormLayout, sheet: SheetLayout, title: str) -> TablePage:
    size = layout.style.body_size
    values = [[cells.get(column.field) for column in sheet.issued_columns] for cells in issued_rows(form, sheet.kind)]
    issued_widths = iter(
        [
            _fitting_width(column, [row[place] for row in values], size)
            for place, column in enumerate(sheet.issued_columns)
        ]
    )
    widths = tuple(next(issued_widths) if column.is_issued else column.width for column in sheet.columns)
    rows = [*_title_rows(form, layout, sheet, title), *(_data_row(sheet, widths, row, size) for row in values)]
    return TablePage(Page(sheet.name, widths, tuple(rows)), sheet)


def _title_rows(form: Form, layout: FormLayout, sheet: SheetLayout, title: str) -> list[PageRow]:
    count = len(sheet.columns)
    if sheet.kind is SheetKind.INDICATORS:
        title = f"{title}（{sheet.name}）"
    facts = [f"填报期：{form.period.label}"]
    if form.due_on:
        facts.append(f"截止日期：{form.due_on.year}年{form.due_on.month}月{form.due_on.day}日")
    facts.append(f"发文单位：{form.office}")
    if form.contact:
        facts.append(f"联系人：{form.contact}")
    if form.classification:
        facts.insert(0, form.classification)
    band: list[Cell] = []
    for place, column in enumerate(sheet.columns):
        opens = place == 0 or sheet.columns[place - 1].is_issued != column.is_issued
        style, text = ("band.issued", _ISSUED_BAND) if column.is_issued else ("band.fill", _FILL_BAND)
        band.append((style, text if opens else None))
    headers: list[Cell] = [
        ("header.issued" if column.is_issued else "header.fill", clean_text(column.label)) for column in sheet.columns
    ]
    height = layout.style.body_size * 2.1
    rows = [
        PageRow([("title", title), *[("title", None)] * (count - 1)], layout.style.title_size * 2),
        PageRow([("agency", clean_text(f"填报单位：{form.agency}"))], height),
        PageRow([("facts", clean_text("　　".join(facts)))], height),
        PageRow(band, height),
    ]
    blank = [PageRow([]) for _ in range(sheet.header_row - 1 - len(rows))]
    measured = [(column.label, column.width * _MEASURE_SHARE, layout.style.body_size) for column in sheet.columns]
    return [*blank, *rows, PageRow(headers, row_height_pt(measured, minimum_pt=height * 1.4))]


def _fitting_width(column: Column, values: Sequence[IssuedValue], size_pt: float) -> float:
    """Return the width at which the longest of `values` makes a row of comfortable height, within reason."""
    texts = [value for value in values if isinstance(value, str) and value]
    if not texts:
        return column.width if any(value is not None and value != "" for value in values) else _least_width(column)
    longest = max(texts, key=lambda text: len(text) + 10 * text.count("\n"))
    for step in _WIDTH_STEPS:
        if row_height_pt([(longest, column.width * step * _MEASURE_SHARE, size_pt)], maximum_pt=10_000) <= _COMFORT_PT:
            return column.width * step
    return column.width * _WIDTH_STEPS[-1]


def _least_width(column: Column) -> float:
    return min(column.width, _EMPTY_WIDTH)


def _data_row(sheet: SheetLayout, widths: Sequence[float], values: Sequence[IssuedValue], size_pt: float) -> PageRow:
    cells: list[Cell] = []
    height = _LEAST_ROW_PT
    issued = iter(values)
    for column, width in zip(sheet.columns, widths, strict=True):
        style = data_style(column)
        if not column.is_issued:
            cells.append((style, None))
            continue
        value = next(issued)
        if isinstance(value, str) and value:
            step, needed = _fitting_size(value, width, size_pt)
            height = max(height, min(needed + _ROW_PADDING_PT, ROW_HEIGHT_LIMIT_PT))
            cells.append((size_name(style, step) if step else style, value))
        else:
            cells.append((style, None if value == "" else value))
    return PageRow(cells, height)


def _fitting_size(text: str, width: float, size_pt: float) -> tuple[int, float]:
    """Return the largest step of `SIZES_PT` at which `text` fits a row, and the height it needs there."""
    for step, share in enumerate(SIZES_PT):
        needed = row_height_pt([(text, width * _MEASURE_SHARE, size_pt * share)], maximum_pt=10_000)
        if needed <= ROW_HEIGHT_LIMIT_PT:
            return step, needed
    return len(SIZES_PT) - 1, ROW_HEIGHT_LIMIT_PT
