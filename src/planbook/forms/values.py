"""The one parser for clerks' values, by sort of value; what was written is always kept beside what it means."""

from planbook.forms.dates import DateSetting, parse_date
from planbook.forms.numbers import parse_percent, parse_quantity
from planbook.forms.parsed import Parsed, cell_text, is_blank_mark, is_surely_more_than_a_mark, refers_elsewhere, unread
from planbook.forms.phones import parse_phone
from planbook.forms.statuses import parse_status
from planbook.sheets.raw import CellValue

__all__ = [
    "DateSetting",
    "Parsed",
    "parse_date",
    "parse_percent",
    "parse_phone",
    "parse_quantity",
    "parse_status",
    "parse_text",
]


def parse_text(cell: CellValue) -> Parsed[str]:
    """Return a cell's text as written, trimmed; 同上 is asked about, since rows may have been moved since.

    无 and `/` stay in the text, where they are an answer; `is_blank` tells that they say nothing.
    """
    raw = cell_text(cell)
    if is_surely_more_than_a_mark(raw):
        return Parsed(raw, raw)
    if refers_elsewhere(raw):
        return unread(raw, "value_refers_elsewhere")
    return Parsed(raw, raw, is_blank=is_blank_mark(raw))
