"""What reading the filled-in cells of one task or indicator brings to light, whichever way they are read."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Generic, NamedTuple, TypeVar

from planbook.forms.finding_log import FindingLog
from planbook.forms.layout import Column, Field
from planbook.forms.parsed import Parsed
from planbook.sheets.raw import CellValue

Value = TypeVar("Value")

_LONGEST_REMEMBERED: Final = 40
_MOST_REMEMBERED: Final = 4_096
_RECURRING: Final = (str, float, datetime, date)


class CellContent(NamedTuple):
    """What a parser gets to see of a cell.

    Attributes:
        value: Its value.
        is_percent_cell: It is shown as percent.
        stated_unit: Unit that its header or its row states and that was not issued; empty where none is.
        counts_from_1904: Its workbook counts days from 1904.
    """

    value: CellValue
    is_percent_cell: bool = False
    stated_unit: str = ""
    counts_from_1904: bool = False


Parser = Callable[[CellContent], Parsed[Value]]


class Remembering(Generic[Value]):
    """A parser that parses once what recurs from row to row and from file to file: statuses, days, names, numbers."""

    def __init__(self, parser: Parser[Value]) -> None:
        self._parser = parser
        self._known: dict[tuple[type, CellContent], Parsed[Value]] = {}

    def __call__(self, cell: CellContent) -> Parsed[Value]:
        """Return what `cell` means."""
        value = cell.value
        kind = value.__class__
        # Nought has two signs that are equal and are written differently.
        if kind not in _RECURRING or not value or (kind is str and len(value) > _LONGEST_REMEMBERED):  # type: ignore[arg-type]
            return self._parser(cell)
        key = (kind, cell)
        parsed = self._known.get(key)
        if parsed is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            parsed = self._known[key] = self._parser(cell)
        return parsed


class RowReading(ABC):
    """The cells of one task or indicator, read column by column.

    Attributes:
        log: Where findings go.
        raw: (field, or header of an extra column, text) of cells whose text is not simply the value.
        unread: Headers of columns with content whose value was not taken.
        blank: Headers of columns without an answer, with the mark (`/`, 无) that says so.
    """

    __slots__ = ("blank", "log", "raw", "unread")

    def __init__(self, log: FindingLog) -> None:
        self.log = log
        self.raw: list[tuple[str, str]] = []
        self.unread: set[str] = set()
        self.blank: dict[str, str] = {}

    def read(self, column: Column | None, parser: Parser[Value]) -> Value | None:
        """Return the value of `column`, None where there is none or none is certain; findings go to the log."""
        parsed = self._parsed(column, parser) if column else None
        if column is None or parsed is None:
            return None
        if parsed.is_blank:
            self.blank[column.header] = parsed.raw
        elif parsed.value is None:
            self.unread.add(column.header)
        if parsed.raw and parsed.raw != plain_text(parsed.value):
            name = column.header if column.field is Field.EXTRA else column.field.value
            self.raw.append((name, parsed.raw))
        return parsed.value

    @abstractmethod
    def written(self, column: Column | None) -> str:
        """Return what a column has to say, as text; empty where it has nothing."""

    @abstractmethod
    def note_comments(self) -> None:
        """Report the comments of cells that are not read because nothing is filled in."""

    @abstractmethod
    def _parsed(self, column: Column, parser: Parser[Value]) -> Parsed[Value] | None:
        """Return what `column` means, its findings reported; None where it is not there."""


def plain_text(value: object) -> str:
    """Return a value as the text that needs no raw text beside it."""
    return str(value) if value is not None else ""
