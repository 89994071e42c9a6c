"""Targets in the wordings that plans use: value and unit of each, and numbers that are none."""

import pytest

from planbook.plans.indicators import Passage, find_indicators

IN_AIMS = [
    ("数字经济核心产业增加值占地区生产总值比重达到10%。", "10%"),
    ("全员劳动生产率提高到20万元/人，万人发明专利拥有量力争达到12件。", "20万元/人 12件"),
    ("进出口总额突破1万亿元大关，实际使用外资超过100亿美元。", "1万亿元 100亿美元"),
    ("PM2.5平均浓度降至30微克/立方米，优良天数比率不低于85.5%。", "30微克/立方米 85.5%"),
    ("农村宽带用户平均下载速率超过200兆比特每秒。", "200兆比特每秒"),
    ("煤电机组供电煤耗降至300克标准煤/千瓦时以下。", "300克标准煤/千瓦时"),
    ("培育单项冠军企业6-8家、示范基地1—2个。", "6-8家 1-2个"),
    ("技术合同成交额实现翻番。", "2倍"),
]
IN_TASKS = [
    ("新建数据中心PUE控制在1.2以内。", "1.2"),
    ("年节约能源30万吨标准煤。", "30万吨标准煤"),
    ("腾退岸线18.6公里，复绿面积1500亩。", "18.6公里 1500亩"),
    ("改造老旧小区45个，惠及居民1.1万户，活化利用历史建筑5处。", "45个 1.1万户 5处"),
    ("新建高标准农田12万亩，其中高效节水灌溉面积1.5万亩。", "12万亩 1.5万亩"),
    ("加装电梯400部，审批环节精简至3个以内。", "400部 3个"),
    ("森林覆盖率由45%提高到48%。", "48%"),
    ("引导基金总规模达到50亿元，撬动社会资本超200亿元。", "50亿元 200亿元"),
    ("实现县域医共体建设100%全覆盖。", "100%"),
]
NO_TARGETS = [
    "落实《关于加快发展的若干意见》（云政发〔2021〕15号）要求，推进“4+4科创工程”。",
    "2021年，全县已建成养老机构23家，床位4500张。",
    "对首次认定的企业给予20万元奖励，对租金按50%补贴。",
    "实现企业开办4个环节一次办结。",
    "全面消除56人以上大班额。",
    "接报后30分钟内到达现场，打造“一刻钟”便民生活圈。",
    "该区域占地1500亩，涉及企业35家。",
]


@pytest.mark.parametrize(("text", "values"), IN_AIMS)
def test_in_aims(text: str, values: str) -> None:
    assert _values(Passage(text, None, in_aims=True, earliest=2023)) == values


@pytest.mark.parametrize(("text", "values"), IN_TASKS)
def test_in_tasks(text: str, values: str) -> None:
    assert _values(Passage(text, 0, earliest=2023)) == values


@pytest.mark.parametrize("text", NO_TARGETS)
def test_no_targets(text: str) -> None:
    assert _values(Passage(text, 0, earliest=2023)) == ""


def _values(passage: Passage) -> str:
    ranges = ((each, f"-{each.value_max}" if each.value_max else "") for each in find_indicators(passage))
    return " ".join(f"{each.value}{upper}{each.unit}" for each, upper in ranges)
