"""Numbers in Arabic or Chinese writing, read strictly: what has two readings is not read at all."""

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
_SMALL_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_FORMAL: Final = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億两兩點", "一二二三三四五六六七八九十百千万亿两两点")
_CHINESE: Final = re.compile(r"[零〇一二三四五六七八九十百千万亿两点]{1,40}")
# At most 28 digits, which is what Decimal computes with exactly.
_ARABIC: Final = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,13})?")


def read_arabic(text: str) -> Decimal | None:
    """Return the number that `text` is, thousands separated by commas or not; None where it is none."""
    return Decimal(text.replace(",", "")) if _ARABIC.fullmatch(text) else None


def read_chinese(text: str) -> Decimal | None:
    """Return the number that Chinese numerals give (二十五, 一百零五, 三千万, 二点五), None where they don't.

    None also for what has two readings: 三四 (3 to 4), 一千二 (1,200 in speech) and bare rows of digits (一二三).
    """
    numerals = text.translate(_FORMAL)
    if not _CHINESE.fullmatch(numerals):
        return None
    whole, point, fraction = numerals.partition("点")
    number = _read_whole(whole)
    if number is None:
        return None
    if not point:
        return Decimal(number)
    if not fraction or any(sign not in _DIGITS for sign in fraction):
        return None
    return Decimal(f"{number}.{''.join(str(_DIGITS[sign]) for sign in fraction)}")


def read_digits(text: str) -> int | None:
    """Return the number written digit by digit in Chinese, as years are (二〇二四, also 二O二四)."""
    signs = re.sub("[O○Ｏ]", "〇", text.upper()).translate(_FORMAL)
    if not signs or any(sign not in _DIGITS for sign in signs):
        return None
    return int("".join(str(_DIGITS[sign]) for sign in signs))


def _read_whole(text: str) -> int | None:
    """Read what stands before 亿 or 万, then the rest, which begins with 零 exactly where a place is left out."""
    for sign, size in (("亿", 10**8), ("万", 10**4)):
        part, found, rest = text.rpartition(sign)
        if not found:
            continue
        high = _read_whole(part) if size == 10**8 else _read_below_ten_thousand(part)  # 一万亿 has its own 万
        if rest[1:2] and rest[0] in "零〇" and rest[1] in "零〇":
            return None  # 一万零零一 is no number
        low = _read_whole(rest[1:] if rest[0] in "零〇" else rest) if rest else 0
        if not high or high >= 10**8 or low is None:
            return None
        if rest and (rest[0] in "零〇") != (low < size // 10):
            return None  # 三万二 is 32,000 in speech
        return high * size + low
    return _read_below_ten_thousand(text)


def _read_below_ten_thousand(text: str) -> int | None:
    if not text:
        return None
    if text in {"零", "〇"}:
        return 0
    total, last_unit, position = 0, 10_000, 0
    skipped = False
    while position < len(text):
        sign = text[position]
        if sign in "零〇":
            if skipped:
                return None
            skipped, position = True, position + 1
            continue
        digit = _DIGITS.get(sign)
        if digit is None:  # 十五: the one before 十 may be left out, at the very front only
            if sign != "十" or total or position > skipped:
                return None
            digit, position = 1, position - 1
        unit = _SMALL_UNITS.get(text[position + 1]) if position + 1 < len(text) else 1
        if unit is None or unit >= last_unit:
            return None
        if last_unit != 10_000 and skipped != (unit * 10 < last_unit):
            return None  # 一千二, 一百五: a gap must be filled by 零, and only a gap
        total += digit * unit
        last_unit, skipped = unit, False
        position += 2
    return None if skipped else total
