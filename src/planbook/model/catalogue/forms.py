"""Catalogue entries for reading returned forms: identification, tables, rows and cells."""

from typing import Final

from planbook.model.catalogue.entry import Entry
from planbook.model.catalogue.return_checks import CHECK_ENTRIES
from planbook.model.catalogue.values import VALUE_ENTRIES
from planbook.model.findings import Severity

_IDENTIFICATION: Final[dict[str, Entry]] = {
    "form_of_other_workspace": Entry(
        Severity.ERROR, "这是另一个工作区（其他办公室）下发的表，不属于本工作区", "请退回发件人，或交给下发单位"
    ),
    "not_a_form": Entry(
        Severity.ERROR, "文件中没有责任清单或指标进度的表头，不是下发的表", "请核对是否发错文件，请对方用原表填报"
    ),
    "rows_not_ours": Entry(
        Severity.ERROR, "表中的任务编号与任务名称和本工作区下发的任务都对不上", "请核对是否发错文件，请对方用原表填报"
    ),
    "seal_broken": Entry(
        Severity.WARNING,
        "表内的识别信息被改动过，不能作为凭据",
        "请与填报单位核实后由您指定单位和填报期，或请其用原表重填",
    ),
    "seal_damaged": Entry(Severity.NOTE, "表内另有一份识别信息缺损或来自别处，已按完好的一份识别"),
    "several_forms": Entry(
        Severity.WARNING, "一个文件里装了几个单位的表：{agencies}", "请拆成每单位一个文件，或请各单位分别报送"
    ),
    "form_not_on_record": Entry(
        Severity.WARNING, "表内记载是“{agency}”{period}的表，但本工作区没有这份表的下发记录", "请核对工作区或恢复备份"
    ),
    "form_of_other_period": Entry(
        Severity.WARNING, "这是{period}的表，现在收的是{asked}", "请核对是否发错，确属{period}的请按该期收表"
    ),
    "contents_of_other_agency": Entry(
        Severity.WARNING, "表是下发给“{agency}”的，里面却是“{named}”的内容", "请与两个单位核实是否互相发错或粘贴错"
    ),
    "contents_of_other_period": Entry(
        Severity.WARNING, "表是{period}的，里面的内容却写着{named}", "请与填报单位核实是否粘贴了旧表"
    ),
    "agency_unclear": Entry(
        Severity.WARNING, "从内容看是本工作区的任务，但不能确定是哪个单位报的（可能：{agencies}）", "请核实后指定单位"
    ),
    "period_unclear": Entry(
        Severity.WARNING, "从内容看是本工作区的任务，但不能确定是不是{asked}的", "请与填报单位核实后指定填报期"
    ),
    "form_unclear": Entry(
        Severity.WARNING, "有下发任务的内容，但单位、填报期或任务互相对不上", "请与填报单位核实后指定单位和填报期"
    ),
    "claim_against_seal": Entry(
        Severity.WARNING,
        "表内的识别信息证明它是下发给“{agency}”{period}的，不能算作“{chosen}”的",
        "请按{agency}{period}收表，或请填报单位用自己的原表重填",
    ),
    "claim_against_contents": Entry(
        Severity.WARNING,
        "从内容看是“{agency}”的表，不能算作“{chosen}”的",
        "请与两个单位核实，或请填报单位用自己的原表重填",
    ),
    "claimed_by_person": Entry(
        Severity.WARNING, "表内的识别信息不足，由本单位人员认定为“{agency}”{period}的表", "如认定有误，请撤销后重新认领"
    ),
    "identified_by_codes": Entry(
        Severity.WARNING, "表内没有识别信息，按任务编号和名称认定为“{agency}”的表", "请核对单位是否正确"
    ),
    "identified_by_headers": Entry(
        Severity.WARNING, "表内没有识别信息和任务编号，按表头、单位名称和任务名称认定为“{agency}”的表", "请核对"
    ),
}

