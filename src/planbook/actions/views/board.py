"""The dashboard's value, as the page draws it."""

from datetime import date, datetime

from planbook.actions.opening import opened_ledger
from planbook.actions.period_ledger import build_period_ledger
from planbook.actions.reported_period import earlier_ledgers, issued_period, issued_periods
from planbook.model.period import Period
from planbook.workspace.folder import Workspace


def see_board(workspace: Workspace, period: Period | None, *, now: datetime, today: date) -> str:
    """Return the JSON value that the dashboard view draws, of `period` or of the last that was issued.

    Raises:
        PlanbookError: Nothing was issued for it, or the ledger cannot be read.
    """
    from planbook.outputs.dashboard.build import build_dashboard
    from planbook.outputs.dashboard.value import dashboard_json

    with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
        issued = issued_periods(seen)
        shown = issued_period(period, issued)
        current = build_period_ledger(seen, workspace.settings, shown, now=now, today=today)
        earlier = earlier_ledgers(seen, workspace, shown, issued, now=now, today=today)
    return dashboard_json(build_dashboard(current, earlier))
