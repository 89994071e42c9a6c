"""Tasks in running text: the lowest numbered items that prescribe measures, with the notes that hold for them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.model.plan import SourcePosition, TaskKind
from planbook.plans.agency_endings import ends_as_agency
from planbook.plans.characters import SENTENCE_END, fold, squeeze
from planbook.plans.contents import drop_contents
from planbook.plans.coverage import find_coverage, find_opening_agencies, only_help
from planbook.plans.items import (
    UNKNOWN_HABIT,
    HeadingHabit,
    ItemText,
    find_habit,
    heading_of,
    printed_heading,
    read_item,
    split_title,
)
from planbook.plans.named_items import NAMED_ITEMS
from planbook.plans.note_fit import part_at_notes
from planbook.plans.note_order import put_notes_behind
from planbook.plans.numbering import Marker, Style
from planbook.plans.outline import Node, build_outline, has_lost_headings
from planbook.plans.parts import is_exhortation, strip_closing_sentences
from planbook.plans.passages import Paragraph
from planbook.plans.sections import Section, classify
from planbook.plans.segments import split_segments
from planbook.plans.unit_notes import UnitNote, cut_notes, find_unit_notes
from planbook.plans.unnumbered import TASK_SECTION, number_unnumbered, part_lost_numbers

_NOTICE: Final = re.compile(r"(?:政府|办公厅|办公室|厅|局|委)关于(?:印发|下发|转发).{4,}通知")
_CLOSED: Final = f"{SENTENCE_END};；)）]】”’…"


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task before its agencies and dates are worked out.

    Attributes:
        path: Section headings above it.
        number: Its number as printed.
        title: Its title.
        body: Its body.
        notes: Unit notes that hold for it, its own or those of the items above.
        note_text: Those notes, and lines of dates, verbatim.
        shares_note: The note stands at another item and covers this one too.
        kind: Task or safeguard.
        position: Where it begins.
        excerpt: The item verbatim.
        is_truncated: The document breaks off within it.
    """

    path: tuple[str, ...]
    number: str | None
    title: str
    body: str
    notes: tuple[UnitNote, ...]
    note_text: str
    shares_note: bool
    kind: TaskKind
    position: SourcePosition
    excerpt: str
    is_truncated: bool = False


@dataclass(frozen=True, slots=True)
class AimsText:
    """Text outside tasks: aims, background, boxes."""

    text: str
    in_aims: bool
    position: SourcePosition


@dataclass(frozen=True, slots=True)
class Prose:
    """What one part of the document says in running text.

    Attributes:
        tasks: Its tasks, in order.
        aims: Its text outside tasks, in order.
        irregular: (position, number before, number) where numbering skips, repeats or goes back.
        has_lost_headings: Numbering starts anew without headings between.
        headings: (position, path) of every section, its own heading last, in order.
        parted_at_notes: Where unit notes, not numbers, told one item from the next.
    """

    tasks: tuple[TaskDraft, ...]
    aims: tuple[AimsText, ...]
    irregular: tuple[tuple[SourcePosition, str, str], ...]
    has_lost_headings: bool
    headings: tuple[tuple[SourcePosition, tuple[str, ...]], ...] = ()
    parted_at_notes: tuple[SourcePosition, ...] = ()


def read_prose(paragraphs: Sequence[Paragraph], cities: Sequence[str], *, gives_tasks: bool = True) -> Prose:
    """Return tasks and aims of the plan's running text."""
    root = build_outline(put_notes_behind(drop_contents(split_segments(paragraphs))))
    number_unnumbered(root)
    part_lost_numbers(root)
    parted = part_at_notes(root, cities) if gives_tasks else ()
    items = {node: read_item(node, cities) for node in root.walk()}
    headings = {node: heading_of(item, node) for node, item in items.items()}
    sections = classify(root, headings)
    _find_assigned_aims(root, items, sections)
    leaves = [node for node in root.leaves() if _gives_task(node, sections[node], headings[node], items[node])]
    if leaves and gives_tasks:
        _strip_end(leaves[-1], items, cities)
    find_opening_agencies(leaves, items, cities)
    habits = _habits(leaves, items)
    reader = _Reader(items, headings, sections, habits, find_coverage(root, items, set(leaves), cities))
    tasks = tuple(reader.draft(node) for node in leaves) if gives_tasks else ()
    if tasks:
        tasks = (*tasks[:-1], _marked_if_truncated(tasks[-1], [items[leaf].raw for leaf in leaves]))
    aims = tuple(_aims_texts(root, items, sections, set(leaves)))
    return Prose(tasks, aims, tuple(_irregular(root)), has_lost_headings(root), tuple(reader.headings(root)), parted)


@dataclass(frozen=True, slots=True)
class _Reader:
    items: dict[Node, ItemText]
    headings_by_node: dict[Node, str]
    sections: dict[Node, Section]
    habits: dict[Style, HeadingHabit]
    covering: dict[Node, tuple[Node, tuple[UnitNote, ...]]]

    def draft(self, node: Node) -> TaskDraft:
        item = self.items[node]
        marker = node.marker
        habit = self.habits.get(marker.style, UNKNOWN_HABIT) if marker else UNKNOWN_HABIT
        title, body = split_title(item, habit)
        notes, note_text = item.notes, item.note_text
        source = self.covering.get(node)
        if source and only_help(notes):
            notes = (*source[1], *(note for note in notes if note.entries))
            note_text = "\n".join(part for part in (note_text, _note_text(self.items[source[0]], source[1])) if part)
        is_safeguard = self.sections[node] is Section.SAFEGUARDS
        return TaskDraft(
            path=tuple(self._path(node)),
            number=(marker.printed or None) if marker else None,
            title=title,
            body=body or title,
            notes=notes,
            note_text=note_text,
            shares_note=notes is not item.notes,
            kind=TaskKind.SAFEGUARD if is_safeguard else TaskKind.TASK,
            position=node.segments[0].position,
            excerpt=_excerpt(node),
        )

    def headings(self, root: Node) -> Iterator[tuple[SourcePosition, tuple[str, ...]]]:
        """Yield where each item begins, and its path with its own heading last."""
        for node in root.walk():
            if node.marker is not None and node.segments:
                own = printed_heading(node, self.headings_by_node[node])
                yield node.segments[0].position, (*self._path(node), own)

    def _path(self, node: Node) -> Iterator[str]:
        above: list[str] = []
        parent = node.parent
        while parent is not None:
            if parent.marker is not None:
                above.append(printed_heading(parent, self.headings_by_node[parent]))
            parent = parent.parent
        yield from reversed(above)


