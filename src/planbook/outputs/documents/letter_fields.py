"""What the letters' templates (督办单.docx, 催办函.docx) may name."""

from dataclasses import dataclass
from typing import Annotated

from planbook.outputs.documents.fields import Named


@dataclass(frozen=True, slots=True)
class MatterFields:
    """One task that an agency has to answer for."""

    code: Annotated[str, Named("编号", "任务编号")]
    title: Annotated[str, Named("任务名称", "任务名称")]
    plan: Annotated[str, Named("方案", "所属方案的标题")]
    role: Annotated[str, Named("承担角色", "牵头或配合")]
    deadline: Annotated[str, Named("完成时限", "完成时限，没有的为“—”")]
    light: Annotated[str, Named("亮灯", "红灯、黄灯等")]
    percent: Annotated[str, Named("完成进度", "本单位报送的完成进度，没有的为“—”")]
    matter: Annotated[str, Named("督办原因", "超期、滞后或数据矛盾，一条一行")]


@dataclass(frozen=True, slots=True)
class NoticeFields:
    """Everything that a supervision notice (督办单) says to one agency."""

    office: Annotated[str, Named("发文单位", "设置里的发文单位")]
    contact: Annotated[str, Named("联系人", "设置里的联系人和电话")]
    agency: Annotated[str, Named("单位", "承办单位")]
    number: Annotated[str, Named("编号", "督办单编号，如 2024Q1-03")]
    issued_on: Annotated[str, Named("成文日期", "如 2024年4月12日")]
    period: Annotated[str, Named("本期", "如 2024年第一季度")]
    cut_off: Annotated[str, Named("截止日期", "亮灯所依据的日子")]
    reply_by: Annotated[str, Named("回复日期", "要求书面回复的日期")]
    count: Annotated[int, Named("项数", "督办的任务项数")]
    matters: Annotated[tuple[MatterFields, ...], Named("督办事项", "督办的任务")]


@dataclass(frozen=True, slots=True)
class AskedTaskFields:
    """One task that an agency was asked about."""

    code: Annotated[str, Named("编号", "任务编号")]
    title: Annotated[str, Named("任务名称", "任务名称")]
    plan: Annotated[str, Named("方案", "所属方案的标题")]
    role: Annotated[str, Named("承担角色", "牵头或配合")]
    deadline: Annotated[str, Named("完成时限", "完成时限，没有的为“—”")]


@dataclass(frozen=True, slots=True)
class UrgingFields:
    """Everything that an urging letter (催办函) says to one silent agency."""

    office: Annotated[str, Named("发文单位", "设置里的发文单位")]
    contact: Annotated[str, Named("联系人", "设置里的联系人和电话")]
    agency: Annotated[str, Named("单位", "未报送的单位")]
    issued_on: Annotated[str, Named("成文日期", "如 2024年4月12日")]
    period: Annotated[str, Named("本期", "如 2024年第一季度")]
    form_issued_on: Annotated[str, Named("下发日期", "责任清单下发的日期")]
    due_on: Annotated[str, Named("报送截止日", "应当报送的日期，没有定的为空")]
    days_late: Annotated[int, Named("逾期天数", "到成文日期已逾期的天数，未到期的为 0")]
    reply_by: Annotated[str, Named("回复日期", "要求报送的日期")]
    count: Annotated[int, Named("项数", "应报的任务项数")]
    lead_count: Annotated[int, Named("牵头项数", "其中牵头的项数")]
    tasks: Annotated[tuple[AskedTaskFields, ...], Named("应报任务", "应报的任务")]
