"""Tables over several pages: parts with the same columns made one, repeated headers dropped, parted rows joined."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from planbook.plans.readers.drafts import Draft
from planbook.plans.readers.grid import Cell
from planbook.plans.readers.page_lines import lines_of
from planbook.plans.readers.page_paragraphs import Margins, Paragraph, join_paragraphs, runs_on
from planbook.plans.readers.page_tables import Box, PageTable

_PADDING = 5.0  # points; Word, WPS and LibreOffice keep 5.4 to 5.5
_SNAP = 4.0
_HEADER_ROWS = 3
_LONGEST_NUMBER = 4


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell that may go on over the page end; `is_tall` where it covers several rows of its page."""

    margins: Margins
    paragraphs: list[Paragraph]
    is_tall: bool = False

    @property
    def line_count(self) -> int:
        return sum(len(paragraph.lines) for paragraph in self.paragraphs)

    @property
    def text(self) -> str:
        return "\n".join("".join(line.text for line in paragraph.lines) for paragraph in self.paragraphs)

    def extend(self, other: "_Cell") -> None:
        """Take in what stands of this cell on the next page."""
        for paragraph in other.paragraphs:
            if self.paragraphs and runs_on(self.paragraphs[-1], paragraph.lines[0], self.margins):
                self.paragraphs[-1].lines.extend(paragraph.lines)
            else:
                self.paragraphs.append(paragraph)


@dataclass(slots=True)
class _Placed:
    x0: float
    x1: float
    cell: _Cell


@dataclass(slots=True)
class JoinedTable:
    """A table as far as it has been read."""

    first_page: int
    last_page: int
    columns: list[float]
    rows: list[list[_Placed]] = field(default_factory=list)

    def add(self, part: PageTable) -> None:
        """Take in the part that stands on the next page."""
        rows = _rows(part, shift=self.columns[0] - part.columns[0])
        header = 0
        while header < min(_HEADER_ROWS, len(rows), len(self.rows)) and _same(rows[header], self.rows[header]):
            header += 1
        rows = rows[header:]
        if rows and self.rows:
            if _goes_on(self.rows[-1], rows[0]):
                for upper, lower in _pairs(self.rows[-1], rows[0]):
                    upper.cell.extend(lower.cell)
                    lower.cell.paragraphs = upper.cell.paragraphs  # a merged cell stands in the rows below too
                rows = rows[1:]
            else:
                _repeat_leading(self.rows[-1], rows)
        self.rows.extend(rows)
        self.last_page = part.page

    def grid(self) -> list[list[Cell | None]]:
        """Return its cells, each in every place that it covers, over the columns of all parts."""
        edges: list[float] = []
        for position in sorted({x for row in self.rows for placed in row for x in (placed.x0, placed.x1)}):
            if not edges or position - edges[-1] > _SNAP:
                edges.append(position)
        cells: dict[int, Cell] = {}
        grid: list[list[Cell | None]] = []
        for row in self.rows:
            line: list[Cell | None] = []
            for left, right in itertools.pairwise(edges):
                middle = (left + right) / 2
                over = next((placed.cell for placed in row if placed.x0 <= middle <= placed.x1), None)
                if over is not None and id(over) not in cells:
                    cells[id(over)] = Cell(tuple(Draft(each.runs, page=each.lines[0].page) for each in over.paragraphs))
                line.append(None if over is None else cells[id(over)])
            grid.append(line)
        return grid


def start_table(part: PageTable) -> JoinedTable:
    """Return a table that begins on the page of `part`."""
    return JoinedTable(part.page, part.page, list(part.columns), _rows(part, shift=0.0))


def joins_on(table: JoinedTable, part: PageTable) -> bool:
    """Return whether `part` has the columns of `table` and stands on the page after it."""
    if part.page != table.last_page + 1:
        return False
    shift = table.columns[0] - part.columns[0]
    if abs(part.columns[-1] + shift - table.columns[-1]) > 2 * _SNAP:
        return False
    shared = sum(1 for x in part.columns if any(abs(x + shift - other) <= _SNAP for other in table.columns))
    return shared >= max(2, 0.6 * min(len(part.columns), len(table.columns)))


