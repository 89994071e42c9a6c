"""The layout of 任务分解表.xlsx: one specification that writes the clerk's review table and reads it back.

Each column names the attribute of a row (`planbook.outputs.review_rows`) that it holds. Headers below are what is
written; `aliases` are what a clerk may have made of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planbook.model.agency_level import LEVELS
from planbook.model.plan import LeadBasis, Operator, TaskKind
from planbook.outputs.styles import Align
from planbook.sheets.headers import normalise_header

INSTRUCTIONS_SHEET: Final = "说明"
TASKS_SHEET: Final = "任务分解"
INDICATORS_SHEET: Final = "指标"
AGENCIES_SHEET: Final = "单位"
SAME_INDICATORS_SHEET: Final = "同名指标"
FINDINGS_SHEET: Final = "提示"
BASE_SHEET: Final = "_planbook"

KIND_LABELS: Final[Mapping[TaskKind, str]] = {TaskKind.TASK: "任务", TaskKind.SAFEGUARD: "保障措施"}
BASIS_LABELS: Final[Mapping[LeadBasis, str]] = {
    LeadBasis.EXPLICIT: "明示",
    LeadBasis.FOOTNOTE: "脚注",
    LeadBasis.PRESUMED: "推定",
    LeadBasis.NONE: "待明确",
}
# Words, not signs: a spreadsheet takes a cell that is just "=" for the beginning of a formula.
OPERATOR_LABELS: Final[Mapping[Operator, str]] = {
    Operator.AT_LEAST: "不低于",
    Operator.MORE_THAN: "超过",
    Operator.EQUAL: "等于",
    Operator.AT_MOST: "不高于",
    Operator.LESS_THAN: "低于",
    Operator.ABOUT: "约",
}
KEEP, RETIRE = "保留", "删除"
_LEVEL_EXPLANATION: Final = f"{'、'.join(LEVELS)}等；名称中看得准的已经填好，可以改，改过的不再变动。"
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class ReviewColumn:
    """One column of the review table.

    Attributes:
        field: Attribute of the row that it holds; `hint` and the counts are shown only.
        header: Header as written.
        width: Width in characters.
        is_editable: The clerk's to change; other columns are read only for rows that are new.
        is_key: Without it the sheet cannot be read.
        is_elastic: May be written wider for long text.
        align: Horizontal alignment.
        choices: What the dropdown offers.
        aliases: Other headers that mean this column.
        explanation: What the instruction sheet says about it; empty for columns that explain themselves.
    """

    field: str
    header: str
    width: float
    is_editable: bool = True
    is_key: bool = False
    is_elastic: bool = False
    align: Align = Align.LEFT
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    explanation: str = ""

    def spellings(self) -> frozenset[str]:
        """Normalised headers that mean this column."""
        return frozenset(normalise_header(header) for header in (self.header, *self.aliases))


TASK_COLUMNS: Final = (
    ReviewColumn(
        "code",
        "任务编号",
        11,
        is_editable=False,
        is_key=True,
        align=Align.CENTRE,
        aliases=("编号", "任务编码"),
        explanation="系统编号，请勿改动；新增任务请留空，或填“新1”“新2”，以便在“指标”表中引用。",
    ),
    ReviewColumn(
        "plan_title",
        "来源方案",
        15,
        is_editable=False,
        aliases=("方案", "方案名称"),
        explanation="新增任务时从下拉中选择；只有一个方案时可不填。",
    ),
    ReviewColumn("section", "所属章节", 15, aliases=("章节",), explanation="多级标题之间用“ / ”隔开。"),
    ReviewColumn("number", "原文序号", 8, align=Align.CENTRE, aliases=("序号", "原文编号")),
    ReviewColumn(
        "kind",
        "类别",
        9,
        align=Align.CENTRE,
        choices=tuple(KIND_LABELS.values()),
        aliases=("任务类别",),
        explanation="“保障措施”一般不下发填报，由办公室掌握。",
    ),
    ReviewColumn("title", "任务名称", 24, is_key=True, aliases=("任务标题",)),
    ReviewColumn("body", "任务内容", 48, is_elastic=True, aliases=("主要内容",)),
    ReviewColumn(
        "leads",
        "牵头单位",
        17,
        aliases=("主办单位",),
        explanation="多个单位用顿号隔开（逗号、分号、换行也可）；单位名称以“单位”表为准。",
    ),
    ReviewColumn(
        "supports",
        "配合单位",
        24,
        aliases=("责任单位", "协办单位"),
        explanation="同上；单位组（如“各市州人民政府”）可直接填写组名。",
    ),
    ReviewColumn(
        "basis",
        "牵头依据",
        10,
        align=Align.CENTRE,
        choices=tuple(BASIS_LABELS.values()),
        explanation="明示：原文写明牵头；脚注：原文说明列第一位的为牵头；推定：仅因排在首位；待明确：原文未写。改动牵头单位后自动记为“明示”。",
    ),
    ReviewColumn(
        "deadline",
        "完成时限",
        13,
        align=Align.CENTRE,
        aliases=("完成时间",),
        explanation="如 2024-12-31、2024年12月31日、2024年12月底前；原文未写完成时限的留空。",
    ),
    ReviewColumn(
        "excerpt",
        "原文",
        44,
        is_editable=False,
        is_elastic=True,
        aliases=("原文摘录",),
        explanation="供核对，改动不采用。",
    ),
    ReviewColumn(
        "unit_note", "责任单位原文", 22, is_editable=False, is_elastic=True, explanation="供核对，改动不采用。"
    ),
    ReviewColumn("position", "页/行", 11, is_editable=False, align=Align.CENTRE, aliases=("页行", "位置")),
    ReviewColumn(
        "confidence",
        "把握",
        7,
        is_editable=False,
        align=Align.CENTRE,
        explanation="高：原文写得明白；中：有推定或值得一看之处；低：没有单位或有问题，请先核对。由系统给出，改动不采用。",
    ),
    ReviewColumn("hint", "提示", 28, is_editable=False, is_elastic=True),
    ReviewColumn(
        "handling",
        "处理",
        8,
        align=Align.CENTRE,
        choices=(KEEP, RETIRE),
        explanation="不需要的任务请选“删除”，不要直接删行（直接删掉的行不会被当作删除）。",
    ),
    ReviewColumn("note", "备注", 20, aliases=("说明",)),
)

INDICATOR_COLUMNS: Final = (
    ReviewColumn(
        "code",
        "指标编号",
        11,
        is_editable=False,
        is_key=True,
        align=Align.CENTRE,
        aliases=("编号", "指标编码"),
        explanation="系统编号，请勿改动；新增指标请留空。",
    ),
    ReviewColumn("plan_title", "来源方案", 26, is_editable=False, aliases=("方案", "方案名称")),
    ReviewColumn(
        "task_code",
        "任务编号",
        11,
        align=Align.CENTRE,
        aliases=("任务编码", "所属任务"),
        explanation="所属任务的编号；方案总体目标留空；新增任务写“新1”等。",
    ),
    ReviewColumn("name", "指标名称", 34, is_key=True),
    ReviewColumn(
        "operator", "比较", 9, align=Align.CENTRE, choices=tuple(OPERATOR_LABELS.values()), aliases=("比较方式",)
    ),
    ReviewColumn(
        "value",
        "目标值",
        12,
        is_key=True,
        align=Align.RIGHT,
        explanation="只填数字，单位写在“计量单位”栏；区间填下限。",
    ),
    ReviewColumn("value_max", "上限", 12, align=Align.RIGHT, aliases=("目标值上限",), explanation="目标为区间时填写。"),
    ReviewColumn("unit", "计量单位", 10, align=Align.CENTRE, aliases=("单位",)),
    ReviewColumn(
        "by",
        "时限",
        12,
        align=Align.CENTRE,
        aliases=("完成时限", "完成时间"),
        explanation="年份或日期，如 2025、2025-06-30。",
    ),
    ReviewColumn("agencies", "报送单位", 24, aliases=("填报单位",), explanation="留空则由所属任务的牵头单位报送。"),
    ReviewColumn("quote", "原文", 48, is_editable=False, is_elastic=True, aliases=("原文摘录",)),
    ReviewColumn("hint", "提示", 28, is_editable=False, is_elastic=True),
    ReviewColumn("handling", "处理", 8, align=Align.CENTRE, choices=(KEEP, RETIRE)),
    ReviewColumn("note", "备注", 20, aliases=("说明",)),
)

AGENCY_COLUMNS: Final = (
    ReviewColumn(
        "name",
        "名称",
        28,
        is_key=True,
        aliases=("名称", "单位"),
        explanation="填报单位的全称或惯用名称，每个单位只占一行。",
    ),
    ReviewColumn(
        "aliases", "简称/别名", 28, aliases=("简称", "别名", "简称别名"), explanation="同一单位的其他写法，用顿号隔开。"
    ),
    ReviewColumn(
        "groups",
        "单位组",
        26,
        aliases=("所属单位组",),
        explanation="该单位属于哪些单位组，用顿号隔开；下发时单位组按成员展开。",
    ),
    ReviewColumn(
        "is_group",
        "是否单位组",
        11,
        align=Align.CENTRE,
        choices=(YES, NO),
        explanation="“各市州人民政府”一类统称选“是”，本身不下发清单，由成员填报。",
    ),
    ReviewColumn("level", "层级", 9, align=Align.CENTRE, aliases=("级别",), explanation=_LEVEL_EXPLANATION),
    ReviewColumn(
        "leader",
        "分管领导",
        14,
        align=Align.CENTRE,
        aliases=("分管负责人", "联系领导"),
        explanation="分管（联系）该单位的领导，用于按领导切分台账、通报和看板；几位的用顿号隔开。",
    ),
    ReviewColumn("contact", "联系人", 12, align=Align.CENTRE),
    ReviewColumn("phone", "电话", 17, align=Align.CENTRE, aliases=("联系电话",)),
    ReviewColumn(
        "email", "邮箱", 28, aliases=("电子邮箱", "邮件地址"), explanation="每个单位一个邮箱，用于发送责任清单和催报。"
    ),
    ReviewColumn("lead_count", "牵头任务", 10, is_editable=False, align=Align.CENTRE),
    ReviewColumn("support_count", "配合任务", 10, is_editable=False, align=Align.CENTRE),
    ReviewColumn("hint", "提示", 30, is_editable=False),
)

SHEET_COLUMNS: Final[Mapping[str, tuple[ReviewColumn, ...]]] = {
    TASKS_SHEET: TASK_COLUMNS,
    INDICATORS_SHEET: INDICATOR_COLUMNS,
    AGENCIES_SHEET: AGENCY_COLUMNS,
}


def header_of(sheet: str, field: str) -> str:
    """Return the header of the column that holds `field` on `sheet`."""
    return next(column.header for column in SHEET_COLUMNS[sheet] if column.field == field)
