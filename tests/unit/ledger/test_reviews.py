from dataclasses import replace

import pytest
from sqlalchemy import select

from planbook.ledger.schema import run as run_table
from planbook.ledger.schema import task_version
from planbook.ledger.store import Ledger
from planbook.model.agency import Agency
from planbook.model.codes import CodeKind, make_code
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from tests.unit.ledger import builders
from tests.unit.ledger.builders import FINANCE, SCIENCE


def test_edited_task_replaces_the_old_one_which_stays_in_the_history(ledger: Ledger) -> None:
    first, second, third = builders.add_plan(ledger)
    edited = replace(second, lead_agencies=(FINANCE,), note="已商财政厅", is_confirmed=True)
    applied = ledger.reviews.apply(builders.run("confirm"), builders.review(updated=[first, edited]))
    assert applied.revised_codes == (second.code,)
    assert ledger.plans.tasks() == (first, edited, third)
    query = (
        select(task_version.c.version, task_version.c.lead_agencies, run_table.c.command, run_table.c.who)
        .join(run_table, run_table.c.number == task_version.c.run_number)
        .where(task_version.c.code == second.code)
        .order_by(task_version.c.version)
    )
    with ledger._database.reading() as connection:
        history = [tuple(row) for row in connection.execute(query)]
    assert history == [(1, (SCIENCE,), "import", "王科员"), (2, (FINANCE,), "confirm", "王科员")]


def test_retired_task_is_no_longer_listed_but_known(ledger: Ledger) -> None:
    first, second, third = builders.add_plan(ledger)
    ledger.reviews.apply(builders.run("confirm"), builders.review(retired=[second.code]))
    assert ledger.plans.tasks() == (first, third)
    assert ledger.plans.tasks(include_retired=True) == (first, second, third)
    again = ledger.reviews.apply(builders.run("confirm"), builders.review(retired=[second.code]))
    assert again.revised_codes == ()


def test_retired_task_can_come_back(ledger: Ledger) -> None:
    first, *_ = builders.add_plan(ledger, tasks=1)
    ledger.reviews.apply(builders.run("confirm"), builders.review(retired=[first.code]))
    ledger.reviews.apply(builders.run("confirm"), builders.review(updated=[first]))
    assert ledger.plans.tasks() == (first,)


def test_new_task_gets_a_code_that_was_never_given(ledger: Ledger) -> None:
    first, second = builders.add_plan(ledger, tasks=2)
    ledger.reviews.apply(builders.run("confirm"), builders.review(retired=[second.code]))
    new = replace(first, code="新1", title="新任务", order=2)
    (added,) = ledger.reviews.apply(builders.run("confirm"), builders.review(added=[new])).added_tasks
    assert added == replace(new, code=make_code(CodeKind.TASK, 1, 3))
    assert ledger.plans.tasks() == (first, added)


def test_indicators_follow_the_new_task_under_its_real_code(ledger: Ledger) -> None:
    first, *_ = builders.add_plan(ledger, tasks=1)
    moved, kept = ledger.plans.indicators()
    new_task = replace(first, code="新1", order=2)
    change = builders.review(
        added=[new_task],
        added_indicators=[replace(kept, code="新1", task_code="新1", order=3)],
        updated_indicators=[replace(moved, task_code="新1")],
        retired_indicators=[kept.code],
    )
    applied = ledger.reviews.apply(builders.run("confirm"), change)
    code = applied.added_tasks[0].code
    assert [one.task_code for one in ledger.plans.indicators()] == [code, code]
    assert applied.added_indicators[0].code == make_code(CodeKind.INDICATOR, 1, 3)
    assert applied.revised_codes == (moved.code, kept.code)


def test_same_review_again_leaves_no_trace(ledger: Ledger) -> None:
    tasks = builders.add_plan(ledger)
    change = builders.review(updated=[replace(task, is_confirmed=True) for task in tasks], agencies=[Agency(SCIENCE)])
    first = ledger.reviews.apply(builders.run("confirm"), change)
    second = ledger.reviews.apply(builders.run("confirm"), change)
    assert (len(first.revised_codes), first.is_directory_changed) == (3, True)
    assert (second.revised_codes, second.is_directory_changed) == ((), False)
    with ledger._database.reading() as connection:
        assert connection.execute(select(run_table.c.command)).scalars().all() == ["import", "confirm"]


def test_unknown_code_stops_the_whole_review(ledger: Ledger) -> None:
    first, *_ = builders.add_plan(ledger)
    stranger = replace(first, code="P9-001A")
    change = builders.review(updated=[replace(first, title="改"), stranger], agencies=[Agency(SCIENCE)])
    with pytest.raises(PlanbookError, match="P9-001A"):
        ledger.reviews.apply(builders.run("confirm"), change)
    assert ledger.plans.tasks()[0] == first
    assert ledger.agencies.directory().agencies == ()


def test_review_with_errors_is_refused(ledger: Ledger) -> None:
    first, *_ = builders.add_plan(ledger)
    change = builders.review(updated=[replace(first, title="改")], findings=[Finding.of("ledger_damaged")])
    with pytest.raises(PlanbookError):
        ledger.reviews.apply(builders.run("confirm"), change)
    assert ledger.plans.tasks()[0] == first


def test_directory_is_replaced_whole(ledger: Ledger) -> None:
    full = Agency(SCIENCE, ("科技厅",), ("省直单位",), "张三", "027", "a@b.cn", "省直")
    group = Agency("省直单位", is_group=True)
    assert ledger.agencies.directory().agencies == ()
    assert ledger.agencies.replace(builders.run("confirm"), [full, group, Agency(FINANCE)])
    assert ledger.agencies.replace(builders.run("confirm"), [group, full])
    assert not ledger.agencies.replace(builders.run("confirm"), [group, full])
    assert ledger.agencies.directory().agencies == (group, full)
    assert ledger.agencies.replace(builders.run("confirm"), [])
    assert ledger.agencies.directory().agencies == ()
