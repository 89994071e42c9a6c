"""Extensions asked for in a way that cannot be granted.

WHY: an extension wants a reason and a day after the deadline; offices refuse those without, a letter later.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.parsed import is_blank_mark
from planbook.model.findings import Finding
from planbook.model.form import Status


def check_extension(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where an extension has no reason, no later day, a day gone by, or nothing left to extend."""
    for read in context.reading.tasks:
        report, deadline = read.report, read.task.deadline
        if report.extension_to is None:
            continue
        place = read.cells.location(Field.EXTENSION_TO)
        if report.status is Status.DONE:
            yield Finding.of("extension_of_done_task", place, day=report.extension_to)
        elif deadline and report.extension_to <= deadline:
            yield Finding.of("extension_not_later", place, day=report.extension_to, deadline=deadline)
        elif report.extension_to < (report.reported_on or context.reading.form.period.start):
            yield Finding.of("extension_day_passed", place, day=report.extension_to)
        elif is_blank_mark(report.problems) and is_blank_mark(report.remarks):
            yield Finding.of("extension_without_reason", place, day=report.extension_to)
