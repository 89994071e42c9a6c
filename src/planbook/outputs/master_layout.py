"""The layout of 总台账.xlsx: sheets, columns, which of them are the office's own, and what tells rows apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planbook.outputs import styles
from planbook.outputs.master_tints import CELL_TINTS
from planbook.outputs.styles import Align, Tint
from planbook.outputs.table_sheet import TableColumn

OVERVIEW_SHEET: Final = "总览"
TASKS_SHEET: Final = "任务台账"
REPORTS_SHEET: Final = "单位明细"
INDICATORS_SHEET: Final = "指标台账"
RETURNS_SHEET: Final = "未报与退改"
DOUBTS_SHEET: Final = "疑点"
CHANGES_SHEET: Final = "变更"
QUALITY_SHEET: Final = "填报质量"
DISPATCHES_SHEET: Final = "分发情况"
ORPHANS_SHEET: Final = "失联批注"
INSTRUCTIONS_SHEET: Final = "说明"
CHARTS_SHEET: Final = "_planbook"
STAMP_COLUMN: Final = 40
"""Column of `CHARTS_SHEET` whose first cell says when the workbook was written."""

NOTE_HEADERS: Final = ("领导批示", "督查意见", "核查结论")
"""The columns of 任务台账 that planbook sets up for the office's notes and never fills in."""

DECISION: Final = "决定"
REASON: Final = "决定依据"
EVIDENCE: Final = "佐证"
CHECKER: Final = "核查人"
EXTENDED_TO: Final = "延期至"
ASKED_ON: Final = "延期申请日"
FROM_AGENCY: Final = "退回或转出单位"
TO_AGENCY: Final = "转办单位"

DECISION_HEADERS: Final = (DECISION, REASON, EVIDENCE, CHECKER, EXTENDED_TO, ASKED_ON, FROM_AGENCY, TO_AGENCY)
"""The columns of 任务台账 that a decision is entered in; what is taken over leaves them."""

OFFICE_HEADERS: Final = (*NOTE_HEADERS, *DECISION_HEADERS)

_DAYS_LEFT: Final = '0"天";[Red]"超期"0"天";"当天"'
_PERCENT: Final = 'General"%"'
_LINKED: Final = Tint(ink="1F5C99")  # codes that lead to their row on another sheet
_POINTS: Final = '+General"个百分点";[Red]-General"个百分点";"持平"'


def _office(header: str, width: float = 17, align: Align = Align.LEFT, number_format: str = "General") -> TableColumn:
    return TableColumn(
        header,
        width,
        align,
        tint=styles.EDITABLE,
        header_tint=styles.EDITABLE_HEADER,
        number_format=number_format,
        is_typed=True,
    )


def _centred(header: str, width: float, number_format: str = "General") -> TableColumn:
    tints = CELL_TINTS.get(header, ())
    return TableColumn(header, width, Align.CENTRE, number_format=number_format, cell_tints=tints)


def _link(header: str, width: float) -> TableColumn:
    return TableColumn(header, width, Align.CENTRE, tint=_LINKED)


def _long(header: str, width: float) -> TableColumn:
    return TableColumn(header, width, is_elastic=True)


TASK_COLUMNS: Final = (
    _link("任务编号", 11),
    TableColumn("来源方案", 15),
    TableColumn("所属章节", 15),
    TableColumn("任务名称", 22),
    TableColumn("牵头单位", 14),
    TableColumn("配合单位", 16),
    _centred("完成时限", 12),
    _centred("剩余天数", 11, _DAYS_LEFT),
    _centred("亮灯", 8),
    _centred("进展状态", 11),
    _centred("完成进度", 10, _PERCENT),
    _centred("较上期", 11, _POINTS),
    _long("本期进展", 36),
    _long("存在问题", 22),
    _long("下一步措施", 22),
    _centred("办理状态", 10),
    *(_office(header) for header in NOTE_HEADERS),
    _office(DECISION, 9, Align.CENTRE),
    _office(REASON, 20),
    _office(EVIDENCE, 18),
    _office(CHECKER, 10, Align.CENTRE),
    _office(EXTENDED_TO, 12, Align.CENTRE, "yyyy-mm-dd"),
    _office(ASKED_ON, 12, Align.CENTRE, "yyyy-mm-dd"),
    _office(FROM_AGENCY, 16),
    _office(TO_AGENCY, 14),
    _long("已作决定", 34),
    TableColumn("亮灯依据", 34),
    _centred("上期亮灯", 9),
    _centred("原定时限", 12),
    _centred("延期次数", 9),
    _centred("单位预计完成", 13),
    _centred("单位申请延期至", 13),
    _long("任务内容", 42),
    _long("配合单位情况", 34),
    TableColumn("来源文件", 34),
    TableColumn("存档位置", 26),
)

