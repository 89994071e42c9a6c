"""What the 任务分解 sheet changes: edited, added and retired tasks, and their places within the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planbook.model.agency import agency_key
from planbook.model.findings import Finding
from planbook.model.ledger import LedgerPlan, LedgerTask
from planbook.model.plan import LeadBasis
from planbook.model.review import FieldChange
from planbook.outputs.review_keys import (
    absent_rows,
    find_plan,
    is_new,
    next_provisional,
    plan_differs,
    shown_only_edits,
    unknown_code,
)
from planbook.outputs.review_layout import TASKS_SHEET, header_of
from planbook.outputs.review_merging import Merged, merge
from planbook.outputs.review_rows import (
    SECTION_SEPARATOR,
    TASK_FIELDS,
    ReviewBase,
    ReviewTaskRow,
    in_words,
    shown_task,
)

_SUBJECT = "任务"


@dataclass(slots=True)
class TaskComparison:
    """The outcome, in the sheet's order.

    Attributes:
        kept: Every task that is not retired, as it is to be, by code or provisional code.
        updated: Codes of tasks of the ledger that differ from what it holds.
        added: Provisional codes.
        retired: Codes.
        known_as: Provisional codes of rows that an earlier confirmation of the same table added, with the codes
            that they got.
    """

    kept: dict[str, LedgerTask] = field(default_factory=dict)
    updated: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    known_as: dict[str, str] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def compare_tasks(
    rows: Sequence[ReviewTaskRow],
    tasks: Sequence[LedgerTask],
    plans: Mapping[int, LedgerPlan],
    base: ReviewBase | None,
) -> TaskComparison:
    """Return what `rows` change in `tasks` (those of the ledger, retired ones left out)."""
    ledger = {task.code: task for task in tasks}
    outcome = TaskComparison(kept=dict(ledger))
    provisional = {row.code for row in rows if row.code}
    above: dict[int, str] = {}
    followers: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        if "code" in row.unreadable:
            continue
        if is_new(row.code):
            if _is_added_before(row, plans, ledger, base, outcome):
                continue
            added = _add(row, plans, provisional, outcome)
            if added:
                followers.setdefault(added.plan_sequence, []).append((added.code, above.get(added.plan_sequence, "")))
                above[added.plan_sequence] = added.code
        elif task := ledger.get(row.code):
            above[task.plan_sequence] = task.code
            _take_edits(row, task, plans[task.plan_sequence], base, outcome)
        else:
            outcome.findings += unknown_code(TASKS_SHEET, row, base)
    seen = {row.code for row in rows}
    outcome.findings += absent_rows(TASKS_SHEET, {code: one.title for code, one in ledger.items()}, seen, base)
    for plan_sequence, places in followers.items():
        _renumber(outcome.kept, plan_sequence, places)
    outcome.updated = [code for code, task in outcome.kept.items() if code in ledger and task != ledger[code]]
    return outcome


def _is_added_before(
    row: ReviewTaskRow,
    plans: Mapping[int, LedgerPlan],
    ledger: Mapping[str, LedgerTask],
    base: ReviewBase | None,
    outcome: TaskComparison,
) -> bool:
    """Return whether an earlier confirmation of this very table added the row; confirming twice adds nothing twice."""
    if base is None:
        return False
    plan = find_plan(row, plans, [])
    for task in (one for one in ledger.values() if (TASKS_SHEET, one.code) not in base.digests):
        shown = shown_task(task, plans[task.plan_sequence].title)
        is_same_plan = plan is None or plan.sequence == task.plan_sequence
        if is_same_plan and (row.title, row.body, _path(row.section)) == (shown.title, shown.body, task.path):
            if row.code:
                outcome.known_as[row.code] = task.code
            named = {"code": task.code, "title": task.title}
            outcome.findings.append(Finding.of("review_added_before", row.place.location("title"), **named))
            return True
    return False


def _add(
    row: ReviewTaskRow, plans: Mapping[int, LedgerPlan], provisional: set[str], outcome: TaskComparison
) -> LedgerTask | None:
    if not row.is_kept:
        return None
    plan = find_plan(row, plans, outcome.findings)
    if plan is None or row.unreadable:
        return None
    added = LedgerTask(
        code=row.code or next_provisional(provisional),
        plan_sequence=plan.sequence,
        order=0,
        path=_path(row.section),
        number=row.number or None,
        title=row.title,
        body=row.body,
        lead_agencies=row.leads,
        supporting_agencies=row.supports,
        lead_basis=_basis_of_edit(row.leads, row.basis),
        deadline=row.deadline,
        kind=row.kind,
        unit_note=row.unit_note or None,
        truncated=False,
        source_line=0,
        source_page=None,
        excerpt=row.excerpt,
        note=row.note,
        is_confirmed=True,
    )
    outcome.kept[added.code] = added
    outcome.added.append(added.code)
    outcome.changes.append(FieldChange(_SUBJECT, added.code, "新增", "", added.title))
    return added


def _take_edits(
    row: ReviewTaskRow, task: LedgerTask, plan: LedgerPlan, base: ReviewBase | None, outcome: TaskComparison
) -> None:
    difference = plan_differs(row, plan)
    if difference:
        outcome.findings.append(difference)
    elif not row.is_kept:
        del outcome.kept[task.code]
        outcome.retired.append(task.code)
        outcome.changes.append(FieldChange(_SUBJECT, task.code, "删除", task.title, ""))
    else:
        now = shown_task(task, plan.title)
        digests = base.digests.get((TASKS_SHEET, task.code)) if base else None
        merged = merge(TASKS_SHEET, _SUBJECT, task.code, now=now, table=row, base=digests, fields=TASK_FIELDS)
        outcome.findings += merged.findings
        outcome.findings += shown_only_edits(TASKS_SHEET, row, now, ("excerpt", "unit_note"))
        settled = _settle_agencies(now, merged)
        outcome.changes += settled.changes
        outcome.kept[task.code] = _apply(task, settled)


def _basis_of_edit(leads: tuple[str, ...], basis: LeadBasis) -> LeadBasis:
    """Return the ground for leads that the clerk gave: the office says so, unless the table names another."""
    if not leads:
        return LeadBasis.NONE
    return LeadBasis.EXPLICIT if basis is LeadBasis.NONE else basis


def _settle_agencies(now: ReviewTaskRow, merged: Merged[ReviewTaskRow]) -> Merged[ReviewTaskRow]:
    """Return `merged` with ground and supporting agencies that agree with the leads."""
    row, edited, changes = merged.row, merged.edited, list(merged.changes)
    if not edited & {"leads", "supports", "basis"}:
        return merged
    lead_keys = {agency_key(name) for name in row.leads}
    supports = tuple(name for name in row.supports if agency_key(name) not in lead_keys)
    # New leads are the office's decision; the ground that the reader found was for the old ones.
    stated = LeadBasis.NONE if "leads" in edited and "basis" not in edited else row.basis
    basis = _basis_of_edit(row.leads, stated) if edited & {"leads", "basis"} else row.basis
    for name, value in (("supports", supports), ("basis", basis)):
        if value != getattr(row, name):
            header = header_of(TASKS_SHEET, name)
            changes = [change for change in changes if change.field != header]
            before, after = in_words(getattr(now, name)), in_words(value)
            if before != after:
                changes.append(FieldChange(_SUBJECT, row.code, header, before, after))
            edited |= {name}
    return Merged(replace(row, supports=supports, basis=basis), edited, tuple(changes), merged.findings)


def _apply(task: LedgerTask, merged: Merged[ReviewTaskRow]) -> LedgerTask:
    row, edited = merged.row, merged.edited
    return replace(
        task,
        path=_path(row.section) if "section" in edited else task.path,
        number=(row.number or None) if "number" in edited else task.number,
        kind=row.kind,
        title=row.title if "title" in edited else task.title,
        body=row.body if "body" in edited else task.body,
        lead_agencies=row.leads if "leads" in edited else task.lead_agencies,
        supporting_agencies=row.supports if "supports" in edited else task.supporting_agencies,
        lead_basis=row.basis,
        deadline=row.deadline,
        note=row.note if "note" in edited else task.note,
        is_confirmed=True,
    )


def _path(section: str) -> tuple[str, ...]:
    parts = section.replace("\n", SECTION_SEPARATOR).split(SECTION_SEPARATOR)
    return tuple(part.strip() for part in parts if part.strip())


def _renumber(kept: dict[str, LedgerTask], plan_sequence: int, followers: Sequence[tuple[str, str]]) -> None:
    """Number a plan's tasks from 1, each added one behind the task that stands above it in the sheet."""
    added = {code for code, _ in followers}
    order = [
        task.code
        for task in sorted(kept.values(), key=lambda task: (task.order, task.code))
        if task.plan_sequence == plan_sequence and task.code not in added
    ]
    for code, leader in followers:
        order.insert(order.index(leader) + 1 if leader in order else 0, code)
    for place, code in enumerate(order, start=1):
        kept[code] = replace(kept[code], order=place)
