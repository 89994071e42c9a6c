"""Numbers as Chinese office texts write them: digits with separators, Chinese numerals, numbering that OCR misread."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}
# Letters that scanning puts for digits at the head of an item (`IL` stands for `11.`).
_LOOK_ALIKES: Final = str.maketrans("IlL|iOoZzSB", "11111002258")


def parse_digits(text: str) -> Decimal | None:
    """Return the value of `1,200` or `2.9`, None where it is no number; blanks inside are scanning debris."""
    plain = re.sub(r"[\s,，]", "", text)
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def parse_chinese(text: str) -> int | None:
    """Return the value of a Chinese numeral (`二十一`, `百`, `三千五百`, `二〇二五`), None where it is none."""
    if not text or any(each not in _DIGITS and each not in _SCALES and each not in _LARGE for each in text):
        return None
    if all(each in _DIGITS for each in text):
        return int("".join(str(_DIGITS[each]) for each in text))
    total = section = digit = 0
    has_digit = False
    for each in text:
        if each in _DIGITS:
            digit, has_digit = _DIGITS[each], True
        elif each in _SCALES:
            section += (digit if has_digit and digit else 1) * _SCALES[each]
            digit, has_digit = 0, False
        else:
            total += max(section + digit, 1) * _LARGE[each]
            section, digit, has_digit = 0, 0, False
    return total + section + digit


def parse_ordinal(text: str) -> int | None:
    """Return the value of an item number, Arabic or Chinese, None where it is none."""
    plain = re.sub(r"\s", "", text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return parse_chinese(plain)


def parse_misread_ordinal(text: str) -> int | None:
    """Return the item number that scanning turned into letters (`I0`, `l2`, `IL`), None where it can be none."""
    plain = text.translate(_LOOK_ALIKES)
    return int(plain) if plain.isascii() and plain.isdigit() else None
