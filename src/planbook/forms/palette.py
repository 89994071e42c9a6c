"""The form's cell styles: a name for each, and the XlsxWriter properties that it stands for."""

from collections.abc import Mapping
from typing import Final

from planbook.forms.issued import clean_text, cut
from planbook.forms.layout import AS_STYLED, CellLook, Column, Field, FormLayout, FormStyle, SheetLayout, ValueKind

Properties = Mapping[str, str | int | float | bool]

SIZES_PT: Final = (1.0, 0.85, 0.7)
"""Shares of the body size that issued texts are set in; the smaller ones only where a text would not fit a row."""

_LONGEST_FONT_NAME: Final = 31  # ECMA-376 leaves it open, Office does not
_SIZE_NAMES: Final = ("", ".small", ".tiny")
_DATE_FORMAT: Final = "yyyy-mm-dd"
_GB2312: Final = 134  # the fonts' character set, by which a program without them picks another Chinese font


def size_name(style: str, step: int) -> str:
    """Return the name of `style` in the size of `SIZES_PT[step]`."""
    return style + _SIZE_NAMES[step]


def data_style(sheet: SheetLayout, place: int) -> str:
    """Return the style of the cells below the header of column `place` (from 0)."""
    column = sheet.columns[place]
    own = "" if column.cell_look == AS_STYLED else f"@{sheet.kind.value}{place}"
    return _standard_style(column) + own


def header_style(sheet: SheetLayout, place: int) -> str:
    """Return the style of the header of column `place` (from 0)."""
    column = sheet.columns[place]
    own = "" if column.header_look == AS_STYLED else f"@{sheet.kind.value}{place}"
    return ("header.issued" if column.is_issued else "header.fill") + own


def body_size(column: Column, style: FormStyle) -> float:
    """Return the size in points that `column`'s cells are set in where their text fits."""
    return column.cell_look.size or style.body_size


def _standard_style(column: Column) -> str:
    if column.is_issued:
        if column.kind is ValueKind.DATE:
            return "issued.date"
        if column.field in (Field.PREVIOUS_PROGRESS, Field.PREVIOUS_VALUE):
            return "previous.centre" if column.is_centred else "previous.left"
        return "issued.centre" if column.is_centred else "issued.left"
    if column.kind is ValueKind.DATE:
        return "fill.date"
    if column.kind in (ValueKind.PHONE, ValueKind.CODE):
        return "fill.text"
    return "fill.centre" if column.is_centred else "fill.left"


def cell_styles(layout: FormLayout) -> Mapping[str, Properties]:
    """Return every cell style of a form in a fixed order, which fixes its number in the file."""
    style = layout.style
    standard = _standard_styles(style)
    styles = {name: look for name, look in standard.items() if not name.startswith(("issued.", "previous."))}
    sized = {name: look for name, look in standard.items() if name not in styles}
    for sheet in layout.sheets:
        for place, column in enumerate(sheet.columns):
            header, cell = header_style(sheet, place), data_style(sheet, place)
            if header not in standard:
                styles[header] = _overlaid(standard[header.partition("@")[0]], column.header_look)
            if cell not in standard:
                look = _overlaid(standard[cell.partition("@")[0]], column.cell_look)
                (sized if column.is_issued else styles)[cell] = look
    for name, look in sized.items():
        for step, share in enumerate(SIZES_PT):
            styles[size_name(name, step)] = {**look, "font_size": round(float(look["font_size"]) * share * 2) / 2}
    return styles


def _font_name(name: str) -> str:
    return cut(clean_text(name), _LONGEST_FONT_NAME)


def _overlaid(look: Properties, own: CellLook) -> Properties:
    changes: dict[str, str | float | bool | None] = {
        "font_name": _font_name(own.font) if own.font else None,
        "font_size": own.size,
        "font_color": f"#{own.colour}" if own.colour else None,
        "bg_color": f"#{own.fill}" if own.fill else None,
        "bold": own.is_bold,
    }
    return {**look, **{name: change for name, change in changes.items() if change is not None}}


def _standard_styles(style: FormStyle) -> Mapping[str, Properties]:
    header_font, previous_font = _font_name(style.header_font), _font_name(style.previous_font)
    plain: Properties = {"font_charset": _GB2312, "font_name": _font_name(style.body_font), "valign": "vcenter"}
    body: Properties = {**plain, "font_size": style.body_size, "text_wrap": True}
    cell: Properties = {**body, "border": 1, "border_color": f"#{style.border}"}
    issued: Properties = {**cell, "bg_color": f"#{style.issued_fill}"}
    previous: Properties = {
        **issued,
        "font_name": previous_font,
        "font_color": f"#{style.previous_text}",
    }
    fill: Properties = {**cell, "bg_color": f"#{style.fill_in_fill}", "locked": False}
    heading: Properties = {**cell, "font_name": header_font, "align": "center"}
    issued_header: Properties = {**heading, "bg_color": f"#{style.issued_header_fill}"}
    fill_header: Properties = {**heading, "bg_color": f"#{style.fill_in_header_fill}"}
    title: Properties = {**plain, "font_name": _font_name(style.title_font), "font_size": style.title_size}
    strong: Properties = {**plain, "font_name": header_font, "font_size": style.body_size + 1}
    left: Properties = {"align": "left"}
    centre: Properties = {"align": "center"}
    styles: dict[str, Properties] = {
        "title": {**title, "align": "center_across"},
        "agency": strong,
        "facts": {**plain, "font_size": style.body_size + 1},
        "band.issued": {**issued_header, "align": "center_across", "text_wrap": False},
        "band.fill": {**fill_header, "align": "center_across", "text_wrap": False},
        "header.issued": issued_header,
        "header.fill": fill_header,
        "issued.date": {**issued, **centre, "num_format": _DATE_FORMAT},
        "issued.left": {**issued, **left},
        "issued.centre": {**issued, **centre},
        "previous.left": {**previous, **left},
        "previous.centre": {**previous, **centre},
        "fill.date": {**fill, **centre, "num_format": _DATE_FORMAT},
        "fill.text": {**fill, **centre, "num_format": "@"},  # keeps the leading zero of an area code
        # General, not "@": older Excel shows a cell of text format with more than 255 characters as ####.
        # General for percent too: only there does a program show 85% typed in as 85%, and the reader sees it.
        "fill.left": {**fill, **left},
        "fill.centre": {**fill, **centre},
    }
    boxed: Properties = {**body, "border": 1, "border_color": f"#{style.border}"}
    styles |= {
        "guide.title": {**title, "align": "center"},
        "guide.mark": {**strong, "align": "right"},
        "guide.heading": {**strong, "font_size": style.body_size + 2},
        "guide.text": {**body, **left},
        "guide.label": {
            **boxed,
            **centre,
            "font_name": header_font,
            "bg_color": f"#{style.issued_header_fill}",
        },
        "guide.fact": {**boxed, **left, "indent": 1},
        "guide.head": {
            **boxed,
            **centre,
            "font_name": header_font,
            "bg_color": f"#{style.fill_in_header_fill}",
        },
        "guide.name": {**boxed, **centre},
        "guide.cell": {**boxed, **left, "indent": 1},
        "manifest": {"num_format": "@"},
    }
    return styles


WARNING_STYLES: Final[Mapping[str, Properties]] = {
    "missing": {"bg_color": "#F9C7B8"},
    "contradiction": {"bg_color": "#F4A79B", "font_color": "#8E1B14"},
}
"""Styles of the conditional formats, which overlay a cell's own."""
