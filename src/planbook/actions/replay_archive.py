"""Whether the ledger is what the archive gives: every return that was taken in, read once more and compared."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from planbook.actions.consolidate import Intake
from planbook.model.findings import Finding
from planbook.model.submission import IndicatorReport, TaskReport
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.records import KeptSubmission
    from planbook.ledger.store import Ledger

Report = TypeVar("Report", TaskReport, IndicatorReport)


def replay_archive(
    workspace: Workspace, ledger: "Ledger", *, now: datetime, today: date
) -> tuple[int, tuple[Finding, ...]]:
    """Return how many returns were read again, and a finding for each that gives something else than the ledger has.

    Findings:
        archive_unreadable: The archived file is gone or cannot be read any more.
        ledger_differs_from_archive: It gives other reports.
    """
    findings: list[Finding] = []
    count = 0
    for period in ledger.forms.periods():
        kept = ledger.submissions.kept(period)
        count += len(kept)
        present = [one.file_sha256 for one in kept if workspace.is_archived(one.file_sha256)]
        intake = Intake(workspace, ledger, period, now=now, today=today, progress=None)
        read = intake.read_again(present)
        for one in kept:
            values = {"agency": one.agency, "period": period, "file": one.file_name}
            again = read.get(one.file_sha256)
            if again is None:
                findings.append(Finding.of("archive_unreadable", **values))
            elif _differs(one, again.task_reports, again.indicator_reports):
                findings.append(Finding.of("ledger_differs_from_archive", **values))
    return count, tuple(findings)


def _differs(kept: "KeptSubmission", tasks: Iterable[TaskReport], indicators: Iterable[IndicatorReport]) -> bool:
    return (
        tuple(map(_storable, tasks)) != kept.task_reports or tuple(map(_storable, indicators)) != kept.indicator_reports
    )


def _storable(report: Report) -> Report:
    """Return a report as a database gives it back: without the few characters that none can hold."""
    from planbook.ledger.columns import storable

    changed: dict[str, Any] = {
        item.name: storable(value)
        for item in fields(report)
        if type(value := getattr(report, item.name)) is str  # not the members of an enumeration, which are texts too
    }
    if isinstance(report, TaskReport):
        for name in ("raw", "extras"):
            changed[name] = tuple((storable(key), storable(text)) for key, text in getattr(report, name))
    return replace(report, **changed)
