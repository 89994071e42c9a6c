"""Percentages and quantities as clerks write them: `约1200亿元`, `２５％`, 三成, 1.2万亿; never a guess."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from planbook.forms.numerals import read_arabic, read_chinese
from planbook.forms.parsed import (
    Parsed,
    blank,
    cell_text,
    exact,
    fold,
    is_blank_mark,
    plain,
    refers_elsewhere,
    shown,
    unread,
)
from planbook.model.findings import Finding
from planbook.sheets.raw import CellValue

_LONGEST: Final = 80
_MULTIPLIERS: Final = (
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4),
)  # fmt: skip
_LEADING_WORDS: Final = re.compile(r"(?:已经|已|目前|共计|合计|共|完成|实现|达到|达|为|是|[:：])")
_APPROXIMATE_BEFORE: Final = re.compile(r"(?:大约|大概|约)")
_APPROXIMATE_AFTER: Final = re.compile(r"(?:左右|上下)$")
_REMARK: Final = re.compile(r"\(([^()0-9零〇一二三四五六七八九十百千万亿%]{1,30})\)$")
_INEXACT: Final = re.compile(
    r"[<>≥≤≧≦＞＜+]|近|接近|超|突破|不足|不到|未达|不低于|不少于|不超过|余|多|以上|以下|以内|大于|小于|高于|低于"
    r"|过|大半|部分|若干|几|数[十百千万亿]|来"
)
_RANGE: Final = re.compile(
    r"[0-9零〇一二三四五六七八九十百千万亿][^-~—–至到]{0,5}(?:-|~|—|–|至|到)+[0-9一二三四五六七八九十百]"
)
_SPOKEN_RANGE: Final = re.compile(r"(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)")
_NUMERALS: Final = re.compile(r"[-0-9.,]+|[零〇一二三四五六七八九十百千万亿两点壹贰叁肆伍陆柒捌玖拾佰仟]+")
_UNIT_TRIMMINGS: Final = re.compile(r"\s+|人民币|[()]")
_TENTHS: Final = re.compile(r"([一二三四五六七八九十1-9])成(?:([一二三四五六七八九半1-9]))?")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with the words behind it; `scale` is the power of ten that its 万 or 亿 stood for, None without."""

    number: Decimal
    rest: str
    scale: int | None


@dataclass(frozen=True, slots=True)
class _Refusal:
    code: str


def parse_percent(
    cell: CellValue, *, is_percent_cell: bool = False, is_surely_unfinished: bool = False, stated_unit: str = ""
) -> Parsed[Decimal]:
    """Return 完成进度 in percent, 0 to 100.

    A bare number above 0 and up to 1 is asked about: 0.85 in a cell without percent format may be 85 % that was
    pasted as a value, or 0.85 %. Only a bare 1 can be told: it is 100 % that was pasted as a value, or 1 %, and
    not the former where the row says that the task is not finished.

    Args:
        cell: The cell's value.
        is_percent_cell: The number is shown as percent, so that 85 % is stored as 0.85.
        is_surely_unfinished: The row's 进展状态 is one other than 已完成.
        stated_unit: Unit that an agency has written into the header; a bare number may be in that one, too.
    """
    if stated_unit not in ("", "%") and not is_percent_cell and _is_bare_number(cell):
        return unread(cell_text(cell), "unit_changed", unit="%", stated=stated_unit)
    parsed = _parse_share(cell, is_percent_cell=is_percent_cell)
    if is_surely_unfinished and parsed.value is None and parsed.raw == "1":
        return Parsed(Decimal(1), parsed.raw)
    if parsed.value is not None and not 0 <= parsed.value <= 100:
        return unread(parsed.raw, "percent_out_of_range")
    return parsed


