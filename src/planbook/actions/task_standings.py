"""How each task stands in a period: who has a part in it, what they report, how far it is settled, its light."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planbook.model.agency import Directory
from planbook.model.assignment import Assignments, assign
from planbook.model.decisions import (
    Closure,
    ClosureState,
    DeadlineStanding,
    Decision,
    DecisionKind,
    closure_of,
    deadline_of,
)
from planbook.model.form import Role, Status
from planbook.model.ledger import Assignment, LedgerIndicator, LedgerPlan, LedgerTask, ReceivedReport, TaskStanding
from planbook.model.light_reading import read_light
from planbook.model.light_rules import LightRules
from planbook.model.lights import Light, LightReading, Situation
from planbook.model.period import Period
from planbook.model.reassignment import reassign_parts, reassign_task, reassignments
from planbook.model.working_days import WorkCalendar
from planbook.workspace.settings import Settings
from planbook.workspace.working_days import work_calendar

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger

_WORST_FIRST: Final = (Light.RED, Light.YELLOW, Light.GREY, Light.BLUE, Light.GREEN, Light.WHITE)


@dataclass(frozen=True, slots=True)
class LightMeasure:
    """What lights are read by: the rule table, and the working days where it counts by them."""

    rules: LightRules
    calendar: WorkCalendar | None
    _read: dict[Situation, LightReading] = field(default_factory=dict, compare=False, repr=False)

    def read(self, situation: Situation) -> LightReading:
        """Return the light; a thousand agencies that report one task are in a few dozen situations."""
        known = self._read.get(situation)
        if known is None:
            known = self._read[situation] = read_light(situation, self.rules, self.calendar)
        return known

    @classmethod
    def of(cls, settings: Settings) -> "LightMeasure":
        """Return the measure that the office set."""
        return cls(settings.lights, work_calendar() if settings.lights.counts_working_days else None)


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What does not depend on the period: plans, tasks, indicators, directory, decisions, and the assignments of them.

    `assignments` are as the plans have them; a period's reassignments are made upon them.
    """

    plans: Mapping[int, LedgerPlan]
    tasks: tuple[LedgerTask, ...]
    indicators: tuple[LedgerIndicator, ...]
    directory: Directory
    decisions: Mapping[str, tuple[Decision, ...]]
    assignments: Assignments
    periods: tuple[Period, ...]

    def assignments_in(self, period: Period | None) -> Assignments:
        """Return who answers for what in `period`; now, where that is None."""
        task_of = {indicator.code: indicator.task_code for indicator in self.indicators}
        return reassign_parts(self.assignments, self.decisions, self.directory, task_of=task_of, period=period)

    def tasks_in(self, period: Period | None) -> tuple[LedgerTask, ...]:
        """Return the tasks with the agencies that they have in `period`; now, where that is None."""
        return tuple(
            reassign_task(task, self.decisions[task.code], self.directory, period)
            if task.code in self.decisions
            else task
            for task in self.tasks
        )

    def earlier(self, period: Period) -> tuple[Period, ...]:
        """Return the periods before `period` that forms were issued for, in order: those as long, if there are any."""
        earlier = [one for one in self.periods if one.end < period.end]
        return tuple([one for one in earlier if one.months == period.months] or earlier)

    def before(self, period: Period) -> Period | None:
        """Return the last of the periods before `period`, None where there is none."""
        earlier = self.earlier(period)
        return earlier[-1] if earlier else None


def read_facts(ledger: "Ledger") -> LedgerFacts:
    """Return the facts of `ledger`."""
    tasks, indicators = ledger.plans.tasks(), ledger.plans.indicators()
    directory = ledger.agencies.directory()
    return LedgerFacts(
        plans={plan.sequence: plan for plan in ledger.plans.all()},
        tasks=tasks,
        indicators=indicators,
        directory=directory,
        decisions=ledger.decisions.all(),
        assignments=assign(tasks, indicators, directory),
        periods=ledger.forms.periods(),
    )


def cut_off_day(period: Period, today: date) -> date:
    """Return the day that a period's lights hold for: its last day, or today while it is still running."""
    return min(today, period.end)


def stand_tasks(
    ledger: "Ledger",
    facts: LedgerFacts,
    period: Period,
    measure: LightMeasure,
    *,
    today: date,
    before: Mapping[tuple[str, str], ReceivedReport] | None = None,
    codes: Sequence[str] | None = None,
) -> tuple[TaskStanding, ...]:
    """Return how every task stands in `period`.

    Args:
        ledger: Where the reports are.
        facts: Its facts.
        period: The period.
        measure: What lights are read by.
        today: The day.
        before: Reports of the period before, by (agency, task code).
        codes: Only these tasks.
    """
    reports = ledger.reports.tasks(period, codes)
    received = {(one.agency, one.report.task_code): one for one in reports}
    parts = _parts(facts, period, ledger.forms.issued_tasks(period, codes), received)
    wanted = None if codes is None else frozenset(codes)
    cut_off = cut_off_day(period, today)
    earlier = before or {}
    standings = []
    for task in facts.tasks_in(period):
        if wanted is not None and task.code not in wanted:
            continue
        decisions = tuple(one for one in facts.decisions.get(task.code, ()) if one.holds_in(period))
        assignments = [
            Assignment(
                task.code,
                agency,
                role,
                is_issued,
                received.get((agency, task.code)),
                earlier.get((agency, task.code)),
            )
            for agency, role, is_issued in parts.get(task.code, ())
        ]
        plan = facts.plans[task.plan_sequence]
        standings.append(_stand(task, plan, assignments, decisions, measure=measure, cut_off=cut_off))
    return tuple(standings)


