"""Intentions that show what the ledger holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.findings import needs_person
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """Period of the master workbook; as of a past day, for a part of it or the public, it is a workbook of its own."""

    period: str
    as_of: date | None = None
    leader: str = ""
    section: str = ""
    plan: str = ""
    agency: str = ""
    category: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class UndoRequest:
    """Why the last consolidation is taken back; `dry_run` only shows it."""

    reason: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """Task whose history is wanted."""

    task: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """Nothing is asked beside the workspace."""


def _ledger(at: Circumstances, request: LedgerRequest) -> Ending:
    from planbook.actions.json_results import findings_json
    from planbook.actions.publish_ledger import publish_ledger
    from planbook.actions.reported_period import View
    from planbook.model.slices import Scope

    scope = Scope(request.leader, request.section, request.plan, request.agency, request.category)
    view = View(request.as_of, scope, request.public)
    result = publish_ledger(at.workspace, Period.parse(request.period), now=at.now, today=at.today, view=view)
    json = {"ledger": str(result.path), "findings": findings_json(result.findings)}
    return Ending(json, (f"总台账：{result.path}",), needs_person(result.findings), (result.path,))


def _undo(at: Circumstances, request: UndoRequest) -> Ending:
    from planbook.actions.decision_json import undone_json
    from planbook.actions.undo import undo_consolidation

    result = undo_consolidation(
        at.workspace, now=at.now, today=at.today, reason=request.reason, is_dry_run=request.dry_run
    )
    verb = "将撤销" if request.dry_run else "已撤销"
    when = result.run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    lines: tuple[str, ...] = (f"{verb} {result.run.who} {when} 的汇总：回表 {len(result.run.returns)} 份。",)
    if not request.dry_run:
        lines += ("文件还在原处，下次汇总会再读；不想采用的请先移走。",)
    opens = (result.ledger,) if result.ledger else ()
    return Ending(undone_json(result), lines, needs_person(result.findings), opens)


def _history(at: Circumstances, request: HistoryRequest) -> Ending:
    from planbook.actions.decision_json import history_json
    from planbook.actions.task_history import read_history

    result = read_history(at.workspace, request.task, as_of=request.as_of)
    last = result.entries[-1].text.splitlines()[0] if result.entries else "没有记录"
    lines = (f"{result.task.code} {result.task.title}", f"记录 {len(result.entries)} 条，最近：{last}")
    return Ending(history_json(result), lines)


def _doctor(at: Circumstances, _request: DoctorRequest) -> Ending:
    from planbook.actions.examine import examine
    from planbook.actions.json_results import examination_json

    result = examine(at.workspace.root, at.workspace.root)
    faults = [f"✗ {check.subject}：{check.result}" for check in result.checks if not check.is_good]
    lines = tuple(faults[:3]) or (f"检查 {len(result.checks)} 项，都完好。",)
    return Ending(examination_json(result), lines, bool(faults))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("ledger", "总台账", LedgerRequest, _ledger),
    Intention("undo", "撤销汇总", UndoRequest, _undo),
    Intention("history", "来龙去脉", HistoryRequest, _history),
    Intention("doctor", "体检", DoctorRequest, _doctor),
)
