"""doctor --rotate-key: a new key to seal forms with; earlier ones stay valid, and a lost one is told at its price."""

from dataclasses import dataclass
from datetime import datetime

from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class RotatedKey:
    """How many keys the workspace holds now, and what a lost key costs."""

    keys: int
    findings: tuple[Finding, ...]


def rotate_key(workspace: Workspace, *, now: datetime) -> RotatedKey:
    """Make a new key the one in use.

    Where all keys can be read, forms that were issued stay valid. Where they are lost, the forms that they sealed
    cannot be told from forged ones any more: a warning says how many, and what to do.

    Raises:
        PlanbookError: The key file cannot be written; nothing was changed.
    """
    with workspace.locked("更换密钥"), opened_ledger(workspace) as ledger:
        is_lost = not _are_readable(workspace)
        workspace.put_new_key(now)
        issued = ledger.forms.issued() if is_lost else ()
    findings: tuple[Finding, ...] = ()
    if issued:
        periods = sorted({one.period for one in issued}, key=lambda period: period.end)
        names = "、".join(period.label for period in periods)
        findings = (Finding.of("key_lost", count=len(issued), periods=names),)
    return RotatedKey(len(workspace.keys()), findings)


def _are_readable(workspace: Workspace) -> bool:
    try:
        workspace.keys()
    except PlanbookError:
        return False
    return True
