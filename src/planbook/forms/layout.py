"""The layout of the form: one specification that writes 责任清单 and reads the return.

A layout is a value. `DEFAULT_LAYOUT` (in `default_layout`) is the one that planbook ships; an office's own, read
from its template workbook, is another value of the same type, with columns renamed, moved, hidden, left out or
added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from planbook.forms.logo import Logo
from planbook.model.form import Status
from planbook.sheets.headers import header_key, normalise_header

__all__ = [
    "AS_STYLED",
    "ISSUED_FIELDS",
    "MARK_REQUIRED",
    "STATUS_CHOICES",
    "CellLook",
    "Column",
    "Field",
    "FormLayout",
    "FormStyle",
    "Paper",
    "SheetKind",
    "SheetLayout",
    "ValueKind",
    "normalise_header",
]

MARK_REQUIRED: Final = "*"
"""Stands behind the header of each required column."""

STATUS_CHOICES: Final = tuple(status.value for status in Status)
"""进展状态 as the dropdown offers them."""


class SheetKind(StrEnum):
    """Which of the form's two tables a sheet holds."""

    TASKS = "tasks"
    INDICATORS = "indicators"


class Field(StrEnum):
    """What a column holds; values are the attribute names of reports and the keys of the export.

    EXTRA is a column of the office's own; a sheet may have several, told apart by their headers. All other
    fields occur at most once in a sheet.
    """

    SEQUENCE = "sequence"
    TASK_CODE = "task_code"
    # 责任清单, issued
    PLAN_TITLE = "plan_title"
    SECTION = "section"
    TASK_TITLE = "task_title"
    TASK_BODY = "task_body"
    ROLE = "role"
    LEAD_AGENCIES = "lead_agencies"
    SUPPORTING_AGENCIES = "supporting_agencies"
    DEADLINE = "deadline"
    PREVIOUS_PROGRESS = "previous_progress"
    # 责任清单, filled in
    STATUS = "status"
    COMPLETION_PERCENT = "completion_percent"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    EXPECTED_COMPLETION = "expected_completion"
    EXTENSION_TO = "extension_to"
    EVIDENCE = "evidence"
    REPORTER = "reporter"
    PHONE = "phone"
    REPORTED_ON = "reported_on"
    REMARKS = "remarks"
    # 指标进度, issued
    INDICATOR_CODE = "indicator_code"
    INDICATOR_NAME = "indicator_name"
    TARGET = "target"
    UNIT = "unit"
    DUE_BY = "due_by"
    PREVIOUS_VALUE = "previous_value"
    # 指标进度, filled in (and REMARKS)
    VALUE = "value"
    DATA_SOURCE = "data_source"
    EXTRA = "extra"


ISSUED_FIELDS: Final[Mapping[SheetKind, tuple[Field, ...]]] = {
    SheetKind.TASKS: (
        Field.SEQUENCE,
        Field.TASK_CODE,
        Field.PLAN_TITLE,
        Field.SECTION,
        Field.TASK_TITLE,
        Field.TASK_BODY,
        Field.ROLE,
        Field.LEAD_AGENCIES,
        Field.SUPPORTING_AGENCIES,
        Field.DEADLINE,
        Field.PREVIOUS_PROGRESS,
    ),
    SheetKind.INDICATORS: (
        Field.SEQUENCE,
        Field.TASK_CODE,
        Field.INDICATOR_CODE,
        Field.INDICATOR_NAME,
        Field.TARGET,
        Field.UNIT,
        Field.DUE_BY,
        Field.PREVIOUS_VALUE,
    ),
}
"""The fields that the office issues and an agency leaves alone, in default order."""


