"""Catalogue entries for the review table, the agency directory, and the office's notes in the master ledger."""

from planbook.model.catalogue.entry import Entry
from planbook.model.findings import Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_TABLE = {
    "review_task_sheet_missing": Entry(
        _ERROR, "没有找到“{name}”工作表，或表头已被改动", "请使用“任务分解表.xlsx”，并保留“任务编号”“任务名称”等表头"
    ),
    "review_sheet_missing": Entry(_NOTE, "没有找到“{name}”工作表，这部分内容按原样保留"),
    "review_foreign_workspace": Entry(_ERROR, "这份任务分解表出自另一个工作目录", "请确认选对了文件"),
    "review_column_missing": Entry(_ERROR, "表头缺少“{header}”", "请补上该列，或重新生成任务分解表"),
    "review_column_twice": Entry(_ERROR, "“{header}”出现了两列（另一列在 {first}）", "请只保留一列"),
    "review_column_absent": Entry(_NOTE, "没有“{header}”列，这一项按原样保留"),
    "review_column_unknown": Entry(_NOTE, "“{header}”列不在任务分解表之内，没有采用"),
    "review_row_absent": Entry(
        _WARNING, "{code}“{title}”的行不见了，仍按原样保留", "如要取消，请在“处理”栏选“删除”，不要直接删行"
    ),
    "review_changed_elsewhere": Entry(
        _WARNING,
        "{code}“{header}”在本表生成之后另有改动（现为“{now}”），已按本表改为“{after}”",
        "请核对以哪个为准",
    ),
    "review_shown_only": Entry(_NOTE, "“{header}”只供核对，改动没有采用"),
}

_CELLS = {
    "review_cell_error": Entry(_ERROR, "单元格是错误值 {text}", "请改填正确内容"),
    "review_formula_without_value": Entry(
        _ERROR, "公式没有计算结果", "请改填文字或数字，或用 Excel、WPS 打开保存后再试"
    ),
    "review_picture_in_cell": Entry(_ERROR, "单元格里是图片", "请改填文字"),
    "review_title_empty": Entry(_ERROR, "“{header}”不能为空", "请填写，或清空整行"),
    "review_date_unreadable": Entry(_ERROR, "“{header}”写的“{text}”不是日期", "请写成 2024-12-31 或 2024年12月底前"),
    "review_number_unreadable": Entry(_ERROR, "“{header}”写的“{text}”不是数字", "请只填数字，单位写在“计量单位”栏"),
    "review_choice_unknown": Entry(_ERROR, "“{header}”写的“{text}”无法识别", "请填：{choices}"),
    "review_target_empty": Entry(_ERROR, "“{header}”不能为空", "请填数字；不要的指标请在“处理”栏选“删除”"),
    "review_range_reversed": Entry(_ERROR, "上限 {high} 不大于目标值 {low}", "请改正，或清空上限"),
    "review_percent_against_unit": Entry(
        _ERROR, "目标值是百分比格式，计量单位却是“{unit}”", "请把目标值改为普通数字，或把计量单位改为 %"
    ),
}

_KEYS = {
    "review_code_invalid": Entry(
        _ERROR, "编号“{code}”不是系统给出的编号", "请恢复原编号；新增的行请把编号留空，或填“新1”“新2”"
    ),
    "review_code_twice": Entry(_ERROR, "编号 {code} 出现了两次（另一处在 {first}）", "新增或拆分出来的行请把编号清空"),
    "review_code_unknown": Entry(_ERROR, "台账中没有编号 {code}", "请恢复原编号；新增的行请把编号留空"),
    "review_code_retired": Entry(
        _WARNING, "编号 {code} 已在台账中删除，这一行没有采用", "如仍需要，请清空编号后作为新增"
    ),
    "review_added_before": Entry(_NOTE, "这一行已经新增过，编号为 {code}“{title}”，没有重复新增"),
    "review_task_unknown": Entry(
        _ERROR, "指标所属的任务 {code} 不存在或已删除", "请改填现有任务编号，或留空作为方案总体目标"
    ),
    "review_task_of_other_plan": Entry(_ERROR, "指标与任务 {code} 不属于同一方案", "请改填本方案的任务编号"),
    "review_plan_ambiguous": Entry(
        _ERROR, "有几个方案都叫“{title}”（{numbers}）", "请在“来源方案”栏改写方案编号，如 P1"
    ),
    "review_plan_unknown": Entry(_ERROR, "没有名为“{title}”的方案", "请从下拉中选择已导入的方案"),
    "review_plan_empty": Entry(_ERROR, "新增的行没有填写“来源方案”", "请从下拉中选择"),
    "review_plan_differs": Entry(
        _ERROR, "编号 {code} 属于方案“{title}”，与“来源方案”不符", "请恢复原内容；要移到别的方案，请删除后另行新增"
    ),
    "review_indicator_goes_with_task": Entry(_NOTE, "任务 {task} 已删除，所属指标 {code}“{name}”一并删除"),
}

