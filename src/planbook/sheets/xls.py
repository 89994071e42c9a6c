"""Binary workbooks of Excel 2–2003 and WPS (.xls, .et): from the compound file to raw cells, by xlrd."""

import io
import struct
from typing import TYPE_CHECKING, Final

from planbook.sheets.cells import CellBudget, SheetBuilder
from planbook.sheets.limits import Limits
from planbook.sheets.numbers import NumberKind, number_kind
from planbook.sheets.ole import OLE_ERRORS, OLE_SIGNATURE, WORKBOOK_STREAMS, read_ole_properties, read_stream
from planbook.sheets.raw import CellRange, RawSheet, RawWorkbook, Visibility
from planbook.sheets.text import clean_text
from planbook.sheets.unreadable import unreadable

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_VISIBILITIES: Final = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_TEXT, _NUMBERS, _BOOLEAN, _ERROR = 1, (2, 3), 4, 5  # xlrd's types of cells; it tells dates by its own lights
_ERRORS: Final = (
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NameError,
    ArithmeticError,
    AssertionError,
    OSError,
    NotImplementedError,
    RecursionError,
)


def read_xls(content: bytes, limits: Limits) -> RawWorkbook:
    """Return the raw cells of a binary workbook.

    xlrd tells error values, number formats, hidden rows and comments, which faster readers of this format do not.
    Formulas always carry a result here.

    Raises:
        UnreadableFile: `file_damaged`, `file_over_limit`, `file_without_sheets`.
    """
    book = _open(content)
    kinds = [
        number_kind(cell_format.format_key, _format_code(book, cell_format.format_key)) for cell_format in book.xf_list
    ]
    budget = CellBudget(limits)
    try:
        sheets = tuple(_read_sheet(sheet, kinds, budget, is_1904=book.datemode == 1) for sheet in book.sheets())
    except _ERRORS as error:
        raise unreadable("file_damaged") from error
    if not sheets:
        raise unreadable("file_without_sheets")
    properties = read_ole_properties(content)
    return RawWorkbook(sheets, properties.custom, properties.saved_at)


def _open(content: bytes) -> "Book":
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        # xlrd's own way through the container goes round in circles where its sectors do.
        is_contained = content.startswith(OLE_SIGNATURE)
        stream = read_stream(content, WORKBOOK_STREAMS) if is_contained else content
        return xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    except (XLRDError, *OLE_ERRORS, *_ERRORS) as error:
        raise unreadable("file_damaged") from error


def _format_code(book: "Book", key: int) -> str | None:
    known = book.format_map.get(key)
    return known.format_str if known else None


def _read_sheet(sheet: "Sheet", kinds: list[NumberKind], budget: CellBudget, *, is_1904: bool) -> RawSheet:
    builder = SheetBuilder(clean_text(sheet.name), _VISIBILITIES[sheet.visibility % 3], budget)
    _put_cells(builder, sheet, kinds, is_1904=is_1904)
    for first_row, past_row, first_column, past_column in sheet.merged_cells:
        builder.merge(CellRange(first_row + 1, first_column + 1, past_row, past_column))
    for row, shown in sorted(sheet.rowinfo_map.items()):
        if shown.hidden:
            builder.hide_rows(row + 1, row + 1)
    for (row, column), note in sheet.cell_note_map.items():
        builder.put_comment(row + 1, column + 1, clean_text(note.text).strip())
    return builder.build()


def _put_cells(builder: SheetBuilder, sheet: "Sheet", kinds: list[NumberKind], *, is_1904: bool) -> None:
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            place = (row + 1, column + 1)
            if kind == _TEXT:
                builder.put_text(*place, clean_text(str(value)))
            elif kind in _NUMBERS:
                number_format = kinds[sheet.cell_xf_index(row, column)]
                builder.put_number(*place, float(value), number_format, is_1904=is_1904)
            elif kind == _BOOLEAN:
                builder.put(*place, bool(value))
            elif kind == _ERROR:
                builder.put_error(*place, _error_name(int(value)))


def _error_name(code: int) -> str:
    from xlrd.biffh import error_text_from_code

    return error_text_from_code.get(code, "#ERROR!")
