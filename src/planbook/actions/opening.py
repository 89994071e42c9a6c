"""Opens the workspace's ledger for an action, and says who runs it."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.network_share import refuse_network_share

if TYPE_CHECKING:
    from planbook.ledger.records import Run
    from planbook.ledger.store import Ledger


@contextmanager
def opened_ledger(workspace: Workspace) -> Iterator["Ledger"]:
    """Give the workspace's ledger and close it afterwards.

    Raises:
        PlanbookError: There is none, it lies on a network share, or it cannot be read.
    """
    from planbook.ledger.store import open_ledger

    file = workspace.ledger_file
    if file is not None:
        refuse_network_share(file.parent)
    ledger = open_ledger(workspace.database_url)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def ledger_as_of(workspace: Workspace, as_of: date | None) -> Iterator["Ledger"]:
    """Give the workspace's ledger for reading, as it was at the end of the day `as_of` where one is given."""
    with opened_ledger(workspace) as ledger:
        if as_of is None:
            yield ledger
            return
        with ledger.snapshot(end_of_day(as_of)) as past:
            yield past


def end_of_day(day: date) -> datetime:
    """Return the last moment of `day` where the clerk sits."""
    return datetime.combine(day + timedelta(days=1), time()).astimezone() - timedelta(microseconds=1)


def new_run(
    command: str,
    now: datetime,
    *,
    period: Period | None = None,
    source_name: str | None = None,
    source_sha256: str | None = None,
) -> "Run":
    """Return the run of `command` that the ledger's rows will name."""
    from planbook.ledger.records import Run

    return Run(command, _user(), now, period=period, source_name=source_name, source_sha256=source_sha256)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no account entry, as in some containers
        return "未知"
