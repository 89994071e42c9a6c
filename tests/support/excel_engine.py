"""An xlwings engine in memory, over openpyxl workbooks: enough of Excel to run the add-in's handlers on Linux.

`excel()` gives an Excel of its own as an xlwings app; its `api` objects answer the few native calls that planbook
makes, as Excel's object model has them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import xlwings
from openpyxl.utils import get_column_letter, range_boundaries
from xlwings import base_classes

from tests.support.excel_filters import FakeFilter, Icon


class Native:
    """A bag of attributes that stands for a COM object; what a test did not put in is not there."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: Any) -> None: ...


def boundaries(reference: str) -> tuple[int, int, int, int]:
    """Return top, left, bottom and right of an address; 0 where it names none."""
    left, top, right, bottom = range_boundaries(reference.replace("$", ""))
    return top or 0, left or 0, bottom or 0, right or 0


class FakeRange(base_classes.Range):
    api: Any = Native()  # xlwings writes nothing where the native object is falsy

    def __init__(self, sheet: "FakeSheet", top: int, left: int, bottom: int, right: int) -> None:
        self._sheet = sheet
        self.box = (top, left, bottom, right)

    @property
    def sheet(self) -> "FakeSheet":
        return self._sheet

    @property
    def row(self) -> int:
        return self.box[0]

    @property
    def column(self) -> int:
        return self.box[1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.box
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> "FakeRange":
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        top, left = self.box[0] + row - 1, self.box[1] + column - 1
        return FakeRange(self._sheet, top, left, top, left)

    @property
    def raw_value(self) -> Any:
        top, left, bottom, right = self.box
        cells = self._sheet.cells_
        rows = tuple(
            tuple(cells.cell(row, column).value for column in range(left, right + 1)) for row in range(top, bottom + 1)
        )
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        top, left, bottom, right = self.box
        rows = value if isinstance(value, list | tuple) else [[value] * (right - left + 1)] * (bottom - top + 1)
        for row, values in enumerate(rows, start=top):
            for column, one in enumerate(values, start=left):
                self._sheet.cells_.cell(row, column).value = one
        self._sheet.book.api.Saved = False

    @property
    def address(self) -> str:
        top, left, bottom, right = self.box
        first, last = f"${get_column_letter(left)}${top}", f"${get_column_letter(right)}${bottom}"
        return first if first == last else f"{first}:{last}"

    def get_address(self, *_options: object) -> str:
        return self.address

    @property
    def row_hidden(self) -> bool | None:
        hidden = {row in self._sheet.hidden_rows for row in range(self.box[0], self.box[2] + 1)}
        return hidden.pop() if len(hidden) == 1 else None

    @row_hidden.setter
    def row_hidden(self, hidden: bool) -> None:
        rows = set(range(self.box[0], self.box[2] + 1))
        self._sheet.hidden_rows = self._sheet.hidden_rows | rows if hidden else self._sheet.hidden_rows - rows

    def select(self) -> None:
        self._sheet.book.app.selected = self


class FakeSheet(base_classes.Sheet):
    api: Any = None

    def __init__(self, book: "FakeBook", cells: Any) -> None:
        self._book = book
        self.cells_ = cells
        self.hidden_rows: set[int] = set()
        self.filters_: list[FakeFilter] = []
        self.api = Native(AutoFilterMode=False, AutoFilter=None, Activate=self.activate)
        if cells.auto_filter.ref:
            self._set_filter(cells.auto_filter.ref)

    def _set_filter(self, reference: str) -> None:
        top, left, bottom, right = boundaries(reference)

        def values(column: int) -> list[Any]:
            return [self.cells_.cell(row, column).value for row in range(top + 1, bottom + 1)]

        self.filters_ = [FakeFilter(partial(values, column)) for column in range(left, right + 1)]

        def headers(row: int, column: int) -> Native:
            return Native(Value=self.cells_.cell(top + row - 1, left + column - 1).value)

        def apply(field: int, criteria1: Any = None, operator: int = 0, criteria2: Any = None) -> None:
            self.filters_[field - 1].set(criteria1, operator, criteria2)
            on = [(left + place, one) for place, one in enumerate(self.filters_) if one.On]
            self.hidden_rows = {
                row
                for row in range(top + 1, bottom + 1)
                if not all(one.shows(self.cells_.cell(row, column)) for column, one in on)
            }
            styles = self.cells_.parent._differential_styles
            self.cells_.auto_filter.filterColumn = [one.saved(column - left, styles) for column, one in on]
            self.book.api.Saved = False

        area = Native(Columns=Native(Count=len(self.filters_)), Cells=headers, AutoFilter=apply)
        self.api = Native(
            AutoFilterMode=True,
            AutoFilter=Native(Range=area, Filters=lambda field: self.filters_[field - 1]),
            Activate=self.activate,
        )

    @property
    def name(self) -> str:
        return str(self.cells_.title)

    @name.setter
    def name(self, name: str) -> None:
        self.cells_.title = name

    @property
    def book(self) -> "FakeBook":
        return self._book

    @property
    def index(self) -> int:
        return self._book.sheets_.index(self) + 1

    def range(self, first: Any, last: Any = None) -> FakeRange:
        if isinstance(first, tuple):
            bottom, right = last or first
            return FakeRange(self, first[0], first[1], bottom, right)
        if not isinstance(first, str):  # corners given as ranges
            end = last or first
            return FakeRange(self, first.row, first.column, end.row, end.column)
        top, left, bottom, right = boundaries(first)
        height = self.cells_.max_row
        return FakeRange(self, top or 1, left or 1, bottom or height, right or self.cells_.max_column)

    @property
    def cells(self) -> FakeRange:
        return FakeRange(self, 1, 1, 1048576, 16384)

    @property
    def used_range(self) -> FakeRange:
        return FakeRange(self, 1, 1, self.cells_.max_row, self.cells_.max_column)

    def activate(self) -> None:
        self._book.front = self
        self._book.app.front = self._book


class FakeSheets(base_classes.Sheets):
    def __init__(self, book: "FakeBook") -> None:
        self._book = book

    def __call__(self, key: int | str) -> FakeSheet:
        if isinstance(key, int):
            return self._book.sheets_[key - 1]
        return {sheet.name: sheet for sheet in self._book.sheets_}[key]

    def __len__(self) -> int:
        return len(self._book.sheets_)

    def __iter__(self) -> Iterator[FakeSheet]:
        return iter(self._book.sheets_)

    @property
    def active(self) -> FakeSheet:
        return self._book.front


class FakeBook(base_classes.Book):
    api: Any = None

    def __init__(self, app: "FakeApp", path: Path, *, is_read_only: bool = False) -> None:
        self._app = app
        self.path = path
        self.content = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
        self.sheets_ = [FakeSheet(self, sheet) for sheet in self.content.worksheets]
        self.front = self.sheets_[0]
        icons = Native(Item=lambda icon_set: Native(Item=lambda index: Icon(icon_set, index)))
        self.api = Native(Saved=True, ReadOnly=is_read_only, Activate=self.activate, IconSets=icons)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        return str(self.path)

    @property
    def app(self) -> "FakeApp":
        return self._app

    @property
    def sheets(self) -> FakeSheets:
        return FakeSheets(self)

    def save(self, path: object = None, password: object = None) -> None:
        if self.api.ReadOnly:
            raise RuntimeError("read-only")
        self.content.save(self.path)
        self.api.Saved = True

    def close(self) -> None:
        if not self.api.Saved:
            self._app.lost.append(self.name)
        self._app.books_.remove(self)
        self._app.front = self._app.books_[-1] if self._app.books_ else None
        self._app.selected = None

    def activate(self) -> None:
        self._app.front = self
        if self._app.selected is None or self._app.selected.sheet.book is not self:
            self._app.selected = self.front.range("A1")


class FakeBooks(base_classes.Books):
    def __init__(self, app: "FakeApp") -> None:
        self._app = app

    @property
    def app(self) -> "FakeApp":
        return self._app

    @property
    def active(self) -> "FakeBook | None":
        return self._app.front

    def __call__(self, key: int | str) -> FakeBook:
        if isinstance(key, int):
            return self._app.books_[key - 1]
        return {book.name: book for book in self._app.books_}[key]

    def __len__(self) -> int:
        return len(self._app.books_)

    def __iter__(self) -> Iterator[FakeBook]:
        return iter(self._app.books_)

    def open(self, fullname: str, update_links: object = None, read_only: object = None, *_more: object) -> FakeBook:
        book = FakeBook(self._app, Path(fullname), is_read_only=bool(read_only))
        self._app.opened.append((book.name, self._app.api.AutomationSecurity, update_links, read_only))
        self._app.books_.append(book)
        self._app.front = book
        self._app.selected = book.front.range("A1")
        return book


class FakeApp(base_classes.App):
    """An Excel: what its clerk answers, and what it did."""

    api: Any = None

    def __init__(self, hwnd: int) -> None:
        self._hwnd = hwnd
        self.books_: list[FakeBook] = []
        self.front: FakeBook | None = None
        self.selected: FakeRange | None = None
        self.statuses: list[object] = []
        self.alerts: list[str] = []
        self.answers: list[str] = []
        self.lost: list[str] = []
        self.opened: list[tuple[str, int, object, object]] = []
        self.api = Native(AutomationSecurity=1)

    @property
    def engine(self) -> "FakeEngine":
        return ENGINE

    @property
    def books(self) -> FakeBooks:
        return FakeBooks(self)

    @property
    def pid(self) -> int:
        return self._hwnd

    @property
    def hwnd(self) -> int:
        return self._hwnd

    @property
    def selection(self) -> FakeRange | None:
        return self.selected

    @property
    def status_bar(self) -> object:
        return self.statuses[-1] if self.statuses else None

    @status_bar.setter
    def status_bar(self, text: object) -> None:
        self.statuses.append(text)

    @property
    def display_alerts(self) -> bool:
        return True

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        pass

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: object) -> str:
        self.alerts.append(prompt)
        if buttons != "yes_no":
            return "ok"
        return self.answers.pop(0) if self.answers else "no"


