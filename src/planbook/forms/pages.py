"""The form's pages as values: every cell with its style, column widths and row heights, before any file is made."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import methodcaller
from typing import Final

from planbook.forms.instructions import GUIDE_WIDTHS, GuideRow, guide_rows
from planbook.forms.issued import IssuedValue, clean_text, issued_rows
from planbook.forms.layout import Column, Field, FormLayout, SheetKind, SheetLayout
from planbook.forms.logo import Logo
from planbook.forms.manifest import MANIFEST_SHEET, seal
from planbook.forms.palette import SIZES_PT, body_size, data_style, header_style, size_name
from planbook.forms.placeholders import fill_in
from planbook.forms.print_pages import page_breaks
from planbook.model.form import Form
from planbook.sheets.sheet_xml import StyledCell, StyledRow, StyledSheet
from planbook.sheets.text_metrics import ROW_HEIGHT_LIMIT_PT, row_height_pt

Rows = Sequence[Mapping[Field, IssuedValue]]

_COMFORT_PT: Final = 300.0  # rows beyond this are hard to read on a screen: the column is widened first
_LEAST_ROW_PT: Final = {SheetKind.TASKS: 66.0, SheetKind.INDICATORS: 36.0}  # room for what the agency has to say
_MEASURE_SHARE: Final = 8 / 7  # a form's column unit is 8 pixels, the measuring functions count 7
_GUIDE_INDENT: Final = 2.0
_ROW_PADDING_PT: Final = 7.0
_WIDTH_STEPS: Final = (1.0, 1.4, 2.0)
_GREATEST_WIDTH_STEP: Final = 3.0  # for a text that would not fit a row otherwise, even set smaller
_HIGHEST_TITLE_PT: Final = 90.0  # a logo makes the title's row as high as this
_EMPTY_WIDTH: Final = 7.5  # width of an issued column in which nothing stands
_count_line_feeds: Final = methodcaller("count", "\n")
_ISSUED_BAND: Final = "下发内容（已锁定，请勿改动）"
_FILL_BAND: Final = "请在此填报（浅黄色单元格；标 * 的为必填）"


@dataclass(frozen=True, slots=True)
class TablePage:
    """A page with one of the form's tables, and the layout that says how its cells behave."""

    page: StyledSheet
    sheet: SheetLayout

    @property
    def last_row(self) -> int:
        """Last row of the table, from 1; the first one below the header where there are no rows at all."""
        return max(len(self.page.rows), self.sheet.first_row)

    @property
    def logo(self) -> Logo | None:
        """The picture beside the title, made small enough for its row, so that it covers no other text."""
        return self.sheet.logo.within(self.page.rows[0].height_px or 0) if self.sheet.logo else None


@dataclass(frozen=True, slots=True)
class FormPages:
    """Everything that a form's file shows or carries, ready to be rendered."""

    form: Form
    layout: FormLayout
    title: str
    guide: StyledSheet
    tables: tuple[TablePage, ...]
    manifest: StyledSheet
    property_text: str


def lay_out(form: Form, layout: FormLayout, key: bytes) -> FormPages:
    """Return the pages of `form` as `layout` wants them, with the manifest sealed under `key`.

    指标进度 is left out where the form has no indicators: an empty table is one more thing to wonder about.
    """
    title = clean_text(fill_in(layout.title, form))
    issued = {sheet.kind: tuple(issued_rows(form, sheet.kind)) for sheet in layout.sheets}
    sealed = seal(form, layout, key, issued)
    sheets = [layout.tasks, *([layout.indicators] if form.indicators else [])]
    return FormPages(
        form=form,
        layout=layout,
        title=title,
        guide=_guide_page(layout, guide_rows(form, layout)),
        tables=tuple(_table_page(form, layout, sheet, title, issued[sheet.kind]) for sheet in sheets),
        manifest=StyledSheet(
            MANIFEST_SHEET,
            (12, 40, 40, 40),
            tuple(StyledRow([("manifest", clean_text(text)) for text in row]) for row in sealed.rows),
        ),
        property_text=sealed.property_text,
    )


def title_texts(form: Form, layout: FormLayout, sheet: SheetLayout) -> frozenset[str]:
    """Return the texts that a form has above the headers of `sheet`."""
    rows = _title_rows(form, layout, sheet, clean_text(fill_in(layout.title, form)))
    return frozenset(text for row in rows for _, text in row.cells if isinstance(text, str))


def _guide_page(layout: FormLayout, guide: Sequence[GuideRow]) -> StyledSheet:
    merged = tuple((place, first, last) for place, row in enumerate(guide) for first, last in row.spans if last > first)
    rows = tuple(_guide_row(row, layout.style.body_size) for row in guide)
    breaks = page_breaks(rows)
    return StyledSheet(layout.instructions_name, GUIDE_WIDTHS, rows, merged, page_breaks=breaks)


@lru_cache(maxsize=1024)
def _guide_row(row: GuideRow, size_pt: float) -> StyledRow:
    cells: list[StyledCell] = []
    measured = []
    for (first, last), style, text in zip(row.spans, row.styles, row.texts, strict=True):
        cells += [(style, clean_text(text)), *[(style, None)] * (last - first)]
        width = sum(GUIDE_WIDTHS[first : last + 1]) - _GUIDE_INDENT
        measured.append((text, width * _MEASURE_SHARE, size_pt))
    return StyledRow(tuple(cells), row_height_pt(measured, minimum_pt=row.least_pt))


