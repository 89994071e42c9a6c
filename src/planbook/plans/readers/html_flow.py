"""The flow of a web page's text: blocks to lines, inline marks to bold, lists to numbers, tables to grids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html

from planbook.plans.furniture import find_tail
from planbook.plans.readers.cleaning import clean_line, is_wide, superscript
from planbook.plans.readers.drafts import Draft, DraftBlock, Run
from planbook.plans.readers.grid import Cell, blocks_of
from planbook.plans.readers.html_noise import is_noise_line
from planbook.plans.readers.word_numerals import format_number

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "time", "tt",
    "u", "var", "wbr",
))  # fmt: skip
_SKIPPED = frozenset({"del", "rt", "rp", "img", "input"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SOURCE_BREAK = "\x1f"  # a line feed of the source: nothing between ideographs, a blank between words
_GAP = re.compile(f"[{_SOURCE_BREAK} ]+")
_NOTE = re.compile(r"(?:sd)?(?:foot|end)note", re.IGNORECASE)
_NOTE_ANCHOR = re.compile(
    r"(?:sd)?(?:foot|end)note(?:anc|sym)|_ft[nd]|_ed[nd]|MsoFootnoteReference|MsoEndnoteReference"
)
_LIST_FORMATS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "cjk-decimal": "ideographDigital",
}  # fmt: skip
_TABLE = "1、"  # a table holds the text as a numbered item does
_MAXIMUM_SPAN = 200
_MAXIMUM_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class _Style:
    is_bold: bool = False
    face: str = ""
    heading_level: int | None = None
    is_preformatted: bool = False
    is_note: bool = False


def read_flow(element: html.HtmlElement) -> list[DraftBlock]:
    """Return the blocks of an element in reading order, without lines that are only a page's furniture."""
    flow = _Flow()
    flow.read_child(element, _inherit(_Style(), element))
    flow.end_line(_Style())
    # Cut off before lines of furniture go: the titles below 相关链接 are known by that line alone.
    tail = find_tail([block.text if isinstance(block, Draft) else _TABLE for block in flow.blocks])
    return [block for block in flow.blocks[:tail] if not isinstance(block, Draft) or not is_noise_line(block.text)]


