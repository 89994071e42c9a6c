"""Opens the workspace's ledger for an action, and says who runs it."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.records import Run
    from planbook.ledger.store import Ledger


@contextmanager
def opened_ledger(workspace: Workspace) -> Iterator["Ledger"]:
    """Give the workspace's ledger and close it afterwards.

    Raises:
        PlanbookError: There is none, or it cannot be read.
    """
    from planbook.ledger.store import open_ledger

    ledger = open_ledger(workspace.database_url)
    try:
        yield ledger
    finally:
        ledger.close()


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
