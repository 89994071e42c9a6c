"""Reads one table of an office's layout workbook: columns by placeholder, looks by cell, with what is wrong."""

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planbook.forms.cell_looks import look_of
from planbook.forms.issued import clean_text
from planbook.forms.layout import (
    ISSUED_FIELDS,
    MARK_REQUIRED,
    Column,
    Field,
    FormLayout,
    Paper,
    SheetKind,
    SheetLayout,
    ValueKind,
)
from planbook.forms.logo import read_logo
from planbook.forms.palette import Properties, cell_styles, data_style, header_style
from planbook.forms.placeholders import FIELDS, PLACEHOLDER, placeholder
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.sheets.headers import header_key
from planbook.sheets.raw import cell_address

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW: Final = 30
_LAST_COLUMN: Final = 120
_LONGEST_HEADER: Final = 60
_WIDTHS: Final = (3.0, 120.0)
_STANDARD_WIDTH: Final = 8.43
_PADDING: Final = 0.63  # a stored width counts five pixels of padding, eight pixels to the digit
_WIDTH_TOLERANCE: Final = 0.2  # what programs change by rounding when they save


def find_sample_row(worksheet: "Worksheet", kind: SheetKind) -> int | None:
    """Return the row whose placeholders name fields of `kind`, two at least, None where none does."""
    issued = "task." if kind is SheetKind.TASKS else "indicator."
    rows = worksheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN, values_only=True)
    for number, row in enumerate(rows, start=1):
        names = [match[1] for value in row for match in PLACEHOLDER.finditer(str(value or ""))]
        if len(names) > 1 and any(name.startswith(issued) for name in names):
            return number
    return None


