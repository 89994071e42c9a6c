"""import: plan documents into the ledger, and the review table for the clerk."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.progress import Progress, report
from planbook.actions.review_file import write_review_table
from planbook.actions.take_in_plan import ImportChoice, PlanDocument, decide_intake, take_in
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.review import FieldChange, ReviewFinding
from planbook.workspace.folder import Workspace, file_name_for
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A plan that is now in the ledger.

    Attributes:
        title: Its title.
        tasks: How many tasks it has.
        path: The original kept in the workspace.
        is_new: The document was taken in; not if it was imported before.
        version: Which document of the plan is in force, from 1.
        changes: What it changed in the plan that it is a new version of.
    """

    title: str
    tasks: int
    path: Path
    is_new: bool
    version: int = 1
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What import did: the plans, the review table, and what the clerk should look at."""

    plans: tuple[ImportedPlan, ...]
    review: Path
    findings: tuple[Finding, ...]

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What new versions changed in plans that were in the ledger."""
        return tuple(change for plan in self.plans for change in plan.changes)


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path
    content: bytes
    document: PlanDocument


def import_plans(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    now: datetime,
    choice: ImportChoice | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Take plan documents into the workspace and write 任务分解表.xlsx over all plans.

    All documents are read before anything is written. A file that is in already is left as it stands; one that
    bears the title of a plan and has tasks in common with it is that plan's next version, unless `choice` says
    otherwise.

    Raises:
        PlanbookError: A document cannot be read, only the clerk can say what it is, or the workspace cannot be
            written. Documents before it that are whole stay imported.
    """
    choice = choice or ImportChoice()
    if choice.revises is not None and len(paths) != 1:
        raise PlanbookError("用 --revises 时一次只能导入一份文件。")
    read = [_read(path, done, len(paths), progress) for done, path in enumerate(paths)]
    plans: list[ImportedPlan] = []
    said: list[Finding] = []
    with workspace.locked("导入方案"), opened_ledger(workspace) as ledger:
        refuse_unwritable(workspace.review_table)
        for one in read:  # what only the clerk can say is asked before the first is written
            decide_intake(ledger, one.document, choice)
        for one in read:
            intake = decide_intake(ledger, one.document, choice)  # the one before may be an edition of the same plan
            kept = _keep_original(workspace, one)
            run = new_run("import", now, source_name=one.path.name, source_sha256=one.document.sha256)
            added = take_in(ledger, run, one.document, intake, now=now)
            plans.append(
                ImportedPlan(added.plan.title, len(added.tasks), kept, added.is_new, added.version, added.changes)
            )
            said += (*one.document.plan.findings, *intake.findings, *added.findings)
        joined = enter_agencies(ledger, now)
        advice = write_review_table(workspace, ledger, joined)
    return ImportResult(tuple(plans), workspace.review_table, (*said, *(one.finding for one in joined), *advice))


def enter_agencies(ledger: "Ledger", now: datetime) -> list[ReviewFinding]:
    """Enter every agency that a task or indicator names into the directory; return the spellings that were joined."""
    tasks, indicators = ledger.plans.tasks(), ledger.plans.indicators()
    names = [name for task in tasks for name in (*task.lead_agencies, *task.supporting_agencies)]
    names += [name for indicator in indicators for name in indicator.agencies]
    directory, joined = ledger.agencies.directory().with_names(names)
    ledger.agencies.replace(new_run("import", now), directory.agencies)
    return [ReviewFinding(Finding.of("agency_names_merged", other=other, name=name)) for other, name in joined]


def _read(path: Path, done: int, total: int, progress: Progress | None) -> _Read:
    from planbook.actions.extract_plan import extract_plan_file

    report(progress, done, total, f"读取 {path.name}")
    plan = extract_plan_file(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlanbookError(f"读不了 {path}，请检查文件是否还在、是否有权限。") from error
    return _Read(path, content, PlanDocument(path.name, hashlib.sha256(content).hexdigest(), plan))


def _keep_original(workspace: Workspace, one: _Read) -> Path:
    """Keep the document under plans/, its name as it came unless another document has it."""
    name = file_name_for(one.path.stem, limit=80)
    candidates: Iterable[Path] = (
        workspace.plans / f"{name}{one.path.suffix}",
        workspace.plans / f"{name}_{one.document.sha256[:8]}{one.path.suffix}",
    )
    for target in candidates:
        if not target.exists():
            replace_file(target, one.content)
            return target
        if target.read_bytes() == one.content:
            return target
    raise PlanbookError(f"{workspace.plans} 中的 {name} 被改动过，存不了方案原件，请把它移走后再导入。")
