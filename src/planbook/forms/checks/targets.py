"""Targets as the form prints them (`≥1200`, `3–5`), read back as bounds."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planbook.forms.numerals import read_arabic
from planbook.forms.parsed import fold

_TARGET: Final = re.compile(
    r"(≥|>=|>|≤|<=|<|=|约|~|≈)?(-?[0-9][0-9,.]*)(?:(?:–|—|-|~|至)(-?[0-9][0-9,.]*))?(?:[^0-9].{0,20})?"
)
_UPWARD: Final = frozenset(("", "≥", ">=", ">", "="))


@dataclass(frozen=True, slots=True)
class Target:
    """A target: its value, the lower end of a range, and whether more of it is better."""

    value: Decimal
    is_floor: bool


def read_target(text: str) -> Target | None:
    """Return the target that a form prints, None where it is not a number with a sign before it."""
    match = _TARGET.fullmatch(re.sub(r"\s+", "", fold(text)))
    value = read_arabic(match[2]) if match else None
    if match is None or value is None:
        return None
    return Target(value, (match[1] or "") in _UPWARD)
