"""Whatever the text: no error, nothing made up, and no expression that runs away."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.model.plan import Plan
from planbook.plans.characters import squeeze
from planbook.plans.document import Document, Table, TextLine
from planbook.plans.extraction import extract_plan
from tests.unit.plans.plan_text import codes

_WORDS = """
一、 （一） (1) 1. 2、 ① 第一章 第二条 专栏1 附件1 —— 总体要求 重点任务 保障措施 推进平台建设
责任单位： 牵头单位: （责任单位：省科技厅、财政厅） （省科技厅牵头，省财政厅配合） 市科技局 等部门
长株潭三市人民政府 各市州人民政府 到2025年 2023年12月底前完成 达到1200亿元 3—5家 % 翻一番
。 ， ； 、 ： （ ） “ ” 《 》 kaiyun 4、 IL 关于印发 的通知 行动计划
"""
PIECES = [*_WORDS.split(), " ", "\n", "- 3 -"]


def read_lines(text: str) -> Plan:
    return extract_plan(
        Document("x.txt", tuple(TextLine(line, at) for at, line in enumerate(text.split("\n"), 1) if line))
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_nothing_is_made_up(text: str) -> None:
    plan = read_lines(text)
    letters = set(squeeze(text)) | {"1"}  # IL stands for 11
    for task in plan.tasks:
        assert set(squeeze(task.title)) <= letters
        for name in (*task.lead_agencies, *task.supporting_agencies):
            assert set(squeeze(name)) <= letters | set("省市长沙株洲湘潭人民政府部门")
        assert not set(map(squeeze, task.lead_agencies)) & set(map(squeeze, task.supporting_agencies))
        assert bool(task.lead_agencies) == (task.lead_basis.value != "none")
    for indicator in plan.indicators:
        assert indicator.task is None or indicator.task < len(plan.tasks)
        assert all(digit in text for digit in re.findall(r"\d", indicator.quote))
    assert all(finding.message for finding in plan.findings)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(text: str) -> None:
    plan = read_lines(text)
    assert all(finding.message for finding in plan.findings)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "序号", "任务", "责任单位", "1", "推进工作", "省科技厅", "2023年", "合计", "一、推进\n二"]
            ),
            min_size=1,
            max_size=5,
        ),
        max_size=6,
    )
)
def test_any_table_at_all(rows: list[list[str]]) -> None:
    plan = extract_plan(Document("x", (Table(tuple(map(tuple, rows)), 1),)))
    assert all(task.title for task in plan.tasks)


# Each repeats what some rule looks for; a rule that backtracks or looks back over all of it would not return.
LONG_TEXTS = {
    "open brackets": "（" * 15_000,
    "brackets": "（" * 5_000 + "）" * 5_000,
    "open notes": "（责任单位：" * 3_000,
    "notes": "（省科技厅牵头）" * 2_000,
    "labels": "责任单位：\n" * 3_000,
    "label words": "牵头单位责任" * 3_000,
    "verbs": "牵头" * 10_000,
    "digits": "1" * 20_000,
    "numbers": "1、" * 10_000,
    "spaced numbers": "1. " * 10_000,
    "item numbers": "（一）" * 7_000,
    "ranges": "10-" * 7_000,
    "counts": "10家" * 7_000,
    "years": "到2025年" * 5_000,
    "deadlines": "2025年12月底前完成" * 2_000,
    "quotation marks": "“" * 20_000,
    "blanks": "推进 " * 10_000,
    "headings": "发展目标和" * 3_000,
    "titles": "关于印发" * 3_000 + "的通知",
    "latin words": "abc " * 7_000,
    "one sentence": "推动科技创新高质量发展，" * 2_000,
    "lines": "推动科技创新高质量发展，加快建设\n" * 2_000,
    "agencies": "责任单位：" + "省科技厅、" * 5_000,
    "conjunctions": "（责任单位：" + "和" * 10_000 + "）",
    "tags": "<p" * 7_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", LONG_TEXTS)
def test_long_text_is_read_in_bounded_time(name: str) -> None:
    plan = read_lines(LONG_TEXTS[name])
    assert len(plan.findings) > 0


def test_structureless_text_ends_in_a_finding() -> None:
    plan = read_lines("推动科技创新高质量发展，达到100家。\n" * 8_000)
    assert plan.tasks == ()
    assert plan.indicators == ()
    assert "no_structure" in codes(plan)
