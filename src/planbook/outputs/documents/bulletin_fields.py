"""What the bulletin's template (通报.docx) may name."""

from dataclasses import dataclass
from typing import Annotated

from planbook.outputs.documents.fields import Named, Picture


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A plan that the bulletin speaks of."""

    title: Annotated[str, Named("标题", "方案的标题，不带书名号")]
    document_number: Annotated[str, Named("文号", "发文字号，没有的为空")]
    tasks: Annotated[int, Named("任务数", "本方案的任务项数")]


@dataclass(frozen=True, slots=True)
class ReturnFields:
    """How many agencies have answered."""

    issued: Annotated[int, Named("应报", "下发了责任清单的单位个数")]
    returned: Annotated[int, Named("已报", "已报送的单位个数")]
    missing: Annotated[int, Named("未报", "未报送的单位个数；已报与未报之和等于应报")]
    share: Annotated[str, Named("报送率", "已报占应报的百分比，如 90.0%；没有应报单位时为“—”")]


@dataclass(frozen=True, slots=True)
class LightFields:
    """Tasks by light; the six sum to the total."""

    total: Annotated[int, Named("总数", "任务项数，等于六种灯之和")]
    green: Annotated[int, Named("绿灯", "绿灯任务项数")]
    blue: Annotated[int, Named("蓝灯", "蓝灯任务项数")]
    yellow: Annotated[int, Named("黄灯", "黄灯任务项数")]
    red: Annotated[int, Named("红灯", "红灯任务项数")]
    grey: Annotated[int, Named("灰灯", "灰灯任务项数（本期未报送）")]
    white: Annotated[int, Named("白灯", "白灯任务项数（办公室决定暂缓）")]


@dataclass(frozen=True, slots=True)
class GroupFields:
    """Tasks of one plan or section by light."""

    title: Annotated[str, Named("名称", "方案或章节的名称")]
    lights: Annotated[LightFields, Named("亮灯", "本方案（章节）的任务按亮灯分")]


@dataclass(frozen=True, slots=True)
class ComparisonFields:
    """One figure of this period beside last period's."""

    title: Annotated[str, Named("名称", "数字的名称，如“红灯任务（项）”")]
    now: Annotated[str, Named("本期", "本期的数")]
    before: Annotated[str, Named("上期", "上期的数，上期没有的为“—”")]
    change: Annotated[str, Named("增减", "本期减上期，如 +2、-1、持平；上期没有的为“—”")]


@dataclass(frozen=True, slots=True)
class RankFields:
    """One agency in the ranking of its category."""

    place: Annotated[str, Named("名次", "在本类别中的名次，得分相同的名次相同；没有牵头任务的为“—”")]
    agency: Annotated[str, Named("单位", "单位名称")]
    tasks: Annotated[int, Named("牵头任务", "牵头的任务项数")]
    reported: Annotated[int, Named("已报任务", "其中已报送的项数")]
    done: Annotated[int, Named("报告完成", "其中已销号或报告已完成的项数")]
    average: Annotated[str, Named("平均进度", "报送的完成进度的平均数，如 62.5%；没有报送的为“—”")]
    red: Annotated[int, Named("红灯", "红灯任务项数")]
    yellow: Annotated[int, Named("黄灯", "黄灯任务项数")]
    score: Annotated[str, Named("得分", "按评分规则的得分；不评分的为“—”")]


@dataclass(frozen=True, slots=True)
class CategoryFields:
    """The agencies of one category (省直, 市州, 园区…), the best first."""

    title: Annotated[str, Named("名称", "类别名称")]
    ranks: Annotated[tuple[RankFields, ...], Named("单位排名", "本类别的单位，从第一名起")]


