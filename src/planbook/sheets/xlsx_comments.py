"""Comments of an Open XML worksheet: notes, and the threads that newer versions of Excel keep beside them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planbook.sheets.cells import SheetBuilder, parse_reference
from planbook.sheets.markup import read_elements
from planbook.sheets.package import Package
from planbook.sheets.text import clean_open_xml_text

if TYPE_CHECKING:
    from planbook.sheets.raw import CellKey


def read_comments(package: Package, worksheet: str, sheet: SheetBuilder) -> None:
    """Put the comments of the worksheet part `worksheet` into `sheet`."""
    notes = _CommentReader("comment")
    threads = _CommentReader("threadedComment")
    for link in package.relationships(worksheet):
        if link.kind == "comments" and package.has(link.target):
            read_elements(package.chunks(link.target), notes)
        elif link.kind == "threadedComment" and package.has(link.target):
            read_elements(package.chunks(link.target), threads)
    in_threads = {place for place, _ in threads.found}
    for place, text in (*threads.found, *(note for note in notes.found if note[0] not in in_threads)):
        sheet.put_comment(*place, text)


class _CommentReader:
    def __init__(self, element: str) -> None:
        self.found: list[tuple[CellKey, str]] = []
        self._element = element
        self._place: CellKey | None = None
        self._runs: list[str] = []
        self._in_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._element:
            self._place = parse_reference(attributes.get("ref", ""))
            self._runs.clear()
        elif name == "rPh":
            self._in_phonetic = True

    def end(self, name: str, text: str) -> None:
        if name == "rPh":
            self._in_phonetic = False
        elif name in ("t", "text") and not self._in_phonetic:
            self._runs.append(text)
        elif name == self._element and self._place:
            joined = clean_open_xml_text("".join(self._runs)).strip()
            if joined:
                self.found.append((self._place, joined))
