"""Which column of the form each header of a returned table means: by its words, never by its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from planbook.forms.layout import Column, Field, SheetKind, SheetLayout
from planbook.forms.parsed import cell_text
from planbook.sheets.headers import header_key, normalise_header
from planbook.sheets.raw import CellValue, column_letters

_LONGEST_HEADER: Final = 60
_BRACKETS: Final = frozenset("()[]{}%‰")
_MOST_REMEMBERED: Final = 8_192
_LEAST_FOR_TYPO: Final = 4  # 备注 and 备考 differ by one character, too

_OTHER_NAMES: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.TASK_CODE: ("任务代码", "任务编码", "编号"),
    Field.INDICATOR_CODE: ("指标代码", "指标编码"),
    Field.TASK_TITLE: ("任务", "重点任务", "工作任务", "任务事项"),
    Field.STATUS: ("状态", "任务状态", "完成状态", "进度状态", "推进状态"),
    Field.COMPLETION_PERCENT: ("完成率", "完成比例", "完成百分比", "完成度", "进度百分比", "进度", "任务进度"),
    Field.PROGRESS: (
        *(
            "进展情况",
            "本期进展",
            "工作进展",
            "工作进展情况",
            "本期工作进展",
            "本期工作进展情况",
            "目前进展",
            "目前进展情况",
        ),
        *("最新进展", "最新进展情况", "本季度进展", "本季度进展情况", "本月进展", "本月进展情况", "进展情况说明"),
    ),
    Field.PROBLEMS: (
        *(
            "问题",
            "存在的问题",
            "主要问题",
            "存在问题和困难",
            "存在问题及困难",
            "存在困难",
            "困难问题",
            "存在的困难和问题",
        ),
        *("问题和困难", "困难和问题", "存在困难和问题"),
    ),
    Field.NEXT_STEPS: (
        *("下步措施", "下一步工作", "下步工作", "下一步打算", "下步打算", "下一步计划", "下步计划", "下一步工作措施"),
        *("下一步工作计划", "下一步工作打算", "下步工作打算", "下步工作计划", "下步工作措施"),
    ),
    Field.EXPECTED_COMPLETION: ("预计完成日期", "预计完成时限", "预计完成", "拟完成时间", "计划完成时间"),
    Field.EXTENSION_TO: ("延期至", "拟延期至", "申请延期", "申请延期时间", "延期时间"),
    Field.EVIDENCE: ("佐证", "佐证资料", "证明材料", "支撑材料"),
    Field.REPORTER: ("填表人", "填报人员", "填报人姓名", "经办人", "联系人"),
    Field.PHONE: ("电话", "联系方式", "电话号码", "手机", "手机号", "手机号码", "联系人电话", "填报人电话"),
    Field.REPORTED_ON: ("填表日期", "填报时间", "填表时间", "报送日期", "上报日期"),
    Field.VALUE: ("完成值", "实际完成值", "本期实际完成值", "本季度完成值", "本月完成值"),
    Field.DATA_SOURCE: ("来源", "数据出处"),
    Field.REMARKS: ("备注说明",),
}
"""Names that agencies give to the form's columns in place of its own; what could mean two columns is not here."""


