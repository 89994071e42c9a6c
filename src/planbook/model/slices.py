"""Slices: the part of a period's ledger that concerns one leader, section, plan, agency or category."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from planbook.model.agency import agency_key
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.form import Role
from planbook.model.ledger import (
    AgencyStanding,
    Assignment,
    IndicatorStanding,
    LedgerPlan,
    MissingAgency,
    PeriodLedger,
    PeriodSummary,
    TaskStanding,
)
from planbook.model.lights import Light
from planbook.model.tallies import TaskTally, count_from

_SHOWN_CHOICES: Final = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the ledger is wanted; what is empty does not limit it, what is not limits it together.

    Attributes:
        leader: 分管领导: tasks led by the agencies that answer to this leader.
        section: A heading of a plan, or part of one: tasks that stand under it.
        plan: A plan by its number (`P1`), title, or part of one title.
        agency: An agency: tasks that it has a part in.
        category: 分类考核 category (省直单位, 市州 …): tasks led by its agencies.
    """

    leader: str = ""
    section: str = ""
    plan: str = ""
    agency: str = ""
    category: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.leader or self.section or self.plan or self.agency or self.category)

    @property
    def label(self) -> str:
        """The scope in words, which also names its files; empty for the whole."""
        parts = (
            ("分管领导", self.leader),
            ("章节", self.section),
            ("方案", self.plan),
            ("单位", self.agency),
            ("类别", self.category),
        )
        return "　".join(f"{name}：{value}" for name, value in parts if value)


WHOLE: Final = Scope()


def slice_ledger(ledger: PeriodLedger, scope: Scope, earlier: Sequence[PeriodLedger] = ()) -> PeriodLedger:
    """Return what of `ledger` lies within `scope`; the ledger itself where nothing limits it.

    A task stays whole: every agency's part in it is kept, for its light rests on them. What is counted by agency
    (returns, findings, ranking) is kept for agencies within the scope alone; a rank stays the rank among all.

    Args:
        ledger: The whole ledger of the period.
        scope: What is wanted.
        earlier: The whole ledgers of earlier periods, the oldest first, from which the figures of the past are made.

    Raises:
        PlanbookError: The scope names something that the ledger does not have; the message says what there is.
    """
    if scope.is_whole:
        return ledger
    cut = _cut(ledger, _Wanted(ledger, scope), scope.label)
    if not cut.tasks and not cut.indicators and not cut.agencies and not cut.missing:
        raise PlanbookError(f"台账中没有符合“{scope.label}”的任务、指标或单位，请检查后再试。")
    past = tuple(summary_of(_cut(one, _Wanted(one, scope, is_lenient=True), scope.label)) for one in earlier)
    return replace(cut, previous=past[-1] if past else None, history=(*past, summary_of(cut)))


def without_plans(
    ledger: PeriodLedger, sequences: Collection[int], earlier: Sequence[PeriodLedger] = ()
) -> PeriodLedger:
    """Return `ledger` as if the plans of these numbers did not exist, and nobody had been asked about them alone.

    Args:
        ledger: The ledger of the period.
        sequences: Numbers of the plans.
        earlier: The whole ledgers of earlier periods, from which the figures of the past are made.
    """
    cut = _cut(ledger, _OtherPlans(sequences), ledger.scope)
    past = tuple(summary_of(_cut(one, _OtherPlans(sequences), one.scope)) for one in earlier)
    return replace(cut, previous=past[-1] if past else None, history=(*past, summary_of(cut)))


def count_asked(missing: Iterable[MissingAgency], tasks: Iterable[TaskTally]) -> tuple[MissingAgency, ...]:
    """Return the silent agencies with those of `tasks` counted that stand in their forms."""
    found = {one.agency: (one, [0, 0]) for one in missing}
    for task in tasks if found else ():
        for part in task.parts:
            if part.is_issued and part.agency in found:
                count = found[part.agency][1]
                count[0] += 1
                count[1] += part.is_lead
    return tuple(replace(one, tasks=asked, lead_tasks=led) for one, (asked, led) in found.values())