_TABLES: Final[dict[str, Entry]] = {
    "table_missing": Entry(Severity.ERROR, "没有找到“{table}”这张表（按表头查找）", "请填报单位用原表重报"),
    "table_copied": Entry(Severity.NOTE, "与“{other}”是同一张表的两份，已对照着读取"),
    "table_of_other_agency": Entry(
        Severity.ERROR, "这张表写明是“{agency}”的，不是“{own}”的，整张表没有采用", "请核实是否粘贴了别的单位的表"
    ),
    "table_of_other_period": Entry(
        Severity.ERROR, "这张表写明是{period}的，不是{own}的，整张表没有采用", "请核实是否粘贴了别的填报期的表"
    ),
    "agency_name_changed": Entry(Severity.WARNING, "填报单位写的是“{agency}”，下发时是“{own}”", "请核对是否为同一单位"),
    "period_name_changed": Entry(Severity.WARNING, "填报期写的是“{period}”，下发时是{own}", "请核对是否填的是这一期"),
    "header_not_found": Entry(
        Severity.ERROR, "有任务编号，但上方没有表头，无法知道各列填的是什么，没有采用", "请补上表头或用原表重填"
    ),
    "sheet_cut_off": Entry(Severity.ERROR, "行数过多，靠后的行没有读取", "请删去多余的行后重报"),
    "sheet_not_read": Entry(Severity.NOTE, "不是下发的表，没有读取"),
    "too_many_findings": Entry(
        Severity.ERROR, "问题超过 {most} 处，其余没有列出", "这份表已不成样子，请填报单位用原表重填"
    ),
    "form_not_filled": Entry(Severity.ERROR, "整份表没有填写任何内容", "请填写后重报"),
    "header_misspelt": Entry(Severity.NOTE, "表头“{written}”按“{column}”读取"),
    "header_renamed": Entry(Severity.WARNING, "表头“{written}”按“{column}”读取", "请核对是否为同一栏"),
    "required_column_missing": Entry(Severity.ERROR, "找不到必填栏“{column}”", "请恢复这一栏的表头和内容后重报"),
    "column_missing": Entry(Severity.WARNING, "找不到“{column}”栏，按未填处理", "如有内容请恢复表头后重报"),
    "code_column_missing": Entry(Severity.WARNING, "找不到“{column}”栏，各行改按名称对应", "请核对各行是否对应正确"),
    "column_unknown": Entry(
        Severity.WARNING, "“{written}”栏不是下发的栏目，其中 {rows} 行的内容没有采用", "如属某一栏请改回原表头后重报"
    ),
    "column_without_header": Entry(
        Severity.WARNING, "这一列没有表头，{rows} 行的内容（如“{written}”）没有采用", "请把内容移到应填的栏"
    ),
    "column_sorted_apart": Entry(
        Severity.ERROR,
        "“{column}”栏被单独排过序，与 {rows} 行的任务编号错位；其余各栏仍对应，已按任务编号读取",
        "请核对",
    ),
    "answers_shifted": Entry(
        Severity.ERROR,
        "最后一项任务下面多出 {rows} 行填报内容，最上面的任务却空着，像是整块粘贴时错了行，全表的填报内容没有采用",
        "请逐行对齐任务后重报",
    ),
    "answers_column_shifted": Entry(
        Severity.ERROR,
        "最后一项任务下面多出“{column}”栏的内容“{written}”，上面却空着一格，像是这一栏往下错了行，整栏没有采用",
        "请逐行对齐任务后重报这一栏",
    ),
    "answers_seem_moved_up": Entry(
        Severity.WARNING,
        "“{column}”栏只有最后一项是空的，可能是漏填，也可能是上面删了一格、下面的都往上错了一行",
        "请逐行核对这一栏与任务是否对应",
    ),
    "answers_seem_sorted": Entry(
        Severity.WARNING,
        "“{column}”栏 {rows} 行恰好按大小或拼音排列，任务却还是下发的次序，可能只排了填报栏，内容与任务已错位",
        "请逐行核对各填报栏与任务是否对应",
    ),
}

