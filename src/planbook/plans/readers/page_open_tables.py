"""Tables ruled by lines across alone: columns told by the gaps that no text of the table crosses."""

import itertools
from collections.abc import Iterator, Sequence

from planbook.plans.readers.paged import Glyph, Ruling

_SAME = 4.0
_GAP = 0.8  # of the size of type
_TALLEST = 600.0
_PADDING = 5.4


def find_columns(horizontals: Sequence[Ruling], glyphs: Sequence[Glyph]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield the lines across of each open table with lines down put into its gaps.

    It takes three lines of one length, and a first row with text in every column: rules around a letterhead or a list
    of recipients have no columns.

    Args:
        horizontals: Lines across that no line down touches, from the top.
        glyphs: Text of the page.
    """
    left = list(horizontals)
    while left:
        first = left[0]
        group = [each for each in left if abs(each.start - first.start) < _SAME and abs(each.end - first.end) < _SAME]
        left = [each for each in left if each not in group]
        if len(group) < 3 or group[-1].position - group[0].position > _TALLEST:
            continue
        inside = [glyph for glyph in glyphs if group[0].position < _middle(glyph) < group[-1].position]
        header = [glyph for glyph in inside if _middle(glyph) < group[1].position]
        gaps = _gaps(inside)
        columns = [first.start, *gaps, first.end]
        filled = [any(low < (g.x0 + g.x1) / 2 < high for g in header) for low, high in itertools.pairwise(columns)]
        if gaps and all(filled):
            across = group if len(group) > 3 else [*group, *_rows(inside, group, gaps[0])]
            yield across, [Ruling(gap, group[0].position, group[-1].position) for gap in gaps]


def _middle(glyph: Glyph) -> float:
    return glyph.y - 0.35 * glyph.size


def _gaps(glyphs: Sequence[Glyph]) -> list[float]:
    """Where columns begin: left of the text behind each strip that no text crosses, as word processors set it."""
    gaps = []
    reach: float | None = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.x0):
        if reach is not None and glyph.x0 - reach > _GAP * glyph.size:
            gaps.append(max(glyph.x0 - _PADDING, (glyph.x0 + reach) / 2))
        reach = max(reach or 0.0, glyph.x1)
    return gaps


def _rows(glyphs: Sequence[Glyph], group: Sequence[Ruling], column: float) -> Iterator[Ruling]:
    """Lines between the rows of a table with three lines only: a row begins where its first column has text."""
    starts = sorted({round(g.y - g.size) for g in glyphs if g.x1 < column and _middle(g) > group[1].position})
    for start in starts[1:]:
        yield Ruling(float(start), group[0].start, group[0].end)
