"""Values as a cell shows them: text no longer than a cell holds, plain numbers, times on the office's clock."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final

from planbook.sheets import text as sheet_text

CELL_TEXT_LIMIT: Final = 32_767
"""Most UTF-16 units that a cell holds (Excel specifications and limits)."""

_CLIPPED: Final = "……（内容过长，已截断）"
_CHINA_TIME: Final = timezone(timedelta(hours=8))  # one zone for the whole country, without summer time


def clean_text(text: str, limit: int = CELL_TEXT_LIMIT) -> str:
    """Return `text` as a cell can hold it, clipped with a remark beyond `limit` UTF-16 units.

    Control characters and lone surrogates go; every kind of line end becomes a line feed.
    """
    cleaned = sheet_text.clean_text(text)
    if len(cleaned) * 2 <= limit or _utf16_units(cleaned) <= limit:
        return cleaned
    kept = cleaned.encode("utf-16-le")[: (limit - len(_CLIPPED)) * 2]
    return kept.decode("utf-16-le", "ignore") + _CLIPPED


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def plain_number(number: Decimal) -> str:
    """Return `number` without exponent and without zeros that say nothing: 1E+3 is 1000, 1.20 is 1.2."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def china_time(moment: datetime) -> datetime:
    """Return `moment` (UTC; so too when it carries no zone) as Chinese wall-clock time without zone."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(_CHINA_TIME).replace(tzinfo=None)


def chinese_date(day: date) -> str:
    """Return `day` as documents write it, e.g. 2024年3月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
