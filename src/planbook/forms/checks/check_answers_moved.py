"""Percentages that fit other rows better than their own.

WHY: one column sorted, or one cell deleted so that those below moved up, leaves every issued cell where it was. But
then many percentages fall below last period's, or deny their status, that would all be right in another order; agencies
that go back or err in single rows don't have that.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.return_reading import ReadTask
from planbook.model.findings import Finding
from planbook.model.form import Status

_FEWEST_FALLEN: Final = 3
_LEAST_SHARE: Final = 0.25
_FEWEST_DENIED: Final = 2


def check_answers_moved(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where percentages contradict last period's or the statuses, and would not in another order."""
    told = [read for read in context.reading.tasks if read.report.completion_percent is not None]
    fallen = _fallen(context, told)
    denied = _denied(told)
    for rows in (fallen, denied):
        if rows:
            column = rows[0].cells.layout.column(Field.COMPLETION_PERCENT)
            values = {"column": column.header if column else "", "rows": len(rows)}
            yield Finding.of("answers_seem_moved", rows[0].cells.location(Field.COMPLETION_PERCENT), **values)
            return


def _fallen(context: CheckContext, told: Sequence[ReadTask]) -> list[ReadTask]:
    """Return the rows below last period's percentage, where none need be if the same numbers stood otherwise."""
    pairs = [
        (read, _percent(read), before)
        for read in told
        if (last := context.previous.get(read.task.code)) and (before := last.completion_percent) is not None
    ]
    fallen = [read for read, now, before in pairs if now < before]
    if len(fallen) < _FEWEST_FALLEN or len(fallen) < _LEAST_SHARE * len(pairs):
        return []
    in_order = zip(sorted(now for _, now, _ in pairs), sorted(before for _, _, before in pairs), strict=True)
    return fallen if all(now >= before for now, before in in_order) else []


def _denied(told: Sequence[ReadTask]) -> list[ReadTask]:
    """Return the rows whose status denies the percentage, where there are as many 100 % as there are tasks done."""
    stated = [read for read in told if read.report.status is not None]
    too_low = [read for read in stated if read.report.status is Status.DONE and _percent(read) < 100]
    too_high = [read for read in stated if read.report.status is not Status.DONE and _percent(read) == 100]
    begun = [read for read in stated if read.report.status is Status.NOT_STARTED and 0 < _percent(read) < 100]
    idle = sum(_percent(read) == 0 for read in stated)
    waiting = sum(read.report.status is Status.NOT_STARTED for read in stated)
    denied = [*too_low, *too_high, *begun]
    if len(denied) < _FEWEST_DENIED or len(too_low) != len(too_high) or idle < waiting:
        return []
    return [read for read in told if read in denied]


def _percent(read: ReadTask) -> Decimal:
    percent = read.report.completion_percent
    return Decimal(0) if percent is None else percent
