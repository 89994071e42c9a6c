"""What the crash harness does in a process of its own, and how it tells what state a workspace is in.

The modules that the acts need are imported here: a fork server that has this module loaded starts each act at once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from planbook.actions import confirm_tasks, consolidate, import_plans, issue_forms, publish_ledger, read_return_file
from planbook.actions.examine import examine
from planbook.actions.export_reports import export_reports
from planbook.actions.intentions.base import Circumstances
from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.json_results import export_json
from planbook.actions.make_workspace import make_workspace
from planbook.actions.opening import opened_ledger
from planbook.forms import writer
from planbook.ledger import store
from planbook.outputs import master_writer, review_writer
from planbook.samples import sample_plan
from planbook.workspace.folder import open_workspace

NOW: Final = datetime(2024, 4, 8, 1, tzinfo=UTC)
TODAY: Final = date(2024, 4, 8)
PERIOD: Final = "2024Q1"
LOADED: Final = (
    *(confirm_tasks, consolidate, import_plans, issue_forms, publish_ledger, read_return_file),
    *(writer, store, master_writer, review_writer),
)


def carry_out(name: str, root: Path, fields: Mapping[str, object]) -> None:
    """Carry out the intention `name` in the workspace at `root`."""
    intention = INTENTIONS[name]
    at = Circumstances(open_workspace(root), NOW, TODAY)
    intention.run(at, intention.request(**fields))


def act(name: str, root: str) -> None:
    """Carry out one act of the crash harness."""
    ACTS[name](Path(root))


def _import(root: Path) -> None:
    carry_out("import", root, {"files": (root.parent / "方案.docx",)})


def _issue(root: Path) -> None:
    carry_out("issue", root, {"period": PERIOD})


def _consolidate(root: Path) -> None:
    carry_out("consolidate", root, {"period": PERIOD})


def _ledger(root: Path) -> None:
    carry_out("ledger", root, {"period": PERIOD})


ACTS: Final[Mapping[str, Callable[[Path], None]]] = {
    "import": _import,
    "issue": _issue,
    "consolidate": _consolidate,
    "ledger": _ledger,
}


def make_office(root: Path) -> None:
    """Make a workspace at `root`, and the sample plan beside it, where the act `import` looks for it."""
    root.parent.mkdir(parents=True, exist_ok=True)
    sample_plan(root.parent).rename(root.parent / "方案.docx")
    make_workspace(root, office="某省督查室", contact="")


def faults(root: Path) -> list[str]:
    """Return what `doctor` finds wrong with the workspace."""
    return [f"{check.subject}：{check.result}" for check in examine(root, root).checks if not check.is_good]


def state(root: Path) -> str:
    """Return everything a clerk could tell two workspaces apart by, as JSON."""
    workspace = open_workspace(root)
    with opened_ledger(workspace) as ledger:
        tasks = [(task.code, task.title, task.lead_agencies, task.supporting_agencies) for task in ledger.plans.tasks()]
        forms = [(str(one.period), one.agency, one.version, one.path) for one in ledger.forms.issued()]
    archived = sorted(path.name for path in (root / "archive").rglob("*") if path.is_file())
    whole = all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in (root / "archive").glob("??/*"))
    names = sorted(
        path.relative_to(root).as_posix()
        for folder in ("forms", "outputs", "plans", "inbox")
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".planbook-")
    )
    exported = export_json(export_reports(workspace, None, today=TODAY))
    return json.dumps([tasks, forms, archived, whole, names, exported], ensure_ascii=False, default=str)
