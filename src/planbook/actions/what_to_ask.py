"""What a period's forms ask: open tasks with the agencies and deadlines that they have by then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planbook.actions.task_standings import LedgerFacts
from planbook.model.assignment import Assignments
from planbook.model.decisions import Decision, closure_of, deadline_of
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerTask
from planbook.model.period import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """Tasks and indicators that the forms of a period contain, who gets them, and what there is to say about it."""

    tasks: tuple[LedgerTask, ...]
    indicators: tuple[LedgerIndicator, ...]
    assignments: Assignments
    findings: tuple[Finding, ...]


def what_to_ask(facts: LedgerFacts, period: Period) -> Asked:
    """Return what the forms of `period` ask: a task that is closed or rests is not asked about again.

    Once the period was issued, its forms stay as they are: what is decided while it is being worked on shows in the
    next one. A reassignment counts from the period that it names.

    Findings:
        tasks_at_rest: Tasks that are left out because they are closed or suspended.
    """
    is_issued = period in facts.periods

    def known(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        return tuple(one for one in decisions if one.holds_in(period) and not (is_issued and one.period == period))

    resting: set[str] = set()
    tasks: list[LedgerTask] = []
    for task in facts.tasks_in(period):
        decisions = known(facts.decisions.get(task.code, ()))
        if closure_of(decisions).rests:
            resting.add(task.code)
            continue
        tasks.append(replace(task, deadline=deadline_of(task.deadline, decisions).effective))
    indicators = tuple(one for one in facts.indicators if one.task_code not in resting)
    everyone = facts.assignments_in(period)
    assignments = Assignments(
        tuple(part for part in everyone.parts if part.task_code not in resting),
        {one.code: everyone.reporters[one.code] for one in indicators},
        everyone.findings,
    )
    notes = (Finding.of("tasks_at_rest", count=len(resting)),) if resting else ()
    return Asked(tuple(tasks), indicators, assignments, everyone.findings + notes)