def _rows(part: PageTable, shift: float) -> list[list[_Placed]]:
    cells: dict[int, _Cell] = {}
    rows = []
    for boxes in part.rows:
        row = []
        for box in dict.fromkeys(boxes):
            if id(box) not in cells:
                cells[id(box)] = _cell(box, part.page)
            else:
                cells[id(box)].is_tall = True
            row.append(_Placed(box.x0 + shift, box.x1 + shift, cells[id(box)]))
        rows.append(row)
    return rows


def _cell(box: Box, page: int) -> _Cell:
    lines = lines_of(box.glyphs, page)
    left = min([box.x0 + _PADDING, *(line.x0 for line in lines)])
    right = max([box.x1 - _PADDING, *(line.x1 for line in lines)])
    distances = sorted(below.y - above.y for above, below in itertools.pairwise(lines))
    margins = Margins(
        left=left,
        right=right,
        leading=distances[len(distances) // 2] if distances else None,
        size=lines[0].size if lines else 10.0,
        is_indented=False,
        tolerance=0.3,
        is_cell=True,
    )
    return _Cell(margins, join_paragraphs(lines, margins))


def _same(row: Sequence[_Placed], other: Sequence[_Placed]) -> bool:
    texts = [placed.cell.text for placed in row]
    return any(texts) and texts == [placed.cell.text for placed in other]


def _pairs(upper: Sequence[_Placed], lower: Sequence[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Cells of two rows that stand above each other."""
    return [
        (above, below)
        for below in lower
        for above in upper
        if abs(above.x0 - below.x0) <= _SNAP and abs(above.x1 - below.x1) <= _SNAP
    ]


def _goes_on(upper: Sequence[_Placed], lower: Sequence[_Placed]) -> bool:
    """Whether the page end parted a row: only its longest cells go on, the others are empty below.

    A cell that ended lines above the longest had ended. One of a single line is parted only as in `_is_cut_at_first`.
    """
    pairs = _pairs(upper, lower)
    if len(pairs) < len(lower):
        return False
    going_on = [above.cell for above, below in pairs if below.cell.line_count]
    if len(lower) == 1:
        return True  # a box set around text
    ended = [above.cell for above, below in pairs if not below.cell.line_count and above.cell.line_count]
    longest = max((placed.cell.line_count for placed in upper), default=0)
    if longest == 1:
        return bool(ended) and _is_cut_at_first(pairs)
    return bool(going_on and ended) and all(cell.line_count >= max(2, longest - 1) for cell in going_on)


def _is_cut_at_first(pairs: Sequence[tuple[_Placed, _Placed]]) -> bool:
    """Whether the page end left one line of a row: all but its number goes on, and most of the lines were full.

    Below a number that is merged over several rows stand whole texts, whose lines above seldom fill their cells.
    """
    above = {id(upper.cell): (upper.cell, lower.cell) for upper, lower in pairs if upper.cell.line_count}
    (number, blank), *others = above.values()
    if blank.line_count or len(number.text) > _LONGEST_NUMBER or len(others) < 2:
        return False
    if not all(lower.line_count and not upper.text.endswith(("。", "；", ";")) for upper, lower in others):
        return False
    full = [runs_on(upper.paragraphs[-1], lower.paragraphs[0].lines[0], upper.margins) for upper, lower in others]
    return full[0] and sum(full) * 4 >= len(full) * 3


def _repeat_leading(upper: Sequence[_Placed], rows: Sequence[Sequence[_Placed]]) -> None:
    """Give cells that are merged over the page end their text below it.

    An empty cell may be one that was left blank: only the leading ones (序号, 类别), which never are, and those that
    were merged over rows on the page before are filled.
    """
    is_leading = True
    for above, below in _pairs(upper, rows[0]):
        is_leading = is_leading and not below.cell.line_count
        if not below.cell.line_count and above.cell.line_count and (is_leading or above.cell.is_tall):
            below.cell.paragraphs = above.cell.paragraphs
