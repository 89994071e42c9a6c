"""Writes a form by XlsxWriter, sheet by sheet: slow, and the measure of what a form's file has to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final

from planbook.forms.issued import clean_text, cut
from planbook.forms.layout import STATUS_CHOICES, Column, Field, FormLayout, Paper, SheetLayout, ValueKind
from planbook.forms.logo import insert_logo
from planbook.forms.manifest import MANIFEST_PROPERTY
from planbook.forms.pages import FormPages, TablePage
from planbook.forms.palette import WARNING_STYLES, Properties, cell_styles
from planbook.model.form import Status
from planbook.sheets.raw import cell_address, column_letters
from planbook.sheets.sheet_xml import StyledSheet

DEFAULT_COLUMN_PX: Final = 72
DIGIT_PX: Final = 8
# 宋体 as default font, not Calibri: column widths count its digits, and Chinese desktops without Microsoft's fonts
# (WPS on 统信 and 麒麟) have no Calibri and would draw every column a quarter wider. Its digits are 8 pixels wide.
WORKBOOK_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "default_column_width": DEFAULT_COLUMN_PX,
    "default_format_properties": {
        "font_name": "宋体",
        "font_size": 11,
        "font_charset": 134,
        "font_scheme": False,
    },
}
_PAPER_CODES: Final = {Paper.A3: 8, Paper.A4: 9}
_PROTECTION: Final = {"format_rows": True, "format_columns": True, "sort": True, "autofilter": True}
_PROMPT_TITLE_LIMIT: Final = 32
_PROMPT_LIMIT: Final = 255
_HEADER_LIMIT: Final = 60  # Excel takes 255 for both sides together, each & written twice
_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2099, 12, 31)
_FOOTER: Final = "&C第 &P 页 共 &N 页"

SOURCE_PROPERTY: Final = "planbook-source"
"""Custom document property of a correction workbook: digest of the return that it is about."""

Formats = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cover:
    """What makes a form a correction workbook.

    Attributes:
        page: The sheet that stands first.
        styles: Cell styles that forms do not have.
        source: Digest of the return that is to be corrected.
    """

    page: StyledSheet
    styles: Mapping[str, Properties]
    source: str


def render_reference(pages: FormPages, last_rows: Sequence[int] | None = None, cover: Cover | None = None) -> bytes:
    """Return the form's workbook; equal pages give equal bytes.

    Args:
        pages: The form laid out.
        last_rows: For each table, the row that validations, filter and print area reach to, from 1; the tables'
            own last rows unless told. A template is made with rows that can be told apart from all other numbers.
        cover: What stands before the form, if anything.
    """
    import xlsxwriter

    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, dict(WORKBOOK_OPTIONS))
    formats = _add_formats(workbook, {**cell_styles(pages.layout), **(cover.styles if cover else {})})
    if cover:
        _write_guide(workbook, cover.page, formats)
    _write_guide(workbook, pages.guide, formats)
    for table, last_row in zip(pages.tables, last_rows or [table.last_row for table in pages.tables], strict=True):
        _write_table(workbook, pages, table, last_row, formats)
    manifest = workbook.add_worksheet(pages.manifest.name)
    _write_cells(manifest, pages.manifest, formats)
    manifest.very_hidden()
    issued_at = datetime.combine(pages.form.issued_on, time(), UTC)
    workbook.set_properties({"title": pages.title, "author": author(pages), "created": issued_at})
    workbook.set_custom_property(MANIFEST_PROPERTY, pages.property_text, "text")
    if cover:
        workbook.set_custom_property(SOURCE_PROPERTY, cover.source, "text")
    workbook.close()
    return buffer.getvalue()


def style_numbers(layout: FormLayout, further: Mapping[str, Properties]) -> Mapping[str, int]:
    """Return the number under which each cell style of a form of `layout`, and each `further` one, has there."""
    import xlsxwriter

    with xlsxwriter.Workbook(BytesIO(), dict(WORKBOOK_OPTIONS)) as workbook:
        styles = {**cell_styles(layout), **further}
        formats = _add_formats(workbook, styles)
        return {name: formats[name]._get_xf_index() for name in styles}


def _add_formats(workbook: Any, looks: Mapping[str, Properties]) -> Formats:
    formats = {name: workbook.add_format(dict(look)) for name, look in looks.items()}
    for look in formats.values():
        # XlsxWriter would number styles by their first use, and leave out what one form does not use. Numbered
        # here, all forms of a layout have the same style table. It has no public way to say so.
        look._get_xf_index()
    return {**formats, **{name: workbook.add_format(dict(look)) for name, look in WARNING_STYLES.items()}}


def _write_cells(worksheet: Any, page: StyledSheet, formats: Formats) -> None:
    for place, width in enumerate(page.widths):
        worksheet.set_column(place, place, width, None, {"hidden": place in page.hidden_columns})
    for row, content in enumerate(page.rows):
        if content.height_px is not None:
            worksheet.set_row_pixels(row, content.height_px)
        for place, (style, value) in enumerate((*content.cells, *((style, None) for style in content.blanks))):
            if value is None or value == "":
                worksheet.write_blank(row, place, None, formats[style])
            elif isinstance(value, str):
                worksheet.write_string(row, place, value, formats[style])
            elif isinstance(value, date):
                worksheet.write_datetime(row, place, value, formats[style])
            else:
                worksheet.write_number(row, place, value, formats[style])


def _write_guide(workbook: Any, page: StyledSheet, formats: Formats) -> None:
    worksheet = workbook.add_worksheet(page.name)
    for row, first, last in page.merged:
        worksheet.merge_range(row, first, row, last, "")
    _write_cells(worksheet, page, formats)
    worksheet.hide_gridlines(2)
    worksheet.protect("", _PROTECTION)
    worksheet.set_portrait()
    worksheet.set_paper(_PAPER_CODES[Paper.A4])
    worksheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
    worksheet.center_horizontally()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_h_pagebreaks(page.page_breaks)
    worksheet.set_footer(_FOOTER)


def _write_table(workbook: Any, pages: FormPages, table: TablePage, last_row: int, formats: Formats) -> None:
    sheet = table.sheet
    worksheet = workbook.add_worksheet(sheet.name)
    _write_cells(worksheet, table.page, formats)
    if table.logo:
        insert_logo(worksheet, table.logo)
    for place, column in enumerate(sheet.columns):
        rule = _validation(column)
        if rule:
            worksheet.data_validation(sheet.first_row - 1, place, last_row - 1, place, rule)
    for place, formula, style in _warnings(sheet):
        rule = {"type": "formula", "criteria": formula, "format": formats[style]}
        worksheet.conditional_format(sheet.first_row - 1, place, last_row - 1, place, rule)
    last_column = len(sheet.columns) - 1
    first, last = f"A{sheet.first_row}", cell_address(last_row, last_column + 1)
    everything = first if first == last else f"{first}:{last}"
    worksheet.ignore_errors({"number_stored_as_text": everything})  # targets are text; no green corners on them
    worksheet.autofilter(sheet.header_row - 1, 0, last_row - 1, last_column)
    worksheet.freeze_panes(sheet.header_row, _frozen_columns(sheet))
    worksheet.protect("", _PROTECTION)  # against slips, not against people: no password
    worksheet.hide_gridlines(2)
    worksheet.print_area(0, 0, last_row - 1, last_column)
    _set_up_table_print(worksheet, pages, sheet)


def _set_up_table_print(worksheet: Any, pages: FormPages, sheet: SheetLayout) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(_PAPER_CODES[sheet.paper])
    worksheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(sheet.header_row - 2, sheet.header_row - 1)
    worksheet.center_horizontally()
    worksheet.set_header(page_header(pages))
    worksheet.set_footer(_FOOTER)


def author(pages: FormPages) -> str:
    """Return the author that the file's properties name."""
    return cut(clean_text(pages.form.office), _PROMPT_LIMIT)


