"""The office's decisions on tasks (close, extend, return, reassign …), each judged and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.task_standings import LedgerFacts, read_facts
from planbook.model.codes import normalise_code
from planbook.model.deciding import TaskFacts, judge
from planbook.model.decisions import Decision, DecisionKind, DecisionRequest, deadline_of
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Severity
from planbook.model.form import Role
from planbook.model.ledger import LedgerTask, ReceivedReport
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.records import Run
    from planbook.ledger.store import Ledger

COMMANDS: Final = {
    DecisionKind.CLOSE: "close",
    DecisionKind.RETURN: "return",
    DecisionKind.EXTEND: "extend",
    DecisionKind.REASSIGN: "reassign",
    DecisionKind.SUSPEND: "suspend",
    DecisionKind.RESUME: "resume",
    DecisionKind.REOPEN: "reopen",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, with the titles of the tasks, and what could not be or wants a look."""

    decisions: tuple[Decision, ...]
    titles: Mapping[str, str]
    findings: tuple[Finding, ...]


def decide(
    workspace: Workspace,
    requests: Sequence[DecisionRequest],
    *,
    now: datetime,
    today: date,
    is_dry_run: bool = False,
) -> Decided:
    """Take the decisions that `requests` ask for; each that cannot be taken is refused alone.

    Raises:
        PlanbookError: Not one of them can be taken; the message says why.
    """
    kind = requests[0].kind
    with workspace.locked(f"办理{kind.value}"), opened_ledger(workspace) as ledger:
        run = new_run(COMMANDS[kind], now)
        decided = take_decisions(ledger, run, requests, today=today, is_dry_run=is_dry_run)
    if not decided.decisions:
        reasons = [one.message for one in decided.findings if one.severity is Severity.ERROR]
        if reasons:
            raise PlanbookError("\n".join(reasons))
    return decided


def take_decisions(
    ledger: "Ledger", run: "Run", requests: Sequence[DecisionRequest], *, today: date, is_dry_run: bool = False
) -> Decided:
    """Judge `requests` in order, enter what can be decided, and return it; entries taken over before are passed over.

    Findings:
        What `judge` says of each, at the request's own location; decision_task_unknown.
    """
    if not requests:
        return Decided((), {}, ())
    known = ledger.decisions.taken_over(one.key for one in requests)
    fresh = [replace(one, task_code=normalise_code(one.task_code)) for one in requests if one.key not in known]
    facts = _Facts(ledger, {one.task_code for one in fresh}, today)
    drafts: list[Decision] = []
    findings: list[Finding] = []
    for request in fresh:
        task = facts.of(request.task_code, drafts)
        if task is None:
            unknown = Finding.of(
                "decision_task_unknown", request.location, task=request.task_code, kind=request.kind.value
            )
            findings.append(unknown)
            continue
        judgement = judge(request, task)
        findings += judgement.findings
        drafts += [judgement.decision] if judgement.decision else []
    taken = tuple(drafts) if is_dry_run else ledger.decisions.add(run, drafts)
    return Decided(taken, {code: task.title for code, task in facts.tasks.items()}, tuple(findings))


class _Facts:
    """What the ledger knows of the tasks that are decided on, read once for all of them."""

    def __init__(self, ledger: "Ledger", codes: set[str], today: date) -> None:
        self._ledger_facts: LedgerFacts = read_facts(ledger)
        self._today = today
        standing = {task.code for task in self._ledger_facts.tasks}
        everything = ledger.plans.tasks(include_retired=True) if codes - standing else self._ledger_facts.tasks
        self.tasks: dict[str, LedgerTask] = {task.code: task for task in everything if task.code in codes}
        self._retired = self.tasks.keys() - standing
        self._reports: dict[str, list[ReceivedReport]] = {}
        for one in ledger.reports.on_tasks(sorted(self.tasks)):
            self._reports.setdefault(one.report.task_code, []).append(one)

    def of(self, code: str, drafts: Sequence[Decision]) -> TaskFacts | None:
        """Return the facts of a task with the `drafts` of this batch taken as decided."""
        task = self.tasks.get(code)
        if task is None:
            return None
        facts = self._ledger_facts
        decisions = (*facts.decisions.get(code, ()), *(one for one in drafts if one.task_code == code))
        decided = replace(facts, decisions={**facts.decisions, code: decisions})
        parts = [part for part in decided.assignments_in(None).parts if part.task_code == code]
        reports = self._reports.get(code, [])
        at_work = facts.periods[-1] if facts.periods else None
        return TaskFacts(
            task=task,
            is_retired=code in self._retired,
            decisions=decisions,
            leads=tuple(part.agency.name for part in parts if part.role is Role.LEAD),
            supporting=tuple(part.agency.name for part in parts if part.role is Role.SUPPORT),
            reports={one.agency: one for one in reports},
            applied_on=_applied_on(task, decisions, reports),
            directory=facts.directory,
            period=at_work,
            next_period=at_work.following() if at_work else None,
            today=self._today,
        )


def _applied_on(task: LedgerTask, decisions: Sequence[Decision], reports: Sequence[ReceivedReport]) -> date | None:
    """Return the day on which a report first applied for a deadline beyond the effective one."""
    deadline = deadline_of(task.deadline, decisions).effective
    applied = [
        one.report.reported_on or one.received_at.astimezone().date()
        for one in reports
        if one.report.extension_to and deadline and one.report.extension_to > deadline
    ]
    return min(applied, default=None)


def period_of(text: str | None) -> Period | None:
    """Return the period that is written in `text`, None where nothing is."""
    return Period.parse(text) if text else None
