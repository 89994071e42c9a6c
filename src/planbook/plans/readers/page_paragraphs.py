"""Lines to paragraphs: a line runs on where it is full and the next one is not set as a beginning."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from planbook.plans.readers.cleaning import is_wide, wrapping_blank
from planbook.plans.readers.drafts import Run
from planbook.plans.readers.page_lines import Line

_MARKER = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,5}[章节条篇]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[（(【〔\[](?:牵头|责任|主办|配合)(?:单位|部门)|附[件表录]|专栏|抄[送报][：:]|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[\u4e00-\u9fff“])|\d{1,3}[、．]|\d{1,3}\.(?!\d)|[①-⑳]|[—–-]{2}|[•●■◆▪➢□]"
)
_OPENING = "（【“‘《〈「『〔([<"
_CLOSING = "，。；：、！？）】”’》〉」』〕…％,.;:!?)]>%"
_GLUED_QUOTES = ("“", "‘")  # LibreOffice keeps an opening quote on the line of the character before it
_ENDING = "。；：！？）】”…;:!?)]."
_ENDS_IN_NOTE = re.compile(
    r"[（(【\[][^（(【）)】。]{0,100}(?:单位|部门|牵头|负责|配合)[^（(【）)】。]{0,100}[）)】\]]。?$"
)
_INDENT = 1.2  # of the size; official documents indent two characters
_NARROW = 0.5  # of the page: a column narrower than this is only one of short lines
_SHORT = 5.0  # of the size: a line that ends this far from the margin ends its paragraph
_BLANK_LINE = 1.35  # of the usual distance of lines


@dataclass(frozen=True, slots=True)
class Margins:
    """The column that lines are set in.

    Attributes:
        left: Where lines begin that are not indented.
        right: Where full lines end.
        leading: Usual distance of baselines, None where unknown.
        size: Usual size of the text.
        is_indented: Paragraphs begin with an indent, so that a line at the left margin continues one.
        tolerance: By how many sizes a full line may fall short of what the next line begins with.
        has_items_at_left: Numbered items begin at the left margin all the same.
        is_cell: The column is a table's cell, where text is often centred.
    """

    left: float
    right: float
    leading: float | None
    size: float
    is_indented: bool
    tolerance: float
    has_items_at_left: bool = False
    is_cell: bool = False


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Their text by format, joined as it was before it was wrapped."""
        joined: list[Run] = []
        for line in self.lines:
            if joined:
                before = "".join(run.text for run in joined[-2:]).rstrip()
                blank = wrapping_blank(before, line.text)
                joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip() + blank)
            joined.extend(line.runs)
        return tuple(joined)


def measure(lines: Sequence[Line], width: float, tolerance: float = 0.0) -> Margins | None:
    """Return the margins that most of `lines` keep; None where there are no lines.

    Args:
        lines: Lines of pages of one format.
        width: Width of these pages.
        tolerance: By how many sizes full lines may fall short, twice as much where indents show beginnings; text files
            have no exact line ends.
    """
    if not lines:
        return None
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) <= 0.1 * size]
    starts = Counter(round(line.x0 / 3) for line in body)
    enough = max(2, 0.03 * len(body))
    leftmost = 3 * min((start for start, count in starts.items() if count >= enough), default=min(starts))
    left = median([line.x0 for line in body if abs(line.x0 - leftmost) <= 3] or [leftmost])
    ends = sorted(line.x1 for line in body)
    right = ends[min(len(ends) - 1, int(0.95 * len(ends)))]
    if right - left < _NARROW * width:
        right = width - left  # no line is full
    full = [line for line in body if line.x1 > right - 1.5 * size]
    if sum(line.text[-1:] in _ENDING for line in full) * 10 >= 8 * len(full):
        right = max(right, width - left)  # the widest lines all end sentences: none of them was broken
    neighbours = [(above, below) for above, below in pairwise(body) if _same_column(above, below)]
    distances = [below.y - above.y for above, below in neighbours if 0 < below.y - above.y < 3.5 * size]
    after_short_lines = [below for above, below in neighbours if above.x1 < right - _SHORT * size]
    items = [line.x0 - left < _INDENT * size for line in after_short_lines if _MARKER.match(line.text)]
    is_indented = sum(_is_indent(line.x0 - left, size) for line in body) >= max(2, 0.01 * len(body))
    return Margins(
        left=left,
        right=right,
        leading=median(distances) if distances else None,
        size=size,
        is_indented=is_indented,
        # Where beginnings are indented, an end mistaken for a full line still shows in the next line's indent.
        tolerance=max(2 * tolerance, 1.5) if is_indented else max(tolerance, 0.8),
        has_items_at_left=items.count(True) > items.count(False),
    )


