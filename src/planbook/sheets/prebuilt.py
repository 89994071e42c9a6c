"""A zip package made once, of which only some parts are written anew each time: the rest stays deflated."""

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planbook.sheets.deflated import LEVEL, Piece, join_pieces

_VERSION: Final = 20  # of the zip format: deflate, nothing later
_MADE_BY: Final = (3 << 8) | _VERSION  # as zipfile writes it on Linux, whatever system this runs on
_DEFLATED: Final = 8
_DATE: Final = 0x21  # 1980-01-01, the earliest: equal input gives equal bytes
_ATTRIBUTES: Final = 0o600 << 16


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part as it stands in the file: compressed, with the fields that both of its headers share."""

    name: bytes
    fields: bytes
    packed: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "_Entry":
        squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return cls._packed(name, squeeze.compress(content) + squeeze.flush(), zlib.crc32(content), len(content))

    @classmethod
    def joined(cls, name: str, pieces: Sequence[Piece]) -> "_Entry":
        return cls._packed(name, *join_pieces(pieces))

    @classmethod
    def _packed(cls, name: str, packed: bytes, crc: int, size: int) -> "_Entry":
        encoded = name.encode("ascii")
        sizes = (crc, len(packed), size, len(encoded))
        return cls(encoded, struct.pack("<HHHHHIIIHH", _VERSION, 0, _DEFLATED, 0, _DATE, *sizes, 0), packed)


class PrebuiltPackage:
    """A package whose parts were written once; `build` returns it with some of them replaced."""

    def __init__(self, content: bytes, changing: Collection[str]) -> None:
        """Take apart a finished package.

        Args:
            content: The package; its parts have names in ASCII.
            changing: Names of the parts that every `build` gives anew.
        """
        self._texts: dict[str, bytes] = {}
        self._entries: dict[str, _Entry | None] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                part = package.read(name)
                if name in changing:
                    self._texts[name] = part
                    self._entries[name] = None
                else:
                    self._entries[name] = _Entry.of(name, part)

    def changing_part(self, name: str) -> str:
        """Return what the package first held under `name`, one of the changing parts, as text."""
        return self._texts[name].decode("utf-8")

    def build(self, parts: Mapping[str, bytes | Sequence[Piece]]) -> bytes:
        """Return the package with `parts`, the content of every changing part, in place of what it first held.

        A part is given whole, or as the pieces that it is joined from.
        """
        pieces: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for name, kept in self._entries.items():
            entry = kept or _entry(name, parts[name])
            pieces += (b"PK\x03\x04", entry.fields, entry.name, entry.packed)
            rest = struct.pack("<HHHII", 0, 0, 0, _ATTRIBUTES, offset)
            directory += (b"PK\x01\x02", struct.pack("<H", _MADE_BY), entry.fields, rest, entry.name)
            offset += 4 + len(entry.fields) + len(entry.name) + len(entry.packed)
        listing = b"".join(directory)
        count = len(self._entries)
        end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
        return b"".join((*pieces, listing, end))


def _entry(name: str, content: bytes | Sequence[Piece]) -> _Entry:
    return _Entry.of(name, content) if isinstance(content, bytes) else _Entry.joined(name, content)
