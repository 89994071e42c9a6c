"""What xlwings has no word for, said in each system's own way: dialogs, filters, hostile files, the Esc key."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from planbook.excel.host import ColumnFilter
from planbook.excel.sheet_filters import filter_on_mac, filter_on_windows, mac_filters, windows_filters

LONGEST_QUESTION: Final = 250
"""Excel's InputBox refuses a prompt of more than 255 characters."""

_FOLDER_PICKER: Final = 4
_SHOWN: Final = -1
_TEXT: Final = 2
_MACROS_OFF: Final = 3


class Native(Protocol):
    """The calls; `app`, `book` and `sheet` are xlwings' objects."""

    def is_saved(self, book: Any) -> bool:
        """Whether nothing was typed since the last save."""

    def mark_saved(self, book: Any) -> None:
        """Have the program ask for no saving of what nobody typed: filters that were set again."""

    def is_read_only(self, book: Any) -> bool:
        """Whether the workbook cannot be saved where it is."""

    def activate_book(self, book: Any) -> None:
        """Bring a workbook to the front of its Excel; xlwings' own way fails while another Excel is in front."""

    def activate_sheet(self, sheet: Any) -> None:
        """Bring a sheet to the front of its workbook."""

    def filters(self, book: Any) -> tuple[ColumnFilter, ...]:
        """Return the column filters of a workbook that was just saved."""

    def apply_filter(self, sheet: Any, one: ColumnFilter) -> bool:
        """Filter the column of that header again; False where that is not possible."""

    def open_hostile(self, app: Any, path: Path) -> Any:
        """Open a workbook read-only, without macros and links."""

    def ask_files(self, app: Any, title: str, kinds: Sequence[tuple[str, str]]) -> tuple[Path, ...]:
        """Ask for files."""

    def ask_folder(self, app: Any, title: str) -> Path | None:
        """Ask for a folder."""

    def ask_text(self, app: Any, question: str, title: str, suggested: str) -> str | None:
        """Ask for a line of text."""

    def open_outside(self, path: Path) -> None:
        """Open a file or folder by the program that the system has for it."""


class WindowsNative:
    """By Excel's own object model, over COM."""

    def is_saved(self, book: Any) -> bool:
        """Whether nothing was typed since the last save."""
        return bool(book.api.Saved)

    def mark_saved(self, book: Any) -> None:
        """Have Excel ask for no saving of what nobody typed."""
        book.api.Saved = True

    def is_read_only(self, book: Any) -> bool:
        """Whether the workbook cannot be saved where it is."""
        return bool(book.api.ReadOnly)

    def activate_book(self, book: Any) -> None:
        """Bring a workbook to the front of its Excel."""
        book.api.Activate()

    def activate_sheet(self, sheet: Any) -> None:
        """Bring a sheet to the front of its workbook."""
        sheet.api.Activate()

    def filters(self, book: Any) -> tuple[ColumnFilter, ...]:
        """Return the column filters of a workbook that was just saved."""
        return windows_filters(book)

    def apply_filter(self, sheet: Any, one: ColumnFilter) -> bool:
        """Filter the column of that header again; False where the sheet has no such column or filter any more."""
        return filter_on_windows(sheet, one, _missing())

    def open_hostile(self, app: Any, path: Path) -> Any:
        """Open a workbook read-only; macros stay off, links are not followed, it is not listed among recent files."""
        before = app.api.AutomationSecurity
        app.api.AutomationSecurity = _MACROS_OFF
        try:
            return app.books.open(path, update_links=False, read_only=True, add_to_mru=False)
        finally:
            app.api.AutomationSecurity = before

    def ask_files(self, app: Any, title: str, kinds: Sequence[tuple[str, str]]) -> tuple[Path, ...]:
        """Ask for files by Excel's dialog."""
        pairs = ",".join(f"{name} ({patterns}),{patterns}" for name, patterns in kinds)
        chosen = app.api.GetOpenFilename(pairs, 1, title, None, True)
        return tuple(Path(one) for one in chosen) if isinstance(chosen, list | tuple) else ()

    def ask_folder(self, app: Any, title: str) -> Path | None:
        """Ask for a folder by Excel's dialog."""
        dialog = app.api.FileDialog(_FOLDER_PICKER)
        dialog.Title = title
        return Path(dialog.SelectedItems(1)) if dialog.Show() == _SHOWN else None

    def ask_text(self, app: Any, question: str, title: str, suggested: str) -> str | None:
        """Ask for a line of text by Excel's dialog."""
        answer = app.api.InputBox(question[:LONGEST_QUESTION], title, suggested, None, None, None, None, _TEXT)
        return answer if isinstance(answer, str) else None

    def open_outside(self, path: Path) -> None:
        """Open by the system's program; settings and lists, which Windows has none for, by the editor."""
        if path.suffix.lower() in (".toml", ".txt", ".log"):
            import os

            editor = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "notepad.exe"
            subprocess.Popen([str(editor), str(path)])  # noqa: S603 (the system's editor on our own file)
            return
        if sys.platform == "win32":
            import os

            os.startfile(path)  # noqa: S606 (our own output)


