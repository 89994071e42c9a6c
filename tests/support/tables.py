"""Workbooks as small readable tables: a form as issued, what people type into it, and what they do to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import FormLayout
from planbook.forms.writer import write_form
from planbook.model.form import Form
from planbook.sheets.raw import CellKey, CellRange, CellValue, RawSheet, RawWorkbook, Visibility, cell_address
from planbook.sheets.reading import read_workbook

KEY: Final = b"0123456789abcdef0123456789abcdef"


@dataclass
class EditableSheet:
    """A sheet that a test may do to what people do; rows and columns count from 1."""

    name: str
    rows: list[list[CellValue]]
    visibility: Visibility = Visibility.VISIBLE
    errors: dict[CellKey, str] = field(default_factory=dict)
    empty_formulas: set[CellKey] = field(default_factory=set)
    percent_cells: set[CellKey] = field(default_factory=set)
    merged: list[CellRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    comments: dict[CellKey, str] = field(default_factory=dict)
    pictures: set[CellKey] = field(default_factory=set)
    counts_from_1904: bool = False

    def header_row(self) -> int:
        return next(number for number, row in enumerate(self.rows, start=1) if "任务名称" in row or "指标名称" in row)

    def place(self, header: str) -> int:
        labels = [str(label or "").rstrip("*") for label in self.rows[self.header_row() - 1]]
        return labels.index(header) + 1

    def row(self, code: str) -> int:
        """The first row with `code` in any cell; for an indicator, which stands beside its task's code, too."""
        return next(number for number, row in enumerate(self.rows, start=1) if code in row)

    def key(self, code: str, header: str) -> CellKey:
        return self.row(code), self.place(header)

    def address(self, code: str, header: str) -> str:
        return f"{self.name}!{cell_address(*self.key(code, header))}"

    def header_address(self, header: str) -> str:
        return f"{self.name}!{cell_address(self.header_row(), self.place(header))}"

    def set(self, code: str, header: str, value: CellValue) -> None:
        row, place = self.key(code, header)
        cells = self.rows[row - 1]
        cells.extend([None] * (place - len(cells)))
        cells[place - 1] = value

    def get(self, code: str, header: str) -> CellValue:
        row, place = self.key(code, header)
        return (self.rows[row - 1] + [None] * place)[place - 1]

    def rename(self, header: str, new: str) -> None:
        self.rows[self.header_row() - 1][self.place(header) - 1] = new

    def fill(self, table: str) -> None:
        """Type a table of texts: the first column holds codes, the first line headers."""
        headers, *rows = read_table(table)
        for code, *values in rows:
            for header, value in zip(headers[1:], values, strict=True):
                self.set(str(code), str(header), value)

    def sort_column(self, header: str, codes: Sequence[str], *, rotate: int = 1) -> None:
        """Rearrange the cells of one column over the rows of `codes`, and nothing else."""
        keys = [self.key(code, header) for code in codes]
        values = [self.rows[row - 1][place - 1] for row, place in keys]
        for (row, place), value in zip(keys, values[rotate:] + values[:rotate], strict=True):
            self.rows[row - 1][place - 1] = value

    def sort_rows(self, order: Callable[[list[CellValue]], str]) -> None:
        top = self.header_row()
        self.rows[top:] = sorted(self.rows[top:], key=order)

    def move_column(self, header: str, to: int) -> None:
        place = self.place(header) - 1
        for row in self.rows[self.header_row() - 1 :]:
            row.extend([None] * (max(place + 1, to) - len(row)))
            row.insert(to - 1, row.pop(place))

    def insert_column(self, at: int, values: Sequence[CellValue]) -> None:
        """Insert a column, `values` from the header row down."""
        for row, value in zip_longest(self.rows[self.header_row() - 1 :], values):
            row.extend([None] * (at - 1 - len(row)))
            row.insert(at - 1, value)

    def delete_column(self, header: str) -> None:
        place = self.place(header) - 1
        for row in self.rows[self.header_row() - 1 :]:
            del row[place : place + 1]

    def freeze(self) -> RawSheet:
        return RawSheet(
            self.name,
            self.visibility,
            [list(row) for row in self.rows],
            dict(self.errors),
            frozenset(self.empty_formulas),
            frozenset(self.percent_cells),
            tuple(self.merged),
            frozenset(self.hidden_rows),
            dict(self.comments),
            frozenset(self.pictures),
            self.counts_from_1904,
        )


@dataclass
class EditableBook:
    """A workbook that a test may do to what people do."""

    sheets: list[EditableSheet]
    properties: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> EditableSheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    @property
    def tasks(self) -> EditableSheet:
        return self["责任清单"]

    @property
    def indicators(self) -> EditableSheet:
        return self["指标进度"]

    def drop(self, *names: str) -> None:
        self.sheets = [sheet for sheet in self.sheets if sheet.name not in names]

    def drop_seal(self) -> None:
        self.drop("_planbook")
        self.properties.clear()

    def raw(self) -> RawWorkbook:
        return RawWorkbook(tuple(sheet.freeze() for sheet in self.sheets), dict(self.properties))


def issued_book(form: Form, layout: FormLayout = DEFAULT_LAYOUT, key: bytes = KEY) -> EditableBook:
    """The form as it is issued, not yet filled in: written, and read back as any workbook."""
    raw = _issued(form, layout, key)
    return EditableBook([_editable(sheet) for sheet in raw.sheets], dict(raw.custom_properties))


@lru_cache(maxsize=64)
def _issued(form: Form, layout: FormLayout, key: bytes) -> RawWorkbook:
    return read_workbook(write_form(form, layout, key))


def sheet_of(name: str, table: str) -> EditableSheet:
    """A sheet that holds a table of texts and nothing else."""
    return EditableSheet(name, read_table(table))


def read_table(table: str) -> list[list[CellValue]]:
    """Read lines of cells set apart by `|`: numbers as numbers, `'12` as the text 12, `2024-03-31` as a day."""
    return [[_cell(text.strip()) for text in line.split("|")] for line in table.strip().splitlines()]


def _cell(text: str) -> CellValue:
    if text.startswith("'"):
        return text[1:]
    try:
        return date.fromisoformat(text) if text.count("-") == 2 else float(text)
    except ValueError:
        return text or None


def _editable(sheet: RawSheet) -> EditableSheet:
    return EditableSheet(sheet.name, [list(row) for row in sheet.rows], sheet.visibility, merged=list(sheet.merged))
