"""What a mail template may name: Chinese names, what each holds, and the values for one letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from planbook.model.dispatch import Escalation


class LetterKind(StrEnum):
    """The letters, each by the name of its template."""

    FORM = "分发"
    CORRECTION = "退改"
    DUE_SOON = "催报1_临近截止"
    OVERDUE = "催报2_逾期催报"
    LONG_OVERDUE = "催报3_再次催报"
    TO_LEADER = "催报4_抄送领导"

    @classmethod
    def chasing(cls, escalation: Escalation) -> "LetterKind":
        """Return the letter for a step of chasing; NONE has none."""
        return _CHASING[escalation]


_CHASING: Final = {
    Escalation.DUE_SOON: LetterKind.DUE_SOON,
    Escalation.OVERDUE: LetterKind.OVERDUE,
    Escalation.LONG_OVERDUE: LetterKind.LONG_OVERDUE,
    Escalation.TO_LEADER: LetterKind.TO_LEADER,
}

FIELD_MEANINGS: Final[Mapping[str, str]] = {
    "单位": "收件单位名称",
    "收件人": "单位名录里的联系人，可能为空",
    "期": "填报期，如“2024年第一季度”",
    "截止日期": "报送截止日，如“2024年4月10日”，可能为空",
    "剩余天数": "距截止日还有几天，已过为 0",
    "逾期天数": "超过截止日几天，未过为 0",
    "任务数": "清单里的任务数",
    "牵头数": "其中牵头的",
    "配合数": "其中配合的",
    "指标数": "清单里的指标数",
    "变化": "与上次相比的变化，一项一句，可能没有",
    "需改正": "回表有错、附的是退改单",
    "错误数": "需要改正的处数",
    "核对数": "需要核对的处数",
    "附件名": "附件文件名",
    "发文单位": "本单位名称",
    "联系人": "本单位联系人和电话，可能为空",
    "今天": "发信日期",
}


@dataclass(frozen=True, slots=True)
class LetterFields:
    """What one letter says; the attributes follow `FIELD_MEANINGS`."""

    agency: str
    agency_contact: str
    period: str
    due_on: date | None
    tasks: int
    lead_tasks: int
    support_tasks: int
    indicators: int
    changes: tuple[str, ...]
    needs_correction: bool
    errors: int
    doubts: int
    attachment: str
    office: str
    contact: str
    today: date

    def values(self) -> dict[str, str | int | bool | tuple[str, ...]]:
        """Return the values by their Chinese names: text, numbers and lists of text, nothing that can be called."""
        days = (self.today - self.due_on).days if self.due_on else 0
        return {
            "单位": self.agency,
            "收件人": self.agency_contact,
            "期": self.period,
            "截止日期": _chinese(self.due_on) if self.due_on else "",
            "剩余天数": max(0, -days),
            "逾期天数": max(0, days),
            "任务数": self.tasks,
            "牵头数": self.lead_tasks,
            "配合数": self.support_tasks,
            "指标数": self.indicators,
            "变化": self.changes,
            "需改正": self.needs_correction,
            "错误数": self.errors,
            "核对数": self.doubts,
            "附件名": self.attachment,
            "发文单位": self.office,
            "联系人": self.contact,
            "今天": _chinese(self.today),
        }


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
