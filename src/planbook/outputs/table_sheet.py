"""Writes one table onto one worksheet: title, headers, rows high enough, filter, frozen panes, print set-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from planbook.outputs import styles
from planbook.outputs.cell_text import clean_text, plain_number
from planbook.outputs.styles import Align, FormatBook, Tint
from planbook.sheets.text_metrics import ROW_HEIGHT_LIMIT_PT, row_height_pt, sure_capacity

CellContent = str | int | float | bool | Decimal | date | datetime | None

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")
_EXACT_DIGITS: Final = 15  # a spreadsheet keeps no more digits of a number
FIRST_DATE: Final = date(1900, 3, 1)  # before it, spreadsheet programs disagree about day numbers
DATE_FORMAT: Final = "yyyy-mm-dd"
TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
_PAPER_CODES: Final = {"A3": 8, "A4": 9}
_WIDEST: Final = 90.0
_CERTAIN_LINES: Final = 20  # that the highest row shows, whatever stands in them
INDENT_WIDTH: Final = 1.5


@dataclass(frozen=True, slots=True)
class Cell:
    """Content with a look of its own; where the look is None the column's holds."""

    content: CellContent
    tint: Tint | None = None
    number_format: str | None = None

    def __hash__(self) -> int:
        """Return a hash by the content alone: it is asked for once a cell, and looks hardly tell cells apart."""
        return hash(self.content)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        header: Header as shown.
        width: Width in characters, as spreadsheets count it.
        align: Horizontal alignment of its cells.
        tint: Colours of its cells.
        header_tint: Colours of its header.
        number_format: Format of its numbers; dates bring their own.
        is_elastic: May be made wider so that long text needs no row higher than a spreadsheet can show.
        cell_tints: Colours that single cells of it may have beside `tint`.
        is_typed: The office types into it, whatever it likes.
    """

    header: str
    width: float
    align: Align = Align.LEFT
    tint: Tint = styles.PLAIN
    header_tint: Tint = styles.ISSUED_HEADER
    number_format: str = "General"
    is_elastic: bool = False
    cell_tints: tuple[Tint, ...] = ()
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A worksheet that is one table.

    Attributes:
        name: Worksheet name.
        title: Line above the table.
        remarks: Smaller lines between title and table.
        columns: From left to right.
        rows: Contents, one for each column.
        frozen_columns: How many columns stay in view.
        paper: `A3` or `A4`, landscape.
        tab_colour: Colour of the sheet tab, `RRGGBB`.
        pages_across: How many printed pages it spreads over side by side; the frozen columns are repeated.
        printed_columns: How many columns are printed, from the left; None prints all.
    """

    name: str
    title: str
    remarks: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[CellContent | Cell]]
    frozen_columns: int = 0
    paper: str = "A3"
    tab_colour: str | None = None
    pages_across: int = 1
    printed_columns: int | None = None


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table was written; rows from 1. `last_row` is the header row where there are no rows."""

    header_row: int
    last_row: int

    @property
    def first_row(self) -> int:
        """First row below the headers."""
        return self.header_row + 1


def write_table(sheet: Any, formats: FormatBook, table: TableSheet, footer: str) -> TablePlace:
    """Write `table` onto an XlsxWriter worksheet and return where it stands.

    Args:
        sheet: A fresh worksheet.
        formats: The workbook's formats.
        table: What to write.
        footer: Text at the foot of each printed page, left of the page number.
    """
    columns = widen(table)
    place = write_frame(sheet, formats, replace(table, columns=columns), footer)
    for number, row in enumerate(table.rows, start=place.header_row):
        _write_row(sheet, formats, columns, number, row)
    return place


def write_frame(
    sheet: Any, formats: FormatBook, table: TableSheet, footer: str, *, rows: int | None = None
) -> TablePlace:
    """Write everything of `table` but its rows, for which room is left, and return where it all stands.

    Args: as of `write_table`; the columns are as wide as they are to be; `rows` is how many rows there will be, where
        `table` does not have them.
    """
    header_row = 2 + len(table.remarks)
    columns = table.columns
    sheet.set_row(0, styles.TITLE_SIZE_PT * 1.9)
    sheet.write_string(0, 0, clean_text(table.title), formats.text(styles.TITLE_SIZE_PT, font=styles.TITLE_FONT))
    remark_format = formats.text(styles.NOTE_SIZE_PT, tint=Tint(ink=styles.MUTED_INK))
    for place, remark in enumerate(table.remarks, start=1):
        sheet.set_row(place, styles.NOTE_SIZE_PT * 1.7)
        sheet.write_string(place, 0, clean_text(remark), remark_format)
    _write_headers(sheet, formats, columns, header_row - 1)
    last_row = header_row + (len(table.rows) if rows is None else rows)
    sheet.freeze_panes(header_row, table.frozen_columns)
    if columns:
        sheet.autofilter(header_row - 1, 0, max(last_row - 1, header_row), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 500}"})
    if table.tab_colour:
        sheet.set_tab_color("#" + table.tab_colour)
    set_up_print(sheet, footer, table.paper)
    sheet.repeat_rows(header_row - 1)
    if table.printed_columns:
        sheet.print_area(0, 0, last_row - 1, table.printed_columns - 1)
    if table.pages_across > 1:
        # The program finds scale and break: how wide a column comes out depends on the fonts that it has.
        sheet.fit_to_pages(table.pages_across, 0)
        if table.frozen_columns:
            sheet.repeat_columns(0, table.frozen_columns - 1)
    return TablePlace(header_row, last_row)


def set_up_print(sheet: Any, footer: str, paper: str, *, is_landscape: bool = True) -> None:
    """Set paper, margins (inches), one page across, and a footer with page numbers."""
    if is_landscape:
        sheet.set_landscape()
    sheet.set_paper(_PAPER_CODES[paper])
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    escaped = clean_text(footer, 120).replace("&", "&&").replace("\n", " ")
    sheet.set_footer(f'&L&"仿宋"&9{_not_a_size(escaped)}&R&"仿宋"&9第 &P 页 共 &N 页', {"margin": 0.3})


def _not_a_size(text: str) -> str:
    return " " + text if text[:1].isdigit() else text  # &92024 would be read as font size 92024


def _write_headers(sheet: Any, formats: FormatBook, columns: Sequence[TableColumn], row: int) -> None:
    for place, column in enumerate(columns):
        # The column's own format makes rows that somebody adds below look like the table.
        below = formats.text(styles.BODY_SIZE_PT, text_wrap=True, align=str(column.align))
        sheet.set_column(place, place, column.width, below)
        sheet.write_string(row, place, clean_text(column.header), formats.header(column.header_tint))
    heights = ((column.header, column.width - 2, float(styles.HEADER_SIZE_PT)) for column in columns)
    sheet.set_row(row, row_height_pt(heights, minimum_pt=30))


def _write_row(
    sheet: Any, formats: FormatBook, columns: Sequence[TableColumn], place: int, row: Sequence[CellContent | Cell]
) -> None:
    measured: list[tuple[str, float, float]] = []
    for number, (column, content) in enumerate(zip(columns, row, strict=True)):
        cell = content if isinstance(content, Cell) else Cell(content)
        write_cell(sheet, formats, (place, number), column, cell)
        if isinstance(cell.content, str):
            measured.append((cell.content, column.width - INDENT_WIDTH, styles.BODY_SIZE_PT))
    sheet.set_row(place, row_height_pt(measured, minimum_pt=21))


def write_cell(sheet: Any, formats: FormatBook, place: tuple[int, int], column: TableColumn, cell: Cell) -> None:
    """Write one cell at `place` (row, column from 0) in its column's look; text never becomes a formula."""
    tint = cell.tint or column.tint
    number_format = cell.number_format or column.number_format
    content = cell.content
    row, number = place
    if isinstance(content, bool):
        content = "是" if content else "否"
    if isinstance(content, Decimal) and not is_exact(content):
        content = plain_number(content) if content.is_finite() else str(content)
    if isinstance(content, datetime):
        sheet.write_datetime(row, number, content, formats.cell(tint, Align.CENTRE, TIME_FORMAT))
    elif isinstance(content, date) and content >= FIRST_DATE:
        sheet.write_datetime(row, number, content, formats.cell(tint, Align.CENTRE, DATE_FORMAT))
    elif isinstance(content, int | float | Decimal):
        sheet.write_number(row, number, content, formats.cell(tint, column.align, number_format))
    elif content is None or content == "":
        sheet.write_blank(row, number, None, formats.cell(tint, column.align, number_format))
    else:
        text = clean_text(str(content))
        is_quoted = text.startswith(FORMULA_STARTS)
        indent = 1 if column.align is Align.LEFT else 0
        look = formats.cell(tint, column.align, number_format, is_quoted=is_quoted, indent=indent)
        sheet.write_string(row, number, text, look)