@dataclass(frozen=True, slots=True)
class SilentFields:
    """An agency that has not answered."""

    agency: Annotated[str, Named("单位", "单位名称")]
    tasks: Annotated[int, Named("任务数", "应报的任务项数")]
    lead_tasks: Annotated[int, Named("牵头任务", "其中牵头的项数")]
    issued_on: Annotated[str, Named("下发日期", "责任清单下发的日期")]
    due_on: Annotated[str, Named("报送截止日", "应当报送的日期，没有定的为空")]
    days_late: Annotated[str, Named("逾期天数", "到成文日期已逾期的天数，未到期的为“—”")]


@dataclass(frozen=True, slots=True)
class TaskFields:
    """A task with how it stands."""

    code: Annotated[str, Named("编号", "任务编号")]
    title: Annotated[str, Named("任务名称", "任务名称")]
    plan: Annotated[str, Named("方案", "所属方案的标题")]
    section: Annotated[str, Named("章节", "所属章节")]
    leads: Annotated[str, Named("牵头单位", "牵头单位，几个的用顿号分开；没有的写“未明确”")]
    supports: Annotated[str, Named("配合单位", "配合单位")]
    deadline: Annotated[str, Named("完成时限", "完成时限，没有的为“—”")]
    days_late: Annotated[int, Named("超期天数", "到截止日期超过完成时限的天数，没有超过的为 0")]
    light: Annotated[str, Named("亮灯", "绿灯、蓝灯、黄灯、红灯、灰灯或白灯")]
    ground: Annotated[str, Named("亮灯依据", "这盏灯怎样算出来的")]
    percent: Annotated[str, Named("完成进度", "牵头单位报送的完成进度，没有报送的为“—”")]
    progress: Annotated[str, Named("进展情况", "牵头单位报送的进展情况")]


@dataclass(frozen=True, slots=True)
class ProblemFields:
    """A problem as an agency reports it."""

    agency: Annotated[str, Named("单位", "提出的单位")]
    code: Annotated[str, Named("编号", "任务编号")]
    title: Annotated[str, Named("任务名称", "任务名称")]
    text: Annotated[str, Named("内容", "存在问题，按单位所填")]
    next_steps: Annotated[str, Named("下一步措施", "下一步措施，按单位所填")]


@dataclass(frozen=True, slots=True)
class DoubtFields:
    """Something in the reports that contradicts itself."""

    kind: Annotated[str, Named("类别", "如 进度倒退、照抄文字")]
    title: Annotated[str, Named("对象", "任务、指标或单位")]
    agency: Annotated[str, Named("单位", "涉及的单位")]
    text: Annotated[str, Named("内容", "疑点是什么")]


@dataclass(frozen=True, slots=True)
class IndicatorFields:
    """Indicators by whether they reach their targets; the four sum to the total."""

    total: Annotated[int, Named("总数", "指标个数，等于以下四类之和")]
    reached: Annotated[int, Named("已达标", "报送的数达到目标的个数")]
    below: Annotated[int, Named("未达标", "报送的数没有达到目标的个数")]
    unclear: Annotated[int, Named("无法判断", "报送的数不能与目标相比的个数")]
    silent: Annotated[int, Named("未报送", "没有报送的个数")]


@dataclass(frozen=True, slots=True)
class PictureFields:
    """Charts; where no Chinese font was found none is drawn, and the tables say the same."""

    lights: Annotated[Picture | None, Named("亮灯图", "任务亮灯：本期与上期")]
    groups: Annotated[Picture | None, Named("分组图", "各方案（章节）的亮灯")]
    trend: Annotated[Picture | None, Named("趋势图", "各期的亮灯，有两期以上才有")]


@dataclass(frozen=True, slots=True)
class AnnexFields:
    """One annex of the bulletin."""

    number: Annotated[str, Named("序号", "如“1.”；只有一个附件时为空")]
    title: Annotated[str, Named("名称", "附件名称")]


