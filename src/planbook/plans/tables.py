"""Plans and indicators set as tables: which column holds what, and the tasks of the rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

from planbook.model.plan import SourcePosition
from planbook.plans.characters import fold, squeeze
from planbook.plans.document import Table
from planbook.plans.items import UNKNOWN_HABIT, ItemText, split_title
from planbook.plans.numbering import match_marker
from planbook.plans.role_words import Role, RoleEntry, parse_list, parse_plain_note, parse_roles
from planbook.plans.unit_notes import UnitNote, cut_notes, find_unit_notes


class Column(Enum):
    """What a column of a plan table holds."""

    NUMBER = "number"
    CATEGORY = "category"
    TASK = "task"
    MEASURE = "measure"
    GOAL = "goal"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    GUIDE = "guide"
    UNITS = "units"
    DEADLINE = "deadline"
    OTHER = "other"


_HEADERS: Final[tuple[tuple[Column, str], ...]] = (
    (Column.NUMBER, r"序号|编号|项次|No\.?|序|号"),
    (
        Column.DEADLINE,
        r".{0,6}(?:时限|期限|时间|时间节点|节点|进度要求|进度安排|完成年限|时间表|完成日期)(?:要求|安排|节点)?",
    ),
    (Column.UNITS, r"(?:责任|任务|工作|部门)?分工|牵头(?:单位|部门)?[及和、/]\S{0,6}(?:配合|责任|参与)\S{0,4}"),
    (
        Column.OTHER,
        r"(?!.*(?:单位|部门)).*(?:领导|责任人|联系人|负责人|电话|备注|进展|完成情况|分值|来源|依据|状态|说明|签字|审核)\S{0,4}",
    ),
    (Column.GUIDE, r".*(?:指导|督导|督办|监督)(?:单位|部门)"),
    (Column.LEAD, r"(?:.*牵头|主办|主责|第一责任|主要责任).{0,6}|主责单位"),
    (Column.SUPPORT, r".*(?:配合|协办|参与|参加|协同|协助|支持|其他责任|协作|联合).{0,6}"),
    (
        Column.RESPONSIBLE,
        (
            r".*(?:责任|落实|实施|承办|负责|主体|完成|主管|建设|申报)(?:单位|部门|主体|科室|股室|处室)?(?:[及和]责任人)?"
            r"|单位|部门|责任|.{0,4}单位"
        ),
    ),
    (Column.TASK, r"目标任务|任务目标|.{0,4}目标[和与及]任务|.{0,4}任务[和与及]目标"),
    (Column.GOAL, r".*(?:目标|成果|成效|标志|考核指标|绩效|要求|量化指标|预期|工作标准|完成标准)\S{0,4}"),
    (Column.CATEGORY, r".*(?:类别|领域|分类|板块|方面|类型|维度|一级|任务类|专项名称|所属|章节|大项|项目类)\S{0,4}|类"),
    (
        Column.MEASURE,
        (
            r".*(?:措施|举措|具体(?:任务|内容|工作|事项)|任务内容|工作内容|主要内容|建设内容|内容|任务描述|细化|分解任务|工作要点|"
            r"做法|二级)\S{0,6}"
        ),
    ),
    (Column.TASK, r".*(?:任务|事项|工作|重点|项目|行动|工程|名称|要点|改革点)\S{0,6}"),
)
_COMPILED: Final = tuple((column, re.compile(pattern, re.IGNORECASE)) for column, pattern in _HEADERS)
_UNIT_COLUMNS: Final = {
    Column.LEAD: Role.LEAD,
    Column.RESPONSIBLE: Role.RESPONSIBLE,
    Column.SUPPORT: Role.SUPPORT,
    Column.GUIDE: Role.GUIDE,
}
_PROBLEM: Final = re.compile(r"(?:存在|突出|主要|具体|反馈|整改|巡察)*(?:问题|短板|隐患)(?:描述|表现|内容|清单|事项)?")
_TOTAL: Final = re.compile(r"合计|总计|小计|共计")
_MOST_HEADER_ROWS: Final = 6


@dataclass(frozen=True, slots=True)
class TableTask:
    """A task read from one or more rows of a table.

    Attributes:
        path: Categories above it.
        number: Its number as printed.
        title: Its title.
        body: Its body.
        notes: Its agencies, as notes.
        note_text: What the agencies came from.
        deadline_cells: Texts of its deadline column.
        goal: Text of a column of aims or results.
        position: Where its first row stands.
        excerpt: The row's cells.
    """

    path: tuple[str, ...]
    number: str | None
    title: str
    body: str
    notes: tuple[UnitNote, ...]
    note_text: str
    deadline_cells: tuple[str, ...]
    goal: str
    position: SourcePosition
    excerpt: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a plan table, and how many rows its header takes."""

    columns: tuple[Column, ...]
    header: tuple[str, ...]
    header_rows: int

    def cells(self, row: Sequence[str], column: Column) -> list[str]:
        """Return the texts of all columns of one kind, repeated merged cells once."""
        return list(
            dict.fromkeys(
                cell.strip() for cell, kind in zip(row, self.columns, strict=False) if kind is column and cell.strip()
            )
        )

    def text(self, row: Sequence[str], column: Column) -> str:
        """Return the same as one text."""
        return "\n".join(self.cells(row, column))