class ValueKind(StrEnum):
    """What sort of value a column takes; decides cell format, validation, and how the reader parses."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    COUNT = "count"
    STATUS = "status"
    PERCENT = "percent"  # a plain number from 0 to 100
    DATE = "date"
    PHONE = "phone"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class CellLook:
    """How an office wants a column's cells to look; what is None stays as the form's style has it.

    Attributes:
        font: Font name.
        size: Font size in points.
        colour: Colour of the text, `RRGGBB`.
        fill: Colour of the cell, `RRGGBB`.
        is_bold: Bold or not.
    """

    font: str | None = None
    size: float | None = None
    colour: str | None = None
    fill: str | None = None
    is_bold: bool | None = None


AS_STYLED: Final = CellLook()
"""The look that changes nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        field: What it holds.
        header: Header without the required mark.
        width: Width in digits of 宋体 11, a form's default font: eight pixels each.
        kind: Sort of value.
        is_issued: Filled by the office and locked; otherwise filled in by the agency.
        is_required: The agency must fill it in for every row that it reports.
        is_hidden: In the sheet, but not shown.
        is_centred: Short values stand in the middle of the cell.
        max_length: Longest text that is accepted, None for no limit of the form's own.
        prompt: How to fill it in, one or two sentences for input prompt and instruction sheet.
        example: An example for the instruction sheet.
        header_look: What the header cell's look has of its own.
        cell_look: What the look of the cells below has of its own.
    """

    field: Field
    header: str
    width: float
    kind: ValueKind
    is_issued: bool = False
    is_required: bool = False
    is_hidden: bool = False
    is_centred: bool = False
    max_length: int | None = None
    prompt: str = ""
    example: str = ""
    header_look: CellLook = AS_STYLED
    cell_look: CellLook = AS_STYLED

    @property
    def label(self) -> str:
        """Header as it stands in the sheet, with the required mark."""
        return self.header + MARK_REQUIRED if self.is_required else self.header


class Paper(StrEnum):
    """Paper of the tables, landscape; the instruction sheet is A4 portrait."""

    A3 = "A3"
    A4 = "A4"


class _ColumnIndex:
    """Room for what readers ask for at every cell, worked out once; no part of the layout or its version."""

    __slots__ = ("_by_field", "_fill_in_columns", "_hash", "_issued_columns", "_own_columns")
    _by_field: Mapping[Field, Column]
    _fill_in_columns: tuple[Column, ...]
    _hash: int
    _issued_columns: tuple[Column, ...]
    _own_columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class SheetLayout(_ColumnIndex):
    """One sheet of the form: title block, header row, then a row for each task or indicator.

    Attributes:
        kind: Which table it is.
        name: Sheet name, at most 31 characters.
        columns: From left to right.
        paper: Paper that it is printed on, landscape, one page wide.
        logo: Picture in the title block.
    """

    kind: SheetKind
    name: str
    columns: tuple[Column, ...]
    paper: Paper = Paper.A3
    logo: Logo | None = None

    def __hash__(self) -> int:
        """Return a hash that is worked out once: what is known of a layout is looked up by it."""
        try:
            return self._hash
        except AttributeError:
            found = hash((self.kind, self.name, self.columns, self.paper, self.logo))
            object.__setattr__(self, "_hash", found)
            return found

    @property
    def header_row(self) -> int:
        """Row of the headers as issued, from 1; a return may have them elsewhere."""
        return 5  # below title, agency, facts, and the band that says which columns are whose

    @property
    def first_row(self) -> int:
        """First row below the headers, from 1."""
        return self.header_row + 1

    @property
    def code_field(self) -> Field:
        """The field whose code tells the rows apart."""
        return Field.TASK_CODE if self.kind is SheetKind.TASKS else Field.INDICATOR_CODE

    @property
    def issued_columns(self) -> tuple[Column, ...]:
        """Columns that the office fills and locks."""
        try:
            return self._issued_columns
        except AttributeError:
            columns = tuple(column for column in self.columns if column.is_issued)
            object.__setattr__(self, "_issued_columns", columns)
            return columns

    @property
    def fill_in_columns(self) -> tuple[Column, ...]:
        """Columns that the agency fills in, the office's own extra ones among them."""
        try:
            return self._fill_in_columns
        except AttributeError:
            columns = tuple(column for column in self.columns if not column.is_issued)
            object.__setattr__(self, "_fill_in_columns", columns)
            return columns

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """The office's own extra columns among those."""
        try:
            return self._own_columns
        except AttributeError:
            columns = tuple(column for column in self.fill_in_columns if column.field is Field.EXTRA)
            object.__setattr__(self, "_own_columns", columns)
            return columns

    @property
    def sealed_fields(self) -> tuple[Field, ...]:
        """Issued fields that the manifest's row digests cover, in column order.

        Not the row's own code, which the digest stands under, and not 序号: people renumber rows, and nothing
        depends on it.
        """
        unsealed = (self.code_field, Field.SEQUENCE, Field.EXTRA)
        return tuple(column.field for column in self.issued_columns if column.field not in unsealed)

    def column(self, wanted: Field) -> Column | None:
        """Return the column of `wanted`, None where this layout has none; not for EXTRA."""
        try:
            columns = self._by_field
        except AttributeError:
            columns = {column.field: column for column in reversed(self.columns)}
            object.__setattr__(self, "_by_field", columns)
        return columns.get(wanted)

    def position(self, wanted: Field) -> int | None:
        """Return the place of `wanted`'s column as issued, from 1, None where this layout has none."""
        return next((place for place, column in enumerate(self.columns, start=1) if column.field is wanted), None)

    def match_header(self, text: str) -> Column | None:
        """Return the column that a header cell names, None where none or more than one could be meant.

        The spelling with its brackets is tried first, so that 经费(中央) and 经费(地方) stay apart; then the
        words alone.
        """
        for fold in (header_key, normalise_header):
            key = fold(text)
            found = [column for column in self.columns if key and fold(column.header) == key]
            if found:
                return found[0] if len(found) == 1 else None
        return None


@dataclass(frozen=True, slots=True)
class FormStyle:
    """Look of a form: fonts by the names that Windows and WPS know, sizes in points, colours as `RRGGBB`."""

    title_font: str = "方正小标宋简体"
    header_font: str = "黑体"
    body_font: str = "仿宋"
    previous_font: str = "楷体"
    title_size: float = 22
    body_size: float = 11
    issued_header_fill: str = "D9E2EC"
    fill_in_header_fill: str = "F8D9A0"
    issued_fill: str = "F2F4F7"
    fill_in_fill: str = "FFFBE6"
    border: str = "7F8C99"
    previous_text: str = "595959"


@dataclass(frozen=True, slots=True)
class FormLayout:
    """A whole form.

    Attributes:
        version: Identifies this layout in manifests; changes whenever anything here changes.
        tasks: 责任清单.
        indicators: 指标进度.
        title: Title of the tables, with placeholders such as `{{ form.period }}`.
        instructions_name: Name of the instruction sheet.
        notes: The office's own paragraphs for the instruction sheet, likewise.
        style: Look.
    """

    version: str
    tasks: SheetLayout
    indicators: SheetLayout
    title: str = "{{ form.period }}重点任务责任清单"
    instructions_name: str = "填报说明"
    notes: tuple[str, ...] = ()
    style: FormStyle = field(default_factory=FormStyle)

    @property
    def sheets(self) -> tuple[SheetLayout, SheetLayout]:
        """Both tables."""
        return (self.tasks, self.indicators)
