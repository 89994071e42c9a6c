"""Renders a table's rows as the XML of its worksheet, in a fraction of the time that XlsxWriter takes.

A row depends on nothing but its cells, its number and the looks of the columns: texts stand in their cells, not in a
table of the workbook's, so that a row which did not change need not be rendered again.

What a cell says comes again and again in a ledger: plans, agencies, states, dates. So each column remembers how what it
met was written, and how many lines it took.
"""

import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from planbook.outputs.cell_text import clean_text, plain_number
from planbook.outputs.styles import BODY_SIZE_PT, Align, FormatBook, Tint
from planbook.outputs.table_sheet import (
    DATE_FORMAT,
    FIRST_DATE,
    FORMULA_STARTS,
    INDENT_WIDTH,
    TIME_FORMAT,
    Cell,
    CellContent,
    TableColumn,
    is_exact,
)
from planbook.sheets.raw import column_letters
from planbook.sheets.sheet_xml import escape_text
from planbook.sheets.text_metrics import LINE_SPACING, ROW_HEIGHT_LIMIT_PT, count_lines, sure_capacity

_LEAST_HEIGHT_PT: Final = 21.0
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's clock has no zone
_DAY_SECONDS: Final = 86_400
_REMEMBERED: Final = 4000  # contents of one column
_TELLING: Final = 40  # characters: longer texts hardly come again
_PERCENT: Final = "0.00%"  # as the office's own numbers may be shown

_Written = tuple[str, int]
"""What stands between two row numbers: the rest of a cell and the start of the next; and how many lines it takes."""


class RowRenderer:
    """Renders the rows of one table."""

    def __init__(self, formats: FormatBook, columns: Sequence[TableColumn]) -> None:
        """Take what the rows have in common.

        Args:
            formats: The workbook's formats, not written yet.
            columns: The columns, as wide as they are to be.
        """
        starts = [f'<c r="{column_letters(place)}' for place in range(1, len(columns) + 1)]
        ends = [*starts[1:], "</row>"]
        self._columns = [_Column(formats, column, end) for column, end in zip(columns, ends, strict=True)]
        self._start = starts[0] if starts else ""
        self._openings: dict[tuple[int, int], str] = {}

    def render(self, rows: Sequence[Sequence[CellContent | Cell]], first: int, outline: int = 0) -> str:
        """Return the elements of rows, each high enough for its texts.

        Args:
            rows: Cells of each, one for each column.
            first: Number of the first of them, from 1.
            outline: Level of the group that they belong to.
        """
        # Column by column, then joined by the rows' numbers: a look-up a cell is all that most of them cost.
        written = [
            column.write_all(contents)
            for column, contents in zip(self._columns, zip(*rows, strict=True), strict=bool(rows))
        ]
        pieces: list[str] = []
        for number, cells in enumerate(zip(*written, strict=True), start=first):
            opening = self._opening(max([lines for _, lines in cells]), outline)
            pieces.append(f'<row r="{number}"' + str(number).join([opening, *[text for text, _ in cells]]))
        return "".join(pieces)

    def _opening(self, lines: int, outline: int) -> str:
        """Return what stands between a row's number and the first cell's."""
        known = self._openings.get((lines, outline))
        if known is None:
            needed = math.ceil(lines * BODY_SIZE_PT * LINE_SPACING + BODY_SIZE_PT * 0.5)
            height = min(max(float(needed), _LEAST_HEIGHT_PT), ROW_HEIGHT_LIMIT_PT)
            level = f' outlineLevel="{outline}"' if outline else ""
            known = self._openings[lines, outline] = f' ht="{height:g}" customHeight="1"{level}>{self._start}'
        return known


def register_looks(formats: FormatBook, columns: Sequence[TableColumn]) -> None:
    """Number the styles that rows of `columns` are written in, whatever the rows will say.

    Numbers are given in the order in which styles are asked for. Rows that are to be used again need the same ones
    in any workbook, so these are asked for first; a look that is not among them gets a number by chance.
    """
    for column in columns:
        indent = 1 if column.align is Align.LEFT else 0
        for tint in (column.tint, *column.cell_tints):
            formats.style(tint, column.align, column.number_format)
            for is_quoted in (False, True):
                formats.style(tint, column.align, column.number_format, is_quoted=is_quoted, indent=indent)
        for number_format in (DATE_FORMAT, TIME_FORMAT):
            formats.style(column.tint, Align.CENTRE, number_format)
        if column.is_typed:
            formats.style(column.tint, column.align, _PERCENT)


