"""Finishing: a task as read becomes a task with agencies and deadline, and with findings for what is in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planbook.model.findings import Finding, Location
from planbook.model.plan import LeadBasis, PlanTask, TaskKind
from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.deadlines import Deadline, find_deadline, read_deadline_cells
from planbook.plans.metadata import Metadata
from planbook.plans.prose import TaskDraft
from planbook.plans.responsibility import LeadStatement, Responsibility, assign_roles
from planbook.plans.tables import TableTask


def finish_task(
    draft: TaskDraft | TableTask, statement: LeadStatement, metadata: Metadata, name: str
) -> tuple[PlanTask, list[Finding]]:
    """Return the task with its agencies and deadline, and what to say about it.

    Args:
        draft: The task as read from running text or a table.
        statement: The document's own rule on who leads.
        metadata: What tells the year of 年底前.
        name: File name, for the findings.
    """
    base_year = metadata.target_year or (metadata.issued_on.year if metadata.issued_on else metadata.number_year)
    is_truncated = isinstance(draft, TaskDraft) and draft.is_truncated
    roles = assign_roles(draft.notes, statement)
    cut_off: tuple[str, ...] = ()
    if is_truncated and any(note.is_open for note in draft.notes):
        roles, cut_off = _without_torn_name(roles)
    deadline = _deadline(draft, base_year)
    body = draft.body
    if isinstance(draft, TableTask) and draft.goal and draft.goal not in body:
        body = f"{body}\n{draft.goal}"
    has_agencies = roles.basis is not LeadBasis.NONE
    task = PlanTask(
        path=draft.path,
        number=draft.number,
        title=draft.title,
        body=body,
        lead_agencies=roles.leads,
        supporting_agencies=roles.supporting,
        lead_basis=roles.basis,
        deadline=deadline.day,
        kind=draft.kind if isinstance(draft, TaskDraft) else TaskKind.TASK,
        unit_note=draft.note_text if has_agencies else None,
        truncated=is_truncated,
        source=draft.position,
        excerpt=draft.excerpt,
    )
    shares_note = isinstance(draft, TaskDraft) and draft.shares_note
    return task, list(_task_findings(task, roles, cut_off, deadline, shares_note=shares_note, name=name))


def _deadline(draft: TaskDraft | TableTask, base_year: int | None) -> Deadline:
    """Return the deadline of a task; in a table the column goes before the text."""
    if isinstance(draft, TaskDraft):
        return find_deadline(f"{draft.title}\n{draft.body}", draft.note_text, base_year)
    column = read_deadline_cells(draft.deadline_cells, base_year)
    if column.day:
        return column
    stated = find_deadline(f"{draft.title}\n{draft.body}\n{draft.goal}", draft.note_text, base_year)
    return stated if stated.day else column


def _without_torn_name(roles: Responsibility) -> tuple[Responsibility, tuple[str, ...]]:
    """Leave out a last name that the document's end cut in two."""
    names = (*roles.leads, *roles.supporting)
    if len(names) < 2 or ends_as_agency(names[-1]):
        return roles, ()
    torn = names[-1]
    return replace(roles, supporting=tuple(name for name in roles.supporting if name != torn)), (torn,)


def _task_findings(
    task: PlanTask,
    roles: Responsibility,
    cut_off: Sequence[str],
    deadline: Deadline,
    *,
    shares_note: bool,
    name: str,
) -> Iterator[Finding]:
    at = Location(file=name, line=task.source.line, page=task.source.page)
    number = task.number or ""
    stop = "." if number.isdigit() else "、" if number and number[-1] in "一二三四五六七八九十" else ""
    label = f"{number}{stop}{task.title}"
    if task.lead_basis is LeadBasis.NONE:
        yield Finding.of("agencies_not_stated", at, task=label)
    if task.lead_basis is LeadBasis.PRESUMED and task.supporting_agencies:
        yield Finding.of("lead_presumed", at, task=label, agency=task.lead_agencies[0])
    if roles.doubtful:
        yield Finding.of("agency_doubtful", at, task=label, agencies="、".join(roles.doubtful))
    if cut_off:
        yield Finding.of("agency_cut_off", at, task=label, text="、".join(cut_off))
    if shares_note:
        yield Finding.of("note_covers_several", at, task=label)
    if task.truncated:
        yield Finding.of("document_truncated", at, task=label)
    if deadline.is_ongoing:
        yield Finding.of("deadline_ongoing", at, task=label)
    if deadline.needs_year:
        yield Finding.of("deadline_year_unknown", at, task=label)