class HeaderMatch(StrEnum):
    """How a header was understood: as issued, misspelt by one character, or by another name."""

    SAME = "same"
    MISSPELT = "misspelt"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column of a returned table that means a column of the form; `place` from 1."""

    column: Column
    place: int
    header: str
    match: HeaderMatch


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns of one returned table.

    Attributes:
        matched: What could be matched; a column that was copied stands here twice.
        unknown: (place, header) of the others.
        fill_in_letters: Letters of each column that agencies fill in, where it stands first, by its own header.
    """

    matched: tuple[MatchedColumn, ...]
    unknown: tuple[tuple[int, str], ...]
    fill_in_letters: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _first: Mapping[Field, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where each field stands first; readers ask for every cell."""
        object.__setattr__(self, "_first", {match.column.field: match.place for match in reversed(self.matched)})
        letters = {
            match.column.header: column_letters(match.place)
            for match in reversed(self.matched)
            if not match.column.is_issued
        }
        object.__setattr__(self, "fill_in_letters", letters)

    def places(self, wanted: Column) -> tuple[int, ...]:
        """Return where `wanted` stands, usually once."""
        return tuple(
            match.place
            for match in self.matched
            # Comparing whole columns takes its time, and there are many pairs of them.
            if match.column is wanted or (match.column.header == wanted.header and match.column == wanted)
        )

    def place(self, wanted: Field) -> int | None:
        """Return where `wanted` stands first, None where it is missing; not for EXTRA."""
        return self._first.get(wanted)


@lru_cache(maxsize=8_192)
def folded_header(text: str) -> str:
    """Return `header_key(text)`; headers recur in every return, and folding is what takes the time."""
    return header_key(text)


@lru_cache(maxsize=8_192)
def _plain_header(text: str) -> str:
    return normalise_header(text)


class OwnHeaders(dict[str, Column | None]):
    """The column that a cell names by its own header, None for most cells; worked out once each."""

    def __init__(self, sheet: SheetLayout) -> None:
        super().__init__()
        self._by_key = columns_by_key(sheet)

    def __missing__(self, cell: str) -> Column | None:
        column = _own_column(cell, self._by_key)
        if len(self) < _MOST_REMEMBERED and len(cell) <= _LONGEST_HEADER:
            self[cell] = column
        return column


@lru_cache(maxsize=64)
def own_headers(sheet: SheetLayout) -> OwnHeaders:
    """Return what looks headers of `sheet` up."""
    return OwnHeaders(sheet)


@lru_cache(maxsize=64)
def columns_by_key(sheet: SheetLayout) -> Mapping[str, Column]:
    """Return the columns by each key that names just one of them: with brackets first, then the words alone."""
    found: dict[str, Column] = {}
    for fold in (header_key, normalise_header):
        keys = [fold(column.header) for column in sheet.columns]
        for key, column in zip(keys, sheet.columns, strict=True):
            if key and keys.count(key) == 1:
                found.setdefault(key, column)
    return found


@lru_cache(maxsize=64)
def _other_names(sheet: SheetLayout) -> Mapping[str, Column]:
    own = columns_by_key(sheet)
    names = ((name, sheet.column(field)) for field, group in _OTHER_NAMES.items() for name in group)
    return {name: column for name, column in names if column is not None and name not in own}


def header_texts(row: Sequence[CellValue]) -> list[str]:
    """Return the texts of `row` that may be headers."""
    return [cell for cell in row if isinstance(cell, str) and 1 < len(cell) <= _LONGEST_HEADER]


def count_headers(texts: Iterable[str], own: OwnHeaders) -> frozenset[Field]:
    """Return the fields that `texts` of a row name by their own headers: many in a header row, none elsewhere."""
    return frozenset([column.field for column in map(own.__getitem__, texts) if column])


def match_columns(row: Sequence[CellValue], sheet: SheetLayout) -> ColumnMap:
    """Return what each header of `row` means.

    A header that is not the form's own is matched by another usual name, or as a misspelling by one character,
    and only where the column is not there already and no second one could be meant.
    """
    headers = [(place, cell_text(cell)) for place, cell in enumerate(row, start=1) if cell_text(cell)]
    own = own_headers(sheet)
    same = {place: column for place, header in headers if (column := own[header])}
    taken = {column.header for column in same.values()}
    guessed: dict[int, tuple[Column, HeaderMatch]] = {}
    for place, header in headers:
        if place in same or len(header) > _LONGEST_HEADER:
            continue
        guess = _guess(_plain_header(header), sheet)
        if guess and guess[0].header not in taken:
            guessed[place] = guess
    meant = [column.header for column, _ in guessed.values()]
    guessed = {place: guess for place, guess in guessed.items() if meant.count(guess[0].header) == 1}
    matched = []
    for place, header in headers:
        if place in same:
            matched.append(MatchedColumn(same[place], place, header, HeaderMatch.SAME))
        elif place in guessed:
            matched.append(MatchedColumn(guessed[place][0], place, header, guessed[place][1]))
    known = {*same, *guessed}
    return ColumnMap(tuple(matched), tuple((place, header) for place, header in headers if place not in known))


def _own_column(cell: str, own: Mapping[str, Column]) -> Column | None:
    if len(cell) > _LONGEST_HEADER:
        return None
    key = folded_header(cell)
    return own.get(key) or (own.get(_plain_header(cell)) if _looks_bracketed(key) else None)


def _looks_bracketed(key: str) -> bool:
    return not _BRACKETS.isdisjoint(key)


def _guess(words: str, sheet: SheetLayout) -> tuple[Column, HeaderMatch] | None:
    renamed = _other_names(sheet).get(words)
    if renamed:
        return renamed, HeaderMatch.RENAMED
    if len(words) < _LEAST_FOR_TYPO:
        return None
    near = [
        column
        for column in sheet.columns
        if len(key := normalise_header(column.header)) >= _LEAST_FOR_TYPO
        and OSA.distance(words, key, score_cutoff=1) <= 1
    ]
    return (near[0], HeaderMatch.MISSPELT) if len(near) == 1 else None


def identifying_fields(sheet: SheetLayout) -> tuple[Field, ...]:
    """Return the issued fields that tell rows apart by themselves, code first."""
    if sheet.kind is SheetKind.TASKS:
        return (Field.TASK_CODE, Field.TASK_TITLE, Field.TASK_BODY)
    return (Field.INDICATOR_CODE, Field.INDICATOR_NAME)
