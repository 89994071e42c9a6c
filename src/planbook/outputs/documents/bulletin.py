"""Puts together what a bulletin says of a period, from its ledger, every number with what was counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planbook.model.attainment import Attainment
from planbook.model.decisions import ClosureState
from planbook.model.figures import Figures, count_figures
from planbook.model.form import Role, Status
from planbook.model.ledger import Assignment, MissingAgency, PeriodLedger, PeriodSummary, TaskStanding
from planbook.model.lights import Light
from planbook.outputs.documents import wording
from planbook.outputs.documents.bulletin_counts import Count, counts_of
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
from planbook.outputs.documents.bulletin_ranking import category_fields, rank_agencies
from planbook.outputs.documents.charts import Bar, draw_bars, draw_trend

_TASK_ANNEX, _SILENT_ANNEX = "红灯、黄灯任务清单", "未报送单位名单"
_DOUBT_ANNEX, _PROBLEM_ANNEX = "数据疑点清单", "单位反映的困难和问题"


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


def compose_bulletin(ledger: PeriodLedger, days: BulletinDays) -> Bulletin:
    """Return the bulletin of `ledger`, whole, a slice, or its public version.

    Raises:
        PlanbookError: Its figures do not add up.
    """
    figures = count_figures(ledger)
    standings = {one.task.code: one for one in ledger.tasks}

    def tasks(codes: Iterable[str]) -> tuple[TaskFields, ...]:
        return tuple(_task(standings[code]) for code in codes)

    red, yellow = tasks(figures.whole.codes.get(Light.RED, ())), tasks(figures.whole.codes.get(Light.YELLOW, ()))
    silent = tuple(_silent(one, days.issued_on) for one in ledger.missing)
    problems, doubts = tuple(_problems(ledger.tasks)), tuple(_doubts(ledger))
    marks, annexes = _annexes(
        {_TASK_ANNEX: red + yellow, _SILENT_ANNEX: silent, _DOUBT_ANNEX: doubts, _PROBLEM_ANNEX: problems}
    )
    previous, ranking = ledger.previous, rank_agencies(ledger)
    fields = BulletinFields(
        office=ledger.office,
        issued_on=wording.day(days.issued_on),
        period=ledger.period.label,
        previous=previous.period.label if previous else "",
        next_period=ledger.period.following().label,
        next_due=wording.day(days.next_due),
        cut_off=wording.day(ledger.cut_off),
        reply_by=wording.day(days.reply_by),
        scope=ledger.scope,
        is_public=ledger.is_public,
        plan_names=wording.plan_names([one.title for one in figures.by_plan]),
        plans=tuple(
            PlanFields(plan.title, plan.document_number or "", sum(one.plan == plan for one in ledger.tasks))
            for plan in ledger.plans
        ),
        returns=ReturnFields(
            figures.issued,
            figures.returned,
            figures.missing,
            wording.percent_of(figures.returned, figures.issued),
        ),
        lights=_light_fields(figures.lights),
        closed=len(figures.closed),
        claimed=len(figures.by_state[ClosureState.CLAIMED]),
        changes=_changes(figures.lights, previous),
        comparison=_comparison(figures, previous),
        groups_by=figures.groups_by,
        groups=tuple(GroupFields(one.title, _light_fields(one.lights)) for one in figures.groups),
        categories=category_fields(ranking),
        silent=silent,
        silent_names="、".join(figures.silent),
        overdue=tasks(figures.overdue),
        red=red,
        yellow=yellow,
        behind=red + yellow,
        doubts=doubts,
        doubt_kinds="、".join(f"{kind}{number}处" for kind, number in Counter(one.kind for one in doubts).items()),
        problems=problems,
        indicators=_indicators(figures.attainments),
        pictures=_pictures(ledger, figures),
        annexes=annexes,
        annex_marks=marks,
    )
    return Bulletin(fields, counts_of(ledger, figures, ranking, fields))


def _light_fields(lights: Mapping[Light, int]) -> LightFields:
    return LightFields(
        total=sum(lights.values()),
        green=lights.get(Light.GREEN, 0),
        blue=lights.get(Light.BLUE, 0),
        yellow=lights.get(Light.YELLOW, 0),
        red=lights.get(Light.RED, 0),
        grey=lights.get(Light.GREY, 0),
        white=lights.get(Light.WHITE, 0),
    )


def _changes(lights: Mapping[Light, int], previous: PeriodSummary | None) -> str:
    if previous is None:
        return ""
    before = dict(previous.lights)
    return wording.changes([(light.label, lights.get(light, 0), before.get(light, 0)) for light in Light])


def _comparison(figures: Figures, previous: PeriodSummary | None) -> tuple[ComparisonFields, ...]:
    if previous is None:
        return ()
    before = dict(previous.lights)
    rows = [
        ("应报单位（个）", figures.issued, previous.issued_agencies),
        ("已报单位（个）", figures.returned, previous.returned_agencies),
        ("任务（项）", figures.tasks, sum(before.values())),
        *((f"{light.label}（项）", figures.lights.get(light, 0), before.get(light, 0)) for light in Light),
        ("已销号（项）", len(figures.closed), previous.closed),
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


def _indicators(number: Mapping[Attainment, int]) -> IndicatorFields:
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


def _pictures(ledger: PeriodLedger, figures: Figures) -> PictureFields:
    now = Bar(ledger.period.label, figures.lights)
    previous = ledger.previous
    past = [Bar(one.period.label, dict(one.lights)) for one in ledger.history if one.period != ledger.period]
    if previous and not past:
        past = [Bar(previous.period.label, dict(previous.lights))]
    bars = [now, past[-1]] if past else [now]
    groups = [Bar(one.title, one.lights) for one in figures.groups]
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
