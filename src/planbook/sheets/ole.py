"""OLE compound files, the containers of .xls, .et, encrypted workbooks and Outlook messages: streams and properties."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import olefile

OLE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

WORKBOOK_STREAMS: Final = ("Workbook", "Book")
"""Streams that a binary workbook stands in: of Excel 97 and later, of Excel 5 and 95."""

OLE_ERRORS: Final = (
    OSError,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
"""What the library raises on damaged files of one kind or another."""

_SUMMARY: Final = "\x05SummaryInformation"
_DOCUMENT_SUMMARY: Final = "\x05DocumentSummaryInformation"
_USER_SECTION: Final = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")  # FMTID_UserDefinedProperties
_LAST_SAVED: Final = 13
_DICTIONARY: Final = 0
_CODE_PAGE: Final = 1
_CODE_PAGE_UTF16: Final = 1200
_VT_LPSTR: Final = 30
_VT_LPWSTR: Final = 31
_VT_FILETIME: Final = 64
_PROPERTIES_LIMIT: Final = 1_000
_FILETIME_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)


def stream_names(content: bytes) -> frozenset[str]:
    """Return the lower-case names of all streams and storages of a compound file, those inside storages too.

    Raises:
        one of OLE_ERRORS: The file is damaged.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        return frozenset(name.lower() for path in compound.listdir(streams=True, storages=True) for name in path)


def read_stream(content: bytes, names: tuple[str, ...], length: int = -1) -> bytes:
    """Return the first of the streams `names` that there is, or its first `length` bytes; empty where there is none.

    Raises:
        one of OLE_ERRORS: The file is damaged.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        for name in names:
            if compound.exists(name):
                return bytes(compound.openstream(name).read(length))
    return b""


@dataclass(frozen=True, slots=True)
class OleProperties:
    """Document properties of a compound file: when it was last saved (UTC) and custom properties, text ones only."""

    saved_at: datetime | None
    custom: dict[str, str]


def read_ole_properties(content: bytes) -> OleProperties:
    """Return the document properties of a compound file, as far as they can be read."""
    saved_at, custom = None, {}
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            if compound.exists(_SUMMARY):
                saved_at = _find_saved_at(compound.openstream(_SUMMARY).read())
            if compound.exists(_DOCUMENT_SUMMARY):
                custom = _find_custom(compound.openstream(_DOCUMENT_SUMMARY).read())
    except OLE_ERRORS:
        pass  # the values count; a form is known by its hidden sheet and its codes too
    return OleProperties(saved_at, custom)


def _find_saved_at(stream: bytes) -> datetime | None:
    for _, section in _sections(stream):
        for identifier, kind, value in _properties(section):
            if identifier == _LAST_SAVED and kind == _VT_FILETIME:
                ticks = int.from_bytes(value[:8], "little")
                return _FILETIME_EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    return None


def _find_custom(stream: bytes) -> dict[str, str]:
    for class_id, section in _sections(stream):
        if class_id != _USER_SECTION:
            continue
        properties = {identifier: (kind, value) for identifier, kind, value in _properties(section)}
        page = int.from_bytes(properties.get(_CODE_PAGE, (0, b""))[1][:2], "little")
        names = _names(section, page)
        found: dict[str, str] = {}
        for identifier, name in names.items():
            kind, value = properties.get(identifier, (0, b""))
            if kind in (_VT_LPSTR, _VT_LPWSTR):
                count = int.from_bytes(value[:4], "little") * (2 if kind == _VT_LPWSTR else 1)
                found[name] = _decode(value[4 : 4 + count], _CODE_PAGE_UTF16 if kind == _VT_LPWSTR else page)
        return found
    return {}


def _sections(stream: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield class id and content of each section of a property set (MS-OLEPS 2.21); there are one or two."""
    (count,) = struct.unpack_from("<I", stream, 24)
    for index in range(min(count, 2)):
        class_id, offset = struct.unpack_from("<16sI", stream, 28 + 20 * index)
        yield class_id, stream[offset:]


def _properties(section: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield identifier, type and what follows the type of each property of a section."""
    (count,) = struct.unpack_from("<I", section, 4)
    for index in range(min(count, _PROPERTIES_LIMIT)):
        identifier, offset = struct.unpack_from("<II", section, 8 + 8 * index)
        (kind,) = struct.unpack_from("<I", section, offset)
        yield identifier, kind & 0xFFFF, section[offset + 4 : offset + 4 + 0xFFFF]


def _names(section: bytes, page: int) -> dict[int, str]:
    """Return the names of user-defined properties by identifier, from the section's dictionary (MS-OLEPS 2.17)."""
    (count,) = struct.unpack_from("<I", section, 4)
    for index in range(min(count, _PROPERTIES_LIMIT)):
        identifier, position = struct.unpack_from("<II", section, 8 + 8 * index)
        if identifier != _DICTIONARY:
            continue
        names: dict[int, str] = {}
        (entries,) = struct.unpack_from("<I", section, position)
        position += 4
        for _ in range(min(entries, _PROPERTIES_LIMIT)):
            key, length = struct.unpack_from("<II", section, position)
            size = length * 2 if page == _CODE_PAGE_UTF16 else length
            names[key] = _decode(section[position + 8 : position + 8 + size], page)
            position += 8 + size
            if page == _CODE_PAGE_UTF16:
                position += -position % 4
        return names
    return {}


def _decode(text: bytes, page: int) -> str:
    encoding = {_CODE_PAGE_UTF16: "utf-16-le", 65001: "utf-8", 936: "gbk", 54936: "gb18030"}.get(page, f"cp{page}")
    try:
        plain = text.decode(encoding, "replace")
    except LookupError:
        plain = text.decode("gb18030", "replace")
    return plain.partition("\0")[0]
