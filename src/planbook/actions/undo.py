"""undo: the last consolidation taken back; the ledger keeps what it took in, and no longer counts it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.publish_ledger import write_master_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable

if TYPE_CHECKING:
    from planbook.ledger.records import TakenBack


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, or would be, and the master workbook that was written anew (None on a dry run)."""

    run: "TakenBack"
    ledger: Path | None
    findings: tuple[Finding, ...] = ()


def undo_consolidation(
    workspace: Workspace, *, now: datetime, today: date, reason: str = "", is_dry_run: bool = False
) -> Undone:
    """Take back the last consolidation that counts, and write its period's 总台账 anew.

    Raises:
        PlanbookError: There is none, or the master workbook is open elsewhere; nothing was changed.
    """
    with workspace.locked("撤销上次汇总"), opened_ledger(workspace) as ledger:
        last = ledger.undoing.last()
        if last is None:
            raise PlanbookError("台账里没有可以撤销的汇总。")
        if is_dry_run:
            return Undone(last, None)
        if last.period:
            refuse_unwritable(workspace.master(last.period))
        taken = ledger.undoing.take_back(new_run("undo", now, period=last.period), reason)
        if taken.period is None:
            return Undone(taken, None)
        published = write_master_ledger(workspace, ledger, taken.period, now=now, today=today)
    return Undone(taken, published.path, published.findings)
