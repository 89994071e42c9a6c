"""Measures of an official document's page (GB/T 9704—2012, chapters 5 and 7), in twips unless named otherwise."""

from typing import Final


def twips(millimetres: float) -> int:
    """Return a length in twips (1/1440 inch), rounded down so that nothing grows past its page."""
    return int(millimetres * 1440 / 25.4)


PAGE_WIDTH: Final = 11906  # A4
PAGE_HEIGHT: Final = 16838
MARGIN_TOP: Final = twips(37)
MARGIN_BOTTOM: Final = twips(35)
MARGIN_LEFT: Final = twips(28)
MARGIN_RIGHT: Final = twips(26)
TEXT_WIDTH: Final = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_WIDTH_MM: Final = 156.0

LINES: Final = 22
CHARACTERS: Final = 28
LINE_PITCH: Final = (PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM) // LINES

BODY_PT: Final = 16  # 三号
TITLE_PT: Final = 22  # 二号
PAGE_NUMBER_PT: Final = 14  # 四号
CHARACTER_PITCH: Final = TEXT_WIDTH // CHARACTERS  # 28 characters of 三号 are a little wider than the 156 mm they get
CHARACTER_SPACING: Final = CHARACTER_PITCH - BODY_PT * 20

# The page number's dashes stand 7 mm under the text: the middle of a line whose foot is half a line lower.
FOOTER_DISTANCE: Final = MARGIN_BOTTOM - twips(7) - PAGE_NUMBER_PT * 20 // 2
