"""What planbook points out across plans, tasks and agencies for the review: likenesses, never decisions."""

from collections.abc import Iterable, Sequence

from planbook.model.agency import Directory
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.review import ReviewFinding
from planbook.model.same_indicators import ComparedIndicator, compare_same_indicators
from planbook.outputs.agency_suggestions import suggest_agencies
from planbook.outputs.near_agencies import find_near_agencies
from planbook.outputs.review_rows import in_words


def advise(
    plans: Sequence[LedgerPlan],
    tasks: Sequence[LedgerTask],
    indicators: Sequence[LedgerIndicator],
    directory: Directory,
    earlier: Iterable[LedgerTask],
) -> tuple[ReviewFinding, ...]:
    """Return what the clerk should look at beside what reading each plan said.

    Args:
        plans: Plans in force.
        tasks: Tasks in force.
        indicators: Indicators in force.
        directory: The office's directory with every agency that they name.
        earlier: Every task of the ledger, retired ones too; suggestions come from those with agencies.

    Returns:
        `agency_name_near`, `indicator_targets_differ` and `agencies_suggested`.
    """
    groups = compare_same_indicators(indicators, {plan.sequence: plan for plan in plans})
    return (
        *find_near_agencies(directory),
        *(finding for group in groups for finding in _differing(group)),
        *suggest_agencies(tasks, earlier),
    )


def _differing(group: Sequence[ComparedIndicator]) -> Iterable[ReviewFinding]:
    by_code = {one.indicator.code: one.indicator for one in group}
    for one in group:
        own = one.indicator
        if one.differs_from:
            other = by_code[one.differs_from[0]]
            named = {"code": own.code, "name": own.name, "by": f"（{own.by}）", "target": target_in_words(own)}
            named |= {"other": other.code, "other_target": target_in_words(other)}
            finding = Finding.of("indicator_targets_differ", **named)
            yield ReviewFinding(finding, own.code, own.plan_sequence)


def target_in_words(indicator: LedgerIndicator) -> str:
    """Return a target as the plan gives it: 不低于1.2万亿元, 6–8家."""
    return f"{in_words(indicator.operator)}{target_value(indicator)}{indicator.unit}"


def target_value(indicator: LedgerIndicator) -> str:
    """Return the number of a target, both ends of a range."""
    high = f"–{in_words(indicator.value_max)}" if indicator.value_max is not None else ""
    return in_words(indicator.value) + high
