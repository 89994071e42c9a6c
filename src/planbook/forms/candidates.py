"""Issued forms as identification sees them: whose, for when, and which rows they hold."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from planbook.forms.layout import Field, ValueKind
from planbook.forms.tables import FoundTable, compared
from planbook.model.form import Form
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One issued row: code, role (empty for an indicator), title and last period's entry, as compared texts."""

    code: str
    role: str
    title: str
    previous: str


@dataclass(frozen=True)
class Candidate:
    """An issued form that a return may answer; make one with `Candidate.of`."""

    form_id: str
    agency: str
    period: Period
    version: int
    rows: tuple[CandidateRow, ...]
    office: str = ""

    @classmethod
    def of(cls, form: Form) -> "Candidate":
        """Return the candidate that `form` is."""

        def text(value: str) -> str:
            return compared(ValueKind.TEXT, value)

        tasks = (
            CandidateRow(task.code, task.role.value, text(task.title), text(task.previous_progress))
            for task in form.tasks
        )
        indicators = (CandidateRow(row.code, "", text(row.name), text(row.previous_value)) for row in form.indicators)
        return cls(form.form_id, form.agency, form.period, form.version, (*tasks, *indicators), form.office)

    @cached_property
    def by_code(self) -> Mapping[str, CandidateRow]:
        """The rows by code."""
        return {row.code: row for row in self.rows}

    @cached_property
    def by_title(self) -> Mapping[str, CandidateRow]:
        """The rows by title, those left out that share theirs with another."""
        counts = Counter(row.title for row in self.rows)
        return {row.title: row for row in self.rows if counts[row.title] == 1}

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles of all rows."""
        return frozenset(row.title for row in self.rows if row.title)


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row of a returned table, likewise; empty, `previous` None, where its column is missing."""

    code: str
    role: str
    title: str
    previous: str | None

    def agrees(self, candidate: Candidate) -> bool:
        """Return whether `candidate` issued this row: its code, and the role and title as far as they are there."""
        row = candidate.by_code.get(self.code)
        if row is None:
            return False
        return (not self.role or self.role == row.role) and (not self.title or self.title == row.title)

    def is_of_other_role(self, candidate: Candidate) -> bool:
        """Return whether the row has no code, and the title of a task that `candidate` has in the other role."""
        row = candidate.by_title.get(self.title) if self.title and not self.code else None
        return row is not None and bool(self.role) and self.role != row.role


def seen_rows(table: FoundTable) -> tuple[SeenRow, ...]:
    """Return the rows of `table` that have a code or a title."""
    is_tasks = table.layout.code_field is Field.TASK_CODE
    title, previous = (
        (Field.TASK_TITLE, Field.PREVIOUS_PROGRESS) if is_tasks else (Field.INDICATOR_NAME, Field.PREVIOUS_VALUE)
    )
    has_previous = table.columns.place(previous) is not None
    seen = []
    for number, _ in table.rows:
        codes = table.codes(number)
        row = SeenRow(
            code=codes[0] if len(codes) == 1 else "",
            role=table.compared(number, Field.ROLE) if is_tasks else "",
            title=table.compared(number, title),
            previous=table.compared(number, previous) if has_previous else None,
        )
        if row.code or row.title:
            seen.append(row)
    return tuple(seen)
