"""The tab 责任台账 as a table: its buttons for Excel and WPS alike, each naming the intention it stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, unique
from types import MappingProxyType
from typing import Final

TAB_ID: Final = "planbookTab"
TAB_LABEL: Final = "责任台账"


@unique
class Ask(Enum):
    """What a button must know beside the workspace before its intention can run; the front finds it out."""

    FILES = "files"  # plan documents, from a file dialog
    PERIOD = "period"  # that of the open 总台账, else the newest issued; asked for where forms are issued
    TASKS = "tasks"  # codes in the visible selected rows
    REASON = "reason"  # one sentence, from a dialog
    EVIDENCE = "evidence"  # what shows that a task is done, from a dialog
    CHECKER = "checker"  # who checked that; may stay empty
    DATE = "to"  # a day, from a dialog
    PREVIEW = "dry_run"  # an outward act: carried out dry first, shown, and confirmed by the clerk


@unique
class Rewrites(Enum):
    """The workspace's workbook that an intention writes anew; an office program that has it open must let it go."""

    REVIEW = "review"  # 任务分解表.xlsx
    MASTER = "master"  # the period's 总台账.xlsx
    CORRECTIONS = "corrections"  # the period's folder of 退改单
    FORMS = "forms"  # the period's folder of issued forms


@dataclass(frozen=True, slots=True)
class Button:
    """One button.

    Attributes:
        id: Control id in both ribbons; its last part in lower case is the icon's file name in `addin/icons/`.
        intention: Name in the registry of intentions.
        label: What stands on it.
        screentip: Title of its tip.
        supertip: What it does, in one or two sentences.
        is_large: Drawn at 32 pixels, else at 16.
        asks: What must be known first.
        rewrites: Workbooks that must be closed while it works.
    """

    id: str
    intention: str
    label: str
    screentip: str
    supertip: str
    is_large: bool = False
    asks: tuple[Ask, ...] = ()
    rewrites: tuple[Rewrites, ...] = ()

    @property
    def icon(self) -> str:
        """Stem of its drawings `addin/icons/ICON.svg`, `ICON_16.png` and `ICON_32.png`."""
        return self.id.removeprefix("planbook").lower()


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together under one label."""

    id: str
    label: str
    buttons: tuple[Button, ...]


GROUPS: Final = (
    Group(
        "planbookGroupPlan",
        "方案分解",
        (
            Button(
                "planbookImport",
                "import",
                "导入方案",
                "导入方案",
                "选择行动计划、实施方案（Word、PDF、网页、文本、表格、OFD），读出任务、责任单位、指标和时限，生成任务分解表供审核。",
                is_large=True,
                asks=(Ask.FILES,),
                rewrites=(Rewrites.REVIEW,),
            ),
            Button(
                "planbookConfirm",
                "confirm",
                "确认分工",
                "确认分工",
                "按审核过的任务分解表更新任务、指标和单位名录；先列出会改什么，确认后才写入。",
                is_large=True,
                asks=(Ask.PREVIEW,),
                rewrites=(Rewrites.REVIEW,),
            ),
        ),
    ),
    Group(
        "planbookGroupIssue",
        "下发",
        (
            Button(
                "planbookIssue",
                "issue",
                "生成责任清单",
                "生成责任清单",
                "为每个单位生成这一期的责任清单，上期填报的内容自动带出。",
                is_large=True,
                asks=(Ask.PERIOD,),
                rewrites=(Rewrites.FORMS,),
            ),
            Button(
                "planbookSend",
                "send",
                "分发",
                "分发责任清单",
                "把责任清单发给各单位（邮件、邮件草稿或文件夹）；先列出发给谁、发什么，确认后才发。",
                is_large=True,
                asks=(Ask.PERIOD, Ask.PREVIEW),
            ),
        ),
    ),
    Group(
        "planbookGroupReturns",
        "汇总与催办",
        (
            Button(
                "planbookConsolidate",
                "consolidate",
                "一键汇总",
                "一键汇总",
                "读取收件夹里的回表，记入台账，更新总台账。总台账开着也可以点，您填的批注会先保存；按 Esc 停下。",
                is_large=True,
                asks=(Ask.PERIOD,),
                rewrites=(Rewrites.MASTER, Rewrites.CORRECTIONS),
            ),
            Button(
                "planbookCollect",
                "collect",
                "收取回表",
                "收取回表",
                "从邮箱和共享文件夹把各单位发回的文件收进收件夹；邮箱里的信一封也不删。",
                asks=(Ask.PERIOD,),
            ),
            Button(
                "planbookRemind",
                "remind",
                "催报",
                "催报",
                "列出没有报送和需要改正的单位，按催报级别发出提醒；先列出名单，确认后才发。",
                asks=(Ask.PERIOD, Ask.PREVIEW),
            ),
            Button(
                "planbookCorrect",
                "send_corrections",
                "退改",
                "发送退改单",
                "把有错的回表的退改单发回各单位改正；先列出发给谁，确认后才发。",
                asks=(Ask.PERIOD, Ask.PREVIEW),
            ),
        ),
    ),
    Group(
        "planbookGroupTasks",
        "选中的任务",
        (
            Button(
                "planbookSource",
                "source",
                "看来源",
                "这一格从哪里来",
                "打开存档的回表，停在选中的这一格原来所在的工作表和单元格。",
                asks=(Ask.PERIOD, Ask.TASKS),
            ),
            Button(
                "planbookHistory",
                "history",
                "看历史",
                "任务的来龙去脉",
                "选中任务各期的进展、亮灯和本单位作过的决定。",
                asks=(Ask.TASKS,),
            ),
            Button(
                "planbookClose",
                "close",
                "销号",
                "销号",
                "认定选中的任务已经完成，写明依据和核查人，记入台账。",
                asks=(Ask.TASKS, Ask.EVIDENCE, Ask.CHECKER),
                rewrites=(Rewrites.MASTER,),
            ),
            Button(
                "planbookExtend",
                "extend",
                "延期",
                "同意延期",
                "把选中任务的完成时限延到某一天，写明理由，记入台账。",
                asks=(Ask.TASKS, Ask.DATE, Ask.REASON),
                rewrites=(Rewrites.MASTER,),
            ),
            Button(
                "planbookReturn",
                "return",
                "退回",
                "退回",
                "不认可选中任务的完成情况，写明理由退回承担单位，记入台账。",
                asks=(Ask.TASKS, Ask.REASON),
                rewrites=(Rewrites.MASTER,),
            ),
        ),
    ),
    Group(
        "planbookGroupOutputs",
        "成果",
        (
            Button(
                "planbookLedger",
                "ledger",
                "总台账",
                "总台账",
                "按台账现状重写并打开这一期的总台账；您自己填的列原样保留。",
                is_large=True,
                asks=(Ask.PERIOD,),
                rewrites=(Rewrites.MASTER,),
            ),
            Button(
                "planbookBulletin",
                "bulletin",
                "通报",
                "通报",
                "生成这一期的通报（Word），数字与总台账一致。",
                asks=(Ask.PERIOD,),
            ),
            Button(
                "planbookDashboard",
                "dashboard",
                "看板",
                "看板",
                "生成一个可以离线打开、直接转发的看板网页。",
            ),
        ),
    ),
    Group(
        "planbookGroupUpkeep",
        "工具",
        (
            Button("planbookSettings", "settings", "设置", "设置", "打开工作区的设置文件，每一项旁边都有说明。"),
            Button("planbookDoctor", "doctor", "体检", "体检", "检查工作区、台账和加载项是否完好，不好的说明怎么办。"),
        ),
    ),
)


def all_buttons() -> Iterator[Button]:
    """Yield the buttons from left to right."""
    for group in GROUPS:
        yield from group.buttons


BUTTONS: Final[Mapping[str, Button]] = MappingProxyType({button.id: button for button in all_buttons()})
