"""Tasks called done whose indicator is below its target.

WHY: 已完成 is a claim; the number beside it is the evidence, reported on another sheet, often by another person.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.checks.targets import read_target
from planbook.forms.layout import Field
from planbook.forms.parsed import plain
from planbook.model.findings import Finding
from planbook.model.form import Status


def check_indicator_target(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where a task is 已完成 and one of its indicators falls short of a target to be reached."""
    done = {read.task.code for read in context.reading.tasks if read.report.status is Status.DONE}
    for read in context.reading.indicators:
        target, value = read_target(read.indicator.target), read.report.value
        if read.indicator.task_code not in done or target is None or value is None:
            continue
        if target.is_floor and value < target.value:
            yield Finding.of(
                "done_below_target",
                read.cells.location(Field.VALUE),
                name=read.indicator.name,
                value=plain(value),
                target=read.indicator.target,
                unit=read.indicator.unit,
                task_code=read.indicator.task_code,
            )
