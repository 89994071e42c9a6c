"""Lights (亮灯): how a task stands against time, by rules that an office may set, each with its arithmetic shown."""

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
class LightRules:
    """Thresholds of the light rules.

    Attributes:
        yellow_points_behind: Percentage points behind time-proportional progress from which a light is yellow.
        red_points_behind: Likewise red.
        blue_days_before: Days before the deadline from which an unfinished, otherwise green task turns blue.
    """

    yellow_points_behind: int = 10
    red_points_behind: int = 30
    blue_days_before: int = 15


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


def expected_percent(start: date, end: date, cut_off: date) -> Decimal:
    """Return time-proportional progress (序时进度) in percent, 0 to 100, counting whole days, both ends included."""
    if end < start or cut_off >= end:
        return Decimal(100)
    if cut_off < start:
        return Decimal(0)
    share = Decimal((cut_off - start).days + 1) * 100 / Decimal((end - start).days + 1)
    return share.quantize(Decimal("0.1"))


def read_light(
    *,
    status: Status | None,
    completion_percent: Decimal | None,
    is_reported: bool,
    start: date | None,
    deadline: date | None,
    end: date | None,
    cut_off: date,
    rules: LightRules,
    closure: Closure = NOT_CLOSED,
) -> LightReading:
    """Return the light of a task at `cut_off`.

    Args:
        status: 进展状态 as reported.
        completion_percent: 完成进度 as reported, 0 to 100.
        is_reported: A return with this task is in.
        start: From when progress counts (the plan's first day or its issue).
        deadline: The task's own 完成时限, if it has one.
        end: The plan's last day, used for time-proportional progress where the task has no deadline.
        cut_off: The day that the light holds for.
        rules: Thresholds.
        closure: What the office decided on it.
    """
    settled = _settled(closure, cut_off)
    if settled:
        return settled
    if not is_reported:
        return LightReading(Light.GREY, "本期未报送", cut_off)
    if status is Status.DONE and completion_percent in (None, Decimal(100)):
        return LightReading(Light.GREEN, "单位报告已完成，待核查销号", cut_off)
    if deadline and cut_off > deadline:
        days = (cut_off - deadline).days
        return LightReading(Light.RED, f"截至{cut_off}已超完成时限{deadline} {days}天，未报告完成", cut_off)
    until = deadline or end
    if start and until and completion_percent is not None:
        expected = expected_percent(start, until, cut_off)
        behind = expected - completion_percent
        ground = (
            f"序时进度{_plain(expected)}%（{start}至{until}，截至{cut_off}），"
            f"报告{_plain(completion_percent)}%，{'落后' if behind > 0 else '超前'}{_plain(abs(behind))}个百分点"
        )
        if behind >= rules.red_points_behind:
            return LightReading(Light.RED, ground, cut_off)
        if behind >= rules.yellow_points_behind:
            return LightReading(Light.YELLOW, ground, cut_off)
    else:
        ground = f"未定起止时间或未报进度，按填报状态“{status.value if status else '未填'}”判断"
        if status in (Status.NOT_STARTED, Status.BEHIND) or status is None:
            return LightReading(Light.YELLOW, ground, cut_off)
    if deadline and (deadline - cut_off).days <= rules.blue_days_before:
        days = (deadline - cut_off).days
        return LightReading(Light.BLUE, f"距完成时限{deadline}还有{days}天；{ground}", cut_off)
    return LightReading(Light.GREEN, ground, cut_off)


def _settled(closure: Closure, cut_off: date) -> LightReading | None:
    """Return the light of a task that is closed or rests: neither is measured against time any more."""
    if closure.decision is None or not closure.rests:
        return None
    day = closure.decision.decided_on
    if closure.is_settled:
        checker = f"，核查人{closure.decision.checker}" if closure.decision.checker else ""
        return LightReading(Light.GREEN, f"{day}已销号{checker}", cut_off)
    reason = f"（{closure.decision.reason}）" if closure.decision.reason else ""
    return LightReading(Light.WHITE, f"{day}起暂缓{reason}，不计时", cut_off)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
