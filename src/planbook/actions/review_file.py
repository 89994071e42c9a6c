"""The workspace's 任务分解表.xlsx: written after import and after confirm from what the ledger then holds."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from planbook.model.assignment import assign
from planbook.model.findings import Finding, Severity
from planbook.model.ledger import LedgerTask
from planbook.model.review import ReviewFinding
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger


def write_review_table(
    workspace: Workspace, ledger: "Ledger", findings: Iterable[ReviewFinding] = ()
) -> tuple[Finding, ...]:
    """Write the review table over every plan, with what the clerk should look at and `findings` of this run.

    What the reader said of a task is shown until the clerk has confirmed the task; that a task reaches no agency
    is shown as long as it is so.

    Returns:
        What needs a person across plans: agencies of nearly one name, targets that contradict each other.
    """
    from planbook.outputs.review_advice import advise
    from planbook.outputs.review_writer import write_review

    with ledger.snapshot() as seen:
        plans, tasks, indicators = seen.plans.all(), seen.plans.tasks(), seen.plans.indicators()
        directory, said = seen.agencies.directory(), seen.plans.findings()
        earlier = seen.plans.tasks(include_retired=True)
    advice = advise(plans, tasks, indicators, directory, earlier)
    unassigned = [
        ReviewFinding(finding, dict(finding.values).get("code"))
        for finding in assign(tasks, indicators, directory).findings
    ]
    shown = (*_unreviewed(said, tasks), *findings, *unassigned, *advice)
    content = write_review(
        plans,
        tasks,
        indicators,
        directory,
        shown,
        office=workspace.settings.office,
        workspace_id=ledger.workspace_id,
    )
    replace_file(workspace.review_table, content)
    return tuple(one.finding for one in advice if one.finding.severity is not Severity.NOTE)


def _unreviewed(said: Iterable[tuple[int, Finding]], tasks: Sequence[LedgerTask]) -> Iterator[ReviewFinding]:
    confirmed = {task.code for task in tasks if task.is_confirmed}
    by_plan: dict[int, list[LedgerTask]] = {}
    for task in tasks:
        by_plan.setdefault(task.plan_sequence, []).append(task)
    for sequence, finding in said:
        of_plan = by_plan.get(sequence, [])
        code = _concerned(finding, of_plan)
        if code not in confirmed if code else not all(task.is_confirmed for task in of_plan):
            yield ReviewFinding(finding, code, sequence)


def _concerned(finding: Finding, tasks: Sequence[LedgerTask]) -> str | None:
    """Return the code of the task that a finding speaks of: by title and line, or by line where one task has it."""
    named = dict(finding.values)
    on_line = [task for task in tasks if task.source_line == finding.location.line]
    label = named.get("task", "")  # number and title as printed
    titled = [task for task in on_line or tasks if label and label.endswith(task.title)]
    if len(titled) == 1:
        return titled[0].code
    return on_line[0].code if len(on_line) == 1 else None
