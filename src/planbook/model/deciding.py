"""Whether a decision can be taken: each that cannot is refused in one sentence, whoever asked for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from planbook.model.agency import Directory
from planbook.model.decisions import (
    ClosureState,
    Decision,
    DecisionKind,
    DecisionRequest,
    closure_of,
    deadline_of,
)
from planbook.model.findings import Finding
from planbook.model.form import Role, Status
from planbook.model.ledger import LedgerTask, ReceivedReport
from planbook.model.period import Period

_UNNUMBERED: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What has to be known of a task to decide on it.

    Attributes:
        task: The task as the plan has it.
        is_retired: It was taken out of the plan.
        decisions: Every decision on it so far, in order.
        leads: Agencies that lead it now, groups resolved, earlier reassignments reckoned with.
        supporting: Likewise those that help.
        reports: The newest report of each agency on it, by agency.
        applied_on: Day on which a report applied for an extension first since the last was approved.
        directory: The office's directory.
        period: The period that is being worked on; None before the first issue.
        next_period: The first period that was not issued yet; None before the first issue.
        today: The day.
    """

    task: LedgerTask
    is_retired: bool
    decisions: tuple[Decision, ...]
    leads: tuple[str, ...]
    supporting: tuple[str, ...]
    reports: Mapping[str, ReceivedReport]
    applied_on: date | None
    directory: Directory
    period: Period | None
    next_period: Period | None
    today: date


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a request: a decision to be entered, or none, and what there is to say about it."""

    decision: Decision | None
    findings: tuple[Finding, ...] = ()


def judge(request: DecisionRequest, facts: TaskFacts) -> Judgement:
    """Return the decision that `request` makes, or why it cannot be taken.

    Findings:
        decision_…, extension_…, reassignment_… (errors): It cannot be taken; nothing is decided.
        closed_without_claim, closed_without_evidence (notes): Decided, but worth a look.
    """
    refusal = _refuse_state(request, facts)
    if refusal:
        return Judgement(None, (refusal,))
    return _RULES[request.kind](request, facts)


def _refuse_state(request: DecisionRequest, facts: TaskFacts) -> Finding | None:
    closure = closure_of(facts.decisions)
    day = closure.decision.decided_on if closure.decision else facts.today
    if facts.is_retired:
        return _finding("decision_task_retired", request, facts, kind=request.kind.value)
    if request.kind is DecisionKind.REOPEN:
        is_possible = closure.state is ClosureState.CLOSED
        return None if is_possible else _finding("decision_nothing_to_reopen", request, facts)
    if closure.state is ClosureState.CLOSED:
        return _finding("decision_on_closed_task", request, facts, kind=request.kind.value, day=day)
    if request.kind is DecisionKind.RESUME:
        is_possible = closure.state is ClosureState.SUSPENDED
        return None if is_possible else _finding("decision_nothing_to_resume", request, facts)
    if closure.state is ClosureState.SUSPENDED and request.kind not in (DecisionKind.EXTEND, DecisionKind.REASSIGN):
        return _finding("decision_on_suspended_task", request, facts, kind=request.kind.value, day=day)
    return None


def _plain(request: DecisionRequest, facts: TaskFacts) -> Judgement:
    return Judgement(_draft(request, facts))


def _close(request: DecisionRequest, facts: TaskFacts) -> Judgement:
    reports = [facts.reports[agency].report for agency in facts.leads or facts.supporting if agency in facts.reports]
    offered = "；".join(dict.fromkeys(report.evidence for report in reports if report.evidence))
    decision = replace(_draft(request, facts), evidence=request.evidence or offered)
    findings = []
    if not reports or any(report.status is not Status.DONE for report in reports):
        said = "、".join(report.status.value if report.status else "未填状态" for report in reports) or "没有进展"
        findings.append(_finding("closed_without_claim", request, facts, reported=said))
    if not decision.evidence:
        findings.append(_finding("closed_without_evidence", request, facts))
    return Judgement(decision, tuple(findings))


def _return(request: DecisionRequest, facts: TaskFacts) -> Judgement:
    asked = (request.agency,) if request.agency else facts.leads or facts.supporting
    known = [agency.name if (agency := facts.directory.find(name)) else name for name in asked]
    if not any(name in facts.reports for name in known):
        who = "、".join(known) or "责任单位"
        return Judgement(None, (_finding("decision_nothing_to_return", request, facts, agency=who),))
    return Judgement(replace(_draft(request, facts), agency=known[0] if request.agency else ""))


def _extend(request: DecisionRequest, facts: TaskFacts) -> Judgement:
    """Extensions are asked for before the deadline: afterwards a task is overdue, and stays it.

    A task without a deadline of its own gets one by its first extension.
    """
    deadline = deadline_of(facts.task.deadline, facts.decisions).effective
    if request.to_date is None:
        return Judgement(None, (_finding("extension_without_day", request, facts),))
    if deadline and request.to_date <= deadline:
        finding = _finding("extension_not_beyond", request, facts, deadline=deadline, day=request.to_date)
        return Judgement(None, (finding,))
    asked = request.asked_on or facts.applied_on or facts.today
    if asked > facts.today:
        return Judgement(None, (_finding("extension_asked_in_future", request, facts, asked=asked),))
    if deadline and asked > deadline:
        return Judgement(None, (_finding("extension_asked_late", request, facts, deadline=deadline, asked=asked),))
    return Judgement(replace(_draft(request, facts), from_date=deadline, to_date=request.to_date, asked_on=asked))


def _reassign(request: DecisionRequest, facts: TaskFacts) -> Judgement:
    if not request.to_agency:
        return Judgement(None, (_finding("reassignment_without_agency", request, facts),))
    receiver = facts.directory.find(request.to_agency)
    if receiver is None or receiver.is_group:
        code = "reassignment_to_group" if receiver else "reassignment_agency_unknown"
        return Judgement(None, (_finding(code, request, facts, agency=request.to_agency),))
    giver = facts.directory.find(request.agency) if request.agency else None
    name = giver.name if giver else request.agency
    if not name and len(facts.leads) == 1:
        name = facts.leads[0]
    if not name:
        agencies = "、".join((*facts.leads, *facts.supporting)) or "（无责任单位）"
        return Judgement(None, (_finding("reassignment_from_unclear", request, facts, agencies=agencies),))
    if name not in facts.leads + facts.supporting:
        return Judgement(None, (_finding("reassignment_from_other", request, facts, agency=name),))
    role = Role.LEAD if name in facts.leads else Role.SUPPORT
    held = Role.LEAD if receiver.name in facts.leads else Role.SUPPORT if receiver.name in facts.supporting else None
    if held is role or held is Role.LEAD:
        finding = _finding("reassignment_to_same", request, facts, agency=receiver.name, role=held.value)
        return Judgement(None, (finding,))
    period = request.period or facts.next_period
    decision = replace(_draft(request, facts), agency=name, to_agency=receiver.name, role=role, period=period)
    return Judgement(decision)


_RULES: Final[Mapping[DecisionKind, Callable[[DecisionRequest, TaskFacts], Judgement]]] = {
    DecisionKind.CLOSE: _close,
    DecisionKind.RETURN: _return,
    DecisionKind.EXTEND: _extend,
    DecisionKind.REASSIGN: _reassign,
    DecisionKind.SUSPEND: _plain,
    DecisionKind.RESUME: _plain,
    DecisionKind.REOPEN: _plain,
}


def _draft(request: DecisionRequest, facts: TaskFacts) -> Decision:
    """Return the decision before the ledger numbers it and says who took it."""
    return Decision(
        number=0,
        task_code=request.task_code,
        kind=request.kind,
        decided_on=facts.today,
        reason=request.reason,
        evidence=request.evidence,
        checker=request.checker,
        from_date=None,
        to_date=None,
        asked_on=None,
        agency="",
        to_agency="",
        role=None,
        period=request.period or facts.period,
        file=request.location.file or "",
        sheet=request.location.sheet or "",
        cell=request.location.cell or "",
        key=request.key,
        who="",
        decided_at=_UNNUMBERED,
    )


def _finding(code: str, request: DecisionRequest, facts: TaskFacts, **values: object) -> Finding:
    return Finding.of(code, request.location, task=request.task_code, title=facts.task.title, **values)
