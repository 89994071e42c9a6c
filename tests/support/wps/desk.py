"""The desk that WPS stands on: its open workbooks, dialogs and storage, shared by all pages of the add-in."""

import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries


@dataclass
class Book:
    """A workbook that is open in WPS; `cells` are read when they are first asked for."""

    path: Path
    saved: bool = True
    read_only: bool = False
    cells: dict[str, list[list[Any]]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    @property
    def lock(self) -> Path:
        """The file that office programs lay beside a workbook that they have open."""
        return self.path.with_name(f"~${self.path.name}")


@dataclass
class Desk:
    """Everything that the object model would answer from, and everything that was done to it."""

    books: dict[str, Book] = field(default_factory=dict)
    active: str = ""
    sheet: str = ""
    areas: list[list[int]] = field(default_factory=lambda: [[1, 1, 1, 1]])
    chosen: list[str] = field(default_factory=list)
    has_file_dialog: bool = True
    storage: dict[str, str] = field(default_factory=dict)
    panes: dict[int, dict[str, Any]] = field(default_factory=dict)
    dialogs: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    misuses: list[str] = field(default_factory=list)
    log: list[tuple[Any, ...]] = field(default_factory=list)
    save_fails: bool = False

    def opened(self, path: Path, *, sheet: str = "", saved: bool = True, read_only: bool = False) -> None:
        """Have the clerk open a workbook."""
        self.open(str(path), read_only)
        self.books[path.name].saved = saved
        self.sheet = sheet or self.sheet

    # What the fake asks; each is named as fake.js names it.

    def misused(self, message: str) -> None:
        self.misuses.append(message)

    def active_book(self) -> str:
        return self.active

    def book_names(self) -> list[str]:
        return list(self.books)

    def book(self, name: str) -> dict[str, Any]:
        one = self.books[name]
        return {
            "name": name,
            "full_name": str(one.path),
            "folder": str(one.path.parent),
            "saved": one.saved,
            "read_only": one.read_only,
        }

    def selection(self) -> dict[str, Any]:
        return {"book": self.active, "sheet": self.sheet, "areas": self.areas}

    def cells_of(self, book: str, sheet: str) -> list[list[Any]]:
        one = self.books[book]
        if sheet not in one.cells:
            found = load_workbook(one.path, read_only=True)[sheet]
            one.cells[sheet] = [
                [value if isinstance(value, str | int | float | None) else str(value) for value in row]
                for row in found.iter_rows(values_only=True)
            ]
        return one.cells[sheet]

    def cells(self, book: str, sheet: str, *area: int) -> list[list[Any]]:
        row, column, rows, columns = area
        content = self.cells_of(book, sheet)

        def at(r: int, c: int) -> Any:
            return content[r - 1][c - 1] if r <= len(content) and c <= len(content[r - 1]) else None

        return [[at(r, c) for c in range(column, column + columns)] for r in range(row, row + rows)]

    def is_hidden(self, book: str, _sheet: str, row: int) -> bool:
        return row in self.books[book].hidden

    def address(self, row: int, column: int, rows: int, columns: int) -> str:
        first = f"${get_column_letter(column)}${row}"
        last = f"${get_column_letter(column + columns - 1)}${row + rows - 1}"
        return first if first == last else f"{first}:{last}"

    def place(self, address: str) -> list[int]:
        left, top, right, bottom = (int(one or 1) for one in range_boundaries(address.replace("$", "")))
        return [top, left, bottom - top + 1, right - left + 1]

    def select(self, book: str, sheet: str, *area: int) -> None:
        self.log.append(("select", book, sheet, *area))
        self.areas = [list(area)]

    def activate_sheet(self, book: str, sheet: str) -> None:
        self.active, self.sheet = book, sheet

    def sheet_(self, book: str, sheet: str) -> None:
        if sheet not in load_workbook(self.books[book].path, read_only=True).sheetnames:
            raise LookupError(sheet)

    def activate(self, name: str) -> None:
        self.active = name

    def save(self, name: str) -> None:
        self.log.append(("save", name))
        if self.save_fails:
            message = "磁盘已满"
            raise OSError(message)
        self.books[name].saved = True

    def save_copy(self, name: str, path: str) -> None:
        self.log.append(("save_copy", name, path))
        Path(path).write_bytes(self.books[name].path.read_bytes())

    def close(self, name: str, _save: bool) -> None:
        self.log.append(("close", name, self.books[name].saved))
        self.books.pop(name).lock.unlink(missing_ok=True)
        self.active = next(iter(self.books), "")

    def open(self, path: str, read_only: bool) -> str:
        one = Book(Path(path), read_only=bool(read_only))
        if not one.path.is_file():
            raise FileNotFoundError(path)
        self.log.append(("open", one.path.name, bool(read_only)))
        if not read_only:
            one.lock.write_bytes(b"lock")
        self.books[one.path.name] = one
        self.active = one.path.name
        return one.path.name

    def file_dialog(self, _kind: int) -> None:
        if not self.has_file_dialog:
            message = "未找到成员"
            raise AttributeError(message)

    def choose(self, _kind: int) -> list[str]:
        return self.chosen

    def exists(self, path: str) -> bool:
        return Path(path).is_file()

    def read(self, path: str) -> str:
        return Path(path).read_text(encoding="utf-8")

    def home(self) -> str:
        return "/nowhere"

    def recall(self, key: str) -> str | None:
        return self.storage.get(key)

    def keep(self, key: str, value: str) -> None:
        self.storage[key] = value

    def show_dialog(self, url: str, _title: str, _modal: bool) -> None:
        self.dialogs.append(url)

    def create_pane(self, url: str, _title: str) -> int:
        number = len(self.panes) + 1
        self.panes[number] = {"url": url, "visible": False}
        return number

    def pane(self, number: int) -> dict[str, Any]:
        return self.panes[number]

    def show_pane(self, number: int, visible: bool) -> None:
        self.panes[number]["visible"] = visible

    def open_url(self, url: str) -> None:
        self.log.append(("open_url", url))

    def alert(self, text: str) -> None:
        self.alerts.append(text)

    def window_closed(self, url: str) -> None:
        self.log.append(("window_closed", re.sub(r".*/", "", url)))


class DeskServer:
    """Answers the fake, one question at a time."""

    def __init__(self, desk: Desk) -> None:
        lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_arguments: object) -> None:
                pass

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                name = {"sheet": "sheet_"}.get(asked["operation"], asked["operation"])
                with lock:
                    try:
                        answer: dict[str, Any] = {"result": getattr(desk, name)(*asked["values"])}
                    except Exception as error:  # noqa: BLE001 (WPS answers whatever goes wrong with an exception)
                        answer = {"error": f"{error}" or type(error).__name__}
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "null")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
