"""Unit notes in every wording: who leads, who helps, on what ground, and what is left of the body."""

import pytest

from planbook.plans.responsibility import LeadStatement, assign_roles, find_lead_statement
from planbook.plans.unit_notes import cut_notes, find_unit_notes

# text → leads + supporting (basis); the body that remains is 推进平台建设。 in every case
NOTES = """
（责任单位：省科技厅、省财政厅） → 省科技厅 + 省财政厅 (presumed)
(责任单位：省科技厅) → 省科技厅 (presumed)
（牵头单位：省科技厅；配合单位：省财政厅、省教育厅） → 省科技厅 + 省财政厅、省教育厅 (explicit)
（牵头单位：省科技厅，配合单位：省财政厅） → 省科技厅 + 省财政厅 (explicit)
（牵头单位:省科技厅 配合单位:省财政厅） → 省科技厅 + 省财政厅 (explicit)
（牵头单位 省科技厅，配合单位 省财政厅） → 省科技厅 + 省财政厅 (explicit)
（牵头单位：省科技厅、省工信厅；责任单位：各市州人民政府） → 省科技厅、省工信厅 + 各市州人民政府 (explicit)
（主办：市科技局，协办：市财政局） → 市科技局 + 市财政局 (explicit)
（主责单位：市科技局；参与单位：市财政局） → 市科技局 + 市财政局 (explicit)
（第一责任单位：市科技局；其他责任单位：市财政局） → 市科技局 + 市财政局 (explicit)
（牵头考核单位：市科技局；责任单位：各区、县级市） → 市科技局 + 各区、县级市 (explicit)
（牵头：市科技局；配合：市财政局、市教育局） → 市科技局 + 市财政局、市教育局 (explicit)
（省科技厅牵头，省财政厅、省教育厅等配合） → 省科技厅 + 省财政厅、省教育厅 (explicit)
（由省科技厅牵头，会同省财政厅落实） → 省科技厅 + 省财政厅 (explicit)
（省科技厅、省发展改革委牵头；各市州人民政府） → 省科技厅、省发展改革委 + 各市州人民政府 (explicit)
（省科技厅牵头，省财政厅、各市州人民政府按职责分工负责） → 省科技厅 + 省财政厅、各市州人民政府 (explicit)
（由省科技厅负责） → 省科技厅 (presumed)
（省科技厅、省财政厅按职责分工负责） → 省科技厅 + 省财政厅 (presumed)
（省科技厅负责，省财政厅配合） → 省科技厅 + 省财政厅 (explicit)
（省科技厅会同省财政厅负责） → 省科技厅 + 省财政厅 (explicit)
（各区县人民政府负责，市科技局指导） → 各区县人民政府 + 市科技局 (presumed)
（指导单位：省科技厅；责任单位：市科技局、市财政局） → 市科技局 + 市财政局、省科技厅 (presumed)
（市科技局、市财政局） → 市科技局 + 市财政局 (presumed)
（工业和信息化部、公安部按职责分工负责） → 工业和信息化部 + 公安部 (presumed)
（省科技厅（牵头）、省财政厅、省教育厅（配合）） → 省科技厅 + 省财政厅、省教育厅 (explicit)
【责任单位：省科技厅，省财政厅】 → 省科技厅 + 省财政厅 (presumed)
【责任单位】省科技厅、省财政厅 → 省科技厅 + 省财政厅 (presumed)
〔牵头单位：省科技厅，配合单位：省财政厅〕 → 省科技厅 + 省财政厅 (explicit)
[省科技厅牵头负责，省财政厅参与] → 省科技厅 + 省财政厅 (explicit)
（责任单位：省科技厅、省财政厅 → 省科技厅 + 省财政厅 (presumed)
〈省科技厅牵头，省财政厅按职责分工负责〉 → 省科技厅 + 省财政厅 (explicit)
（市委督查室、市政府督查室） → 市委督查室 + 市政府督查室 (presumed)
（责任单位：市科技局、市财政局，排第一位的为牵头单位） → 市科技局 + 市财政局 (presumed)
——市委组织部（市委人才办）、市科技局 → 市委组织部（市委人才办） + 市科技局 (presumed)
责任单位：省科技厅、省财政厅。 → 省科技厅 + 省财政厅 (presumed)
由省科技厅牵头，省财政厅、省教育厅配合。 → 省科技厅 + 省财政厅、省教育厅 (explicit)
（牵头领导：张三；牵头单位：省科技厅；责任单位：省财政厅） → 省科技厅 + 省财政厅 (explicit)
（责任领导：李四；责任单位：省科技厅） → 省科技厅 (presumed)
（责任单位：市科技局；完成时限：2023年12月底） → 市科技局 (presumed)
（省科技厅牵头，2023年12月底前完成） → 省科技厅 (explicit)
（责任单位：市科技局；分值：3分） → 市科技局 (presumed)
（市科技局负责，市财政局配合，长期推进） → 市科技局 + 市财政局 (explicit)
（市生态环境局牵头，市发改委等参与，县（市、区）政府负责落实。） → 市生态环境局 + 市发改委、县（市、区）政府 (explicit)
（省科技厅牵头，省教育厅参与，以下均需各市人民政府落实，不再列出） → 省科技厅 + 省教育厅、各市人民政府 (explicit)
（市推进科技创新工作领导小组及成员单位） → 市推进科技创新工作领导小组及成员单位 (presumed)
"""

