"""Texts beyond the length that the form asks for.

WHY: whole work reports get pasted into one cell; the ledger's rows then no longer fit a page. A text of exactly a
spreadsheet's limit was cut off by the program, and its end is lost.
"""

from collections.abc import Iterator
from typing import Final

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.return_reading import ReadTask
from planbook.model.findings import Finding

_CELL_LIMIT: Final = 32_767


def check_text_length(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding for each text longer than its column's limit, or cut off at a cell's limit."""
    for read in context.reading.tasks:
        for wanted, text in _texts(read):
            if not text:
                continue
            column = read.cells.layout.column(wanted)
            if column is None:
                continue
            if len(text) >= _CELL_LIMIT:
                yield Finding.of("text_cut_off", read.cells.location(wanted), column=column.header)
            elif column.max_length and len(text) > column.max_length:
                values = {"column": column.header, "length": len(text), "limit": column.max_length}
                yield Finding.of("answer_too_long", read.cells.location(wanted), **values)


def _texts(read: ReadTask) -> tuple[tuple[Field, str], ...]:
    report = read.report
    return (
        (Field.PROGRESS, report.progress),
        (Field.PROBLEMS, report.problems),
        (Field.NEXT_STEPS, report.next_steps),
        (Field.EVIDENCE, report.evidence),
        (Field.REPORTER, report.reporter),
        (Field.PHONE, report.phone),
        (Field.REMARKS, report.remarks),
    )
