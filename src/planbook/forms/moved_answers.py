"""Answers that stand a row too low or too high: pasted below where they belong, or pushed by a cell inserted above.

What gives them away is what is left over: an answer below the last task, and a gap above.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Field
from planbook.forms.matching import MatchedColumn
from planbook.forms.parsed import cell_text, shown
from planbook.forms.row_matching import MatchedRow
from planbook.forms.statuses import parse_status
from planbook.forms.tables import FoundTable

_FEWEST_MOVED_UP: Final = 5


def find_shifted_tables(rows: Mapping[str, Sequence[MatchedRow]], log: FindingLog) -> frozenset[int]:
    """Return the identities of tables whose answers all stand some rows too low, each with a finding.

    Answers pasted below the row that they begin in leave that row empty, and run out below the last task into a row
    that nothing was issued in. Whose they are then is anybody's guess: none of them is taken.
    """
    shifted = set()
    for key, found in rows_by_table(rows).items():
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
    for key, found in rows_by_table(rows).items():
        table, last = found[0].table, found[-1].row
        below = next((number for number, _ in table.rows if number > last), None)
        if below != last + 1:
            continue
        filled = [match for match in table.columns.matched if cell_text(table.sheet.value(below, match.place))]
        for match in filled:
            is_alone = len(filled) == 1 and not match.column.is_issued and match.column.is_required
            if is_alone and len(_empty_rows(table, match, found)) == 1 and len(found) > 1:
                at = table.location_at(below, match.place)
                written = shown(cell_text(table.sheet.value(below, match.place)))
                log.add("answers_column_shifted", at, column=match.column.header, written=written)
                shifted.add((key, match.column.header))
    return frozenset(shifted)


def report_columns_moved_up(rows: Mapping[str, Sequence[MatchedRow]], log: FindingLog) -> None:
    """Name each required column that is full but for the last task, whose other cells are filled in.

    Deleting a cell moves those below it up and leaves the last one empty; so does forgetting the last.
    """
    for found in rows_by_table(rows).values():
        table, last = found[0].table, found[-1].row
        required = [match for match in table.columns.matched if match.column.is_required and not match.column.is_issued]
        open_cells = [match for match in required if not cell_text(table.sheet.value(last, match.place))]
        if len(found) < _FEWEST_MOVED_UP or len(open_cells) != 1 or len(required) < 2:
            continue
        match = open_cells[0]
        if _empty_rows(table, match, found) == [last]:
            log.add("answers_seem_moved_up", table.location_at(last, match.place), column=match.column.header)


def _empty_rows(table: FoundTable, match: MatchedColumn, rows: Sequence[MatchedRow]) -> list[int]:
    return [row.row for row in rows if not cell_text(table.sheet.value(row.row, match.place))]


def rows_by_table(rows: Mapping[str, Sequence[MatchedRow]]) -> Mapping[int, list[MatchedRow]]:
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
