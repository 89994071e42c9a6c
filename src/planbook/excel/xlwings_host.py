"""Excel by xlwings: exactly the instance that the click came from."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from planbook.excel.click import Click
from planbook.excel.escape_key import EscapeKey, escape_key_in
from planbook.excel.host import ColumnFilter, OpenBook, SelectedRow, Selection, Viewpoint
from planbook.excel.native import Native, native_of_this_system
from planbook.model.codes import is_valid_code, normalise_code
from planbook.model.errors import PlanbookError

_HEADER_ROWS: Final = 12
_CODE_COLUMNS: Final = 4
_ROWS_AT_MOST: Final = 500
_CONVERTED_FOR: Final = ("matplotlib", "numpy", "pandas", "polars")
_CODE_HEADERS: Final = ("任务编号", "指标编号")


class XlwingsHost:
    """The Excel of a click."""

    def __init__(
        self, app: Any, click: Click, native: Native | None = None, escape_key: EscapeKey | None = None
    ) -> None:
        self._app = app
        self._click = click
        self._native = native or native_of_this_system()
        self._escape_key = escape_key or escape_key_in(click.hwnd)

    def active_book(self) -> OpenBook | None:
        """Return the workbook in front, if there is one."""
        with _told("找不到当前的工作簿"):
            book = self._app.books.active if len(self._app.books) else None
            return self._describe(book) if book is not None else None

    def open_books(self) -> tuple[OpenBook, ...]:
        """Return every workbook that is open."""
        with _told("列不出打开的工作簿"):
            return tuple(self._describe(book) for book in self._app.books)

    def selection(self) -> Selection | None:
        """Return the rows that were selected when the button was pressed."""
        with _told("读不出选中的内容"):
            sheet, areas = self._selected()
            if sheet is None:
                return None
            used = sheet.used_range
            header_row, headers = _headers(sheet, used)
            rows = sorted({row for area in areas for row in _visible_rows(sheet, area, used) if row > header_row})
            if len(rows) > _ROWS_AT_MOST:
                raise PlanbookError(f"选中了 {len(rows)} 行，一次最多 {_ROWS_AT_MOST} 行，请分几次选。")
            column = areas[0].column
            header = headers[column - 1] if 0 < column <= len(headers) else ""
            picked = tuple(
                SelectedRow(row, tuple(zip(headers, _texts(sheet, row, len(headers)), strict=True))) for row in rows
            )
            return Selection(sheet.name, picked, header)

    def viewpoint(self, book: OpenBook) -> Viewpoint:
        """Return where the clerk stands in `book`."""
        with _told(f"看不出“{book.name}”停在哪里"):
            opened = self._app.books[book.name]
            self._native.activate_book(opened)
            sheet = opened.sheets.active
            filters = self._native.filters(opened)
            selected = self._app.selection
            if selected is None:
                return Viewpoint(sheet.name, "", 1, 1, filters=filters)
            _, headers = _headers(sheet, sheet.used_range)
            row, column = selected.row, selected.column
            codes = [normalise_code(text) for text in _texts(sheet, row, min(_CODE_COLUMNS, len(headers)))]
            return Viewpoint(
                sheet=sheet.name,
                address=selected.address,
                row=row,
                column=column,
                row_code=next((code for code in codes if is_valid_code(code)), ""),
                column_header=headers[column - 1] if column <= len(headers) else "",
                filters=filters,
            )

    def restore(self, book: OpenBook, view: Viewpoint) -> tuple[str, ...]:
        """Bring the clerk back: filters, sheet, and the row with the same code, wherever it stands now."""
        with _told(f"“{book.name}”已重新打开，但没能回到原来的位置"):
            opened = self._app.books[book.name]
            self._native.activate_book(opened)
            names = [sheet.name for sheet in opened.sheets]
            lost = [one for one in view.filters if not self._filter_again(opened, names, one)]
            if len(lost) < len(view.filters):
                self._native.mark_saved(opened)
            if view.sheet in names:
                sheet = opened.sheets[view.sheet]
                self._native.activate_sheet(sheet)
                if view.address:
                    sheet.range(_place(sheet, view)).select()
            return tuple(f"“{one.sheet}”里“{one.header}”列的筛选没能恢复，请重新筛选。" for one in lost)

    def save(self, book: OpenBook) -> None:
        """Save `book` where it is."""
        with _told(f"“{book.name}”存不了，您填的内容还在 Excel 里；请手工保存后再点"):
            self._app.books[book.name].save()

    def close(self, book: OpenBook) -> None:
        """Close `book`; what was typed in the last moment is saved."""
        with _told(f"“{book.name}”关不了，请手工保存并关闭后再点"):
            opened = self._app.books[book.name]
            if not self._native.is_saved(opened) and not book.is_read_only:
                opened.save()
            opened.close()

    def open(self, path: Path, *, is_hostile: bool = False) -> OpenBook:
        """Open a workbook."""
        with _told(f"打不开 {path}，请手工打开"):
            if is_hostile:
                return self._describe(self._native.open_hostile(self._app, path))
            return self._describe(self._app.books.open(path))

    def activate(self, book: OpenBook) -> None:
        """Bring `book` to the front."""
        with _told(f"“{book.name}”没能显示到最前面"):
            self._native.activate_book(self._app.books[book.name])

    def go_to(self, book: OpenBook, sheet: str, address: str) -> None:
        """Select cells in `book` and show them."""
        with _told(f"“{book.name}”里找不到“{sheet}”{address}"):
            opened = self._app.books[book.name]
            target = opened.sheets[sheet]
            self._native.activate_book(opened)
            self._native.activate_sheet(target)
            target.range(address).select()

    def show_status(self, text: str | None) -> None:
        """Show one line at the bottom; Excel refuses that now and then, and nothing depends on it."""
        try:
            self._app.status_bar = text if text is not None else False
        except Exception:  # noqa: BLE001 (COM raises errors of its own)
            return

    def wants_to_stop(self) -> bool:
        """Whether Esc was pressed."""
        return self._escape_key()

    def ask_files(self, title: str, kinds: Sequence[tuple[str, str]]) -> tuple[Path, ...]:
        """Ask for files."""
        with _told("打不开选择文件的窗口"):
            return self._native.ask_files(self._app, title, kinds)

    def ask_folder(self, title: str) -> Path | None:
        """Ask for a folder."""
        with _told("打不开选择文件夹的窗口"):
            return self._native.ask_folder(self._app, title)

    def ask_text(self, question: str, title: str, suggested: str = "") -> str | None:
        """Ask for a line of text."""
        with _told("打不开填写的窗口"):
            return self._native.ask_text(self._app, question, title, suggested)

    def tell(self, text: str, title: str, *, is_error: bool = False) -> None:
        """Show a message."""
        self._app.alert(text, title, "ok", "critical" if is_error else "info")

    def confirm(self, text: str, title: str) -> bool:
        """Ask a question that is answered by yes or no."""
        with _told("打不开确认的窗口"):
            return bool(self._app.alert(text, title, "yes_no", "info") == "yes")

    def open_outside(self, path: Path) -> None:
        """Open a file or folder that is no workbook."""
        with _told(f"打不开 {path}，请手工打开"):
            self._native.open_outside(path)

    def _describe(self, book: Any) -> OpenBook:
        path = Path(book.fullname)
        is_local = path.is_absolute()  # a new workbook has a bare name, one in a cloud an address
        return OpenBook(
            book.name,
            path if is_local else None,
            self._native.is_saved(book),
            self._native.is_read_only(book),
        )

    def _selected(self) -> tuple[Any, list[Any]]:
        """Return the sheet and areas of the click; those selected now where it came without them."""
        book = self._app.books.active if len(self._app.books) else None
        if book is None:
            return None, []
        if self._click.selection and self._click.sheet in [sheet.name for sheet in book.sheets]:
            sheet = book.sheets[self._click.sheet]
            return sheet, [sheet.range(address) for address in self._click.selection.split(",")]
        selected = self._app.selection
        if selected is None:
            return None, []
        return selected.sheet, [selected.sheet.range(one) for one in selected.address.split(",")]

    def _filter_again(self, book: Any, names: Sequence[str], one: ColumnFilter) -> bool:
        if one.sheet not in names:
            return False
        try:
            return self._native.apply_filter(book.sheets[one.sheet], one)
        except Exception:  # noqa: BLE001 (COM raises errors of its own; the clerk is told which filter is gone)
            return False


def import_xlwings_alone() -> None:
    """Import xlwings without the packages that it would convert values for, which planbook never asks of it.

    pandas, NumPy and Matplotlib cost a clerk up to a second at every start. They are hidden while xlwings looks for
    them and can be imported afterwards; only for a process that does nothing else meanwhile.
    """
    hidden = [name for name in _CONVERTED_FOR if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # as the import system marks what is not there
    try:
        with suppress(ImportError):
            import xlwings  # noqa: F401 (its being loaded is all that is wanted)
    finally:
        for name in hidden:
            del sys.modules[name]


def attach_to_excel(click: Click) -> XlwingsHost:
    """Return the Excel that the click came from.

    Raises:
        PlanbookError: It cannot be reached.
    """
    try:
        import xlwings

        apps = list(xlwings.apps)
    except Exception as error:  # no xlwings, or no Excel for it: each raises something else
        raise PlanbookError("这台电脑上连不上 Excel，请运行 planbook doctor 看看缺什么。") from error
    for app in apps:
        if click.hwnd and _window_of(app) == click.hwnd:
            return XlwingsHost(app, click)
    if len(apps) == 1 and not click.hwnd:
        return XlwingsHost(apps[0], click)
    for app in apps:  # a Mac has no windows by number: the workbook tells
        if any(book.fullname == click.book for book in app.books):
            return XlwingsHost(app, click)
    raise PlanbookError("连不上您点按钮的那个 Excel：请先打开一本工作簿，退出正在编辑的单元格，再点一次。")


def _window_of(app: Any) -> int | None:
    try:
        return int(app.hwnd)
    except Exception:  # noqa: BLE001 (an instance that is just closing; COM raises errors of its own)
        return None


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn whatever Excel refuses with into a Chinese sentence."""
    try:
        yield
    except PlanbookError:
        raise
    except Exception as error:
        raise PlanbookError(f"{what}（Excel 没有应答或有窗口开着：{_reason(error)}）。") from error