def find_layout(table: Table) -> Layout | None:
    """Return the layout of a table that holds tasks, None where it holds none.

    A table of tasks has a column of tasks or measures, and one of agencies or deadlines.
    """
    for index, row in enumerate(table.rows[:_MOST_HEADER_ROWS]):
        layout = _layout(row, index)
        if layout is None:
            continue
        below = table.rows[index + 1] if index + 1 < len(table.rows) else ()
        two_rows = _layout(tuple(_last_line(up, low) for up, low in zip(row, below, strict=False)), index + 1)
        is_second_header = two_rows is not None and sum(
            _kind(cell) is not None and len(cell) <= 8 for cell in below if cell.strip()
        ) >= max(len([cell for cell in below if cell.strip()]) - 1, 2)
        return two_rows if is_second_header and two_rows else layout
    return None


def read_table(table: Table, layout: Layout, cities: Sequence[str]) -> tuple[TableTask, ...]:
    """Return the tasks of a table's rows.

    Rows that only continue a merged cell are one task; where each has its own measure and agencies or deadline, each is
    a task below the merged one. A row of one cell over the whole width is a heading.
    """
    tasks: list[TableTask] = []
    section: tuple[str, ...] = ()
    groups = list(_groups(table, layout))
    by_measure = _numbers_measures(groups, layout)
    for group in groups:
        row = group[0][1]
        filled = [cell.strip() for cell in row if cell.strip()]
        if not filled or _is_header(row, layout) or _TOTAL.fullmatch(filled[0]):
            continue
        if len(set(filled)) == 1 and len(row) > 2:
            section = _section_path(section, filled[0])
            continue
        if _is_one_task(group, layout):
            is_measure = by_measure and bool(layout.text(row, Column.MEASURE))
            tasks.append(_task(group, layout, section, cities, table, is_measure=is_measure))
        else:
            parted = _filled_down(group, layout)
            tasks.extend(_task([each], layout, section, cities, table, is_measure=True) for each in parted)
    return tuple(task for task in tasks if task.title)


def _layout(row: Sequence[str], index: int) -> Layout | None:
    kinds = [_kind(cell) for cell in row]
    known = [kind for kind in kinds if kind is not None]
    has_task = Column.TASK in known or Column.MEASURE in known
    if not has_task or (Column.TASK not in known and Column.MEASURE in known):
        problems = [at for at, cell in enumerate(row) if _PROBLEM.fullmatch(squeeze(cell))]
        if problems:  # a list of what is to be put right
            kinds = [Column.TASK if at == problems[0] else kind for at, kind in enumerate(kinds)]
            known = [kind for kind in kinds if kind is not None]
            has_task = True
    if not has_task and Column.GOAL in known and Column.NUMBER in known:
        kinds = [Column.TASK if kind is Column.GOAL else kind for kind in kinds]
        has_task = True
    has_unit = any(kind in _UNIT_COLUMNS or kind in {Column.UNITS, Column.DEADLINE} for kind in known)
    if not has_task or not has_unit or len(known) < 2 or len(known) * 2 < len(row):
        return None
    columns = [kind or Column.OTHER for kind in kinds]
    if columns.count(Column.TASK) and columns.count(Column.MEASURE) == 0:
        columns = _part_task_columns(columns, row)
    return Layout(tuple(columns), tuple(squeeze(cell) for cell in row), index + 1)