class FakeApps(base_classes.Apps):
    def __init__(self) -> None:
        self.list: list[FakeApp] = []

    def __iter__(self) -> Iterator[FakeApp]:
        return iter(self.list)

    def __len__(self) -> int:
        return len(self.list)

    def __getitem__(self, pid: int) -> FakeApp:
        return next(app for app in self.list if app.pid == pid)

    def keys(self) -> list[int]:
        return [app.pid for app in self.list]

    @property
    def active(self) -> FakeApp:
        return self.list[-1]


class FakeEngine:
    """What xlwings calls an engine."""

    name = "memory"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = FakeApps()

    @staticmethod
    def prepare_xl_data_element(value: Any, *_options: object) -> Any:
        return value

    @staticmethod
    def clean_value_data(
        rows: Sequence[Sequence[Any]], _datetime: object, empty_as: Any, _number: object, *_more: object
    ) -> list[list[Any]]:
        return [[empty_as if cell is None else cell for cell in row] for row in rows]


ENGINE = FakeEngine()


@contextmanager
def running_excels(*hwnds: int) -> Iterator[list[FakeApp]]:
    """Run Excels with these windows for as long as the block runs."""
    engine = xlwings.Engine(impl=ENGINE)
    xlwings.engines.add(engine)
    engine.activate()
    ENGINE.apps.list = [FakeApp(hwnd) for hwnd in hwnds]
    try:
        yield ENGINE.apps.list
    finally:
        ENGINE.apps.list = []
