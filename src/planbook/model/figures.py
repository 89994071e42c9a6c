"""The figures that every output counts from: each with what was counted, all of them held against the total."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planbook.model.agency_level import OTHER
from planbook.model.attainment import Attainment, attainment_of
from planbook.model.decisions import ClosureState
from planbook.model.errors import PlanbookError
from planbook.model.ledger import PeriodLedger
from planbook.model.lights import Light
from planbook.model.tallies import PartTally, TaskTally

NO_LEAD: Final = "（未落实牵头单位）"
NO_SECTION: Final = "（无章节）"


@dataclass(frozen=True, slots=True)
class LightCount:
    """Tasks counted together: those of one plan, section, category or lead agency, by light.

    Attributes:
        title: Plan, heading, category or agency.
        codes: Codes of its tasks by light, in the ledger's order.
        above: Number of the plan (`P1`) that a section belongs to or that it is; empty for everything else.
        completion_percent: Mean of its tasks' completion, None where none is reported.
        closed: Codes of those that are closed.
    """

    title: str
    codes: Mapping[Light, tuple[str, ...]]
    above: str = ""
    completion_percent: Decimal | None = None
    closed: tuple[str, ...] = ()

    @property
    def lights(self) -> Mapping[Light, int]:
        """How many tasks show each light."""
        return {light: len(codes) for light, codes in self.codes.items()}

    @property
    def tasks(self) -> tuple[str, ...]:
        """Codes of all of its tasks."""
        return tuple(code for codes in self.codes.values() for code in codes)

    @property
    def total(self) -> int:
        """Number of tasks."""
        return len(self.tasks)


@dataclass(frozen=True, slots=True)
class LeadProgress:
    """How one agency stands with the tasks that it leads, one of several leads or alone.

    `average_percent` is the mean of the reported 完成进度, None where none was reported.
    """

    agency: str
    tasks: int
    reported: int
    done: int
    average_percent: Decimal | None
    lights: Mapping[Light, int]
    category: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that an output may count of a period.

    Attributes:
        plans: Number of plans.
        whole: All tasks.
        issued: Agencies that a form was issued to.
        returned: Those that returned it.
        missing: Those that did not.
        silent: Names of those.
        by_plan: Tasks by plan.
        by_section: Tasks by the innermost heading that they stand under, plan by plan.
        by_category: Tasks by the category of the first agency that leads them.
        by_lead: Tasks by the first agency that leads them.
        by_state: Codes of tasks by how far they are settled.
        overdue: Codes of tasks whose deadline is past and that are neither closed nor at rest.
        leads: How each leading agency stands; a task with two leads counts for both.
        indicators: Codes of indicators by whether they reach their target.
        groups_by: 方案 or, with a single plan, 章节.
    """

    plans: int
    whole: LightCount
    issued: int
    returned: int
    missing: int
    silent: tuple[str, ...]
    by_plan: tuple[LightCount, ...]
    by_section: tuple[LightCount, ...]
    by_category: tuple[LightCount, ...]
    by_lead: tuple[LightCount, ...]
    by_state: Mapping[ClosureState, tuple[str, ...]]
    overdue: tuple[str, ...]
    leads: tuple[LeadProgress, ...]
    indicators: Mapping[Attainment, tuple[str, ...]]
    groups_by: str

    @property
    def tasks(self) -> int:
        """Number of tasks."""
        return self.whole.total

    @property
    def lights(self) -> Mapping[Light, int]:
        """Tasks by light."""
        return self.whole.lights

    @property
    def groups(self) -> tuple[LightCount, ...]:
        """Tasks by plan or, with a single plan, by section."""
        return self.by_section if self.groups_by == "章节" else self.by_plan

    @property
    def attainments(self) -> Mapping[Attainment, int]:
        """Indicators by whether they reach their target."""
        return {one: len(codes) for one, codes in self.indicators.items()}

    @property
    def closed(self) -> tuple[str, ...]:
        """Codes of the tasks that the office closed."""
        return self.by_state.get(ClosureState.CLOSED, ())


def count_figures(ledger: PeriodLedger, tallies: Sequence[TaskTally] | None = None) -> Figures:
    """Return the figures of `ledger`, which add up; `tallies` are what is counted of its tasks, where that is known.

    Raises:
        PlanbookError: They do not; nothing that states them must leave the house.
    """
    tasks = [TaskTally.of(one) for one in ledger.tasks] if tallies is None else tallies
    categories = {one.agency: one.category for one in ledger.affiliations}
    first = {one.code: _first_lead(one) for one in tasks}
    figures = Figures(
        plans=len(ledger.plans),
        whole=_count("全部任务", tasks),
        issued=ledger.issued_agencies,
        returned=ledger.returned_agencies,
        missing=len(ledger.missing),
        silent=tuple(one.agency for one in ledger.missing),
        by_plan=_grouped(tasks, lambda one: (str(one.plan_sequence), one.plan_title, f"P{one.plan_sequence}")),
        by_section=_grouped(tasks, _section),
        by_category=_grouped(
            tasks, lambda one: (categories.get(first[one.code], OTHER) if first[one.code] else NO_LEAD,) * 2 + ("",)
        ),
        by_lead=_grouped(tasks, lambda one: (first[one.code] or NO_LEAD,) * 2 + ("",)),
        by_state={state: tuple(one.code for one in tasks if one.state is state) for state in ClosureState},
        overdue=tuple(one.code for one in tasks if one.is_overdue),
        leads=_leads(tasks, categories),
        indicators=_attainments(ledger),
        groups_by="章节" if len(ledger.plans) == 1 else "方案",
    )
    _refuse_unless_reconciled(figures, ledger, [one.code for one in tasks])
    return figures