def parse_quantity(
    cell: CellValue, unit: str, *, is_percent_cell: bool = False, stated_unit: str = ""
) -> Parsed[Decimal]:
    """Return an indicator's value in `unit`.

    A unit that the clerk wrote is converted only by 万 and 亿, and only where the rest of it is the issued unit;
    otherwise it is asked about. A bare number is in the issued unit.

    Args:
        cell: The cell's value.
        unit: Unit as issued, e.g. `亿元`, `%`, `家`; may be empty.
        is_percent_cell: The number is shown as percent.
        stated_unit: Unit that stands in the agency's header or row; where it is another one than was issued, a bare
            number may be in either.
    """
    issued_scale, issued_base = _split_unit(unit)
    if stated_unit and _split_unit(stated_unit) != (issued_scale, issued_base) and _is_bare_number(cell):
        return unread(cell_text(cell), "unit_changed", unit=unit or "无", stated=stated_unit)
    if issued_base == "%":
        return _parse_share(cell, is_percent_cell=is_percent_cell)
    stored = _stored_number(cell)
    if isinstance(stored, Parsed):
        return stored
    if stored is not None and is_percent_cell:
        return unread(f"{plain(_shift(stored, 2))}%", "unit_unclear", unit=unit or "无")
    raw = cell_text(cell)
    if stored is not None:
        return Parsed(stored, raw)
    words, notes = _without_remarks(raw)
    amount = _read_amount(words)
    if isinstance(amount, _Refusal):
        return unread(raw, amount.code)
    written_base = _UNIT_TRIMMINGS.sub("", amount.rest)
    if amount.scale is None and not written_base:
        return Parsed(amount.number, raw, notes)
    if written_base not in ({issued_base} if amount.scale is None else {issued_base, ""}):
        return unread(raw, "unit_unclear", unit=unit or "无")
    value = _shift(amount.number, -issued_scale)
    if (amount.scale or 0) != issued_scale:
        notes = (*notes, Finding.of("value_converted", raw=shown(raw), value=plain(value), unit=unit))
    return Parsed(value, raw, notes)


def _is_bare_number(cell: CellValue) -> bool:
    """Return whether a cell holds a number, stored or written, without a unit of its own."""
    if isinstance(cell, str):
        amount = _read_amount(_without_remarks(cell)[0]) if len(cell) <= _LONGEST else _Refusal("")
        return isinstance(amount, _Amount) and not amount.rest and amount.scale is None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _parse_share(cell: CellValue, *, is_percent_cell: bool) -> Parsed[Decimal]:
    stored = _stored_number(cell)
    if isinstance(stored, Parsed):
        return stored
    if stored is not None and is_percent_cell:
        return Parsed(_shift(stored, 2), f"{plain(_shift(stored, 2))}%")
    raw = cell_text(cell)
    if stored is not None:
        return _share_without_sign(stored, raw, ())
    words, notes = _without_remarks(raw)
    tenths = _TENTHS.fullmatch(words)
    if tenths:
        whole, half = (read_arabic(tenths[1]) or read_chinese(tenths[1]) or Decimal(0)), tenths[2] or "零"
        rest = Decimal(5) if half == "半" else read_arabic(half) or read_chinese(half) or Decimal(0)
        return Parsed(whole * 10 + rest, raw, notes)
    if words in {"一半", "半数", "百分百", "百分之百"}:
        return Parsed(Decimal(50 if "半" in words else 100), raw, notes)
    has_sign = words.startswith("百分之")
    amount = _read_amount(words.removeprefix("百分之"))
    if isinstance(amount, _Refusal):
        return unread(raw, amount.code)
    if amount.scale is not None or amount.rest not in ({""} if has_sign else {"", "%"}):
        return unread(raw, "number_unreadable")
    if has_sign or amount.rest:
        return Parsed(amount.number, raw, notes)
    return _share_without_sign(amount.number, raw, notes)


def _share_without_sign(number: Decimal, raw: str, notes: tuple[Finding, ...]) -> Parsed[Decimal]:
    if 0 < abs(number) <= 1:
        return unread(raw, "percent_fraction", percent=plain(_shift(number, 2)))
    return Parsed(number, raw, notes)


