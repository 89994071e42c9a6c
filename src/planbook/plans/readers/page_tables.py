"""Tables by their ruling lines: the grid that lines form on a page, its cells, and the glyphs within them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planbook.plans.readers.page_open_tables import find_columns
from planbook.plans.readers.paged import Glyph, Page, Ruling

_SNAP = 3.0  # points: borders drawn double, or not quite meeting
_FRAME = 0.6  # of the page's height
_MAXIMUM_LINES = 1500
_MAXIMUM_CELLS = 6000  # graph paper and maps have more


@dataclass(slots=True, eq=False)
class Box:
    """One cell on a page, merged cells as one."""

    x0: float
    x1: float
    y0: float
    y1: float
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class PageTable:
    """A ruled table on one page; `rows` hold a merged box in each place that it covers."""

    page: int
    columns: list[float]
    edges: list[float]
    rows: list[list[Box]]

    @property
    def top(self) -> float:
        """Height of its upper edge."""
        return self.edges[0]

    @property
    def bottom(self) -> float:
        """Height of its lower edge."""
        return self.edges[-1]


def take_tables(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """Return the ruled tables of a page, filled, and the glyphs that stand outside of them."""
    if len(page.horizontals) < 2 or len(page.horizontals) + len(page.verticals) > _MAXIMUM_LINES:
        return [], page.glyphs
    horizontals, verticals = _merged(page.horizontals), _merged(page.verticals)
    groups = _connected(horizontals, verticals)
    lone = sorted(across[0] for across, down in groups if len(across) == 1 and not down)
    tables = []
    for across, down in (*groups, *find_columns(lone, page.glyphs)):
        table = _table(page.number, across, down)
        if table is not None and not _is_frame(table, page):
            tables.append(table)
    outside = [glyph for glyph in page.glyphs if not _put(glyph, tables)]
    return sorted((table for table in tables if _holds_text(table)), key=lambda table: table.top), outside


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings with those that continue or double each other made one."""
    merged: list[Ruling] = []
    for ruling in sorted(rulings):
        near = len(merged) - 1
        while near >= 0 and ruling.position - merged[near].position <= _SNAP and not _touch(ruling, merged[near]):
            near -= 1
        if near >= 0 and ruling.position - merged[near].position <= _SNAP:
            other = merged[near]
            merged[near] = Ruling(other.position, min(other.start, ruling.start), max(other.end, ruling.end))
        else:
            merged.append(ruling)
    return merged


def _touch(one: Ruling, other: Ruling) -> bool:
    return one.start <= other.end + _SNAP and other.start <= one.end + _SNAP


def _connected(horizontals: Sequence[Ruling], verticals: Sequence[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Groups of lines that cross or touch each other."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, across in enumerate(horizontals):
        for j, down in enumerate(verticals, start=len(horizontals)):
            touches_across = across.start - _SNAP <= down.position <= across.end + _SNAP
            if touches_across and down.start - _SNAP <= across.position <= down.end + _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, across in enumerate(horizontals):
        groups.setdefault(root(i), ([], []))[0].append(across)
    for j, down in enumerate(verticals, start=len(horizontals)):
        groups.setdefault(root(j), ([], []))[1].append(down)
    return list(groups.values())


def _table(page: int, across: list[Ruling], down: list[Ruling]) -> PageTable | None:
    """The grid of one group of lines; None where it is no grid."""
    if len(across) < 2 or not down:
        return None
    left, right = min(each.start for each in across), max(each.end for each in across)
    top = min(*(each.start for each in down), across[0].position)
    bottom = max(*(each.end for each in down), *(each.position for each in across))
    # Tables open at the sides, and tables that a page break cut before their last line, are closed here.
    down = [*down, Ruling(left, top, bottom), Ruling(right, top, bottom)]
    across = [*across, Ruling(top, left, right), Ruling(bottom, left, right)]
    columns = _positions(down)
    edges = _positions(across)
    if len(columns) < 2 or len(edges) < 2 or len(columns) * len(edges) > _MAXIMUM_CELLS:
        return None
    return PageTable(page, columns, edges, _boxes(columns, edges, across, down))


def _positions(rulings: Iterable[Ruling]) -> list[float]:
    positions: list[float] = []
    for position in sorted(each.position for each in rulings):
        if not positions or position - positions[-1] > _SNAP:
            positions.append(position)
    return positions


def _boxes(
    columns: list[float], edges: list[float], across: Sequence[Ruling], down: Sequence[Ruling]
) -> list[list[Box]]:
    """Boxes row by row: places that no line parts are one box, as long as they form a rectangle."""
    height, width = len(edges) - 1, len(columns) - 1
    rows: list[list[Box | None]] = [[None] * width for _ in range(height)]
    for i in range(height):
        for j in range(width):
            if rows[i][j] is not None:
                continue
            last = j
            while (
                last + 1 < width and rows[i][last + 1] is None and not _parts(down, columns[last + 1], edges[i : i + 2])
            ):
                last += 1
            lowest = i
            while lowest + 1 < height and not any(
                _parts(across, edges[lowest + 1], columns[column : column + 2]) for column in range(j, last + 1)
            ):
                lowest += 1
            box = Box(columns[j], columns[last + 1], edges[i], edges[lowest + 1])
            for row in rows[i : lowest + 1]:
                row[j : last + 1] = [box if each is None else each for each in row[j : last + 1]]
    return [[box for box in row if box is not None] for row in rows]


def _parts(rulings: Sequence[Ruling], position: float, span: Sequence[float]) -> bool:
    """Whether a line at `position` runs along the middle of `span`."""
    middle = (span[0] + span[1]) / 2
    return any(abs(each.position - position) <= _SNAP and each.start <= middle <= each.end for each in rulings)


def _put(glyph: Glyph, tables: Sequence[PageTable]) -> bool:
    """Put a glyph into the box that it stands in; return whether there is one."""
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.35 * glyph.size
    for table in tables:
        if table.top <= y <= table.bottom and table.columns[0] <= x <= table.columns[-1]:
            row = next(i for i in range(len(table.rows)) if y <= table.edges[i + 1])
            column = next(j for j in range(len(table.columns) - 1) if x <= table.columns[j + 1])
            table.rows[row][column].glyphs.append(glyph)
            return True
    return False


def _is_frame(table: PageTable, page: Page) -> bool:
    """Whether the lines are a border around the page."""
    is_one_cell = len(table.columns) == 2 and len(table.edges) == 2
    return is_one_cell and table.bottom - table.top > _FRAME * page.height


def _holds_text(table: PageTable) -> bool:
    return any(box.glyphs for row in table.rows for box in row)
