"""What a template consists of, as text: paragraphs in named styles, tables, and pages that begin with an annex."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Style(StrEnum):
    """Paragraph styles of an official document; the value is the style's id."""

    TITLE = "Title"
    ADDRESSEE = "Addressee"
    BODY = "BodyText"
    LEVEL_ONE = "Heading1"
    LEVEL_TWO = "Heading2"
    ANNEX_FIRST = "AnnexFirst"
    ANNEX_NEXT = "AnnexNext"
    SIGNATURE_SPACE = "SignatureSpace"
    SIGNATURE = "Signature"
    ISSUE_DATE = "Date"
    ANNEX_MARK = "AnnexMark"
    ANNEX_TITLE = "AnnexTitle"
    CAPTION = "Caption"
    PICTURE = "Picture"
    TABLE_HEADER = "TableHeader"
    TABLE_TEXT = "TableText"
    TABLE_CENTRE = "TableCentre"
    TABLE_NOTE = "TableNote"
    MARK = "TemplateMark"
    BLANK = "Normal"


@dataclass(frozen=True, slots=True)
class Level:
    """Words that open a paragraph in the type of level two (楷体), as bulletins begin a paragraph (报送情况)."""

    text: str


Words: TypeAlias = str | Level


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    style: Style
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: header, width in millimetres, what a row shows, and how."""

    header: str
    width_mm: float
    content: str
    style: Style = Style.TABLE_CENTRE


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table with one row for each of a list.

    Attributes:
        columns: Its columns.
        each: The list, as a template names it: `任务 in 逾期任务`.
        total: Contents of a closing row in the columns' order; none where there is no such row.
    """

    columns: tuple[Column, ...]
    each: str
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of label and content, two labels to a row or one over the whole width (督办单)."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


Part: TypeAlias = Line | RowTable | FactTable


def title(text: str) -> Line:
    """Return a title line."""
    return Line(Style.TITLE, (text,))


def body(*words: Words) -> Line:
    """Return a paragraph of the text."""
    return Line(Style.BODY, words)


def level_one(text: str) -> Line:
    """Return a heading of level one (一、)."""
    return Line(Style.LEVEL_ONE, (text,))


def mark(text: str) -> Line:
    """Return a line that only steers the template (`for … in …`, `if …`, `endfor`) and vanishes from the document."""
    return Line(Style.MARK, (f"{{%p {text} %}}",))


BLANK = Line(Style.BLANK)
