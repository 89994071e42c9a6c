"""Compares a reviewed 任务分解表.xlsx with the ledger: what the clerk wants changed, in words and as values."""

from collections.abc import Iterator, Sequence

from planbook.model.agency import Directory
from planbook.model.findings import NOWHERE, Finding, Location
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.review import ReviewChange
from planbook.outputs.review_agency_comparison import DirectoryComparison
from planbook.outputs.review_indicator_comparison import IndicatorComparison, compare_indicators
from planbook.outputs.review_layout import AGENCIES_SHEET, INDICATORS_SHEET, TASKS_SHEET
from planbook.outputs.review_rows import ReviewReading
from planbook.outputs.review_task_comparison import TaskComparison, compare_tasks


def compare_review(
    reading: ReviewReading,
    plans: Sequence[LedgerPlan],
    tasks: Sequence[LedgerTask],
    indicators: Sequence[LedgerIndicator],
    directory: Directory,
    *,
    workspace_id: str = "",
) -> ReviewChange:
    """Return what the table changes in the ledger.

    Only cells that the clerk edited count: where the ledger moved on since the table was written, an untouched
    cell sets nothing back, and an edited one wins with a finding. A row that was deleted retires nothing; 处理
    says so. Every row that is still there is confirmed by this review.

    Args:
        reading: The table as read.
        plans: Plans of the ledger.
        tasks: Tasks of the ledger, retired ones left out.
        indicators: Indicators of the ledger, retired ones left out.
        directory: The office's directory.
        workspace_id: This workspace; a table that names another is refused.

    Returns:
        The change, with the findings of reading and comparing. With an error among them it must not be applied.
    """
    findings = list(reading.findings)
    if reading.base and workspace_id and reading.base.workspace_id not in ("", workspace_id):
        findings.insert(0, Finding.of("review_foreign_workspace"))
    by_sequence = {plan.sequence: plan for plan in plans}
    task_outcome = TaskComparison(kept={task.code: task for task in tasks})
    if TASKS_SHEET in reading.sheets:
        task_outcome = compare_tasks(reading.tasks, tasks, by_sequence, reading.base)
    indicator_rows = reading.indicators if INDICATORS_SHEET in reading.sheets else None
    indicator_outcome = compare_indicators(indicator_rows, indicators, by_sequence, task_outcome, reading.base)
    comparison = DirectoryComparison(directory, reading.base)
    if AGENCIES_SHEET in reading.sheets:
        comparison.take_rows(reading.agencies)
    final_directory = comparison.finish(_used_names(reading, task_outcome, indicator_outcome))
    return ReviewChange(
        updated_tasks=tuple(task_outcome.kept[code] for code in task_outcome.updated),
        added_tasks=tuple(task_outcome.kept[code] for code in task_outcome.added),
        retired_codes=tuple(task_outcome.retired),
        updated_indicators=tuple(indicator_outcome.kept[code] for code in indicator_outcome.updated),
        added_indicators=tuple(indicator_outcome.kept[code] for code in indicator_outcome.added),
        retired_indicator_codes=tuple(indicator_outcome.retired),
        directory=final_directory,
        changes=(*task_outcome.changes, *indicator_outcome.changes, *comparison.changes),
        findings=(*findings, *task_outcome.findings, *indicator_outcome.findings, *comparison.findings),
    )


def _used_names(
    reading: ReviewReading, tasks: TaskComparison, indicators: IndicatorComparison
) -> Iterator[tuple[str, Location]]:
    places: dict[str, Location] = {}
    for row in reading.tasks:
        for field, names in (("leads", row.leads), ("supports", row.supports)):
            for name in names:
                places.setdefault(name, row.place.location(field))
    for one in reading.indicators:
        for name in one.agencies:
            places.setdefault(name, one.place.location("agencies"))
    for task in tasks.kept.values():
        for name in (*task.lead_agencies, *task.supporting_agencies):
            yield name, places.get(name, NOWHERE)
    for indicator in indicators.kept.values():
        for name in indicator.agencies:
            yield name, places.get(name, NOWHERE)
