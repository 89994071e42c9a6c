"""Text of a document on its way through mending: draft lines, and the paragraphs that they become."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from planbook.model.plan import SourcePosition
from planbook.plans.characters import fold
from planbook.plans.document import Table, TextLine


@dataclass(slots=True)
class DraftLine:
    """A line that mending still changes.

    Attributes:
        text: Its text as mended so far.
        source: The line of the document that it was.
        bold: How many leading characters are bold.
        is_continuation: It goes on where the line before broke off.
        is_after_cut: A page's furniture stood before it, so that the line before may have been cut.
    """

    text: str
    source: TextLine
    bold: int
    is_continuation: bool = False
    is_after_cut: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph after mending.

    Attributes:
        text: Its text.
        plain: The same text with widths and brackets folded, character by character.
        origins: (offset, position) of every source line that went into it, the first at offset 0.
        heading_level: Level of the document's own style, None for body text.
        bold_prefix: How many leading characters are bold.
        is_note: A footnote.
    """

    text: str
    plain: str = field(repr=False)
    origins: tuple[tuple[int, SourcePosition], ...]
    heading_level: int | None = None
    bold_prefix: int = 0
    is_note: bool = False

    def position(self, offset: int) -> SourcePosition:
        """Return where in the document the character at `offset` stood."""
        index = bisect_right(self.origins, offset, key=lambda origin: origin[0]) - 1
        return self.origins[max(index, 0)][1]


Block = Paragraph | Table


def join_lines(lines: Sequence[DraftLine]) -> Paragraph:
    """Return `lines` (at least one) as one paragraph; Latin words that meet get a blank."""
    parts: list[str] = []
    origins: list[tuple[int, SourcePosition]] = []
    length, last = 0, ""
    for line in lines:
        if last.isascii() and last.isalpha() and line.text[:1].isascii() and line.text[:1].isalpha():
            parts.append(" ")
            length += 1
        origins.append((length, SourcePosition(line.source.line, line.source.page)))
        parts.append(line.text)
        length += len(line.text)
        last = line.text[-1:] or last
    text, first = "".join(parts), lines[0]
    return Paragraph(
        text, fold(text), tuple(origins), first.source.heading_level, min(first.bold, len(text)), first.source.is_note
    )
