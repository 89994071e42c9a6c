"""How high a row must be so that wrapped Chinese text is not cut; spreadsheets do not work it out when they open."""

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

ROW_HEIGHT_LIMIT_PT: Final = 409.0
"""No spreadsheet program shows a row higher than this."""

_PIXELS_PER_POINT: Final = 4 / 3
_PIXELS_PER_COLUMN_UNIT: Final = 7  # a digit of the default font, Calibri 11
_CELL_PADDING_PX: Final = 4
# Latin letters and digits are half as wide as a Chinese character in 仿宋, a little more in its substitutes.
_NARROW_SHARE: Final = 0.56
# 仿宋 and 宋体 need 1.15–1.3 of the font size, 微软雅黑 1.32, Noto Sans CJK (where the others are missing) 1.45.
LINE_SPACING: Final = 1.42
"""Height of a line in font sizes."""


def text_width_px(text: str, font_size_pt: float) -> float:
    """Return about how wide `text` (one line) is drawn; a character of three or more UTF-8 bytes counts as wide."""
    size = len(text)
    wide = min(size, (len(text.encode("utf-8", "replace")) - size) // 2)
    return (wide + (size - wide) * _NARROW_SHARE) * font_size_pt * _PIXELS_PER_POINT


def sure_capacity(column_width: float, font_size_pt: float) -> int:
    """Return how many characters fit into one line of a column for certain, were they all wide."""
    return int((column_width * _PIXELS_PER_COLUMN_UNIT - _CELL_PADDING_PX) / (font_size_pt * _PIXELS_PER_POINT))


def count_lines(text: str, column_width: float, font_size_pt: float) -> int:
    """Return how many lines `text` takes when wrapped.

    Args:
        text: Text with its own line feeds.
        column_width: Width in characters, as spreadsheets count it.
        font_size_pt: Font size in points.
    """
    room, wrapped_room = _rooms_px(column_width, font_size_pt)
    lines = 0
    for paragraph in text.split("\n"):
        width = text_width_px(paragraph, font_size_pt)
        lines += 1 if width <= room else math.ceil(width / wrapped_room)
    return lines


@cache
def _rooms_px(column_width: float, font_size_pt: float) -> tuple[float, float]:
    """Return the room of a line that stands alone, and that of one of several."""
    room = max(column_width * _PIXELS_PER_COLUMN_UNIT - _CELL_PADDING_PX, font_size_pt * _PIXELS_PER_POINT)
    # Punctuation may not open a line and words are not broken: each wrapped line stays about half a character short.
    return room, max(room - font_size_pt * _PIXELS_PER_POINT / 2, font_size_pt)


def row_height_pt(
    cells: Iterable[tuple[str, float, float]], minimum_pt: float = 0, maximum_pt: float = ROW_HEIGHT_LIMIT_PT
) -> float:
    """Return the height in points that shows every cell of a row whole, within the given bounds.

    Args:
        cells: (text, column width in characters, font size in points) of each cell.
        minimum_pt: Least height.
        maximum_pt: Greatest height; what needs more is cut by the spreadsheet program.
    """
    needed = 0.0
    for text, column_width, font_size_pt in cells:
        if text:
            lines = count_lines(text, column_width, font_size_pt)
            needed = max(needed, lines * font_size_pt * LINE_SPACING + font_size_pt * 0.5)
    return min(max(math.ceil(needed), minimum_pt), maximum_pt)
