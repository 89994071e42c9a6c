"""The filters of a sheet as Excel has them: what it keeps, tells and saves of them, and which rows it hides."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.filters import (
    ColorFilter,
    CustomFilter,
    CustomFilters,
    DateGroupItem,
    DynamicFilter,
    FilterColumn,
    Filters,
    IconFilter,
    Top10,
)

ICON_SETS: Final[dict[int, Any]] = {5: "3Signs", 12: "4Rating"}
LEVELS: Final = ("year", "month", "day", "hour", "minute", "second")
DYNAMIC: Final[dict[int, Any]] = {7: "thisMonth", 33: "aboveAverage"}


class Colour:
    """What Excel gives as the criterion of a filter by colour: an Interior or a Font."""

    def __init__(self, number: int) -> None:
        self.Color = float(number)  # COM hands a double over


class IconSet:
    def __init__(self, number: int) -> None:
        self.ID = number


class Icon:
    def __init__(self, icon_set: int, index: int) -> None:
        self.Parent = IconSet(icon_set)
        self.Index = index


class FakeFilter:
    """One column's filter."""

    def __init__(self, values: Callable[[], list[Any]]) -> None:
        self.On = False
        self._values = values
        self._operator = 0
        self.criteria1: Any = None
        self.criteria2: Any = None

    def set(self, criteria1: Any, operator: int, criteria2: Any) -> None:
        self.On = True
        self._operator, self.criteria1, self.criteria2 = operator, criteria1, criteria2

    @property
    def Operator(self) -> int:  # noqa: N802 (Excel's name)
        return self._operator

    @property
    def Criteria1(self) -> Any:  # noqa: N802
        if self._operator == 7 and self.criteria2:  # ticked dates are no secret of the file, but Excel keeps them
            raise RuntimeError(1004)
        if self._operator in (8, 9):
            return Colour(self.criteria1)
        if self._operator in (12, 13, 14):
            raise RuntimeError(1004)
        if self._operator == 3:
            return f">={self.threshold()}"
        return self.criteria1

    @property
    def Criteria2(self) -> Any:  # noqa: N802
        if self.criteria2 is None or self._operator == 7:
            raise RuntimeError(1004)
        return self.criteria2

    def threshold(self) -> float:
        numbers = sorted((one for one in self._values() if isinstance(one, int | float)), reverse=True)
        return numbers[min(int(self.criteria1), len(numbers)) - 1]

    def shows(self, cell: Any) -> bool:
        """Whether a row with this cell stays; of the kinds that tests look at."""
        match self._operator:
            case 0:
                return bool(f"={cell.value}" == self.criteria1)
            case 3:
                return isinstance(cell.value, int | float) and cell.value >= self.threshold()
            case 7 if self.criteria2:
                return any(_ticked(cell.value, *pair) for pair in _pairs(self.criteria2))
            case 7:
                return f"={cell.value}" in self.criteria1
            case 8:
                return bool(number_of(cell.fill.fgColor.rgb) == self.criteria1)
        return True

    def saved(self, column: int, styles: Any) -> FilterColumn:
        """Return what Excel writes into the file."""
        one = FilterColumn(colId=column)
        match self._operator:
            case 0 | 1 | 2:
                wanted = [CustomFilter(*_comparison(each)) for each in (self.criteria1, self.criteria2) if each]
                one.customFilters = CustomFilters(_and=self._operator == 1, customFilter=wanted)
            case 3 | 4 | 5 | 6:
                kind = self._operator
                number = float(self.criteria1)
                one.top10 = Top10(top=kind in (3, 5), percent=kind in (5, 6), val=number, filterVal=self.threshold())
            case 7:
                values = [each.removeprefix("=") for each in self.criteria1 or ()]
                dates = [_date_item(*pair) for pair in _pairs(self.criteria2 or ())]
                one.filters = Filters(blank="" in values, filter=[each for each in values if each], dateGroupItem=dates)
            case 8 | 9 | 12 | 13:
                style = DifferentialStyle(fill=PatternFill("solid", "FF000000"))
                one.colorFilter = ColorFilter(dxfId=styles.add(style), cellColor=self._operator in (8, 12))
            case 10:
                one.iconFilter = IconFilter(ICON_SETS[self.criteria1.Parent.ID], self.criteria1.Index - 1)
            case 11:
                one.dynamicFilter = DynamicFilter(DYNAMIC[self.criteria1])
        return one


def number_of(rgb: Any) -> int:
    """Return a colour as Excel counts it, blue first."""
    text = str(rgb)[-6:]
    return int(text[4:6] + text[2:4] + text[0:2], 16) if len(text) == 6 and text.isalnum() else 0


def _pairs(flat: Any) -> list[tuple[int, str]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _date_of(text: str) -> date:
    return datetime.strptime(text.partition(" ")[0], "%m/%d/%Y").date()  # noqa: DTZ007 (a cell's date has no zone)


def _ticked(value: Any, level: int, text: str) -> bool:
    if not isinstance(value, date):
        return False
    wanted = _date_of(text)
    return all(getattr(value, name) == getattr(wanted, name) for name in LEVELS[: level + 1])


def _date_item(level: int, text: str) -> DateGroupItem:
    day = _date_of(text)
    known = {"month": day.month} if level > 0 else {}
    known |= {"day": day.day} if level > 1 else {}
    return DateGroupItem(year=day.year, dateTimeGrouping=LEVELS[level], **known)


def _comparison(criterion: str) -> tuple[Any, str]:
    names = ((">=", "greaterThanOrEqual"), ("<=", "lessThanOrEqual"), ("<>", "notEqual"))
    for sign, name in (*names, (">", "greaterThan"), ("<", "lessThan"), ("=", "equal")):
        if criterion.startswith(sign):
            return name, criterion.removeprefix(sign)
    return "equal", criterion
