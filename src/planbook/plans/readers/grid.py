"""Tables as grids of cells: merged cells repeated, layout tables turned back into lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planbook.plans.readers.drafts import DraftBlock, DraftTable

_PROSE_CHARACTERS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell with what stands in it; compared by identity, since it may stand in several places of a grid."""

    blocks: tuple[DraftBlock, ...]

    @property
    def text(self) -> str:
        """Its paragraphs, parted by line feeds."""
        return "\n".join(filter(None, (block.text for block in self.blocks)))


Grid = Sequence[Sequence[Cell | None]]
"""Rows of cells; a merged cell stands in every place that it covers, None where there is no cell."""


def blocks_of(grid: Grid, *, page: int | None = None, line: int | None = None) -> Iterator[DraftBlock]:
    """Yield what a table means to a reader: a table where it has columns, lines where it only lays out text.

    Titles above and remarks below, set in a cell across the table, are lines. So is a cell across it that holds prose:
    the metadata rows above the text of a web page are a table, the text is not.
    """
    texts: dict[int, str] = {id(cell): cell.text for row in grid for cell in row if cell is not None}
    rows = [row for row in grid if any(cell is not None and texts[id(cell)] for cell in row)]
    columns = [
        index
        for index in range(max(map(len, rows), default=0))
        if any(index < len(row) and (cell := row[index]) is not None and texts[id(cell)] for row in rows)
    ]
    if _holds_tables(rows, texts) or all(len(_distinct(row, texts)) < 2 for row in rows):
        yield from _as_lines(rows)
        return
    outside = _lines_outside(rows, texts)
    pending: list[tuple[str, ...]] = []
    for row, is_outside in zip(rows, outside, strict=True):
        if is_outside:
            yield from _table(pending, page, line)
            pending = []
            yield from _as_lines([row])
            continue
        pending.append(
            tuple(texts[id(cell)] if index < len(row) and (cell := row[index]) is not None else "" for index in columns)
        )
    yield from _table(pending, page, line)


def _lines_outside(rows: Grid, texts: dict[int, str]) -> list[bool]:
    """Which rows are lines: prose, and single cells that no row of cells parts from prose or from the table's edge."""
    alone = [cells[0] if len(cells := _distinct(row, texts)) == 1 else None for row in rows]
    outside = [cell is not None and _is_prose(cell, texts) for cell in alone]
    is_near = True
    for index, cell in enumerate(alone):
        is_near = outside[index] = outside[index] or (is_near and cell is not None)
    is_near = True
    for index in range(len(rows) - 1, -1, -1):
        cell = alone[index]
        reaches_across = cell is not None and all(each is cell for each in rows[index] if each is not None)
        is_near = outside[index] = outside[index] or (is_near and reaches_across)
    return outside


def _table(rows: list[tuple[str, ...]], page: int | None, line: int | None) -> Iterator[DraftTable]:
    if rows:
        yield DraftTable(tuple(rows), page=page, line=line)


def _distinct(row: Sequence[Cell | None], texts: dict[int, str]) -> list[Cell]:
    """Cells of a row that hold text, each once."""
    return list({id(cell): cell for cell in row if cell is not None and texts[id(cell)]}.values())


def _is_prose(cell: Cell, texts: dict[int, str]) -> bool:
    return len(cell.blocks) > 2 or len(texts[id(cell)]) > _PROSE_CHARACTERS


def _holds_tables(rows: Grid, texts: dict[int, str]) -> bool:
    """Whether most of the text stands in tables of its own: then the outer table is the page's frame."""
    cells = {id(cell): cell for row in rows for cell in row if cell is not None}
    total = sum(len(texts[key]) for key in cells)
    inner = sum(len(block.text) for cell in cells.values() for block in cell.blocks if isinstance(block, DraftTable))
    return inner * 2 > total


def _as_lines(rows: Grid) -> Iterator[DraftBlock]:
    seen: set[int] = set()
    for row in rows:
        for cell in row:
            if cell is not None and id(cell) not in seen:
                seen.add(id(cell))
                yield from cell.blocks
