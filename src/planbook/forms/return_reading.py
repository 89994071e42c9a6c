"""What reading one return gives: reports with the cells that they came from, and everything that has to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planbook.forms.layout import Column, Field, FormLayout, SheetLayout
from planbook.model.findings import Finding, Location
from planbook.model.form import Form, FormIndicator, FormTask
from planbook.model.submission import IndicatorReport, TaskReport


@dataclass(frozen=True, slots=True)
class ReadCells:
    """What is known about the filled-in cells of one row; columns go by their headers.

    Attributes:
        layout: The table.
        sheet: Worksheet.
        row: Row there, from 1.
        letters: Letters of each column; columns that are missing are not here.
        unread: Columns with content whose value was not taken; a finding says why.
        blank: Columns without an answer, with the mark (`/`, 无) that says so; "" for an empty cell.
    """

    layout: SheetLayout
    sheet: str
    row: int
    letters: Mapping[str, str]
    unread: frozenset[str] = frozenset()
    blank: Mapping[str, str] = field(default_factory=dict)

    def location(self, wanted: Field | Column) -> Location:
        """Return the place of a cell, the row's first one where the column is missing."""
        column = wanted if isinstance(wanted, Column) else self.layout.column(wanted)
        letters = self.letters.get(column.header) if column else None
        return Location(sheet=self.sheet, cell=f"{letters or 'A'}{self.row}")


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A task as issued, what its agency reports, and where."""

    task: FormTask
    report: TaskReport
    cells: ReadCells


@dataclass(frozen=True, slots=True)
class ReadIndicator:
    """An indicator as issued, what its agency reports, and where."""

    indicator: FormIndicator
    report: IndicatorReport
    cells: ReadCells


@dataclass(frozen=True, slots=True)
class ReturnReading:
    """One return read.

    Attributes:
        form: The form that it answers.
        layout: Layout that it was read by.
        tasks: Tasks reported on, in the form's order.
        indicators: Indicators reported on, likewise.
        findings: What could not be taken, or was taken with an assumption, in the workbook's order.
    """

    form: Form
    layout: FormLayout
    tasks: tuple[ReadTask, ...] = ()
    indicators: tuple[ReadIndicator, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def task_reports(self) -> tuple[TaskReport, ...]:
        """The reports on tasks."""
        return tuple(read.report for read in self.tasks)

    @property
    def indicator_reports(self) -> tuple[IndicatorReport, ...]:
        """The reports on indicators."""
        return tuple(read.report for read in self.indicators)

    @property
    def rows(self) -> tuple[ReadTask | ReadIndicator, ...]:
        """Everything that was reported on."""
        return (*self.tasks, *self.indicators)
