"""Renders a table's rows as the XML of its worksheet, in a fraction of the time that XlsxWriter takes.

What a cell says comes again and again in a ledger: plans, agencies, states, dates. So each column remembers how
everything that it met was written, and how many lines it took.
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
from planbook.sheets.sheet_xml import SharedStrings
from planbook.sheets.text_metrics import LINE_SPACING, ROW_HEIGHT_LIMIT_PT, count_lines, sure_capacity

_LEAST_HEIGHT_PT: Final = 21.0
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's clock has no zone
_DAY_SECONDS: Final = 86_400

_Written = tuple[str, int]
"""What follows a cell's address in its element, and how many lines it takes."""


class RowRenderer:
    """Renders the rows of one table."""

    def __init__(self, formats: FormatBook, columns: Sequence[TableColumn], strings: SharedStrings) -> None:
        """Take what the rows have in common.

        Args:
            formats: The workbook's formats, not written yet.
            columns: The columns, as wide as they are to be.
            strings: The workbook's shared strings, which take up the rows' texts.
        """
        self._columns = [_Column(formats, column, place, strings) for place, column in enumerate(columns, start=1)]
        self._strings = strings
        self._heights: dict[int, str] = {}

    def render(self, row: Sequence[CellContent | Cell], number: int, outline: int = 0) -> str:
        """Return the element of one row, high enough for its texts; rows count from 1."""
        most_lines = 1
        pieces: list[str] = []
        for column, content in zip(self._columns, row, strict=True):
            kind = type(content)
            if content is None or content == "":
                ending = column.blank
            elif kind is int:
                ending = f"{column.number}{content}</v></c>"
            else:
                known = column.known.get((kind, content)) or column.write(content)
                ending, lines = known
                most_lines = max(most_lines, lines)
            pieces.append(f"{column.start}{number}{ending}")
        level = f' outlineLevel="{outline}"' if outline else ""
        return f'<row r="{number}"{self._height(most_lines)}{level}>{"".join(pieces)}</row>'

    def _height(self, lines: int) -> str:
        known = self._heights.get(lines)
        if known is None:
            needed = math.ceil(lines * BODY_SIZE_PT * LINE_SPACING + BODY_SIZE_PT * 0.5)
            height = min(max(float(needed), _LEAST_HEIGHT_PT), ROW_HEIGHT_LIMIT_PT)
            known = self._heights[lines] = f' ht="{height:g}" customHeight="1"'
        return known


class _Column:
    """One column: how its usual cells are written, and everything that came before."""

    def __init__(self, formats: FormatBook, column: TableColumn, place: int, strings: SharedStrings) -> None:
        self._formats = formats
        self._column = column
        self._strings = strings
        self._width = column.width - INDENT_WIDTH
        self._capacity = sure_capacity(self._width, BODY_SIZE_PT)
        self.known: dict[tuple[type, CellContent | Cell], _Written] = {}
        self.start = f'<c r="{column_letters(place)}'
        plain = formats.style(column.tint, column.align, column.number_format)
        self.blank = f'" s="{plain}"/>'
        self.number = f'" s="{plain}"><v>'

    def write(self, content: CellContent | Cell) -> _Written:
        """Return how a cell is written, and remember it."""
        tint, number_format, value = self._column.tint, self._column.number_format, content
        if isinstance(value, Cell):
            tint, number_format, value = value.tint or tint, value.number_format or number_format, value.content
        written = self._written(_shown(value), tint, number_format)
        self.known[type(content), content] = written
        return written

    def _written(self, value: CellContent, tint: Tint, number_format: str) -> _Written:
        style = self._formats.style
        if isinstance(value, datetime):
            moment = value.replace(tzinfo=None) - _EPOCH
            serial = moment.days + moment.seconds / _DAY_SECONDS
            return f'" s="{style(tint, Align.CENTRE, TIME_FORMAT)}"><v>{serial:.16G}</v></c>', 1
        if isinstance(value, date):
            serial = (value - _EPOCH.date()).days
            return f'" s="{style(tint, Align.CENTRE, DATE_FORMAT)}"><v>{serial}</v></c>', 1
        align = self._column.align
        if value is None or value == "":
            return f'" s="{style(tint, align, number_format)}"/>', 1
        if not isinstance(value, str):
            return f'" s="{style(tint, align, number_format)}"><v>{value:.16G}</v></c>', 1
        text = clean_text(value)
        if not text:
            return f'" s="{style(tint, align, number_format)}"/>', 1
        is_short = len(text) <= self._capacity and "\n" not in text
        lines = 1 if is_short else count_lines(text, self._width, BODY_SIZE_PT)
        is_quoted = text.startswith(FORMULA_STARTS)
        look = style(tint, align, number_format, is_quoted=is_quoted, indent=1 if align is Align.LEFT else 0)
        return f'" s="{look}" t="s"><v>{self._strings.place(text)}</v></c>', lines


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