_ROWS: Final[dict[str, Entry]] = {
    "row_misaligned": Entry(
        Severity.ERROR,
        "任务 {task_code} 的编号、内容与填报栏已错位（这一行现为“{written}”，下发时为“{issued}”），"
        "疑为单列排序或编号互换，整行没有采用",
        "请恢复后重填这一行",
    ),
    "row_cells_shifted": Entry(
        Severity.ERROR,
        "任务 {task_code} 的填报内容从这一格起像是整体左移或右移了一栏（如电话填在填报人栏），整行没有采用",
        "请逐栏对齐后重填这一行",
    ),
    "row_title_replaced": Entry(
        Severity.ERROR,
        "任务 {task_code} 的名称被换成了“{written}”（下发时为“{issued}”），不能确定填的是哪项任务，整行没有采用",
        "请恢复原名称后重报",
    ),
    "row_role_differs": Entry(
        Severity.ERROR,
        "任务 {task_code} 的承担角色与下发的“{issued}”不同，可能是别的单位的行，整行没有采用",
        "请核实后用原表重填",
    ),
    "row_foreign": Entry(
        Severity.ERROR, "任务 {task_code}“{title}”不是下发给本单位的，这一行没有采用", "请核实是否粘贴了别的单位的内容"
    ),
    "row_code_unclear": Entry(Severity.ERROR, "一格里有几个任务编号（{codes}），整行没有采用", "请把几项任务分行填写"),
    "row_title_ambiguous": Entry(
        Severity.ERROR, "没有任务编号，名称又与几项任务相同（{codes}），整行没有采用", "请补上任务编号"
    ),
    "row_matched_by_title": Entry(Severity.WARNING, "任务编号被删去，按名称认定为 {task_code}", "请核对"),
    "code_damaged": Entry(Severity.WARNING, "任务编号“{written}”有误，按名称认定为 {task_code}", "请核对"),
    "code_mended": Entry(Severity.WARNING, "任务编号写成了“{written}”，按形近的 {task_code} 读取", "请核对"),
    "row_title_near": Entry(
        Severity.ERROR,
        "没有任务编号，名称“{written}”与 {task_code}“{issued}”相近而不相同，不能确定，整行没有采用",
        "请补上任务编号",
    ),
    "row_of_totals": Entry(Severity.NOTE, "“{text}”行不是任务，没有采用"),
    "row_added": Entry(
        Severity.WARNING, "这一行（{title}）是自行增加的，不在下发的任务中，没有采用", "如为新增任务请与下发单位联系"
    ),
    "text_outside_rows": Entry(Severity.NOTE, "表格以外的文字“{text}”没有采用"),
    "row_missing": Entry(Severity.ERROR, "任务 {task_code}“{title}”的行不见了", "请用原表补报这一项"),
    "row_not_filled": Entry(Severity.ERROR, "任务 {task_code} 整行没有填写", "请填写后重报"),
    "row_duplicated": Entry(Severity.NOTE, "任务 {task_code} 的行重复出现（另见 {other}），内容相同，只取一次"),
    "row_pieced_together": Entry(
        Severity.WARNING, "任务 {task_code} 填在了几行里（另见 {other}），相同和互补的内容已合并", "请核对"
    ),
    "row_filled_in_copy": Entry(
        Severity.WARNING,
        "任务 {task_code} 的行有几份，另一份（{other}）是空的，按填了的这一份读取",
        "请核对这一行是不是从别处粘贴来的",
    ),
    "row_copied_often": Entry(
        Severity.WARNING, "任务 {task_code} 重复出现的次数过多，这一行没有采用", "请删去多余的行"
    ),
    "issued_cell_changed": Entry(
        Severity.WARNING,
        "下发内容“{column}”被改动：下发时为“{issued}”，现为“{written}”",
        "仍以下发内容为准，有异议请与下发单位联系",
    ),
}

_CELLS: Final[dict[str, Entry]] = {
    "cells_conflict": Entry(
        Severity.ERROR, "“{column}”填的是“{raw}”，与 {others} 填的不一致，都没有采用", "请保留正确的一处"
    ),
    "cell_error_value": Entry(Severity.ERROR, "“{column}”是公式错误值 {raw}", "请改填实际内容"),
    "cell_formula_empty": Entry(
        Severity.ERROR, "“{column}”是公式，但文件里没有保存计算结果", "请复制后“粘贴为数值”再保存"
    ),
    "cell_picture": Entry(Severity.ERROR, "“{column}”里是图片，不是文字", "请改填文字，图片另作附件"),
    "comment_instead_of_value": Entry(
        Severity.WARNING, "“{column}”没有填，内容写在批注里：“{comment}”", "请把批注内容填入单元格"
    ),
    "comment_beside_value": Entry(Severity.NOTE, "“{column}”带有批注：“{comment}”，批注没有采用"),
    "merged_cells": Entry(
        Severity.WARNING, "“{column}”在合并单元格里，“{raw}”按适用于所合并的各行读取", "请核对，并取消合并、逐行填写"
    ),
    "merged_hides_value": Entry(
        Severity.ERROR, "“{column}”的“{raw}”被合并单元格盖住，表上看不见，没有采用", "请取消合并、逐行填写"
    ),
    "merged_number": Entry(
        Severity.ERROR, "“{column}”的“{raw}”填在合并单元格里，不能确定属于哪一行，没有采用", "请取消合并、逐行填写"
    ),
}

ENTRIES: dict[str, Entry] = {**_IDENTIFICATION, **_TABLES, **_ROWS, **_CELLS, **VALUE_ENTRIES, **CHECK_ENTRIES}
