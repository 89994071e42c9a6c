"""What the cell formats of an Open XML workbook show numbers as."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from planbook.sheets.markup import read_elements
from planbook.sheets.numbers import NumberKind, number_kind
from planbook.sheets.package import Package

_REMEMBERED_BYTES: Final = 256 * 1024


def read_number_kinds(package: Package, part: str) -> Mapping[str, NumberKind]:
    """Return what cell formats show numbers as, by index as cells write it; plain formats are left out."""
    if package.size(part) > _REMEMBERED_BYTES:
        return _number_kinds(package.chunks(part))
    return _remembered_kinds(package.read(part))


@lru_cache(maxsize=8)
def _remembered_kinds(content: bytes) -> Mapping[str, NumberKind]:
    """Return the same for a part in memory; one program gives every copy of a form the same formats."""
    return _number_kinds([content])


def _number_kinds(chunks: Iterable[bytes]) -> Mapping[str, NumberKind]:
    reader = _StylesReader()
    read_elements(chunks, reader)
    kinds: dict[str, NumberKind] = {}
    for position, format_id in enumerate(reader.cell_formats):
        kind = number_kind(format_id, reader.codes.get(format_id))
        if kind is not NumberKind.PLAIN:
            kinds[str(position)] = kind
    return kinds


class _StylesReader:
    """Keeps the two lists that count; files passed on for years carry tens of thousands of other styles."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.cell_formats: list[int] = []
        self._in_cell_formats = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "xf" and self._in_cell_formats:
            self.cell_formats.append(_whole_number(attributes.get("numFmtId")))
        elif name == "numFmt":
            self.codes.setdefault(_whole_number(attributes.get("numFmtId")), attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self._in_cell_formats = True

    def end(self, name: str, _text: str) -> None:
        if name == "cellXfs":
            self._in_cell_formats = False


def _whole_number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
