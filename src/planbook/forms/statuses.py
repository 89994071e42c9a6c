"""进展状态 and the words that clerks use in its place; a word that is not in the table is asked about."""

import re
from collections.abc import Mapping
from typing import Final

from planbook.forms.parsed import Parsed, blank, cell_text, is_blank_mark, refers_elsewhere, shown, squeeze, unread
from planbook.model.findings import Finding
from planbook.model.form import Status
from planbook.sheets.raw import CellValue

SYNONYMS: Final[Mapping[Status, tuple[str, ...]]] = {
    Status.NOT_STARTED: (
        *(
            "未开展",
            "未开始",
            "尚未启动",
            "尚未开展",
            "尚未开始",
            "没有启动",
            "暂未启动",
            "暂未开展",
            "待启动",
            "未开工",
            "未实施",
        ),
    ),
    Status.BEHIND: (
        *(
            "滞后",
            "滞后序时进度",
            "滞后于序时进度",
            "落后序时",
            "落后序时进度",
            "落后于序时进度",
            "低于序时",
            "低于序时进度",
        ),
        *(
            "慢序时",
            "慢序时进度",
            "慢于序时",
            "慢于序时进度",
            "未达序时",
            "未达序时进度",
            "未达到序时",
            "未达到序时进度",
        ),
        *(
            "未按序时推进",
            "进展滞后",
            "进度滞后",
            "推进滞后",
            "欠进度",
            "欠序时",
            "进展缓慢",
            "推进缓慢",
            "进度缓慢",
            "落后",
        ),
    ),
    Status.ON_SCHEDULE: (
        *(
            "达到序时进度",
            "达序时",
            "达序时进度",
            "符合序时",
            "符合序时进度",
            "按序时",
            "按序时进度",
            "按序时推进",
            "达进度",
        ),
        *(
            "按序时进度推进",
            "序时推进",
            "正常推进",
            "正常",
            "正常进行",
            "正常开展",
            "有序推进",
            "有序开展",
            "按计划推进",
        ),
        *(
            "按计划进行",
            "按计划实施",
            "按期推进",
            "按时序推进",
            "按时序进度推进",
            "达到时序",
            "达到时序进度",
            "进展正常",
        ),
        *("推进正常", "进度正常", "正按序时推进", "正在有序推进", "正在按序时推进", "稳步推进", "顺利推进"),
    ),
    Status.AHEAD: (
        *(
            "超序时进度",
            "超过序时",
            "超过序时进度",
            "超前",
            "超前序时",
            "超前序时进度",
            "超前推进",
            "超进度",
            "快于序时",
        ),
        *("快于序时进度", "快序时", "提前推进", "超时序", "超时序进度", "高于序时", "高于序时进度"),
    ),
    Status.DONE: (
        *("完成", "办结", "已办结", "已经完成", "全部完成", "已全部完成", "提前完成", "已提前完成", "完结", "已完结"),
        *(
            "按期完成",
            "按时完成",
            "已按期完成",
            "已按时完成",
            "完成任务",
            "任务完成",
            "任务已完成",
            "已落实到位",
            "已完成任务",
        ),
    ),
}
"""Words taken for each status.

正在推进, 推进中 and 基本完成 are not among them: they don't say whether the schedule is kept or the task done.
Words are compared whole, never in part or by likeness: 未达序时 differs from 达到序时 by one character.
"""

_STATUS_OF_WORD: Final[Mapping[str, Status]] = {
    word: status for status, words in SYNONYMS.items() for word in (status.value, *words)
}
_TRIMMINGS: Final = re.compile(r"^[(\[【①-⑤]?[0-9]{0,1}[.、)]?|[。.!;；,，)\]】√✓☑]+$|[“”\"'「」]")


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
