"""Reads many archived returns, each isolated: in worker processes of this machine, or on a cluster of several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from planbook.actions.form_layout import layouts_for_reading
from planbook.actions.read_return_file import (
    ArchivedFile,
    ReadingContext,
    ReturnFile,
    ReturnReader,
    read_return_file,
)
from planbook.model.period import Period
from planbook.sheets.isolation import Outcome, run_isolated
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.kept_forms import KeptForm
    from planbook.ledger.store import Ledger
    from planbook.model.submission import IndicatorReport, TaskReport

_NEARBY_PERIODS: Final = 4


def read_archived(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    sha256s: Sequence[str],
    *,
    claims: Mapping[str, str],
    today: date,
    cluster: str = "",
) -> Iterable[Outcome[ArchivedFile, ReturnFile]]:
    """Yield what each archived file turned out to be, in the order of the digests.

    Args:
        workspace: Whose archive.
        ledger: What was issued, and what was reported before.
        period: Period that returns are taken in for.
        sha256s: The files' digests.
        claims: Forms that a clerk says files answer, by digest.
        today: Day of reading.
        cluster: Address of a cluster that reads them; empty for worker processes of this machine.

    Raises:
        PlanbookError: Workers cannot be started, or the cluster fails.
    """
    reader = _reader(workspace, ledger, period, claims, today)
    reading = workspace.settings.reading
    if cluster:
        from planbook.sheets.cluster import run_on_cluster

        carried = (ArchivedFile(sha256, workspace.archived(sha256).read_bytes()) for sha256 in sha256s)
        return run_on_cluster(cluster, read_return_file, carried, context=reader, limits=reading.limits)
    files = [ArchivedFile(sha256, workspace.archived(sha256)) for sha256 in sha256s]
    return run_isolated(read_return_file, files, context=reader, limits=reading.limits, workers=reading.workers)


def _reader(
    workspace: Workspace, ledger: "Ledger", period: Period, claims: Mapping[str, str], today: date
) -> ReturnReader:
    tasks: dict[str, dict[str, TaskReport]] = {}
    for one in ledger.reports.tasks_before(period):
        tasks.setdefault(one.agency, {})[one.report.task_code] = one.report
    indicators: dict[str, dict[str, IndicatorReport]] = {}
    for value in ledger.reports.indicators_before(period):
        indicators.setdefault(value.agency, {})[value.report.indicator_code] = value.report
    return ReturnReader(
        ReadingContext(
            workspace_id=ledger.workspace_id,
            keys=workspace.keys(),
            period=period,
            today=today,
            forms=(*ledger.forms.kept(period), *_nearby_forms(ledger, period)),
            layouts=layouts_for_reading(workspace),
            claims=claims,
            limits=workspace.settings.reading.limits,
            previous=tasks,
            previous_indicators=indicators,
        )
    )


def _nearby_forms(ledger: "Ledger", period: Period) -> Iterator["KeptForm"]:
    """Yield the forms of the nearest other periods: one that comes back late without its seal is told by them."""
    others = set(ledger.forms.periods()) - {period}
    nearest = sorted(others, key=lambda other: abs((other.end - period.end).days))[:_NEARBY_PERIODS]
    for other in nearest:
        yield from ledger.forms.kept(other)
