from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from planbook.model.agency import Agency, Directory
from planbook.model.deciding import Judgement, TaskFacts, judge
from planbook.model.decisions import (
    ClosureState,
    Decision,
    DecisionKind,
    DecisionRequest,
    closure_of,
    deadline_of,
)
from planbook.model.findings import Location
from planbook.model.form import Role, Status
from planbook.model.ledger import ReceivedReport
from planbook.model.period import Period
from tests.unit.ledger.builders import task_report
from tests.unit.outputs.sample_review import T1, TASKS

Q1, Q2 = Period.parse("2024Q1"), Period.parse("2024Q2")
TODAY = date(2024, 4, 8)
CELL = Location("2024Q1_总台账.xlsx", "任务台账", "X7")
DIRECTORY = Directory((Agency("省科技厅"), Agency("省财政厅"), Agency("省民政厅"), Agency("各市", is_group=True)))


def report(agency: str, status: Status = Status.ON_SCHEDULE) -> ReceivedReport:
    row = replace(task_report(T1), status=status, completion_percent=Decimal(50), evidence="附件1")
    return ReceivedReport(agency, Q1, row, "回表.xlsx", "a" * 64, datetime(2024, 4, 2, tzinfo=UTC))


FACTS = TaskFacts(
    task=replace(TASKS[0], code=T1, deadline=date(2024, 6, 30)),
    is_retired=False,
    decisions=(),
    leads=("省科技厅",),
    supporting=("省财政厅",),
    reports={"省科技厅": report("省科技厅")},
    applied_on=None,
    directory=DIRECTORY,
    period=Q1,
    next_period=Q2,
    today=TODAY,
)


def decided(*kinds: DecisionKind) -> tuple[Decision, ...]:
    return tuple(_drafts(kinds))


def _drafts(kinds: Sequence[DecisionKind]) -> list[Decision]:
    found: list[Decision] = []
    for kind in kinds:
        made = judge(request(kind), replace(FACTS, decisions=tuple(found))).decision
        assert made is not None
        found.append(made)
    return found


def request(kind: DecisionKind, **more: object) -> DecisionRequest:
    defaults: dict[str, object] = {"to_date": date(2024, 12, 31)} if kind is DecisionKind.EXTEND else {}
    if kind is DecisionKind.REASSIGN:
        defaults = {"to_agency": "省民政厅"}
    asked = DecisionRequest(T1, kind, "理由", location=CELL)
    return replace(asked, **(defaults | more))  # type: ignore[arg-type]  # names and values are the test's own


def code(judgement: Judgement) -> str:
    assert judgement.decision is None
    (finding,) = judgement.findings
    assert finding.location == CELL
    assert finding.message
    return finding.code


K = DecisionKind


@pytest.mark.parametrize(
    ("before", "kind", "refused"),
    [
        ((), K.REOPEN, "decision_nothing_to_reopen"),
        ((), K.RESUME, "decision_nothing_to_resume"),
        ((K.CLOSE,), K.CLOSE, "decision_on_closed_task"),
        ((K.CLOSE,), K.EXTEND, "decision_on_closed_task"),
        ((K.CLOSE,), K.SUSPEND, "decision_on_closed_task"),
        ((K.SUSPEND,), K.CLOSE, "decision_on_suspended_task"),
        ((K.SUSPEND,), K.SUSPEND, "decision_on_suspended_task"),
        ((K.SUSPEND, K.RESUME), K.RESUME, "decision_nothing_to_resume"),
        ((K.CLOSE, K.REOPEN), K.REOPEN, "decision_nothing_to_reopen"),
    ],
)
def test_what_the_state_does_not_allow(before: tuple[K, ...], kind: K, refused: str) -> None:
    assert code(judge(request(kind), replace(FACTS, decisions=decided(*before)))) == refused


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ((), ClosureState.OPEN),
        ((K.CLOSE,), ClosureState.CLOSED),
        ((K.CLOSE, K.REOPEN), ClosureState.OPEN),
        ((K.SUSPEND, K.EXTEND), ClosureState.SUSPENDED),
        ((K.RETURN, K.EXTEND), ClosureState.RETURNED),
        ((K.SUSPEND, K.RESUME, K.CLOSE), ClosureState.CLOSED),
    ],
)
def test_what_decisions_add_up_to(before: tuple[K, ...], state: ClosureState) -> None:
    assert closure_of(decided(*before)).state is state


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"to_date": None}, "extension_without_day"),
        ({"to_date": date(2024, 6, 30)}, "extension_not_beyond"),
        ({"asked_on": date(2024, 7, 1)}, "extension_asked_in_future"),
    ],
)
def test_extensions_that_are_none(asked: dict[str, object], refused: str) -> None:
    assert code(judge(request(K.EXTEND, **asked), FACTS)) == refused


