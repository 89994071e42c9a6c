"""Extraction: from a document's text to the plan that a careful clerk would write down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from planbook.model.findings import Finding, Location
from planbook.model.plan import Indicator, LeadBasis, Plan, PlanTask, SourcePosition, TaskKind
from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.characters import squeeze
from planbook.plans.deadlines import Deadline, find_deadline
from planbook.plans.document import Document, Table
from planbook.plans.gazetteer import cities_mentioned
from planbook.plans.indicator_tables import read_indicator_table
from planbook.plans.indicators import Passage, find_indicators, unquantified_targets
from planbook.plans.mending import MendedText, mend
from planbook.plans.metadata import Metadata, read_metadata
from planbook.plans.parts import Part, split_parts
from planbook.plans.passages import Paragraph
from planbook.plans.prose import AimsText, Prose, TaskDraft, read_prose
from planbook.plans.responsibility import LeadStatement, Responsibility, assign_roles, find_lead_statement
from planbook.plans.tables import TableTask, find_layout, read_table

_LONGEST_WITHOUT_STRUCTURE: Final = 100_000


@dataclass(slots=True)
class _Found:
    """What the parts of a document gave, and what there is to say about it."""

    drafts: list[TaskDraft | TableTask] = field(default_factory=list)
    aims: list[AimsText] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    has_items: bool = False


def extract_plan(document: Document) -> Plan:
    """Return the plan that a document holds: metadata, tasks, indicators, and findings for what a person must see.

    Nothing is invented: a task without agencies stays without, and a date that is not stated is None.
    """
    mended = mend(document)
    paragraphs = mended.paragraphs
    metadata = read_metadata(paragraphs, document.title)
    cities = _cities(paragraphs)
    found = _Found(findings=[*document.findings, *_text_findings(document, mended, metadata)])
    heading = paragraphs[metadata.body_start - 1] if metadata.body_start else None
    for part in split_parts(mended.blocks, heading):
        _read_part(part, cities, metadata, found, document.name)
    drafts = _without_repetitions(found.drafts)
    statement = find_lead_statement(paragraph.text for paragraph in paragraphs)
    tasks = []
    for draft in drafts:
        task, findings = _finish_task(draft, statement, metadata, document.name)
        tasks.append(task)
        found.findings.extend(findings)
    if not tasks:
        found.findings.append(_nothing_found(document, paragraphs))
    indicators, doubts = _indicators(found, drafts, tasks, metadata, document.name)
    return Plan(
        title=metadata.title,
        issuer=metadata.issuer,
        document_number=metadata.document_number,
        period_start=metadata.period_start,
        period_end=metadata.period_end,
        classification=metadata.classification,
        tasks=tuple(tasks),
        indicators=tuple(indicators),
        findings=(*found.findings, *doubts),
        public=metadata.public,
    )


def _cities(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Cities that the document names, looked for only where a group of cities stands in it (武鄂黄黄咸五市)."""
    texts = [each.text for each in paragraphs if any(f"{count}市" in each.text for count in "二两三四五六七八九十")]
    return cities_mentioned("\n".join(each.text for each in paragraphs)) if texts else ()


def _read_part(part: Part, cities: Sequence[str], metadata: Metadata, found: _Found, name: str) -> None:
    """Read one part's prose and tables, in the order of the document."""
    paragraphs = [block for block in part.blocks if isinstance(block, Paragraph)]
    prose = read_prose(paragraphs, cities, gives_tasks=part.gives_tasks)
    found.has_items = found.has_items or prose.has_items
    found.aims.extend(prose.aims)
    tables = [block for block in part.blocks if isinstance(block, Table)]
    rows = list(_table_tasks(tables, prose, cities)) if part.gives_tasks or not paragraphs else []
    year = str(metadata.period_end.year) if metadata.period_end else None
    for table in tables:
        found.indicators.extend(read_indicator_table(table, year))
    heads = {row.path[-1] for row in rows if row.path}
    is_bare_list = bool(part.title) and all(_is_bare(task) for task in prose.tasks)  # an annexed list of names
    own_tasks = () if is_bare_list else prose.tasks
    prose_tasks = [task for task in own_tasks if not (rows and _heads_table(task, heads))]
    found.drafts.extend(sorted([*prose_tasks, *rows], key=lambda draft: draft.position.line))
    found.findings.extend(_prose_findings(prose, name))


def _is_bare(task: TaskDraft) -> bool:
    return squeeze(task.body) == squeeze(task.title) and not task.notes


def _heads_table(task: TaskDraft, heads: set[str]) -> bool:
    """Return whether an item is only the heading of a table of tasks."""
    return _is_bare(task) and any(squeeze(task.title) in squeeze(head) for head in heads)


def _table_tasks(tables: Sequence[Table], prose: Prose, cities: Sequence[str]) -> Iterator[TableTask]:
    layout = None
    columns = 0
    for table in tables:
        own = find_layout(table)
        width = len(table.rows[0]) if table.rows else 0
        if own:
            layout, columns = own, width
        elif layout and width == columns:  # the table goes on behind a page break
            layout = replace(layout, header_rows=0)
        else:
            continue
        above = _section_above(table, prose)
        for task in read_table(table, layout, cities):
            yield replace(task, path=(*above, *task.path))


def _section_above(table: Table, prose: Prose) -> tuple[str, ...]:
    above: tuple[str, ...] = ()
    for position, path in prose.headings:
        if position.line > table.line:
            break
        above = path
    return above