REPORT_COLUMNS: Final = (
    _link("任务编号", 11),
    TableColumn("任务名称", 24),
    TableColumn("单位", 18),
    _centred("承担角色", 9),
    _centred("报送情况", 10),
    _centred("亮灯", 8),
    _centred("进展状态", 11),
    _centred("完成进度", 10, _PERCENT),
    _centred("较上期", 11, _POINTS),
    _long("本期进展情况", 40),
    _long("存在问题", 26),
    _long("下一步措施", 26),
    _centred("填报人", 10),
    _centred("联系电话", 15),
    _centred("填报日期", 12),
    TableColumn("来源方案", 20),
    TableColumn("亮灯依据", 34),
    _centred("预计完成时间", 13),
    _centred("申请延期至", 13),
    TableColumn("佐证材料", 20),
    TableColumn("备注", 18),
    TableColumn("原始填写", 22),
    TableColumn("附加栏目", 22),
    TableColumn("来源文件", 30),
    _centred("工作表", 11),
    _centred("行号", 7),
    _centred("收到时间", 17),
    TableColumn("存档位置", 26),
)

INDICATOR_COLUMNS: Final = (
    _centred("指标编号", 11),
    _centred("任务编号", 11),
    TableColumn("来源方案", 22),
    TableColumn("指标名称", 28),
    _centred("目标", 14),
    _centred("目标值", 11),
    _centred("上限", 10),
    _centred("计量单位", 10),
    _centred("时限", 12),
    TableColumn("报送单位", 18),
    _centred("上期完成值", 12),
    _centred("本期完成值", 12),
    _centred("完成率", 10, _PERCENT),
    _centred("差距", 11),
    _centred("达标情况", 11),
    _centred("到期预测", 12),
    TableColumn("走势说明", 34),
    _centred("原始填写", 14),
    TableColumn("数据来源", 18),
    TableColumn("备注", 18),
    TableColumn("来源文件", 30),
    _centred("收到时间", 17),
)

RETURN_COLUMNS: Final = (
    _centred("序号", 7),
    _centred("类别", 9),
    TableColumn("单位", 22),
    TableColumn("问题说明", 64),
    _centred("连续未报期数", 10),
    _centred("应报日期", 12),
    _centred("逾期天数", 10),
    _centred("任务数", 9),
    _centred("其中牵头", 10),
    _centred("联系人", 11),
    _centred("电话", 17),
    TableColumn("邮箱", 24),
    TableColumn("文件", 34),
    _centred("位置", 16),
)

DOUBT_COLUMNS: Final = (
    _centred("序号", 7),
    _centred("级别", 8),
    _centred("类别", 17),
    _centred("编号", 11),
    TableColumn("名称", 26),
    TableColumn("单位", 20),
    TableColumn("疑点说明", 62),
    TableColumn("依据", 52),
)

CHANGE_COLUMNS: Final = (
    _centred("序号", 7),
    _centred("对象", 8),
    _centred("编号", 13),
    TableColumn("名称", 28),
    _centred("变动项", 13),
    TableColumn("上期或原来", 28),
    TableColumn("本期或现在", 28),
    TableColumn("原因", 28),
    _centred("办理人", 12),
    _centred("时间", 17),
    TableColumn("来源", 26),
)

