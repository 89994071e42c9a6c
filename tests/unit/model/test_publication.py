from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planbook.model.figures import count_figures
from planbook.model.ledger import PeriodLedger
from planbook.model.period import Period
from planbook.model.publication import publish, secret_plans
from planbook.model.slices import Scope, slice_ledger, without_plans
from tests.unit.model.test_slices import LEDGER


def with_report(progress: str, **fields: object) -> PeriodLedger:
    first = LEDGER.tasks[0]
    part = first.assignments[0]
    assert part.received
    report = replace(part.received.report, progress=progress, **fields)  # type: ignore[arg-type]
    part = replace(part, received=replace(part.received, report=report))
    return replace(LEDGER, tasks=(replace(first, assignments=(part,)), *LEDGER.tasks[1:]))


def progress_of(ledger: PeriodLedger) -> str:
    received = publish(ledger).tasks[0].assignments[0].received
    assert received
    return received.report.progress


@pytest.mark.parametrize(
    ("progress", "shown"),
    [
        ("已开工建设3个项目", "已开工建设3个项目"),
        ("联系李四，13912345678", "联系（略），（略）"),
        ("电话 0715-8123456转12", "（略）"),
        ("来信 a.b@yc.gov.cn。", "来信 （略）"),
        ("已完成投资139123456789元", "已完成投资139123456789元"),
        ("进展顺利。征地资金不到位。", "进展顺利。（略）。"),
    ],
)
def test_progress_tells_nobodys_name_number_or_problem(progress: str, shown: str) -> None:
    ledger = with_report(progress, reporter="李四", phone="139 1234 5678", problems="征地资金不到位；无")
    assert progress_of(ledger).rstrip("。") == shown.rstrip("。")


def test_results_stay_and_the_rest_goes() -> None:
    public = publish(LEDGER)
    assert [(one.task.code, one.light.light) for one in public.tasks] == [
        (one.task.code, one.light.light) for one in LEDGER.tasks if not one.plan.classification
    ]
    received = public.tasks[0].assignments[0].received
    assert received
    assert (received.report.completion_percent, received.report.problems) == (Decimal(40), "")
    told = repr(public)
    for secret in ("用地紧张", "李四", "02788880000", "王五", "d@yc.gov.cn", "@下步", "四成", "回表.xlsx", "约12000"):
        assert secret in repr(LEDGER)
        assert secret not in told
    assert (public.findings, public.unassigned, public.is_public) == ((), (), True)
    assert public.missing[0].due_on == date(2024, 3, 28)


def test_a_plan_with_a_secrecy_mark_is_left_out() -> None:
    assert LEDGER.plans[1].classification == "内部"
    public = publish(LEDGER)
    assert {one.plan.sequence for one in public.tasks} == {1}
    assert {one.plan.sequence for one in public.indicators} == {1}
    assert [plan.sequence for plan in public.plans] == [1]


def test_a_plan_with_a_secrecy_mark_is_not_even_counted_among_the_figures_of_the_past() -> None:
    assert secret_plans(LEDGER) == {2}
    before = replace(LEDGER, period=Period.parse("2023Q4"))
    shown = publish(without_plans(LEDGER, secret_plans(LEDGER), [before]))
    assert shown.previous is not None
    assert shown.previous.counted is not None
    past = {code for _, codes in shown.previous.counted.lights for code in codes}
    assert past == {one.task.code for one in shown.tasks}
    assert sum(number for _, number in shown.previous.lights) == len(shown.tasks) < len(LEDGER.tasks)
    only_there = {part.agency for one in LEDGER.tasks if one.plan.sequence == 2 for part in one.assignments}
    only_there -= {part.agency for one in shown.tasks for part in one.assignments}
    assert only_there
    told = {standing.agency for standing in shown.agencies} | {silent.agency for silent in shown.missing}
    told |= {*shown.issued_to, *shown.previous.counted.issued}
    assert not told & only_there
    assert count_figures(shown).tasks == len(shown.tasks)
    assert slice_ledger(shown, Scope(plan="P1")).tasks == shown.tasks
