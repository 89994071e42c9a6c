"""The column filters in a workbook that Excel saved, in the words of Excel's `Range.AutoFilter`.

Excel's object model does not tell all of a filter: of the first ten it gives the value at which they cut, of dates
ticked in the list nothing at all, and on a Mac nothing of any. What it saves is whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.sheets.limits import DEFAULT_LIMITS
from planbook.sheets.markup import local_attribute, read_elements
from planbook.sheets.package import Package
from planbook.sheets.unreadable import UnreadableFile
from planbook.sheets.xlsx import workbook_part


class FilterKind(IntEnum):
    """Excel's `XlAutoFilterOperator`; `ONE` is what it reports for a single condition."""

    ONE = 0
    AND = 1
    OR = 2
    TOP_ITEMS = 3
    BOTTOM_ITEMS = 4
    TOP_PERCENT = 5
    BOTTOM_PERCENT = 6
    VALUES = 7
    CELL_COLOUR = 8
    FONT_COLOUR = 9
    ICON = 10
    DYNAMIC = 11
    NO_FILL = 12
    AUTOMATIC_FONT_COLOUR = 13
    NO_ICON = 14


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """The filter of one column.

    Attributes:
        kind: Which of Excel's filters.
        criteria1: Condition, values, count or number of the dynamic filter; None where a file says it by a colour or
            icon of its own styles.
        criteria2: Second condition, or ticked dates as level (0 year … 5 second) and date by turns.
    """

    kind: FilterKind = FilterKind.ONE
    criteria1: object = None
    criteria2: object = None


@dataclass(slots=True)
class SavedArea:
    """The filtered range of a sheet: its address and its filters by column, counted from 1."""

    address: str
    columns: dict[int, SavedFilter] = field(default_factory=dict)


_AREA: Final = re.compile(rb"<((?:\w+:)?)autoFilter\b[^>]*?(?:/>|>.*?</\1autoFilter>)", re.DOTALL)
_ROOT: Final = re.compile(rb"<((?:\w+:)?worksheet)\b[^>]*>")
_COMPARISONS: Final = MappingProxyType(
    {
        "equal": "=",
        "notEqual": "<>",
        "greaterThan": ">",
        "greaterThanOrEqual": ">=",
        "lessThan": "<",
        "lessThanOrEqual": "<=",
    }
)
_DATE_LEVELS: Final = ("year", "month", "day", "hour", "minute", "second")
DYNAMIC_FILTERS: Final = (
    *("today", "yesterday", "tomorrow", "thisWeek", "lastWeek", "nextWeek", "thisMonth", "lastMonth", "nextMonth"),
    *("thisQuarter", "lastQuarter", "nextQuarter", "thisYear", "lastYear", "nextYear", "yearToDate"),
    *(f"Q{number}" for number in range(1, 5)),
    *(f"M{number}" for number in range(1, 13)),
    *("aboveAverage", "belowAverage"),
)
"""As files name them (ECMA-376 part 1, 18.18.26), in the order in which Excel's `XlDynamicFilterCriteria` counts."""


def saved_filters(path: Path) -> Mapping[str, SavedArea]:
    """Return the filtered ranges of a workbook by sheet; nothing where it cannot be read."""
    try:
        package = Package(path.read_bytes(), DEFAULT_LIMITS)
        return {name: area for name, part in _sheets(package) if (area := _area(package.read(part)))}
    except (OSError, UnreadableFile, PlanbookError):
        return {}


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Return names and parts of the sheets."""
    workbook = workbook_part(package, "xl/workbook.xml")
    parts = {link.id: link.target for link in package.relationships(workbook) if link.kind == "worksheet"}
    reader = _SheetNames()
    read_elements(package.chunks(workbook), reader)
    return [(name, parts[link]) for name, link in reader.found if link in parts]


def _area(content: bytes) -> SavedArea | None:
    """Return the filtered range in a sheet's part; its cells, many thousand, are not read."""
    behind = content.rpartition(b"sheetData")[2]  # what custom views keep of filters stands further behind
    root, found = _ROOT.search(content), _AREA.search(behind)
    if root is None or found is None:
        return None
    reader = _AreaReader()
    read_elements([root[0], found[0], b"</", root[1], b">"], reader)
    return reader.area


