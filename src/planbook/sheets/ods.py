"""OpenDocument spreadsheets (.ods): from `content.xml` and `meta.xml` to raw cells (OASIS OpenDocument 1.3, part 3)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from planbook.sheets.cells import CellBudget
from planbook.sheets.limits import Limits
from planbook.sheets.markup import feed, local_attribute, local_name, new_parser, read_elements
from planbook.sheets.ods_table import TableReader
from planbook.sheets.package import Package
from planbook.sheets.properties import parse_moment
from planbook.sheets.raw import RawSheet, RawWorkbook, Visibility
from planbook.sheets.text import clean_text
from planbook.sheets.unreadable import unreadable

if TYPE_CHECKING:
    from datetime import datetime

_CONTENT: Final = "content.xml"
_META: Final = "meta.xml"
_SHEETS_LIMIT: Final = 1_000
_NAMES_LIMIT: Final = 100_000


def read_ods(content: bytes, limits: Limits) -> RawWorkbook:
    """Return the raw cells of an OpenDocument spreadsheet.

    Raises:
        UnreadableFile: `file_damaged`, `file_over_limit`, `file_forbidden_markup`, `file_without_sheets`.
    """
    package = Package(content, limits)
    reader = _ContentReader(limits)
    reader.read(package)
    if not reader.sheets:
        raise unreadable("file_without_sheets")
    meta = _MetaReader()
    if package.has(_META):
        read_elements(package.chunks(_META), meta)
    return RawWorkbook(tuple(reader.sheets), meta.custom, meta.saved_at)


class _ContentReader:
    """Splits the content into sheets and hands the inside of each to a `TableReader`."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[RawSheet] = []
        self._budget = CellBudget(limits)
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: TableReader | None = None
        self._depth = 0
        self._names: dict[str, str] = {}

    def read(self, package: Package) -> None:
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        feed(parser, package.chunks(_CONTENT))

    def _local(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = local_name(name)
            if len(self._names) < _NAMES_LIMIT:
                self._names[name] = known
        return known

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self._local(name)
        if self._table is not None:
            self._depth += 1
            self._table.start(local, attributes)
        elif local == "table":
            self._depth = 0
            self._table = self._open_table(attributes)
        elif local == "style":
            self._style = local_attribute(attributes, "name") or ""
        elif local == "table-properties" and local_attribute(attributes, "display") == "false":
            self._hidden_styles.add(self._style)

    def _open_table(self, attributes: Mapping[str, str]) -> TableReader:
        if len(self.sheets) >= _SHEETS_LIMIT:
            raise unreadable("file_over_limit", what="工作表数量", limit=f"{_SHEETS_LIMIT} 张")
        is_hidden = local_attribute(attributes, "style-name") in self._hidden_styles
        name = clean_text(local_attribute(attributes, "name") or "")
        return TableReader(name, Visibility.HIDDEN if is_hidden else Visibility.VISIBLE, self._budget)

    def _end(self, name: str) -> None:
        if self._table is None:
            return
        if self._depth == 0:
            self.sheets.append(self._table.build())
            self._table = None
            return
        self._depth -= 1
        self._table.end(self._local(name))

    def _text(self, text: str) -> None:
        if self._table is not None:
            self._table.text(text)


class _MetaReader:
    def __init__(self) -> None:
        self.saved_at: datetime | None = None
        self.custom: dict[str, str] = {}
        self._name: str | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._name = local_attribute(attributes, "name") if name == "user-defined" else None

    def end(self, name: str, text: str) -> None:
        if name == "user-defined" and self._name:
            self.custom.setdefault(self._name, text)
        elif name == "date":
            self.saved_at = parse_moment(text)
