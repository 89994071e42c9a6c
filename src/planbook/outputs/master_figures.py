"""The figures of the overview: how many tasks, returns and lights, by plan or section, by lead agency, by indicator."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from planbook.model.form import Role
from planbook.model.ledger import IndicatorStanding, PeriodLedger, ReceivedIndicator, TaskStanding
from planbook.model.lights import Light
from planbook.model.plan import Operator


class Attainment(StrEnum):
    """Whether an indicator's reported value reaches its target."""

    REACHED = "已达标"
    BELOW = "未达标"
    UNCLEAR = "无法判断"
    SILENT = "未报送"


@dataclass(frozen=True, slots=True)
class LightCount:
    """Tasks of one plan or section by light."""

    title: str
    lights: Mapping[Light, int]

    @property
    def total(self) -> int:
        """Number of tasks."""
        return sum(self.lights.values())


@dataclass(frozen=True, slots=True)
class LeadProgress:
    """How one agency stands with the tasks that it leads.

    `average_percent` is the mean of the reported 完成进度, None where none was reported.
    """

    agency: str
    tasks: int
    reported: int
    done: int
    average_percent: Decimal | None
    lights: Mapping[Light, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the overview counts; `groups` are plans or, with a single plan, its sections."""

    plans: int
    tasks: int
    issued: int
    returned: int
    missing: int
    lights: Mapping[Light, int]
    groups_by: str
    groups: tuple[LightCount, ...]
    leads: tuple[LeadProgress, ...]
    attainments: Mapping[Attainment, int]


def count_figures(ledger: PeriodLedger) -> Figures:
    """Return the figures of `ledger`."""
    is_single = len(ledger.plans) == 1
    return Figures(
        plans=len(ledger.plans),
        tasks=len(ledger.tasks),
        issued=ledger.issued_agencies,
        returned=ledger.returned_agencies,
        missing=len(ledger.missing),
        lights=_lights(ledger.tasks),
        groups_by="章节" if is_single else "方案",
        groups=_sections(ledger.tasks) if is_single else _plans(ledger),
        leads=_leads(ledger.tasks),
        attainments=Counter(attainment_of(standing) for standing in ledger.indicators),
    )


def _lights(tasks: Iterable[TaskStanding]) -> Mapping[Light, int]:
    return Counter(standing.light.light for standing in tasks)


def _plans(ledger: PeriodLedger) -> tuple[LightCount, ...]:
    return tuple(
        LightCount(plan.title, _lights(one for one in ledger.tasks if one.plan.sequence == plan.sequence))
        for plan in ledger.plans
    )


def _sections(tasks: Iterable[TaskStanding]) -> tuple[LightCount, ...]:
    sections: dict[str, list[TaskStanding]] = {}
    for standing in tasks:
        # The innermost heading: the outermost is 重点任务 for nearly all of them.
        sections.setdefault(standing.task.path[-1] if standing.task.path else "（无章节）", []).append(standing)
    return tuple(LightCount(title, _lights(standings)) for title, standings in sections.items())


def _leads(tasks: Iterable[TaskStanding]) -> tuple[LeadProgress, ...]:
    led: dict[str, list[tuple[TaskStanding, Decimal | None, bool, bool]]] = {}
    for standing in tasks:
        for assignment in standing.assignments:
            if assignment.role is Role.LEAD:
                report = assignment.received.report if assignment.received else None
                percent = report.completion_percent if report else None
                is_done = bool(report and report.status and report.status.name == "DONE")
                led.setdefault(assignment.agency, []).append((standing, percent, report is not None, is_done))
    progress: list[LeadProgress] = []
    for agency, entries in led.items():
        percents = [percent for _, percent, _, _ in entries if percent is not None]
        average = (sum(percents, Decimal(0)) / len(percents)).quantize(Decimal("0.1")) if percents else None
        progress.append(
            LeadProgress(
                agency,
                tasks=len(entries),
                reported=sum(is_reported for _, _, is_reported, _ in entries),
                done=sum(is_done for *_, is_done in entries),
                average_percent=average,
                lights=_lights(standing for standing, *_ in entries),
            )
        )
    return tuple(sorted(progress, key=_by_progress))


def _by_progress(one: LeadProgress) -> tuple[Decimal, int, str]:
    return (Decimal(1) if one.average_percent is None else -one.average_percent, -one.tasks, one.agency)


def attainment_of(standing: IndicatorStanding) -> Attainment:
    """Return whether what was reported reaches the target; reports that disagree leave it unclear."""
    found = {attainment(standing, received) for received in standing.received}
    if not found:
        return Attainment.SILENT
    return found.pop() if len(found) == 1 else Attainment.UNCLEAR


def attainment(standing: IndicatorStanding, received: ReceivedIndicator | None) -> Attainment:
    """Return whether one report reaches the target; a plan's 达到 N and 建成 N both mean at least N."""
    if received is None:
        return Attainment.SILENT
    value, target = received.report.value, standing.indicator.value
    if value is None or standing.indicator.operator is Operator.ABOUT:
        return Attainment.UNCLEAR
    is_reached = {
        Operator.AT_LEAST: value >= target,
        Operator.EQUAL: value >= target,
        Operator.MORE_THAN: value > target,
        Operator.AT_MOST: value <= target,
        Operator.LESS_THAN: value < target,
    }[standing.indicator.operator]
    return Attainment.REACHED if is_reached else Attainment.BELOW
