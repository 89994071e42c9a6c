"""What 任务分解表.xlsx shows, put in order and looked up once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planbook.model.agency import Directory
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.review import ReviewFinding
from planbook.model.same_indicators import ComparedIndicator, compare_same_indicators


@dataclass(frozen=True, slots=True)
class ReviewContents:
    """Everything that the review table shows.

    Attributes:
        plans: Plans by sequence.
        tasks: Tasks in the plans' order.
        indicators: Likewise.
        directory: The office's directory with every agency that a task or indicator names.
        unlisted: Names that the directory did not have.
        findings: All findings.
        hints: Findings by the code of the task or indicator that they concern.
        agency_hints: Findings by the agency that they concern.
        same_indicators: Indicators that several plans have, group by group.
    """

    plans: Mapping[int, LedgerPlan]
    tasks: Sequence[LedgerTask]
    indicators: Sequence[LedgerIndicator]
    directory: Directory
    unlisted: frozenset[str]
    findings: Sequence[ReviewFinding]
    hints: Mapping[str, Sequence[Finding]]
    agency_hints: Mapping[str, Sequence[Finding]]
    same_indicators: Sequence[Sequence[ComparedIndicator]]


def gather_contents(
    plans: Sequence[LedgerPlan],
    tasks: Sequence[LedgerTask],
    indicators: Sequence[LedgerIndicator],
    directory: Directory,
    findings: Sequence[ReviewFinding],
) -> ReviewContents:
    """Return what the review table over these plans shows."""
    names = [name for task in tasks for name in (*task.lead_agencies, *task.supporting_agencies)]
    names += [name for indicator in indicators for name in indicator.agencies]
    complete, _ = directory.with_names(name for name in names if directory.find(name) is None)
    listed = {agency.name for agency in directory.agencies}
    hints: dict[str, list[Finding]] = defaultdict(list)
    agency_hints: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.code:
            hints[one.code].append(one.finding)
        if one.agency:
            agency_hints[one.agency].append(one.finding)
    by_sequence = {plan.sequence: plan for plan in sorted(plans, key=lambda plan: plan.sequence)}
    return ReviewContents(
        plans=by_sequence,
        tasks=sorted(tasks, key=lambda task: (task.plan_sequence, task.order, task.code)),
        indicators=sorted(indicators, key=lambda one: (one.plan_sequence, one.order, one.code)),
        directory=complete,
        unlisted=frozenset(agency.name for agency in complete.agencies) - listed,
        findings=findings,
        hints=hints,
        agency_hints=agency_hints,
        same_indicators=compare_same_indicators(indicators, by_sequence),
    )
