"""Places a document's signature over its date, as GB/T 9704—2012, 7.3.5 has it; that depends on how long both are."""

import unicodedata
from itertools import pairwise
from typing import Any, Final

from planbook.outputs.documents import page
from planbook.outputs.documents.parts import Style

_SPACE_RIGHT: Final = 4
"""Characters between the date and the right margin."""


def settle_signatures(document: Any) -> None:
    """Centre every signature over the date under it; where it is the longer one, the date moves left under it."""
    paragraphs = list(document.paragraphs)
    for signature, day in pairwise(paragraphs):
        if signature.style.style_id == Style.SIGNATURE and day.style.style_id == Style.ISSUE_DATE:
            lead = (_width(signature.text) - _width(day.text)) / 2
            _indent_right(signature, _SPACE_RIGHT - min(lead, 0))
            _indent_right(day, _SPACE_RIGHT + max(lead, 0))


def _width(text: str) -> float:
    """Return how wide `text` is, in characters of the body; digits and Latin letters take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text.strip())


def _indent_right(paragraph: Any, characters: float) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    indent = properties.find(qn("w:ind"))
    if indent is None:
        indent = OxmlElement("w:ind")
        properties._insert_ind(indent)
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * page.CHARACTER_PITCH)))
