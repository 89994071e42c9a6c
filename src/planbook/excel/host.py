"""What a click needs of the office program that it came from; Excel by xlwings is one, the tests' memory another."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is open.

    Attributes:
        name: Unique among those open.
        path: Where it is saved; None for one that never was, or that lives in a cloud.
        is_saved: Whether all that was typed is in the file.
        is_read_only: Whether it cannot be saved where it is.
    """

    name: str
    path: Path | None
    is_saved: bool = True
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """The filter of one column, as the office program words it (`Range.AutoFilter`), found again by its header."""

    sheet: str
    header: str
    criteria1: object
    operator: int
    criteria2: object = None


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Where the clerk stands in a workbook.

    Attributes:
        sheet: Active sheet.
        address: Selected cells there, e.g. `$B$5:$C$7`.
        row: Of the active cell.
        column: Of the active cell.
        row_code: Task or indicator code in that row, by which the row is found again after others came in.
        column_header: Header of that column.
        filters: Filters of all sheets.
    """

    sheet: str
    address: str
    row: int
    column: int
    row_code: str = ""
    column_header: str = ""
    filters: tuple[ColumnFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class SelectedRow:
    """A selected row that can be seen: its number and its texts by header ("" where a column has none)."""

    row: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected rows of a sheet, those hidden by a filter left out, and the header of the active cell's column."""

    sheet: str
    rows: tuple[SelectedRow, ...]
    column_header: str = ""


class Host(Protocol):
    """An office program, as far as buttons need it.

    Methods raise `PlanbookError` where the program refuses (a dialog is open, a file is locked).
    """

    def active_book(self) -> OpenBook | None:
        """Return the workbook in front, if there is one."""

    def open_books(self) -> tuple[OpenBook, ...]:
        """Return every workbook that is open."""

    def selection(self) -> Selection | None:
        """Return what is selected in the workbook in front, None where it is no cells."""

    def viewpoint(self, book: OpenBook) -> Viewpoint:
        """Return where the clerk stands in `book`."""

    def restore(self, book: OpenBook, view: Viewpoint) -> tuple[str, ...]:
        """Bring the clerk back to where they stood; return what could not be restored, in Chinese."""

    def save(self, book: OpenBook) -> None:
        """Save `book` where it is."""

    def close(self, book: OpenBook) -> None:
        """Close `book` without saving."""

    def open(self, path: Path, *, is_hostile: bool = False) -> OpenBook:
        """Open a workbook; one that others made read-only, without its macros and links."""

    def activate(self, book: OpenBook) -> None:
        """Bring `book` to the front."""

    def go_to(self, book: OpenBook, sheet: str, address: str) -> None:
        """Select cells in `book` and show them."""

    def show_status(self, text: str | None) -> None:
        """Show one line at the bottom; None gives it back to the program."""

    def wants_to_stop(self) -> bool:
        """Whether the clerk pressed Esc since the last question."""

    def ask_files(self, title: str, kinds: Sequence[tuple[str, str]]) -> tuple[Path, ...]:
        """Ask for files; `kinds` are names and patterns (`*.docx;*.pdf`); nothing chosen gives nothing."""

    def ask_folder(self, title: str) -> Path | None:
        """Ask for a folder."""

    def ask_text(self, question: str, title: str, suggested: str = "") -> str | None:
        """Ask for a line of text; None where the clerk cancels."""

    def tell(self, text: str, title: str, *, is_error: bool = False) -> None:
        """Show a message."""

    def confirm(self, text: str, title: str) -> bool:
        """Ask a question that is answered by yes or no."""

    def open_outside(self, path: Path) -> None:
        """Open a file or folder that is no workbook by the program that the system has for it."""
