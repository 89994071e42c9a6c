"""Pages set in two columns, as gazettes are: which lines stand in which, and in what order they are read."""

from collections.abc import Sequence
from dataclasses import replace

from planbook.plans.readers.page_lines import Line, lines_of
from planbook.plans.readers.paged import Glyph, Page

_STEP = 2.0  # points
_MIDDLE = (0.35, 0.65)  # of the width: where a gutter may be
_MINIMUM_ROWS = 8
_MINIMUM_BOTH = 6
_SHARE_OF_ROWS = 0.25  # that have text on both sides of the gutter; the right column may be short


def lines_in_order(glyphs: Sequence[Glyph], page: Page) -> list[Line]:
    """Return the lines of a page as they are read: down the left column, then down the right one.

    Lines over the whole width (titles) part the columns above from those below them.
    """
    lines = lines_of(glyphs, page.number)
    gutter = _gutter(lines, glyphs, page)
    if gutter is None:
        return lines
    crossing = [line for line in lines if _crosses(line, gutter, glyphs)]
    left = lines_of([glyph for glyph in glyphs if glyph.x1 <= gutter and _is_free(glyph, crossing)], page.number)
    right = lines_of([glyph for glyph in glyphs if glyph.x1 > gutter and _is_free(glyph, crossing)], page.number)
    shift = min((line.x0 for line in right), default=0.0) - min((line.x0 for line in left), default=0.0)
    right = [replace(line, x0=line.x0 - shift, x1=line.x1 - shift, column=1) for line in right]
    ordered: list[Line] = []
    for bottom in [*(line.y for line in crossing), page.height + 1]:
        band = [[line for line in column if line.y < bottom] for column in (left, right)]
        left, right = ([line for line in column if line.y >= bottom] for column in (left, right))
        end = max((line.y for column in band for line in column), default=0.0)
        ordered += band[0]
        ordered += [replace(line, position=end + line.y / 1000) for line in band[1]]
        ordered += [line for line in crossing if line.y == bottom]
    return ordered


def _gutter(lines: Sequence[Line], glyphs: Sequence[Glyph], page: Page) -> float | None:
    """Middle of the widest strip that hardly any line crosses while most have text on both sides of it."""
    if len(lines) < _MINIMUM_ROWS or page.width > page.height:
        return None
    if sum(" " in line.text for line in lines) < _SHARE_OF_ROWS * len(lines):
        return None  # a gutter reads as a blank
    first, last = int(page.width * _MIDDLE[0] / _STEP), int(page.width * _MIDDLE[1] / _STEP)
    rows = {round(line.y) for line in lines}
    covered: list[set[int]] = [set() for _ in range(last + 2)]
    for glyph in glyphs:
        for strip in range(max(first, int(glyph.x0 / _STEP)), min(last, int(glyph.x1 / _STEP)) + 1):
            covered[strip].add(round(glyph.y))
    free = [strip for strip in range(first, last + 1) if len(covered[strip]) <= 0.2 * len(rows)]
    best: list[int] = []
    run: list[int] = []
    for strip in free:
        run = [*run, strip] if run and strip == run[-1] + 1 else [strip]
        best = max(best, run, key=len)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    if len(best) * _STEP < 0.8 * size:
        return None
    gutter = (best[0] + best[-1] + 1) / 2 * _STEP
    both = [line for line in lines if line.x0 < gutter - 4 * line.size and line.x1 > gutter + 4 * line.size]
    if len(both) < max(_MINIMUM_BOTH, _SHARE_OF_ROWS * len(lines)):
        return None
    starts = [min(g.x0 for g in glyphs if g.x0 > gutter and abs(g.y - line.y) < 0.5 * line.size) for line in both]
    flush = sum(1 for start in starts if start - min(starts) < 3 * size)  # a column has a margin, a list of links none
    return gutter if flush >= 0.7 * len(starts) else None


def _crosses(line: Line, gutter: float, glyphs: Sequence[Glyph]) -> bool:
    return any(glyph.x0 < gutter < glyph.x1 and abs(glyph.y - line.y) < 0.5 * line.size for glyph in glyphs)


def _is_free(glyph: Glyph, crossing: Sequence[Line]) -> bool:
    return all(abs(glyph.y - line.y) >= 0.5 * line.size for line in crossing)
