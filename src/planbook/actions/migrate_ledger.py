"""ledger migrate: the workspace's ledger into another database, and the settings after it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.workspace.folder import SETTINGS_NAME, Workspace
from planbook.workspace.network_share import refuse_network_share
from planbook.workspace.replacing import unwritable
from planbook.workspace.settings_file import set_database

if TYPE_CHECKING:
    from planbook.ledger.transfer import Moved

_OWN_FILE: Final = ("", "sqlite", "sqlite://")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was moved, and where an SQLite file that is no longer used was put aside."""

    moved: "Moved"
    put_aside: Path | None


def migrate_ledger(workspace: Workspace, to: str, *, now: datetime) -> Migrated:
    """Move the ledger to `to` (`postgresql://…`; `sqlite` for the workspace's own file) and set `database` to it.

    The database that was left stays as it is, but for the workspace's own SQLite file: that is put aside, so that
    nobody goes on writing into it.

    Raises:
        PlanbookError: The target is the present one, holds something else, or cannot be written; nothing was changed.
    """
    from planbook.ledger.transfer import move_ledger

    own = workspace.root / "planbook.db"
    is_own = to.strip() in _OWN_FILE
    target: Path | str = own if is_own else to.strip()
    source = workspace.database_url
    if str(target) == source or (is_own and not workspace.settings.database):
        raise PlanbookError(f"台账现在就在 {'planbook.db' if is_own else '这个数据库'} 里，不用搬。")
    if not str(target).startswith("postgres"):
        refuse_network_share(Path(str(target).removeprefix("sqlite:///")).parent)
    with workspace.locked("搬迁台账"):
        with opened_ledger(workspace):  # brings its schema up to date
            pass
        moved = move_ledger(source, target)
        set_database(workspace.root / SETTINGS_NAME, "" if is_own else str(target))
        put_aside = None if workspace.settings.database else _put_aside(workspace, own, now)
    return Migrated(moved, put_aside)


def _put_aside(workspace: Workspace, own: Path, now: datetime) -> Path:
    aside = workspace.backups / f"planbook_迁出_{now:%Y%m%d%H%M%S}.db"
    try:
        aside.parent.mkdir(exist_ok=True)
        own.replace(aside)
    except OSError as error:
        raise unwritable(aside, error) from error
    return aside