@dataclass(slots=True)
class _Flow:
    blocks: list[DraftBlock] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def read_block(self, element: html.HtmlElement, style: _Style) -> None:
        self._text(element.text, style)
        for child in element:
            if isinstance(child.tag, str):
                self.read_child(child, _inherit(style, child))
            self._text(child.tail, style)

    def end_line(self, style: _Style) -> None:
        """Close the line that is being put together."""
        runs = _resolved(self.runs)
        self.runs = []
        if any(clean_line(run.text) for run in runs):
            self.blocks.append(Draft(runs, heading_level=style.heading_level, is_note=style.is_note))

    def read_child(self, child: html.HtmlElement, style: _Style) -> None:
        tag = child.tag
        if tag in {"br", "hr"}:
            self.end_line(style)
        elif tag in _SKIPPED or _is_note_anchor(child):
            return
        elif tag == "table":
            self.end_line(style)
            self.blocks.extend(_table(child, style))
        elif tag == "sup":
            text = child.text_content()
            self.runs.append(Run(superscript(text) if text.isascii() else text, style.is_bold, style.face))
        elif tag in {"ol", "ul"}:
            self.end_line(style)
            self._list(child, style)
        elif tag in _INLINE or ":" in tag:
            self.read_block(child, style)
        else:
            self.end_line(style)
            self.read_block(child, style)
            self.end_line(style)

    def _list(self, element: html.HtmlElement, style: _Style) -> None:
        """Put the numbers of an ordered list back in front, as a browser shows them."""
        value = _integer(element.get("start"), 1)
        own_format = _LIST_FORMATS.get(element.get("type") or _declaration(element, "list-style-type"), "decimal")
        for child in element:
            if not isinstance(child.tag, str):
                continue
            child_style = _inherit(style, child)
            if child.tag != "li":
                self.read_child(child, child_style)
                continue
            value = _integer(child.get("value"), value)
            first = len(self.blocks)
            self.read_block(child, child_style)
            self.end_line(child_style)
            if element.tag == "ol" and _declaration(element, "list-style-type") != "none":
                self._label(first, format_number(value, own_format))
                value += 1

    def _label(self, index: int, number: str) -> None:
        if index < len(self.blocks) and isinstance(block := self.blocks[index], Draft):
            mark = f"{number}. " if number.isascii() else f"{number}、"
            self.blocks[index] = replace(
                block, runs=(Run(mark, block.runs[0].is_bold, block.runs[0].face), *block.runs)
            )

    def _text(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        if style.is_preformatted:
            for index, line in enumerate(text.split("\n")):
                if index:
                    self.end_line(style)
                self.runs.append(Run(line, style.is_bold, style.face))
            return
        collapsed = _BLANKS.sub(lambda blank: _SOURCE_BREAK if "\n" in blank[0] else " ", text)
        self.runs.append(Run(collapsed, style.is_bold, style.face))


def _resolved(runs: list[Run]) -> tuple[Run, ...]:
    """Runs with the source's line feeds gone between ideographs and blanks elsewhere."""
    text = "".join(run.text for run in runs)
    if _SOURCE_BREAK not in text:
        return tuple(runs)
    characters = list(text)
    for gap in _GAP.finditer(text):
        if _SOURCE_BREAK in gap[0]:
            start, end = gap.span()
            is_between_ideographs = start > 0 and end < len(text) and (is_wide(text[start - 1]) or is_wide(text[end]))
            characters[start:end] = ["" if is_between_ideographs else " ", *[""] * (end - start - 1)]
    resolved = []
    position = 0
    for run in runs:
        resolved.append(run._replace(text="".join(characters[position : position + len(run.text)])))
        position += len(run.text)
    return tuple(resolved)


def _inherit(style: _Style, element: html.HtmlElement) -> _Style:
    tag = element.tag
    if tag in {"b", "strong"}:
        style = replace(style, is_bold=True)
    elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        style = replace(style, heading_level=int(tag[1]))
    elif tag == "pre":
        style = replace(style, is_preformatted=True)
    weight = _declaration(element, "font-weight").lower()
    if weight:
        style = replace(style, is_bold=weight.startswith("bold") or (weight.isdigit() and int(weight) >= 600))
    face = _declaration(element, "font-family") or element.get("face") or ""
    if face:
        style = replace(style, face=face.split(",")[0].strip("\"' "))
    if _is_note(element):
        style = replace(style, is_note=True)
    return style


def _is_note(element: html.HtmlElement) -> bool:
    """LibreOffice and Word both mark footnotes in the pages that they save."""
    if element.tag not in {"div", "p"}:
        return False
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return bool(_NOTE.search(names)) or "mso-element:footnote" in (element.get("style") or "").replace(" ", "")


def _is_note_anchor(element: html.HtmlElement) -> bool:
    if element.tag not in {"a", "sup", "span"}:
        return False
    marks = [element, *element.iter("a", "span")] if element.tag == "sup" else [element]
    return any(_NOTE_ANCHOR.search(f"{mark.get('class') or ''} {mark.get('name') or ''}") for mark in marks)


def _declaration(element: html.HtmlElement, name: str) -> str:
    """Value of one declaration of the style attribute, empty where it is not there."""
    style = element.get("style")
    if not style or name not in style.lower():
        return ""
    for part in style.split(";"):
        key, _, value = part.partition(":")
        if key.strip().lower() == name:
            return str(value.strip())
    return ""


def _table(element: html.HtmlElement, style: _Style) -> Iterator[DraftBlock]:
    captions = [child for child in element if child.tag == "caption"]
    for caption in captions:
        yield from read_flow(caption)
    grid: list[list[Cell | None]] = []
    hanging: dict[int, tuple[int, Cell]] = {}  # column -> rows still covered from above, and by which cell
    rows = list(_rows(element))[:_MAXIMUM_ROWS]
    for row in rows:
        cells: list[Cell | None] = []
        for child in row:
            if child.tag not in {"td", "th"}:
                continue
            _fill_from_above(cells, hanging)
            flow = _Flow()
            flow.read_block(child, _inherit(style, child))
            flow.end_line(style)
            cell = Cell(tuple(flow.blocks))
            depth = _integer(child.get("rowspan"), 1) or len(rows)  # 0 reaches to the last row
            for _ in range(max(1, min(_integer(child.get("colspan"), 1), _MAXIMUM_SPAN))):
                if depth > 1:
                    hanging[len(cells)] = (depth - 1, cell)
                cells.append(cell)
        _fill_from_above(cells, hanging)
        grid.append(cells)
    yield from blocks_of(grid)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _fill_from_above(cells: list[Cell | None], hanging: dict[int, tuple[int, Cell]]) -> None:
    """Append the cells that rows above reach down into the next columns."""
    while len(cells) in hanging:
        column = len(cells)
        rows, cell = hanging.pop(column)
        if rows > 1:
            hanging[column] = (rows - 1, cell)
        cells.append(cell)


def _integer(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 6 else default
