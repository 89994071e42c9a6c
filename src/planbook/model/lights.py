"""Lights (亮灯): how a task stands against time, each with its arithmetic; the rules stand in `light_rules`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from planbook.model.decisions import NOT_CLOSED, Closure
from planbook.model.form import Status


class Light(StrEnum):
    """A task's light; GREY means that no return is in, WHITE that the office let the task rest (暂缓)."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    WHITE = "white"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _LABELS[self]


_LABELS: Final = {
    Light.GREEN: "绿灯",
    Light.BLUE: "蓝灯",
    Light.YELLOW: "黄灯",
    Light.RED: "红灯",
    Light.GREY: "灰灯",
    Light.WHITE: "白灯",
}


@dataclass(frozen=True, slots=True)
class LightReading:
    """A light with its ground.

    Attributes:
        light: The light.
        ground: The arithmetic in one Chinese sentence.
        cut_off: Day that it holds for.
        rule: The row of the rule table that gave it, in words; empty where no row did.
    """

    light: Light
    ground: str
    cut_off: date
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a light is read from.

    Attributes:
        status: 进展状态 as reported.
        completion_percent: 完成进度 as reported, 0 to 100.
        is_reported: A return with this task is in.
        start: From when progress counts: the plan's first day.
        deadline: The effective deadline, if the task has one.
        end: The plan's last day, used for time-proportional progress where the task has no deadline.
        cut_off: The day that the light holds for.
        closure: What the office decided on it.
        is_returned: The office sent this report back, and nothing newer came.
    """

    status: Status | None
    completion_percent: Decimal | None
    is_reported: bool
    start: date | None
    deadline: date | None
    end: date | None
    cut_off: date
    closure: Closure = NOT_CLOSED
    is_returned: bool = False


def expected_percent(start: date, end: date, cut_off: date) -> Decimal:
    """Return time-proportional progress (序时进度) in percent, 0 to 100, counting whole days, both ends included."""
    if end < start or cut_off >= end:
        return Decimal(100)
    if cut_off < start:
        return Decimal(0)
    share = Decimal((cut_off - start).days + 1) * 100 / Decimal((end - start).days + 1)
    return share.quantize(Decimal("0.1"))
