"""Catalogue entries for issuing: tasks that reach nobody, names that the directory does not know."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

ENTRIES: dict[str, Entry] = {
    "task_without_agency": Entry(
        Severity.WARNING,
        "任务 {code}“{title}”没有责任单位，未下发",
        "请在任务分解表中补填牵头单位、配合单位后重新确认",
    ),
    "indicator_without_agency": Entry(
        Severity.NOTE,
        "指标 {code}“{name}”没有报送单位，未下发",
        "需要报送的，请在任务分解表“指标”页填写报送单位",
    ),
    "group_without_members": Entry(
        Severity.WARNING,
        "任务 {code}“{title}”的责任单位“{name}”是一组单位，还没有列明成员，未向其下发",
        "请在任务分解表“单位”页为成员单位填写单位组“{name}”",
    ),
    "agency_not_in_directory": Entry(
        Severity.WARNING,
        "任务 {code}“{title}”的责任单位“{name}”不在单位名录中，未向其下发",
        "请在任务分解表“单位”页加上这个单位或把它写成某单位的别名",
    ),
    "agency_names_merged": Entry(
        Severity.NOTE,
        "“{other}”与“{name}”按机构简称规则视为同一单位",
        "若是两个单位，请在任务分解表“单位”页分别列出",
    ),
    "agency_not_issued": Entry(
        Severity.WARNING,
        "“{name}”在本期没有要下发的任务",
        "请核对单位名称",
    ),
    "issued_form_altered": Entry(
        Severity.WARNING,
        "{path} 下发后被改动过，没有覆盖",
        "如需原样重新生成，请先把它移到别处",
    ),
    "issued_form_moved": Entry(
        Severity.WARNING,
        "{path} 下发后被改动过，已改名为 {aside} 保留，并写出新版责任清单",
        "请看看改动的内容是否有用",
    ),
    "ledger_kept_aside": Entry(Severity.NOTE, "更新前的总台账另存为 {name}", "核对后可以删除"),
    "tasks_at_rest": Entry(Severity.NOTE, "{count} 项任务已销号或暂缓，没有再下发"),
}