class LayoutSheetReader:
    """Reads one sheet of a layout workbook, column by column, and keeps what there is to say about it."""

    def __init__(self, worksheet: "Worksheet", base: SheetLayout, layout: FormLayout, theme: tuple[str, ...]) -> None:
        self.findings: list[Finding] = []
        self._worksheet = worksheet
        self._base = base
        self._styles = cell_styles(layout)
        self._theme = theme
        self._sample_row = find_sample_row(worksheet, base.kind) or 0
        self._fields: dict[Field, str] = {}
        self._headers: dict[str, str] = {}

    def title(self) -> tuple[str, str | None, float | None]:
        """Return the title, its font and its size: the first text above the headers."""
        if self._sample_row < 3:
            return "", None, None
        for row in self._worksheet.iter_rows(max_row=self._sample_row - 2, max_col=_LAST_COLUMN):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.strip():
                    size = float(cell.font.sz) if cell.font.sz else None
                    return clean_text(cell.value.strip()), cell.font.name, size
        return "", None, None

    def read(self) -> SheetLayout:
        """Return the sheet's layout; it is only good where no error is among the findings."""
        columns = []
        for place in range(1, min(self._worksheet.max_column, _LAST_COLUMN) + 1):
            column = self._column(place)
            if column:
                columns.append(column)
        self._check_columns(columns)
        paper = Paper.A4 if str(self._worksheet.page_setup.paperSize) == "9" else Paper.A3
        logo, findings = read_logo(self._worksheet, self._sample_row - 2)
        self.findings += findings
        return replace(self._base, name=self._worksheet.title, columns=tuple(columns), paper=paper, logo=logo)

    def _column(self, place: int) -> Column | None:
        header_cell = self._worksheet.cell(self._sample_row - 1, place) if self._sample_row > 1 else None
        header = clean_text(str(header_cell.value or "")).strip() if header_cell else ""
        sample = str(self._worksheet.cell(self._sample_row, place).value or "").strip()
        field = self._field(sample, place) if sample else Field.EXTRA
        if field is None or (not header and not sample):
            return None
        if not header:
            self._report("layout_header_missing", self._sample_row, place, placeholder=sample)
            return None
        column = self._described(field, header, place)
        self._check_header(column, place)
        return column

    def _field(self, sample: str, place: int) -> Field | None:
        match = PLACEHOLDER.fullmatch(sample)
        if match is None:
            if PLACEHOLDER.search(sample):
                self._report("layout_placeholder_misplaced", self._sample_row, place, text=sample)
                return None
            return Field.EXTRA  # an example of what the agency should write, in a column of the office's own
        known = FIELDS[self._base.kind]
        field = known.get(match[1])
        if field is None:
            close = difflib.get_close_matches(match[1], known, n=1)
            advice = f"是不是 {{{{ {close[0]} }}}}" if close else "请从“怎样修改本样式表”一页中选用"
            self._report("layout_placeholder_unknown", self._sample_row, place, placeholder=sample, advice=advice)
            return None
        address = cell_address(self._sample_row, place)
        if field in self._fields:
            other = self._fields[field]
            self._report("layout_field_twice", self._sample_row, place, placeholder=sample, other=other)
            return None
        self._fields[field] = address
        return field

    def _described(self, field: Field, header: str, place: int) -> Column:
        is_required = header.endswith((MARK_REQUIRED, "＊"))
        name = header.rstrip(MARK_REQUIRED + "＊ ") or header
        if len(name) > _LONGEST_HEADER:
            facts = {"header": name[:20] + "…", "length": len(name), "limit": _LONGEST_HEADER}
            self._report("layout_header_long", self._sample_row - 1, place, **facts)
            name = name[:_LONGEST_HEADER]
        header_cell = self._cell(self._sample_row - 1, place)
        sample_cell = self._cell(self._sample_row, place)
        standard = self._base.column(field) if field is not Field.EXTRA else None
        column = standard or Column(field, name, 12, _kind_of(sample_cell.number_format))
        width, is_hidden = self._width(place, column.width)
        prompt = clean_text(header_cell.comment.text).strip() if header_cell.comment else ""
        column = replace(
            column,
            header=name,
            width=width,
            is_issued=field in ISSUED_FIELDS[self._base.kind],
            is_required=is_required and field not in ISSUED_FIELDS[self._base.kind],
            is_hidden=is_hidden,
            prompt=prompt or column.prompt,
            example=column.example if standard else str(sample_cell.value or ""),
        )
        single = replace(self._base, columns=(column,))
        return replace(
            column,
            header_look=look_of(header_cell, self._standard(header_style(single, 0)), self._theme),
            cell_look=look_of(sample_cell, self._standard(data_style(single, 0)), self._theme),
        )

    def _width(self, place: int, standard: float) -> tuple[float, bool]:
        """Return a column's width in characters, and whether it is hidden."""
        for dimension in self._worksheet.column_dimensions.values():  # neighbours of one width share an entry
            if (dimension.min or 0) <= place <= (dimension.max or 0):
                width = float(dimension.width) - _PADDING
                if abs(width - standard) < _WIDTH_TOLERANCE:
                    width = standard
                return round(min(max(width, _WIDTHS[0]), _WIDTHS[1]), 2), bool(dimension.hidden)
        return _STANDARD_WIDTH, False

    def _cell(self, row: int, place: int) -> "Cell":
        from openpyxl.cell import Cell

        cell = self._worksheet.cell(row, place)
        if not isinstance(cell, Cell):
            raise PlanbookError(f"样式表「{self._worksheet.title}」的表头和样例行有合并的单元格，请取消合并后重试。")
        return cell

    def _standard(self, style: str) -> Properties:
        return self._styles[style.partition("@")[0]]

    def _check_header(self, column: Column, place: int) -> None:
        key = header_key(column.header)
        if key in self._headers:
            self._report(
                "layout_header_twice", self._sample_row - 1, place, header=column.header, other=self._headers[key]
            )
        self._headers.setdefault(key, cell_address(self._sample_row - 1, place))

    def _check_columns(self, columns: list[Column]) -> None:
        code, title = self._base.code_field, Field.TASK_TITLE
        if self._base.kind is SheetKind.INDICATORS:
            title = Field.INDICATOR_NAME
        present = {column.field: column for column in columns}
        wanted = {
            code: "layout_code_missing",
            title: "layout_title_missing",
            **{column.field: "layout_required_missing" for column in self._base.fill_in_columns if column.is_required},
        }
        for field, finding in wanted.items():
            standard = self._base.column(field)
            if field not in present and standard:
                names = {"header": standard.header, "placeholder": placeholder(self._base.kind, field)}
                self.findings.append(Finding.of(finding, Location(sheet=self._worksheet.title), **names))
        if code in present and present[code].is_hidden:
            place = Location(sheet=self._worksheet.title, cell=self._fields[code])
            self.findings.append(Finding.of("layout_code_hidden", place, header=present[code].header))

    def _report(self, code: str, row: int, place: int, **values: object) -> None:
        location = Location(sheet=self._worksheet.title, cell=cell_address(row, place))
        self.findings.append(Finding.of(code, location, **values))


def _kind_of(number_format: str) -> ValueKind:
    from openpyxl.styles.numbers import is_date_format

    if is_date_format(number_format):
        return ValueKind.DATE
    return ValueKind.NUMBER if any(mark in number_format for mark in "0#") else ValueKind.LONG_TEXT