QUALITY_COLUMNS: Final = (
    _centred("考核类别", 13),
    _centred("名次", 8),
    TableColumn("单位", 24),
    _centred("总分", 9, "0.00"),
    _centred("报送及时", 11, "0.00"),
    _centred("填报完整", 11, "0.00"),
    _centred("退改情况", 11, "0.00"),
    _centred("工作进度", 11, "0.00"),
    _centred("应报日期", 12),
    _centred("首次报送", 17),
    _centred("迟报天数", 10),
    _centred("报送次数", 10),
    _centred("错误", 8),
    _centred("提醒", 8),
    _centred("承担任务", 10),
    _centred("其中牵头", 10),
    _centred("平均进度", 10, _PERCENT),
    TableColumn("得分说明", 72),
)

DISPATCH_COLUMNS: Final = (
    _centred("时间", 18),
    TableColumn("单位", 24),
    _centred("事项", 12),
    _centred("催报步骤", 11),
    _centred("方式", 11),
    TableColumn("收件", 28),
    TableColumn("抄送", 20),
    TableColumn("附件", 34),
    _centred("结果", 16),
    TableColumn("说明", 40),
)

ORPHAN_COLUMNS: Final = (
    _centred("工作表", 13),
    TableColumn("原编号或说明", 24),
    TableColumn("原单位", 22),
    TableColumn("列名", 18),
    TableColumn("内容", 80),
)


@dataclass(frozen=True, slots=True)
class NotedSheet:
    """A sheet whose notes are kept, and what tells its rows apart.

    Attributes:
        name: Sheet name.
        columns: Columns that planbook writes.
        code_header: Column of the code (or other text) that is one half of a row's key; None where it has none.
        agency_header: Column of the agency that is the other half; None where it has none.
    """

    name: str
    columns: tuple[TableColumn, ...]
    code_header: str | None
    agency_header: str | None


NOTED_SHEETS: Final[Mapping[str, NotedSheet]] = {
    sheet.name: sheet
    for sheet in (
        NotedSheet(TASKS_SHEET, TASK_COLUMNS, "任务编号", None),
        NotedSheet(REPORTS_SHEET, REPORT_COLUMNS, "任务编号", "单位"),
        NotedSheet(INDICATORS_SHEET, INDICATOR_COLUMNS, "指标编号", "报送单位"),
        NotedSheet(RETURNS_SHEET, RETURN_COLUMNS, "问题说明", "单位"),
        NotedSheet(DOUBTS_SHEET, DOUBT_COLUMNS, "疑点说明", "编号"),
        NotedSheet(CHANGES_SHEET, CHANGE_COLUMNS, "编号", "变动项"),
        NotedSheet(QUALITY_SHEET, QUALITY_COLUMNS, None, "单位"),
        NotedSheet(DISPATCHES_SHEET, DISPATCH_COLUMNS, "时间", "单位"),
    )
}

OWN_SHEETS: Final = frozenset((*NOTED_SHEETS, OVERVIEW_SHEET, ORPHANS_SHEET, INSTRUCTIONS_SHEET, CHARTS_SHEET))

PUBLIC_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    TASKS_SHEET: (
        "任务编号", "来源方案", "所属章节", "任务名称", "牵头单位", "配合单位", "完成时限", "亮灯", "进展状态",
        "完成进度", "较上期", "本期进展", "办理状态", "亮灯依据", "任务内容",
    ),
    INDICATORS_SHEET: (
        "指标编号", "来源方案", "指标名称", "目标", "计量单位", "时限", "报送单位", "上期完成值", "本期完成值",
        "完成率", "差距", "达标情况",
    ),
    QUALITY_SHEET: (
        "考核类别", "名次", "单位", "总分", "报送及时", "填报完整", "退改情况", "工作进度", "承担任务", "其中牵头",
        "平均进度",
    ),
}  # fmt: skip
"""Sheets and columns of the public version; nothing else of it is written."""