def _stored_number(cell: CellValue) -> Decimal | Parsed[Decimal] | None:
    """Return the number that a cell stores; a refusal for other things than text; None for text to be read."""
    raw = cell_text(cell)
    match cell:
        case bool() | time() | timedelta():
            return unread(raw, "number_unreadable")
        case datetime() | date():
            return unread(raw, "value_is_date")
        case float() | int():
            number = exact(cell)
            return number if number.is_finite() else unread(raw, "number_unreadable")
    if is_blank_mark(raw):
        return blank(raw)
    if refers_elsewhere(raw):
        return unread(raw, "value_refers_elsewhere")
    return unread(raw, "number_unreadable") if len(raw) > _LONGEST else None


def _without_remarks(raw: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the words of a cell without 约, 左右, 已达到 and a remark in brackets, and what that leaves to note."""
    text = fold(raw).rstrip("。.;；,")
    if not re.search(r"[0-9.,]\s+[0-9.,]", text):  # digits set apart may be two numbers
        text = re.sub(r"\s+", "", text)
    notes: list[Finding] = []
    remark = _REMARK.search(text)
    if remark and remark.start():
        text = text[: remark.start()]
        notes.append(Finding.of("value_words_ignored", raw=shown(raw), words=remark[1]))
    bare = text
    for _ in range(4):
        match = _LEADING_WORDS.match(bare) or _APPROXIMATE_BEFORE.match(bare)
        if not match:
            break
        bare = bare[match.end() :]
    is_approximate = "约" in text[: len(text) - len(bare)] or "大概" in text[: len(text) - len(bare)]
    bare, after = _APPROXIMATE_AFTER.subn("", bare)
    if is_approximate or after:
        notes.append(Finding.of("value_approximate", raw=shown(raw)))
    return bare, tuple(notes)


def _read_amount(words: str) -> _Amount | _Refusal:
    if _INEXACT.search(words):
        return _Refusal("number_inexact")
    if _RANGE.search(words) or _SPOKEN_RANGE.search(words):
        return _Refusal("number_is_range")
    found = _NUMERALS.match(words)
    if not found:
        return _Refusal("number_unreadable")
    numerals, rest = found[0], words[found.end() :]
    if re.search(r"[0-9]|[零〇一二三四五六七八九两]", re.sub(r"^[万亿千百十]+[0-9]+(?:\.[0-9]+)?万", "", rest)):
        return _Refusal("number_ambiguous" if re.match(r"[0-9]", numerals) else "number_unreadable")
    if not re.match(r"[-0-9.,]", numerals):
        number = read_chinese(numerals)
        if number is None:
            return _Refusal("number_ambiguous")
        return _Amount(number, rest, 8 if "亿" in numerals else 4 if "万" in numerals else None)
    number = read_arabic(numerals)
    if number is None:
        return _Refusal("number_ambiguous")
    for word, scale in _MULTIPLIERS:
        if rest.startswith(word):
            return _scale(number, scale, rest.removeprefix(word))
    return _Amount(number, rest, None)


def _scale(number: Decimal, scale: int, rest: str) -> _Amount | _Refusal:
    """Apply a 万 or 亿, with the 2000万 of 1亿2000万 where one follows."""
    if not re.match(r"[0-9]", rest):
        return _Amount(_shift(number, scale), rest, scale)
    part = re.match(r"([0-9]{1,4})万", rest)
    if scale != 8 or not part or number != number.to_integral_value():
        return _Refusal("number_ambiguous")
    return _Amount(_shift(number, scale) + _shift(Decimal(part[1]), 4), rest[part.end() :], scale)


def _split_unit(unit: str) -> tuple[int, str]:
    """Return the power of ten in front of a unit and what is counted: 万亿元 is (12, 元)."""
    text = _UNIT_TRIMMINGS.sub("", fold(unit))
    for word, scale in _MULTIPLIERS:
        if text.startswith(word):
            return scale, text.removeprefix(word)
    return 0, text


def _shift(number: Decimal, power: int) -> Decimal:
    """Return `number` times ten to the `power`, written without exponent."""
    return Decimal(plain(number.scaleb(power)))
