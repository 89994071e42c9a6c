"""The [lights] section of `planbook.toml`: a preset, or the office's own rule table."""

from dataclasses import replace
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.model.form import Status
from planbook.model.light_rules import PRESETS, UNSTATED, Condition, LightRule, LightRules
from planbook.model.lights import Light
from planbook.workspace.settings_reader import SettingsReader

LIGHTS_TEMPLATE: Final = """\
[lights]
# 亮灯规则用哪一套：标准（落后序时进度 10 个百分点黄灯、30 个红灯）、从严（5、20）、宽松（20、40）。
preset = "标准"
# 天数按工作日算（国务院放假安排，时限逢休息日顺延；还没有公布安排的年份按周一至周五）；改为 false 按自然日。
working_days = true
# 自己定规则：去掉下面各行开头的“# ”，写了 rules 就不用上面那一套。
# 每行依次是灯、条件、数值；自上而下，第一条符合的生效，都不符合亮绿灯。没有报送的亮灰灯，销号、暂缓的不计时。
# rules = [
#     ["红灯", "超过时限天数", 1],
#     ["红灯", "落后序时百分点", 30],
#     ["黄灯", "落后序时百分点", 10],
#     ["黄灯", "核查退回"],
#     ["黄灯", "填报状态", "未启动、滞后序时、未填"],    # 只在没有进度数字或起止时间、算不出落后多少时
#     ["蓝灯", "距时限天数", 15],
# ]
"""

_LIGHTS: Final = {light.label: light for light in (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)}
_CONDITIONS: Final = {condition.value: condition for condition in Condition}
_STATED: Final = {*(status.value for status in Status), UNSTATED}
_THRESHOLDS: Final = (
    ("yellow_points_behind", Light.YELLOW, Condition.BEHIND, 100),
    ("red_points_behind", Light.RED, Condition.BEHIND, 100),
    ("blue_days_before", Light.BLUE, Condition.NEAR_DUE, 366),
)


def read_light_rules(reader: SettingsReader) -> LightRules:
    """Return the rule table.

    A file from before there were tables names three thresholds instead; they still hold.

    Raises:
        PlanbookError: A row cannot be understood; the message shows it.
    """
    preset = reader.text("lights", "preset", "标准")
    if preset not in PRESETS:
        known = "、".join(PRESETS)
        raise PlanbookError(f"设置文件 {reader.path} 中 preset 应为{known}之一，现为“{preset}”。")
    is_working = reader.yes_no("lights", "working_days", default=False)
    rows = reader.table("lights", "rules")
    if rows:
        return LightRules(tuple(_row(reader, row) for row in rows), is_working)
    return LightRules(_with_thresholds(reader, PRESETS[preset]), is_working)


def _with_thresholds(reader: SettingsReader, rows: tuple[LightRule, ...]) -> tuple[LightRule, ...]:
    for name, light, condition, highest in _THRESHOLDS:
        known = next((row.threshold for row in rows if (row.light, row.condition) == (light, condition)), 0)
        wanted = reader.number("lights", name, known, 0, highest)
        rows = tuple(
            replace(row, threshold=wanted) if (row.light, row.condition) == (light, condition) else row for row in rows
        )
    return rows


def _row(reader: SettingsReader, row: tuple[object, ...]) -> LightRule:
    name, asked, *more = (*row, "", "")[:4]
    light, condition = _LIGHTS.get(str(name).strip()), _CONDITIONS.get(str(asked).strip())
    value = more[0] if more else ""
    if light and condition is Condition.RETURNED:
        return LightRule(light, condition)
    if light and condition is Condition.STATUS:
        statuses = tuple(part.strip() for part in str(value).replace("，", "、").split("、") if part.strip())
        if statuses and set(statuses) <= _STATED:
            return LightRule(light, condition, statuses=statuses)
    elif light and condition and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3660:
        return LightRule(light, condition, value)
    shown = "、".join(str(part) for part in row)
    raise PlanbookError(
        f'设置文件 {reader.path} 的亮灯规则里有一行看不懂（{shown}），应写成 ["红灯", "落后序时百分点", 30] 的样子，'
        f"条件用{'、'.join(_CONDITIONS)}。"
    )