class _Column:
    """One column: how its usual cells are written, and much of what came before."""

    def __init__(self, formats: FormatBook, column: TableColumn, end: str) -> None:
        self._formats = formats
        self._column = column
        self._end = end
        self._width = column.width - INDENT_WIDTH
        self._capacity = sure_capacity(self._width, BODY_SIZE_PT)
        self._indent = 1 if column.align is Align.LEFT else 0
        self._text = formats.style(column.tint, column.align, column.number_format, indent=self._indent)
        blank = self._blank(column.tint, column.number_format), 1
        # Equal contents are written alike, of whatever type they are, or what is remembered would decide. Booleans,
        # which equal 1 and 0, are not remembered.
        self._known: dict[CellContent | Cell, _Written] = {None: blank, "": blank}

    def write_all(self, contents: Sequence[CellContent | Cell]) -> list[_Written]:
        """Return how cells are written."""
        known = self._known.get
        return [
            (known(content) if content.__class__ is not bool else None) or self._write(content) for content in contents
        ]

    def _write(self, content: CellContent | Cell) -> _Written:
        """Return how a cell is written, and remember it if it may come again."""
        if type(content) is str and len(content) > _TELLING:
            return self._written_text(content, self._column.tint, self._column.number_format)
        tint, number_format, value = self._column.tint, self._column.number_format, content
        if isinstance(value, Cell):
            tint, number_format, value = value.tint or tint, value.number_format or number_format, value.content
        written = self._written(_shown(value), tint, number_format)
        if len(self._known) < _REMEMBERED and not isinstance(content, bool):
            self._known[content] = written
        return written

    def _written(self, value: CellContent, tint: Tint, number_format: str) -> _Written:
        style = self._formats.style
        if isinstance(value, datetime):
            moment = value.replace(tzinfo=None) - _EPOCH
            serial = moment.days + moment.seconds / _DAY_SECONDS
            return self._number(f"{serial:.16G}", style(tint, Align.CENTRE, TIME_FORMAT))
        if isinstance(value, date):
            return self._number(f"{(value - _EPOCH.date()).days}", style(tint, Align.CENTRE, DATE_FORMAT))
        if value is None or value == "":
            return self._blank(tint, number_format), 1
        if isinstance(value, str):
            return self._written_text(value, tint, number_format)
        shown = f"{float(value):.15G}" if value else "0"
        return self._number(shown, style(tint, self._column.align, number_format))

    def _number(self, shown: str, look: str) -> _Written:
        return f'" s="{look}"><v>{shown}</v></c>{self._end}', 1

    def _blank(self, tint: Tint, number_format: str) -> str:
        return f'" s="{self._formats.style(tint, self._column.align, number_format)}"/>{self._end}'

    def _written_text(self, value: str, tint: Tint, number_format: str) -> _Written:
        column = self._column
        text = clean_text(value)
        if not text:
            return self._blank(tint, number_format), 1
        is_short = len(text) <= self._capacity and "\n" not in text
        lines = 1 if is_short else count_lines(text, self._width, BODY_SIZE_PT)
        is_quoted = text.startswith(FORMULA_STARTS)
        look = self._text
        if is_quoted or tint is not column.tint or number_format is not column.number_format:
            look = self._formats.style(tint, column.align, number_format, is_quoted=is_quoted, indent=self._indent)
        # The other kind of element may not say that it keeps blanks, and LibreOffice forgets line breaks in it where
        # the text is short enough for one line.
        if "\n" in text or text[0].isspace() or text[-1].isspace():
            kept = f'<is><t xml:space="preserve">{escape_text(text)}</t></is>'
            return f'" s="{look}" t="inlineStr">{kept}</c>{self._end}', lines
        return f'" s="{look}" t="str"><v>{escape_text(text)}</v></c>{self._end}', lines


def _shown(content: CellContent) -> CellContent:
    """Return a value as something that a cell can hold without loss."""
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, Decimal) and not is_exact(content):
        return plain_number(content) if content.is_finite() else str(content)
    if isinstance(content, float) and not math.isfinite(content):
        return str(content)
    if isinstance(content, datetime):
        return content if content.date() >= FIRST_DATE else str(content)
    if isinstance(content, date):
        return content if content >= FIRST_DATE else str(content)
    return content
