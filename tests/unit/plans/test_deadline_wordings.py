"""Deadlines: which dates of a task's text and notes are its completion, and which are not."""

import pytest

from planbook.plans.deadlines import find_deadline

STATED = [
    ("2023年12月底前完成改造。", "", "2023-12-31"),
    ("年底前建成3个示范点。", "", "2023-12-31"),
    ("2024年上半年完成主体工程。", "", "2024-06-30"),
    ("2023年6月底前出台方案，2024年底前全面完成。", "", "2024-12-31"),
    ("推进建设。", "（市教育局牵头，9月底前完成）", "2023-09-30"),
    ("推进建设。", "完成时限：2024年第三季度", "2024-09-30"),
    ("推进建设。", "完成时限：2023—2025年", "2025-12-31"),
    ("推进建设。", "完成时限：2024.6.30", "2024-06-30"),  # not the end of 2024
    ("推进建设。", "办结时限：2024-03", "2024-03-31"),
]
NOT_STATED = [
    ("到2025年，覆盖率达到90%。", "", False),
    ("每年开展一次评估。", "", False),
    ("截至2022年底前，已建成5个。", "", False),
    ("推进建设。", "（责任单位：市教育局；完成时限：长期坚持）", True),
    ("推进建设。", "（市教育局牵头，持续推进）", True),
]


@pytest.mark.parametrize(("text", "note", "day"), STATED)
def test_stated(text: str, note: str, day: str) -> None:
    assert str(find_deadline(text, note, 2023).day) == day


@pytest.mark.parametrize(("text", "note", "is_ongoing"), NOT_STATED)
def test_not_stated(text: str, note: str, is_ongoing: bool) -> None:
    deadline = find_deadline(text, note, 2023)
    assert (deadline.day, deadline.is_ongoing) == (None, is_ongoing)
