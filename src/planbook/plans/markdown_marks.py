"""Markdown marks that were pasted into a document of another kind: `**bold**`, `## heading`, `- point`."""

import re
from dataclasses import replace
from typing import Final

from planbook.plans.document import Document, Table, TextLine

_HEADING: Final = re.compile(r"\s*(#{1,6})\s*(?=[^\s#\d])")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200}?)\1")
_POINT: Final = re.compile(r"\s*[*+-]\s+(?=\S)")
_FEWEST_LINES: Final = 2


def without_marks(document: Document) -> Document:
    """Return the document, markdown marks taken as what they mean, where at least two lines carry any.

    `#` gives a heading level where the format itself gives none; a line that opens in `**…**` opens in bold.
    """
    lines = [block for block in document.blocks if isinstance(block, TextLine)]
    if sum(_HEADING.match(line.text) is not None or _BOLD.search(line.text) is not None for line in lines) < (
        _FEWEST_LINES
    ):
        return document
    blocks = tuple(_unmarked(block) for block in document.blocks)
    return replace(document, blocks=blocks)


def _unmarked(block: TextLine | Table) -> TextLine | Table:
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_plain(cell) for cell in row) for row in block.rows))
    text, level = block.text, block.heading_level
    heading = _HEADING.match(text)
    if heading:
        text, level = text[heading.end() :].rstrip("# "), level or len(heading[1])
    point = _POINT.match(text)
    if point:
        text = f"——{text[point.end() :]}"
    bold = _BOLD.match(text)
    opening = len(_plain(bold[0])) if bold else 0
    bare = _plain(text)
    if bare == block.text:
        return block
    return replace(block, text=bare, heading_level=level, bold_prefix=opening)


def _plain(text: str) -> str:
    return _BOLD.sub(r"\2", text).replace("**", "")
