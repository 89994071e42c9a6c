"""Puts together what a bulletin says of a period, from its ledger, every number with what was counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planbook.model.attainment import Attainment, attainment_of
from planbook.model.decisions import ClosureState
from planbook.model.form import Role, Status
from planbook.model.ledger import Assignment, MissingAgency, PeriodLedger, PeriodSummary, TaskStanding
from planbook.model.lights import Light
from planbook.outputs.documents import wording
from planbook.outputs.documents.bulletin_fields import (
    AnnexFields,
    AnnexMarkFields,
    BulletinFields,
    ComparisonFields,
    DoubtFields,
    GroupFields,
    IndicatorFields,
    LightFields,
    PictureFields,
    PlanFields,
    ProblemFields,
    ReturnFields,
    SilentFields,
    TaskFields,
)
from planbook.outputs.documents.bulletin_ranking import rank_categories
from planbook.outputs.documents.charts import Bar, draw_bars, draw_trend
from planbook.outputs.documents.counts import Count, Total, refuse_unless_reconciled

_TASK_ANNEX, _SILENT_ANNEX = "红灯、黄灯任务清单", "未报送单位名单"
_DOUBT_ANNEX, _PROBLEM_ANNEX = "数据疑点清单", "单位反映的困难和问题"
_SETTLED: Final = (ClosureState.CLOSED, ClosureState.SUSPENDED, ClosureState.CLAIMED)


@dataclass(frozen=True, slots=True)
class BulletinDays:
    """Days that a bulletin names beside those of the ledger."""

    issued_on: date
    reply_by: date
    next_due: date


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin before it is put into its template: its fields, and the counts behind its numbers."""

    fields: BulletinFields
    counts: tuple[Count, ...]


def compose_bulletin(ledger: PeriodLedger, days: BulletinDays, *, scope: str = "", is_public: bool = False) -> Bulletin:
    """Return the bulletin of `ledger`.

    Args:
        ledger: The period, whole or a slice.
        days: Days that it names.
        scope: Which part of the ledger it is of, in words; empty for all.
        is_public: It is to be published: no problems, no doubts.

    Raises:
        PlanbookError: Its figures do not add up.
    """
    counts = _Counts(ledger)
    counts.refuse_unless_reconciled()
    red, yellow, overdue = _tasks(counts.lights[Light.RED]), _tasks(counts.lights[Light.YELLOW]), _tasks(counts.overdue)
    silent = tuple(_silent(one, days.issued_on) for one in ledger.missing)
    problems = () if is_public else tuple(_problems(ledger.tasks))
    doubts = () if is_public else tuple(_doubts(ledger))
    marks, annexes = _annexes(
        {_TASK_ANNEX: red + yellow, _SILENT_ANNEX: silent, _DOUBT_ANNEX: doubts, _PROBLEM_ANNEX: problems}
    )
    previous = ledger.previous
    fields = BulletinFields(
        office=ledger.office,
        issued_on=wording.day(days.issued_on),
        period=ledger.period.label,
        previous=previous.period.label if previous else "",
        next_period=ledger.period.following().label,
        next_due=wording.day(days.next_due),
        cut_off=wording.day(ledger.cut_off),
        reply_by=wording.day(days.reply_by),
        scope=scope,
        is_public=is_public,
        plan_names=wording.plan_names([one.title for one, _ in counts.plans]),
        plans=tuple(PlanFields(plan.title, plan.document_number or "", number) for plan, number in counts.plans),
        returns=ReturnFields(
            ledger.issued_agencies,
            ledger.returned_agencies,
            len(ledger.missing),
            wording.percent_of(ledger.returned_agencies, ledger.issued_agencies),
        ),
        lights=_light_fields(counts.lights),
        closed=len(counts.closed),
        claimed=len(counts.claimed),
        changes=_changes(counts.lights, previous),
        comparison=_comparison(ledger, counts, previous),
        groups_by=counts.groups_by,
        groups=tuple(GroupFields(title, _light_fields(lights)) for title, lights in counts.groups.items()),
        categories=rank_categories(ledger),
        silent=silent,
        silent_names="、".join(one.agency for one in silent),
        overdue=overdue,
        red=red,
        yellow=yellow,
        behind=red + yellow,
        doubts=doubts,
        doubt_kinds="、".join(f"{kind}{number}处" for kind, number in Counter(one.kind for one in doubts).items()),
        problems=problems,
        indicators=_indicators(counts),
        pictures=_pictures(ledger, counts),
        annexes=annexes,
        annex_marks=marks,
    )
    return Bulletin(fields, tuple(counts.all()))


_Tasks = list[TaskStanding]


