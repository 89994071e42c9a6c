"""Binary Open XML workbooks (.xlsb): from the package's records (MS-XLSB) to raw cells."""

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from planbook.sheets.cells import LOST_TEXT, CellBudget, SheetBuilder
from planbook.sheets.limits import LAST_ROW, Limits
from planbook.sheets.numbers import NumberKind, number_kind
from planbook.sheets.package import Package, Relationship
from planbook.sheets.properties import read_custom_properties, read_saved_at
from planbook.sheets.raw import CellKey, CellRange, RawSheet, RawWorkbook, Visibility
from planbook.sheets.text import clean_open_xml_text
from planbook.sheets.unreadable import unreadable
from planbook.sheets.xlsx import SheetEntry, find_part, workbook_part, worksheet_parts

_USUAL_WORKBOOK: Final = "xl/workbook.bin"
_BLANK, _SHORT_BLANK, _SHORT_OFFSET, _SHORT_LAST = 1, 12, 11, 18
_ROW, _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOLEAN, _FORMULA_ERROR = 8, 9, 10, 11
_SHARED_ITEM, _FORMAT, _CELL_FORMAT, _RICH_TEXT = 19, 44, 47, 62
_WORKBOOK_PROPERTIES, _SHEET, _MERGED = 153, 156, 176
_BEGIN_CELL_FORMATS, _END_CELL_FORMATS, _BEGIN_COMMENT, _COMMENT_TEXT = 617, 618, 635, 637
_FORMULAS: Final = (_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOLEAN, _FORMULA_ERROR)
_CELLS: Final = frozenset((_BLANK, _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED, _RICH_TEXT, *_FORMULAS))
_ROW_IS_HIDDEN: Final = 0x10
_VISIBILITIES: Final = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_ERROR_NAMES: Final[Mapping[int, str]] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def read_xlsb(content: bytes, limits: Limits) -> RawWorkbook:
    """Return the raw cells of a binary Open XML workbook.

    Raises:
        UnreadableFile: `file_damaged`, `file_over_limit`, `file_without_sheets`.
    """
    package = Package(content, limits)
    try:
        return _read(package, limits)
    except (struct.error, IndexError) as error:
        raise unreadable("file_damaged") from error


