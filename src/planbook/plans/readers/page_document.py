"""Pages to a document: lines and tables in reading order, furniture gone, what page breaks parted joined again."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Location
from planbook.plans.document import Document
from planbook.plans.readers.drafts import BlockWriter
from planbook.plans.readers.page_columns import lines_in_order
from planbook.plans.readers.page_flow import blocks_of_pages
from planbook.plans.readers.page_tables import PageTable, take_tables
from planbook.plans.readers.paged import Page

if TYPE_CHECKING:
    from planbook.plans.readers.page_lines import Line


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
    writer = BlockWriter(name)
    for block in blocks_of_pages(pages, lines, tables):
        writer.add(block)
    return Document(name, writer.blocks(), is_reflowed=True, title=title, findings=tuple(_findings(pages, name)))


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
