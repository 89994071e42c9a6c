"""Renders forms fast: only the parts that differ from form to form, into a package that XlsxWriter made once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from planbook.forms.correction_cells import fault_styles
from planbook.forms.layout import FormLayout
from planbook.forms.logo import anchor_logo
from planbook.forms.pages import FormPages, TablePage, lay_out
from planbook.forms.reference_writer import (
    DEFAULT_COLUMN_PX,
    DIGIT_PX,
    Cover,
    author,
    page_header,
    render_reference,
    style_numbers,
)
from planbook.forms.tables import CORRECTION_COVER
from planbook.model.form import Form, FormIndicator
from planbook.model.period import Period
from planbook.sheets.prebuilt import PrebuiltPackage
from planbook.sheets.sheet_xml import (
    SharedStrings,
    StyledSheet,
    columns_xml,
    dimension,
    escape_text,
    merges_xml,
    page_breaks_xml,
    rows_xml,
)

_WORKBOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_CORE: Final = "docProps/core.xml"
_CUSTOM: Final = "docProps/custom.xml"

# What the template holds where a form has its own: texts and numbers that nothing else in a form can be.
_TITLE: Final = "template\ue000title"
_AUTHOR: Final = "template\ue000author"
_PROPERTY: Final = "template\ue000property"
_SOURCE: Final = "template\ue000source"
_COVER_PAGE: Final = StyledSheet(CORRECTION_COVER, (1.0, 1.0), (), ((0, 0, 1),))
_ISSUED_ON: Final = date(1901, 2, 3)
_LAST_ROWS: Final = (1_048_571, 1_048_572)

_SHEET: Final = re.compile(
    r'(?P<start>.*?<dimension ref=")[^"]*(?P<views>".*?<cols>).*?(?P<opening></cols>.*?<sheetData>)'
    r".*(?P<rest></sheetData>.*)",
    re.DOTALL,
)
_MERGES: Final = re.compile(r"<mergeCells.*</mergeCells>")
_BREAKS: Final = re.compile(r"(?:<rowBreaks.*</rowBreaks>)?</worksheet>")
_HEADER: Final = "<oddHeader>"

_SAME_CELL_TWICE: Final = re.compile(r"\b([A-Z]{1,3}\d+):\1\b")


@dataclass(frozen=True, slots=True)
class _SheetTemplate:
    """A worksheet's XML around its dimension, columns and rows."""

    start: str
    views: str
    opening: str
    rest: str

    @classmethod
    def of(cls, text: str) -> "_SheetTemplate":
        match = _SHEET.fullmatch(text)
        assert match is not None, "XlsxWriter writes a worksheet in another shape"  # noqa: S101  checked by the tests
        return cls(match["start"], match["views"], match["opening"], match["rest"])

    def render(self, sheet: StyledSheet, rest: str, numbers: Mapping[str, int], strings: SharedStrings) -> bytes:
        pieces = (
            self.start,
            dimension(sheet),
            self.views,
            columns_xml(sheet, DIGIT_PX, DEFAULT_COLUMN_PX),
            self.opening,
            rows_xml(sheet, numbers, strings),
            rest,
        )
        return "".join(pieces).encode()


@dataclass(frozen=True, slots=True)
class _Template:
    """A form's package with everything that depends on the layout alone."""

    package: PrebuiltPackage
    sheets: Mapping[str, _SheetTemplate]
    texts: Mapping[str, str]
    drawings: Mapping[str, str]
    numbers: Mapping[str, int]