def _parts(
    facts: LedgerFacts,
    period: Period,
    issued: Mapping[tuple[str, str], Role],
    received: Mapping[tuple[str, str], ReceivedReport],
) -> Mapping[str, list[tuple[str, Role, bool]]]:
    """Return who has a part in each task in the period, leads first, otherwise in the plan's order.

    A part is what the plan says as it stands, or what was asked in a form: a report counts even if the plan was
    changed since. Who handed a task over by this period and did not report on it has no part in it any more.
    """
    roles: dict[str, dict[str, Role]] = {}
    for part in facts.assignments_in(period).parts:
        roles.setdefault(part.task_code, {})[part.agency.name] = part.role
    for (agency, code), one in received.items():
        roles.setdefault(code, {}).setdefault(agency, issued.get((agency, code), one.report.role))
    moved = {
        code: {one.agency for one in reassignments(decisions, period)} for code, decisions in facts.decisions.items()
    }
    for (agency, code), role in issued.items():
        if agency not in moved.get(code, ()):
            roles.setdefault(code, {}).setdefault(agency, role)
    return {
        code: [
            (agency, role, (agency, code) in issued or (agency, code) in received)
            for agency, role in sorted(agencies.items(), key=lambda item: item[1] is not Role.LEAD)
        ]
        for code, agencies in roles.items()
    }


def _stand(
    task: LedgerTask,
    plan: LedgerPlan,
    assignments: Sequence[Assignment],
    decisions: tuple[Decision, ...],
    *,
    measure: LightMeasure,
    cut_off: date,
) -> TaskStanding:
    """Return how a task stands: its light is the worst of its leads', or of all its agencies where it has no lead."""
    leads = [one for one in assignments if one.role is Role.LEAD] or list(assignments)
    reports = [one.received.report for one in leads if one.received]
    claims = [one.extension_to or one.expected_completion for one in reports]
    claimed = max((day for day in claims if day), default=None)
    deadline = deadline_of(task.deadline, decisions, claimed=claimed)
    closure = closure_of(decisions)
    closure = closure_after_reports(closure, [one.received for one in leads if one.received])
    lit = tuple(_lit(plan, one, deadline, closure, measure=measure, cut_off=cut_off) for one in assignments)
    percents = [one.completion_percent for one in reports if one.completion_percent is not None]
    lights = [one.light for one in lit if one.light and (one.role is Role.LEAD or len(leads) == len(lit))]
    return TaskStanding(
        task=task,
        plan=plan,
        assignments=lit,
        light=worst_light(lights) or LightReading(Light.GREY, "没有责任单位", cut_off),
        days_left=(deadline.effective - cut_off).days if deadline.effective else None,
        deadline=deadline,
        closure=closure,
        decisions=decisions,
        completion_percent=mean(percents),
    )


def closure_after_reports(closure: Closure, received: Sequence[ReceivedReport]) -> Closure:
    """Return `closure` after the leads' reports: what was sent back and reported anew is open or claimed again."""
    is_returned = closure.state is ClosureState.RETURNED
    if is_returned and (not received or any(_is_sent_back(one, closure, is_lead=True) for one in received)):
        return closure
    if closure.rests or not received:
        return closure
    is_claimed = all(one.report.status is Status.DONE for one in received)
    return Closure(ClosureState.CLAIMED if is_claimed else ClosureState.OPEN, closure.decision)


def mean(percents: Sequence[Decimal]) -> Decimal | None:
    """Return the mean to one decimal, None of nothing."""
    return (sum(percents, Decimal(0)) / len(percents)).quantize(Decimal("0.1")) if percents else None


def worst_light(readings: Iterable[LightReading]) -> LightReading | None:
    """Return the reading that needs attention most, None where there is none."""
    return min(readings, key=lambda reading: _WORST_FIRST.index(reading.light), default=None)


def _lit(
    plan: LedgerPlan,
    assignment: Assignment,
    deadline: DeadlineStanding,
    closure: Closure,
    *,
    measure: LightMeasure,
    cut_off: date,
) -> Assignment:
    situation = situation_of(
        assignment.received, plan, deadline, closure, cut_off=cut_off, is_lead=assignment.role is Role.LEAD
    )
    one = assignment  # spelt out: `replace` takes ten times as long, and there are tens of thousands
    light = measure.read(situation)
    return Assignment(one.task_code, one.agency, one.role, one.is_issued, one.received, one.previous, light)


def situation_of(
    received: ReceivedReport | None,
    plan: LedgerPlan,
    deadline: DeadlineStanding,
    closure: Closure,
    *,
    cut_off: date,
    is_lead: bool,
) -> Situation:
    """Return what the light of one agency's part in a task is read from."""
    report = received.report if received else None
    return Situation(
        status=report.status if report else None,
        completion_percent=report.completion_percent if report else None,
        is_reported=report is not None,
        start=plan.period_start,
        deadline=deadline.effective,
        end=plan.period_end,
        cut_off=cut_off,
        closure=closure,
        is_returned=received is not None and _is_sent_back(received, closure, is_lead=is_lead),
    )


def _is_sent_back(received: ReceivedReport, closure: Closure, *, is_lead: bool) -> bool:
    """Return whether the office sent this very report back: nothing newer came after its decision."""
    decision = closure.decision
    if decision is None or decision.kind is not DecisionKind.RETURN or received.received_at > decision.decided_at:
        return False
    return decision.agency == received.agency or (not decision.agency and is_lead)
