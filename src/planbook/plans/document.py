"""A document of any format as the extractor sees it: lines of text with what little layout matters, and tables."""

from dataclasses import dataclass

from planbook.model.findings import Finding


@dataclass(frozen=True, slots=True)
class TextLine:
    """One paragraph or line, in reading order.

    Attributes:
        text: Its text, automatic numbering (`一、`, `1.`) put back in front; no line feeds.
        line: Its number in the document, from 1; never falls, and repeats where one line held several paragraphs.
        page: Its page from 1, None for unpaged formats.
        heading_level: Level from 1 where the document's own style or tag calls it a heading, else None.
        bold_prefix: How many leading characters are bold, or set in a heading face (黑体、楷体) that the body is not:
            a run-in heading. 0 where unknown, the whole length where all of it is.
        is_note: A footnote or endnote, moved to the document's end.
    """

    text: str
    line: int
    page: int | None = None
    heading_level: int | None = None
    bold_prefix: int = 0
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cell texts, merged cells repeated in every place that they cover; layout tables are lines.

    Paragraphs within a cell are parted by a line feed.
    """

    rows: tuple[tuple[str, ...], ...]
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document's blocks in reading order.

    Attributes:
        name: File name without folder.
        blocks: Lines and tables.
        is_reflowed: Line ends were the page's, not the author's (pdf): paragraphs were put together again by layout,
            so that one may be split or two may be one.
        title: Title that the format itself carries (html `<title>`, document property), None where none.
        findings: What the format hid, lost or could not carry.
    """

    name: str
    blocks: tuple[TextLine | Table, ...]
    is_reflowed: bool = False
    title: str | None = None
    findings: tuple[Finding, ...] = ()