def summary_of(ledger: PeriodLedger) -> PeriodSummary:
    """Return the figures of one period's ledger."""
    percents = [one.completion_percent for one in ledger.tasks if one.completion_percent is not None]
    counted = count_from(ledger.issued_to, ledger.missing, [TaskTally.of(one) for one in ledger.tasks])
    return PeriodSummary(
        period=ledger.period,
        issued_agencies=ledger.issued_agencies,
        returned_agencies=ledger.returned_agencies,
        lights=tuple((light, len(codes)) for light, codes in counted.lights),
        closed=len(counted.closed),
        completion_percent=_mean(percents),
        counted=counted,
    )


def _cut(ledger: PeriodLedger, wanted: "_Wanted | _OtherPlans", label: str) -> PeriodLedger:
    tasks = tuple(one for one in ledger.tasks if wanted.has_task(one))
    codes = {one.task.code for one in tasks}
    indicators = tuple(one for one in ledger.indicators if wanted.has_indicator(one, codes))
    names = set(wanted.agencies) if wanted.agencies is not None else _named_in(tasks, indicators)
    parts = _parts_by_agency(tasks)
    missing = count_asked([one for one in ledger.missing if one.agency in names], map(TaskTally.of, tasks))
    issued = tuple(name for name in ledger.issued_to if name in names)
    keys = codes | {one.indicator.code for one in indicators}
    plans = {one.plan.sequence for one in tasks} | {one.plan.sequence for one in indicators}
    return replace(
        ledger,
        plans=tuple(plan for plan in ledger.plans if plan.sequence in plans),
        tasks=tasks,
        indicators=indicators,
        missing=missing,
        issued_to=issued,
        issued_agencies=len(issued),
        returned_agencies=len(issued) - len(missing),
        findings=tuple(one for one in ledger.findings if one.agency in names),
        unassigned=tuple(one for one in ledger.unassigned if _value(one, "code") in keys),
        agencies=tuple(
            _counted_standing(one, parts.get(one.agency, [])) for one in ledger.agencies if one.agency in names
        ),
        doubts=tuple(one for one in ledger.doubts if one.key in keys or one.key in names),
        same_indicators=tuple(
            group
            for group in ledger.same_indicators
            if any(member.standing.indicator.code in keys for member in group.members)
        ),
        changes=tuple(one for one in ledger.changes if one.key in keys or one.key in names),
        affiliations=tuple(one for one in ledger.affiliations if one.agency in names or one.agency in parts),
        scope=label,
        previous=None,
        history=(),
    )


class _OtherPlans:
    """Tells what belongs to other plans than those of some numbers."""

    agencies: Collection[str] | None = None

    def __init__(self, sequences: Collection[int]) -> None:
        self._sequences = sequences

    def has_task(self, standing: TaskStanding) -> bool:
        return standing.plan.sequence not in self._sequences

    def has_indicator(self, standing: IndicatorStanding, _codes: Collection[str]) -> bool:
        return standing.plan.sequence not in self._sequences