class _Counts:
    """Tasks, agencies and indicators as the bulletin counts them."""

    def __init__(self, ledger: PeriodLedger) -> None:
        self.ledger = ledger
        tasks = ledger.tasks
        self.lights: dict[Light, _Tasks] = {
            light: [one for one in tasks if one.light.light is light] for light in Light
        }
        self.closed = [one for one in tasks if one.closure.state is ClosureState.CLOSED]
        self.claimed = [one for one in tasks if one.closure.state is ClosureState.CLAIMED]
        self.overdue = [
            one
            for one in tasks
            if one.days_left is not None and one.days_left < 0 and one.closure.state not in _SETTLED
        ]
        by_plan = {plan.sequence: [one for one in tasks if one.plan.sequence == plan.sequence] for plan in ledger.plans}
        self.by_plan = [(plan.title, by_plan[plan.sequence]) for plan in ledger.plans]
        self.plans = [(plan, len(by_plan[plan.sequence])) for plan in ledger.plans if by_plan[plan.sequence]]
        self.groups_by = "方案" if len(self.plans) > 1 else "章节"
        self.groups: dict[str, dict[Light, _Tasks]] = {}
        for one in tasks:
            title = one.plan.title if len(self.plans) > 1 else (one.task.path[-1] if one.task.path else "（无章节）")
            self.groups.setdefault(title, {light: [] for light in Light})[one.light.light].append(one)
        self.attainments: dict[Attainment, list[str]] = {one: [] for one in Attainment}
        for standing in ledger.indicators:
            self.attainments[attainment_of(standing)].append(standing.indicator.code)

    def refuse_unless_reconciled(self) -> None:
        whole = Count("任务", tuple(one.task.code for one in self.ledger.tasks))
        totals = [Total(whole, tuple(_counted(light.label, tasks) for light, tasks in self.lights.items()))]
        totals.append(Total(whole, tuple(_counted(title, tasks) for title, tasks in self.by_plan)))
        totals += [
            Total(
                _counted(light.label, tasks),
                tuple(_counted(title, lights[light]) for title, lights in self.groups.items()),
            )
            for light, tasks in self.lights.items()
        ]
        indicators = Count("指标", tuple(one.indicator.code for one in self.ledger.indicators))
        parts = tuple(Count(one.value, tuple(codes)) for one, codes in self.attainments.items())
        missing = Count("未报单位", tuple(one.agency for one in self.ledger.missing))
        stated = [(missing, self.ledger.issued_agencies - self.ledger.returned_agencies)]
        refuse_unless_reconciled([*totals, Total(indicators, parts)], stated)

    def all(self) -> Iterable[Count]:
        """Yield every count that the bulletin states, with what was counted."""
        yield Count("任务总数", tuple(one.task.code for one in self.ledger.tasks))
        for light, tasks in self.lights.items():
            yield _counted(light.label, tasks)
        yield _counted("已销号", self.closed)
        yield _counted("报告已完成、待核查", self.claimed)
        yield _counted("超过完成时限", self.overdue)
        for title, lights in self.groups.items():
            for light, tasks in lights.items():
                if tasks:
                    yield _counted(f"{title}：{light.label}", tasks)
        for one, codes in self.attainments.items():
            yield Count(f"指标{one.value}", tuple(codes))
        yield Count("未报单位", tuple(one.agency for one in self.ledger.missing))


def _counted(name: str, tasks: Iterable[TaskStanding]) -> Count:
    return Count(name, tuple(one.task.code for one in tasks))


def _light_fields(lights: Mapping[Light, Sequence[TaskStanding]]) -> LightFields:
    number = {light: len(tasks) for light, tasks in lights.items()}
    return LightFields(
        total=sum(number.values()),
        green=number[Light.GREEN],
        blue=number[Light.BLUE],
        yellow=number[Light.YELLOW],
        red=number[Light.RED],
        grey=number[Light.GREY],
        white=number[Light.WHITE],
    )


def _changes(lights: Mapping[Light, Sequence[TaskStanding]], previous: PeriodSummary | None) -> str:
    if previous is None:
        return ""
    before = dict(previous.lights)
    return wording.changes([(light.label, len(tasks), before.get(light, 0)) for light, tasks in lights.items()])


def _comparison(ledger: PeriodLedger, counts: _Counts, previous: PeriodSummary | None) -> tuple[ComparisonFields, ...]:
    if previous is None:
        return ()
    before = dict(previous.lights)
    rows = [
        ("应报单位（个）", ledger.issued_agencies, previous.issued_agencies),
        ("已报单位（个）", ledger.returned_agencies, previous.returned_agencies),
        ("任务（项）", len(ledger.tasks), sum(before.values())),
        *((f"{light.label}（项）", len(tasks), before.get(light, 0)) for light, tasks in counts.lights.items()),
        ("已销号（项）", len(counts.closed), previous.closed),
    ]
    return tuple(
        ComparisonFields(name, str(now), str(was), wording.change(now, was))
        for name, now, was in rows
        if now or was or name != f"{Light.WHITE.label}（项）"
    )


