"""What an agency has to put right: each finding with the task or indicator and the column that it speaks of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.forms.layout import SheetLayout
from planbook.forms.return_reading import ReadIndicator, ReadTask, ReturnReading
from planbook.model.findings import Finding, Severity

_ROW: Final = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding on a return, and what it speaks of, wherever that stood in the returned file.

    Attributes:
        finding: The finding; its location is the place in the returned file.
        code: Task or indicator; None where it speaks of none, or of several.
        column: Header of a column that the agency fills in, likewise.
    """

    finding: Finding
    code: str | None = None
    column: str | None = None

    @property
    def is_error(self) -> bool:
        """It has to be put right; otherwise it has to be looked at."""
        return self.finding.severity is Severity.ERROR

    @property
    def concerns_whole_row(self) -> bool:
        """Nothing of the row was taken, or there is no row."""
        return self.is_error and self.code is not None and self.column is None and not self._named_column

    @property
    def _named_column(self) -> str:
        return dict(self.finding.values).get("column", "")


def find_faults(reading: ReturnReading, findings: Iterable[Finding]) -> tuple[Fault, ...]:
    """Return the errors and then the warnings among `findings` on `reading`; notes ask nothing of the agency."""
    places = dict(_places(reading))
    rows = {(read.cells.sheet, read.cells.row): _code(read) for read in reading.rows}
    issued = {task.code for task in reading.form.tasks} | {one.code for one in reading.form.indicators}
    headers = {column.header for sheet in reading.layout.sheets for column in sheet.fill_in_columns}
    faults = []
    for finding in dict.fromkeys(findings):
        if finding.severity is Severity.NOTE:
            continue
        sheet, cell = finding.location.sheet or "", finding.location.cell or ""
        values = dict(finding.values)
        if (sheet, cell) in places:
            faults.append(Fault(finding, *places[sheet, cell]))
            continue
        row = _ROW.fullmatch(cell)
        code = rows.get((sheet, int(row[1]))) if row else None
        code = code or (values["task_code"] if values.get("task_code") in issued else None)
        column = values.get("column")
        faults.append(Fault(finding, code, column if column in headers else None))
    return tuple(sorted(faults, key=lambda fault: not fault.is_error))


def marks(faults: Iterable[Fault], sheet: SheetLayout, codes: Sequence[str]) -> Mapping[str, Mapping[str, bool]]:
    """Return the cells of a table that `faults` are about, by code and then header; true for those with an error.

    A fault of a whole column marks it in every row, one of a whole row the cells that have to be filled in.
    """
    own = {column.header for column in sheet.fill_in_columns}
    required = [column.header for column in sheet.fill_in_columns if column.is_required]
    marked: dict[str, dict[str, bool]] = {code: {} for code in codes}
    for fault in faults:
        columns = [fault.column] if fault.column in own else required if fault.concerns_whole_row else []
        rows = codes if fault.code is None and _is_about(fault, sheet) else [fault.code]
        for code in rows:
            for header in columns:
                if code in marked and header:
                    marked[code][header] = marked[code].get(header, False) or fault.is_error
    return marked


def _is_about(fault: Fault, sheet: SheetLayout) -> bool:
    return fault.finding.location.sheet in (None, sheet.name)


def _places(reading: ReturnReading) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for read in reading.rows:
        for header, letters in read.cells.letters.items():
            yield (read.cells.sheet, f"{letters}{read.cells.row}"), (_code(read), header)


def _code(read: ReadTask | ReadIndicator) -> str:
    return read.task.code if isinstance(read, ReadTask) else read.indicator.code
