from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planbook.ledger.store import Ledger
from planbook.model.codes import CodeKind, make_code
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.model.ledger import LedgerPlan
from planbook.model.plan import Plan
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, SCIENCE


def _add(ledger: Ledger, plan: Plan, file: str) -> bool:
    return ledger.plans.add(
        builders.run("import"), plan, file_name=file, file_sha256=builders.digest(file), imported_at=builders.at(1)
    ).is_new


def test_plan_gets_the_next_sequence_and_codes(ledger: Ledger) -> None:
    builders.add_plan(ledger, "甲计划", tasks=2)
    builders.add_plan(ledger, "乙计划", tasks=1)
    assert [(plan.sequence, plan.title) for plan in ledger.plans.all()] == [(1, "甲计划"), (2, "乙计划")]
    expected = [make_code(CodeKind.TASK, *numbers) for numbers in ((1, 1), (1, 2), (2, 1))]
    assert [task.code for task in ledger.plans.tasks()] == expected
    assert [task.code for task in ledger.plans.tasks(2)] == expected[2:]
    assert [one.code for one in ledger.plans.indicators(2)] == [make_code(CodeKind.INDICATOR, 2, n) for n in (1, 2)]


def test_everything_about_a_plan_is_kept(ledger: Ledger) -> None:
    added = ledger.plans.add(
        builders.run("import"),
        builders.plan(tasks=1),
        file_name="计划.docx",
        file_sha256="ab",
        imported_at=builders.at(1),
        reporters=((SCIENCE, FINANCE),),
    )
    assert added.is_new
    assert added.plan == LedgerPlan(
        sequence=1,
        title="科技创新行动计划",
        issuer="省人民政府办公厅",
        document_number="鄂政办发〔2023〕11号",
        period_start=date(2023, 1, 1),
        period_end=None,
        classification=None,
        file_name="计划.docx",
        file_sha256="ab",
    )
    (task,) = added.tasks
    source = builders.plan_task("任务1")
    shared = ("path", "number", "title", "body", "lead_agencies", "supporting_agencies", "lead_basis", "deadline")
    assert [getattr(task, name) for name in shared] == [getattr(source, name) for name in shared]
    assert (task.source_line, task.source_page, task.order, task.is_confirmed) == (41, 3, 1, False)
    of_task, of_plan = added.indicators
    assert (of_task.task_code, of_task.agencies, str(of_task.value)) == (task.code, (SCIENCE, FINANCE), "1.20")
    assert (of_plan.task_code, of_plan.agencies, of_plan.value_max) == (None, (), Decimal(3))
    assert ledger.plans.all() == (added.plan,)
    assert ledger.plans.tasks() == added.tasks
    assert ledger.plans.indicators() == added.indicators


def test_same_file_again_changes_nothing_even_after_a_review(ledger: Ledger) -> None:
    first, *_ = builders.add_plan(ledger)
    confirmed = replace(first, title="改过的标题", is_confirmed=True)
    ledger.reviews.apply(builders.run("confirm"), builders.review(updated=[confirmed]))
    assert not _add(ledger, builders.plan(), "科技创新行动计划")
    assert builders.add_plan(ledger)[0] == confirmed
    assert len(ledger.plans.all()) == 1


def test_same_title_in_another_file_is_another_plan(ledger: Ledger) -> None:
    assert _add(ledger, builders.plan(), "一.docx")
    assert _add(ledger, builders.plan(), "二.docx")
    assert [plan.sequence for plan in ledger.plans.all()] == [1, 2]


def test_more_tasks_than_codes(ledger: Ledger) -> None:
    endless = replace(builders.plan(), tasks=(builders.plan_task("任务"),) * 10_000)
    with pytest.raises(PlanbookError, match="9999"):
        _add(ledger, endless, "无尽.docx")
    assert ledger.plans.all() == ()


def test_what_the_reader_said_is_kept_with_the_plan(ledger: Ledger) -> None:
    said = Finding.of("task_without_agency", Location(line=7), code="1", title="任务1")
    builders.add_plan(ledger, "甲计划")
    _add(ledger, replace(builders.plan("乙计划"), findings=(said,)), "乙.docx")
    assert ledger.plans.findings() == ((2, said),)
