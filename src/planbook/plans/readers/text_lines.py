"""Lines of a text file: as its author ended them, or as a page did from which the text was copied."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from planbook.plans.readers.cleaning import clean_line, is_wide
from planbook.plans.readers.drafts import DraftBlock, Run

_LINE_FEED = re.compile(r"\r\n|\n|\r|\u2028|\u2029|\x85")

# Copying out of a PDF puts blanks between Chinese and digits, where the page only sets them a little apart.
_COPIED_BLANK = re.compile("(?<=[\u3400-\u9fff]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[\u3400-\u9fff])")

_MINIMUM_LINES = 20
_WIDTHS = (36, 140)  # of half characters: narrower is a list, wider is no page
_NEAR = 6  # half characters by which full lines differ
_SHARE_OF_FULL = 0.45

_DEEPEST_INDENT = 6
_TOLERANCE = 1.8  # Latin letters and digits are not half as wide as they count

_SIZE, _LEADING = 10.0, 16.0  # any measure would do: as if set in ten points


class SourceLine(NamedTuple):
    """One line of the file with its number from 1, and its page where the file has form feeds."""

    text: str
    number: int
    page: int | None


def source_lines(text: str) -> list[SourceLine]:
    """Return lines numbered as an editor numbers them; form feeds, where there are any, count pages."""
    is_paged = "\f" in text
    page = 1
    lines = []
    for number, line in enumerate(_LINE_FEED.split(text), start=1):
        for index, part in enumerate(line.split("\f")):
            page += index > 0
            lines.append(SourceLine(part, number, page if is_paged else None))
    return lines


def is_hard_wrapped(lines: Sequence[SourceLine]) -> bool:
    """Return whether the line ends are a page's: about half of the lines are full, and hardly any is longer."""
    widths = sorted(_width(line.text.rstrip()) for line in lines if line.text.strip())
    if len(widths) < _MINIMUM_LINES:
        return False
    usual = widths[int(0.95 * len(widths))]
    full = sum(1 for width in widths if usual - _NEAR <= width <= usual + _NEAR)
    longer = sum(1 for width in widths if width > usual + _NEAR)
    is_page = _WIDTHS[0] <= usual <= _WIDTHS[1]
    return is_page and full >= _SHARE_OF_FULL * len(widths) and longer <= 0.02 * len(widths)


def unwrap(lines: Sequence[SourceLine]) -> Iterator[DraftBlock]:
    """Yield the paragraphs of wrapped text, put together as those of a page, by indents and full lines."""
    from planbook.plans.readers.page_flow import blocks_of_pages
    from planbook.plans.readers.page_lines import Line
    from planbook.plans.readers.paged import Page

    pages: list[Page] = []
    placed: list[list[Line]] = []
    for number, group in groupby(lines, key=lambda line: line.page):
        page_lines = []
        count = 0
        for count, line in enumerate(group, start=1):
            text = _COPIED_BLANK.sub("", clean_line(line.text))
            if text:
                indent = _indent(line.text)
                x1 = _SIZE / 2 * (indent + _width(text))
                # However many blanks stand for an indent, it is one; more of them centre or end-align a line.
                x0 = 2 * _SIZE if 2 <= indent <= _DEEPEST_INDENT else _SIZE / 2 * indent
                y = count * _LEADING
                page_lines.append(
                    Line(number or 1, y, x0, x1, _SIZE, (Run(text),), text, position=y, number=line.number)
                )
        width = max((line.x1 for line in page_lines), default=0.0)
        pages.append(Page(number or 1, width, (count + 1) * _LEADING))
        placed.append(page_lines)
    width, height = max(page.width for page in pages), max(page.height for page in pages)
    for page in pages:
        page.width, page.height = width, height
    yield from blocks_of_pages(pages, placed, [[] for _ in pages], tolerance=_TOLERANCE)


def _indent(text: str) -> int:
    return _width(text[: len(text) - len(text.lstrip(" \t\u3000\xa0"))])


def _width(text: str) -> int:
    """Width in half characters; a tab counts as four."""
    return sum(map(_width_of, text))


@cache
def _width_of(mark: str) -> int:
    return 4 if mark == "\t" else 2 if is_wide(mark) else 1