RUNNING_TEXT = """
组建创新联合体（由龙头企业牵头、高校院所参与），开展攻关。
由市科技局牵头制定管理办法，明确各方责任。
各级科技、发改、财政等部门要加强沟通，协调解决问题。
支持长沙银行（科技支行）做大科技信贷。
落实《科学技术进步法》（2021年修订），完善配套政策。
探索“政府引导、企业主体”的投入机制（政府主导、企业参与）。
培育总部企业（含牵头单位），形成示范。
省科技厅（省外国专家局）出台引才政策后组织实施。
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(left.strip(), right.strip()) for left, right in (line.split(" → ") for line in table.strip().splitlines())]


def assigned(text: str, statement: LeadStatement = LeadStatement()) -> tuple[str, str]:  # noqa: B008 - frozen value
    notes = find_unit_notes(text)
    roles = assign_roles(notes, statement)
    leads, supporting = "、".join(roles.leads), "、".join(roles.supporting)
    agencies = f"{leads} + {supporting}" if supporting else leads
    return f"{agencies} ({roles.basis.value})", cut_notes(text, notes)


@pytest.mark.parametrize(("note", "expected"), cases(NOTES))
def test_note_behind_the_text(note: str, expected: str) -> None:
    assert assigned(f"推进平台建设。{note}") == (expected, "推进平台建设。")


@pytest.mark.parametrize("text", RUNNING_TEXT.strip().splitlines())
def test_running_text_is_no_note(text: str) -> None:
    assert assigned(text) == (" (none)", text)


def test_note_before_the_text() -> None:
    assert assigned("（责任单位：市科技局）推进平台建设，落实政策。") == (
        "市科技局 (presumed)",
        "推进平台建设，落实政策。",
    )


def test_labels_on_lines_of_their_own() -> None:
    text = "推进平台建设。\n牵头单位：省科技厅\n配合单位：省财政厅、\n省教育厅\n完成时限：2023年12月"
    assert assigned(text) == ("省科技厅 + 省财政厅、省教育厅 (explicit)", "推进平台建设。")


def test_several_notes_are_joined_in_order_and_the_lead_is_not_repeated() -> None:
    text = "推进甲（市科技局牵头），推进乙（市工信局牵头，市科技局、市财政局配合）。"
    assert assigned(text) == ("市科技局、市工信局 + 市财政局 (explicit)", "推进甲，推进乙。")


@pytest.mark.parametrize(
    "statement",
    [
        "注：责任单位中列第一位的为牵头单位。",
        "排名第一的责任单位为牵头单位，其他为参与单位。",
        "各项任务列第一位者为牵头单位",
        "首位单位为牵头单位。",
        "责任单位排在首位的为牵头单位。",
    ],
)
def test_statement_makes_the_first_listed_lead(statement: str) -> None:
    found = find_lead_statement([statement])
    assert assigned("推进。（责任单位：省科技厅、省财政厅）", found)[0] == "省科技厅 + 省财政厅 (footnote)"


def test_statement_makes_the_marked_lead() -> None:
    found = find_lead_statement(["标★的为牵头单位。"])
    assert assigned("推进。（责任单位：省科技厅、★省财政厅）", found)[0] == "省财政厅 + 省科技厅 (footnote)"


def test_explicit_word_goes_before_the_statement() -> None:
    found = find_lead_statement(["列第一位的为牵头单位。"])
    assert assigned("推进。（省财政厅配合，省科技厅牵头）", found)[0] == "省科技厅 + 省财政厅 (explicit)"


@pytest.mark.parametrize("text", ["各牵头单位要抓好落实。", "第一季度由牵头单位报送。", "主办单位为市科技局。"])
def test_other_talk_of_leads_is_no_statement(text: str) -> None:
    assert find_lead_statement([text]) == LeadStatement()