class _Wanted:
    """Tells what lies within a scope of one ledger."""

    def __init__(self, ledger: PeriodLedger, scope: Scope, *, is_lenient: bool = False) -> None:
        """Resolve what the scope names.

        Args:
            ledger: The ledger.
            scope: The scope.
            is_lenient: What it names may be absent, as in an earlier period.
        """
        self._scope = scope
        self._is_lenient = is_lenient
        self.plans = self._find_plans(ledger.plans) if scope.plan else None
        self._leads = self._find_leads(ledger)
        self._agency = self._find_agency(ledger) if scope.agency else None
        groups = [one for one in (self._leads, self._agency) if one is not None]
        self.agencies: Collection[str] | None = set.intersection(*groups) if groups else None
        """The agencies within the scope; None where it is not agencies that limit it."""

    def has_task(self, standing: TaskStanding) -> bool:
        parts = standing.assignments
        leads = {one.agency for one in parts if one.role is Role.LEAD} or {one.agency for one in parts}
        return (
            (self.plans is None or standing.plan.sequence in self.plans)
            and (not self._scope.section or any(self._scope.section in heading for heading in standing.task.path))
            and (self._leads is None or bool(leads & self._leads))
            and (self._agency is None or any(one.agency in self._agency for one in parts))
        )

    def has_indicator(self, standing: IndicatorStanding, codes: Collection[str]) -> bool:
        if standing.indicator.task_code in codes:
            return True
        if self._scope.section or (self.plans is not None and standing.plan.sequence not in self.plans):
            return False
        reporters = {*standing.agencies, *(one.agency for one in standing.received)}
        return self.agencies is None or bool(reporters & set(self.agencies))

    def _find_plans(self, plans: Sequence[LedgerPlan]) -> set[int]:
        wanted = self._scope.plan.strip()
        for found in (
            [plan for plan in plans if f"P{plan.sequence}" == wanted.upper()],
            [plan for plan in plans if plan.title == wanted],
            [plan for plan in plans if wanted in plan.title],
        ):
            if len(found) == 1 or (found and self._is_lenient):
                return {plan.sequence for plan in found}
            if found:
                raise PlanbookError(f"“{wanted}”对得上 {len(found)} 个方案，请用编号：{_choices(map(_named, found))}。")
        self._refuse("方案", wanted, map(_named, plans))
        return set()

    def _find_leads(self, ledger: PeriodLedger) -> set[str] | None:
        leader, category = self._scope.leader.strip(), self._scope.category.strip()
        if not leader and not category:
            return None
        found = {
            one.agency
            for one in ledger.affiliations
            if (not leader or leader in one.leaders) and (not category or one.category == category)
        }
        if found:
            return found
        if leader and not any(leader in one.leaders for one in ledger.affiliations):
            known = [name for one in ledger.affiliations for name in one.leaders]
            self._refuse("分管领导", leader, known, "请在任务分解表“单位”表填写“分管领导”，再运行 planbook confirm。")
        else:
            self._refuse("类别", category, [one.category for one in ledger.affiliations])
        return set()

    def _find_agency(self, ledger: PeriodLedger) -> set[str]:
        wanted = self._scope.agency.strip()
        names = [one.agency for one in ledger.affiliations]
        found = {name for name in names if name == wanted} or {
            name for name in names if agency_key(name) == agency_key(wanted)
        }
        if not found:
            self._refuse("单位", wanted, names)
        return found

    def _refuse(self, kind: str, wanted: str, known: Iterable[str], remedy: str = "") -> None:
        if self._is_lenient:
            return
        choices = _choices(known)
        there = f"现有：{choices}。" if choices else f"台账中还没有{kind}，{remedy}" if remedy else ""
        raise PlanbookError(f"台账中没有{kind}“{wanted}”。{there}")


def _choices(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(name for name in names if name))
    return "、".join(known[:_SHOWN_CHOICES]) + ("等" if len(known) > _SHOWN_CHOICES else "")


def _named(plan: LedgerPlan) -> str:
    return f"P{plan.sequence}（{plan.title}）"


def _value(finding: Finding, name: str) -> str:
    return dict(finding.values).get(name, "")


def _named_in(tasks: Iterable[TaskStanding], indicators: Iterable[IndicatorStanding]) -> set[str]:
    return {part.agency for one in tasks for part in one.assignments} | {
        name for one in indicators for name in (*one.agencies, *(value.agency for value in one.received))
    }


_Part = tuple[TaskStanding, Assignment]


def _parts_by_agency(tasks: Iterable[TaskStanding]) -> Mapping[str, list[_Part]]:
    parts: dict[str, list[_Part]] = {}
    for standing in tasks:
        for one in standing.assignments:
            parts.setdefault(one.agency, []).append((standing, one))
    return parts


def _counted_standing(one: AgencyStanding, parts: Sequence[_Part]) -> AgencyStanding:
    led = [(standing, part) for standing, part in parts if part.role is Role.LEAD]
    counts = Counter(standing.light.light for standing, _ in led)
    reports = [part.received.report for _, part in led if part.received]
    percents = [report.completion_percent for report in reports if report.completion_percent is not None]
    return replace(
        one,
        tasks=len(parts),
        lead_tasks=len(led),
        lights=tuple((light, counts[light]) for light in Light if counts[light]),
        completion_percent=_mean(percents),
    )


def _mean(percents: Sequence[Decimal]) -> Decimal | None:
    return (sum(percents, Decimal(0)) / len(percents)).quantize(Decimal("0.1")) if percents else None
