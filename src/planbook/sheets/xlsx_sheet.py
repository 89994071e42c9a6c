"""Reads any Open XML worksheet as a stream of XML, however it is written and however large it claims to be."""

from collections.abc import Iterable, Mapping
from typing import Final
from xml.parsers.expat import XMLParserType

from planbook.sheets.cells import COLUMN_NUMBERS, SheetBuilder, parse_area
from planbook.sheets.limits import LAST_ROW
from planbook.sheets.markup import feed, local_name, new_parser
from planbook.sheets.unreadable import unreadable
from planbook.sheets.xlsx_values import TRUE, WorkbookContext, WrittenCell, put_cell

_DIGITS: Final = "0123456789"


class WorksheetReader:
    """Reads one worksheet part into a `SheetBuilder`."""

    def __init__(self, sheet: SheetBuilder, context: WorkbookContext) -> None:
        self._sheet = sheet
        self._context = context
        self._row = 0
        self._row_digits = "0"
        self._column = 0
        self._cell: Mapping[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._formula: str | None = None
        self._in_phonetic = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the part.

        Raises:
            UnreadableFile: `file_damaged`, `file_over_limit`, `file_forbidden_markup`.
        """
        parser = new_parser()

        def start_root(name: str, _attributes: Mapping[str, str]) -> None:
            # Only elements of the root's namespace count: the strict edition of the standard has another one than
            # the usual, and extensions use the same words (f, row) for other things.
            if local_name(name) == "worksheet":  # a sheet that is a chart or a dialog has no cells
                self._connect(parser, name.removesuffix("worksheet"))
            else:
                parser.StartElementHandler = None

        parser.StartElementHandler = start_root
        feed(parser, chunks)

    def _connect(self, parser: XMLParserType, prefix: str) -> None:
        cell, value, text, formula = (prefix + name for name in ("c", "v", "t", "f"))
        phonetic = prefix + "rPh"
        gathered = (value, text, formula)
        pieces: list[str] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == cell:
                self._cell = attributes
                self._value = self._formula = self._inline = None
            elif name in gathered:
                pieces.clear()
            else:
                self._start_other(name.removeprefix(prefix), attributes)

        def end(name: str) -> None:
            if name == cell:
                self._end_cell()
            elif name == value:
                self._value = "".join(pieces)
            elif name == formula:
                self._formula = "".join(pieces)
            elif name == text and not self._in_phonetic:
                self._inline = [*(self._inline or ()), *pieces]
            elif name == phonetic:
                self._in_phonetic = False

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = pieces.append

    def _start_other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "mergeCell" and (area := parse_area(attributes.get("ref", ""))):
            self._sheet.merge(area)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        digits = attributes.get("r")
        try:
            self._row = self._row + 1 if digits is None else int(digits)
        except ValueError as error:
            raise unreadable("file_damaged") from error
        if not 0 < self._row <= LAST_ROW:
            raise unreadable("file_damaged")
        self._row_digits = str(self._row)
        self._column = 0
        if attributes.get("hidden") in TRUE:
            self._sheet.hide_rows(self._row, self._row)

    def _end_cell(self) -> None:
        row, column = self._place()
        if self._value is None and self._formula is None and self._inline is None:
            return
        inline = None if self._inline is None else "".join(self._inline)
        cell = WrittenCell(self._cell, self._value, inline, self._formula)
        put_cell(self._sheet, row, column, cell, self._context)

    def _place(self) -> tuple[int, int]:
        """Return where the cell stands; where it does not say, it stands right of the one before."""
        reference = self._cell.get("r")
        if reference is None:
            self._column += 1
            return self._row, self._column
        letters = reference.rstrip(_DIGITS)
        digits = reference[len(letters) :]
        self._column = COLUMN_NUMBERS[letters]
        if digits == self._row_digits:
            return self._row, self._column
        if not digits or len(digits) > 7:
            raise unreadable("file_damaged")
        return int(digits), self._column