_AGENCIES = {
    "review_lead_also_supporting": Entry(_WARNING, "{names}已是牵头单位，不再列为配合单位"),
    "review_agency_unlisted": Entry(_WARNING, "“{name}”不在“单位”表中，已自动加入", "请核对名称，补充联系人和邮箱"),
    "review_agency_still_used": Entry(
        _WARNING, "“单位”表删去了“{name}”，但仍有任务或指标由它承担，予以保留", "请先改任务中的单位"
    ),
    "review_agency_twice": Entry(_ERROR, "“{name}”已在 {first} 列出", "请合并为一行，另一种写法填入“简称/别名”"),
    "review_several_agencies": Entry(_ERROR, "“{text}”含有多个单位", "请每行只填一个单位"),
    "review_alias_taken": Entry(_ERROR, "“{alias}”已是“{owner}”的名称或别名", "一个名称只能对应一个单位"),
    "review_mailbox_invalid": Entry(_ERROR, "“{text}”不是一个邮箱地址", "请填写一个完整的邮箱，如 name@example.gov.cn"),
    "review_mailbox_shared": Entry(
        _WARNING, "“{name}”与“{owner}”填了同一个邮箱 {email}", "请确认，以免把一个单位的清单发给另一个单位"
    ),
    "review_group_unlisted": Entry(_WARNING, "单位组“{group}”没有单独列出，已自动加入", "请核对组名"),
    "review_group_is_agency": Entry(_ERROR, "“{group}”不是单位组", "请把它的“是否单位组”改为“是”，或改填单位组名称"),
    "review_group_in_itself": Entry(_ERROR, "单位组“{group}”包含了自己", "请检查“单位组”"),
}

_ADVICE = {
    "agency_name_near": Entry(
        _WARNING,
        "“{name}”与“{other}”相近",
        "若为同一单位，请把“{name}”写入“{other}”的“简称/别名”，并删去“{name}”一行；不是同一单位的不必处理",
    ),
    "agencies_suggested": Entry(
        _NOTE, "与 {code}《{title}》相近，该任务由 {agencies}", "仅供参考，没有自动填入；合适的请填入本任务的单位栏"
    ),
    "indicator_targets_differ": Entry(
        _WARNING,
        "指标 {code}“{name}”{by}的目标是 {target}，{other} 却是 {other_target}",
        "请对照“同名指标”表和原文核对，以哪个为准在“指标”表中改正；口径不同的请在“指标名称”中写明",
    ),
}

_OFFICE_NOTES = {
    "notes_sheet_not_kept": Entry(
        _WARNING, "总台账中自行添加的工作表“{name}”不会带入新的总台账", "需要的内容请另存到别的文件"
    ),
    "notes_cell_error": Entry(_WARNING, "批注栏是错误值 {text}，按文字保留", "请核对"),
    "notes_formula_without_value": Entry(_WARNING, "批注栏的公式没有计算结果，无法保留", "请改填文字或数字"),
    "notes_orphaned": Entry(_WARNING, "{count} 条批注所属的任务或单位已不在台账中，已移到“失联批注”工作表", "请查看"),
}

ENTRIES: dict[str, Entry] = {**_TABLE, **_CELLS, **_KEYS, **_AGENCIES, **_ADVICE, **_OFFICE_NOTES}
