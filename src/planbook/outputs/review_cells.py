"""One row of the review table: cells by field, each read as what its column holds, with findings where it cannot be."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from planbook.model.codes import normalise_code
from planbook.model.findings import Finding
from planbook.outputs import review_values as values
from planbook.outputs.review_layout import KEEP, RETIRE, SHEET_COLUMNS
from planbook.outputs.review_rows import RowPlace
from planbook.outputs.review_table import ReviewTable
from planbook.sheets.raw import CellValue

Choice = TypeVar("Choice")


def read_rows(table: ReviewTable | None, findings: list[Finding]) -> Iterator["RowCells"]:
    """Yield the cells of each row that has anything in it; none without a table."""
    if table:
        for place in table.places():
            yield RowCells(table, place, findings)


@dataclass(slots=True)
class RowCells:
    """Reads one row's cells and keeps what is wrong with them.

    Attributes:
        table: The worksheet.
        place: The row.
        findings: Takes the findings.
        unreadable: Fields whose cell makes no sense.
    """

    table: ReviewTable
    place: RowPlace
    findings: list[Finding]
    unreadable: set[str] = field(default_factory=set)

    def value(self, name: str) -> CellValue:
        """Return a field's cell; None where the sheet has no such column or the cell holds no value."""
        column = self.place.columns.get(name)
        if column is None:
            return None
        fault = self.table.fault(self.place.row, column)
        if fault:
            self.findings.append(fault)
            self.unreadable.add(name)
            return None
        return self.table.value(self.place.row, column)

    def text(self, name: str) -> str:
        """Return a field's text."""
        return values.text_of(self.value(name))

    def code(self, name: str) -> str:
        """Return a field's text as codes are written."""
        return normalise_code(self.text(name))

    def names(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Return a field's list of names; `known` names may hold separators."""
        return values.parse_names(self.text(name), known)

    def day(self, name: str) -> date | None:
        """Return a field's date; the cell may be empty."""
        value = self.value(name)
        found = values.parse_date(value)
        if found is None and values.text_of(value):
            self.refuse(name, "review_date_unreadable", text=values.text_of(value))
        return found

    def due(self, name: str) -> str:
        """Return a field's year or date in ISO notation; the cell may be empty."""
        value = self.value(name)
        found = values.parse_due(value)
        if found is None and values.text_of(value):
            self.refuse(name, "review_date_unreadable", text=values.text_of(value))
        return found or ""

    def number(self, name: str) -> Decimal | None:
        """Return a field's number, 85 for a cell shown as 85 %; the cell may be empty."""
        value = self.value(name)
        found = values.parse_number(value)
        if found is None and values.text_of(value):
            self.refuse(name, "review_number_unreadable", text=values.text_of(value))
        return found * 100 if found is not None and self.is_percent(name) else found

    def is_percent(self, name: str) -> bool:
        """Return whether a field's cell is a number shown as percent."""
        column = self.place.columns.get(name)
        return column is not None and (self.place.row, column) in self.table.sheet.percent_cells

    def choice(self, name: str, labels: Mapping[str, Choice], default: Choice, offered: str) -> Choice:
        """Return the value that a field's word stands for.

        Args:
            name: The field.
            labels: Word to value, synonyms included.
            default: Value of an empty cell.
            offered: The words that the message offers.
        """
        text = "".join(self.text(name).split())
        if not text:
            return default
        if text not in labels:
            self.refuse(name, "review_choice_unknown", text=text, choices=offered)
        return labels.get(text, default)

    def is_kept(self) -> bool:
        """Return whether 处理 says to keep the row; an empty cell does."""
        text = "".join(self.text("handling").split())
        if text not in ("", KEEP, RETIRE):
            self.refuse("handling", "review_choice_unknown", text=text, choices=f"{KEEP}、{RETIRE}")
        return text != RETIRE

    def refuse(self, name: str, finding_code: str, /, **named: object) -> None:
        """Note that a field makes no sense; its header is named to the finding as `header`."""
        column = next(column for column in SHEET_COLUMNS[self.table.name] if column.field == name)
        self.findings.append(Finding.of(finding_code, self.place.location(name), header=column.header, **named))
        self.unreadable.add(name)
