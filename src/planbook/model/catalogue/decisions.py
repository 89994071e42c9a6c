"""Catalogue entries for the office's decisions that cannot be taken, or that want a second look."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

ENTRIES: dict[str, Entry] = {
    "decision_task_unknown": Entry(Severity.ERROR, "台账里没有编号为 {task} 的任务，没有办理{kind}", "请核对任务编号"),
    "decision_task_retired": Entry(
        Severity.ERROR, "任务 {task}“{title}”已从任务分解表中删除，没有办理{kind}", "请核对任务编号"
    ),
    "decision_on_closed_task": Entry(
        Severity.ERROR,
        "任务 {task}“{title}”已于{day}销号，没有办理{kind}",
        "确需变动的请先用“重开”撤销销号",
    ),
    "decision_on_suspended_task": Entry(
        Severity.ERROR, "任务 {task}“{title}”自{day}起暂缓，没有办理{kind}", "请先办理“恢复”"
    ),
    "decision_nothing_to_reopen": Entry(Severity.ERROR, "任务 {task}“{title}”没有销号，用不着重开", "请核对任务编号"),
    "decision_nothing_to_resume": Entry(Severity.ERROR, "任务 {task}“{title}”没有暂缓，用不着恢复", "请核对任务编号"),
    "decision_nothing_to_return": Entry(
        Severity.ERROR, "任务 {task}“{title}”还没有{agency}的进展，无从退回", "请核对任务编号和单位"
    ),
    "extension_without_day": Entry(Severity.ERROR, "任务 {task}“{title}”延期没有写延到哪一天", "请填写新的完成时限"),
    "extension_not_beyond": Entry(
        Severity.ERROR,
        "任务 {task}“{title}”现行时限是 {deadline}，延期至 {day} 不晚于它",
        "请核对日期",
    ),
    "extension_asked_late": Entry(
        Severity.ERROR,
        "任务 {task}“{title}”的时限 {deadline} 已过，延期应在到期前申请，申请日是 {asked}",
        "确在到期前申请的请写明申请日",
    ),
    "extension_asked_in_future": Entry(
        Severity.ERROR, "任务 {task}“{title}”的延期申请日 {asked} 还没有到", "请核对日期"
    ),
    "reassignment_without_agency": Entry(
        Severity.ERROR, "任务 {task}“{title}”转办没有写转给哪个单位", "请填写接办单位"
    ),
    "reassignment_agency_unknown": Entry(
        Severity.ERROR, "单位名录里没有“{agency}”，任务 {task} 没有转办", "请核对名称，或先在任务分解表“单位”页补上"
    ),
    "reassignment_to_group": Entry(Severity.ERROR, "“{agency}”是单位组，任务 {task} 没有转办", "请写明具体接办单位"),
    "reassignment_from_unclear": Entry(
        Severity.ERROR, "任务 {task}“{title}”由{agencies}承办，没有写明由哪个单位转出", "请写明转出单位"
    ),
    "reassignment_from_other": Entry(
        Severity.ERROR, "任务 {task}“{title}”不是“{agency}”承办的，没有转办", "请核对转出单位"
    ),
    "reassignment_to_same": Entry(
        Severity.ERROR, "任务 {task}“{title}”本来就由“{agency}”{role}，没有转办", "请核对接办单位"
    ),
    "decision_kind_unknown": Entry(
        Severity.ERROR,
        "任务 {task} 的办理决定“{text}”不认识，没有办理",
        "请填写销号、退回、延期、转办、暂缓、恢复或重开",
    ),
    "decision_incomplete": Entry(
        Severity.ERROR, "任务 {task} 填了“{header}”，却没有选办理决定，没有办理", "请选择办理决定，或清空这一格"
    ),
    "decision_day_unreadable": Entry(
        Severity.ERROR, "任务 {task} 的“{header}”写成“{text}”，不是日期，没有办理{kind}", "请写成 2024-09-30 的样子"
    ),
    "decisions_taken_over": Entry(
        Severity.NOTE, "总台账中填写的决定已办理 {count} 项（{list}），记入“已作决定”", "填写的内容已从决定栏移走"
    ),
    "closed_without_claim": Entry(
        Severity.NOTE, "任务 {task}“{title}”已按决定销号，但牵头单位没有报告完成（{reported}）", "请核对"
    ),
    "closed_without_evidence": Entry(Severity.NOTE, "任务 {task}“{title}”已按决定销号，但没有佐证材料", "请补充依据"),
}
