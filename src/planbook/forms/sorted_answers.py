"""Answers that were sorted without their tasks.

Sorting the cells that a protected sheet lets people sort tears answers from their tasks, and every issued cell still
is where it was. What gives it away is the order: answers of many tasks that happen to stand in ascending or descending
order while the tasks stand as issued are next to never a coincidence.
"""

import operator
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import factorial, prod
from typing import Final

from planbook.forms.checks.targets import read_target
from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Field
from planbook.forms.matching import MatchedColumn
from planbook.forms.moved_answers import rows_by_table
from planbook.forms.numbers import parse_percent, parse_quantity
from planbook.forms.parsed import cell_text
from planbook.forms.row_matching import MatchedRow
from planbook.forms.statuses import parse_status
from planbook.forms.tables import FoundTable
from planbook.model.form import Status
from planbook.sheets.raw import CellValue

_SOUGHT: Final = frozenset(
    (
        *(Field.STATUS, Field.COMPLETION_PERCENT, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS, Field.VALUE),
        *(Field.EXPECTED_COMPLETION, Field.PHONE),
    )
)
_HARDLY_BY_CHANCE: Final = 5_000  # arrangements of the same answers, of which two are in order
_NUMBERS_HARDLY_BY_CHANCE: Final = 700  # six different ones; a wrong number is seen by nobody
_RARITY_OF_CONTRADICTION: Final = 20  # one row in so many contradicts itself without any sorting
_FEWEST_DISTINCT: Final = 3
_FEWEST_PHONES: Final = 8  # a few people answer for neighbouring tasks
_FEWEST_CONTRADICTIONS: Final = 2
_OUT_OF_PROPORTION: Final = 50
_NUMBERS: Final = frozenset((Field.COMPLETION_PERCENT, Field.VALUE))
_STRAY_ROWS: Final = 2  # copied or moved by hand, among so many:
_ENOUGH_ROWS: Final = 10
_MOST_ROWS: Final = 500
_COMPARED_LENGTH: Final = 200
_NUMBER: Final = re.compile("[0-9]{1,9}")
_MOST_REMEMBERED: Final = 30_000

_Key = tuple[int, float, str | bytes]


def report_sorted_answers(rows: Mapping[str, Sequence[MatchedRow]], order: Mapping[str, int], log: FindingLog) -> None:
    """Name each fill-in column that seems to have been sorted by itself, at its header.

    Args:
        rows: The rows that are taken, by code.
        order: Place of each code as issued.
        log: Where findings go.
    """
    for found in rows_by_table(rows).values():
        places = [order[row.code] for row in found]
        turns = sum(place >= after for place, after in pairwise(places))
        if len(found) > _MOST_ROWS or turns > (_STRAY_ROWS if len(found) >= _ENOUGH_ROWS else 0):
            continue  # the rows themselves were sorted, and their answers with them
        table = found[0].table
        numbers = [row.row for row in found]
        for match in table.columns.matched:
            if match.column.field in _SOUGHT and _seems_sorted(table, match, numbers):
                if match.column.field is Field.EXPECTED_COMPLETION and _deadlines_are_in_order(table, numbers):
                    continue
                at = table.location_at(table.header_row, match.place)
                log.add("answers_seem_sorted", at, column=match.column.header, rows=len(numbers))


def _seems_sorted(table: FoundTable, match: MatchedColumn, rows: Sequence[int]) -> bool:
    cells = [table.sheet.value(row, match.place) for row in rows]
    field = match.column.field
    if field in _NUMBERS and _has_sorted_run(cells):
        return True
    while cells and not cell_text(cells[-1]):
        cells.pop()
    if not all(cell_text(cell) for cell in cells):  # programs put empty cells last, whichever way they sort
        return False
    for fold in _FOLDS:
        keys = _keys_in_order(cells, fold)
        counts = Counter(keys)
        fewest = _FEWEST_PHONES if field is Field.PHONE else _FEWEST_DISTINCT
        if len(counts) < fewest or (fold is _whole and _count_up(cells)):
            continue
        arrangements = _arrangements(counts)
        if arrangements >= (_NUMBERS_HARDLY_BY_CHANCE if field in _NUMBERS else _HARDLY_BY_CHANCE):
            return True
        contradictions = _contradictions(table, match, rows)
        if contradictions >= _FEWEST_CONTRADICTIONS or (
            contradictions and arrangements * _RARITY_OF_CONTRADICTION >= _NUMBERS_HARDLY_BY_CHANCE
        ):
            return True
    return False


def _arrangements(counts: Counter[_Key]) -> int:
    return factorial(counts.total()) // prod(map(factorial, counts.values()))


