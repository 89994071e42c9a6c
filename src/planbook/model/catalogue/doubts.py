"""Catalogue entries for doubts: what reports say against each other, against numbers, and against last time."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

_ASK = "请与相关单位核实"

ENTRIES: dict[str, Entry] = {
    "doubt_lead_done_support_not": Entry(
        Severity.WARNING, "牵头单位{lead}报告已完成，配合单位{support}却报告{said}", _ASK
    ),
    "doubt_support_done_lead_not": Entry(
        Severity.NOTE, "配合单位{support}报告已完成，牵头单位{lead}报告{said}", "请核对是否只是其分工部分完成"
    ),
    "doubt_percents_apart": Entry(
        Severity.WARNING, "牵头单位{lead}报告完成{percent}%，配合单位{support}报告{other}%，相差{gap}个百分点", _ASK
    ),
    "doubt_done_below_full": Entry(Severity.ERROR, "{agency}报告已完成，完成进度却是{percent}%", "请退回核实"),
    "doubt_full_not_done": Entry(Severity.NOTE, "{agency}完成进度已报100%，进展状态却是“{said}”", "请核对是否可以销号"),
    "doubt_started_not": Entry(Severity.WARNING, "{agency}报告未启动，完成进度却是{percent}%", _ASK),
    "doubt_on_schedule_behind": Entry(Severity.WARNING, "{agency}报告“{said}”，按{arithmetic}", "请以数字为准核实"),
    "doubt_done_below_target": Entry(
        Severity.WARNING,
        "{agency}报告任务已完成，所属指标 {indicator}“{name}”为{value}{unit}，目标{target}{unit}",
        "请核实后再销号",
    ),
    "doubt_progress_fell": Entry(
        Severity.WARNING, "{agency}完成进度由{previous}（{before}）降为{percent}，倒退{gap}个百分点", "请单位说明原因"
    ),
    "doubt_done_withdrawn": Entry(Severity.WARNING, "{agency}{before}报告已完成，本期又报“{said}”", "请单位说明原因"),
    "doubt_text_copied": Entry(Severity.WARNING, "{agency}本期进展与{before}一字不差", "请退回重报"),
    "doubt_text_shared": Entry(Severity.NOTE, "{agencies}报送的进展一字不差", "请核对是否互相抄送"),
    "doubt_indicator_fell": Entry(
        Severity.WARNING, "指标由{before}的{previous}{unit}变为{value}{unit}，与目标方向相反", "请核对口径并说明原因"
    ),
    "doubt_indicator_off_track": Entry(Severity.WARNING, "{arithmetic}", "请研究加力措施"),
    "doubt_indicator_values_differ": Entry(
        Severity.WARNING, "同一指标各单位报数不同：{values}", "请确定由哪个单位报送"
    ),
    "doubt_plans_values_differ": Entry(Severity.WARNING, "同一指标在几份方案里报数不同：{values}", "请统一口径"),
    "doubt_expected_after_deadline": Entry(
        Severity.WARNING,
        "{agency}预计{expected}完成，晚于时限{deadline}{days}天，没有批准延期",
        "请督促或按规定办理延期",
    ),
    "doubt_extension_asked": Entry(
        Severity.NOTE, "{agency}申请延期至{day}（现行时限{deadline}），还没有批复", "请研究办理"
    ),
    "doubt_expected_postponed": Entry(
        Severity.WARNING, "{agency}预计完成时间由{previous}推迟到{expected}，后移{days}天", "请单位说明原因"
    ),
    "doubt_extended_often": Entry(
        Severity.WARNING, "时限已延期{count}次，由{original}延到{approved}", "请研究是否调整任务"
    ),
    "doubt_silent_again": Entry(Severity.WARNING, "{agency}已连续{count}期没有报送", "请约谈或通报"),
}
