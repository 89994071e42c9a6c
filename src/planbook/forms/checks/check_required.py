"""Required cells that are empty.

WHY: the colour that marks missing cells in the form is lost when rows are pasted in or saved by another program,
and a clerk who fills in forty rows overlooks some.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.parsed import shown
from planbook.model.findings import Finding


def check_required(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding for each required cell without an answer; columns that are missing were reported before."""
    for read in context.reading.rows:
        for column in read.cells.layout.fill_in_columns:
            if column.is_required and column.header in read.cells.letters and column.header in read.cells.blank:
                mark = read.cells.blank[column.header]
                code = "required_declined" if mark else "required_missing"
                yield Finding.of(code, read.cells.location(column), column=column.header, raw=shown(mark))
