"""Telephone numbers: kept as they were written, and asked about where nobody could be reached under them."""

import re
from typing import Final

from planbook.forms.parsed import Parsed, blank, cell_text, fold, is_blank_mark, refers_elsewhere, unread
from planbook.sheets.raw import CellValue

_LONGEST: Final = 120
_SEPARATORS: Final = re.compile(r"[、,;/|\n\t]|\s{2,}|(?<=[0-9]{7}) (?=[01][0-9]{2})")
_WORDS: Final = re.compile(r"^(?:手机|座机|电话|联系电话|办公电话|办公|办公室|手|办|TEL|Tel|tel)[:.]?")
_NAME: Final = re.compile(r"^[㐀-鿿·]{1,8}[:]?(?=[+0-9(])|[(]?[㐀-鿿·]{1,8}[)]?$")
_MOBILE: Final = re.compile(r"(?:\+?86-?|0086-?)?1[3-9][0-9]{9}")
_LANDLINE: Final = re.compile(
    r"(?:(?:\+?86-?|0086-?)?\(?0(?:10|[2-9][0-9]{1,2})\)?-?)?[2-9][0-9]{6,7}(?:(?:-|转|转分机|分机)[0-9]{1,6})?"
)
_SERVICE: Final = re.compile(r"[48]00-?[0-9]{3,4}-?[0-9]{3,4}|1[02][0-9]{3}|9[56][0-9]{3,6}")


def parse_phone(cell: CellValue) -> Parsed[str]:
    """Return the telephone numbers of a cell as written; a number stored as a number without `.0` or exponent.

    The text is the value even where it is doubtful: a finding says so, and nothing is put in its place.
    """
    raw = cell_text(cell)
    if is_blank_mark(raw):
        return blank(raw)
    if refers_elsewhere(raw):
        return unread(raw, "value_refers_elsewhere")
    parts = [part for part in _SEPARATORS.split(fold(raw)) if part.strip()] if len(raw) <= _LONGEST else []
    if parts and all(_is_plausible(part) for part in parts):
        return Parsed(raw, raw)
    return Parsed(raw, raw, unread(raw, "phone_implausible").findings)


def _is_plausible(part: str) -> bool:
    number = re.sub(r"[\s—–]+", lambda match: "" if match[0].isspace() else "-", part)
    number = _NAME.sub("", _WORDS.sub("", number)).strip(":")
    bare = re.sub(r"(?<=[0-9])-(?=[0-9])", "", number)
    return bool(_MOBILE.fullmatch(bare) or _LANDLINE.fullmatch(number) or _SERVICE.fullmatch(number))
