"""Rows of a returned table that report on none of its tasks: totals, notes and signatures, or a task added by hand."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Field, SheetKind
from planbook.forms.parsed import cell_text, shown, squeeze
from planbook.forms.tables import FoundTable

_TOTAL: Final = re.compile(
    r"(?:本页|本单位|全部|各项|总体|任务|指标)?"
    r"(?:合计|小计|总计|共计|累计|汇总|总体|平均|均值|平均值|平均进度|总体进度|总进度|完成率|合计数)(?:[(:].*)?"
)
# 填报人：张三, 审核（签字）：, 注：…, ※ …, 2024年4月2日, （盖章）: what people write below a table.
_BESIDE: Final = re.compile(
    r"[㐀-鿿、/ ]{1,10}(?:\([^()]{1,8}\))?:.*|(?:注|备注|说明|附注)[一二三1-9]?[:.、 ].*|[※*★].+"
    r"|[12][0-9]{3}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|\(.{1,12}章\)|(?:以下)?空白",
    re.DOTALL,
)
_COLUMN_NUMBER: Final = re.compile(r"\(?[0-9]{1,2}\)?|[甲乙丙丁]|栏次|序号|行次")  # 1, 2, 3 … below the headers
_LONGEST_TOTAL: Final = 16


def report_unplaced(table: FoundTable, row: int, cells: Sequence[object], log: FindingLog) -> None:
    """Say what a row without a code and without a known title holds; nothing of it is taken."""
    known = {match.place: match.column for match in table.columns.matched}
    written = {
        place: text
        for place in range(1, len(cells) + 1)
        if (text := cell_text(table.sheet.value(row, place)))
        and not (place in known and known[place].field is Field.SEQUENCE and text.isdigit())
    }
    if not written:
        return
    title_field = Field.TASK_TITLE if table.layout.kind is SheetKind.TASKS else Field.INDICATOR_NAME
    if total := _total(written.values()):
        log.add("row_of_totals", table.location(row, title_field), text=shown(total))
    elif len(written) > 1 and all(_COLUMN_NUMBER.fullmatch(squeeze(text)) for text in written.values()):
        place, text = next(iter(written.items()))
        log.add("text_outside_rows", table.location_at(row, place), text=shown("、".join(written.values())))
    elif all(_BESIDE.fullmatch(squeeze(text)) for text in written.values()):
        for place, text in written.items():
            log.add("text_outside_rows", table.location_at(row, place), text=shown(text))
    elif any(not known[place].is_issued for place in written if place in known) or len(written) > 1:
        title = table.text(row, title_field) or "、".join(written.values())
        log.add("row_added", table.location(row, title_field), title=shown(title))
    else:
        place, text = next(iter(written.items()))
        log.add("text_outside_rows", table.location_at(row, place), text=shown(text))


def _total(texts: Collection[str]) -> str:
    """Return the word that makes a row one of totals, empty where there is none."""
    words = (text for text in texts if len(text) <= _LONGEST_TOTAL and _TOTAL.fullmatch(squeeze(text)))
    return next(words, "")