def render_package(pages: FormPages, cover: Cover | None = None) -> bytes:
    """Return the form's workbook, part by part the same as `render_reference` gives.

    Args:
        pages: The form laid out.
        cover: What stands before the form, if anything; its styles are the `fault_styles` of the layout.
    """
    if cover and cover.page.name != CORRECTION_COVER:
        return render_reference(pages, cover=cover)  # one of the office's own sheets has that name
    template = _template(pages.layout, bool(pages.form.indicators), is_correction=cover is not None)
    strings = SharedStrings()
    texts = (cover.page, pages.guide) if cover else (pages.guide,)
    sheets = (*texts, *(table.page for table in pages.tables), pages.manifest)
    parts: dict[str, bytes] = {}
    for place, (sheet, (name, frame)) in enumerate(zip(sheets, template.sheets.items(), strict=True), -len(texts)):
        rest = frame.rest
        if place < 0:
            rest = _MERGES.sub(merges_xml(sheet), rest, count=1)
            rest = _BREAKS.sub(page_breaks_xml(sheet) + "</worksheet>", rest, count=1)
        elif place < len(pages.tables):
            rest = _table_rest(rest, pages, pages.tables[place], _LAST_ROWS[place])
        parts[name] = frame.render(sheet, rest, template.numbers, strings)
    with_logo = [table for table in pages.tables if table.logo]
    for table, (name, drawing) in zip(with_logo, template.drawings.items(), strict=True):
        parts[name] = _drawing(drawing, table).encode()
    workbook = template.texts[_WORKBOOK]
    for table, last_row in zip(pages.tables, _LAST_ROWS, strict=False):
        workbook = workbook.replace(str(last_row), str(table.last_row))
    core = template.texts[_CORE].replace(_TITLE, escape_text(pages.title)).replace(_AUTHOR, escape_text(author(pages)))
    parts[_WORKBOOK] = workbook.encode()
    parts[_CORE] = core.replace(_ISSUED_ON.isoformat(), pages.form.issued_on.isoformat()).encode()
    custom = template.texts[_CUSTOM].replace(_PROPERTY, escape_text(pages.property_text))
    parts[_CUSTOM] = custom.replace(_SOURCE, escape_text(cover.source) if cover else "").encode()
    parts[_STRINGS] = strings.xml()
    return template.package.build(parts)


def _drawing(drawing: str, table: TablePage) -> str:
    widths = [
        0 if place in table.page.hidden_columns else int(width * DIGIT_PX + 0.5) + 5
        for place, width in enumerate(table.page.widths)
    ]
    return anchor_logo(drawing, table.logo, widths, DEFAULT_COLUMN_PX) if table.logo else drawing


def _table_rest(rest: str, pages: FormPages, table: TablePage, template_row: int) -> str:
    before, mark, after = rest.replace(str(template_row), str(table.last_row)).partition(_HEADER)
    rest = before + mark + escape_text(page_header(pages)) + after[after.index("</") :]
    if table.last_row == table.sheet.first_row:
        rest = _SAME_CELL_TWICE.sub(r"\1", rest)  # XlsxWriter writes I6, not I6:I6
    return rest


@lru_cache(maxsize=8)
def _template(layout: FormLayout, has_indicators: bool, *, is_correction: bool) -> _Template:
    """Return the template of `layout`, made by the slow writer from a form that has nothing in it."""
    indicator = FormIndicator("", "", "", "", "", "")
    form = Form(
        form_id="template",
        workspace_id="template",
        agency="template",
        period=Period(2000, 1, 12),
        version=1,
        issued_on=_ISSUED_ON,
        due_on=None,
        office=_AUTHOR,
        contact="",
        tasks=(),
        indicators=(indicator,) if has_indicators else (),
    )
    pages = replace(lay_out(form, layout, b"no form has this key"), title=_TITLE, property_text=_PROPERTY)
    cover = Cover(_COVER_PAGE, fault_styles(layout), _SOURCE) if is_correction else None
    content = render_reference(pages, _LAST_ROWS[: len(pages.tables)], cover)
    names = [f"xl/worksheets/sheet{place}.xml" for place in range(1, len(pages.tables) + 3 + is_correction)]
    logos = sum(table.logo is not None for table in pages.tables)
    drawings = [f"xl/drawings/drawing{place}.xml" for place in range(1, logos + 1)]
    package = PrebuiltPackage(content, (*names, *drawings, _WORKBOOK, _STRINGS, _CORE, _CUSTOM))
    return _Template(
        package=package,
        sheets={name: _SheetTemplate.of(package.changing_part(name)) for name in names},
        texts={name: package.changing_part(name) for name in (_WORKBOOK, _CORE, _CUSTOM)},
        drawings={name: package.changing_part(name) for name in drawings},
        numbers=style_numbers(layout, cover.styles if cover else {}),
    )
