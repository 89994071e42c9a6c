"""Answers that were moved without their tasks: sorted by themselves, or pasted a row too low.

Sorting the cells that a protected sheet lets people sort tears answers from their tasks, and every issued cell still
is where it was. What gives it away is the order: answers of many tasks that happen to stand in ascending or descending
order while the tasks stand as issued are next to never a coincidence.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import factorial, prod
from typing import Final

from planbook.forms.checks.targets import read_target
from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Field
from planbook.forms.matching import MatchedColumn
from planbook.forms.numbers import parse_percent, parse_quantity
from planbook.forms.parsed import cell_text, shown
from planbook.forms.row_matching import MatchedRow
from planbook.forms.statuses import parse_status
from planbook.forms.tables import FoundTable
from planbook.model.form import Status
from planbook.sheets.raw import CellValue

_SOUGHT: Final = frozenset(
    (Field.STATUS, Field.COMPLETION_PERCENT, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS, Field.VALUE)
)
_HARDLY_BY_CHANCE: Final = 5_000  # arrangements of the same answers, of which two are in order
_NUMBERS_HARDLY_BY_CHANCE: Final = 700  # six different ones; a wrong number is seen by nobody
_RARITY_OF_CONTRADICTION: Final = 20  # one row in so many contradicts itself without any sorting
_FEWEST_DISTINCT: Final = 3
_FEWEST_CONTRADICTIONS: Final = 2
_OUT_OF_PROPORTION: Final = 50
_NUMBERS: Final = frozenset((Field.COMPLETION_PERCENT, Field.VALUE))
_MOST_ROWS: Final = 500
_MOST_REMEMBERED: Final = 30_000

_Key = tuple[int, float, str | bytes]


def report_sorted_answers(rows: Mapping[str, Sequence[MatchedRow]], order: Mapping[str, int], log: FindingLog) -> None:
    """Name each fill-in column that seems to have been sorted by itself, at its header.

    Args:
        rows: The rows that are taken, by code.
        order: Place of each code as issued.
        log: Where findings go.
    """
    for found in _by_table(rows).values():
        places = [order[row.code] for row in found]
        if len(found) > _MOST_ROWS or any(place >= after for place, after in pairwise(places)):
            continue  # the rows themselves were sorted, and their answers with them
        table = found[0].table
        numbers = [row.row for row in found]
        for match in table.columns.matched:
            if match.column.field in _SOUGHT and _seems_sorted(table, match, numbers):
                at = table.location_at(table.header_row, match.place)
                log.add("answers_seem_sorted", at, column=match.column.header, rows=len(numbers))


def find_shifted_tables(rows: Mapping[str, Sequence[MatchedRow]], log: FindingLog) -> frozenset[int]:
    """Return the identities of tables whose answers all stand some rows too low, each with a finding.

    Answers pasted below the row that they begin in leave that row empty, and run out below the last task into a row
    that nothing was issued in. Whose they are then is anybody's guess: none of them is taken.
    """
    shifted = set()
    for key, found in _by_table(rows).items():
        table, last = found[0].table, found[-1].row
        beyond = 0
        for number, _ in table.rows:
            if number == last + beyond + 1 and _is_answer_alone(table, number):
                beyond += 1
        if beyond and len(found) > beyond and not any(_is_filled(table, row.row) for row in found[:beyond]):
            at = table.location(last + 1, Field.STATUS)
            log.add("answers_shifted", at, rows=beyond)
            shifted.add(key)
    return frozenset(shifted)


def find_shifted_columns(rows: Mapping[str, Sequence[MatchedRow]], log: FindingLog) -> frozenset[tuple[int, str]]:
    """Return (identity of the table, header) of columns in which one answer was pushed below the last task.

    Inserting a cell moves those below it down: one row is left empty there, the last answer stands beside no task, and
    every answer in between beside the wrong one.
    """
    shifted = set()
    for key, found in _by_table(rows).items():
        table, last = found[0].table, found[-1].row
        below = next((number for number, _ in table.rows if number > last), None)
        if below != last + 1:
            continue
        filled = [match for match in table.columns.matched if cell_text(table.sheet.value(below, match.place))]
        for match in filled:
            empty = sum(not cell_text(table.sheet.value(row.row, match.place)) for row in found)
            is_alone = len(filled) == 1 and not match.column.is_issued and match.column.is_required
            if is_alone and empty == 1 and len(found) > 1:
                at = table.location_at(below, match.place)
                written = shown(cell_text(table.sheet.value(below, match.place)))
                log.add("answers_column_shifted", at, column=match.column.header, written=written)
                shifted.add((key, match.column.header))
    return frozenset(shifted)


def _by_table(rows: Mapping[str, Sequence[MatchedRow]]) -> Mapping[int, list[MatchedRow]]:
    """Return the rows of each table from top to bottom, by the table's identity."""
    by_table: dict[int, list[MatchedRow]] = {}
    for found in rows.values():
        for row in found:
            by_table.setdefault(id(row.table), []).append(row)
    for found in by_table.values():
        found.sort(key=lambda row: row.row)
    return by_table


def _is_answer_alone(table: FoundTable, row: int) -> bool:
    """Return whether a row holds a status or value of a task, and nothing that was issued."""
    issued = [match.place for match in table.columns.matched if match.column.is_issued]
    if any(cell_text(table.sheet.value(row, place)) for place in issued):
        return False
    state = parse_status(table.cell(row, Field.STATUS)).value
    return state is not None or bool(table.text(row, Field.VALUE))


def _is_filled(table: FoundTable, row: int) -> bool:
    places = [match.place for match in table.columns.matched if not match.column.is_issued]
    return any(cell_text(table.sheet.value(row, place)) for place in places)


def _seems_sorted(table: FoundTable, match: MatchedColumn, rows: Sequence[int]) -> bool:
    cells = [table.sheet.value(row, match.place) for row in rows]
    while cells and not cell_text(cells[-1]):
        cells.pop()
    if not all(cell_text(cell) for cell in cells):  # programs put empty cells last, whichever way they sort
        return False
    least = _NUMBERS_HARDLY_BY_CHANCE if match.column.field in _NUMBERS else _HARDLY_BY_CHANCE
    for fold in (_by_code_point, _by_pinyin):
        keys = _keys_in_order(cells, fold)
        counts = Counter(keys)
        if len(counts) < _FEWEST_DISTINCT:
            continue
        arrangements = factorial(len(keys)) // prod(map(factorial, counts.values()))
        if arrangements >= least:
            return True
        contradictions = _contradictions(table, match, rows)
        if contradictions >= _FEWEST_CONTRADICTIONS or (
            contradictions and arrangements * _RARITY_OF_CONTRADICTION >= _NUMBERS_HARDLY_BY_CHANCE
        ):
            return True
    return False


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
    words = cell_text(cell)
    bare = words.rstrip("%％")
    if bare.replace(".", "", 1).isdecimal():
        return 0, float(bare), ""
    # Numbers and letters in a text count up from row to row in honest answers: 附件1, 附件2.
    return 1, 0.0, fold(words.translate(_LETTERS))


class _Letters(dict[int, str]):
    """What is left of each character where only letters without case are wanted; looked up once each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letter = char if unicodedata.category(char) == "Lo" else ""
        if len(self) < _MOST_REMEMBERED:
            self[code] = letter
        return letter


_LETTERS: Final = _Letters()


def _by_code_point(text: str) -> str:
    return text


def _by_pinyin(text: str) -> bytes:
    """Return the key by which the commonest 3,755 characters stand in the order of their pinyin."""
    return text.encode("gb18030", errors="replace")


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
