"""The layout of 总台账.xlsx: sheets, columns, which of them are the office's own, and what tells rows apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planbook.outputs import styles
from planbook.outputs.styles import Align
from planbook.outputs.table_sheet import TableColumn

OVERVIEW_SHEET: Final = "总览"
TASKS_SHEET: Final = "任务台账"
REPORTS_SHEET: Final = "单位明细"
INDICATORS_SHEET: Final = "指标台账"
MISSING_SHEET: Final = "未报单位"
FINDINGS_SHEET: Final = "问题清单"
ORPHANS_SHEET: Final = "失联批注"
INSTRUCTIONS_SHEET: Final = "说明"
CHARTS_SHEET: Final = "_planbook"

NOTE_HEADERS: Final = ("领导批示", "督查意见", "核查结论")
"""The columns of 任务台账 that planbook sets up for the office and never fills in."""

_DAYS_LEFT: Final = '0"天";[Red]"超期"0"天";"当天"'
_PERCENT: Final = 'General"%"'


def _note(header: str, width: float = 20) -> TableColumn:
    return TableColumn(header, width, tint=styles.EDITABLE, header_tint=styles.EDITABLE_HEADER)


def _centred(header: str, width: float, number_format: str = "General") -> TableColumn:
    return TableColumn(header, width, Align.CENTRE, number_format=number_format)


def _long(header: str, width: float) -> TableColumn:
    return TableColumn(header, width, is_elastic=True)


TASK_COLUMNS: Final = (
    _centred("任务编号", 11),
    TableColumn("来源方案", 15),
    TableColumn("所属章节", 15),
    TableColumn("任务名称", 22),
    _long("任务内容", 42),
    TableColumn("牵头单位", 14),
    TableColumn("配合单位", 20),
    _centred("完成时限", 12),
    _centred("剩余天数", 11, _DAYS_LEFT),
    _centred("亮灯", 8),
    TableColumn("亮灯依据", 24),
    _centred("牵头单位进展状态", 19),
    _centred("完成进度", 10, _PERCENT),
    _long("本期进展", 38),
    _long("存在问题", 24),
    _long("下一步措施", 24),
    _centred("预计完成时间", 12),
    _centred("申请延期至", 12),
    _long("配合单位情况", 34),
    TableColumn("来源文件", 20),
    *(_note(header) for header in NOTE_HEADERS),
)

REPORT_COLUMNS: Final = (
    TableColumn("单位", 20),
    _centred("任务编号", 11),
    TableColumn("任务名称", 24),
    TableColumn("来源方案", 18),
    _centred("承担角色", 9),
    _centred("报送情况", 10),
    _centred("进展状态", 11),
    _centred("完成进度", 11, _PERCENT),
    _long("本期进展情况", 40),
    _long("存在问题", 26),
    _long("下一步措施", 26),
    _centred("预计完成时间", 13),
    _centred("申请延期至", 13),
    TableColumn("佐证材料", 20),
    _centred("填报人", 10),
    _centred("联系电话", 15),
    _centred("填报日期", 13),
    TableColumn("备注", 18),
    TableColumn("原始填写", 22),
    TableColumn("附加栏目", 22),
    TableColumn("来源文件", 26),
    _centred("工作表", 11),
    _centred("行号", 7),
    _centred("收到时间", 17),
)

INDICATOR_COLUMNS: Final = (
    _centred("指标编号", 11),
    _centred("任务编号", 11),
    TableColumn("来源方案", 24),
    TableColumn("指标名称", 30),
    _centred("目标", 14),
    TableColumn("目标值", 12, Align.RIGHT),
    TableColumn("上限", 12, Align.RIGHT),
    _centred("计量单位", 10),
    _centred("时限", 12),
    TableColumn("报送单位", 20),
    TableColumn("本期完成值", 13, Align.RIGHT),
    _centred("完成率", 11, _PERCENT),
    TableColumn("差距", 12, Align.RIGHT),
    _centred("达标情况", 11),
    _centred("原始填写", 16),
    TableColumn("数据来源", 20),
    TableColumn("备注", 20),
    TableColumn("来源文件", 30),
    _centred("收到时间", 17),
)

MISSING_COLUMNS: Final = (
    _centred("序号", 7),
    TableColumn("单位", 30),
    _centred("任务数", 9),
    _centred("其中牵头", 10),
    _centred("下发日期", 13),
    _centred("应报日期", 13),
    _centred("逾期天数", 11),
    _centred("联系人", 12),
    _centred("电话", 18),
    TableColumn("邮箱", 30),
)

FINDING_COLUMNS: Final = (
    _centred("序号", 7),
    _centred("级别", 8),
    TableColumn("单位", 22),
    TableColumn("文件", 32),
    _centred("位置", 16),
    TableColumn("问题说明", 86),
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
        NotedSheet(MISSING_SHEET, MISSING_COLUMNS, None, "单位"),
        NotedSheet(FINDINGS_SHEET, FINDING_COLUMNS, "问题说明", "单位"),
    )
}

OWN_SHEETS: Final = frozenset((*NOTED_SHEETS, OVERVIEW_SHEET, ORPHANS_SHEET, INSTRUCTIONS_SHEET, CHARTS_SHEET))
