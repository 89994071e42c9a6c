"""Styled rows to the XML of a worksheet and its shared strings, letter for letter as XlsxWriter writes them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planbook.sheets.raw import cell_address, column_letters

CellContent = str | int | float | date | None
"""What a cell shows; None and the empty text are a blank cell that only has a style."""

StyledCell = tuple[str, CellContent]
"""Name of the cell's style, and its content."""

_EPOCH: Final = date(1899, 12, 30).toordinal()
_SPAN_BLOCK: Final = 16
_DEFAULT_ROW_PX: Final = 20
_LOOKS_ESCAPED: Final = re.compile("(_x[0-9a-fA-F]{4}_)")


@dataclass(frozen=True, slots=True)
class StyledRow:
    """One row.

    Attributes:
        cells: Cells from column A on.
        height_pt: Height in points; None leaves the program's default.
        blanks: Styles of the empty cells to the right of `cells`, where a table waits to be filled in.
    """

    cells: Sequence[StyledCell]
    height_pt: float | None = None
    blanks: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the row reaches over."""
        return len(self.cells) + len(self.blanks)

    @property
    def height_px(self) -> int | None:
        """Height in whole pixels, as XlsxWriter takes it."""
        return None if self.height_pt is None else round(self.height_pt * 4 / 3)


@dataclass(frozen=True, slots=True)
class StyledSheet:
    """One sheet.

    Attributes:
        name: Its name.
        widths: Column widths in digits of the default font.
        rows: Rows from row 1 on.
        merged: Merged ranges within a row: (row, first and last column), from 0.
        hidden_columns: Columns that are not shown, from 0.
        page_breaks: Rows, from 0, that begin a new page in print.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[StyledRow, ...]
    merged: tuple[tuple[int, int, int], ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    page_breaks: tuple[int, ...] = ()


class SharedStrings:
    """The table of texts that a workbook's cells point into, in the order of their first use."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.uses = 0

    def place(self, text: str) -> int:
        """Return the place of a text that is not empty, taken up if it is new."""
        return self.places.setdefault(text, len(self.places))

    def xml(self) -> bytes:
        """Return the part."""
        # One pass over all of them together: NUL cannot stand in a text, so it parts them.
        marked = [f"\x01{text}" if text[:1].isspace() or text[-1:].isspace() else text for text in self.places]
        body = escape_text("\0".join(["", *marked]))
        body = body.replace("\0\x01", '</t></si><si><t xml:space="preserve">').replace("\0", "</t></si><si><t>")
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            f' count="{self.uses}" uniqueCount="{len(self.places)}">'
            f"{body.removeprefix('</t></si>')}{'</t></si>' if marked else ''}</sst>"
        ).encode()


def escape_text(text: str) -> str:
    """Return `text`, which XML allows, as element content of a workbook part.

    A literal `_x0041_` would be read as the character that it names, so its underscore is escaped.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LOOKS_ESCAPED.sub(r"_x005F\1", escaped) if "_x" in escaped else escaped


def rows_xml(sheet: StyledSheet, style_numbers: Mapping[str, int], strings: SharedStrings) -> str:
    """Return the rows of `sheet`, which are what stands within `sheetData`.

    Args:
        sheet: The sheet.
        style_numbers: Number of each named style in the workbook's style table.
        strings: Shared strings, which the rows' texts are added to.
    """
    letters = [column_letters(place) for place in range(1, 1 + max((row.width for row in sheet.rows), default=0))]
    blanks: dict[tuple[int, tuple[str, ...]], str] = {}
    pieces: list[str] = []
    for start in range(0, len(sheet.rows), _SPAN_BLOCK):
        block = sheet.rows[start : start + _SPAN_BLOCK]
        spans = f' spans="1:{max(row.width for row in block)}"'
        for number, row in enumerate(block, start=start + 1):
            height = row.height_px
            look = "" if height in (None, _DEFAULT_ROW_PX) else f' ht="{height * 0.75:.16g}" customHeight="1"'
            if not row.width:
                pieces.append("" if height is None else f'<row r="{number}"{spans}{look}/>')
                continue
            kind = (len(row.cells), row.blanks)
            if kind not in blanks:  # the same in row after row, but for its number
                cells = zip(letters[kind[0] :], row.blanks, strict=False)
                blanks[kind] = "".join(f'<c r="{letter}#" s="{style_numbers[style]}"/>' for letter, style in cells)
            pieces.append(f'<row r="{number}"{spans}{look}>')
            pieces += _cells_xml(row.cells, letters, str(number), style_numbers, strings.places)
            pieces.append(blanks[kind].replace("#", str(number)))
            pieces.append("</row>")
    text = "".join(pieces)
    strings.uses += text.count(' t="s"')
    return text


def _cells_xml(
    cells: Sequence[StyledCell],
    letters: Sequence[str],
    number: str,
    style_numbers: Mapping[str, int],
    places: dict[str, int],
) -> list[str]:
    """Return each cell's XML; one expression, for this is where the time of writing a workbook goes."""
    known = places.setdefault
    return [
        f'<c r="{letter}{number}" s="{style_numbers[style]}"/>'
        if content is None or content == ""
        else f'<c r="{letter}{number}" s="{style_numbers[style]}" t="s"><v>{known(content, len(places))}</v></c>'
        if isinstance(content, str)
        else f'<c r="{letter}{number}" s="{style_numbers[style]}"><v>{_number(content)}</v></c>'
        for letter, (style, content) in zip(letters, cells, strict=False)
    ]


def _number(content: float | date) -> str:
    """Return a number as XlsxWriter writes it; a date is its serial number."""
    return f"{content.toordinal() - _EPOCH if isinstance(content, date) else content:.16G}"


def columns_xml(sheet: StyledSheet, digit_px: int, default_px: int) -> str:
    """Return the `cols` element: neighbours of one width stand together.

    Args:
        sheet: The sheet.
        digit_px: Width of a digit in the default font, in pixels.
        default_px: Width of a column that nothing is said about, in pixels.
    """
    groups: list[tuple[int, int, int, bool]] = []
    for place, width in enumerate(sheet.widths, start=1):
        pixels, is_hidden = int(width * digit_px + 0.5) + 5, place - 1 in sheet.hidden_columns
        if groups and groups[-1][2:] == (pixels, is_hidden):
            groups[-1] = (groups[-1][0], place, pixels, is_hidden)
        else:
            groups.append((place, place, pixels, is_hidden))
    return "".join(
        f'<col min="{first}" max="{last}" width="{pixels * 256 // digit_px / 256:.16g}"'
        f"{' hidden=' + chr(34) + '1' + chr(34) if is_hidden else ''}"
        f"{'' if pixels == default_px else ' customWidth=' + chr(34) + '1' + chr(34)}/>"
        for first, last, pixels, is_hidden in groups
    )


def dimension(sheet: StyledSheet) -> str:
    """Return the range that the sheet's cells take up."""
    last = cell_address(max(len(sheet.rows), 1), max((row.width for row in sheet.rows), default=1))
    return "A1" if last == "A1" else f"A1:{last}"


def page_breaks_xml(sheet: StyledSheet) -> str:
    """Return the element `rowBreaks`; empty where the sheet has none."""
    count = len(sheet.page_breaks)
    if not count:
        return ""
    breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in sheet.page_breaks)
    return f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>'


def merges_xml(sheet: StyledSheet) -> str:
    """Return the `mergeCells` element; empty where nothing is merged."""
    if not sheet.merged:
        return ""
    cells = "".join(
        f'<mergeCell ref="{cell_address(row + 1, first + 1)}:{cell_address(row + 1, last + 1)}"/>'
        for row, first, last in sheet.merged
    )
    return f'<mergeCells count="{len(sheet.merged)}">{cells}</mergeCells>'
