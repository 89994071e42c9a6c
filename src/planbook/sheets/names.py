"""File names of unknown origin: which are nobody's return, how archives and mails encode them, how to show them."""

import os
import re
import struct
import zlib
from collections.abc import Mapping
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from typing import Final
from zipfile import ZipInfo

_LOCKS: Final = ("~$", ".~")
_SYSTEM_FILES: Final = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".localized", "icon\r"))
_SYSTEM_FOLDERS: Final = frozenset(
    ("__macosx", "$recycle.bin", "system volume information", "@eadir", ".trashes", ".spotlight-v100", ".fseventsd")
)
_UNFINISHED: Final = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".xltd", ".opdownload")

_CONTROL: Final = re.compile("[\x00-\x1f\x7f\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_UNNAMED: Final = "未命名"
_FLAG_UTF8: Final = 0x800
_UNICODE_PATH: Final = 0x7075
_CHARSETS: Final[Mapping[str, str]] = {
    # Mail programs say GB2312 and mean GBK; GB18030 reads both.
    **dict.fromkeys(("gb2312", "gbk", "cp936", "x-gbk", "gb_2312-80", "hz-gb-2312", "unknown-8bit"), "gb18030"),
    "utf8": "utf-8",
}


class _RawHeaders(Compat32):
    """The library's own policy replaces raw bytes in headers, which Chinese programs do write, by question marks."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - the interface
        return value


RAW_HEADERS: Final = _RawHeaders()
"""Policy with which mails are to be parsed."""


def find_reason_to_skip(path: str) -> str | None:
    """Return the finding code by which a file is nobody's return (lock, system, unfinished), None where it may be one.

    Args:
        path: Name, or path with `/`, of a file or folder.
    """
    *folders, name = path.lower().split("/")
    if name.startswith(_LOCKS):
        return "file_lock"
    if name in _SYSTEM_FILES or name.startswith("._") or not _SYSTEM_FOLDERS.isdisjoint((*folders, name)):
        return "file_system"
    if name.endswith(_UNFINISHED) or name.startswith(("~wrl", "~wrd", "~df")):
        return "file_unfinished"
    return None


def readable_name(name: str) -> str:
    """Return a name as it may be shown and stored: relative, `/` between its parts, no control characters."""
    parts = [_CONTROL.sub("", part).strip() for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", part)]
    return "/".join(kept) or _UNNAMED


def readable_path(path: str) -> str:
    """Return a path of this system as text; names in another encoding than the system's are taken for GBK."""
    parts = path.replace("\\", "/").split("/") if os.sep == "\\" else path.split("/")
    return _CONTROL.sub("\ufffd", "/".join(map(_in_characters, parts)))


def _in_characters(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        return os.fsencode(part).decode("gb18030", "replace")
    return part


def member_name(member: ZipInfo) -> str:
    """Return the name of a member of a zip file in characters.

    Without the UTF-8 flag the standard says CP437, but Chinese Windows writes GBK and others UTF-8; the library
    has decoded it as CP437.
    """
    if member.flag_bits & _FLAG_UTF8:
        return member.filename
    try:
        raw = member.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    return _unicode_path(member.extra, raw) or guess_text(raw)


def _unicode_path(extra: bytes, raw_name: bytes) -> str | None:
    """Return the name in the extra field that some archivers add for it (APPNOTE 4.6.9)."""
    position = 0
    while position + 9 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        if kind == _UNICODE_PATH and size > 5:
            (checksum,) = struct.unpack_from("<I", extra, position + 5)
            if checksum == zlib.crc32(raw_name):
                return extra[position + 9 : position + 4 + size].decode("utf-8", "replace")
        position += 4 + size
    return None


def guess_text(raw: bytes) -> str:
    """Return bytes of unknown encoding as text: UTF-8 where they are that and it makes sense, else GBK."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
    if text.isascii() or _HAN.search(text):
        return text
    # A few GBK characters happen to be UTF-8 as well, for letters that no Chinese name has.
    other = raw.decode("gb18030", "replace")
    return other if _HAN.search(other) and "\ufffd" not in other else text


def attachment_name(part: Message) -> str | None:
    """Return the name that a mail gives one of its parts, None where it gives none; see RFC 2231 and RFC 2047."""
    for name, header in (("filename", "content-disposition"), ("name", "content-type")):
        try:
            value = part.get_param(name, None, header)
            if isinstance(value, tuple):
                charset, _, text = value
                return decode_bytes(text.encode("latin-1", "replace"), charset)
            if value is not None:
                return decode_words(value)
        except (ValueError, LookupError, TypeError):
            return _UNNAMED  # a header in disorder: the library has many ways to stumble over one
    return None


def decode_words(text: str) -> str:
    """Return a header's value in characters, whether encoded by RFC 2047 or written in raw bytes."""
    try:
        words = decode_header(text)
    except HeaderParseError:
        words = [(text, None)]
    decoded: list[str] = []
    for word, charset in words:
        if isinstance(word, bytes) and charset is not None:
            decoded.append(decode_bytes(word, charset))
        else:  # what stands between encoded words comes back in a code of the library's own
            plain = word.decode("raw-unicode-escape") if isinstance(word, bytes) else word
            decoded.append(guess_text(plain.encode("utf-8", "surrogateescape")))
    return "".join(decoded)


def decode_bytes(raw: bytes, charset: str | None) -> str:
    """Return bytes said to be in `charset` as text; where that is wrong or nothing is said, as `guess_text` does."""
    if charset is None:
        return guess_text(raw)
    try:
        return raw.decode(_CHARSETS.get(charset.lower(), charset))
    except (LookupError, ValueError):
        return guess_text(raw)
