from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.model.agency import Agency, Directory
from planbook.model.plan import LeadBasis, TaskKind
from planbook.outputs.review_comparison import compare_review
from tests.unit.outputs.sample_review import (
    DIRECTORY,
    I1,
    I2,
    I3,
    INDICATORS,
    PLANS,
    T1,
    T2,
    T3,
    T4,
    TASKS,
    changes_of,
    codes,
    indicator_code,
    plain_table,
    reading_of,
    review_table,
    task_code,
)
from tests.unit.outputs.workbooks import Clerk, edited

SHEET, INDICATOR_SHEET, AGENCY_SHEET = "任务分解", "指标", "单位"
PLAN = PLANS[0].title


def after(change: Callable[[Clerk], object]) -> bytes:
    return edited(plain_table(), change)


def test_untouched_table_changes_nothing_but_confirms() -> None:
    change = changes_of(plain_table())
    assert (change.changes, change.findings, change.directory) == ((), (), DIRECTORY)
    assert [replace(task, is_confirmed=False) for task in change.updated_tasks] == list(TASKS)
    confirmed = changes_of(plain_table(), change.updated_tasks, change.updated_indicators)
    assert (confirmed.updated_tasks, confirmed.updated_indicators) == ((), ())
    assert (change.added_tasks, change.added_indicators) == ((), ())
    assert (change.retired_codes, change.retired_indicator_codes) == ((), ())


@pytest.mark.parametrize(
    ("header", "typed", "field", "value", "said"),
    [
        ("牵头单位", "省财政厅", "lead_agencies", ("省财政厅",), "省科技厅 → 省财政厅"),
        ("配合单位", "省统计局", "supporting_agencies", ("省统计局",), "省财政厅、各县（市、区）人民政府 → 省统计局"),
        ("完成时限", "2025年6月底前", "deadline", date(2025, 6, 30), "2024-12-31 → 2025-06-30"),
        ("完成时限", None, "deadline", None, "2024-12-31 → （空）"),
        ("类别", "保障措施", "kind", TaskKind.SAFEGUARD, "任务 → 保障措施"),
        ("任务名称", "建设实验室", "title", "建设实验室", "建设省实验室 → 建设实验室"),
        ("原文序号", "（一）", "number", "（一）", "1 → （一）"),
        ("所属章节", "二、重点任务 / （二）5G/6G", "path", ("二、重点任务", "（二）5G/6G"), "（二）5G/6G"),
        ("备注", "待定", "note", "待定", "（空） → 待定"),
    ],
)
def test_an_edit_is_taken_over_and_said(header: str, typed: object, field: str, value: object, said: str) -> None:
    change = changes_of(after(lambda clerk: clerk.put(SHEET, T1, header, typed)))
    assert getattr(change.updated_tasks[0], field) == value
    assert str(change.changes[0]).startswith(f"任务 {T1} {header}：")
    assert str(change.changes[0]).endswith(said)
    assert all(task.is_confirmed for task in change.updated_tasks)


def test_new_lead_is_the_offices_decision() -> None:
    def edit(clerk: Clerk) -> None:
        clerk.put(SHEET, T1, "牵头单位", "省财政厅")
        clerk.put(SHEET, T2, "牵头单位", None)
        clerk.put(SHEET, T3, "牵头单位", "省统计局")

    change = changes_of(after(edit))
    tasks = {task.code: task for task in change.updated_tasks}
    assert [tasks[code].lead_basis for code in (T1, T2, T3)] == [
        LeadBasis.EXPLICIT,
        LeadBasis.NONE,
        LeadBasis.EXPLICIT,
    ]
    assert tasks[T1].supporting_agencies == ("各县（市、区）人民政府",)
    assert codes(change) == ["review_lead_also_supporting"]
    assert f"任务 {T1} 牵头依据：推定 → 明示" in map(str, change.changes)


