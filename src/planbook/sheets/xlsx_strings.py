"""The texts of an Open XML workbook, which its cells share."""

from collections.abc import Iterable, Mapping

from planbook.sheets.markup import read_elements
from planbook.sheets.package import Package
from planbook.sheets.text import clean_open_xml_text
from planbook.sheets.unreadable import UnreadableFile
from planbook.sheets.xlsx_quick import QUICK_LIMIT_BYTES, read_shared_strings


def read_strings(package: Package, part: str) -> list[str]:
    """Return the shared strings in part `part`, clean, without the readings that Excel shows above characters.

    Raises:
        UnreadableFile: `file_damaged`, `file_over_limit`, `file_forbidden_markup`.
    """
    if package.size(part) <= QUICK_LIMIT_BYTES:
        content = package.read(part)
        try:
            strings = read_shared_strings(content, _read_one)
        except UnreadableFile:
            strings = None  # a run may need what the part declares at its top
        return parse_strings([content]) if strings is None else strings
    return parse_strings(package.chunks(part))


def parse_strings(chunks: Iterable[bytes]) -> list[str]:
    """Return the texts of all `si` elements in a part, however it is written."""
    reader = _StringsReader()
    read_elements(chunks, reader)
    return reader.strings


def _read_one(element: bytes) -> str:
    return parse_strings([element])[0]


class _StringsReader:
    def __init__(self) -> None:
        self.strings: list[str] = []
        self._runs: list[str] = []
        self._in_phonetic = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._runs.clear()
        elif name == "rPh":
            self._in_phonetic = True

    def end(self, name: str, text: str) -> None:
        if name == "t":
            if not self._in_phonetic:
                self._runs.append(text)
        elif name == "si":
            self.strings.append(clean_open_xml_text("".join(self._runs)))
        elif name == "rPh":
            self._in_phonetic = False
