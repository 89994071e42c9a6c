"""Reads many archived returns, each isolated: in worker processes of this machine, or on a cluster of several."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final

from planbook.actions.form_layout import layouts_for_reading
from planbook.actions.read_return_file import (
    ArchivedFile,
    ReadingContext,
    ReturnFile,
    ReturnReader,
    read_return_file,
)
from planbook.actions.spooled_forms import spool_forms
from planbook.model.period import Period
from planbook.sheets.isolation import Outcome, run_isolated
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.actions.spooled_forms import SpooledForm
    from planbook.ledger.kept_forms import KeptForm
    from planbook.ledger.store import Ledger
    from planbook.model.submission import IndicatorReport, TaskReport

_NEARBY_PERIODS: Final = 4
_WORTH_A_WORKER: Final = 10  # files that are read in the time that starting another worker takes


def read_archived(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    sha256s: Sequence[str],
    *,
    claims: Mapping[str, str],
    today: date,
    cluster: str = "",
) -> Iterator[Outcome[ArchivedFile, ReturnFile]]:
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
    reading = workspace.settings.reading
    kept = chain(ledger.forms.kept(period), _nearby_forms(ledger, period))
    if cluster:
        from planbook.sheets.cluster import run_on_cluster

        reader = _reader(workspace, ledger, period, tuple(kept), claims=claims, today=today)
        carried = (ArchivedFile(sha256, workspace.archived(sha256).read_bytes()) for sha256 in sha256s)
        yield from run_on_cluster(cluster, read_return_file, carried, context=reader, limits=reading.limits)
        return
    spool = workspace.forms_being_read
    try:
        reader = _reader(workspace, ledger, period, spool_forms(kept, spool), claims=claims, today=today)
        files = [ArchivedFile(sha256, workspace.archived(sha256)) for sha256 in sha256s]
        workers = min(reading.workers, 1 + len(files) // _WORTH_A_WORKER)
        yield from run_isolated(read_return_file, files, context=reader, limits=reading.limits, workers=workers)
    finally:
        with suppress(OSError):
            spool.unlink()


def _reader(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    forms: tuple["KeptForm | SpooledForm", ...],
    *,
    claims: Mapping[str, str],
    today: date,
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
            forms=forms,
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
