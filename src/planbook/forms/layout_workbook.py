"""Writes a layout as a workbook (样式表) that a clerk can edit: what `layout_file` reads back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from planbook.forms.layout import Column, Field, FormLayout, Paper, SheetKind, SheetLayout, ValueKind
from planbook.forms.logo import insert_logo
from planbook.forms.palette import cell_styles, data_style, header_style
from planbook.forms.placeholders import FIELDS, FORM_NAMES, placeholder
from planbook.forms.reference_writer import WORKBOOK_OPTIONS

NOTES_SHEET: Final = "填报说明补充"
GUIDE_SHEET: Final = "怎样修改本样式表"
TITLE_ROW: Final = 1
HEADER_ROW: Final = 2
SAMPLE_ROW: Final = 3
OWN_COLUMN_SAMPLES: Final[Mapping[ValueKind, str]] = {ValueKind.NUMBER: "0.00", ValueKind.DATE: "yyyy-mm-dd"}
"""Number format of the sample cell, by which the kind of an office's own column is told."""

_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)  # equal layouts give equal files
_PAPER_CODES: Final = {Paper.A3: 8, Paper.A4: 9}
_NOTES_HINT: Final = "在本行以下逐行填写本单位要补充的填报要求，会原样加在每份表的填报说明末尾；没有就留空。"
_GUIDE: Final = (
    "可以改：标题、表头名称、栏目顺序（整列移动）、列宽、字体、字号、颜色、纸张；隐藏或删除不要的栏目。",
    "可以放：标题所在的行里放一张单位标识的图片（PNG 或 JPEG），会带进每一份表。",
    "可以加：在责任清单表或指标进度表里插入一列，写上表头，样例行留空，就是本单位自设的一栏，由填报单位填写，随台账保存和导出。",
    "自设栏的样例单元格设为数值格式就只收数字，设为日期格式就只收日期，其余收文字。",
    "表头末尾的 * 表示必填，可以加也可以去。表头单元格的批注就是这一栏的填写提示。",
    "样例行的占位符说明这一栏放什么内容，移动栏目时要整列一起移动。任务编号、指标编号两栏不能删。",
    "标题和填报说明补充中可以写：{names}。",
    "改好后保存，下次下发即按新样式；按旧样式已经下发的表照样能收。",
)
_MEANINGS: Final = "各占位符的含义"


def write_layout_workbook(layout: FormLayout) -> bytes:
    """Return `layout` as a workbook for editing (.xlsx); equal layouts give equal bytes."""
    import xlsxwriter

    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, dict(WORKBOOK_OPTIONS))
    formats = {name: workbook.add_format(dict(look)) for name, look in cell_styles(layout).items()}
    for sheet in layout.sheets:
        _write_sheet(workbook, layout, sheet, formats)
    notes = workbook.add_worksheet(NOTES_SHEET)
    notes.set_column(0, 0, 100)
    for row, text in enumerate((_NOTES_HINT, *layout.notes)):
        notes.write_string(row, 0, text, formats["guide.text"])
    _write_guide(workbook, layout, formats)
    workbook.set_properties({"title": "责任清单样式表", "created": _LONG_AGO})
    workbook.close()
    return buffer.getvalue()


def _write_sheet(workbook: Any, layout: FormLayout, sheet: SheetLayout, formats: Mapping[str, Any]) -> None:
    worksheet = workbook.add_worksheet(sheet.name)
    title = workbook.add_format({"font_name": layout.style.title_font, "font_size": layout.style.title_size})
    worksheet.write_string(TITLE_ROW - 1, 0, layout.title, title)
    worksheet.set_row(TITLE_ROW - 1, layout.style.title_size * 2)
    worksheet.set_row(HEADER_ROW - 1, layout.style.body_size * 3)
    worksheet.set_row(SAMPLE_ROW - 1, layout.style.body_size * 8)
    for place, column in enumerate(sheet.columns):
        worksheet.set_column(place, place, column.width, None, {"hidden": column.is_hidden})
        worksheet.write_string(HEADER_ROW - 1, place, column.label, formats[header_style(sheet, place)])
        sample = column.example if column.field is Field.EXTRA else placeholder(sheet.kind, column.field)
        look = formats[data_style(sheet, place)]
        if column.field is Field.EXTRA and column.kind in OWN_COLUMN_SAMPLES:
            properties = {
                **cell_styles(layout)[data_style(sheet, place)],
                "num_format": OWN_COLUMN_SAMPLES[column.kind],
            }
            look = workbook.add_format(properties)
        worksheet.write(SAMPLE_ROW - 1, place, sample, look)
        if column.prompt:
            worksheet.write_comment(HEADER_ROW - 1, place, column.prompt, {"author": "", "x_scale": 2})
    if sheet.logo:
        insert_logo(worksheet, sheet.logo)
    worksheet.freeze_panes(HEADER_ROW, 0)
    worksheet.set_landscape()
    worksheet.set_paper(_PAPER_CODES[sheet.paper])
    worksheet.fit_to_pages(1, 0)


def _write_guide(workbook: Any, layout: FormLayout, formats: Mapping[str, Any]) -> None:
    worksheet = workbook.add_worksheet(GUIDE_SHEET)
    worksheet.set_column(0, 0, 34)
    worksheet.set_column(1, 1, 70)
    names = "、".join(f"{{{{ {name} }}}}" for name in FORM_NAMES)
    row = 0
    for text in _GUIDE:
        worksheet.merge_range(row, 0, row, 1, text.replace("{names}", names), formats["guide.text"])
        worksheet.set_row(row, 34)
        row += 1
    worksheet.write_string(row, 0, _MEANINGS, formats["guide.heading"])
    for sheet in layout.sheets:
        for field in FIELDS[sheet.kind].values():
            row += 1
            column = sheet.column(field)
            worksheet.write_string(row, 0, placeholder(sheet.kind, field), formats["guide.cell"])
            worksheet.write_string(
                row, 1, f"{sheet.name}：{_meaning(sheet.kind, field, column)}", formats["guide.cell"]
            )


def _meaning(kind: SheetKind, field: Field, column: Column | None) -> str:
    from planbook.forms.default_layout import DEFAULT_LAYOUT

    standard = DEFAULT_LAYOUT.tasks if kind is SheetKind.TASKS else DEFAULT_LAYOUT.indicators
    named = column or standard.column(field)
    return named.header if named else field.value
