"""The workspace at a glance: its plans, the periods that were issued, and what comes next."""

from dataclasses import dataclass

from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.model.period import Period
from planbook.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan: its code's front part, title, tasks, and how many of them a review has confirmed."""

    code: str
    title: str
    tasks: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period that forms were issued for."""

    period: str
    label: str
    issued: int
    missing: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page's first screen needs; `periods` has the latest first."""

    office: str
    root: str
    plans: tuple[PlanLine, ...]
    periods: tuple[PeriodLine, ...]
    review_table: str
    next_step: str


def see_overview(workspace: Workspace) -> Overview:
    """Return the workspace at a glance; one without a ledger yet is empty.

    Raises:
        PlanbookError: The ledger cannot be read.
    """
    plans: tuple[PlanLine, ...] = ()
    periods: tuple[PeriodLine, ...] = ()
    if workspace.settings.database or (workspace.root / "planbook.db").is_file():
        with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
            tasks = seen.plans.tasks()
            plans = tuple(
                PlanLine(
                    f"P{plan.sequence}",
                    plan.title,
                    sum(task.plan_sequence == plan.sequence for task in tasks),
                    sum(task.plan_sequence == plan.sequence and task.is_confirmed for task in tasks),
                )
                for plan in seen.plans.all()
            )
            issued: dict[Period, int] = {}
            for form in seen.forms.issued():
                issued[form.period] = issued.get(form.period, 0) + 1
            periods = tuple(
                PeriodLine(str(period), period.label, issued[period], len(seen.reports.missing(period)))
                for period in sorted(issued, reverse=True)
            )
    return Overview(
        office=workspace.settings.office,
        root=str(workspace.root),
        plans=plans,
        periods=periods,
        review_table=str(workspace.review_table),
        next_step=_next_step(plans, periods),
    )


def _next_step(plans: tuple[PlanLine, ...], periods: tuple[PeriodLine, ...]) -> str:
    if not plans:
        return "导入行动计划，读出任务和责任单位。"
    if not periods:
        return "打开任务分解表审核、确认分工，然后生成责任清单。"
    latest = periods[0]
    if latest.missing:
        return f"{latest.label}还有 {latest.missing} 个单位没有报送：收到的回表拖进收件，再一键汇总；没报的催报。"
    return f"{latest.label}已全部报送：核对看板和总台账，写通报。"


def asked_period(text: str) -> Period:
    """Return the period of a question.

    Raises:
        PlanbookError: It is none.
    """
    if len(text) > 20:
        raise PlanbookError("填报期无法识别，请写成 2024Q1（季度）、2024-03（月）、2024H1（半年）或 2024（年）。")
    return Period.parse(text)
