"""history: everything that the ledger knows of one task."""

from dataclasses import dataclass
from datetime import date

from planbook.actions.opening import ledger_as_of
from planbook.model.codes import normalise_code
from planbook.model.errors import PlanbookError
from planbook.model.history import HistoryEntry
from planbook.model.ledger import LedgerTask
from planbook.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class TaskHistory:
    """A task and what happened to it, in order."""

    task: LedgerTask
    entries: tuple[HistoryEntry, ...]


def read_history(workspace: Workspace, code: str, *, as_of: date | None = None) -> TaskHistory:
    """Return the history of the task `code`; with `as_of`, as it was known at the end of that day.

    Raises:
        PlanbookError: There is no such task.
    """
    wanted = normalise_code(code)
    with ledger_as_of(workspace, as_of) as ledger:
        tasks = {task.code: task for task in ledger.plans.tasks(include_retired=True)}
        if wanted not in tasks:
            raise PlanbookError(f"台账里没有编号为 {wanted} 的任务，请核对任务编号。")
        return TaskHistory(tasks[wanted], ledger.history.of_tasks([wanted])[wanted])