def _without_repetitions(drafts: Sequence[TaskDraft | TableTask]) -> list[TaskDraft | TableTask]:
    """Return the tasks, those of an annexed table (任务分工表) that repeat a task of the text joined to it."""
    by_title: dict[str, int] = {}
    kept: list[TaskDraft | TableTask] = []
    for draft in drafts:
        if isinstance(draft, TaskDraft):
            by_title.setdefault(squeeze(draft.title), len(kept))
            kept.append(draft)
    for draft in drafts:
        if isinstance(draft, TaskDraft):
            continue
        index = by_title.get(squeeze(draft.title))
        original = kept[index] if index is not None else None
        if index is None or not isinstance(original, TaskDraft):
            kept.append(draft)
        elif not any(note.entries for note in original.notes):
            deadline_note = f"\n完成时限：{draft.deadline:%Y年%m月%d日}" if draft.deadline else ""
            kept[index] = replace(original, notes=draft.notes, note_text=draft.note_text + deadline_note)
    return kept if kept == list(drafts) else _in_order(kept)


def _in_order(drafts: Sequence[TaskDraft | TableTask]) -> list[TaskDraft | TableTask]:
    return sorted(drafts, key=lambda draft: draft.position.line)


def _finish_task(
    draft: TaskDraft | TableTask, statement: LeadStatement, metadata: Metadata, name: str
) -> tuple[PlanTask, list[Finding]]:
    """Return the task with its agencies and deadline, and what to say about it."""
    base_year = metadata.target_year or (metadata.issued_on.year if metadata.issued_on else None)
    is_prose = isinstance(draft, TaskDraft)
    is_truncated = isinstance(draft, TaskDraft) and draft.is_truncated
    roles = assign_roles(draft.notes, statement)
    cut_off: tuple[str, ...] = ()
    if is_truncated and any(note.is_open for note in draft.notes):
        roles, cut_off = _without_torn_name(roles)
    if isinstance(draft, TableTask):
        deadline = Deadline(draft.deadline, draft.is_ongoing and draft.deadline is None)
        if draft.deadline is None:
            stated = find_deadline(f"{draft.title}\n{draft.body}\n{draft.goal}", draft.note_text, base_year)
            deadline = stated if stated.day else deadline
    else:
        deadline = find_deadline(f"{draft.title}\n{draft.body}", draft.note_text, base_year)
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
    shares_note = is_prose and isinstance(draft, TaskDraft) and draft.shares_note
    return task, list(_task_findings(task, roles, cut_off, deadline, shares_note=shares_note, name=name))


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
    label = f"{task.number or ''}{'.' if task.number and task.number.isdigit() else ''}{task.title}"
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


def _text_findings(document: Document, mended: MendedText, metadata: Metadata) -> Iterator[Finding]:
    if mended.left_out:
        yield Finding.of("text_too_long", Location(file=document.name), count=mended.left_out)
    if mended.spam and mended.spam_position:
        at = Location(file=document.name, line=mended.spam_position.line, page=mended.spam_position.page)
        yield Finding.of("spam_removed", at, words="、".join(mended.spam[:5]), count=mended.spam_count)
    if not metadata.title:
        yield Finding.of("title_not_found", Location(file=document.name))


def _prose_findings(prose: Prose, name: str) -> Iterator[Finding]:
    if prose.has_lost_headings:
        first = prose.tasks[0].position if prose.tasks else SourcePosition(1)
        yield Finding.of("headings_lost", Location(file=name, line=first.line, page=first.page))
    for position, before, number in prose.irregular:
        at = Location(file=name, line=position.line, page=position.page)
        yield Finding.of("numbering_irregular", at, number=number, before=before)


def _nothing_found(document: Document, paragraphs: Iterable[Paragraph]) -> Finding:
    length = sum(len(each.text) for each in paragraphs)
    code = "no_structure" if length > _LONGEST_WITHOUT_STRUCTURE else "no_tasks_found"
    return Finding.of(code, Location(file=document.name), count=length)


def _indicators(
    found: _Found, drafts: Sequence[TaskDraft | TableTask], tasks: Sequence[PlanTask], metadata: Metadata, name: str
) -> tuple[list[Indicator], list[Finding]]:
    """Return the targets of aims, tables and tasks, each once where it stands, and those in doubt."""
    if not tasks and sum(len(aims.text) for aims in found.aims) > _LONGEST_WITHOUT_STRUCTURE:
        return [], []
    year = str(metadata.target_year) if metadata.target_year else None
    aims_year = year or (str(metadata.period_end.year) if metadata.period_end else None)
    earliest = metadata.target_year or (
        metadata.period_start.year if metadata.period_start else metadata.issued_on.year if metadata.issued_on else None
    )
    passages = [(Passage(each.text, None, each.in_aims, aims_year, earliest), each.position) for each in found.aims]
    for index, (draft, task) in enumerate(zip(drafts, tasks, strict=True)):
        is_repeated = squeeze(task.title) in squeeze(task.body[: len(task.title) + 20])
        text = task.body if is_repeated else f"{task.title}\n{task.body}"
        passages.append((Passage(text, index, isinstance(draft, TableTask), year, earliest), task.source))
    indicators: dict[tuple[object, ...], Indicator] = {_indicator_key(each): each for each in found.indicators}
    doubts: list[Finding] = []
    for passage, position in passages:
        at = Location(file=name, line=position.line, page=position.page)
        for each in find_indicators(passage):
            key = _indicator_key(each)
            if key in indicators:
                continue
            indicators[key] = each
            if not each.name or (each.value_max is not None and each.value_max <= each.value):
                doubts.append(Finding.of("indicator_doubtful", at, quote=each.quote))
        doubts.extend(Finding.of("target_without_number", at, quote=clause) for clause in unquantified_targets(passage))
    return list(indicators.values()), doubts


def _indicator_key(each: Indicator) -> tuple[object, ...]:
    return each.task, each.name, each.value, each.value_max, each.unit, each.by
