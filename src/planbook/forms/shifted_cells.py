"""Rows whose filled-in cells stand one column too far left or right: a cell was deleted or inserted among them.

Each cell then is read as another column's. Texts would be taken without a murmur; what gives it away is that numbers,
days, names and telephone numbers stand where they can't be, and all fit when moved back by one column.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from planbook.forms.dates import DateSetting, parse_date
from planbook.forms.layout import Field
from planbook.forms.numbers import parse_percent
from planbook.forms.parsed import cell_text, is_blank_mark
from planbook.forms.phones import parse_phone
from planbook.forms.statuses import parse_status
from planbook.forms.tables import FoundTable
from planbook.sheets.raw import CellValue

_FEWEST_MISFITS: Final = 2
_ENOUGH_MISFITS: Final = 3  # from here on it may be the headers that were moved, and a value have no header left
_TEXTS: Final = frozenset((Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS, Field.EVIDENCE, Field.REMARKS))
_DAYS: Final = frozenset((Field.EXPECTED_COMPLETION, Field.EXTENSION_TO, Field.REPORTED_ON))
_UNREADABLE: Final = frozenset(("number_unreadable", "value_is_date", "date_unreadable", "date_out_of_reach"))
_NAME: Final = re.compile(r"[^\W\d_][^\d]{0,19}")
_BARE: Final = re.compile(r"[0-9.,%％\-/:—+() ]+|[0-9]{2,4}年.{1,8}[日月]")
_LONGEST_NAME: Final = 20

_Cells = Sequence[tuple[Field, CellValue, bool]]


def find_shift(table: FoundTable, row: int, setting: DateSetting) -> int | None:
    """Return the column, from 1, from which on the filled-in cells of `row` stand one too far left or right.

    None where they don't, or where it can't be seen. `setting` is what dates are read against.
    """
    found = sorted((match for match in table.columns.matched if not match.column.is_issued), key=lambda one: one.place)
    sheet = table.sheet
    cells = [
        (match.column.field, sheet.value(row, match.place), (row, match.place) in sheet.percent_cells)
        for match in found
    ]
    misfits = _misfits(cells, setting)
    if misfits < _FEWEST_MISFITS:
        return None
    for may_lose_a_value in (False, True) if misfits >= _ENOUGH_MISFITS else (False,):
        for place, moved in _moved_back(cells, may_lose_a_value=may_lose_a_value):
            if not _misfits(moved, setting):
                return found[place].place
    return None


def _moved_back(cells: _Cells, *, may_lose_a_value: bool) -> Iterator[tuple[int, _Cells]]:
    """Yield each way to put the cells back: one deleted at a place, or an empty one inserted there."""
    fields = [field for field, _, _ in cells]
    values = [(value, is_percent) for _, value, is_percent in cells]
    for place in range(len(cells)):
        if may_lose_a_value or not cell_text(values[-1][0]):
            restored = [*values[:place], (None, False), *values[place:-1]]
            yield place, [(field, *value) for field, value in zip(fields, restored, strict=True)]
        if may_lose_a_value or not cell_text(values[place][0]):
            restored = [*values[:place], *values[place + 1 :], (None, False)]
            yield place, [(field, *value) for field, value in zip(fields, restored, strict=True)]


def _misfits(cells: _Cells, setting: DateSetting) -> int:
    return sum(not _fits(field, value, is_percent, setting) for field, value, is_percent in cells)


@lru_cache(maxsize=4_096)
def _fits(field: Field, value: CellValue, is_percent: bool, setting: DateSetting) -> bool:
    """Return whether `value` can stand in a column of `field`; an empty cell or a mark for nothing always can."""
    text = cell_text(value)
    if is_blank_mark(text):
        return True
    if field is Field.STATUS:
        return not _BARE.fullmatch(text) and len(text) <= _LONGEST_NAME
    if field is Field.COMPLETION_PERCENT:
        parsed = parse_percent(value, is_percent_cell=is_percent)
        return not any(finding.code in _UNREADABLE for finding in parsed.findings)
    if field in _DAYS:
        return not any(finding.code in _UNREADABLE for finding in parse_date(value, setting).findings)
    if field is Field.PHONE:
        return not parse_phone(value).findings
    if field is Field.REPORTER:
        return bool(_NAME.fullmatch(text)) and parse_status(value).value is None
    if field in _TEXTS:
        return not _BARE.fullmatch(text) and parse_status(value).value is None
    return True