def refuse_unless_reconciled(figures: Figures, ledger: PeriodLedger) -> None:
    """Raise unless every division of the tasks holds each task once, and returns and indicators add up likewise.

    Raises:
        PlanbookError: Some figures do not add up; the message says which.
    """
    _refuse_unless_reconciled(figures, ledger, [one.task.code for one in ledger.tasks])


def _refuse_unless_reconciled(figures: Figures, ledger: PeriodLedger, tasks: Iterable[str]) -> None:
    whole = sorted(tasks)
    divisions: tuple[tuple[str, Iterable[str]], ...] = (
        ("亮灯", figures.whole.tasks),
        ("方案", (code for group in figures.by_plan for code in group.tasks)),
        ("章节", (code for group in figures.by_section for code in group.tasks)),
        ("类别", (code for group in figures.by_category for code in group.tasks)),
        ("牵头单位", (code for group in figures.by_lead for code in group.tasks)),
        ("办理状态", (code for codes in figures.by_state.values() for code in codes)),
    )
    faults = []
    for name, codes in divisions:
        counted = sorted(codes)
        if counted != whole:
            faults.append(f"按{name}合计{len(counted)}项，任务共{len(whole)}项")
    if len(set(whole)) != len(whole):
        faults.append("有任务编号重复")
    if figures.returned + figures.missing != figures.issued:
        faults.append(f"已报{figures.returned}家加未报{figures.missing}家，应报{figures.issued}家")
    if sum(figures.attainments.values()) != len(ledger.indicators):
        faults.append(f"指标按达标情况合计{sum(figures.attainments.values())}项，共{len(ledger.indicators)}项")
    indicators = [code for codes in figures.indicators.values() for code in codes]
    if len(set(indicators)) != len(indicators):
        faults.append("有指标编号重复")
    unlisted = {group.above for group in figures.by_plan} - {f"P{plan.sequence}" for plan in ledger.plans}
    if unlisted:
        faults.append(f"方案{'、'.join(sorted(unlisted))}有任务，却不在方案清单里")
    if faults:
        message = f"数字对不上，没有生成文件：{'；'.join(faults)}。请运行 planbook doctor 检查台账后再试。"
        raise PlanbookError(message)


def _first_lead(tally: TaskTally) -> str:
    return next((one.agency for one in tally.parts if one.is_lead), "")


def _section(tally: TaskTally) -> tuple[str, str, str]:
    # The innermost heading: the outermost is 重点任务 for nearly all of them.
    path = tally.path
    return f"{tally.plan_sequence}\n{path}", path[-1] if path else NO_SECTION, f"P{tally.plan_sequence}"


def _grouped(tasks: Iterable[TaskTally], place: Callable[[TaskTally], tuple[str, str, str]]) -> tuple[LightCount, ...]:
    """Return the tasks counted by `place`, which gives key, title and what stands above, in order of appearance."""
    groups: dict[str, tuple[str, str, list[TaskTally]]] = {}
    for one in tasks:
        key, title, above = place(one)
        groups.setdefault(key, (title, above, []))[2].append(one)
    return tuple(_count(title, members, above) for title, above, members in groups.values())


def _count(title: str, tasks: Sequence[TaskTally], above: str = "") -> LightCount:
    codes: dict[Light, list[str]] = {}
    for one in tasks:
        codes.setdefault(one.light, []).append(one.code)
    return LightCount(
        title,
        {light: tuple(codes[light]) for light in Light if light in codes},
        above,
        _mean([one.percent for one in tasks]),
        tuple(one.code for one in tasks if one.state is ClosureState.CLOSED),
    )


def _mean(percents: Iterable[Decimal | None]) -> Decimal | None:
    known = [percent for percent in percents if percent is not None]
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.1")) if known else None


def _leads(tasks: Iterable[TaskTally], categories: Mapping[str, str]) -> tuple[LeadProgress, ...]:
    led: dict[str, list[tuple[TaskTally, PartTally]]] = {}
    for task in tasks:
        for part in task.parts:
            if part.is_lead:
                led.setdefault(part.agency, []).append((task, part))
    progress = [
        LeadProgress(
            agency,
            tasks=len(entries),
            reported=sum(part.is_reported for _, part in entries),
            done=sum(part.is_done for _, part in entries),
            average_percent=_mean(part.percent for _, part in entries),
            lights=_count("", [task for task, _ in entries]).lights,
            category=categories.get(agency, OTHER),
            codes=tuple(task.code for task, _ in entries),
        )
        for agency, entries in led.items()
    ]
    return tuple(sorted(progress, key=_by_progress))


def _by_progress(one: LeadProgress) -> tuple[Decimal, int, str]:
    return (Decimal(1) if one.average_percent is None else -one.average_percent, -one.tasks, one.agency)


def _attainments(ledger: PeriodLedger) -> Mapping[Attainment, tuple[str, ...]]:
    codes: dict[Attainment, list[str]] = {}
    for standing in ledger.indicators:
        codes.setdefault(attainment_of(standing), []).append(standing.indicator.code)
    return {one: tuple(codes.get(one, ())) for one in Attainment}
