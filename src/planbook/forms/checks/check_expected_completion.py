"""预计完成时间 that does not go with the rest of the row.

WHY: the column is the only early warning of a missed deadline; a day that has passed, or lies beyond the deadline
without an extension asked for, is one that nobody has thought about.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.model.findings import Finding
from planbook.model.form import Status


def check_expected_completion(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where an unfinished task's expected day has passed, or lies after its deadline."""
    for read in context.reading.tasks:
        expected, deadline = read.report.expected_completion, read.task.deadline
        if expected is None or read.report.status is Status.DONE:
            continue
        place = read.cells.location(Field.EXPECTED_COMPLETION)
        if expected < (read.report.reported_on or context.reading.form.period.start):
            yield Finding.of("expected_day_passed", place, day=expected)
        elif deadline and expected > deadline and read.report.extension_to is None:
            yield Finding.of("expected_after_deadline", place, day=expected, deadline=deadline)
