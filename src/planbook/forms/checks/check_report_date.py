"""填报日期 that cannot be.

WHY: a date before the period shows a form filled in from last period's copy, one in the future a mistyped year; both
sort wrongly wherever reports are put in order.
"""

from collections.abc import Iterator

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.model.findings import Finding


def check_report_date(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where 填报日期 lies before the period's first day or after today."""
    period = context.reading.form.period
    for read in context.reading.tasks:
        day = read.report.reported_on
        if day is None or period.start <= day <= context.today:
            continue
        place = read.cells.location(Field.REPORTED_ON)
        if day < period.start:
            yield Finding.of("reported_before_period", place, day=day, start=period.start)
        elif day > context.today:
            yield Finding.of("reported_in_future", place, day=day, today=context.today)
