"""What the review table points out by itself: shown to the clerk, ignored when the table comes back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planbook.model.agency import Agency, Directory
from planbook.outputs.review_advice import advise
from planbook.outputs.review_comparison import compare_review
from planbook.outputs.review_writer import write_review
from tests.support.validity import assert_valid_workbook
from tests.unit.outputs.sample_review import (
    DIRECTORY,
    I1,
    I2,
    I3,
    INDICATORS,
    OFFICE,
    PLANS,
    T1,
    T2,
    T3,
    TASKS,
    WORKSPACE,
    changes_of,
    codes,
    plain_table,
    reading_of,
)
from tests.unit.outputs.workbooks import Clerk, edited, read, table, worksheet

SAME = "同名指标"
_, second, third = INDICATORS
TARGETS = (
    replace(INDICATORS[0], name="技术合同成交额", value=Decimal("9000"), unit="亿元", by="2025"),
    replace(second, name="全省技术合同成交总额", value=Decimal("1.2"), value_max=None, unit="万亿元", by="2025-12-31"),
    replace(third, by="2025", value=Decimal("380"), unit="亿元"),
)
RETIRED = replace(TASKS[0], code="P1-009X", title="加强组织领导和统筹", lead_agencies=("省政府办公厅",))
NEAR = Directory((*DIRECTORY.agencies, Agency("省财政庁")))


def advised_table() -> bytes:
    advice = advise(PLANS, TASKS, TARGETS, NEAR, (*TASKS, RETIRED))
    return write_review(PLANS, TASKS, TARGETS, NEAR, advice, office=OFFICE, workspace_id=WORKSPACE)


def cells(content: bytes, sheet: str, key: str, *headers: str) -> list[object]:
    found = read(content).sheet(sheet)
    assert found
    row = next(row for row in table(found, headers[0]) if key in row.values())
    return [row[header] for header in headers]


def test_namesakes_stand_side_by_side_and_contradictions_are_marked() -> None:
    sheet = read(advised_table()).sheet(SAME)
    assert sheet
    rows = table(sheet, "目标值")
    assert list(rows[0]) == ["指标名称", "方案", "编号", "目标值", "单位", "时限", "适用范围/原文", "提示"]
    assert [(row["编号"], row["目标值"], row["单位"], row["时限"]) for row in rows] == [
        (I1, "不低于 9000", "亿元", "2025"),
        (I2, "等于 1.2", "万亿元", "2025-12-31"),
        (I3, "不低于 380", "亿元", "2025"),
    ]
    assert [I2 in str(rows[0]["提示"]), I1 in str(rows[1]["提示"]), "不一致" in str(rows[2]["提示"])] == [
        True,
        True,
        False,
    ]
    assert str(rows[1]["适用范围/原文"]).startswith("云川省：")


def test_advice_is_a_finding_at_the_thing_that_it_concerns() -> None:
    found = {(one.finding.code, one.code or one.agency) for one in advise(PLANS, TASKS, TARGETS, NEAR, [RETIRED])}
    assert found == {
        ("agency_name_near", "省财政庁"),
        ("indicator_targets_differ", I1),
        ("indicator_targets_differ", I2),
        ("agencies_suggested", T3),
    }
    content = advised_table()
    assert "省财政厅" in str(cells(content, "单位", "省财政庁", "提示")[0])
    assert RETIRED.code in str(cells(content, "任务分解", T3, "提示")[0])
    assert I2 in str(cells(content, "指标", I1, "提示")[0])
    assert cells(content, "任务分解", T3, "牵头单位", "配合单位") == [None, None]


@pytest.mark.parametrize(("code", "confidence"), [(T1, "中"), (T2, "中"), (T3, "低")])
def test_confidence_of_each_task_is_shown(code: str, confidence: str) -> None:
    assert cells(advised_table(), "任务分解", code, "把握") == [confidence]


def test_what_is_only_shown_is_ignored_when_read_back() -> None:
    def change(clerk: Clerk) -> None:
        clerk.put("任务分解", T1, "把握", "高")
        clerk.put(SAME, I1, "目标值", "不低于 1")
        worksheet(clerk.workbook, "指标").title = "指标清单"  # must not make 同名指标 stand in for it

    content = edited(advised_table(), change)
    read_back = changes_of(content, indicators=TARGETS)
    assert [change for change in read_back.changes if change.subject != "单位"] == []
    assert codes(reading_of(content)) == []
    assert len(reading_of(content).indicators) == len(TARGETS)


def test_taking_the_offer_makes_one_agency_of_two() -> None:
    tasks = (replace(TASKS[0], supporting_agencies=("省财政庁",)), *TASKS[1:])
    content = write_review(PLANS, tasks, INDICATORS, NEAR, (), office=OFFICE, workspace_id=WORKSPACE)

    def take(clerk: Clerk) -> None:
        clerk.sheet("单位").delete_rows(clerk.row("单位", "省财政庁"))
        clerk.put("单位", "省财政厅", "简称/别名", "省财政庁")

    change = compare_review(reading_of(edited(content, take)), PLANS, tasks, INDICATORS, NEAR)
    assert change.findings == ()
    meant = change.directory.find("省财政庁")
    assert meant
    assert meant.name == "省财政厅"
    assert len(change.directory.agencies) == len(DIRECTORY.agencies)


def test_no_sheet_without_namesakes() -> None:
    assert read(plain_table()).sheet(SAME) is None


def test_level_is_the_clerks_to_change() -> None:
    change = changes_of(edited(plain_table(), lambda clerk: clerk.put("单位", "省科技厅", "层级", "省直部门")))
    found = change.directory.find("省科技厅")
    assert found
    assert found.level == "省直部门"


@pytest.mark.validator
def test_table_with_advice_is_valid() -> None:
    assert_valid_workbook(advised_table())
