"""Progress that says nothing.

WHY: 正常推进 is the answer of someone who has nothing to say or has not asked; the bulletin can't be written from it.
"""

import re
from collections.abc import Iterator
from typing import Final

from planbook.forms.checks.context import CheckContext
from planbook.forms.layout import Field
from planbook.forms.parsed import shown
from planbook.model.findings import Finding

_PHRASES: Final = re.compile(
    r"按照?(?:时间节点|时序进度|序时进度|序时|时序|计划|要求|进度|期|时)|(?:正常|有序|稳步|持续|顺利|扎实|积极|全面|加快|深入|不断|正在|努力)"
    r"|(?:推进|开展|进行|实施|落实|完成|办理|跟进|研究|准备|筹备)(?:之?中)?|各项|相关|有关|该项|本项|此项|工作|任务|项目|进展|进度|情况"
    r"|目前|现已|已经|已|均|正|本期|本季度|本月|暂无|没有|无|良好|正常|顺利|基本|达到|符合|[的地得了]"
)


def check_empty_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where nothing is left of 本期进展情况 without stock phrases."""
    for read in context.reading.tasks:
        words = re.sub(r"[\W_]+", "", read.report.progress[:200])
        column = read.cells.layout.column(Field.PROGRESS)
        is_declined = column is not None and column.header in read.cells.blank
        if words and not is_declined and len(words) <= 60 and not _PHRASES.sub("", words):
            place = read.cells.location(Field.PROGRESS)
            yield Finding.of("progress_says_nothing", place, raw=shown(read.report.progress))
