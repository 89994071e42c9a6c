"""Intentions from the plan document to the forms."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.findings import needs_person
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Plan documents to import; `revises` names the plan (P1) that they are a new edition of."""

    files: tuple[Path, ...]
    as_new: bool = False
    revises: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmRequest:
    """The reviewed 任务分解表, by default the workspace's own."""

    table: Path | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """Period of the forms; `agencies` narrows them to these."""

    period: str
    agencies: tuple[str, ...] = ()


def _import(at: Circumstances, request: ImportRequest) -> Ending:
    from planbook.actions.import_plans import import_plans
    from planbook.actions.json_results import import_json
    from planbook.actions.take_in_plan import ImportChoice

    choice = ImportChoice.of(is_separate=request.as_new, plan_number=request.revises)
    result = import_plans(at.workspace, request.files, now=at.now, choice=choice, progress=at.progress)
    tasks = sum(plan.tasks for plan in result.plans)
    lines = (
        f"导入方案 {len(result.plans)} 份，任务 {tasks} 项。",
        f"需要核对的问题 {len(result.findings)} 条。",
        f"请审核：{result.review}",
    )
    return Ending(import_json(result), lines, needs_person(result.findings), (result.review,))


def _confirm(at: Circumstances, request: ConfirmRequest) -> Ending:
    from planbook.actions.confirm_tasks import confirm_tasks
    from planbook.actions.json_results import confirm_json

    table = request.table or at.workspace.review_table
    result = confirm_tasks(at.workspace, table, now=at.now, is_dry_run=request.dry_run)
    if result.is_applied:
        first = f"已确认：{len(result.changes)} 处改动。"
    elif request.dry_run:
        first = f"确认后会有 {len(result.changes)} 处改动（尚未写入）。"
    else:
        first = "表中有错，一处也没有写入；请改正后重新确认。"
    lines = (first, f"需要核对的问题 {len(result.findings)} 条。") if result.findings else (first,)
    return Ending(confirm_json(result), lines, needs_person(result.findings), (table,))


def _issue(at: Circumstances, request: IssueRequest) -> Ending:
    from planbook.actions.issue_forms import issue_forms
    from planbook.actions.json_results import issue_json

    period = Period.parse(request.period)
    result = issue_forms(at.workspace, period, request.agencies, now=at.now, today=at.today, progress=at.progress)
    folder = at.workspace.forms(period)
    lines = (
        f"{period.label}责任清单 {len(result.forms)} 份。",
        f"需要核对的问题 {len(result.findings)} 条。",
        f"位置：{folder}",
    )
    return Ending(issue_json(result), lines, needs_person(result.findings), (folder,))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("import", "导入方案", ImportRequest, _import),
    Intention("confirm", "确认分工", ConfirmRequest, _confirm),
    Intention("issue", "生成责任清单", IssueRequest, _issue),
)