def _deadlines_are_in_order(table: FoundTable, rows: Sequence[int]) -> bool:
    deadlines = [table.cell(row, Field.DEADLINE) for row in rows]
    return bool(_keys_in_order([cell for cell in deadlines if cell_text(cell)], _by_code_point))


def _has_sorted_run(cells: Sequence[CellValue]) -> bool:
    """Return whether numbers one below the other ascend or descend for longer than chance would have it.

    People sort a whole column, or the rows that they have selected.
    """
    keys: list[_Key] = []
    for cell in cells:
        if not cell_text(cell):
            break  # programs put empty cells last
        keys.append(_key(cell, _by_code_point))
    first, last = 0, 0
    for is_other_way in (operator.gt, operator.lt):
        start = 0
        for place in range(1, len(keys) + 1):
            if place == len(keys) or is_other_way(keys[place - 1], keys[place]):
                if place - start > last - first:
                    first, last = start, place
                start = place
    counts = Counter(keys[first:last])
    places = len(cells) - (last - first) + 1  # where in the column such a run may begin
    return len(counts) >= _FEWEST_DISTINCT and _arrangements(counts) >= _NUMBERS_HARDLY_BY_CHANCE * places**2


def _count_up(cells: Sequence[CellValue]) -> bool:
    """Return whether the numbers in texts grow by the same step from each to the next: 附件1, 附件2."""
    numbers = [[int(number) for number in _NUMBER.findall(cell_text(cell)[:_COMPARED_LENGTH])] for cell in cells]
    steps = {tuple(after - before for before, after in zip(*pair, strict=False)) for pair in pairwise(numbers)}
    return len(steps) == 1


def _keys_in_order(cells: Sequence[CellValue], fold: Callable[[str], str | bytes]) -> Sequence[_Key]:
    """Return the keys of `cells` where they ascend or descend, none otherwise; most answers show it within a few."""
    keys: list[_Key] = []
    ascends = descends = True
    for cell in cells:
        key = _key(cell, fold)
        if keys:
            ascends = ascends and not key < keys[-1]
            descends = descends and not key > keys[-1]
            if not ascends and not descends:
                return ()
        keys.append(key)
    return keys


def _key(cell: CellValue, fold: Callable[[str], str | bytes]) -> _Key:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return 0, float(cell), ""
    if isinstance(cell, date):
        return 0, float(cell.toordinal()), ""
    words = cell_text(cell)
    bare = words.rstrip("%％")
    if bare.replace(".", "", 1).isdecimal():
        return 0, float(bare), ""
    return 1, 0.0, fold(words)


class _Letters(dict[int, str]):
    """What is left of each character where only letters without case are wanted; looked up once each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letter = char if unicodedata.category(char) == "Lo" else ""
        if len(self) < _MOST_REMEMBERED:
            self[code] = letter
        return letter


_LETTERS: Final = _Letters()


def _whole(text: str) -> str:
    return text


# Numbers and letters in a text count up from row to row in honest answers: 附件1, 附件2.
def _by_code_point(text: str) -> str:
    return text.translate(_LETTERS)


def _by_pinyin(text: str) -> bytes:
    """Return the key by which the commonest 3,755 characters stand in the order of their pinyin."""
    return text.translate(_LETTERS).encode("gb18030", errors="replace")


_FOLDS: Final[tuple[Callable[[str], str | bytes], ...]] = (_by_code_point, _by_pinyin, _whole)


def _contradictions(table: FoundTable, match: MatchedColumn, rows: Sequence[int]) -> int:
    """Return in how many rows status and percentage contradict each other, or a value its target."""
    if match.column.field is Field.VALUE:
        return sum(_is_out_of_proportion(table, row) for row in rows)
    if match.column.field not in (Field.STATUS, Field.COMPLETION_PERCENT):
        return 0
    count = 0
    for row in rows:
        status = parse_status(table.cell(row, Field.STATUS)).value
        place = table.columns.place(Field.COMPLETION_PERCENT)
        is_percent_cell = (row, place) in table.sheet.percent_cells
        percent = parse_percent(table.cell(row, Field.COMPLETION_PERCENT), is_percent_cell=is_percent_cell).value
        if status is not None and percent is not None:
            count += (status is Status.DONE) != (percent == 100) or (status is Status.NOT_STARTED and percent > 0)
    return count


def _is_out_of_proportion(table: FoundTable, row: int) -> bool:
    """Return whether an indicator's value is of another order of magnitude than its target."""
    value = parse_quantity(table.cell(row, Field.VALUE), table.text(row, Field.UNIT)).value
    target = read_target(table.text(row, Field.TARGET))
    if not value or target is None or not target.value:
        return False
    share = abs(value / target.value)
    return share >= _OUT_OF_PROPORTION or share * _OUT_OF_PROPORTION <= 1