def _gives_task(node: Node, section: Section, heading: str, item: ItemText) -> bool:
    """Return whether a lowest item is a task: not aims, not the terms of force, not a bare section heading."""
    if section not in {Section.TASKS, Section.SAFEGUARDS}:
        return False
    if not item.raw.strip():
        return False
    if _NOTICE.search(squeeze(heading)):
        return False  # a page's number before the notice itself: 1、某市人民政府关于印发……的通知
    is_bare = squeeze(item.clean) == squeeze(heading)
    if is_bare and re.search(r"分工|责任|职责", heading) and NAMED_ITEMS.search(fold(item.raw)):
        return False  # 三、责任分工 第一项由……负责；第二项由……负责
    names_a_section = TASK_SECTION.fullmatch(squeeze(heading)) is not None
    is_section = node.marker is not None and node.marker.style.value <= Style.HAN.value
    if is_bare and not item.notes and (names_a_section or (is_section and section is Section.SAFEGUARDS)):
        return False
    if is_section and section is Section.SAFEGUARDS and not item.notes and is_exhortation(item.clean, heading):
        return False
    return not (node.marker and node.marker.style is Style.HEADING and is_bare and not item.notes)


def _find_assigned_aims(root: Node, items: dict[Node, ItemText], sections: dict[Node, Section]) -> None:
    """Aims that are shared out among agencies (地区生产总值增长7%以上。责任单位：…) are tasks, all of their group."""
    for node in root.walk():
        below = [child for child in node.children if sections[child] in {Section.AIMS, Section.BACKGROUND}]
        if any(not child.children and any(note.entries for note in items[child].notes) for child in below):
            for child in below:
                if not child.children:
                    sections[child] = Section.TASKS


def _habits(leaves: Sequence[Node], items: dict[Node, ItemText]) -> dict[Style, HeadingHabit]:
    by_style: dict[Style, list[ItemText]] = defaultdict(list)
    for node in leaves:
        if node.marker:
            by_style[node.marker.style].append(items[node])
    return {style: find_habit(texts) for style, texts in by_style.items()}


def _note_text(item: ItemText, notes: Sequence[UnitNote]) -> str:
    return "\n".join((note.text or item.raw[note.start : note.end]).strip() for note in notes)


def _excerpt(node: Node) -> str:
    parts: list[str] = []
    for index, segment in enumerate(node.segments):
        parts.append(("\n" if segment.starts_line and index else "") + segment.text.rstrip())
    return "".join(parts).strip()


def _strip_end(last: Node, items: dict[Node, ItemText], cities: Sequence[str]) -> None:
    """Take signature, date and terms of force off the end of the last item."""
    item = items[last]
    raw = strip_closing_sentences(item.raw)
    if raw != item.raw:
        notes = find_unit_notes(raw, cities)  # one may stand before what was taken off
        items[last] = ItemText(raw, strip_closing_sentences(cut_notes(raw, notes)), notes, item.bold)


def _marked_if_truncated(task: TaskDraft, texts: Sequence[str]) -> TaskDraft:
    """Mark the last task where the text breaks off, in a document whose items end with a mark."""
    closed = sum(text.rstrip()[-1:] in _CLOSED for text in texts[:-1])
    end = texts[-1].rstrip()
    is_stopped = end[-1:] in _CLOSED or (bool(task.notes) and ends_as_agency(end))  # 责任单位：市科技局
    is_open = any(note.is_open for note in task.notes) or (not is_stopped and closed * 10 >= max(len(texts) - 1, 1) * 7)
    if not is_open:
        return task
    return TaskDraft(
        task.path, task.number, task.title, task.body, task.notes, task.note_text, task.shares_note, task.kind,
        task.position, task.excerpt, is_truncated=True,
    )  # fmt: skip


def _aims_texts(
    root: Node, items: dict[Node, ItemText], sections: dict[Node, Section], leaves: set[Node]
) -> Iterator[AimsText]:
    for node in root.walk():
        for box in node.boxes:
            text = "\n".join(segment.text for segment in box.segments)
            yield AimsText(text, in_aims=True, position=box.segments[0].position)
        if node in leaves or not node.segments or sections[node] in {Section.CLOSING, Section.BACKGROUND}:
            continue
        in_aims = sections[node] is Section.AIMS or node is root
        yield AimsText(items[node].clean, in_aims, node.segments[0].position)


def _irregular(root: Node) -> Iterator[tuple[SourcePosition, str, str]]:
    for node in root.walk():
        last: dict[Style, Marker] = {}
        for child in node.children:
            marker = child.marker
            if marker is None or marker.ordinal == 0 or marker.style is Style.HEADING:
                continue
            before = last.get(marker.style)
            if before and (marker.ordinal not in {before.ordinal + 1, 1} or marker.ordinal == before.ordinal):
                yield child.segments[0].position, before.printed, marker.printed
            last[marker.style] = marker