def test_rows_added_between_others_take_their_place() -> None:
    def edit(clerk: Clerk) -> None:
        clerk.add(SHEET, T1, 来源方案=PLAN, 任务名称="甲", 牵头单位="省统计局")
        clerk.add(SHEET, "甲", 任务编号="新3", 来源方案=f" {PLAN.replace('（', '(')}", 任务名称="乙")
        clerk.add(SHEET, None, 来源方案="青城市实施方案", 任务名称="丙", 完成时限="2024年底")
        clerk.add(SHEET, None, 来源方案="青城市实施方案", 任务名称="作废", 处理="删除")

    change = changes_of(after(edit))
    assert [(task.code, task.title, task.plan_sequence, task.order) for task in change.added_tasks] == [
        ("新1", "甲", 1, 2),
        ("新3", "乙", 1, 3),
        ("新2", "丙", 2, 2),
    ]
    assert {task.code: task.order for task in change.updated_tasks} == {T1: 1, T2: 4, T3: 5, T4: 1}
    assert [str(one) for one in change.changes] == ["新增任务 新1：甲", "新增任务 新3：乙", "新增任务 新2：丙"]
    assert (change.added_tasks[0].lead_basis, change.added_tasks[0].is_confirmed) == (LeadBasis.EXPLICIT, True)
    assert change.findings == ()


@pytest.mark.parametrize(
    ("plan", "code"), [(None, "review_plan_empty"), ("别的方案", "review_plan_unknown")], ids=["empty", "unknown"]
)
def test_added_row_needs_a_plan(plan: str | None, code: str) -> None:
    change = changes_of(after(lambda clerk: clerk.add(SHEET, T4, 任务名称="甲", 来源方案=plan)))
    assert (codes(change), change.added_tasks, change.is_refused) == ([code], (), True)


def test_retired_task_takes_its_indicators_along_unless_they_move() -> None:
    change = changes_of(after(lambda clerk: clerk.put(SHEET, T2, "处理", "删除")))
    assert (change.retired_codes, change.retired_indicator_codes) == ((T2,), (I1,))
    assert T2 not in [task.code for task in change.updated_tasks]
    assert codes(change) == ["review_indicator_goes_with_task"]

    def edit(clerk: Clerk) -> None:
        clerk.put(SHEET, T2, "处理", "删除")
        clerk.put(INDICATOR_SHEET, I1, "任务编号", "新1")
        clerk.add(SHEET, T2, 任务编号="新1", 来源方案=PLAN, 任务名称="甲")

    moved = changes_of(after(edit))
    assert (moved.retired_indicator_codes, moved.updated_indicators[0].task_code) == ((), "新1")


def test_deleted_row_retires_nothing() -> None:
    def edit(clerk: Clerk) -> None:
        clerk.sheet(SHEET).delete_rows(clerk.row(SHEET, T2))
        clerk.sheet(INDICATOR_SHEET).delete_rows(clerk.row(INDICATOR_SHEET, I3))

    change = changes_of(after(edit))
    assert (change.retired_codes, change.retired_indicator_codes, change.changes) == ((), (), ())
    assert [(one.code, dict(one.values)["code"]) for one in change.findings] == [
        ("review_row_absent", T2),
        ("review_row_absent", I3),
    ]


def test_indicator_edits() -> None:
    def edit(clerk: Clerk) -> None:
        clerk.put(INDICATOR_SHEET, I1, "目标值", 16000)
        clerk.put(INDICATOR_SHEET, I1, "比较", "超过")
        clerk.put(INDICATOR_SHEET, I2, "上限", None)
        clerk.put(INDICATOR_SHEET, I3, "处理", "删除")
        clerk.add(INDICATOR_SHEET, None, 任务编号=T4, 指标名称="成果数", 目标值="1,000", 计量单位="项", 时限=2025)

    change = changes_of(after(edit))
    first, second = change.updated_indicators
    assert (first.value, str(first.operator), second.value, second.value_max) == (
        Decimal(16000),
        ">",
        Decimal("2.90"),
        None,
    )
    assert change.retired_indicator_codes == (I3,)
    (added,) = change.added_indicators
    assert (added.code, added.plan_sequence, added.task_code, added.value, added.by) == (
        "新1",
        2,
        T4,
        Decimal(1000),
        "2025",
    )
    assert change.findings == ()


