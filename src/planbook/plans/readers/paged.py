"""A laid out page as its file gives it: glyphs and ruling lines, the same for pdf and ofd."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character on a page; points, measured from the top left corner, `y` is the baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool
    face: str


class Ruling(NamedTuple):
    """One straight line along an axis: at `position` across it, from `start` to `end` along it."""

    position: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """One page.

    Attributes:
        number: From 1.
        width: In points, as displayed.
        height: In points, as displayed.
        glyphs: In any order; blanks only where the file has them.
        horizontals: Ruling lines across, `position` is y.
        verticals: Ruling lines down, `position` is x.
        is_picture: A picture covers the page and there is no text: a scan.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Ruling] = field(default_factory=list)
    verticals: list[Ruling] = field(default_factory=list)
    is_picture: bool = False
