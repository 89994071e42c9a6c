"""Three-way comparison of one row: what the ledger holds, what the table showed, what the clerk left in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from planbook.model.findings import Finding
from planbook.model.review import FieldChange
from planbook.outputs.review_layout import header_of
from planbook.outputs.review_rows import ReviewRow, digest, in_words

Row = TypeVar("Row", bound=ReviewRow)


@dataclass(frozen=True, slots=True)
class Merged(Generic[Row]):
    """A ledger row with the clerk's edits in it.

    Attributes:
        row: The row as it is to be.
        edited: Fields that the edits change.
        changes: The same in words.
        findings: Edits that met another change of the same value.
    """

    row: Row
    edited: frozenset[str]
    changes: tuple[FieldChange, ...]
    findings: tuple[Finding, ...]


def merge(
    sheet: str, subject: str, key: str, *, now: Row, table: Row, base: Mapping[str, str] | None, fields: Sequence[str]
) -> Merged[Row]:
    """Return the row of the ledger with what the clerk changed.

    Args:
        sheet: Worksheet in the specification, for the column headings.
        subject: 任务, 指标 or 单位.
        key: Code or agency name.
        now: The row as the ledger would show it today.
        table: The row as the clerk left it.
        base: Digests of what the table showed when it was written. A cell that still shows that was not edited,
            whatever the ledger says by now. None where that is not known: every difference is an edit then.
        fields: What may be edited. Columns that the sheet lacks and unreadable cells change nothing.
    """
    edits: dict[str, Any] = {}
    changes: list[FieldChange] = []
    findings: list[Finding] = []
    for field in fields:
        if field not in table.place.columns or field in table.unreadable:
            continue
        before, after = in_words(getattr(now, field)), in_words(getattr(table, field))
        shown = base.get(field) if base else None
        if before == after or shown == digest(getattr(table, field)):
            continue
        header = header_of(sheet, field)
        edits[field] = getattr(table, field)
        changes.append(FieldChange(subject, key, header, before, after))
        if shown and shown != digest(getattr(now, field)):
            location = table.place.location(field)
            named = {"code": key, "header": header, "now": before, "after": after}
            findings.append(Finding.of("review_changed_elsewhere", location, **named))
    return Merged(replace(now, **edits), frozenset(edits), tuple(changes), tuple(findings))
