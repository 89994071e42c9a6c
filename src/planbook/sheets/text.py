"""Cell text as people see it: one kind of line end, no control characters, the escapes of Open XML undone."""

import re
from typing import Final

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Word's and PowerPoint's soft line breaks arrive as VT or FF; the other controls show as nothing, and would make
# every workbook that planbook writes from them unreadable. Lone surrogates are no characters at all.
_LINE_END: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NO_CHARACTER: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_SUSPECT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def is_clean_open_xml_text(text: str) -> bool:
    """Return whether `clean_open_xml_text` would leave `text`, and every part of it, as it is."""
    return "_x" not in text and _SUSPECT.search(text) is None


def clean_text(text: str) -> str:
    """Return `text` with line feeds as its only line ends and nothing in it that no document may hold."""
    if _SUSPECT.search(text) is None:
        return text
    return _NO_CHARACTER.sub("", _LINE_END.sub("\n", text))


def clean_open_xml_text(text: str) -> str:
    """Return `text` of an Open XML part cleaned, its `_xHHHH_` escapes undone (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        # Characters beyond the basic plane are escaped as two surrogates.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return clean_text(text)
