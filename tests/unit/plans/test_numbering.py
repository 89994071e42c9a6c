"""Item numbers and numerals: what they look like in print and after scanning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.plans.characters import fold, narrow
from planbook.plans.numbering import Style, match_marker
from planbook.plans.numbers import parse_chinese, parse_digits, parse_misread_ordinal, parse_ordinal
from planbook.plans.quantities import Measure, find_quantities

MARKERS = """
一、总体要求 → HAN 1 一
十二、保障措施 → HAN 12 十二
一 、总体要求 → HAN 1 一
—、总体要求 → HAN 1 一
（一）实施行动 → HAN_PAREN 1 (一)
( 二 )实施行动 → HAN_PAREN 2 (二)
（-）实施行动 → HAN_PAREN 1 (一)
【三】实施行动 → HAN_PAREN 3 (三)
㈣实施行动 → HAN_PAREN 4 (四)
1.建设平台 → ARABIC 1 1
1 ．建设平台 → ARABIC 1 1
10、建设平台 → ARABIC 10 10
2﹒建设平台 → ARABIC 2 2
⒊建设平台 → ARABIC 3 3
3、5G应用 → ARABIC 3 3
（1）工程机械 → ARABIC_PAREN 1 (1)
⑵工程机械 → ARABIC_PAREN 2 (2)
1）工程机械 → HALF_PAREN 1 1)
①开展审核 → CIRCLED 1 ①
第一章 总则 → CHAPTER 1 第一章
第十二节 人才 → SECTION 12 第十二节
第 三 条 支持 → ARTICLE 3 第三条
第二部分 任务 → PART 2 第二部分
2.1 道路建设 → DOTTED 1 2.1
任务一：打造街区 → WORDED 1 任务一
专栏3 重点工程 → BOX 3 专栏3
"""

NO_MARKERS = [
    "2023年工作",
    "3.5亿元投资",
    "一是加强领导",
    "一、二、三产业融合",
    "第一条款",
    "总体要求",
    "（责任单位：市科技局）",
    "",
]


@pytest.mark.parametrize(("text", "expected"), [line.split(" → ") for line in MARKERS.strip().splitlines()])
def test_marker(text: str, expected: str) -> None:
    marker = match_marker(fold(narrow(text)))
    assert marker is not None
    assert f"{marker.style.name} {marker.ordinal} {marker.printed}" == expected
    assert not marker.is_uncertain


@pytest.mark.parametrize("text", NO_MARKERS)
def test_no_marker(text: str) -> None:
    marker = match_marker(fold(text))
    assert marker is None or marker.is_uncertain


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("IL前瞻布局", Style.ARABIC, 11),
        ("I0.培育产业", Style.ARABIC, 10),
        ("3 建设平台", Style.ARABIC, 3),
        ("二）建设", Style.HAN_PAREN, 2),
    ],
)
def test_marker_that_needs_its_neighbours(text: str, style: Style, ordinal: int) -> None:
    marker = match_marker(fold(text))
    assert marker is not None
    assert (marker.style, marker.ordinal, marker.is_uncertain) == (style, ordinal, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十一", 21),
        ("百", 100),
        ("一百零五", 105),
        ("三千五百", 3500),
        ("万", 10_000),
        ("二〇二五", 2025),
        ("两", 2),
    ],
)
def test_chinese_numeral(text: str, value: int) -> None:
    assert parse_chinese(text) == value


@pytest.mark.parametrize("text", ["", "甲", "十a"])
def test_no_chinese_numeral(text: str) -> None:
    assert parse_chinese(text) is None
    assert parse_ordinal(text) is None


def test_misread_letters_are_digits() -> None:
    assert parse_misread_ordinal("IL") == 11
    assert parse_misread_ordinal("lO") == 10
    assert parse_misread_ordinal("ab") is None


def test_separators_within_a_number() -> None:
    assert str(parse_digits("1,200.5")) == "1200.5"
    assert parse_digits("12a") is None


@given(st.integers(min_value=1, max_value=99))
def test_every_ordinal_comes_back(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    text = (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")
    assert parse_chinese(text) == number


QUANTITIES = """
达到1,200亿元 → 1200亿元 MONEY
达到1.2万亿元 → 1.2万亿元 MONEY
提高2个百分点 → 2个百分点 SHARE
下降3.5‰ → 3.5‰ SHARE
超过3万家 → 3万家 COUNT
新增10万人次 → 10万人次 COUNT
人才总量达到350万 → 350万 BARE
浓度35微克/立方米 → 35微克/立方米 PHYSICAL
价格5元/吨 → 5元/吨 MONEY
缩短至5个工作日 → 5个工作日 TIME
100余家企业 → 100家 COUNT
"""


@pytest.mark.parametrize(("text", "expected"), [line.split(" → ") for line in QUANTITIES.strip().splitlines()])
def test_quantity(text: str, expected: str) -> None:
    quantity = find_quantities(fold(text))[0]
    assert f"{quantity.value:f}{quantity.unit} {quantity.measure.name}" == expected
    assert isinstance(quantity.measure, Measure)
