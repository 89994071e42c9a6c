"""Task and indicator codes: short, visible, with a check character, so that they survive being copied by hand.

A task code reads `P2-013K` (second plan, thirteenth task), an indicator code `I2-004W`. The check character
is the weighted sum of the other characters modulo 23; 23 being prime, it catches any single wrong character
and any swap of two neighbouring letters or digits (the argument behind ISO 7064). The alphabet has no I, O or
Z, which are misread, and no code looks like a number or a date to a spreadsheet program.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final

_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXY"
_CODE = re.compile(r"([PI])([1-9]\d{0,3})-(\d{3,4})([A-Y])")
_SOUGHT = re.compile(r"(?<![A-Z0-9])[PI][1-9]\d{0,3}-\d{3,4}[A-Y](?![A-Z0-9])")
_MISTYPED = re.compile(r"([PI])([\dOIL]{1,4})-([\dOIL]{3,4})([A-Y])")
_LONGEST_REMEMBERED: Final = 100
_LIKE_DIGITS = str.maketrans("OIL", "011")
_DASHES = str.maketrans("‐‑‒–—−﹣－_", "---------")


class CodeKind(StrEnum):
    """What a code stands for; the value is its first letter."""

    TASK = "P"
    INDICATOR = "I"


def _check_character(kind: str, plan: str, item: str) -> str:
    payload = f"{kind}{plan:0>4}{item:0>4}"
    total = sum(weight * (ord(character) - 47) for weight, character in enumerate(payload, start=2))
    return _ALPHABET[total % len(_ALPHABET)]


def make_code(kind: CodeKind, plan_sequence: int, item_sequence: int) -> str:
    """Return the code of item `item_sequence` (from 1) of plan `plan_sequence` (from 1; both below 10,000)."""
    if not (0 < plan_sequence < 10_000 and 0 < item_sequence < 10_000):
        message = f"sequence out of range: {plan_sequence}, {item_sequence}"
        raise ValueError(message)
    plan, item = str(plan_sequence), f"{item_sequence:03d}"
    return f"{kind.value}{plan}-{item}{_check_character(kind.value, plan, item)}"


def normalise_code(text: str) -> str:
    """Return `text` as codes are written: half-width, upper case, ASCII dash, no white space."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).upper()
    return re.sub(r"\s+", "", plain)


def is_valid_code(text: str) -> bool:
    """Return whether `text`, already normalised, is a code with the right check character."""
    match = _CODE.fullmatch(text)
    return match is not None and _check_character(match[1], match[2], match[3]) == match[4]


def find_codes(text: str) -> tuple[str, ...]:
    """Return the valid codes that stand anywhere in `text`, in order, e.g. in a cell with words around them."""
    return (_find_codes if len(text) > _LONGEST_REMEMBERED else _remembered_codes)(text)


def _find_codes(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).upper()
    return tuple(code for code in _SOUGHT.findall(plain) if is_valid_code(code))


_remembered_codes: Final = lru_cache(maxsize=4_096)(_find_codes)  # a row is asked for its code again and again


def mend_code(text: str) -> str | None:
    """Return the code that `text` is but for letters typed in place of digits (`P1-OO1V`) or blanks, None if none.

    Only a text that is nothing but a code is mended, and only into one with the right check character.
    """
    match = _MISTYPED.fullmatch(normalise_code(text))
    if match is None:
        return None
    mended = f"{match[1]}{match[2].translate(_LIKE_DIGITS)}-{match[3].translate(_LIKE_DIGITS)}{match[4]}"
    return mended if is_valid_code(mended) else None
