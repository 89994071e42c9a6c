"""What stands on pages and not in the document: page numbers, running heads and feet, leaders of a contents list."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from planbook.plans.readers.page_lines import Line
from planbook.plans.readers.paged import Page

_ZONE = 0.14  # of the height, at top and bottom
_LINES_DEEP = 3
_LONGEST = 150  # characters that furniture may have
_PAGE_NUMBER = re.compile(
    r"[-—–－―~·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?[-—–－―~·.\s]*"
    r"|(?:第\s*)?\d{1,4}\s*(?:页)?\s*[,，/／]?\s*(?:共|of|/|／)\s*\d{1,4}\s*页?"
    r"|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+")
_LEADER = re.compile(r".{1,80}?(?:…{2,}|[.·．。﹒]{4,})[\s.…·．-]*[（(]?\d{1,4}[)）]?")
_CONTENTS = re.compile(r"目\s*[录次]")


def furniture_of(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[int]:
    """Return the identities of the lines that repeat from page to page or only number it.

    Args:
        pages: All pages.
        lines: Lines of each page outside its tables, from the top down.
    """
    repeated: Counter[tuple[str, int]] = Counter()
    edges = [list(_edge_lines(page, page_lines)) for page, page_lines in zip(pages, lines, strict=True)]
    for page_edges in edges:
        repeated.update({_likeness(line) for line in page_edges})
    enough = max(2, round(0.3 * len(pages)))
    found = {id(line) for page_edges in edges for line in page_edges if repeated[_likeness(line)] >= enough}
    for page_edges in edges:
        outermost = [line for line in page_edges if id(line) not in found and len(line.text) <= _LONGEST]
        found.update(id(line) for line in (*outermost[:1], *outermost[-1:]) if _PAGE_NUMBER.fullmatch(line.text))
    return found


def without_contents(lines: list[Line]) -> list[Line]:
    """Return `lines` without a contents list: lines that lead to a page number by dots, and their heading."""
    kept: list[Line] = []
    for line in lines:
        if len(line.text) <= _LONGEST and _LEADER.fullmatch(line.text):
            if kept and _CONTENTS.fullmatch(kept[-1].text):
                kept.pop()
        else:
            kept.append(line)
    return kept


def _edge_lines(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines at the very top and bottom, a few deep."""
    yield from (line for line in lines[:_LINES_DEEP] if line.y < _ZONE * page.height)
    yield from (line for line in lines[-_LINES_DEEP:] if line.y > (1 - _ZONE) * page.height)


def _likeness(line: Line) -> tuple[str, int]:
    """The same for lines that differ in numbers alone and stand at the same height."""
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.y / 8)