def _silent(one: MissingAgency, issued_on: date) -> SilentFields:
    late = (issued_on - one.due_on).days if one.due_on else 0
    return SilentFields(
        one.agency,
        one.tasks,
        one.lead_tasks,
        wording.day(one.issued_on),
        wording.day(one.due_on, ""),
        str(late) if late > 0 else wording.NONE,
    )


def _tasks(standings: Iterable[TaskStanding]) -> tuple[TaskFields, ...]:
    return tuple(_task(one) for one in standings)


def _task(standing: TaskStanding) -> TaskFields:
    task = standing.task
    leads = [one for one in standing.assignments if one.role is Role.LEAD]
    supports = [one for one in standing.assignments if one.role is Role.SUPPORT]
    return TaskFields(
        code=task.code,
        title=task.title,
        plan=standing.plan.title,
        section=" / ".join(task.path),
        leads="、".join(one.agency for one in leads) or "未明确",
        supports="、".join(one.agency for one in supports),
        deadline=wording.day(standing.deadline.effective or task.deadline),
        days_late=max(-(standing.days_left or 0), 0),
        light=standing.light.light.label,
        ground=standing.light.ground,
        percent=wording.percent(standing.completion_percent),
        progress="\n".join(_progress(leads)),
    )


def _progress(leads: Sequence[Assignment]) -> list[str]:
    said = [(one.agency, one.received.report.progress) for one in leads if one.received]
    return [f"{agency}：{text}" if len(said) > 1 else text for agency, text in said if text]


def _problems(tasks: Iterable[TaskStanding]) -> Iterable[ProblemFields]:
    for standing in tasks:
        for one in standing.assignments:
            report = one.received.report if one.received else None
            if report and report.problems.strip(" 无。") and report.status is not Status.DONE:
                task = standing.task
                yield ProblemFields(one.agency, task.code, task.title, report.problems, report.next_steps)


def _doubts(ledger: PeriodLedger) -> Iterable[DoubtFields]:
    for one in ledger.doubts:
        yield DoubtFields(
            one.kind.value, one.title or one.key, "、".join(one.agencies), one.finding.message.rstrip("。")
        )


def _indicators(counts: _Counts) -> IndicatorFields:
    number = {one: len(codes) for one, codes in counts.attainments.items()}
    return IndicatorFields(
        total=sum(number.values()),
        reached=number[Attainment.REACHED],
        below=number[Attainment.BELOW],
        unclear=number[Attainment.UNCLEAR],
        silent=number[Attainment.SILENT],
    )


def _annexes(contents: Mapping[str, Sequence[object]]) -> tuple[AnnexMarkFields, tuple[AnnexFields, ...]]:
    """Return the marks at the annexes' heads, and the annexes that there are, numbered where there are several."""
    present = [title for title, content in contents.items() if content]
    numbers = {title: number for number, title in enumerate(present, start=1)}
    is_many = len(present) > 1

    def mark(title: str) -> str:
        return "" if title not in numbers else f"附件{numbers[title]}" if is_many else "附件"

    marks = AnnexMarkFields(*(mark(title) for title in (_TASK_ANNEX, _SILENT_ANNEX, _DOUBT_ANNEX, _PROBLEM_ANNEX)))
    return marks, tuple(AnnexFields(f"{numbers[title]}." if is_many else "", title) for title in present)


def _pictures(ledger: PeriodLedger, counts: _Counts) -> PictureFields:
    now = Bar(ledger.period.label, {light: len(tasks) for light, tasks in counts.lights.items()})
    previous = ledger.previous
    past = [Bar(one.period.label, dict(one.lights)) for one in ledger.history if one.period != ledger.period]
    if previous and not past:
        past = [Bar(previous.period.label, dict(previous.lights))]
    bars = [now, past[-1]] if past else [now]
    groups = [
        Bar(title, {light: len(tasks) for light, tasks in lights.items()}) for title, lights in counts.groups.items()
    ]
    return PictureFields(
        lights=draw_bars(bars, _words(bars)),
        groups=draw_bars(groups, _words(groups)) if len(groups) > 1 else None,
        trend=draw_trend([*past, now], _words([*past, now])) if len(past) > 1 else None,
    )


def _words(bars: Iterable[Bar]) -> str:
    """Return what a chart shows, for readers who cannot see it."""
    return "；".join(
        f"{bar.title}：{'、'.join(f'{light.label}{number}项' for light, number in bar.lights.items() if number)}"
        for bar in bars
    )