def is_exact(number: Decimal) -> bool:
    """Return whether a spreadsheet keeps every digit of `number`."""
    return number.is_finite() and len(number.as_tuple().digits) <= _EXACT_DIGITS and abs(number.adjusted()) < 300


def widen(table: TableSheet) -> tuple[TableColumn, ...]:
    """Return the columns, elastic ones wide enough that no cell needs more than the highest row, up to a bound."""
    return widened(table.columns, [needs_of(table.columns, table.rows)])


def needs_of(columns: Sequence[TableColumn], rows: Sequence[Sequence[CellContent | Cell]]) -> tuple[float, ...]:
    """Return how wide each elastic column has to be for `rows`."""
    return tuple(
        _needed_width(column, [row[place] for row in rows]) for place, column in enumerate(columns) if column.is_elastic
    )


def widened(columns: Sequence[TableColumn], needs: Iterable[Sequence[float]]) -> tuple[TableColumn, ...]:
    """Return `columns`, elastic ones as wide as any of `needs` (`needs_of` parts of the table) wants them."""
    widths = iter([max(each) for each in zip(*needs, strict=True)])
    return tuple(
        replace(column, width=next(widths, column.width)) if column.is_elastic else column for column in columns
    )


def _needed_width(column: TableColumn, cells: Sequence[CellContent | Cell]) -> float:
    # A paragraph of n characters takes n ÷ capacity lines at most, and one more.
    capacity = max(sure_capacity(column.width - INDENT_WIDTH, styles.BODY_SIZE_PT) - 1, 1)
    width = column.width
    for cell in cells:
        text = cell.content if cell.__class__ is Cell else cell
        if text.__class__ is str and len(text) / capacity + text.count("\n") >= _CERTAIN_LINES:
            while width < _WIDEST and _needs_more(text, width - INDENT_WIDTH):
                width += 5
    return width


def _needs_more(text: str, width: float) -> bool:
    return row_height_pt([(text, width, styles.BODY_SIZE_PT)], maximum_pt=10_000) > ROW_HEIGHT_LIMIT_PT - 4
