"""dashboard: the period's board as one HTML file to mail or to open offline."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.opening import opened_ledger
from planbook.actions.period_ledger import build_period_ledger
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.model.ledger import PeriodLedger

_MOST_EARLIER: Final = 7
"""Periods before this one that the board goes back to: two years of quarters with this one."""


@dataclass(frozen=True, slots=True)
class WrittenDashboard:
    """The board's file, and how many tasks it shows."""

    path: Path
    period: Period
    tasks: int


def write_dashboard_file(
    workspace: Workspace, period: Period | None, *, now: datetime, today: date
) -> WrittenDashboard:
    """Write the board of `period`, or of the last one that was issued.

    Raises:
        PlanbookError: Nothing was issued for it, or the file cannot be written.
    """
    from planbook.outputs.dashboard.build import build_dashboard
    from planbook.outputs.dashboard.page import write_dashboard

    with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
        issued = issued_periods(seen)
        shown = issued_period(period, issued)
        path = workspace.outputs / f"{shown}_看板.html"
        refuse_unwritable(path)
        current = build_period_ledger(seen, workspace.settings, shown, now=now, today=today)
        earlier = earlier_ledgers(seen, workspace, shown, issued, now=now, today=today)
    value = build_dashboard(current, earlier)
    replace_file(path, write_dashboard(value))
    return WrittenDashboard(path, shown, len(value.tasks))


def issued_periods(ledger: "Ledger") -> tuple[Period, ...]:
    """Return the periods that forms were issued for, the earliest first."""
    return tuple(sorted({form.period for form in ledger.forms.issued()}))


def issued_period(wanted: Period | None, issued: tuple[Period, ...]) -> Period:
    """Return the wanted period, or the last that was issued.

    Raises:
        PlanbookError: Nothing was issued for it, so that there is nothing to report on.
    """
    if not issued:
        raise PlanbookError("还没有下发过责任清单，没有可写的内容，请先运行 planbook issue --period 期。")
    if wanted and wanted not in issued:
        known = "、".join(str(one) for one in issued[-4:])
        raise PlanbookError(f"{wanted.label}（{wanted}）没有下发过责任清单，没有可写的内容；下发过的有 {known}。")
    return wanted or issued[-1]


def earlier_ledgers(
    ledger: "Ledger", workspace: Workspace, period: Period, issued: tuple[Period, ...], *, now: datetime, today: date
) -> tuple["PeriodLedger", ...]:
    """Return the ledgers of the periods of the same length before `period`, the earliest first, at most seven."""
    before = [one for one in issued if one < period and one.months == period.months][-_MOST_EARLIER:]
    return tuple(build_period_ledger(ledger, workspace.settings, one, now=now, today=today) for one in before)