def test_an_extension_is_asked_for_before_the_deadline() -> None:
    late = replace(FACTS, today=date(2024, 7, 2))
    assert code(judge(request(K.EXTEND), late)) == "extension_asked_late"
    for asked in (
        judge(request(K.EXTEND, asked_on=date(2024, 6, 28)), late),
        judge(request(K.EXTEND), replace(late, applied_on=date(2024, 6, 30))),
    ):
        assert asked.decision is not None
        assert (asked.decision.from_date, asked.decision.to_date) == (date(2024, 6, 30), date(2024, 12, 31))
    without = replace(FACTS, task=replace(FACTS.task, deadline=None), today=date(2024, 7, 2))
    assert judge(request(K.EXTEND), without).decision is not None


def test_deadlines_are_told_apart() -> None:
    once = decided(K.EXTEND)
    more = judge(request(K.EXTEND, to_date=date(2025, 6, 30)), replace(FACTS, decisions=once)).decision
    assert more is not None
    standing = deadline_of(FACTS.task.deadline, (*once, more), claimed=date(2026, 1, 1))
    assert (standing.original, standing.approved, standing.claimed, standing.extensions) == (
        date(2024, 6, 30), date(2025, 6, 30), date(2026, 1, 1), 2,
    )  # fmt: skip
    assert standing.effective == date(2025, 6, 30)
    assert deadline_of(FACTS.task.deadline, once, Period.parse("2023Q4")).effective == date(2024, 6, 30)
    assert deadline_of(FACTS.task.deadline, (), claimed=date(2024, 5, 1)).claimed is None


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"to_agency": ""}, "reassignment_without_agency"),
        ({"to_agency": "市科技局"}, "reassignment_agency_unknown"),
        ({"to_agency": "各市"}, "reassignment_to_group"),
        ({"agency": "省民政厅", "to_agency": "省财政厅"}, "reassignment_from_other"),
        ({"to_agency": "省科技厅"}, "reassignment_to_same"),
        ({"agency": "省财政厅", "to_agency": "省科技厅"}, "reassignment_to_same"),
    ],
)
def test_reassignments_that_are_none(asked: dict[str, object], refused: str) -> None:
    assert code(judge(request(K.REASSIGN, **asked), FACTS)) == refused


def test_a_reassignment_holds_from_the_next_period() -> None:
    made = judge(request(K.REASSIGN, to_agency="省财政厅"), FACTS).decision
    assert made is not None
    assert (made.agency, made.to_agency, made.role, made.period) == ("省科技厅", "省财政厅", Role.LEAD, Q2)
    assert (made.holds_in(Q1), made.holds_in(Q2)) == (False, True)
    several = replace(FACTS, leads=("省科技厅", "省财政厅"), supporting=())
    assert code(judge(request(K.REASSIGN), several)) == "reassignment_from_unclear"


def test_closing_takes_the_agencies_evidence_and_says_what_is_missing() -> None:
    claimed = replace(FACTS, reports={"省科技厅": report("省科技厅", Status.DONE)})
    made = judge(request(K.CLOSE, checker="李主任"), claimed)
    assert made.findings == ()
    assert made.decision is not None
    assert (made.decision.evidence, made.decision.checker, made.decision.period) == ("附件1", "李主任", Q1)
    assert [one.code for one in judge(request(K.CLOSE), FACTS).findings] == ["closed_without_claim"]
    silent = judge(request(K.CLOSE), replace(FACTS, reports={}))
    assert [one.code for one in silent.findings] == ["closed_without_claim", "closed_without_evidence"]
    assert silent.decision is not None


def test_nothing_that_was_reported_cannot_be_sent_back() -> None:
    assert judge(request(K.RETURN), FACTS).decision is not None
    assert code(judge(request(K.RETURN, agency="省财政厅"), FACTS)) == "decision_nothing_to_return"
    assert code(judge(request(K.CLOSE), replace(FACTS, is_retired=True))) == "decision_task_retired"
