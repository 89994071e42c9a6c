"""confirm: the clerk's corrected review table into the ledger; what is changed there wins over the reader for good."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from planbook.actions.import_plans import enter_agencies
from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.review_file import write_review_table
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.review import FieldChange
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable


@dataclass(frozen=True, slots=True)
class ConfirmResult:
    """What confirm changed, or would change; not `is_applied` if an error among the findings forbids it."""

    changes: tuple[FieldChange, ...]
    findings: tuple[Finding, ...]
    is_applied: bool


def confirm_tasks(workspace: Workspace, table: Path, *, now: datetime, is_dry_run: bool = False) -> ConfirmResult:
    """Take over `table` whole, or not at all where it holds nonsense; then write the review table anew.

    The review table is written anew because added tasks get their codes: confirming the same rows again must not
    add them again.

    Raises:
        PlanbookError: The table cannot be read, or the workspace's own one is open elsewhere; nothing was changed.
    """
    from planbook.outputs.review_comparison import compare_review
    from planbook.outputs.review_reader import read_review
    from planbook.sheets.reading import read_workbook

    try:
        content = table.read_bytes()
    except OSError as error:
        raise PlanbookError(f"读不了 {table}，请检查文件是否存在、是否有权限。") from error
    reading = read_review(read_workbook(content))
    with workspace.locked("确认任务分工"), opened_ledger(workspace) as ledger:
        change = compare_review(
            reading,
            ledger.plans.all(),
            ledger.plans.tasks(),
            ledger.plans.indicators(),
            ledger.agencies.directory(),
            workspace_id=ledger.workspace_id,
        )
        if change.is_refused or is_dry_run:
            return ConfirmResult(change.changes, change.findings, is_applied=False)
        refuse_unwritable(workspace.review_table)
        run = new_run("confirm", now, source_name=table.name, source_sha256=sha256(content).hexdigest())
        ledger.reviews.apply(run, change)
        joined = enter_agencies(ledger, now)
        write_review_table(workspace, ledger, joined)
    return ConfirmResult(change.changes, change.findings, is_applied=True)