def _reason(error: Exception) -> str:
    texts = [str(one) for one in error.args if isinstance(one, str)]
    return (texts[0] if texts else type(error).__name__)[:80]


def _headers(sheet: Any, used: Any) -> tuple[int, tuple[str, ...]]:
    """Return the header row's number and texts; 0 and nothing where no row names a code column."""
    width = used.column + used.shape[1] - 1
    last = min(used.row + used.shape[0] - 1, _HEADER_ROWS)
    for row in range(1, last + 1):
        texts = _texts(sheet, row, width)
        if any(header in texts for header in _CODE_HEADERS):
            return row, texts
    return 0, ("",) * width


def _texts(sheet: Any, row: int, width: int) -> tuple[str, ...]:
    if width < 1:
        return ()
    values = sheet.range((row, 1), (row, width)).options(ndim=1).value
    return tuple("" if value is None else str(value).strip() for value in values)


def _visible_rows(sheet: Any, area: Any, used: Any) -> Iterator[int]:
    """Yield the rows of a selected area that are used and not hidden: a filter's hidden rows are not meant."""
    first = max(area.row, used.row)
    last = min(area.row + area.shape[0] - 1, used.row + used.shape[0] - 1)
    if first > last:
        return
    hidden = sheet.range((first, 1), (last, 1)).rows.hidden
    for row in range(first, last + 1):
        if hidden is False or (hidden is None and not sheet.range((row, 1)).rows.hidden):
            yield row


def _place(sheet: Any, view: Viewpoint) -> str | tuple[int, int]:
    """Return what to select: the old address, or the same column in the row that the code stands in now."""
    if not view.row_code:
        return view.address
    used = sheet.used_range
    last = used.row + used.shape[0] - 1
    values = sheet.range((1, 1), (last, _CODE_COLUMNS)).options(ndim=2).value
    rows = [
        row
        for row, cells in enumerate(values, start=1)
        if any(isinstance(cell, str) and normalise_code(cell) == view.row_code for cell in cells)
    ]
    if not rows or view.row in rows:
        return view.address
    nearest = min(rows, key=lambda row: abs(row - view.row))
    _, headers = _headers(sheet, used)
    if view.column_header and view.column_header in headers:
        return nearest, headers.index(view.column_header) + 1
    return nearest, view.column
