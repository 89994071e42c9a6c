"""Workbooks that an action writes anew: saved and closed for it, and opened again at the same place afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planbook.excel.host import Host, OpenBook, Viewpoint
from planbook.model.errors import PlanbookError


@dataclass(frozen=True, slots=True)
class Held:
    """What an action rewrites: `files` that the add-in lets go by itself, `folders` whose open files stop it."""

    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()


@contextmanager
def released(host: Host, held: Held) -> Iterator[list[str]]:
    """Let go of the workbooks of `held` for as long as the block runs; then open them again as they were.

    What was typed is saved first. However the block ends, they are opened again and the workbook that was in front is
    in front once more. Yields a list to which notes are added afterwards: what could not be restored.

    Raises:
        PlanbookError: Another workbook that the action rewrites is open, or one cannot be saved; then nothing was
            closed.
    """
    front = host.active_book()
    books = host.open_books()
    _refuse_others(books, held.folders)
    mine = [book for book in books if book.path is not None and any(_is_same(book.path, file) for file in held.files)]
    _refuse_unsavable(mine)
    for book in mine:  # all saved before the first is closed: a refusal must leave everything open
        if not book.is_saved:
            host.save(book)
    stood: list[tuple[OpenBook, Viewpoint]] = []
    notes: list[str] = []
    try:
        for book in mine:
            viewpoint = host.viewpoint(book)
            host.close(book)
            stood.append((book, viewpoint))
        yield notes
    except BaseException as error:
        for note in _open_all_again(host, stood, front):
            error.add_note(note)
        raise
    notes += _open_all_again(host, stood, front)


def _open_all_again(host: Host, stood: Sequence[tuple[OpenBook, Viewpoint]], front: OpenBook | None) -> list[str]:
    """Open workbooks as they were, `front` in front; return what could not be restored."""
    notes = [note for book, viewpoint in stood for note in _open_again(host, book, viewpoint)]
    again = next((book for book in host.open_books() if front is not None and book.name == front.name), None)
    if again is not None and stood:
        host.activate(again)
    return notes


def _refuse_others(books: Sequence[OpenBook], folders: Sequence[Path]) -> None:
    names = [book.name for book in books if book.path and any(_lies_in(book.path, folder) for folder in folders)]
    if names:
        listed = "、".join(f"“{name}”" for name in names)
        raise PlanbookError(f"{listed}正在 Excel 中打开，这次要重写它；请保存并关闭后再点。什么也没有改动。")


def _refuse_unsavable(books: Sequence[OpenBook]) -> None:
    for book in books:
        if book.is_read_only and not book.is_saved:
            raise PlanbookError(
                f"“{book.name}”是以只读方式打开的，您填的内容存不进去；请先另存一份再关闭它，然后重新点击。什么也没有改动。"
            )


def _open_again(host: Host, book: OpenBook, viewpoint: Viewpoint) -> Sequence[str]:
    if book.path is None or not book.path.exists():
        return (f"“{book.name}”不在原处了，没有重新打开。",)
    try:
        return host.restore(host.open(book.path), viewpoint)
    except PlanbookError as error:  # the work is done and must be told; a workbook not reopened is opened by hand
        return (error.message,)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except OSError:
        return False


def _lies_in(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False
