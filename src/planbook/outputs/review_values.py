"""Values as clerks type them into the review table: lists of names, dates, numbers, mailboxes, plan titles.

A parser returns None for what it cannot read with certainty; the caller says so in a finding. Nothing is guessed.
"""

import calendar
import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from planbook.outputs.cell_text import clean_text, plain_number
from planbook.sheets.raw import CellValue

_SEPARATORS: Final = "、，,；;\n\t"
_OPENING, _CLOSING = "(（[【〔《“", ")）]】〕》”"
_CJK_GAP: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:之?前)?")
_MONTH: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月份?)?(?:底|末)?(?:之?前)?")
_YEAR_END: Final = re.compile(r"(\d{4})年?(?:底|末|年底|年末)(?:之?前)?")
_COMPACT_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR: Final = re.compile(r"(\d{4})年?")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MAILBOX: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_YEARS: Final = range(1950, 2101)


def text_of(value: CellValue) -> str:
    """Return a cell's value as the text that the clerk sees, without white space around it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return plain_number(Decimal(repr(value))) if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else str(value)
    return clean_text(str(value)).strip()


def parse_names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names in `text`, in order, each once.

    Names are parted by 、 ， , ； ; line feeds or tabs, but not inside brackets (各县（市、区）人民政府). A name in
    `known` that itself holds a separator stays whole.
    """
    shielded = text
    whole = sorted((name for name in known if any(mark in name for mark in _SEPARATORS)), key=len, reverse=True)
    for place, name in enumerate(whole):
        shielded = shielded.replace(name, chr(0xE000 + place) if place < 6000 else name)
    names: list[str] = []
    for part in _split_outside_brackets(shielded):
        name = "".join(whole[ord(mark) - 0xE000] if 0 <= ord(mark) - 0xE000 < len(whole) else mark for mark in part)
        name = tidy_name(name)
        if name and name not in names:
            names.append(name)
    return tuple(names)


def tidy_name(name: str) -> str:
    """Return a name without white space around it or beside Chinese characters (省 科技厅)."""
    return _CJK_GAP.sub("", " ".join(name.split()))


def _split_outside_brackets(text: str) -> list[str]:
    # A bracket left open would swallow every name behind it: then brackets mean nothing.
    is_balanced = sum(text.count(mark) for mark in _OPENING) == sum(text.count(mark) for mark in _CLOSING)
    parts, start, depth = [], 0, 0
    for place, character in enumerate(text):
        if is_balanced and character in _OPENING:
            depth += 1
        elif is_balanced and character in _CLOSING:
            depth -= 1
        elif character in _SEPARATORS and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def parse_date(value: CellValue) -> date | None:
    """Return the day that a cell names; a month or year's end is its last day (2024年12月底前).

    A bare number is no date: it may be a day number that lost its format, or anything else.
    """
    if isinstance(value, datetime):
        return value.date() if value.year in _YEARS else None
    if isinstance(value, date):
        return value if value.year in _YEARS else None
    if isinstance(value, float | int) and not isinstance(value, bool):
        match = _COMPACT_DAY.fullmatch(text_of(value))
        return _day(*match.groups()) if match else None
    text = "".join(unicodedata.normalize("NFKC", text_of(value)).split())
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match:
        return _day(*match.groups())
    if match := _YEAR_END.fullmatch(text):
        return _day(match[1], "12", "31")
    if (match := _MONTH.fullmatch(text)) and 1 <= int(match[2]) <= 12:
        return _day(match[1], match[2], str(calendar.monthrange(max(int(match[1]), 1), int(match[2]))[1]))
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def parse_due(value: CellValue) -> str | None:
    """Return when an indicator is due, as `YYYY` or `YYYY-MM-DD`; a year's end is the year."""
    text = "".join(unicodedata.normalize("NFKC", text_of(value)).split())
    if match := (_YEAR.fullmatch(text) or _YEAR_END.fullmatch(text)):
        return match[1] if int(match[1]) in _YEARS else None
    day = parse_date(value)
    return day.isoformat() if day else None


def parse_number(value: CellValue) -> Decimal | None:
    """Return a number typed as such or as text (1,200; １２００), None for anything else (`约3`, `1.2万`)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float | int):
        return Decimal(repr(value))
    text = "".join(unicodedata.normalize("NFKC", text_of(value)).split())
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def parse_mailbox(text: str) -> str | None:
    """Return the one mailbox that `text` is, None where it is none or several."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("mailto:")
    return plain if _MAILBOX.fullmatch(plain) and ".." not in plain and len(plain) <= 254 else None


def title_key(title: str) -> str:
    """Return a key that is equal for two spellings of one plan's title."""
    folded = unicodedata.normalize("NFKC", title).strip()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LN").lower()
