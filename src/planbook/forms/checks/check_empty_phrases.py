"""Progress that says nothing.

WHY: 正常推进 is the answer of someone who has nothing to say or has not asked; the bulletin can't be written from it.
Nor can it from 见附件: an attachment is read by nobody, and lost when the workbook is passed on.
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
    r"|(?:请|另|可|均)?(?:见|详见|参见|参阅|查阅|参考|附于?)"
    r"(?:附件|附表|附页|附后|后附|邮件|另附|另表|佐证|纸质|书面|材料|文件|报告|总结|清单|台账|件|表|中|[0-9一二三四五六七八九]{1,2})*"
    r"|附件|附后|后附|另附|另行?(?:报送|上报)|具体|详细|详情"
    r"|(?:与|较|同|和)?上(?:期|季度|季|月)(?:相同|一致|一样)?|(?:无|没有|未有|未)(?:新的?)?(?:变化|进展|变)|新进展"
    r"|目前|现已|已经|已|均|正|本期|本季度|本月|暂无|没有|无|良好|正常|顺利|基本|达到|符合|[的地得了]"
)

_NAMED: Final = re.compile("《[^《》]*》")


def check_empty_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding where nothing is left of 本期进展情况 without stock phrases."""
    for read in context.reading.tasks:
        words = re.sub(r"[\W_]+", "", _NAMED.sub("", read.report.progress[:200]))
        column = read.cells.layout.column(Field.PROGRESS)
        is_declined = column is not None and column.header in read.cells.blank
        if words and not is_declined and len(words) <= 60 and not _PHRASES.sub("", words):
            place = read.cells.location(Field.PROGRESS)
            yield Finding.of("progress_says_nothing", place, raw=shown(read.report.progress))