@pytest.mark.parametrize(
    ("task", "code"), [("新9", "review_task_unknown"), (T4, "review_task_of_other_plan"), ("P9", "review_task_unknown")]
)
def test_indicator_needs_a_task_of_its_plan(task: str, code: str) -> None:
    change = changes_of(after(lambda clerk: clerk.put(INDICATOR_SHEET, I1, "任务编号", task)))
    assert (codes(change), change.changes) == ([code], ())


def test_codes_of_another_ledger_are_refused() -> None:
    content = plain_table()
    strange = changes_of(edited(content, lambda clerk: clerk.put(SHEET, T4, "任务编号", task_code(2, 7))))
    assert codes(strange) == ["review_code_unknown", "review_row_absent"]
    other_plans = (replace(PLANS[0], title="另一个方案"), PLANS[1])
    change = compare_review(reading_of(content), other_plans, TASKS, INDICATORS, DIRECTORY)
    assert set(codes(change)) == {"review_plan_differs"}
    foreign = compare_review(reading_of(content), PLANS, TASKS, INDICATORS, DIRECTORY, workspace_id="another")
    assert codes(foreign) == ["review_foreign_workspace"]
    assert foreign.is_refused


def test_what_moved_on_in_the_ledger_is_not_set_back() -> None:
    content = after(lambda clerk: clerk.put(SHEET, T1, "任务名称", "建设实验室"))
    newer = (replace(TASKS[0], deadline=date(2026, 1, 1), note="新备注"), *TASKS[1:])
    change = changes_of(content, newer)
    assert [one.field for one in change.changes] == ["任务名称"]
    task = change.updated_tasks[0]
    assert (task.title, task.deadline, task.note) == ("建设实验室", date(2026, 1, 1), "新备注")

    clash = changes_of(content, (replace(TASKS[0], title="建设国家实验室"), *TASKS[1:]))
    assert clash.updated_tasks[0].title == "建设实验室"
    (finding,) = clash.findings
    assert (finding.code, finding.location.cell) == ("review_changed_elsewhere", "F4")


def test_confirming_the_same_table_again_adds_nothing_again() -> None:
    def edit(clerk: Clerk) -> None:
        clerk.add(SHEET, T1, 任务编号="新1", 来源方案=PLAN, 任务名称="甲")
        clerk.add(SHEET, T4, 来源方案="青城市实施方案", 任务名称="乙", 任务内容="乙的内容")
        clerk.put(SHEET, T3, "处理", "删除")
        clerk.put(INDICATOR_SHEET, I1, "任务编号", "新1")
        clerk.add(INDICATOR_SHEET, I1, 任务编号="新1", 指标名称="丙", 目标值=3)

    content = after(edit)
    first = changes_of(content)
    real = {"新1": task_code(1, 9), "新2": task_code(2, 9)}
    tasks = [replace(task, code=real.get(task.code, task.code)) for task in (*first.updated_tasks, *first.added_tasks)]
    indicators = [
        replace(
            one, code=indicator_code(1, 9) if one.code == "新1" else one.code, task_code=real.get(one.task_code or "")
        )
        if one.task_code in real
        else one
        for one in (*first.updated_indicators, *first.added_indicators)
    ]
    again = changes_of(content, tuple(tasks), tuple(indicators))
    assert (again.changes, again.added_tasks, again.added_indicators, again.updated_tasks) == ((), (), (), ())
    assert (again.updated_indicators, set(codes(again)), again.is_refused) == ((), {"review_added_before"}, False)


def test_row_of_a_task_retired_meanwhile_is_passed_over() -> None:
    content = after(lambda clerk: clerk.put(SHEET, T2, "任务名称", "改名"))
    change = changes_of(content, tuple(task for task in TASKS if task.code != T2))
    assert (codes(change), change.changes, change.is_refused) == (["review_code_retired"], (), False)


