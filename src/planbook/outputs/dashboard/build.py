"""Puts the dashboard's value together from the ledger of the period and of those before it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from planbook.model.attainment import attainment_of
from planbook.model.decisions import Decision
from planbook.model.doubts import Doubt
from planbook.model.figures import count_figures
from planbook.model.form import Role
from planbook.model.ledger import (
    AgencyStanding,
    Assignment,
    IndicatorStanding,
    MissingAgency,
    PeriodLedger,
    TaskStanding,
)
from planbook.model.lights import Light
from planbook.outputs.cell_text import china_time, plain_number
from planbook.outputs.dashboard.value import (
    Category,
    DashboardValue,
    DecisionLine,
    DoubtLine,
    IndicatorLine,
    LightTotal,
    Part,
    PastPeriod,
    PastReport,
    PastStanding,
    PeriodName,
    Point,
    RankedAgency,
    SilentAgency,
    TaskGroup,
    TaskLine,
)
from planbook.outputs.master_rows import target_in_words
from planbook.outputs.styles import LIGHT_ORDER
from planbook.sheets.text import clean_text


def build_dashboard(ledger: PeriodLedger, earlier: Sequence[PeriodLedger] = ()) -> DashboardValue:
    """Return what the dashboard of `ledger` shows.

    Args:
        ledger: The period's ledger, whole, a slice, or its public version.
        earlier: The ledgers of the periods before it that were reported on, cut likewise, the oldest first.
    """
    is_public = ledger.is_public
    figures = count_figures(ledger)
    before = dict(ledger.previous.lights) if ledger.previous else None
    past = {period.period.label: _by_code(period) for period in (*earlier, ledger)}
    return DashboardValue(
        office=clean_text(ledger.office),
        period=PeriodName(str(ledger.period), ledger.period.label),
        scope=clean_text(ledger.scope),
        is_public=is_public,
        cut_off=ledger.cut_off.isoformat(),
        made_at=f"{china_time(ledger.made_at):%Y-%m-%d %H:%M}",
        plans=tuple(clean_text(plan.title) for plan in ledger.plans),
        issued=figures.issued,
        returned=figures.returned,
        closed=sum(one.closure.is_settled for one in ledger.tasks),
        lights=tuple(
            LightTotal(
                light, light.label, figures.lights.get(light, 0), None if before is None else before.get(light, 0)
            )
            for light in LIGHT_ORDER
        ),
        history=tuple(_past_period(one) for one in (*earlier, ledger)),
        groups_by=figures.groups_by,
        groups=tuple(TaskGroup(clean_text(one.title), one.total, _lights(one.lights)) for one in figures.groups),
        categories=_categories(ledger.agencies),
        missing=tuple(_silent(one, ledger.cut_off, is_public=is_public) for one in ledger.missing),
        doubts=() if is_public else tuple(_doubt(one) for one in ledger.doubts),
        tasks=tuple(_task(one, past, is_public=is_public) for one in ledger.tasks),
        indicators=tuple(_indicator(one, (*earlier, ledger)) for one in ledger.indicators),
    )


def _by_code(ledger: PeriodLedger) -> Mapping[str, TaskStanding]:
    return {one.task.code: one for one in ledger.tasks}


def _lights(lights: Mapping[Light, int]) -> dict[str, int]:
    return {str(light): count for light, count in lights.items()}


def _past_period(ledger: PeriodLedger) -> PastPeriod:
    lights = Counter(str(one.light.light) for one in ledger.tasks)
    return PastPeriod(ledger.period.label, lights, ledger.issued_agencies, ledger.returned_agencies)


def _categories(agencies: Iterable[AgencyStanding]) -> tuple[Category, ...]:
    categories: dict[str, list[AgencyStanding]] = {}
    for one in agencies:
        categories.setdefault(one.category, []).append(one)
    return tuple(
        Category(clean_text(title), tuple(_ranked(one) for one in sorted(members, key=_by_rank)))
        for title, members in categories.items()
    )


def _by_rank(one: AgencyStanding) -> tuple[bool, int, str]:
    return (one.score is None, one.score.rank if one.score else 0, one.agency)


def _ranked(one: AgencyStanding) -> RankedAgency:
    score = one.score
    return RankedAgency(
        rank=score.rank if score else None,
        agency=clean_text(one.agency),
        lead_tasks=one.lead_tasks,
        percent=_number(one.completion_percent),
        lights=_lights(dict(one.lights)),
        score=_number(score.total) if score else None,
        grounds=tuple(
            clean_text(f"{item.name} {plain_number(item.points)}/{plain_number(item.full)}：{item.ground}")
            for item in (score.items if score else ())
        ),
    )


def _silent(one: MissingAgency, cut_off: date, *, is_public: bool) -> SilentAgency:
    late = max((cut_off - one.due_on).days, 0) if one.due_on else 0
    contact = "" if is_public else " ".join(part for part in (one.contact, one.phone) if part)
    return SilentAgency(clean_text(one.agency), one.tasks, one.lead_tasks, _day(one.due_on), late, clean_text(contact))


def _task(standing: TaskStanding, past: Mapping[str, Mapping[str, TaskStanding]], *, is_public: bool) -> TaskLine:
    task = standing.task
    history = tuple(_past(label, tasks[task.code]) for label, tasks in past.items() if task.code in tasks)
    return TaskLine(
        code=task.code,
        title=clean_text(task.title),
        body=clean_text(task.body),
        plan=clean_text(standing.plan.title),
        path=tuple(clean_text(heading) for heading in task.path),
        leads=_agencies(standing, Role.LEAD),
        supports=_agencies(standing, Role.SUPPORT),
        deadline=_day(standing.deadline.effective or task.deadline),
        original_deadline=_day(standing.deadline.original or task.deadline),
        days_left=standing.days_left,
        light=standing.light.light,
        ground=clean_text(standing.light.ground),
        state=standing.closure.state.value,
        percent=_number(standing.completion_percent),
        parts=tuple(_part(one, is_public=is_public) for one in standing.assignments),
        history=history if len(history) > 1 else (),
        decisions=() if is_public else tuple(_decision(one) for one in standing.decisions),
    )


def _agencies(standing: TaskStanding, role: Role) -> tuple[str, ...]:
    return tuple(clean_text(one.agency) for one in standing.assignments if one.role is role)


def _decision(one: Decision) -> DecisionLine:
    what = [
        f"时限 {one.from_date or '未定'} → {one.to_date}" if one.to_date else "",
        " → ".join(agency for agency in (one.agency, one.to_agency) if agency),
        f"理由：{one.reason}" if one.reason else "",
        f"佐证：{one.evidence}" if one.evidence else "",
        f"核查人：{one.checker}" if one.checker else "",
    ]
    return DecisionLine(one.decided_on.isoformat(), one.kind.value, clean_text("\n".join(filter(None, what))))


def _doubt(one: Doubt) -> DoubtLine:
    agencies = tuple(clean_text(agency) for agency in dict.fromkeys(one.agencies))
    return DoubtLine(one.kind.value, clean_text(one.title or one.key), agencies, clean_text(one.finding.message))


def _part(one: Assignment, *, is_public: bool) -> Part:
    if one.received is None:
        silence = "未报送" if one.is_issued else "未下发"
        return Part(clean_text(one.agency), one.role.value, silence, None, "", "", "", None, None, "")
    report = one.received.report
    return Part(
        agency=clean_text(one.agency),
        role=one.role.value,
        status=report.status.value if report.status else "未填",
        percent=_number(report.completion_percent),
        progress=clean_text(report.progress),
        problems="" if is_public else clean_text(report.problems),
        next_steps=clean_text(report.next_steps),
        expected=_day(report.expected_completion),
        extension_to=_day(report.extension_to),
        source="" if is_public else clean_text(f"{one.received.file_name} / {report.sheet} / 第{report.row}行"),
    )


def _past(label: str, standing: TaskStanding) -> PastStanding:
    reports = tuple(
        PastReport(
            clean_text(one.agency),
            one.received.report.status.value if one.received.report.status else "状态未填",
            clean_text(one.received.report.progress),
        )
        for one in standing.assignments
        if one.received
    )
    ground = clean_text(standing.light.ground)
    return PastStanding(label, standing.light.light, ground, _number(standing.completion_percent), reports)


def _indicator(standing: IndicatorStanding, ledgers: Sequence[PeriodLedger]) -> IndicatorLine:
    indicator = standing.indicator
    return IndicatorLine(
        code=indicator.code,
        task=indicator.task_code,
        plan=clean_text(standing.plan.title),
        name=clean_text(indicator.name),
        target=target_in_words(standing),
        target_number=float(indicator.value),
        unit=clean_text(indicator.unit),
        by=indicator.by,
        now="；".join(_said(standing)),
        attainment=attainment_of(standing).value,
        ground=clean_text(standing.trend.ground) if standing.trend else "",
        points=tuple(_points(indicator.code, ledgers)),
    )


def _said(standing: IndicatorStanding) -> list[str]:
    values = [(one.agency, _value(one.report.value, one.report.raw)) for one in standing.received]
    return [clean_text(f"{agency} {value}" if len(values) > 1 else value) for agency, value in values]


def _value(value: Decimal | None, raw: str) -> str:
    return plain_number(value) if value is not None else f"“{raw}”"


def _points(code: str, ledgers: Iterable[PeriodLedger]) -> list[Point]:
    """Return an indicator's value in each period in which a single one was reported."""
    points: list[Point] = []
    for ledger in ledgers:
        standing = next((one for one in ledger.indicators if one.indicator.code == code), None)
        values = {one.report.value for one in standing.received if one.report.value is not None} if standing else set()
        if len(values) == 1:
            points.append(Point(ledger.period.label, float(values.pop())))
    return points


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
