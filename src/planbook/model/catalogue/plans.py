"""Catalogue entries for reading plan documents."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

ENTRIES: dict[str, Entry] = {
    "no_tasks_found": Entry(
        Severity.ERROR,
        "没有找到任务：文中没有编号的工作事项，也没有任务表",
        "请确认导入的是计划正文，必要时在任务分解表中手工添加任务",
    ),
    "no_structure": Entry(
        Severity.ERROR,
        "全文 {count} 字没有编号和标题，无法分解任务",
        "请确认文件内容，或先在 Word 中恢复标题编号后重新导入",
    ),
    "text_too_long": Entry(
        Severity.ERROR,
        "文件过长，末尾 {count} 字没有读取",
        "请拆分为几个文件后分别导入",
    ),
    "title_not_found": Entry(Severity.WARNING, "没有找到文件标题", "请在任务分解表中补填方案名称"),
    "agencies_not_stated": Entry(
        Severity.WARNING,
        "任务“{task}”原文没有写明责任单位（待明确）",
        "请在任务分解表中补填牵头单位、配合单位",
    ),
    "lead_presumed": Entry(
        Severity.NOTE,
        "任务“{task}”原文没有写明牵头单位，暂按排在首位的“{agency}”推定",
        "请核对，如不对请在任务分解表中改正",
    ),
    "agency_doubtful": Entry(
        Severity.WARNING,
        "任务“{task}”的单位名称需要核对：{agencies}",
        "请在任务分解表中改为规范名称",
    ),
    "agency_cut_off": Entry(
        Severity.WARNING,
        "任务“{task}”的单位名单在文末中断，残缺的“{text}”没有采用",
        "请对照完整文件补填",
    ),
    "note_covers_several": Entry(
        Severity.NOTE,
        "任务“{task}”的责任单位取自上级标题或同组末项的统一说明",
        "请核对该说明是否也管这一项",
    ),
    "document_truncated": Entry(
        Severity.WARNING,
        "文件在任务“{task}”处中断，后面的内容缺失",
        "请取得完整文件后重新导入",
    ),
    "headings_lost": Entry(
        Severity.WARNING,
        "编号多次从 1 重新开始，各部分的标题可能已丢失，任务所属章节留空",
        "请对照原文在任务分解表中补填所属章节",
    ),
    "items_by_notes": Entry(
        Severity.WARNING,
        "这里的任务没有可辨认的编号，按每处责任单位说明为一项任务的结尾分开",
        "请对照原文核对任务的起止，分错的在任务分解表中拆分或合并",
    ),
    "numbering_irregular": Entry(
        Severity.NOTE,
        "编号不连续：{before} 之后是 {number}，按原文保留",
        "请核对是否漏项或编号有误",
    ),
    "spam_removed": Entry(Severity.NOTE, "删去了夹在句中的广告词 {count} 处：{words}"),
    "deadline_ongoing": Entry(Severity.NOTE, "任务“{task}”为长期或每年的工作，完成时限留空"),
    "deadline_year_unknown": Entry(
        Severity.WARNING,
        "任务“{task}”的完成时限没有写年份，文件中也看不出是哪一年",
        "请在任务分解表中补填完成时限",
    ),
    "indicator_doubtful": Entry(
        Severity.WARNING,
        "指标需要核对：“{quote}”",
        "请在任务分解表中核对名称和数值",
    ),
    "target_without_number": Entry(
        Severity.NOTE,
        "“{quote}”没有数值，未列为指标",
        "如需跟踪请在任务分解表中补填指标",
    ),
}