def _part_task_columns(columns: list[Column], row: Sequence[str]) -> list[Column]:
    """Of two different task columns (重点任务 | 工作任务) the second holds the measures."""
    places = [index for index, column in enumerate(columns) if column is Column.TASK]
    names = {squeeze(row[index]) for index in places}
    if len(places) > 1 and len(names) > 1:
        first = squeeze(row[places[0]])
        return [
            Column.MEASURE if column is Column.TASK and squeeze(row[index]) != first else column
            for index, column in enumerate(columns)
        ]
    return columns


def _kind(cell: str) -> Column | None:
    name = squeeze(re.sub(r"\([^()]*\)", "", fold(cell)))
    if not name or len(name) > 14:
        return None
    return next((column for column, pattern in _COMPILED if pattern.fullmatch(name)), None)


def _last_line(upper: str, lower: str) -> str:
    return lower if lower.strip() else upper


def _is_header(row: Sequence[str], layout: Layout) -> bool:
    cells = tuple(squeeze(cell) for cell in row)
    same = sum(cell == head for cell, head in zip(cells, layout.header, strict=False) if cell)
    return same >= 2 and same * 2 >= sum(1 for cell in cells if cell)


def _groups(table: Table, layout: Layout) -> Iterator[list[tuple[int, tuple[str, ...]]]]:
    """Part the rows below the header into groups that share number and task (merged cells)."""
    group: list[tuple[int, tuple[str, ...]]] = []
    for index, row in enumerate(table.rows[layout.header_rows :], start=layout.header_rows):
        if group and not _continues(group[-1][1], row, layout):
            yield group
            group = []
        group.append((index, row))
    if group:
        yield group


def _continues(before: Sequence[str], row: Sequence[str], layout: Layout) -> bool:
    numbers = (layout.text(before, Column.NUMBER), layout.text(row, Column.NUMBER))
    tasks = (layout.text(before, Column.TASK), layout.text(row, Column.TASK))
    if Column.TASK not in layout.columns:
        tasks = (layout.text(before, Column.MEASURE), layout.text(row, Column.MEASURE))
    if not numbers[1] and not tasks[1]:
        return any(cell.strip() for cell in row)
    if Column.NUMBER in layout.columns and numbers[1] and numbers[0] != numbers[1]:
        return False
    return (bool(tasks[1]) and tasks[0] == tasks[1]) or (not tasks[1] and numbers[0] == numbers[1])


def _numbers_measures(groups: Sequence[Sequence[tuple[int, Sequence[str]]]], layout: Layout) -> bool:
    """Return whether the numbers count the measures, below tasks that span several of them."""
    if Column.MEASURE not in layout.columns or Column.NUMBER not in layout.columns:
        return False
    firsts = [group[0][1] for group in groups if not _is_header(group[0][1], layout)]
    return any(
        bool(layout.text(row, Column.TASK))
        and layout.text(before, Column.TASK) == layout.text(row, Column.TASK)
        and layout.text(before, Column.MEASURE) != layout.text(row, Column.MEASURE)
        and len(set(row)) > 1
        for before, row in pairwise(firsts)
    )


def _filled_down(group: Sequence[tuple[int, tuple[str, ...]]], layout: Layout) -> list[tuple[int, tuple[str, ...]]]:
    """Repeat what stands for the whole group where a merged cell was left empty."""
    shared = {Column.NUMBER, Column.CATEGORY, Column.TASK}
    first = group[0][1]
    return [
        (
            index,
            tuple(
                first[at] if kind in shared and not cell.strip() and at < len(first) else cell
                for at, (cell, kind) in enumerate(zip(row, layout.columns, strict=False))
            ),
        )
        for index, row in group
    ]


