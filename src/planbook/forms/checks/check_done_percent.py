"""Status and percentage that contradict each other.

WHY: the status is picked from a list and the percentage typed, often by two people; 已完成 at 60 % either hides
unfinished work or is a percentage left over from last period. The light and the bulletin would follow one of them.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.parsed import plain
from planbook.model.findings import Finding
from planbook.model.form import Status


def check_done_percent(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where 已完成 has less than 100 %, 100 % another status, or 未启动 more than 0 %."""
    for read in context.reading.tasks:
        status, percent = read.report.status, read.report.completion_percent
        if status is None or percent is None:
            continue
        if 0 < percent < 100 and status not in (Status.DONE, Status.NOT_STARTED):
            continue
        place = read.cells.location(Field.COMPLETION_PERCENT)
        if status is Status.DONE and percent < 100:
            yield Finding.of("done_below_100", place, percent=plain(percent))
        elif status is not Status.DONE and percent == 100:
            yield Finding.of("full_but_not_done", place, status=status.value)
        elif status is Status.NOT_STARTED and percent > 0:
            yield Finding.of("not_started_with_progress", place, percent=plain(percent))
