"""What is issued in each row of the form: the value of every issued cell, and the digest that shows a change."""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from planbook.forms.layout import Field, SheetKind, SheetLayout, ValueKind
from planbook.model.form import Form, FormIndicator, FormTask
from planbook.sheets.raw import CellValue

IssuedValue = str | int | date | None
"""Value of an issued cell; None leaves it empty."""

MAX_CELL_LENGTH: Final = 32_767
"""Longest text of a cell in UTF-16 units: [MS-OI29500], limits of SpreadsheetML."""

_CUT_MARK: Final = "……（内容过长，此处截断，全文见原方案）"
# Everything outside XML 1.0's Char production, and the byte order mark, which makes texts differ for nothing.
_UNWRITABLE: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_DIGEST_LENGTH: Final = 8
_EPOCH: Final = date(1899, 12, 30)
_FIRST_DATE: Final = date(1900, 3, 1)
_WRITTEN_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:00:00:00)?")


def clean_text(text: str) -> str:
    """Return `text` as a cell can hold it: line feeds alone, no characters that XML forbids, cut at Excel's limit."""
    if text.isprintable() and len(text) < MAX_CELL_LENGTH // 2 and not text.startswith("<r>"):
        return text  # nearly every text: all else is looked at character by character
    clean = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if clean.startswith("<r>") and clean.endswith("</r>"):
        clean += " "  # XlsxWriter takes such a text for rich text of its own making and would not escape it
    if cut(clean, MAX_CELL_LENGTH) == clean:
        return clean
    return cut(clean, MAX_CELL_LENGTH - len(_CUT_MARK)) + _CUT_MARK


def cut(text: str, length: int) -> str:
    """Return as much of `text` as `length` UTF-16 units hold, which is what Excel's limits count."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")


def task_cells(task: FormTask, sequence: int) -> Mapping[Field, IssuedValue]:
    """Return what is issued for `task`, `sequence` being its place in the form from 1."""
    return {
        Field.SEQUENCE: sequence,
        Field.TASK_CODE: task.code,
        Field.PLAN_TITLE: clean_text(task.plan_title),
        Field.SECTION: clean_text(task.section),
        Field.TASK_TITLE: clean_text(task.title),
        Field.TASK_BODY: clean_text(task.body),
        Field.ROLE: task.role.value,
        Field.LEAD_AGENCIES: clean_text("、".join(task.lead_agencies)),
        Field.SUPPORTING_AGENCIES: clean_text("、".join(task.supporting_agencies)),
        Field.DEADLINE: _writable_date(task.deadline),
        Field.PREVIOUS_PROGRESS: clean_text(task.previous_progress),
    }


def _writable_date(day: date | None) -> IssuedValue:
    """Return `day` as a cell can hold it: spreadsheets begin in 1900, and disagree about its first two months."""
    return day.isoformat() if day and day < _FIRST_DATE else day


def indicator_cells(indicator: FormIndicator, sequence: int) -> Mapping[Field, IssuedValue]:
    """Return what is issued for `indicator`, `sequence` being its place in the form from 1."""
    return {
        Field.SEQUENCE: sequence,
        Field.TASK_CODE: indicator.task_code,
        Field.INDICATOR_CODE: indicator.code,
        Field.INDICATOR_NAME: clean_text(indicator.name),
        Field.TARGET: clean_text(indicator.target),
        Field.UNIT: clean_text(indicator.unit),
        Field.DUE_BY: clean_text(indicator.by),
        Field.PREVIOUS_VALUE: clean_text(indicator.previous_value),
    }


def issued_rows(form: Form, kind: SheetKind) -> Iterator[Mapping[Field, IssuedValue]]:
    """Yield what is issued in each row of the sheet of `kind`, in order."""
    if kind is SheetKind.TASKS:
        yield from (task_cells(task, place) for place, task in enumerate(form.tasks, start=1))
    else:
        yield from (indicator_cells(indicator, place) for place, indicator in enumerate(form.indicators, start=1))


def canonical_text(kind: ValueKind, value: CellValue) -> str:
    """Return the text by which an issued cell's value is compared, however a program has stored it since.

    White space is left out, since programs rewrap; numbers lose a trailing `.0`; dates are ISO, whether they
    come back as a date, as its serial number (the 1900 system) or as text.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        # The space is the only white space that is printable: most texts are compared as they are.
        text = value.replace(" ", "") if value.isprintable() else "".join(_UNWRITABLE.sub("", value).split())
        if kind is ValueKind.DATE and (match := _WRITTEN_DATE.fullmatch(text)):
            return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
        return text
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool | timedelta):
        return str(value)
    if not math.isfinite(value):
        return repr(value)
    if kind is ValueKind.DATE and 1 <= value < 2_958_466:  # serial numbers of 1899-12-31 to 9999-12-31
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return str(int(value)) if value == int(value) else repr(float(value))


def issued_row_digest(sheet: SheetLayout, values: Mapping[Field, CellValue]) -> str:
    """Return the digest of a row's issued cells: 8 hexadecimal characters for each of `sheet.sealed_fields`.

    A cell that `values` lacks counts as empty. The digest tells an honest change, cell by cell; that nobody has
    changed the digest itself is the manifest's seal to prove.
    """
    return next(issued_row_digests(sheet, (values,)))


def issued_row_digests(sheet: SheetLayout, rows: Iterable[Mapping[Field, CellValue]]) -> Iterator[str]:
    """Yield `issued_row_digest` of each row."""
    # Titles, sections and agencies repeat from row to row: each is digested once.
    columns: list[tuple[Field, ValueKind, dict[CellValue, str]]] = [
        (wanted, kind, {}) for wanted, kind in _sealed_kinds(sheet)
    ]
    for values in rows:
        parts = []
        for wanted, kind, known in columns:
            value = values.get(wanted)
            part = known.get(value)
            if part is None:
                part = known[value] = _cell_digest(wanted, kind, value)
            parts.append(part)
        yield "".join(parts)


def altered_fields(sheet: SheetLayout, digest: str, values: Mapping[Field, CellValue]) -> tuple[Field, ...]:
    """Return the fields in `values` whose cell no longer is what was sealed in `digest`.

    Fields that `values` lacks (the column was removed) are not among them. A digest of another length was made
    for other columns and says nothing: none are returned.
    """
    sealed = _sealed_kinds(sheet)
    if len(digest) != _DIGEST_LENGTH * len(sealed):
        return ()
    parts = (digest[start : start + _DIGEST_LENGTH] for start in range(0, len(digest), _DIGEST_LENGTH))
    return tuple(
        wanted
        for (wanted, kind), part in zip(sealed, parts, strict=True)
        if wanted in values and _cell_digest(wanted, kind, values[wanted]) != part
    )


def _sealed_kinds(sheet: SheetLayout) -> tuple[tuple[Field, ValueKind], ...]:
    kinds = {column.field: column.kind for column in sheet.issued_columns}
    return tuple((wanted, kinds[wanted]) for wanted in sheet.sealed_fields)


def _cell_digest(wanted: Field, kind: ValueKind, value: CellValue) -> str:
    message = f"{wanted}\0{canonical_text(kind, value)}"
    return hashlib.sha256(message.encode("utf-8", errors="replace")).hexdigest()[:_DIGEST_LENGTH]
