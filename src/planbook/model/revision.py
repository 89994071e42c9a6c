"""A plan issued anew (修订、动态调整): what its new document makes of the tasks and indicators under their codes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from planbook.model.edition import PlanEdition, indicators_as_read, tasks_as_read
from planbook.model.field_merging import INDICATOR_GROUPS, TASK_GROUPS
from planbook.model.findings import Finding
from planbook.model.indicator_matching import match_indicators
from planbook.model.item_revision import ItemKind, ItemRevision, assign_codes, retire, revise_items
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.plan import Plan
from planbook.model.review import FieldChange
from planbook.model.task_matching import is_same_plan, match_tasks

_TASK: Final = ItemKind(
    "任务", TASK_GROUPS, ("source_line", "source_page", "excerpt", "unit_note", "truncated")
)  # fmt: skip
_INDICATOR: Final = ItemKind("指标", INDICATOR_GROUPS, ("quote",))
_PLAN_HEADERS: Final = {
    "title": "标题",
    "issuer": "印发单位",
    "document_number": "文号",
    "period_start": "起始日期",
    "period_end": "截止日期",
    "classification": "密级",
}


@dataclass(frozen=True, slots=True)
class PlanRevision:
    """A whole revision; to be written whole or not at all.

    Attributes:
        tasks: What becomes of the tasks.
        indicators: What becomes of the indicators; their `task_code` may be a new task's provisional code.
        changes: Every change in words: the plan, the tasks, the indicators.
        findings: What the clerk must look at.
    """

    tasks: ItemRevision[LedgerTask]
    indicators: ItemRevision[LedgerIndicator]
    changes: tuple[FieldChange, ...]
    findings: tuple[Finding, ...]


def has_tasks_in_common(edition: PlanEdition, plan: Plan) -> bool:
    """Return whether `plan` can be taken for a new document of the plan in `edition`, going by their tasks."""
    fresh = tasks_as_read(plan, edition.plan.sequence)
    return is_same_plan(match_tasks(edition.tasks, fresh), edition.tasks, fresh)


def revise_plan(edition: PlanEdition, plan: Plan) -> PlanRevision:
    """Return what the new document `plan` makes of the plan in `edition`.

    Findings:
        those of `item_revision.revise_items` and `field_merging.merge_item`.
        revised_nothing_in_common: No task of the old document was found again.
        revised_mostly_removed: More than half of what stood is dropped: the document may have been read in part.
        revised_declassified: The old document bears a secrecy mark that the new one does not.
        revised_indicator_left_out: A new indicator belongs to a task that the office deleted.
        review_indicator_goes_with_task: An indicator's task is gone.
    """
    read = tasks_as_read(plan, edition.plan.sequence)
    matching = match_tasks(edition.tasks, read)
    fresh = assign_codes(edition.tasks, read, matching)
    tasks = revise_items(edition.tasks, fresh, matching, _TASK)
    indicators = _revise_indicators(edition, plan, [task.code for task in fresh], tasks)
    findings = _about_the_whole(edition, plan, tasks)
    if not is_same_plan(matching, edition.tasks, read):
        findings.append(Finding.of("revised_nothing_in_common", title=edition.plan.title))
    return PlanRevision(
        tasks,
        indicators,
        (*_plan_changes(edition.plan, plan), *tasks.changes, *indicators.changes),
        (*findings, *tasks.findings, *indicators.findings),
    )


def _revise_indicators(
    edition: PlanEdition, plan: Plan, task_codes: Sequence[str], tasks: ItemRevision[LedgerTask]
) -> ItemRevision[LedgerIndicator]:
    standing = {*tasks.kept, *(task.code for task in tasks.added)}
    read = indicators_as_read(plan, edition.plan.sequence, task_codes)
    matching = match_indicators(edition.indicators, read)
    homeless = [
        place
        for place, one in enumerate(read)
        if place not in matching.old_of and one.task_code and one.task_code not in standing
    ]
    left_out = [
        Finding.of("revised_indicator_left_out", task=read[place].task_code, name=read[place].name)
        for place in homeless
    ]
    if homeless:
        read = tuple(one for place, one in enumerate(read) if place not in homeless)
        matching = match_indicators(edition.indicators, read)
    fresh = assign_codes(edition.indicators, read, matching)
    revision = revise_items(edition.indicators, fresh, matching, _INDICATOR)
    revision.findings += left_out
    _follow_tasks(revision, {one.code: one.task_code for one in fresh}, standing)
    return revision


def _follow_tasks(revision: ItemRevision[LedgerIndicator], said: dict[str, str | None], standing: set[str]) -> None:
    """Let no indicator stand under a task that is gone: nobody would be left to report it."""
    for one in list(revision.kept.values()):
        if one.task_code is None or one.task_code in standing:
            continue
        elsewhere = said.get(one.code)
        if elsewhere in standing:
            revision.kept[one.code] = replace(one, task_code=elsewhere)
            revision.changes.append(FieldChange("指标", one.code, "任务编号", one.task_code, elsewhere or ""))
            continue
        retire(one, _INDICATOR, revision)
        named = {"task": one.task_code, "code": one.code, "name": one.name}
        revision.findings.append(Finding.of("review_indicator_goes_with_task", **named))


def _about_the_whole(edition: PlanEdition, plan: Plan, tasks: ItemRevision[LedgerTask]) -> list[Finding]:
    findings = []
    stood = sum(not one.is_retired for one in edition.tasks)
    if 2 * len(tasks.retired) > stood:
        findings.append(
            Finding.of("revised_mostly_removed", title=plan.title, stood=stood, removed=len(tasks.retired))
        )  # fmt: skip
    if edition.plan.classification and not plan.classification:
        findings.append(
            Finding.of("revised_declassified", title=plan.title, classification=edition.plan.classification)
        )  # fmt: skip
    return findings


def _plan_changes(before: LedgerPlan, after: Plan) -> list[FieldChange]:
    values = {name: (getattr(before, name), getattr(after, name)) for name in _PLAN_HEADERS}
    return [
        FieldChange("方案", f"P{before.sequence}", _PLAN_HEADERS[name], str(old or ""), str(new or ""))
        for name, (old, new) in values.items()
        if old != new
    ]
