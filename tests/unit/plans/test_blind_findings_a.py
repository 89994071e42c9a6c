"""Scans with stray blanks, names of web sites, and cooperatives among the agencies of a note."""

import pytest

from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.furniture import is_furniture
from tests.unit.plans.plan_text import agencies, outline, read

SCAN = """
东陵市城市更新行动方案
一、重点工作
（一）推进老旧小区 改造。聚焦水电气路等基础类改造，统筹推进加装电梯。（责任单 位：市住房城乡建设局、市财政局）
（二）保护历史建筑 划定保护范围，活化利用历史建筑，形成长效机制。（责任 单位：市文物局）
"""


def test_a_stray_blank_does_not_cut_a_heading_short() -> None:
    titles = [line.rsplit("|", 1)[1].replace(" ", "") for line in outline(read(SCAN))]
    assert titles == ["推进老旧小区改造", "保护历史建筑"]


def test_a_label_torn_by_a_blank_is_no_part_of_a_name() -> None:
    assert [agencies(task) for task in read(SCAN).tasks] == [
        "市住房城乡建设局 + 市财政局 (presumed)",
        "市文物局 (presumed)",
    ]


@pytest.mark.parametrize(
    ("label", "leads", "supporting"),
    [
        ("牵头单 位：市商务局；配 合单位：市财政局", ("市商务局",), ("市财政局",)),
        ("牵 头 单 位 ：市商务局；配合部 门：市财政局", ("市商务局",), ("市财政局",)),
    ],
)
def test_torn_labels_keep_their_roles(label: str, leads: tuple[str, ...], supporting: tuple[str, ...]) -> None:
    plan = read(f"东陵市消费促进行动方案\n一、主要任务\n（一）打造核心商圈。改造提升商圈，引进首店。（{label}）")
    assert [(task.lead_agencies, task.supporting_agencies) for task in plan.tasks] == [(leads, supporting)]


@pytest.mark.parametrize("name", ["市供销合作社", "省供销社", "县供销联社", "市供销合作联社"])
def test_supply_cooperatives_are_agencies(name: str) -> None:
    assert ends_as_agency(name)


def test_a_farmers_cooperative_is_none() -> None:
    assert not ends_as_agency("农民专业合作社")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("湖山区人民政府门户网站", True),
        ("湖山区发展改革局官网", True),
        ("办好政府门户网站，及时更新栏目。", False),
        ("（三）加强政府网站", False),
        ("湖山区人民政府", False),
    ],
)
def test_the_name_of_a_site_is_furniture(line: str, *, expected: bool) -> None:
    assert is_furniture(line) is expected


def test_the_name_of_a_site_is_no_issuer() -> None:
    plan = read("""
        湖山区人民政府门户网站
        湖山区人民政府办公室关于印发湖山区优化营商环境行动方案的通知
        湖山区优化营商环境行动方案
        一、主要任务
        （一）规范涉企执法。推行综合查一次。（责任单位：区司法局）
        """)
    assert plan.issuer == "湖山区人民政府办公室"