def _same_column(above: Line, below: Line) -> bool:
    return (above.page, above.column) == (below.page, below.column)


def join_paragraphs(lines: Iterable[Line], margins: Margins | None) -> list[Paragraph]:
    """Return the paragraphs that `lines`, in reading order, form in a column."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and margins and runs_on(paragraphs[-1], line, margins):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def runs_on(paragraph: Paragraph, line: Line, margins: Margins) -> bool:
    """Return whether `line` continues `paragraph`."""
    previous = paragraph.lines[-1]
    size = max(previous.size, line.size)
    if abs(previous.size - line.size) > 0.09 * size or not _is_full(previous, line, margins):
        return False
    if _ENDS_IN_NOTE.search(previous.text[-120:]) and line.text[:1] not in _CLOSING:
        return False  # agencies close an item; where nothing is indented, they alone show that
    if _same_column(previous, line):
        distance = line.y - previous.y
        usual = max(margins.leading or distance, 1.0 * size)
        if distance < 0 or distance > _BLANK_LINE * usual * max(1.0, size / margins.size):
            return False
    if size > 1.1 * margins.size:
        return True  # a title set over the whole width, its second line centred
    indent = line.x0 - margins.left
    # “统|一、有效支撑” is wrapped text: an item begins only where the text before it had come to an end.
    is_marked = bool(_MARKER.match(line.text)) and previous.text[-1:] in _ENDING
    if indent < _INDENT * size:
        return not is_marked or (margins.is_indented and not margins.has_items_at_left)
    first = paragraph.lines[0]
    is_hanging = bool(_MARKER.match(first.text)) and 0.4 * size < line.x0 - first.x0 < 5 * size
    is_aligned = len(paragraph.lines) > 1 and abs(line.x0 - previous.x0) < 0.3 * size
    is_centred = margins.is_cell and abs(indent - (margins.right - line.x1)) < 0.7 * size
    return not is_marked and (is_hanging or is_aligned or is_centred)


def _is_indent(distance: float, size: float) -> bool:
    """Whether a paragraph's first line is set in by about two characters, as official documents do."""
    return 1.5 * size < distance < 2.6 * size


def _is_full(line: Line, following: Line, margins: Margins) -> bool:
    """Whether the beginning of the next line would not have fitted at the end of this one."""
    room = margins.right - line.x1
    indent = line.x0 - margins.left
    is_beginning = margins.is_indented and _is_indent(indent, line.size)
    if indent > line.size and abs(indent - room) < 0.4 * line.size and not is_beginning:
        room += indent  # centred: what is free stands on both sides
    # LibreOffice keeps a number with what it counts; in a cell, a line that begins with one runs on (突破 | 1200家).
    counted = 1.0 if margins.is_cell and following.text[:1].isdigit() and line.text[-1:] not in _ENDING else 0.0
    return room < (_unbreakable(following.text) + counted + margins.tolerance) * line.size


def _unbreakable(text: str) -> float:
    """Width, in sizes, of what the next line begins with and could not have been parted from.

    Brackets and marks stay with what they enclose or end, digits with the bracket before them (UAX 14, LB 13 and 30).
    """
    width = 0.0
    index = 0
    limit = min(len(text), 40)
    while index < limit:
        while index < limit and text[index] in _OPENING:
            width += _width(text[index])
            index += 1
        if index < limit and is_wide(text[index]):
            width += 1.0
            index += 1
        else:
            while index < limit and not is_wide(text[index]) and text[index] not in " " + _OPENING:
                width += 0.5
                index += 1
        closed = index
        while index < limit and text[index] in _CLOSING:
            width += _width(text[index])
            index += 1
        is_glued = index < limit and text[index].isascii() and text[index].isalnum() and index > closed
        if not is_glued and text[index : index + 1] not in _GLUED_QUOTES:
            break
    return width


def _width(character: str) -> float:
    return 1.0 if is_wide(character) else 0.5
