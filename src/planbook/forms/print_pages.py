"""Where a page of words breaks in print: never below a heading, and never within the few rows that follow one."""

from collections.abc import Sequence
from typing import Final

from planbook.sheets.sheet_xml import StyledRow

_HEADINGS: Final = frozenset(("guide.heading", "guide.head"))
_ROWS_WITH_HEADING: Final = 2
_PAGE_PT: Final = 842 - 2 * 0.8 * 72  # A4, upright, without its margins
_SPARE: Final = 0.97  # programs round row heights


def page_breaks(rows: Sequence[StyledRow]) -> tuple[int, ...]:
    """Return the rows, from 0, that begin a new page when printed on A4.

    Programs make the page smaller so that it fits the paper's width, each by its own measure; none makes it larger. So
    no page is fuller than at full size, and all break at the same rows. A row higher than a page is left to them.
    """
    room = _PAGE_PT * _SPARE
    breaks: list[int] = []
    start, filled = 0, 0.0
    for place, row in enumerate(rows):
        height = row.height_pt or 0.0
        if filled + height > room and place > start:
            first = _with_heading(rows, start, place)
            breaks.append(first)
            start, filled = first, sum(one.height_pt or 0.0 for one in rows[first:place])
        filled += height
    return tuple(breaks)


def _with_heading(rows: Sequence[StyledRow], start: int, place: int) -> int:
    """Return the row to break before, so that what stands at `place` is not parted from a heading just above it."""
    for first in range(place, max(start, place - _ROWS_WITH_HEADING - 2), -1):
        if _is_heading(rows[first]) and not _is_heading(rows[first - 1]):
            return first
    return place


def _is_heading(row: StyledRow) -> bool:
    return bool(row.cells) and row.cells[0][0] in _HEADINGS