def page_header(pages: FormPages) -> str:
    """Return what stands at the top of each printed page of a table, with Excel's codes for left and right."""
    agency = _header_text(f"填报单位：{pages.form.agency}")
    mark = _header_text(f"{pages.form.classification or ''}　{pages.form.period.label}".strip())
    return f"&L{agency}&R{mark}"


def _header_text(text: str) -> str:
    return cut(" ".join(clean_text(text).split()), _HEADER_LIMIT).replace("&", "&&")


def _frozen_columns(sheet: SheetLayout) -> int:
    title = Field.TASK_TITLE if sheet.kind == "tasks" else Field.INDICATOR_NAME
    return sheet.position(title) or sheet.position(sheet.code_field) or 0


def _validation(column: Column) -> dict[str, object] | None:
    """Return the XlsxWriter rule that guides and checks what is typed into `column`, None where nothing is to say."""
    if column.is_issued:
        return None
    if column.kind is ValueKind.STATUS:
        message = f"请从下拉列表中选择：{'、'.join(STATUS_CHOICES)}。"
        return _rule(column, message, validate="list", source=list(STATUS_CHOICES))
    if column.kind is ValueKind.PERCENT:
        message = "请填 0 至 100 的数字，不写百分号，例如完成 85% 填 85。"
        return _rule(column, message, validate="decimal", criteria="between", minimum=0, maximum=100)
    if column.kind is ValueKind.DATE:
        # Only a warning: a clerk who knows no more than 3月底 must be able to say so; the reader understands it.
        message = "请填写日期，例如 2024-12-31。确实只知道大概时间的，可以选“是”保留文字。"
        bounds = {"minimum": _EARLIEST, "maximum": _LATEST, "error_type": "warning"}
        return _rule(column, message, validate="date", criteria="between", **bounds)
    if column.kind is ValueKind.NUMBER:
        message = "这里应填数字，单位已在表中列出。确需文字说明的，可以选“是”保留。"
        bounds = {"minimum": -(10**15), "maximum": 10**15, "error_type": "warning"}
        return _rule(column, message, validate="decimal", criteria="between", **bounds)
    if column.max_length is not None:
        message = f"这里请不超过 {column.max_length} 字。"
        return _rule(column, message, validate="length", criteria="<=", value=column.max_length)
    return _rule(column, "", validate="any") if column.prompt else None


