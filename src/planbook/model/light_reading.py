"""Reading a light: the office's decision, then silence, then a claim to be done, then the rule table row by row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from planbook.model.decisions import Closure
from planbook.model.form import Status
from planbook.model.light_rules import UNSTATED, Condition, LightRule, LightRules
from planbook.model.lights import Light, LightReading, Situation, expected_percent
from planbook.model.working_days import WorkCalendar


def read_light(at: Situation, rules: LightRules, calendar: WorkCalendar | None = None) -> LightReading:
    """Return the light of a task or of one agency's part in it.

    Args:
        at: The situation.
        rules: The rule table.
        calendar: Working days; without one, days are counted as they come, whatever the table says.
    """
    settled = _settled(at.closure, at.cut_off)
    if settled:
        return settled
    if not at.is_reported:
        return LightReading(Light.GREY, "本期未报送", at.cut_off)
    if at.status is Status.DONE and at.completion_percent in (None, Decimal(100)) and not at.is_returned:
        return LightReading(Light.GREEN, "单位报告已完成，待核查销号", at.cut_off)
    measured = _measure(at, calendar if rules.counts_working_days else None)
    for row in rules.rows:
        ground = _CONDITIONS[row.condition](row, at, measured)
        if ground is not None:
            return LightReading(row.light, ground, at.cut_off, str(row))
    return LightReading(Light.GREEN, measured.progress or measured.stated, at.cut_off)


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


@dataclass(frozen=True, slots=True)
class _Measured:
    """What can be reckoned of a situation.

    Attributes:
        behind: Points behind time-proportional progress, None where it cannot be reckoned.
        progress: That arithmetic in words, empty where there is none.
        stated: What was reported in its place.
        left: Days from the cut-off to the deadline, None without one; 0 on and after it.
        overdue: Days from the deadline to the cut-off; 0 on and before it.
        unit: What days are called.
        deadline: The deadline in words.
        remark: What is to be known about how days were counted, with the comma before it; may be empty.
    """

    behind: Decimal | None
    progress: str
    stated: str
    left: int | None
    overdue: int
    unit: str
    deadline: str
    remark: str


def _measure(at: Situation, calendar: WorkCalendar | None) -> _Measured:
    behind, progress = _progress(at)
    stated = f"未定起止时间或未报进度，按填报状态“{at.status.value if at.status else UNSTATED}”判断"
    if at.deadline is None:
        return _Measured(behind, progress, stated, None, 0, "", "", "")
    if calendar is None:
        days = (at.deadline - at.cut_off).days
        return _Measured(behind, progress, stated, max(days, 0), max(-days, 0), "天", f"完成时限{at.deadline}", "")
    due = calendar.roll(at.deadline)
    rolled = f"（逢休息日顺延至{due}）" if due != at.deadline else ""
    far = max(due, at.cut_off)
    remark = "" if calendar.is_arranged(far) else f"，{far.year}年放假安排未收录，按周一至周五计工作日"
    return _Measured(
        behind,
        progress,
        stated,
        calendar.count(at.cut_off, due),
        calendar.count(due, at.cut_off),
        "个工作日",
        f"完成时限{at.deadline}{rolled}",
        remark,
    )


def _progress(at: Situation) -> tuple[Decimal | None, str]:
    until = at.deadline or at.end
    if not at.start or not until or at.completion_percent is None:
        return None, ""
    expected = expected_percent(at.start, until, at.cut_off)
    behind = expected - at.completion_percent
    words = (
        f"序时进度{_plain(expected)}%（{at.start}至{until}，截至{at.cut_off}），"
        f"报告{_plain(at.completion_percent)}%，{'落后' if behind > 0 else '超前'}{_plain(abs(behind))}个百分点"
    )
    return behind, words


def _overdue(row: LightRule, at: Situation, measured: _Measured) -> str | None:
    if measured.overdue == 0 or measured.overdue < row.threshold:
        return None
    return f"截至{at.cut_off}已超{measured.deadline} {measured.overdue}{measured.unit}，未完成{measured.remark}"


def _behind(row: LightRule, _at: Situation, measured: _Measured) -> str | None:
    return measured.progress if measured.behind is not None and measured.behind >= row.threshold else None


def _near_due(row: LightRule, at: Situation, measured: _Measured) -> str | None:
    if measured.left is None or measured.overdue or measured.left > row.threshold:
        return None
    ground = measured.progress or measured.stated
    return f"截至{at.cut_off}距{measured.deadline}还有{measured.left}{measured.unit}{measured.remark}；{ground}"


def _returned(_row: LightRule, at: Situation, _measured: _Measured) -> str | None:
    if not at.is_returned or at.closure.decision is None:
        return None
    reason = f"（{at.closure.decision.reason}）" if at.closure.decision.reason else ""
    return f"{at.closure.decision.decided_on}核查退回{reason}，还没有重新报送"


def _status(row: LightRule, at: Situation, measured: _Measured) -> str | None:
    said = at.status.value if at.status else UNSTATED
    return measured.stated if measured.behind is None and said in row.statuses else None


_CONDITIONS: Final[Mapping[Condition, Callable[[LightRule, Situation, _Measured], str | None]]] = {
    Condition.OVERDUE: _overdue,
    Condition.BEHIND: _behind,
    Condition.NEAR_DUE: _near_due,
    Condition.RETURNED: _returned,
    Condition.STATUS: _status,
}


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
