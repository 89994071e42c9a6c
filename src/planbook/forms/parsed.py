"""What parsing a clerk's cell gives: a value if one is certain, what was written, and reasons where none is."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Generic, TypeVar

from planbook.model.findings import Finding, Location
from planbook.sheets.raw import CellValue

Value_co = TypeVar("Value_co", covariant=True)

_BLANK_MARKS: Final = frozenset(
    (
        *("/", "\\", "-", "--", "—", "——", "―", "－"),
        *("无", "暂无", "没有", "空", "略", "不涉及", "不适用", "无此项", "无相关内容"),
        *("NA", "N/A", "NULL", "NONE"),
    )
)
_ELSEWHERE: Final = frozenset(
    (
        *("同上", "同上期", "同上月", "同上季度", "同左", "同右", "同前", "同下", "〃", "″", '"'),
        *("如上", "如前", "见上", "见上期", "见前", "见下"),
    )
)
_LONGEST_MARK: Final = max(map(len, _BLANK_MARKS | _ELSEWHERE))
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x2212: "-"}
_FOLDABLE: Final = re.compile("[\uff01-\uff5e\u3000\u00a0\u2212]")
_FOLDED: Final = {chr(code): chr(folded) if isinstance(folded, int) else folded for code, folded in _FULL_WIDTH.items()}
_INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_LONGEST_FOLDED: Final = 200
_LONGEST_REMEMBERED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Value_co]):
    """One cell parsed.

    Attributes:
        value: The value; None where the cell is empty, says that there is none, or is not certain.
        raw: What was written, trimmed; empty for an empty cell.
        findings: Why there is no value, or what was assumed; without a location.
        is_blank: The cell is empty, or says itself that there is nothing to report (`/`, 无, —).
    """

    value: Value_co | None
    raw: str
    findings: tuple[Finding, ...] = ()
    is_blank: bool = False

    def located(self, location: Location) -> tuple[Finding, ...]:
        """Return the findings, each at `location`."""
        return tuple(replace(finding, location=location) for finding in self.findings)


def unread(raw: str, code: str, **values: object) -> Parsed[Value_co]:
    """Return a cell whose value is not certain, with the reason `code`; every reason may name `{raw}`."""
    return Parsed(None, raw, (Finding.of(code, raw=shown(raw), **values),))


def blank(raw: str) -> Parsed[Value_co]:
    """Return a cell without a value that needs no asking: empty, or with a mark that says so."""
    findings = (Finding.of("value_blank_by_mark", raw=shown(raw)),) if raw else ()
    return Parsed(None, raw, findings, is_blank=True)


def fold(text: str) -> str:
    """Return `text` with half-width letters, digits and signs, and without invisible characters.

    It does not go as far as NFKC, which would turn 10² into 102 and ① into 1.
    """
    return (_remembered_fold if len(text) <= _LONGEST_REMEMBERED else _fold)(text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = _FOLDABLE.sub(lambda found: _FOLDED[found[0]], text)
    return _visible(text)


_remembered_fold: Final = lru_cache(maxsize=4_096)(_fold)  # one cell is compared several times, and many hold the same


def _visible(text: str) -> str:
    """Return `text` trimmed, without characters that show as nothing; none of these is printable."""
    return text.strip() if text.isprintable() else _INVISIBLE.sub("", text).strip()


def squeeze(text: str) -> str:
    """Return `text` folded, upper case, without any white space: for comparing words of one short cell."""
    return "".join(fold(text).split()).upper()


def is_blank_mark(text: str) -> bool:
    """Return whether `text` says that there is nothing to fill in, such as `/`, 无, — or 不涉及."""
    if is_surely_more_than_a_mark(text):
        return False
    words = squeeze(text).rstrip("。.;；")
    return not words or words in _BLANK_MARKS


def refers_elsewhere(text: str) -> bool:
    """Return whether `text` only points to another cell (同上), which means nothing once rows are moved."""
    if is_surely_more_than_a_mark(text):
        return False
    return squeeze(text).rstrip("。.") in _ELSEWHERE


def is_surely_more_than_a_mark(text: str) -> bool:
    """Return whether `text` has more characters than any mark, whatever folding does to it: most texts do."""
    if len(text) > _LONGEST_FOLDED:
        return True
    if len(text) <= _LONGEST_MARK:
        return False
    bare = text.rstrip("。.．;； ")
    return len(bare) > _LONGEST_MARK and bare.isprintable() and len(bare) - bare.count(" ") > _LONGEST_MARK


def cell_text(cell: CellValue) -> str:
    """Return a cell's value as the text that a person sees in an unformatted cell, trimmed."""
    if isinstance(cell, str):  # nearly all of them
        return _visible(cell)
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() | int():
            return plain_number(cell)
        case datetime():
            return str(cell.date()) if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date() | time() | timedelta():
            return str(cell)


def exact(number: float) -> Decimal:
    """Return a stored number as the decimal that was typed: spreadsheets keep 15 significant digits."""
    return Decimal(format(number, ".15g"))


def plain(number: Decimal) -> str:
    """Return `number` without exponent and without trailing zeros after the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_number(number: float) -> str:
    """Return a stored number as a cell shows it: whole numbers without `.0`, very large ones with exponent."""
    decimal = exact(number)
    return plain(decimal) if decimal.is_finite() and -15 < decimal.adjusted() < 21 else format(number, ".15g")


def shown(text: str) -> str:
    """Return `text` short enough to stand within a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
