"""Zip files under limits: the directory is measured before it is read, and members are inflated piece by piece."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, Final

from planbook.sheets.limits import Limits
from planbook.sheets.unreadable import UnreadableFile, unreadable

ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises on damaged zip files of one kind or another."""

_CHUNK: Final = 256 * 1024
_PACKED_CHUNK: Final = 64 * 1024
_DIRECTORY_BYTES_AN_ENTRY: Final = 1024  # 46 bytes, a name, and extra fields; honest ones stay below 300
_END: Final = b"PK\x05\x06"
_END_SEARCHED: Final = 22 + 0xFFFF
_END_64_LOCATOR: Final = b"PK\x06\x07"
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_LOCAL_SIGNATURE: Final = b"PK\x03\x04"
_FLAG_ENCRYPTED: Final = 0x1


def open_zip(file: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """Return `file` opened as a zip file, after a look at how large its directory is.

    Raises:
        UnreadableFile: `file_damaged` where it is no whole zip file or its members share bytes, `file_over_limit`
            where it has too many entries.
    """
    try:
        size = _directory_size(file)
        if size is not None and size <= limits.entries * _DIRECTORY_BYTES_AN_ENTRY:
            archive = zipfile.ZipFile(file)
            if len(archive.infolist()) <= limits.entries:
                _refuse_overlaps(archive.infolist())
                return archive
    except ZIP_ERRORS as error:
        raise unreadable("file_damaged") from error
    if size is None:
        raise unreadable("file_damaged")
    raise unreadable("file_over_limit", what="内含的部件", limit=f"{limits.entries} 个")


def _refuse_overlaps(members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse members that lie upon one another: a few bytes would be inflated thousands of times over.

    Source: D. Fifield, A better zip bomb (USENIX WOOT 2019).
    """
    places = sorted((member.header_offset, member.header_offset + member.compress_size) for member in members)
    if any(end > following for (_, end), (following, _) in pairwise(places)):
        raise unreadable("file_damaged")


def _directory_size(file: IO[bytes]) -> int | None:
    """Return the size in bytes that the end record gives the directory, None where there is no end record."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _END_SEARCHED))
    tail = file.read(_END_SEARCHED)
    found = tail.rfind(_END)
    if found < 0 or len(tail) < found + 22:
        return None
    size = int.from_bytes(tail[found + 12 : found + 16], "little")
    locator = tail[found - 20 : found] if found >= 20 else b""
    if locator.startswith(_END_64_LOCATOR):
        file.seek(min(int.from_bytes(locator[8:16], "little"), length))
        record = file.read(56)
        size = max(size if size != 0xFFFFFFFF else 0, int.from_bytes(record[40:48], "little"))
    return size


def is_encrypted(member: zipfile.ZipInfo) -> bool:
    """Return whether a password is needed to read `member`."""
    return bool(member.flag_bits & _FLAG_ENCRYPTED)


def can_inflate(member: zipfile.ZipInfo) -> bool:
    """Return whether `member` is compressed in one of the two ways that office programs and usual archivers use."""
    return member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def inflate(file: IO[bytes], member: zipfile.ZipInfo, limit_bytes: int) -> Iterator[bytes]:
    """Yield the content of `member` of the zip file `file` piece by piece, never more than its directory claims.

    The library's own way of opening a member costs more than inflating a small one, and inflates what it gets in
    one go.

    Raises:
        UnreadableFile: `file_damaged`; `file_over_limit` where it claims more than `limit_bytes`.
    """
    if member.file_size > limit_bytes:
        raise too_large_inside(limit_bytes)
    if is_encrypted(member) or not can_inflate(member):
        raise unreadable("file_damaged")
    total = checksum = 0
    try:
        for piece in _pieces(file, member):
            total += len(piece)
            if total > member.file_size:
                raise unreadable("file_damaged")
            checksum = zlib.crc32(piece, checksum)
            yield piece
    except ZIP_ERRORS as error:
        raise unreadable("file_damaged") from error
    if total != member.file_size or checksum != member.CRC:
        raise unreadable("file_damaged")


def _pieces(file: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(member.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != _LOCAL_SIGNATURE:
        raise unreadable("file_damaged")
    position = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    end = position + member.compress_size
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while position < end:
        file.seek(position)
        packed = file.read(min(_PACKED_CHUNK, end - position))
        if not packed:
            raise unreadable("file_damaged")
        position += len(packed)
        if inflater is None:
            yield packed
            continue
        while packed and not inflater.eof:
            yield inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
    while inflater and not inflater.eof:
        piece = inflater.decompress(b"", _CHUNK)
        if not piece:
            raise unreadable("file_damaged")
        yield piece


def too_large_inside(limit_bytes: int) -> UnreadableFile:
    """Return the exception for content that inflates to more than `limit_bytes`."""
    return unreadable("file_over_limit", what="解压后的大小", limit=readable_size(limit_bytes))


def readable_size(size_bytes: int) -> str:
    """Return a size as people read it: `50 MB`, `12 KB`."""
    if size_bytes >= 1024 * 1024:
        return f"{size_bytes / 1024 / 1024:.0f} MB"
    return f"{max(1, round(size_bytes / 1024))} KB"
