"""Pages to a document: lines and tables in reading order, furniture gone, what page breaks parted joined again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.plans.document import Document
from planbook.plans.readers.drafts import BlockWriter, Draft, DraftBlock
from planbook.plans.readers.grid import blocks_of
from planbook.plans.readers.page_columns import lines_in_order
from planbook.plans.readers.page_furniture import furniture_of, without_contents
from planbook.plans.readers.page_joined import JoinedTable, joins_on, start_table
from planbook.plans.readers.page_lines import Line
from planbook.plans.readers.page_notes import take_notes
from planbook.plans.readers.page_paragraphs import Margins, Paragraph, measure, runs_on
from planbook.plans.readers.page_tables import PageTable, take_tables
from planbook.plans.readers.paged import Page

_HEADING_SIZE = 1.12
_HEADING_LENGTH = 80


def compose(pages: Sequence[Page], name: str, *, title: str | None = None) -> Document:
    """Return the document that laid out pages show.

    Paragraphs are joined over line and page ends, tables over page ends; running heads, page numbers and contents lists
    are left out, footnotes moved to the end. Type larger than the body's makes a heading.

    Raises:
        PlanbookError: There is no text on any page: the document was scanned.
    """
    if not any(page.glyphs for page in pages):
        raise PlanbookError(f"{name}：扫描件没有文字层，请先用 OCR 或 WPS 转换为可编辑的文档再导入。")
    tables: list[list[PageTable]] = []
    lines: list[list[Line]] = []
    for page in pages:
        page_tables, outside = take_tables(page)
        tables.append(page_tables)
        lines.append(lines_in_order(outside, page))
    furniture = furniture_of(pages, lines)
    lines = [without_contents([line for line in page_lines if id(line) not in furniture]) for page_lines in lines]
    margins = _margins(pages, lines)
    writer = BlockWriter(name)
    bodies, notes = [], []
    for page_lines in lines:
        body, page_notes = take_notes(page_lines, margins.usual)
        bodies.append(body)
        notes.extend(page_notes)
    for block in _Flow(margins).blocks(bodies, tables):
        writer.add(block)
    for note in notes:
        writer.add(Draft(note.runs, page=note.lines[0].page, is_note=True))
    return Document(name, writer.blocks(), is_reflowed=True, title=title, findings=tuple(_findings(pages, name)))


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


def _margins(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> _PageMargins:
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
        margins = measure([line for page_lines in own for line in page_lines], width)
        if margins is not None:
            by_format[each] = margins
    usual = measure([line for page_lines in lines for line in page_lines], pages[0].width)
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
            yield Draft(paragraph.runs, page=first.page, heading_level=level)
        if table is not None:
            yield from blocks_of(table.grid(), page=table.first_page)


def _heading_levels(lines: Sequence[Sequence[Line]], usual: Margins | None) -> dict[float, int]:
    """Heading level of each size of type that is larger than the body's, the largest first."""
    if usual is None:
        return {}
    sizes = Counter(round(line.size * 2) / 2 for page_lines in lines for line in page_lines)
    larger = sorted((size for size in sizes if size > _HEADING_SIZE * usual.size), reverse=True)
    return {size: level for level, size in enumerate(larger[:3], start=1)}


def _findings(pages: Sequence[Page], name: str) -> Iterator[Finding]:
    pictures = [page.number for page in pages if page.is_picture]
    if pictures:
        yield Finding.of("pages_without_text", Location(file=name), pages=_page_list(pictures))
    unknown = sum(
        1 for page in pages for glyph in page.glyphs if glyph.text == "�" or "\ue000" <= glyph.text <= "\uf8ff"
    )
    if unknown:
        yield Finding.of("unreadable_glyphs", Location(file=name), count=unknown)


def _page_list(numbers: Sequence[int]) -> str:
    """`1–3、7` for 1, 2, 3, 7."""
    parts = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]))
    return "、".join(parts)
