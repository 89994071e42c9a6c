"""The [scores] section of `planbook.toml`: what agencies are scored by."""

from decimal import Decimal
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.model.scores import STANDARD_SCORES, ScoreKind, ScoreRow, ScoreRules
from planbook.workspace.settings_reader import SettingsReader

SCORES_TEMPLATE: Final = """\
[scores]
# 单位评分表，每行依次是项目、满分、每次扣分；不要的行可以删去，满分可以改。按类别（省直、市州、园区……）分别排名。
#   报送及时：每迟报一天（工作日或自然日，同 [lights]）扣几分，未报为 0 分。
#   填报完整：按应填的格填了多少折算。
#   退改情况：每退改一次扣几分，现行报送里每个错误扣一半。
#   工作进度：按牵头任务的灯折算，绿灯、蓝灯满分，黄灯一半，红灯、灰灯 0 分；没有牵头任务的看配合任务。
table = [
    ["报送及时", 30, 3],
    ["填报完整", 20],
    ["退改情况", 20, 4],
    ["工作进度", 30],
]
"""

_KINDS: Final = {kind.value: kind for kind in ScoreKind}
_MOST: Final = 1000
_BLANK: Final = ("", 0, 0)


def read_score_rules(reader: SettingsReader) -> ScoreRules:
    """Return the table that agencies are scored by.

    Raises:
        PlanbookError: A row cannot be understood; the message shows it.
    """
    rows = reader.table("scores", "table")
    return ScoreRules(tuple(_row(reader, row) for row in rows)) if rows else STANDARD_SCORES


def _row(reader: SettingsReader, row: tuple[object, ...]) -> ScoreRow:
    name, full, step = (*row, *_BLANK[len(row) :])[:3]
    kind = _KINDS.get(str(name).strip())
    if kind and _is_points(full) and _is_points(step):
        return ScoreRow(kind, Decimal(str(full)), Decimal(str(step)))
    shown = "、".join(str(part) for part in row)
    raise PlanbookError(
        f'设置文件 {reader.path} 的评分表里有一行看不懂（{shown}），应写成 ["报送及时", 30, 3] 的样子，'
        f"项目用{'、'.join(_KINDS)}。"
    )


def _is_points(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST
