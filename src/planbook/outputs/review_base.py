"""The review table's hidden sheet: what each row showed when it was written, so that only true edits count.

Without it a table that lay on a desk for a week would set everything back that changed in the ledger meanwhile.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from planbook.outputs.review_layout import AGENCIES_SHEET, BASE_SHEET, INDICATORS_SHEET, TASKS_SHEET
from planbook.outputs.review_rows import (
    AGENCY_FIELDS,
    INDICATOR_FIELDS,
    TASK_FIELDS,
    ReviewAgencyRow,
    ReviewBase,
    ReviewIndicatorRow,
    ReviewRow,
    ReviewTaskRow,
    digest,
)
from planbook.outputs.review_values import text_of
from planbook.sheets.raw import RawWorkbook

_MARK: Final = "planbook-review-1"


def base_lines(workspace_id: str, rows: Iterable[ReviewRow]) -> list[tuple[str, str, str]]:
    """Return the lines (three cells each) of the hidden sheet for a table that shows `rows`."""
    lines = [(_MARK, workspace_id, "")]
    for row in rows:
        sheet, key, fields = _identity(row)
        lines.append((sheet, key, " ".join(f"{name}={digest(getattr(row, name))}" for name in fields)))
    return lines


def _identity(row: ReviewRow) -> tuple[str, str, tuple[str, ...]]:
    match row:
        case ReviewTaskRow():
            return TASKS_SHEET, row.code, TASK_FIELDS
        case ReviewIndicatorRow():
            return INDICATORS_SHEET, row.code, INDICATOR_FIELDS
        case ReviewAgencyRow():
            return AGENCIES_SHEET, row.name, AGENCY_FIELDS


def read_base(workbook: RawWorkbook) -> ReviewBase | None:
    """Return what the table showed when it was written, None where the hidden sheet is gone or not ours."""
    sheet = workbook.sheet(BASE_SHEET)
    if sheet is None or text_of(sheet.value(1, 1)) != _MARK:
        return None
    digests: dict[tuple[str, str], Mapping[str, str]] = {}
    for row in range(2, len(sheet.rows) + 1):
        pairs = (pair.partition("=") for pair in text_of(sheet.value(row, 3)).split())
        key = (text_of(sheet.value(row, 1)), text_of(sheet.value(row, 2)))
        digests[key] = {name: value for name, _, value in pairs}
    return ReviewBase(text_of(sheet.value(1, 2)), digests)
