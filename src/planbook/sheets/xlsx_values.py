"""What one cell of an Open XML worksheet holds, from what the XML says of it; both ways of reading go through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from math import isfinite
from typing import Final, NamedTuple

from planbook.sheets.cells import LOST_TEXT, SheetBuilder
from planbook.sheets.numbers import NumberKind
from planbook.sheets.raw import CellKey, CellValue
from planbook.sheets.text import clean_open_xml_text

TRUE: Final = frozenset(("1", "true"))
"""How the XML writes yes."""

_YEAR_OF_BARE_TIMES: Final = 1899  # a time without a day is kept as one of 30 December 1899


@dataclass(frozen=True, slots=True)
class WorkbookContext:
    """What the cells of a workbook refer to.

    Attributes:
        strings: Shared strings, clean, by index as cells write it.
        kinds: What cell formats show numbers as, by format index as cells write it; plain ones are left out.
        is_1904: Dates count from 1904.
        has_local_pictures: Excel's pictures in cells are in use; in the XML they look like the error #VALUE!.
    """

    strings: Mapping[str, str]
    kinds: Mapping[str, NumberKind]
    is_1904: bool
    has_local_pictures: bool


class WrittenCell(NamedTuple):
    """A cell as the XML writes it; a tuple, since there are thousands of them.

    Attributes:
        attributes: Of the element `c`: `t` is the type, `s` the format.
        value: Text of `v`, None without one.
        inline: Text of `is` without readings, None without one.
        formula: Text of `f`, None without one.
    """

    attributes: Mapping[str, str]
    value: str | None
    inline: str | None
    formula: str | None


def put_cell(sheet: SheetBuilder, row: int, column: int, cell: WrittenCell, context: WorkbookContext) -> None:
    """Put into `sheet` what the cell at `row`, `column` (from 1) holds."""
    kind, value = cell.attributes.get("t", "n"), cell.value
    if cell.formula is not None and "DISPIMG" in cell.formula.upper():
        sheet.put_picture(row, column)
    elif cell.inline is not None:  # some writers add a <v>; Excel goes by the text
        sheet.put_text(row, column, clean_open_xml_text(cell.inline))
    elif value is None or value == "":
        # Only a formula of type text can have nothing as its stored result.
        if cell.formula is not None and (value is None or kind != "str"):
            sheet.put_empty_formula(row, column)
    elif kind == "s":
        _put_shared(sheet, row, column, value, context.strings)
    elif kind == "n":
        put_number_text(sheet, (row, column), value, cell.attributes.get("s", "0"), context)
    elif kind == "e":
        is_picture = context.has_local_pictures and value == "#VALUE!" and "vm" in cell.attributes
        if is_picture:
            sheet.put_picture(row, column)
        else:
            sheet.put_error(row, column, clean_open_xml_text(value))
    else:
        _put_other(sheet, row, column, kind, value)


def _put_other(sheet: SheetBuilder, row: int, column: int, kind: str, value: str) -> None:
    if kind == "b":
        sheet.put(row, column, value.strip() in TRUE)
    elif kind == "d":
        sheet.put(row, column, parse_iso_value(value))
    else:
        sheet.put_text(row, column, clean_open_xml_text(value))


def _put_shared(sheet: SheetBuilder, row: int, column: int, value: str, strings: Mapping[str, str]) -> None:
    text = strings.get(value)
    if text is None and value.strip().isdecimal() and len(value) < 20:
        text = strings.get(str(int(value)))  # written with zeros or white space around it
    if text is None:
        sheet.put_error(row, column, LOST_TEXT)
    else:
        sheet.put_text(row, column, text)


def put_number_text(sheet: SheetBuilder, place: CellKey, value: str, style: str, context: WorkbookContext) -> None:
    """Put a number, given as written, that cell format `style` shows; what is no finite number stays text."""
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if isfinite(number) and "_" not in value:
        kind = context.kinds.get(style, NumberKind.PLAIN)
        sheet.put_number(*place, number, kind, is_1904=context.is_1904)
    else:
        sheet.put_text(*place, clean_open_xml_text(value))


def parse_iso_value(text: str) -> CellValue:
    """Return the date or time that a cell states as ISO 8601 (strict Open XML and ODF do), the text if it is none."""
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        try:
            return time.fromisoformat(text.strip()).replace(tzinfo=None)
        except ValueError:
            return clean_open_xml_text(text)
    if moment.year == _YEAR_OF_BARE_TIMES:
        return moment.time()
    return moment if moment.time() != time.min else moment.date()
