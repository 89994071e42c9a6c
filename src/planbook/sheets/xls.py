"""Binary workbooks of Excel 2–2003 and WPS (.xls, .et): from the compound file to raw cells, by xlrd."""

import io
import struct
from typing import TYPE_CHECKING, Final

from planbook.sheets.cells import CellBudget, SheetBuilder
from planbook.sheets.limits import Limits
from planbook.sheets.numbers import NumberKind, number_kind
from planbook.sheets.ole import read_ole_properties
from planbook.sheets.raw import CellRange, RawSheet, RawWorkbook, Visibility
from planbook.sheets.text import clean_text
from planbook.sheets.unreadable import unreadable

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_VISIBILITIES: Final = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_ERRORS: Final = (
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
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
    from xlrd.compdoc import CompDocError

    def load(*, ignore_corruption: bool) -> "Book":
        return xlrd.open_workbook(
            file_contents=content,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            ignore_workbook_corruption=ignore_corruption,
        )

    try:
        try:
            return load(ignore_corruption=False)
        except CompDocError:
            # Some programs number the container's sectors in a way that Excel and WPS do not mind.
            return load(ignore_corruption=True)
    except (XLRDError, *_ERRORS) as error:
        raise unreadable("file_damaged") from error


def _format_code(book: "Book", key: int) -> str | None:
    known = book.format_map.get(key)
    return known.format_str if known else None


def _read_sheet(sheet: "Sheet", kinds: list[NumberKind], budget: CellBudget, *, is_1904: bool) -> RawSheet:
    builder = SheetBuilder(clean_text(sheet.name), _VISIBILITIES[sheet.visibility % 3], budget)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            _put_cell(builder, sheet, row, column, kinds, is_1904=is_1904)
    for first_row, past_row, first_column, past_column in sheet.merged_cells:
        builder.merge(CellRange(first_row + 1, first_column + 1, past_row, past_column))
    for row, shown in sorted(sheet.rowinfo_map.items()):
        if shown.hidden:
            builder.hide_rows(row + 1, row + 1)
    for (row, column), note in sheet.cell_note_map.items():
        builder.put_comment(row + 1, column + 1, clean_text(note.text).strip())
    return builder.build()


def _put_cell(
    builder: SheetBuilder, sheet: "Sheet", row: int, column: int, kinds: list[NumberKind], *, is_1904: bool
) -> None:
    from xlrd import biffh

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == biffh.XL_CELL_TEXT:
        builder.put_text(row + 1, column + 1, clean_text(str(value)))
    elif kind in (biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE):
        number_format = kinds[sheet.cell_xf_index(row, column)]
        builder.put_number(row + 1, column + 1, float(value), number_format, is_1904=is_1904)
    elif kind == biffh.XL_CELL_BOOLEAN:
        builder.put(row + 1, column + 1, bool(value))
    elif kind == biffh.XL_CELL_ERROR:
        builder.put_error(row + 1, column + 1, biffh.error_text_from_code.get(int(value), "#ERROR!"))
