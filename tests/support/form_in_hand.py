"""One form in a person's hands: what is done to it in LibreOffice, what was meant, and where everything has got to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.layout import FormLayout
from planbook.model.form import Form
from planbook.sheets.raw import cell_address, column_letters
from tests.support.office import Step

SHEET: Final = "责任清单"
STATUS, PERCENT, PROGRESS, PROBLEMS = "进展状态", "完成进度(%)", "本期进展情况", "存在问题"
NEXT_STEPS, EXPECTED, REPORTER, PHONE, DAY = "下一步措施", "预计完成时间", "填报人", "联系电话", "填报日期"
FIELDS: Final = {
    STATUS: "status",
    PERCENT: "completion_percent",
    PROGRESS: "progress",
    PROBLEMS: "problems",
    NEXT_STEPS: "next_steps",
    EXPECTED: "expected_completion",
    REPORTER: "reporter",
    PHONE: "phone",
    DAY: "reported_on",
}
"""Attribute of a task report by the header of its column."""

_STATUSES: Final = ("滞后序时", "达到序时", "超序时", "达到序时")
_CALC_DAY_ZERO: Final = date(1899, 12, 30)

Address = str
Cell = tuple[str, str]
"""Task code and header."""


@dataclass
class FormInHand:
    """A form being worked on; rows and columns count from 1.

    Attributes:
        form: The form as issued.
        path: Its file.
        sheet: Name of the sheet by now.
        layout: Layout that the form was written by; it has the standard names for what the standard layout has.
        header_row: Row of the headers by now.
        rows: What stands in each row by now: a task code, or a mark of its own.
        columns: What stands in each column by now: a header as issued, or a mark.
        steps: What LibreOffice is to do.
        meant: What the agency meant, by cell.
        findings: (code, where) of everything that must be found.
        asked: Cells about which a question is due: they need not be read.
        touched: Tasks that a fault has been at, so that two faults of one form stay apart.
        suffix: Format that the form is saved in.
        edits: What is done to the saved file by hand, as bytes.
    """

    form: Form
    path: Path
    random: Random
    sheet: str = SHEET
    layout: FormLayout = DEFAULT_LAYOUT
    header_row: int = 0
    rows: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    meant: dict[Cell, object] = field(default_factory=dict)
    findings: list[tuple[str, Callable[[], Address]]] = field(default_factory=list)
    asked: set[Cell] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    suffix: str = "xlsx"
    edits: list[Callable[[bytes], bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.header_row = self.layout.tasks.header_row
        self.rows = [*map(self.mark, range(self.header_row)), *self.codes]
        self.columns = [column.header for column in self.layout.tasks.columns]
        self.do("unprotect")
        self._fill()

    @property
    def first_required(self) -> str:
        """Header of the layout's first column that has to be filled in."""
        return next(column.header for column in self.layout.tasks.fill_in_columns if column.is_required)

    @property
    def codes(self) -> list[str]:
        """The tasks' codes as issued."""
        return [task.code for task in self.form.tasks]

    def mark(self, place: object) -> str:
        """Return a new name for a row or column that is not the form's."""
        return f"~{place}.{len(self.rows)}.{len(self.columns)}.{len(self.steps)}"

    def untouched(self) -> list[str]:
        """Return the tasks in the form that no fault has been at, from top to bottom."""
        return [code for code in self.rows if code in self.codes and code not in self.touched]

    def some(self, count: int = 1) -> list[str]:
        """Return so many tasks, which count as touched from now on."""
        found = self.random.sample(self.untouched(), count)
        self.touched.update(found)
        return found

    def neighbours(self, count: int) -> list[str]:
        """Return tasks that stand one below the other, likewise."""
        runs = [self.rows[start : start + count] for start in range(len(self.rows) - count + 1)]
        free = set(self.untouched())
        found = self.random.choice([run for run in runs if free.issuperset(run)])
        self.touched.update(found)
        return found

    def row(self, code: str) -> int:
        return self.rows.index(code) + 1

    def column(self, header: str) -> int:
        return self.columns.index(header) + 1

    def address(self, code: str, header: str) -> Address:
        return cell_address(self.row(code), self.column(header))

    def at(self, code: str, header: str) -> Address:
        return f"{self.sheet}!{self.address(code, header)}"

    def header_at(self, header: str) -> Address:
        return f"{self.sheet}!{cell_address(self.header_row, self.column(header))}"

    def area(self, first: str, last: str) -> str:
        """Return the area of all task rows from one header's column to another's."""
        rows = self.task_rows
        return f"{column_letters(self.column(first))}{rows[0]}:{column_letters(self.column(last))}{rows[-1]}"

    def everything(self) -> str:
        """Return the area of all task rows."""
        return f"A{self.task_rows[0]}:{column_letters(len(self.columns))}{self.task_rows[-1]}"

    @property
    def task_rows(self) -> list[int]:
        """Numbers of the rows with tasks."""
        return [number for number, code in enumerate(self.rows, start=1) if code in self.codes]

    def do(self, verb: str, *arguments: object) -> None:
        """Let LibreOffice do something to the sheet."""
        self.steps.append((verb, self.sheet, *arguments))

    def find(self, code: str, where: Callable[[], Address]) -> None:
        """Expect a finding; `where` is asked once everything is done."""
        self.findings.append((code, where))

    def ask(self, code: str, finding: str, *headers: str) -> None:
        """Expect a finding at the first of `headers` of a row, and that the cells of all of them may stay unread."""
        self.find(finding, lambda: self.at(code, headers[0]))
        self.asked.update((code, header) for header in headers)

    def ask_row(self, code: str) -> None:
        """Say that nothing of a row need be read."""
        self.asked.update((code, header) for header in FIELDS)

    def ask_column(self, header: str) -> None:
        """Say that nothing of a column need be read."""
        self.asked.update((code, header) for code in self.codes)

    def type(self, code: str, header: str, value: object, means: object) -> None:
        """Type into a cell by value: text or number as it is."""
        self.do("type", self.address(code, header), value)
        self.meant[code, header] = means

    def enter(self, code: str, header: str, text: str, means: object) -> None:
        """Type into a cell as at the keyboard."""
        self.do("enter", self.address(code, header), text)
        self.meant[code, header] = means

    def insert_row(self, row: int) -> str:
        """Insert an empty row above `row` and return its mark."""
        self.do("insert_rows", row, 1)
        mark = self.mark("inserted")
        self.rows.insert(row - 1, mark)
        self.header_row += row <= self.header_row
        return mark

    def append_row(self) -> str:
        """Return the mark of the first row below everything."""
        mark = self.mark("appended")
        self.rows.append(mark)
        return mark

    def finish(self, path: Path) -> None:
        """Save the form under `path`, in its format."""
        self.steps.append(("save", str(path)))

    def locations(self) -> list[tuple[str, Address]]:
        return [(code, where()) for code, where in self.findings]

    def _fill(self) -> None:
        first, last = self.task_rows[0], self.task_rows[-1]
        shift = self.random.randint(3, 80)
        rows = [self._values(place, code, shift) for place, code in enumerate(self.codes)]
        for code, values in zip(self.codes, rows, strict=True):
            self.meant |= {(code, header): means for header, (_, means) in values.items()}
        for header in FIELDS:
            letters = column_letters(self.column(header))
            block = [[values[header][0]] for values in rows]
            self.do("type_rows", f"{letters}{first}:{letters}{last}", block)

    def _values(self, place: int, code: str, shift: int) -> Mapping[str, tuple[object, object]]:
        """Return what is typed into each cell of a row, and what it means."""
        percent = (place * 37 + shift) % 89 + 2
        is_done = place % 7 == 3
        day = date(2024, 3, 11) + timedelta(days=place % 15)
        due = date(2024, 9, 1) + timedelta(days=place * 11 % 100)
        status = "已完成" if is_done else _STATUSES[percent % 4]
        percent = 100 if is_done else percent
        progress = (
            f"本期召开专题会{place + 1}次，{self.form.agency}完成{code}第{percent}号节点，投入{percent * 3}万元。"
        )
        phone = f"138{self.random.randint(0, 10**8 - 1):08d}"
        return {
            STATUS: (status, status),
            PERCENT: (percent, Decimal(percent)),
            PROGRESS: (progress, progress),
            PROBLEMS: (f"{code}用地指标待批", f"{code}用地指标待批"),
            NEXT_STEPS: (f"下月推进{code}验收", f"下月推进{code}验收"),
            EXPECTED: ((due - _CALC_DAY_ZERO).days, due),
            REPORTER: ("张敏", "张敏"),
            PHONE: (phone, phone),
            DAY: ((day - _CALC_DAY_ZERO).days, day),
        }
