"""Progress that falls.

WHY: a percentage below last period's is either a slip or the withdrawal of an earlier claim; the office has already
published the higher one.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.parsed import plain
from planbook.model.findings import Finding
from planbook.model.form import Status


def check_percent_falls(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where the percentage is below the last one, or a task that was done no longer is."""
    for read in context.reading.tasks:
        last, report = context.previous.get(read.task.code), read.report
        if last is None:
            continue
        now, before = report.completion_percent, last.completion_percent
        if now is not None and before is not None and now < before:
            place = read.cells.location(Field.COMPLETION_PERCENT)
            yield Finding.of("progress_fell", place, percent=plain(now), previous=plain(before))
        elif last.status is Status.DONE and report.status not in (Status.DONE, None):
            yield Finding.of("no_longer_done", read.cells.location(Field.STATUS), status=report.status.value)
