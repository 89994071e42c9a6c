"""Catalogue entries for a plan issued anew: what was matched, what the office's word stood against, what is gone."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE

_PLANS = {
    "revised_title_shared": Entry(
        _WARNING,
        "《{title}》与台账中的 P{sequence} 同名，但没有一项任务相同，已作为另一份方案导入",
        "如确是它的修订版，请加 --revises P{sequence} 导入",
    ),
    "revised_file_outdated": Entry(
        _WARNING,
        "{name} 是《{title}》修订以前的文件，没有改动台账",
        "如确要恢复成这一版，请加 --revises P{sequence} 导入",
    ),
    "revised_file_of_other_plan": Entry(
        _WARNING,
        "{name} 以前作为 P{other}《{title}》导入过，现已作为 P{sequence} 的修订版",
        "请在任务分解表中删除 P{other} 的任务，以免重复下发",
    ),
    "revised_nothing_in_common": Entry(
        _WARNING, "新文件与《{title}》没有一项任务相同", "请核对选对了文件，原有任务已全部停止下发"
    ),
    "revised_mostly_removed": Entry(
        _WARNING,
        "《{title}》原有任务 {stood} 项，新文件中 {removed} 项不再出现",
        "请核对新文件是否完整、是否读全",
    ),
    "revised_declassified": Entry(
        _WARNING, "《{title}》原文件标有“{classification}”，新文件没有密级标志", "请核对新文件的密级"
    ),
}

_ITEMS = {
    "revised_matched_by_likeness": Entry(
        _WARNING,
        "{subject} {code} 原为“{before}”，新文件中没有同名的，按内容相近对应到“{title}”",
        "请核对；若不是同一项，请在任务分解表中删除它并另行新增",
    ),
    "revised_likeness_not_tried": Entry(
        _WARNING, "改动的{subject}太多，没有逐项比对内容相近的", "请核对删除和新增的{subject}中有没有同一项"
    ),
    "revised_field_kept": Entry(
        _WARNING,
        "{subject} {code}“{title}”的{field}：新文件改为“{said}”，与审核时定的“{kept}”不同，仍按审核结果",
        "如应以新文件为准，请在任务分解表中改过来",
    ),
    "revised_item_deleted": Entry(
        _WARNING,
        "{subject} {code}“{title}”审核时已删除，新文件改了它的内容，仍不恢复",
        "如需恢复，请在任务分解表中新增",
    ),
    "revised_edited_item_removed": Entry(
        _WARNING,
        "{subject} {code}“{title}”审核时改动过，新文件中已没有，不再下发",
        "如仍要办理，请在任务分解表中新增",
    ),
    "revised_office_item_kept": Entry(
        _NOTE, "{subject} {code}“{title}”是审核时新增的，新文件中没有，予以保留", "不需要的请在任务分解表中删除"
    ),
    "revised_indicator_left_out": Entry(
        _WARNING, "任务 {task} 审核时已删除，新文件中属于它的指标“{name}”没有登记", "如需要，请在任务分解表中新增"
    ),
}

ENTRIES: dict[str, Entry] = {**_PLANS, **_ITEMS}
