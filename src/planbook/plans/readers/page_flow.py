"""The flow of text over pages: furniture out, paragraphs and tables joined over page ends, notes at the end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planbook.plans.readers.drafts import Draft, DraftBlock
from planbook.plans.readers.grid import blocks_of
from planbook.plans.readers.page_furniture import furniture_of, without_contents
from planbook.plans.readers.page_joined import JoinedTable, joins_on, start_table
from planbook.plans.readers.page_lines import Line
from planbook.plans.readers.page_notes import take_notes
from planbook.plans.readers.page_paragraphs import Margins, Paragraph, measure, runs_on
from planbook.plans.readers.page_tables import PageTable
from planbook.plans.readers.paged import Page

_HEADING_SIZE = 1.12
_HEADING_LENGTH = 80


def blocks_of_pages(
    pages: Sequence[Page],
    lines: Sequence[Sequence[Line]],
    tables: Sequence[Sequence[PageTable]],
    tolerance: float = 0.0,
) -> Iterator[DraftBlock]:
    """Yield the lines and tables of a document, notes last.

    Args:
        pages: Its pages.
        lines: Lines of each page outside its tables, in reading order.
        tables: Tables of each page.
        tolerance: By how many sizes full lines may fall short beside what is usual.
    """
    furniture = furniture_of(pages, lines)
    kept = [without_contents([line for line in page_lines if id(line) not in furniture]) for page_lines in lines]
    margins = _margins(pages, kept, tolerance)
    bodies: list[list[Line]] = []
    notes: list[Paragraph] = []
    for page_lines in kept:
        body, page_notes = take_notes(page_lines, margins.usual)
        bodies.append(body)
        notes.extend(page_notes)
    yield from _Flow(margins).blocks(bodies, tables)
    for note in notes:
        yield Draft(note.runs, page=note.lines[0].page, is_note=True)


_Format = tuple[int, int, bool]
"""Width and height of a page, and whether it is set in columns."""


@dataclass(frozen=True, slots=True)
class _PageMargins:
    """Margins of the whole document, and of the pages of each format where they differ."""

    usual: Margins | None
    by_format: dict[_Format, Margins]
    formats: dict[int, _Format]

    def of(self, page: int) -> Margins | None:
        return self.by_format.get(self.formats[page], self.usual)


def _margins(pages: Sequence[Page], lines: Sequence[Sequence[Line]], tolerance: float) -> _PageMargins:
    in_columns = {line.page for page_lines in lines for line in page_lines if line.column}
    formats: dict[int, _Format] = {}
    for page, page_lines in zip(pages, lines, strict=True):
        # The last page of a text in columns often fills no more than its left one.
        is_left_half = bool(in_columns) and all(line.x1 < 0.55 * page.width for line in page_lines)
        is_in_columns = page.number in in_columns or is_left_half
        formats[page.number] = (round(page.width), round(page.height), is_in_columns)
    by_format: dict[_Format, Margins] = {}
    for each in set(formats.values()):
        own = [page_lines for page_lines in lines if page_lines and formats[page_lines[0].page] == each]
        width = each[0] / (2 if each[2] else 1)
        _align_facing_pages(own, width)
        margins = measure([line for page_lines in own for line in page_lines], width, tolerance)
        if margins is not None:
            by_format[each] = margins
    usual = measure([line for page_lines in lines for line in page_lines], pages[0].width, tolerance)
    return _PageMargins(usual, by_format, formats)


def _align_facing_pages(lines: Sequence[Sequence[Line]], width: float) -> None:
    """Move left pages over right ones: printed on both sides, their margins are mirrored."""
    sides = [[line for page_lines in lines for line in page_lines if line.page % 2 == side] for side in (0, 1)]
    left, right = (measure(side, width) for side in sides)
    if left is None or right is None or abs(left.left - right.left) < 4:
        return
    if not (left.is_indented and right.is_indented):
        return  # what looks like a margin may be the indent of short paragraphs
    for line in sides[0]:
        line.x0 += right.left - left.left
        line.x1 += right.left - left.left


@dataclass(slots=True)
class _Flow:
    """Walks the pages and keeps what is still open at their end."""

    margins: _PageMargins
    paragraph: Paragraph | None = None
    table: JoinedTable | None = None

    def blocks(self, lines: Sequence[Sequence[Line]], tables: Sequence[Sequence[PageTable]]) -> Iterator[DraftBlock]:
        levels = _heading_levels(lines, self.margins.usual)
        for page_lines, page_tables in zip(lines, tables, strict=True):
            items: list[Line | PageTable] = [*page_lines, *page_tables]
            for item in sorted(items, key=lambda item: item.position if isinstance(item, Line) else item.top):
                if isinstance(item, Line):
                    yield from self._line(item, levels)
                else:
                    yield from self._part(item, levels)
        yield from self._close(levels)

    def _line(self, line: Line, levels: dict[float, int]) -> Iterator[DraftBlock]:
        margins = self.margins.of(line.page)
        if self.paragraph is not None and margins is not None:
            is_same_format = self.margins.of(self.paragraph.lines[-1].page) is margins
            if is_same_format and runs_on(self.paragraph, line, margins):
                self.paragraph.lines.append(line)
                return
        yield from self._close(levels)
        self.paragraph = Paragraph([line])

    def _part(self, part: PageTable, levels: dict[float, int]) -> Iterator[DraftBlock]:
        if self.table is not None and joins_on(self.table, part):
            self.table.add(part)
            return
        yield from self._close(levels)
        self.table = start_table(part)

    def _close(self, levels: dict[float, int]) -> Iterator[DraftBlock]:
        paragraph, table = self.paragraph, self.table
        self.paragraph = self.table = None
        if paragraph is not None:
            first = paragraph.lines[0]
            length = sum(len(line.text) for line in paragraph.lines)
            level = levels.get(round(first.size * 2) / 2) if length <= _HEADING_LENGTH else None
            yield Draft(paragraph.runs, page=first.page, heading_level=level, line=first.number)
        if table is not None:
            yield from blocks_of(table.grid(), page=table.first_page)


def _heading_levels(lines: Sequence[Sequence[Line]], usual: Margins | None) -> dict[float, int]:
    """Heading level of each size of type that is larger than the body's, the largest first."""
    if usual is None:
        return {}
    sizes = Counter(round(line.size * 2) / 2 for page_lines in lines for line in page_lines)
    larger = sorted((size for size in sizes if size > _HEADING_SIZE * usual.size), reverse=True)
    return {size: level for level, size in enumerate(larger[:3], start=1)}
