"""Deadlines: a completion date stated of the task; nothing else that looks like a date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.plans.deadlines import find_deadline, parse_deadline_field
from tests.unit.plans.plan_text import codes, read

IN_TEXT = """
2023年12月底前完成改造。 → 2023-12-31
2023年12月31日前完成改造。 → 2023-12-31
2024年6月30日前投入使用。 → 2024-06-30
2024年2月底前建成。 → 2024-02-29
2023年底前完成改造。 → 2023-12-31
2023年年底前完成改造。 → 2023-12-31
2023年上半年完成招标。 → 2023-06-30
2023年三季度前完成招标。 → 2023-09-30
2023年第二季度末前完成招标。 → 2023-06-30
于2024年5月1日建成投用。 → 2024-05-01
2023年6月中旬前完成。 → 2023-06-20
2023年6月30日之前完成，2023年12月底以前投用。 → 2023-12-31
年底前完成改造。 → 2023-12-31
6月底前完成改造。 → 2023-06-30
10月20日前报送方案。 → 2023-10-20
今年年底前完成。 → 2023-12-31
2024年6月底前完成招标，12月底前建成。 → 2024-12-31
到2023年底前完成改造。 → 2023-12-31
到2025年，建成平台10个。 → None
到2025年，覆盖率达到80%。 → None
2025年覆盖率达到80%。 → None
每年12月底前报送总结。 → None
每月5日前报送进展。 → None
自2023年1月1日起实施。 → None
截至2023年6月底，已完成10个。 → None
对2022年1月1日前成立的企业给予支持。 → None
2020年底前已完成第一批。 → None
2025年前瞻布局未来产业。 → None
深化改革，持续推进。 → None
"""

IN_FIELDS = """
2023年12月底 → 2023-12-31
2023年12月 → 2023-12-31
2023年 → 2023-12-31
2023年底前 → 2023-12-31
2023年6月30日 → 2023-06-30
2023.6.30 → 2023-06-30
2023-06 → 2023-06-30
2023/6/30 → 2023-06-30
2021—2023年 → 2023-12-31
2021年3月至2023年6月 → 2023-06-30
12月底 → 2023-12-31
年底前 → 2023-12-31
长期坚持 → None
每年12月 → None
持续推进 → None
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [(left.strip(), right.strip()) for left, right in (line.split(" → ") for line in table.strip().splitlines())]


@pytest.mark.parametrize(("text", "day"), cases(IN_TEXT))
def test_date_in_the_text(text: str, day: str) -> None:
    assert str(find_deadline(text, "", 2023).day) == day


@pytest.mark.parametrize(("text", "day"), cases(IN_FIELDS))
def test_date_in_a_field_or_column(text: str, day: str) -> None:
    assert str(parse_deadline_field(text, 2023)) == day
    assert str(find_deadline("推进工作。", f"（责任单位：市科技局；完成时限：{text}）", 2023).day) == day


def test_date_within_a_note() -> None:
    assert find_deadline("推进工作。", "（市科技局牵头，2023年6月底前完成）", None).day == date(2023, 6, 30)


def test_date_without_a_year_needs_one() -> None:
    found = find_deadline("年底前完成改造。", "", None)
    assert (found.day, found.needs_year) == (None, True)


def test_plan_tells_the_year_and_what_it_cannot_tell_is_a_finding() -> None:
    item = "一、推进改造。年底前完成。（市住建局负责）\n二、推进。做好落实。（责任单位：市住建局；完成时限：长期坚持）"
    dated = read(f"云江市2022年改造工作方案\n{item}")
    assert [task.deadline for task in dated.tasks] == [date(2022, 12, 31), None]
    assert "deadline_ongoing" in codes(dated)
    undated = read(f"云江市改造工作方案\n{item}")
    assert undated.tasks[0].deadline is None
    assert "deadline_year_unknown" in codes(undated)


@given(st.dates(min_value=date(2021, 1, 1), max_value=date(2039, 12, 31)))
def test_full_dates_come_back(day: date) -> None:
    assert find_deadline(f"{day.year}年{day.month}月{day.day}日前完成。", "", 2021).day == day
    assert parse_deadline_field(f"{day.year}.{day.month}.{day.day}", None) == day


@given(st.text(alphabet="20231年12月底日前完成每到季度上下半末、，。；—-.至", max_size=60))
def test_nonsense_gives_no_error(text: str) -> None:
    found = find_deadline(text, text, 2023)
    assert found.day is None or 2000 <= found.day.year <= 2100
