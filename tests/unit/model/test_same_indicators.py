from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.model.ledger import LedgerIndicator, LedgerPlan
from planbook.model.plan import Operator
from planbook.model.same_indicators import area_of, compare_same_indicators, indicator_key, to_base_unit

_PLAN = LedgerPlan(1, "云川省科技计划", None, None, None, None, None, "a.docx", "1")
PLANS = {
    1: _PLAN,
    2: replace(_PLAN, sequence=2, title="青城市科技计划"),
    3: replace(_PLAN, sequence=3, title="科技成果转化方案", issuer="云川省人民政府"),
    4: replace(_PLAN, sequence=4, title="加快协同创新行动方案"),
    5: replace(_PLAN, sequence=5, title="关于创新的意见"),
}


def indicator(row: str) -> LedgerIndicator:
    """`plan name target unit due`, `-` for no due day."""
    plan, name, value, unit, by = row.split()
    low, _, high = value.partition("–")
    return LedgerIndicator(
        row, int(plan), 1, None, name, Operator.AT_LEAST, Decimal(low), Decimal(high) if high else None,
        "" if unit == "-" else unit, None if by == "-" else by, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "differing"),
    [
        (["1 技术合同成交额 1200 亿元 2025", "3 技术合同成交额 1000 亿元 2025"], 2),
        (["1 技术合同成交额 1.2 万亿元 2025", "3 全省技术合同成交总额 12000 亿元 2025-12-31"], 0),
        (["1 高新技术企业数量 1.5 万家 2025", "3 高新技术企业 14000 家 2025"], 2),
        (["1 平台 6–8 家 2025", "3 平台 6 家 2025"], 2),
        (["1 平台 6 家 2025", "3 平台 6 家 2025", "3 平台 7 家 2025"], 3),
        (["1 平台 6 家 2024", "3 平台 8 家 2025"], 0),
        (["1 平台 6 家 2025-06-30", "3 平台 8 家 2025"], 0),
        (["1 平台 6 家 -", "3 平台 8 家 -"], 0),
        (["1 技术合同成交额 12 % 2025", "3 技术合同成交额 1000 亿元 2025"], 0),
        (["1 技术合同成交额 1200 亿元 2025", "2 技术合同成交额 380 亿元 2025"], 0),
        (["4 平台 6 家 2025", "5 平台 8 家 2025"], 0),
    ],
)
def test_only_targets_for_one_place_unit_and_day_contradict(rows: list[str], differing: int) -> None:
    (group,) = compare_same_indicators([indicator(row) for row in rows], PLANS)
    assert [one.indicator.code for one in group] == rows
    assert sum(1 for one in group if one.differs_from) == differing


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        (["1 平台 6 家 2024", "1 平台 8 家 2025"], 0),
        (["1 平台 6 家 2025", "1 平台 8 家 2025"], 1),
        (["4 平台 6 家 2025", "4 平台 8 家 2025"], 1),
        (["1 新增平台 6 家 2025", "2 平台 8 家 2025"], 0),
        (["1 平台 6 家 2025"], 0),
        ([], 0),
    ],
)
def test_listed_is_what_several_plans_have_or_one_says_twice(rows: list[str], groups: int) -> None:
    assert len(compare_same_indicators([indicator(row) for row in rows], PLANS)) == groups


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高新技术企业数量", "高新技术企业"),
        ("全社会研发经费投入强度", "研发投入强度"),
        ("研发投入占地区生产总值比重", "研发投入占GDP的比重"),
        ("研究与试验发展（R&D）投入强度", "研发投入强度"),
        ("技术合同 成交额", "全省技术合同成交总额"),
    ],
)
def test_one_indicator_in_two_wordings(one: str, other: str) -> None:
    assert indicator_key(one) == indicator_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新增高新技术企业", "高新技术企业"),
        ("技术合同成交额", "技术合同成交额增速"),
        ("函数", "函"),
        ("专利授权量", "专利申请量"),
    ],
)
def test_different_indicators_stay_apart(one: str, other: str) -> None:
    assert indicator_key(one) != indicator_key(other)


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        ("1.2", "万亿元", ("1200000000000", "元")),
        ("380", "亿元人民币", ("38000000000", "元")),
        ("1.5", "万家", ("15000", "家")),
        ("2", "个百分点", ("2", "个百分点")),
        ("3", "百分点", ("3", "百分点")),
        ("5", "千瓦时", ("5", "千瓦时")),
        ("2.9", "％", ("2.9", "%")),
        ("7", "", ("7", "")),
    ],
)
def test_base_unit(value: str, unit: str, base: tuple[str, str]) -> None:
    assert to_base_unit(Decimal(value), unit) == (Decimal(base[0]), base[1])


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["", "元", "家"]))
def test_ten_thousand_of_a_unit_is_that_many(value: Decimal, unit: str) -> None:
    assert to_base_unit(value, "万" + unit) == to_base_unit(value * 10_000, unit)


@pytest.mark.parametrize(
    ("title", "issuer", "area"),
    [
        ("云川省科技创新行动计划", None, "云川省"),
        ("湖南省长沙市实施方案", None, "湖南省长沙市"),
        ("长沙市岳麓区行动计划", None, "长沙市岳麓区"),
        ("湘西土家族苗族自治州方案", None, "湘西土家族苗族自治州"),
        ("湖南省城市更新行动方案", None, "湖南省"),
        ("关于加快创新的意见", "长沙市委、长沙市人民政府", "长沙市"),
        ("关于加快创新的意见", None, ""),
    ],
)
def test_area_of_a_plan(title: str, issuer: str | None, area: str) -> None:
    assert area_of(replace(_PLAN, title=title, issuer=issuer)) == area