def _table_page(form: Form, layout: FormLayout, sheet: SheetLayout, title: str, issued: Rows) -> TablePage:
    styles = [data_style(sheet, place) for place in range(len(sheet.columns))]
    widths = [column.width for column in sheet.columns]
    least_pt = _LEAST_ROW_PT[sheet.kind]
    heights = [least_pt] * len(issued)
    first_blank = max((place for place, column in enumerate(sheet.columns, start=1) if column.is_issued), default=0)
    cells: list[list[StyledCell]] = [[(style, None) for style in styles[:first_blank]] for _ in issued]
    for place, column in enumerate(sheet.columns):
        if not column.is_issued:
            continue
        values = [row.get(column.field) for row in issued]
        for row_cells, value in zip(cells, values, strict=True):
            row_cells[place] = (styles[place], value)
        widths[place], fits = _fit_column(column, values, body_size(column, layout.style), least_pt)
        for row, (step, needed) in fits.items():
            cells[row][place] = (size_name(styles[place], step), values[row])
            heights[row] = max(heights[row], needed)
    blanks = tuple(styles[first_blank:])
    rows = (StyledRow(row_cells, height, blanks) for row_cells, height in zip(cells, heights, strict=True))
    everything = (*_title_rows(form, layout, sheet, title), _header_row(layout, sheet, widths), *rows)
    hidden = frozenset(place for place, column in enumerate(sheet.columns) if column.is_hidden)
    return TablePage(StyledSheet(sheet.name, tuple(widths), everything, hidden_columns=hidden), sheet)


def _title_rows(form: Form, layout: FormLayout, sheet: SheetLayout, title: str) -> list[StyledRow]:
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
    band: list[StyledCell] = []
    for place, column in enumerate(sheet.columns):
        opens = place == 0 or sheet.columns[place - 1].is_issued != column.is_issued
        style, text = ("band.issued", _ISSUED_BAND) if column.is_issued else ("band.fill", _FILL_BAND)
        band.append((style, text if opens else None))
    height = layout.style.body_size * 2.1
    title_height = layout.style.title_size * 2
    if sheet.logo:
        title_height = max(title_height, min(sheet.logo.height_px * 0.75, _HIGHEST_TITLE_PT))
    return [
        StyledRow([("title", title), *[("title", None)] * (count - 1)], title_height),
        StyledRow([("agency", clean_text(f"填报单位：{form.agency}"))], height),
        StyledRow([("facts", clean_text("　　".join(facts)))], height),
        StyledRow(band, height),
    ]


def _header_row(layout: FormLayout, sheet: SheetLayout, widths: Sequence[float]) -> StyledRow:
    size = layout.style.body_size
    cells = [(header_style(sheet, place), clean_text(column.label)) for place, column in enumerate(sheet.columns)]
    measured = [
        (column.label, width * _MEASURE_SHARE, column.header_look.size or size)
        for column, width in zip(sheet.columns, widths, strict=True)
    ]
    return StyledRow(cells, row_height_pt(measured, minimum_pt=size * 3))


def _fit_column(
    column: Column, values: Sequence[IssuedValue], size_pt: float, least_pt: float
) -> tuple[float, Mapping[int, tuple[int, float]]]:
    """Return how wide `column` is to be, and the size step and height of each row that may need more than `least_pt`.

    The width is the one at which the longest of `values` makes a row of comfortable height, within reason.
    """
    texts = [value for value in values if isinstance(value, str) and value]
    if not texts:
        return column.width if any(values) else min(column.width, _EMPTY_WIDTH), {}
    width = column.width
    longest = {max(texts, key=len), max(texts, key=_count_line_feeds)}
    for step in _WIDTH_STEPS:
        width = column.width * step
        if max(text_height_pt(text, width, size_pt) for text in longest) <= _COMFORT_PT:
            break
    else:
        if max(text_height_pt(text, width, size_pt * SIZES_PT[1]) for text in longest) > ROW_HEIGHT_LIMIT_PT:
            width = column.width * _GREATEST_WIDTH_STEP
    # Most texts fit the least height even if all their characters are wide: no need to measure those.
    lines = int((least_pt - _ROW_PADDING_PT - size_pt) / (size_pt * 1.5))
    surely_fits = lines * int((width * 8 - 4) / (size_pt * 4 / 3) - 0.5)
    return width, {
        row: _fitting_size(value, width, size_pt)
        for row, value in enumerate(values)
        if isinstance(value, str) and (len(value) > surely_fits or "\n" in value)
    }


@lru_cache(maxsize=512)  # the agencies of one task get the same texts, and neighbours the same plan and section
def _fitting_size(text: str, width: float, size_pt: float) -> tuple[int, float]:
    """Return the largest step of `SIZES_PT` at which `text` fits a row, and the height it needs there."""
    for step, share in enumerate(SIZES_PT):
        needed = text_height_pt(text, width, size_pt * share)
        if needed <= ROW_HEIGHT_LIMIT_PT:
            return step, needed
    return len(SIZES_PT) - 1, ROW_HEIGHT_LIMIT_PT


def text_height_pt(text: str, width: float, size_pt: float) -> float:
    """Return how high a row must be for `text` in a cell of `width`, without bound."""
    return row_height_pt([(text, width * _MEASURE_SHARE, size_pt)], maximum_pt=math.inf) + _ROW_PADDING_PT