class MacNative:
    """By AppleScript, which asks no permission of the clerk for dialogs of its own."""

    def is_saved(self, book: Any) -> bool:
        """Whether nothing was typed since the last save."""
        return bool(book.api.saved.get())

    def mark_saved(self, book: Any) -> None:
        """Have Excel ask for no saving of what nobody typed."""
        book.api.saved.set(True)

    def is_read_only(self, book: Any) -> bool:
        """Whether the workbook cannot be saved where it is."""
        return bool(book.api.read_only.get())

    def activate_book(self, book: Any) -> None:
        """Bring a workbook to the front of its Excel."""
        book.api.activate_object()

    def activate_sheet(self, sheet: Any) -> None:
        """Bring a sheet to the front of its workbook."""
        sheet.api.activate_object()

    def filters(self, book: Any) -> tuple[ColumnFilter, ...]:
        """Return the column filters of a workbook that was just saved."""
        return mac_filters(book)

    def apply_filter(self, sheet: Any, one: ColumnFilter) -> bool:
        """Filter the column of that header again; False where that is not possible: colours and icons on a Mac."""
        if sys.platform != "darwin":
            return False
        import appscript  # comes with xlwings

        return filter_on_mac(sheet, one, appscript.k)

    def open_hostile(self, app: Any, path: Path) -> Any:
        """Open a workbook read-only; Excel for Mac asks before it runs macros."""
        return app.books.open(path, update_links=False, read_only=True)

    def ask_files(self, app: Any, title: str, kinds: Sequence[tuple[str, str]]) -> tuple[Path, ...]:  # noqa: ARG002
        """Ask for files by the system's dialog."""
        script = (
            "on run argv\nset chosen to choose file with prompt (item 1 of argv) with multiple selections allowed\n"
            'set paths to ""\nrepeat with one in chosen\nset paths to paths & (POSIX path of one) & linefeed\n'
            "end repeat\nreturn paths\nend run"
        )
        return tuple(Path(line) for line in (_applescript(script, title) or "").splitlines() if line)

    def ask_folder(self, app: Any, title: str) -> Path | None:  # noqa: ARG002
        """Ask for a folder by the system's dialog."""
        script = "on run argv\nreturn POSIX path of (choose folder with prompt (item 1 of argv))\nend run"
        answer = _applescript(script, title)
        return Path(answer) if answer else None

    def ask_text(self, app: Any, question: str, title: str, suggested: str) -> str | None:  # noqa: ARG002
        """Ask for a line of text by the system's dialog."""
        script = (
            "on run argv\nset answer to display dialog (item 1 of argv) with title (item 2 of argv) "
            "default answer (item 3 of argv)\nreturn text returned of answer\nend run"
        )
        return _applescript(script, question, title, suggested)

    def open_outside(self, path: Path) -> None:
        """Open by the system's program."""
        editor = ["-t"] if path.suffix.lower() in (".toml", ".txt", ".log") else []
        subprocess.run(["/usr/bin/open", *editor, str(path)], check=False)  # noqa: S603 (our own output)


def native_of_this_system() -> Native:
    """Return the calls of the system that this runs on."""
    return MacNative() if sys.platform == "darwin" else WindowsNative()


def show_alert(message: str, title: str) -> None:
    """Show a message on a Mac without Excel."""
    _applescript("on run argv\ndisplay alert (item 2 of argv) message (item 1 of argv)\nend run", message, title)


def _missing() -> Any:
    """Return what COM takes for an argument that is left out."""
    if sys.platform != "win32":
        return None
    import pythoncom  # comes with xlwings

    return pythoncom.Missing


def _applescript(script: str, *arguments: str) -> str | None:
    """Run a script with texts that it gets as arguments, never as code; None where the clerk cancels."""
    command = ["/usr/bin/osascript", "-e", script, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (fixed script)
    return run.stdout.removesuffix("\n") if run.returncode == 0 else None