def _read(package: Package, limits: Limits) -> RawWorkbook:
    workbook = workbook_part(package, _USUAL_WORKBOOK)
    links = package.relationships(workbook)
    entries, is_1904 = _read_index(package, workbook)
    strings, styles = find_part(package, links, "sharedStrings"), find_part(package, links, "styles")
    reader = _SheetReader(
        _read_strings(package, strings) if strings else [],
        _read_number_kinds(package, styles) if styles else [],
        is_1904=is_1904,
    )
    budget = CellBudget(limits)
    sheets: list[RawSheet] = []
    for entry, part in worksheet_parts(entries, links):
        sheet = SheetBuilder(entry.name, entry.visibility, budget)
        reader.read(package.read(part), sheet)
        _read_comments(package, package.relationships(part), sheet)
        sheets.append(sheet.build())
    if not sheets:
        raise unreadable("file_without_sheets")
    return RawWorkbook(tuple(sheets), read_custom_properties(package), read_saved_at(package))


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of each record (MS-XLSB 2.1.4): type and size are written seven bits to a byte."""
    position, end = 0, len(content)
    while position < end:
        kind = content[position]
        position += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[position] & 0x7F) << 7
            position += 1
        size = shift = 0
        while shift < 28:
            digit = content[position]
            position += 1
            size |= (digit & 0x7F) << shift
            shift += 7
            if not digit & 0x80:
                break
        if position + size > end:
            raise unreadable("file_damaged")
        yield kind, content[position : position + size]
        position += size


def _wide_text(record: bytes, position: int) -> tuple[str, int]:
    """Return the text at `position`, as it stands, and where it ends; a text that is not there counts as empty."""
    (count,) = struct.unpack_from("<I", record, position)
    if count == 0xFFFFFFFF:
        return "", position + 4
    end = position + 4 + 2 * count
    if end > len(record):
        raise unreadable("file_damaged")
    return record[position + 4 : end].decode("utf-16-le", "replace"), end


def _read_index(package: Package, workbook: str) -> tuple[list[SheetEntry], bool]:
    entries: list[SheetEntry] = []
    is_1904 = False
    for kind, record in _records(package.read(workbook)):
        if kind == _SHEET:
            (state,) = struct.unpack_from("<I", record)
            relationship_id, position = _wide_text(record, 8)
            name, _ = _wide_text(record, position)
            entries.append(SheetEntry(clean_open_xml_text(name), relationship_id, _VISIBILITIES[state % 3]))
        elif kind == _WORKBOOK_PROPERTIES:
            is_1904 = bool(record[0] & 1)
    return entries, is_1904


def _read_strings(package: Package, part: str) -> list[str]:
    return [
        clean_open_xml_text(_wide_text(record, 1)[0])
        for kind, record in _records(package.read(part))
        if kind == _SHARED_ITEM
    ]


def _read_number_kinds(package: Package, part: str) -> list[NumberKind]:
    codes: dict[int, str] = {}
    format_ids: list[int] = []
    in_cell_formats = False
    for kind, record in _records(package.read(part)):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _wide_text(record, 2)[0]
        elif kind in (_BEGIN_CELL_FORMATS, _END_CELL_FORMATS):
            in_cell_formats = kind == _BEGIN_CELL_FORMATS
        elif kind == _CELL_FORMAT and in_cell_formats:
            format_ids.append(struct.unpack_from("<H", record, 2)[0])
    return [number_kind(format_id, codes.get(format_id)) for format_id in format_ids]


def _read_comments(package: Package, links: tuple[Relationship, ...], sheet: SheetBuilder) -> None:
    part = find_part(package, links, "comments")
    place = (0, 0)
    for kind, record in _records(package.read(part)) if part else ():
        if kind == _BEGIN_COMMENT:
            row, _, column = struct.unpack_from("<III", record, 4)
            place = (row + 1, column + 1)
        elif kind == _COMMENT_TEXT:
            sheet.put_comment(*place, clean_open_xml_text(_wide_text(record, 1)[0]).strip())


class _SheetReader:
    def __init__(self, strings: list[str], kinds: list[NumberKind], *, is_1904: bool) -> None:
        self._strings = strings
        self._kinds = kinds
        self._is_1904 = is_1904

    def read(self, content: bytes, sheet: SheetBuilder) -> None:
        row = column = 0
        for kind, record in _records(content):
            if kind == _ROW:
                column = 0
                row = struct.unpack_from("<I", record)[0] + 1
                if row > LAST_ROW:
                    raise unreadable("file_damaged")
                if record[11] & _ROW_IS_HIDDEN:
                    sheet.hide_rows(row, row)
            elif kind in _CELLS:
                column = struct.unpack_from("<I", record)[0] + 1
                self._put_cell(sheet, (row, column), kind, record[4:])
            elif _SHORT_BLANK <= kind <= _SHORT_LAST:  # the same, right of the cell before
                column += 1
                self._put_cell(sheet, (row, column), kind - _SHORT_OFFSET, record)
            elif kind == _MERGED:
                first_row, last_row, first_column, last_column = struct.unpack_from("<4I", record)
                sheet.merge(CellRange(first_row + 1, first_column + 1, last_row + 1, last_column + 1))

    def _put_cell(self, sheet: SheetBuilder, place: CellKey, kind: int, cell: bytes) -> None:
        """Put a cell; `cell` begins with three bytes of format index and one of flags."""
        if kind == _SHARED:
            (index,) = struct.unpack_from("<I", cell, 4)
            if index < len(self._strings):
                sheet.put_text(*place, self._strings[index])
            else:
                sheet.put_error(*place, LOST_TEXT)
        elif kind in (_TEXT, _FORMULA_TEXT):
            sheet.put_text(*place, clean_open_xml_text(_wide_text(cell, 4)[0]))
        elif kind == _RICH_TEXT:
            sheet.put_text(*place, clean_open_xml_text(_wide_text(cell, 5)[0]))
        elif kind in (_BOOLEAN, _FORMULA_BOOLEAN):
            sheet.put(*place, bool(cell[4]))
        elif kind in (_ERROR, _FORMULA_ERROR):
            sheet.put_error(*place, _ERROR_NAMES.get(cell[4], "#ERROR!"))
        elif kind in (_RK, _REAL, _FORMULA_NUMBER):
            style = int.from_bytes(cell[:3], "little")
            number = _compact_number(cell) if kind == _RK else struct.unpack_from("<d", cell, 4)[0]
            number_format = self._kinds[style] if style < len(self._kinds) else NumberKind.PLAIN
            sheet.put_number(*place, number, number_format, is_1904=self._is_1904)


def _compact_number(cell: bytes) -> float:
    """Return an RkNumber (MS-XLSB 2.5.122): 30 bits of an integer or of a float, perhaps of its hundredfold."""
    (bits,) = struct.unpack_from("<I", cell, 4)
    if bits & 2:
        number = float(struct.unpack("<i", struct.pack("<I", bits & ~3))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, bits & ~3))[0]
    return number / 100 if bits & 1 else number