def _rule(column: Column, message: str, **check: object) -> dict[str, object]:
    title = cut(clean_text(column.header), _PROMPT_TITLE_LIMIT)
    shown: dict[str, object] = {"error_title": title, "error_message": message} if message else {}
    if column.prompt:
        shown |= {"input_title": title, "input_message": cut(clean_text(column.prompt), _PROMPT_LIMIT)}
    return {**shown, **check}


def _warnings(sheet: SheetLayout) -> list[tuple[int, str, str]]:
    """Return what is coloured while people type: (column from 0, formula, style) of each conditional format."""
    rules: list[tuple[int, str, str]] = []
    row = sheet.first_row
    status, percent = sheet.position(Field.STATUS), sheet.position(Field.COMPLETION_PERCENT)
    if status and percent:
        state, share = f"${column_letters(status)}{row}", f"${column_letters(percent)}{row}"
        done, idle = Status.DONE.value, Status.NOT_STARTED.value
        contradiction = (
            f'=OR(AND({state}="{done}",ISNUMBER({share}),{share}<100),'
            f'AND({state}="{idle}",ISNUMBER({share}),{share}>0))'
        )
        rules += [(place - 1, contradiction, "contradiction") for place in (status, percent)]
    if percent:
        share = f"${column_letters(percent)}{row}"
        # 85% typed into the cell is kept as 0.85: shown, so that the agency sees what it has written.
        fraction = f"=AND(ISNUMBER({share}),OR({share}<0,{share}>100,AND({share}>0,{share}<1)))"
        rules.append((percent - 1, fraction, "contradiction"))
    filled = "+".join(
        f"LEN(${column_letters(place)}{row})"
        for place, column in enumerate(sheet.columns, start=1)
        if not column.is_issued
    )
    for place, column in enumerate(sheet.columns):
        if column.is_required:
            rules.append((place, f"=AND(LEN(TRIM(${column_letters(place + 1)}{row}))=0,{filled}>0)", "missing"))
    return rules
