"""dashboard: the period's board as one HTML file to mail or to open offline."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from planbook.actions.reported_period import View, read_reported_period
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file


@dataclass(frozen=True, slots=True)
class WrittenDashboard:
    """The board's file, and how many tasks it shows."""

    path: Path
    period: Period
    tasks: int


def write_dashboard_file(
    workspace: Workspace, period: Period | None, *, now: datetime, today: date, view: View | None = None
) -> WrittenDashboard:
    """Write the board of `period`, or of the last one that was issued.

    Raises:
        PlanbookError: Nothing was issued for it, or the file cannot be written.
    """
    from planbook.outputs.dashboard.build import build_dashboard
    from planbook.outputs.dashboard.page import write_dashboard

    shown = view or View()
    reported = read_reported_period(workspace, period, shown, now=now, today=today, with_earlier=True)
    path = workspace.outputs / f"{reported.period}_看板{shown.suffix}.html"
    value = build_dashboard(reported.ledger, reported.earlier)
    replace_file(path, write_dashboard(value))
    return WrittenDashboard(path, reported.period, len(value.tasks))
