"""An office program in memory: workbooks are real files, what is typed stays in it until it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from planbook.excel.host import OpenBook, Selection, Viewpoint
from planbook.model.errors import PlanbookError


@dataclass(slots=True)
class MemoryBook:
    """An open workbook: its file, its cells, and where the clerk stands."""

    path: Path | None
    content: Any = None
    is_saved: bool = True
    is_read_only: bool = False
    viewpoint: Viewpoint = field(default_factory=lambda: Viewpoint("Sheet", "$A$1", 1, 1))

    @property
    def name(self) -> str:
        return self.path.name if self.path else "工作簿1"

    def described(self) -> OpenBook:
        return OpenBook(self.name, self.path, self.is_saved, self.is_read_only)


@dataclass(slots=True)
class MemoryHost:
    """A `Host` whose clerk answers from lists and whose every act is written down in `acts`."""

    books: dict[str, MemoryBook] = field(default_factory=dict)
    front: str = ""
    selected: Selection | None = None
    files: list[tuple[Path, ...]] = field(default_factory=list)
    folders: list[Path | None] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    agrees: list[bool] = field(default_factory=list)
    escape_at: int | None = None
    refuses_to_save: bool = False
    acts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    statuses: list[str | None] = field(default_factory=list)
    opened_outside: list[Path] = field(default_factory=list)

    def put(self, path: Path | None, **state: Any) -> MemoryBook:
        """Open `path` as the clerk does."""
        book = MemoryBook(path, **state)
        if path is not None and path.exists() and book.content is None:
            book.content = openpyxl.load_workbook(path)
        self.books[book.name] = book
        self.front = book.name
        return book

    def type(self, name: str, sheet: str, address: str, text: str) -> None:
        """Type into a cell without saving."""
        self.books[name].content[sheet][address] = text
        self.books[name].is_saved = False

    def active_book(self) -> OpenBook | None:
        return self.books[self.front].described() if self.front in self.books else None

    def open_books(self) -> tuple[OpenBook, ...]:
        return tuple(book.described() for book in self.books.values())

    def selection(self) -> Selection | None:
        return self.selected

    def viewpoint(self, book: OpenBook) -> Viewpoint:
        return self.books[book.name].viewpoint

    def restore(self, book: OpenBook, view: Viewpoint) -> tuple[str, ...]:
        self.acts.append(f"restore {book.name}")
        self.books[book.name].viewpoint = view
        return ()

    def save(self, book: OpenBook) -> None:
        if self.refuses_to_save:
            raise PlanbookError(f"“{book.name}”存不了。")
        self.acts.append(f"save {book.name}")
        mine = self.books[book.name]
        mine.content.save(mine.path)
        mine.is_saved = True

    def close(self, book: OpenBook) -> None:
        assert self.books[book.name].is_saved, f"what was typed into {book.name} would be lost"
        self.acts.append(f"close {book.name}")
        del self.books[book.name]
        self.front = next(iter(self.books), "")

    def open(self, path: Path, *, is_hostile: bool = False) -> OpenBook:
        self.acts.append(f"open {path.name}{' safely' if is_hostile else ''}")
        return self.put(path, is_read_only=is_hostile).described()

    def activate(self, book: OpenBook) -> None:
        self.front = book.name

    def go_to(self, book: OpenBook, sheet: str, address: str) -> None:
        self.acts.append(f"go to {book.name} {sheet}!{address}")

    def show_status(self, text: str | None) -> None:
        self.statuses.append(text)

    def wants_to_stop(self) -> bool:
        return self.escape_at is not None and len(self.statuses) >= self.escape_at

    def ask_files(self, title: str, kinds: Sequence[tuple[str, str]]) -> tuple[Path, ...]:
        return self.files.pop(0)

    def ask_folder(self, title: str) -> Path | None:
        return self.folders.pop(0)

    def ask_text(self, question: str, title: str, suggested: str = "") -> str | None:
        self.questions.append(question)
        answer = self.texts.pop(0)
        return suggested if answer == "<suggested>" else answer

    def tell(self, text: str, title: str, *, is_error: bool = False) -> None:
        self.told.append(text)

    def confirm(self, text: str, title: str) -> bool:
        self.questions.append(text)
        return self.agrees.pop(0)

    def open_outside(self, path: Path) -> None:
        self.opened_outside.append(path)