def test_without_the_hidden_sheet_every_difference_is_an_edit() -> None:
    content = after(lambda clerk: clerk.workbook.remove(clerk.sheet("_planbook")))
    assert changes_of(content).changes == ()
    newer = (replace(TASKS[0], note="新备注"), *TASKS[1:])
    assert [str(one) for one in changes_of(content, newer).changes] == [f"任务 {T1} 备注：新备注 → （空）"]


def test_what_only_shows_is_not_taken() -> None:
    change = changes_of(after(lambda clerk: clerk.put(SHEET, T1, "原文", "改了")))
    assert (codes(change), change.changes) == (["review_shown_only"], ())


def test_directory_edits() -> None:
    def edit(clerk: Clerk) -> None:
        clerk.put(AGENCY_SHEET, "省财政厅", "邮箱", "new＠yc.gov.cn")
        clerk.put(AGENCY_SHEET, "省统计局", "单位组", "各县(市、区)人民政府")
        clerk.put(AGENCY_SHEET, "东湖县人民政府", "名称", "东湖县政府")
        clerk.add(AGENCY_SHEET, None, 名称="各有关单位")
        clerk.put(SHEET, T1, "配合单位", "省财政厅、西湖县人民政府")

    change = changes_of(after(edit))
    names = [agency.name for agency in change.directory.agencies]
    assert names == [
        "省科技厅", "省财政厅", "省统计局", "各县（市、区）人民政府", "东湖县政府", "市科技局", "各有关单位",
        "西湖县人民政府",
    ]  # fmt: skip
    find = change.directory.find
    assert find("省财政厅") == Agency("省财政厅", email="new@yc.gov.cn")
    assert find("省统计局") == Agency("省统计局", groups=("各县（市、区）人民政府",))
    assert find("各有关单位") == Agency("各有关单位", is_group=True)
    (finding,) = change.findings
    assert (finding.code, finding.location.cell) == ("review_agency_unlisted", "I4")
    assert "单位 东湖县政府 名称：东湖县人民政府 → 东湖县政府" in map(str, change.changes)


def test_agency_that_is_used_cannot_be_removed() -> None:
    def edit(clerk: Clerk) -> None:
        for name in ("省科技厅", "东湖县人民政府"):
            clerk.sheet(AGENCY_SHEET).delete_rows(clerk.row(AGENCY_SHEET, name))

    change = changes_of(after(edit))
    assert codes(change) == ["review_agency_still_used"]
    assert change.directory.find("省科技厅") == DIRECTORY.agencies[0]
    assert change.directory.find("东湖县人民政府") is None
    assert "删除单位 东湖县人民政府" in map(str, change.changes)


def test_agencies_that_only_tasks_name_are_listed_for_the_clerk() -> None:
    small = Directory(DIRECTORY.agencies[:1])
    reading = reading_of(review_table(small))
    assert [row.name for row in reading.agencies] == [
        "省科技厅",
        "省财政厅",
        "各县（市、区）人民政府",
        "市科技局",
        "省统计局",
    ]
    change = compare_review(reading, PLANS, TASKS, INDICATORS, small)
    assert change.findings == ()
    assert change.directory.find("各县（市、区）人民政府") == Agency(
        "各县（市、区）人民政府", level="区县", is_group=True
    )


NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@'\"<>&、；\n\r\t_x000D_\x00\x0b\ufeff😀／（")), max_size=40
)


@settings(max_examples=40, deadline=None)
@given(st.lists(NASTY, min_size=6, max_size=6))
def test_any_text_survives_the_way_out_and_back(texts: list[str]) -> None:
    title, body, section, note, lead, excerpt = texts
    task = replace(
        TASKS[0],
        title="题" + title,
        body=body,
        path=(section,) if section else (),
        note=note,
        lead_agencies=("厅" + lead,),
        excerpt=excerpt,
    )
    tasks = (task, *TASKS[1:])
    change = changes_of(review_table(tasks=tasks), tasks)
    assert [one for one in change.changes if one.subject == "任务"] == []
    assert change.updated_tasks[0] == replace(task, is_confirmed=True)
