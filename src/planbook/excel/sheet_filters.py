"""Column filters of a workbook in Excel: read before it is closed, set again after it was written anew."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from planbook.excel.host import ColumnFilter
from planbook.excel.saved_filters import DYNAMIC_FILTERS, FilterKind, SavedFilter, saved_filters

UNKNOWN: Final = -1
"""Operator of a filter that cannot be told, and so not be set again: the clerk is told of it."""

_COLOURS: Final = (FilterKind.CELL_COLOUR, FilterKind.FONT_COLOUR)
_WITHOUT_CRITERIA: Final = (FilterKind.NO_FILL, FilterKind.AUTOMATIC_FONT_COLOUR, FilterKind.NO_ICON)
_FIRST_OR_LAST: Final = (
    *(FilterKind.TOP_ITEMS, FilterKind.BOTTOM_ITEMS),
    *(FilterKind.TOP_PERCENT, FilterKind.BOTTOM_PERCENT),
)
_MAC_KINDS: Final = {
    FilterKind.AND: "autofilter_and",
    FilterKind.OR: "autofilter_or",
    FilterKind.TOP_ITEMS: "top_10_items",
    FilterKind.BOTTOM_ITEMS: "bottom_10_items",
    FilterKind.TOP_PERCENT: "top_10_percent",
    FilterKind.BOTTOM_PERCENT: "bottom_10_percent",
    FilterKind.VALUES: "filter_by_value",
    FilterKind.DYNAMIC: "filter_dynamic",
    FilterKind.NO_FILL: "filter_no_fill",
    FilterKind.AUTOMATIC_FONT_COLOUR: "filter_by_automatic_font_color",
    FilterKind.NO_ICON: "filter_by_no_icon",
}
"""Excel's words on a Mac; colours and icons have none that a script could say."""


def windows_filters(book: Any) -> tuple[ColumnFilter, ...]:
    """Return the filters of a workbook just saved, by Excel's object model and, where that is silent, by the file."""
    saved = saved_filters(Path(book.fullname))
    found = []
    for sheet in book.sheets:
        if not sheet.api.AutoFilterMode:
            continue
        area = sheet.api.AutoFilter.Range
        kept = saved[sheet.name].columns if sheet.name in saved else {}
        for field in range(1, area.Columns.Count + 1):
            one = sheet.api.AutoFilter.Filters(field)
            if one.On:
                header = str(area.Cells(1, field).Value or "")
                found.append(_told(sheet.name, header, one, kept.get(field)))
    return tuple(found)


def filter_on_windows(sheet: Any, one: ColumnFilter, missing: Any) -> bool:
    """Filter the column of that header again; False where the sheet has no such column or filter any more.

    `missing` is what COM takes for an argument that is left out.
    """
    if one.operator == UNKNOWN or not sheet.api.AutoFilterMode:
        return False
    area = sheet.api.AutoFilter.Range
    field = _field(one.header, [area.Cells(1, number).Value for number in range(1, area.Columns.Count + 1)])
    if field is None:
        return False
    first = missing if one.criteria1 is None else one.criteria1
    if one.operator == FilterKind.ICON and isinstance(one.criteria1, tuple):
        icon_set, index = one.criteria1
        icon = sheet.book.api.IconSets.Item(icon_set).Item(index)
        first = getattr(icon, "_inner", icon)  # COM takes its own objects, not xlwings' covers
    if one.operator == FilterKind.ONE:
        area.AutoFilter(field, first)
    elif one.criteria2 is None:
        area.AutoFilter(field, first, one.operator)
    else:
        area.AutoFilter(field, first, one.operator, one.criteria2)
    return True


def mac_filters(book: Any) -> tuple[ColumnFilter, ...]:
    """Return the filters of a workbook just saved, by its file alone: Excel for Mac tells too little of them."""
    found = []
    saved = saved_filters(Path(book.fullname))
    for sheet in book.sheets:
        if sheet.name not in saved:
            continue
        area = sheet.range(saved[sheet.name].address)
        for field, one in saved[sheet.name].columns.items():
            header = str(sheet.range((area.row, area.column + field - 1)).value or "")
            found.append(_as_saved(sheet.name, header, one))
    return tuple(found)


