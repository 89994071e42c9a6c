"""Glyphs to lines: which stand on one baseline, where blanks belong, what is raised."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planbook.plans.readers.cleaning import clean_line, is_wide, superscript
from planbook.plans.readers.drafts import Run
from planbook.plans.readers.paged import Glyph

_BASELINE_TOLERANCE = 0.4  # of the size: raised and lowered characters still belong to the line
_LATIN_GAP = 0.18
_IDEOGRAPH_GAP = 0.22
_MIXED_GAP = 0.42  # Word sets Latin apart from Chinese by a quarter
_WIDE_GAP = 0.9  # beside punctuation
_RAISED_SIZE = 0.8
_RAISED_BY = 0.2
_LONG_DASH = 1.3  # of the size
_DOUBLE = 0.2
_DIGITS = frozenset("0123456789")


@dataclass(slots=True)
class Line:
    """One printed line.

    Attributes:
        page: Page from 1.
        y: Baseline, points from the top.
        x0: Left end; likewise `x1` its right end.
        size: Size of most of its characters.
        runs: Its text by format.
        text: Its text, cleaned.
        column: 1 in the right one of two columns, else 0.
        position: Where it is read on the page, the baseline unless columns change the order.
        number: Its number in a text file.
    """

    page: int
    y: float
    x0: float
    x1: float
    size: float
    runs: tuple[Run, ...]
    text: str
    column: int = 0
    position: float = 0.0
    number: int | None = None


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Return the lines that glyphs form, from the top down."""
    lines = (_line(row, page) for row in _rows(glyphs))
    return [line for line in lines if line.text]


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs by baseline; raised ones, whose own baseline is higher, join the row that they overlap."""
    by_baseline: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_baseline.setdefault(round(glyph.y * 2), []).append(glyph)
    row: list[Glyph] = []
    row_y = row_size = 0.0
    for key in sorted(by_baseline):
        group = by_baseline[key]
        size = max(glyph.size for glyph in group)
        if row and key / 2 - row_y > _BASELINE_TOLERANCE * max(size, row_size):
            yield row
            row = []
        if not row or len(group) > len(row):
            row_y = key / 2
        row_size = max(size, row_size if row else 0.0)
        row = row + group
    if row:
        yield row


def _line(glyphs: list[Glyph], page: int) -> Line:
    glyphs = _without_doubles(sorted(glyphs, key=lambda glyph: glyph.x0))
    size = _usual([glyph.size for glyph in glyphs])
    y = _usual([glyph.y for glyph in glyphs])
    spread = _spread(glyphs, size)
    runs: list[Run] = []
    parts: list[str] = []
    previous = glyphs[0]
    for glyph in glyphs:
        text = glyph.text
        if glyph.size < _RAISED_SIZE * size and y - glyph.y > _RAISED_BY * size and text in _DIGITS:
            text = superscript(text)
        if glyph.is_bold != previous.is_bold or glyph.face != previous.face:
            runs.append(Run("".join(parts), previous.is_bold, previous.face))
            parts = []
        if glyph.x0 - previous.x1 > _LATIN_GAP * size and _is_gap(previous, glyph, size, spread):
            parts.append(" ")
        parts.append(text)
        previous = glyph
    runs.append(Run("".join(parts), previous.is_bold, previous.face))
    visible = [glyph for glyph in glyphs if not glyph.text.isspace()] or glyphs
    text = clean_line("".join(run.text for run in runs))
    return Line(page, y, visible[0].x0, max(glyph.x1 for glyph in visible), size, tuple(runs), text, position=y)


def _spread(glyphs: Sequence[Glyph], size: float) -> float:
    """How far the characters of a line are set apart to fill it: the middle gap, where most have one."""
    least = 0.05 * size
    gaps = [right.x0 - left.x1 for left, right in pairwise(glyphs) if right.x0 - left.x1 > least]
    return _usual(gaps) if len(gaps) * 2 > len(glyphs) else 0.0


def _is_gap(left: Glyph, right: Glyph, size: float, spread: float) -> bool:
    gap = right.x0 - left.x1
    if _is_ideograph(left.text) and _is_ideograph(right.text):
        return gap - spread > _IDEOGRAPH_GAP * size
    if not is_wide(left.text) and not is_wide(right.text):
        return gap > _LATIN_GAP * size
    is_mixed = (_is_ideograph(left.text) or left.text.isalnum()) and (_is_ideograph(right.text) or right.text.isalnum())
    return gap > (_MIXED_GAP if is_mixed else _WIDE_GAP) * size


def _is_ideograph(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff"


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Some programs print bold by printing twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        twin = len(kept) - 1
        while twin >= 0 and glyph.x0 - kept[twin].x0 < _DOUBLE * glyph.size and kept[twin].text != glyph.text:
            twin -= 1
        is_double = twin >= 0 and glyph.x0 - kept[twin].x0 < _DOUBLE * glyph.size
        if is_double and not _is_half_of_dash(glyph, kept):
            kept[twin] = kept[twin]._replace(is_bold=True)
        else:
            kept.append(glyph)
    return kept


def _is_half_of_dash(glyph: Glyph, kept: Sequence[Glyph]) -> bool:
    """Return whether a font drew —— as one glyph, of which this is the second half."""
    is_long = glyph.text == "—" and glyph.x1 - glyph.x0 > _LONG_DASH * glyph.size
    return is_long and sum(other.text == "—" and other.x0 == glyph.x0 for other in kept[-2:]) == 1


def _usual(values: Sequence[float]) -> float:
    """The middle value."""
    return sorted(values)[len(values) // 2]
