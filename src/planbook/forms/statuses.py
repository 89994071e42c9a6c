"""进展状态 and the words that clerks use in its place; a word that is not in the table is asked about."""

import re
from collections.abc import Mapping
from itertools import product
from typing import Final

from planbook.forms.parsed import Parsed, blank, cell_text, is_blank_mark, refers_elsewhere, shown, squeeze, unread
from planbook.model.findings import Finding
from planbook.model.form import Status
from planbook.sheets.raw import CellValue

_MANNERS: Final = (
    *("正常", "有序", "稳步", "顺利", "稳步有序", "有序有力", "按计划", "按期", "按时间节点", "按节点"),
    *("按序时", "按时序", "按序时进度", "按时序进度", "按进度"),
)
_WORKS: Final = ("推进", "开展", "进行", "实施", "落实")
_SUBJECTS: Final = ("进展", "推进", "进度", "工作进展", "总体进展", "整体进展")
_LAGS: Final = (
    "滞后",
    "落后",
    "缓慢",
    "较慢",
    "偏慢",
    "略慢",
    "不快",
    "略滞后",
    "稍滞后",
    "较滞后",
    "略有滞后",
    "有所滞后",
)


def _each(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return every word that takes one piece of each part."""
    return tuple("".join(pieces) for pieces in product(*parts))


SYNONYMS: Final[Mapping[Status, tuple[str, ...]]] = {
    Status.NOT_STARTED: (
        *_each(
            ("未", "尚未", "暂未", "还未", "还没", "没有"), ("启动", "开展", "开始", "实施", "开工", "动工", "推进")
        ),
        *_each(("待", "未正式", "尚未正式"), ("启动", "开展", "实施", "开工")),
        *("未启动实施", "未开展工作", "尚未开展工作", "尚未启动实施", "未动"),
    ),
    Status.BEHIND: (
        *_each(
            ("滞后", "落后", "滞后于", "落后于", "低于", "慢", "慢于", "未达", "未达到"),
            ("序时", "序时进度", "时序进度"),
        ),
        *_each(("滞后", "落后", "滞后于", "落后于", "慢于"), ("计划", "计划进度", "时间进度")),
        *_each(("", "稍有", "略有", "有所", "轻微", "严重", "明显", "存在", "进度严重", "略", "已"), ("滞后",)),
        *_each(_SUBJECTS, _LAGS),
        *_each(("未按", "没有按"), ("序时", "序时进度", "计划", "计划进度", "期"), ("推进", "完成")),
        *("落后", "欠进度", "欠序时", "未达进度", "未达时序", "逾期未完成", "超期未完成", "到期未完成"),
    ),
    Status.ON_SCHEDULE: (
        *_each(("", "正", "正在"), _MANNERS, _WORKS, ("", "中", "之中")),
        *_each(_SUBJECTS, ("正常", "顺利", "有序", "平稳", "符合序时", "达到序时", "符合序时进度", "达到序时进度")),
        *_each(("达到", "达", "符合", "按", "已达到", "已达"), ("序时", "序时进度", "时序", "时序进度", "时间进度")),
        *(
            "达序时进度要求",
            "符合序时进度要求",
            "达到序时进度要求",
            "达进度",
            "序时推进",
            "序时推进中",
            "正常",
            "正常推进状态",
        ),
    ),
    Status.AHEAD: (
        *_each(("超", "超过", "快", "快于", "高于", "超前", "超前于", "领先", "领先于"), ("序时", "序时进度")),
        *_each(("超", "超过", "快于", "超前于", "领先于"), ("时序", "时序进度", "时间进度", "计划进度")),
        *_each(("进展", "推进", "进度"), ("超前", "超序时", "快于序时", "超过序时")),
        *("超前", "超前推进", "超进度", "提前推进", "超序时推进", "超序时进度推进"),
    ),
    Status.DONE: (
        *_each(("", "已", "均已"), ("全部", "全面", "圆满", "顺利", "如期", "按期", "按时", "提前"), ("完成", "办结")),
        *_each(("已", "均已", "已经", "现已", ""), ("完成", "办结", "完结", "办理完毕", "实施完毕")),
        *_each(("", "已", "已全部", "全部"), ("完成任务", "完成全部任务", "完成目标任务", "完成全部工作")),
        *_each(
            ("任务", "工作", "该任务", "该工作", "全部任务"), ("完成", "已完成", "已办结", "已全部完成", "全部完成")
        ),
        *("已落实到位", "已全部落实到位"),
    ),
}
"""Words taken for each status.

正在推进, 推进中, 积极推进, 进展良好 and 基本完成 are not among them: they don't say whether the schedule is kept or the
task done; nor 超额完成, which may be said of one quarter's share.
Words are compared whole, never in part or by likeness: 未达序时 differs from 达到序时 by one character.
"""

_STATUS_OF_WORD: Final[Mapping[str, Status]] = {
    word: status for status, words in SYNONYMS.items() for word in (status.value, *words)
}
_TRIMMINGS: Final = re.compile(r"^[√✓☑■●]?[(\[【①-⑤]?[0-9]{0,1}[.、)]?|[。.!;；,，、)\]】√✓☑]+$|[“”\"'「」]")


def parse_status(cell: CellValue) -> Parsed[Status]:
    """Return the status that a cell names; a synonym is noted."""
    raw = cell_text(cell)
    if is_blank_mark(raw):
        return blank(raw)
    if refers_elsewhere(raw):
        return unread(raw, "value_refers_elsewhere")
    status = _STATUS_OF_WORD.get(_TRIMMINGS.sub("", squeeze(raw[:40]))) if len(raw) <= 40 else None
    if status is None:
        return unread(raw, "status_unknown")
    if raw == status.value:
        return Parsed(status, raw)
    return Parsed(status, raw, (Finding.of("status_synonym", raw=shown(raw), status=status.value),))