def filter_on_mac(sheet: Any, one: ColumnFilter, words: Any) -> bool:
    """Filter the column of that header again; False where that is not possible. `words` are appscript's keywords."""
    if one.operator == UNKNOWN or not sheet.api.autofilter_mode.get():
        return False
    area = sheet.range(sheet.api.autofilter_object.range_object.get_address())
    last = area.column + area.shape[1] - 1
    field = _field(one.header, sheet.range((area.row, area.column), (area.row, last)).options(ndim=1).value)
    if field is None:
        return False
    said: dict[str, Any] = {"field": field}
    first = one.criteria1
    if one.operator == FilterKind.DYNAMIC and isinstance(first, int):
        first = getattr(words, _mac_dynamic(first))
    if first is not None:
        said["criteria1"] = first
    if one.operator in _MAC_KINDS:
        said["operator"] = getattr(words, _MAC_KINDS[FilterKind(one.operator)])
    if one.criteria2 is not None:
        said["criteria2"] = one.criteria2
    area.api.autofilter_range(**said)
    return True


def _told(sheet: str, header: str, one: Any, kept: SavedFilter | None) -> ColumnFilter:
    """Return a filter as Excel tells it; as the file does where that is more."""
    try:
        kind = FilterKind(_operator(one))
        if kept and kept.kind == kind and (kind in _FIRST_OR_LAST or kept.criteria2 is not None):
            return _as_saved(sheet, header, kept)
        if kind in _WITHOUT_CRITERIA:
            return ColumnFilter(sheet, header, None, kind)
        first = one.Criteria1
        if kind in _COLOURS:
            return ColumnFilter(sheet, header, int(first.Color), kind)
        if kind == FilterKind.ICON:
            return ColumnFilter(sheet, header, (int(first.Parent.ID), int(first.Index)), kind)
        if kind in _FIRST_OR_LAST and not str(first).isdigit():
            return ColumnFilter(sheet, header, None, UNKNOWN)  # where they cut, not how many they are
        return ColumnFilter(sheet, header, first, kind, _criteria2(one))
    except Exception:  # noqa: BLE001 (COM raises errors of its own, of ticked dates for one)
        return _as_saved(sheet, header, kept) if kept else ColumnFilter(sheet, header, None, UNKNOWN)


def _as_saved(sheet: str, header: str, kept: SavedFilter) -> ColumnFilter:
    is_whole = kept.kind in _WITHOUT_CRITERIA or kept.criteria1 is not None or kept.criteria2 is not None
    return ColumnFilter(sheet, header, kept.criteria1, kept.kind if is_whole else UNKNOWN, kept.criteria2)


def _field(header: str, headers: Sequence[object]) -> int | None:
    """Return the one column of that header, counted from 1."""
    texts = [str(one or "") for one in headers]
    return texts.index(header) + 1 if texts.count(header) == 1 else None


def _operator(one: Any) -> int:
    """Return a filter's operator; Excel raises for some with a single condition."""
    try:
        return int(one.Operator)
    except Exception:  # noqa: BLE001 (COM raises errors of its own)
        return FilterKind.ONE


def _criteria2(one: Any) -> object:
    """Return a filter's second criterion; Excel raises where there is none."""
    try:
        return one.Criteria2
    except Exception:  # noqa: BLE001 (COM raises errors of its own; no second criterion is no fault)
        return None


def _mac_dynamic(number: int) -> str:
    """Return Excel's word on a Mac for a dynamic filter: `filter_this_month`, `filter_all_dates_in_may`."""
    name = DYNAMIC_FILTERS[number - 1]
    months = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
    if name[0] == "Q":
        return f"filter_all_dates_in_quarter{name[1:]}"
    if name[0] == "M":
        return f"filter_all_dates_in_{(*months, 'november', 'december')[int(name[1:]) - 1]}"
    return "filter_" + "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
