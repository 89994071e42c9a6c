"""Extraction: from a document's text to the plan that a careful clerk would write down."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from planbook.model.findings import Finding, Location
from planbook.model.plan import Indicator, Plan, PlanTask, SourcePosition
from planbook.plans.characters import squeeze
from planbook.plans.document import Document, Table
from planbook.plans.finishing import finish_task
from planbook.plans.gazetteer import cities_mentioned
from planbook.plans.indicator_tables import read_indicator_table
from planbook.plans.indicators import Passage, find_indicators, unquantified_targets
from planbook.plans.markdown_marks import without_marks
from planbook.plans.mending import MendedText, mend
from planbook.plans.metadata import Metadata, read_metadata
from planbook.plans.parts import Part, split_parts
from planbook.plans.passages import Paragraph
from planbook.plans.prose import AimsText, Prose, TaskDraft, read_prose
from planbook.plans.responsibility import find_lead_statement
from planbook.plans.tables import TableTask, find_layout, read_table

_PLACE_IN_TITLE: Final = re.compile(r"(?:^|(?<=[《关于 、省市州]))([\u4e00-\u9fff]{2,3})(?:市|县|区|州)(?![场域])")
_LONGEST_WITHOUT_STRUCTURE: Final = 100_000


@dataclass(slots=True)
class _Found:
    """What the parts of a document gave, and what there is to say about it."""

    drafts: list[TaskDraft | TableTask] = field(default_factory=list)
    aims: list[AimsText] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def extract_plan(document: Document) -> Plan:
    """Return the plan that a document holds: metadata, tasks, indicators, and findings for what a person must see.

    Nothing is invented: a task without agencies stays without, and a date that is not stated is None.
    """
    document = without_marks(document)
    mended = mend(document)
    paragraphs = mended.paragraphs
    metadata = read_metadata(paragraphs, document.title)
    cities = (*_own_places(metadata), *_cities(paragraphs))
    found = _Found(findings=[*document.findings, *_text_findings(document, mended, metadata)])
    heading = paragraphs[metadata.body_start - 1] if metadata.body_start else None
    for part in split_parts(mended.blocks, heading):
        _read_part(part, cities, metadata, found, document.name)
    drafts = _without_repetitions(found.drafts)
    statement = find_lead_statement(paragraph.text for paragraph in paragraphs)
    tasks = []
    for draft in drafts:
        task, findings = finish_task(draft, statement, metadata, document.name)
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


def _own_places(metadata: Metadata) -> tuple[str, ...]:
    """Places that title and issuer name; agencies whose names begin with one lack no level in front (黔山供电局)."""
    names = f"{metadata.title} {metadata.issuer or ''}"
    return tuple(dict.fromkeys(match[1] for match in _PLACE_IN_TITLE.finditer(names)))


def _cities(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Cities that the document names, looked for only where a group of cities stands in it (武鄂黄黄咸五市)."""
    texts = [each.text for each in paragraphs if any(f"{count}市" in each.text for count in "二两三四五六七八九十")]
    return cities_mentioned("\n".join(each.text for each in paragraphs)) if texts else ()


def _read_part(part: Part, cities: Sequence[str], metadata: Metadata, found: _Found, name: str) -> None:
    """Read one part's prose and tables, in the order of the document."""
    paragraphs = [block for block in part.blocks if isinstance(block, Paragraph)]
    prose = read_prose(paragraphs, cities, gives_tasks=part.gives_tasks)
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
            dates = [f"完成时限：{cell}" for cell in draft.deadline_cells]
            kept[index] = replace(original, notes=draft.notes, note_text="\n".join([draft.note_text, *dates]))
    return sorted(kept, key=lambda draft: draft.position.line)


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
    for position in prose.parted_at_notes:
        yield Finding.of("items_by_notes", Location(file=name, line=position.line, page=position.page))
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