def _is_one_task(group: Sequence[tuple[int, Sequence[str]]], layout: Layout) -> bool:
    if len(group) == 1:
        return True
    measures = {layout.text(row, Column.MEASURE) for _, row in group}
    units = {_units_key(row, layout) for _, row in group}
    return len(measures) < len(group) or len(units) == 1 or "" in measures


def _units_key(row: Sequence[str], layout: Layout) -> tuple[str, ...]:
    kinds = (*_UNIT_COLUMNS, Column.UNITS, Column.DEADLINE)
    return tuple(layout.text(row, kind) for kind in kinds)


def _section_path(section: tuple[str, ...], heading: str) -> tuple[str, ...]:
    """A heading row replaces headings of its own depth and deeper."""
    marker = match_marker(fold(heading))
    rank = marker.rank if marker else 0
    kept = []
    for known in section:
        known_marker = match_marker(fold(known))
        if known_marker and known_marker.rank < rank:
            kept.append(known)
    return (*kept, _joined(heading).rstrip("。"))


def _task(
    group: Sequence[tuple[int, Sequence[str]]],
    layout: Layout,
    section: tuple[str, ...],
    cities: Sequence[str],
    table: Table,
    *,
    is_measure: bool = False,
) -> TableTask:
    rows = [row for _, row in group]
    category = [_joined(cell).rstrip("。") for cell in _merged(rows, layout, Column.CATEGORY)[:2]]
    name = "\n".join(_merged(rows, layout, Column.TASK))
    measure = "\n".join(_merged(rows, layout, Column.MEASURE))
    number = "".join(_merged(rows, layout, Column.NUMBER)[:1]).strip("、.．。 ") or None
    above: list[str] = []
    if is_measure and name:
        above, name = [_joined(name).rstrip("。")], ""
    source = "\n".join(part for part in (name, measure) if part)
    marker = match_marker(fold(source))
    if marker and not marker.is_uncertain:
        number = number or marker.printed
        source = source[marker.end :]
    own_notes = find_unit_notes(source, cities)
    clean = cut_notes(source, own_notes)
    title, body = split_title(ItemText(clean, clean, (), 0), UNKNOWN_HABIT)
    if name and measure and not above:
        title = _joined(name[marker.end :] if marker else name).rstrip("。：:")
        body = measure
    notes, note_text = _notes(rows, layout, cities)
    goal = "\n".join(_merged(rows, layout, Column.GOAL))
    return TableTask(
        path=(*section, *category, *above),
        number=number,
        title=title,
        body=body or title,
        notes=(*own_notes, *notes),
        note_text=note_text or "\n".join(source[note.start : note.end] for note in own_notes),
        deadline_cells=tuple(_merged(rows, layout, Column.DEADLINE)),
        goal=goal,
        position=SourcePosition(table.line + group[0][0], table.page),
        excerpt=" | ".join(dict.fromkeys(_joined(cell) for row in rows for cell in row if cell.strip())),
    )


def _merged(rows: Sequence[Sequence[str]], layout: Layout, column: Column) -> list[str]:
    return list(dict.fromkeys(cell for row in rows for cell in layout.cells(row, column)))


def _notes(rows: Sequence[Sequence[str]], layout: Layout, cities: Sequence[str]) -> tuple[tuple[UnitNote, ...], str]:
    """Return the agencies of a task's rows as one note, and the cells verbatim, each behind its header."""
    entries: list[RoleEntry] = []
    texts: list[str] = []
    for column, role in (*_UNIT_COLUMNS.items(), (Column.UNITS, Role.RESPONSIBLE)):
        header = next(
            (head for head, kind in zip(layout.header, layout.columns, strict=False) if kind is column), column.value
        )
        for cell in _merged(rows, layout, column):
            texts.append(f"{header}：{_joined(cell)}")
            if ":" in fold(cell):
                entries.extend(parse_roles(cell, cities))
                continue
            worded = parse_plain_note(cell, cities, allows_bare_list=False)
            entries.extend(worded or parse_list(cell, role, cities))
    kept = tuple(entry for entry in entries if entry.agencies)
    return ((UnitNote(0, 0, kept),) if kept else ()), "；".join(texts)


def _joined(cell: str) -> str:
    return re.sub(r"\s*\n\s*", "", cell).strip()
