"""Catalogue entries for the checks of a return: whether what it says makes sense."""

from typing import Final

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

CHECK_ENTRIES: Final[dict[str, Entry]] = {
    "required_missing": Entry(Severity.ERROR, "必填项“{column}”没有填", "请补填"),
    "required_declined": Entry(
        Severity.WARNING, "必填项“{column}”填的是“{raw}”，等于没有填", "请补填，确实没有的请说明"
    ),
    "done_below_100": Entry(Severity.ERROR, "进展状态为“已完成”，完成进度却是 {percent}%", "请改正其中一项"),
    "full_but_not_done": Entry(Severity.WARNING, "完成进度为 100%，进展状态却是“{status}”", "请核对是否已完成"),
    "not_started_with_progress": Entry(
        Severity.WARNING, "进展状态为“未启动”，完成进度却是 {percent}%", "请改正其中一项"
    ),
    "progress_fell": Entry(
        Severity.WARNING, "完成进度 {percent}% 低于上次报送的 {previous}%", "请核对，确有倒退请说明原因"
    ),
    "no_longer_done": Entry(Severity.WARNING, "上次报送为“已完成”，本期变为“{status}”", "请核对并说明原因"),
    "progress_copied": Entry(Severity.WARNING, "本期进展情况与上期一字不差", "请填写本期的新进展"),
    "progress_nearly_copied": Entry(
        Severity.WARNING, "本期进展情况与上期几乎相同（相似度 {likeness}%）", "请核对是否照抄上期"
    ),
    "progress_of_other_task": Entry(
        Severity.WARNING, "本期进展情况说的像是任务 {task_code}“{title}”，与本行任务没有相同的词", "请核对是否填错了行"
    ),
    "answers_of_other_tasks": Entry(
        Severity.ERROR,
        "{rows} 行的本期进展情况说的像是别的任务，像是填报栏与任务整块错位，这张表的填报内容没有采用",
        "请逐行对齐任务后重报",
    ),
    "answers_seem_moved": Entry(
        Severity.WARNING,
        "“{column}”栏有 {rows} 行与进展状态或上次报送对不上，换一个次序却都对得上，像是单列排序或错行",
        "请逐行核对这一栏与任务是否对应",
    ),
    "progress_says_nothing": Entry(Severity.WARNING, "本期进展情况只写了“{raw}”", "请写明做了什么、到了哪一步"),
    "answer_too_long": Entry(Severity.NOTE, "“{column}”有 {length} 字，超过 {limit} 字", "请精简"),
    "text_cut_off": Entry(Severity.WARNING, "“{column}”达到单元格的字数上限，末尾可能已被截断", "请精简后重填"),
    "reported_before_period": Entry(Severity.WARNING, "填报日期 {day} 早于本期开始日 {start}", "请核对是否沿用了旧表"),
    "reported_in_future": Entry(Severity.WARNING, "填报日期 {day} 晚于今天 {today}", "请核对日期"),
    "expected_day_passed": Entry(Severity.WARNING, "任务尚未完成，预计完成时间 {day} 却已经过去", "请填新的预计时间"),
    "expected_after_deadline": Entry(
        Severity.WARNING,
        "预计完成时间 {day} 晚于完成时限 {deadline}，又没有申请延期",
        "请申请延期并说明理由，或调整时间",
    ),
    "extension_of_done_task": Entry(Severity.WARNING, "任务已完成，却申请延期至 {day}", "请核对"),
    "extension_not_later": Entry(Severity.WARNING, "申请延期至 {day}，不晚于完成时限 {deadline}", "请核对日期"),
    "extension_day_passed": Entry(
        Severity.WARNING, "申请延期至 {day}，填报时这一天已经过去", "请填新的延期日期，已经完成的请改填“已完成”"
    ),
    "extension_without_reason": Entry(Severity.WARNING, "申请延期至 {day}，没有写理由", "请在“存在问题”中说明"),
    "reporter_implausible": Entry(Severity.WARNING, "填报人“{raw}”不像姓名", "请核对是否与电话填反"),
    "reporters_mixed": Entry(
        Severity.WARNING,
        "{names} 个填报人与 {phones} 个电话有 {pairs} 种搭配，像是其中一栏单独排过序",
        "请逐行核对填报人和电话",
    ),
    "done_below_target": Entry(
        Severity.WARNING,
        "任务 {task_code} 报告已完成，指标“{name}”为 {value}{unit}，未达到目标 {target}{unit}",
        "请核对任务状态或指标值",
    ),
    "indicator_out_of_proportion": Entry(
        Severity.WARNING, "{value}{unit} 与目标 {target}{unit} 相差悬殊，可能用错了计量单位", "请按计量单位核对"
    ),
    "check_failed": Entry(Severity.WARNING, "有一项核对（{name}）没有做成，其余不受影响", "请人工看一遍这份表"),
}
