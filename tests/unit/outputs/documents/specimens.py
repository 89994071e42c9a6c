"""Specimen values for every field of a document, whatever its dataclass."""

import dataclasses
import struct
import zlib
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints

from planbook.outputs.documents.fields import Picture


def specimen(kind: Any, text: str, *, items: int = 2) -> Any:
    """Return an instance of `kind` whose texts are all `text`, whose lists have `items` items and numbers count up."""
    return _specimen(kind, text, items, count(1))


def _specimen(kind: Any, text: str, items: int, numbers: "count[int]") -> Any:
    if get_origin(kind) is tuple:
        return tuple(_specimen(get_args(kind)[0], text, items, numbers) for _ in range(items))
    if kind is str:
        return text
    if kind is bool:
        return True
    if kind is int:
        return next(numbers)
    if Picture in (kind, *get_args(kind)):
        return Picture(tiny_png(), 60, text)
    hints = get_type_hints(kind)
    return kind(**{one.name: _specimen(hints[one.name], text, items, numbers) for one in dataclasses.fields(kind)})


def tiny_png() -> bytes:
    """Return a picture of one grey pixel."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")
    )