class _SheetNames:
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.found.append((attributes.get("name", ""), local_attribute(attributes, "id") or ""))

    def end(self, _name: str, _text: str) -> None:
        pass


class _AreaReader:
    def __init__(self) -> None:
        self.area: SavedArea | None = None
        self._field = 0
        self._kind = FilterKind.VALUES
        self._values: list[str] = []
        self._dates: list[object] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "autoFilter":
            self.area = SavedArea(attributes.get("ref", ""))
        elif name == "filterColumn":
            column = attributes.get("colId", "")
            self._field = int(column) + 1 if column.isdigit() else 0
        elif name in ("filters", "customFilters"):
            self._values = ["="] if _is_on(attributes.get("blank")) else []
            self._dates = []
            joined = FilterKind.AND if _is_on(attributes.get("and")) else FilterKind.OR
            self._kind = FilterKind.VALUES if name == "filters" else joined
        elif name == "filter":
            self._values.append(f"={attributes.get('val', '')}")
        elif name == "customFilter":
            self._values.append(_COMPARISONS.get(attributes.get("operator", ""), "=") + attributes.get("val", ""))
        elif name == "dateGroupItem":
            self._dates += _date_group(attributes)
        elif name in _SINGLE:
            self._put(_SINGLE[name](attributes))

    def end(self, name: str, _text: str) -> None:
        if name == "filters":
            self._put(SavedFilter(self._kind, self._values or None, self._dates or None))
        elif name == "customFilters" and self._values:
            first, *second = self._values
            self._put(SavedFilter(self._kind, first, second[0]) if second else SavedFilter(FilterKind.ONE, first))

    def _put(self, one: SavedFilter) -> None:
        if self.area is not None and self._field:
            self.area.columns[self._field] = one


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _top(attributes: Mapping[str, str]) -> SavedFilter:
    is_percent = _is_on(attributes.get("percent"))
    first = FilterKind.TOP_PERCENT if is_percent else FilterKind.TOP_ITEMS
    last = FilterKind.BOTTOM_PERCENT if is_percent else FilterKind.BOTTOM_ITEMS
    count = attributes.get("val", "").removesuffix(".0")
    return SavedFilter(first if _is_on(attributes.get("top", "1")) else last, count)


def _dynamic(attributes: Mapping[str, str]) -> SavedFilter:
    name = attributes.get("type", "")
    return SavedFilter(FilterKind.DYNAMIC, DYNAMIC_FILTERS.index(name) + 1 if name in DYNAMIC_FILTERS else None)


def _colour(attributes: Mapping[str, str]) -> SavedFilter:
    is_cell = _is_on(attributes.get("cellColor", "1"))
    return SavedFilter(FilterKind.CELL_COLOUR if is_cell else FilterKind.FONT_COLOUR)


def _icon(attributes: Mapping[str, str]) -> SavedFilter:
    return SavedFilter(FilterKind.ICON if attributes.get("iconId") else FilterKind.NO_ICON)


def _date_group(attributes: Mapping[str, str]) -> tuple[int, str]:
    """Return level and date of ticked dates, the date as `Range.AutoFilter` takes it in every language: month first."""
    level = attributes.get("dateTimeGrouping", "")
    month, day = attributes.get("month", "1"), attributes.get("day", "1")
    date = f"{month}/{day}/{attributes.get('year', '')}"
    parts = [attributes[name] for name in _DATE_LEVELS[3:] if name in attributes]
    time = ":".join((*parts, *["0"] * (3 - len(parts)))) if parts else ""
    return _DATE_LEVELS.index(level) if level in _DATE_LEVELS else 0, f"{date} {time}".strip()


_SINGLE: Final = MappingProxyType(
    {"top10": _top, "dynamicFilter": _dynamic, "colorFilter": _colour, "iconFilter": _icon}
)
"""Elements that hold the whole of a filter."""