@dataclass(frozen=True, slots=True)
class AnnexMarkFields:
    """What stands at the head of each annex: 附件1, or 附件 where it is the only one; empty where there is none."""

    tasks: Annotated[str, Named("红黄灯", "红灯、黄灯任务清单的附件标识")]
    silent: Annotated[str, Named("未报", "未报送单位名单的附件标识")]
    doubts: Annotated[str, Named("疑点", "数据疑点清单的附件标识")]
    problems: Annotated[str, Named("困难", "单位反映的困难和问题的附件标识")]


@dataclass(frozen=True, slots=True)
class BulletinFields:
    """Everything that a bulletin says."""

    office: Annotated[str, Named("发文单位", "设置里的发文单位")]
    issued_on: Annotated[str, Named("成文日期", "如 2024年4月12日")]
    period: Annotated[str, Named("本期", "如 2024年第一季度")]
    previous: Annotated[str, Named("上期", "如 2023年第四季度；台账里没有上期的为空")]
    next_period: Annotated[str, Named("下期", "下一个填报期")]
    next_due: Annotated[str, Named("下期报送截止日", "下一期应当报送的日期")]
    cut_off: Annotated[str, Named("截止日期", "数字和亮灯所依据的日子，如 2024年3月31日")]
    reply_by: Annotated[str, Named("回复日期", "要求书面说明的日期")]
    scope: Annotated[str, Named("范围", "只通报一部分时说明是哪一部分，如“张某分管”；全部时为空")]
    is_public: Annotated[bool, Named("公开版", "是公开版时为真")]
    plan_names: Annotated[str, Named("方案名称", "《…》《…》等几个方案，一句话")]
    plans: Annotated[tuple[PlanFields, ...], Named("方案", "通报涉及的方案")]
    returns: Annotated[ReturnFields, Named("报送", "本期报送情况")]
    lights: Annotated[LightFields, Named("亮灯", "全部任务按亮灯分")]
    closed: Annotated[int, Named("已销号", "办公室核查后销号的任务项数")]
    claimed: Annotated[int, Named("待核查", "牵头单位报告已完成、还没有核查的任务项数")]
    changes: Annotated[str, Named("变化", "与上期相比各种灯的增减，一句话；没有上期的为空")]
    comparison: Annotated[tuple[ComparisonFields, ...], Named("对比", "本期与上期的主要数字")]
    groups_by: Annotated[str, Named("分组方式", "“方案”，只有一个方案时为“章节”")]
    groups: Annotated[tuple[GroupFields, ...], Named("分组", "各方案（章节）的亮灯，合计等于全部任务")]
    categories: Annotated[tuple[CategoryFields, ...], Named("类别", "分类排名，如省直、市州、园区")]
    silent: Annotated[tuple[SilentFields, ...], Named("未报单位", "未报送的单位")]
    silent_names: Annotated[str, Named("未报单位名单", "未报送的单位，用顿号分开")]
    overdue: Annotated[tuple[TaskFields, ...], Named("超期任务", "超过完成时限，没有销号、报告完成或暂缓的任务")]
    red: Annotated[tuple[TaskFields, ...], Named("红灯任务", "红灯任务，包括超期的")]
    yellow: Annotated[tuple[TaskFields, ...], Named("黄灯任务", "黄灯任务")]
    behind: Annotated[tuple[TaskFields, ...], Named("红黄灯任务", "红灯任务和黄灯任务，红灯在前")]
    doubts: Annotated[tuple[DoubtFields, ...], Named("疑点", "自相矛盾、需要核实的地方")]
    doubt_kinds: Annotated[str, Named("疑点分类", "各类疑点各几处，一句话")]
    problems: Annotated[tuple[ProblemFields, ...], Named("困难", "单位反映的困难和问题")]
    indicators: Annotated[IndicatorFields, Named("指标", "指标按是否达标分")]
    pictures: Annotated[PictureFields, Named("图", "插图")]
    annexes: Annotated[tuple[AnnexFields, ...], Named("附件清单", "实际有的附件，用于附件说明")]
    annex_marks: Annotated[AnnexMarkFields, Named("附件标识", "各附件首页左上角的“附件1”等")]
