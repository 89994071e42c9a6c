"""What a file is, told from its first bytes and, for containers, from what they hold."""

import io
import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile


class FileKind(Enum):
    """Kinds of file that a clerk may offer as a plan."""

    EMPTY = auto()
    TEXT = auto()
    HTML = auto()
    MHTML = auto()
    WORD = auto()
    WORD_BINARY = auto()
    WORD_XML = auto()
    RTF = auto()
    ODT = auto()
    PDF = auto()
    OFD = auto()
    WORKBOOK = auto()
    PRESENTATION = auto()
    IMAGE = auto()
    ARCHIVE = auto()
    PASSWORD = auto()
    LOCK = auto()
    UNKNOWN = auto()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_BYTES = 8192

_SIGNATURES = (
    (b"{\\rtf", FileKind.RTF),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"II*\0", FileKind.IMAGE),
    (b"MM\0*", FileKind.IMAGE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b\x08", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ\0", FileKind.ARCHIVE),
    (b"PK\x05\x06", FileKind.ARCHIVE),
)

_NEVER_IN_TEXT = tuple(byte for byte in range(0x20) if byte not in b"\t\n\r\f\v\x1a\x1b")

_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|div|table|p|span|br|h[1-6]|meta|title|article|section|font|center)\b",
    re.IGNORECASE,
)
_WORKBOOK_XML = re.compile(r'progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet"')
_WORD_XML = re.compile(r'progid="Word\.Document"|<w:wordDocument|<pkg:package|<office:document\b')


def sniff(raw: bytes, name: str = "") -> FileKind:
    """Return the kind of a file by its content; `name` only tells lock files, whose content says nothing."""
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return FileKind.EMPTY
    if name.startswith(("~$", ".~")) and len(raw) < 1000:
        return FileKind.LOCK
    head = raw[:_HEAD_BYTES]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(raw)
    if head.startswith(_OLE):
        return _sniff_ole(raw)
    if _is_other_image(head):
        return FileKind.IMAGE
    if head[257:262] == b"ustar":
        return FileKind.ARCHIVE
    return _sniff_text(raw)


def _is_other_image(head: bytes) -> bool:
    is_bitmap = head.startswith(b"BM") and head[6:10] == b"\0\0\0\0"
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    is_heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    return is_bitmap or is_webp or is_heif


def _sniff_zip(raw: bytes) -> FileKind:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = set(package.namelist())
            types = _small_part(package, "[Content_Types].xml")
            mimetype = _small_part(package, "mimetype")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return _sniff_damaged_zip(raw)
    if "OFD.xml" in names:
        return FileKind.OFD
    if b"wordprocessingml" in types or "word/document.xml" in names:
        return FileKind.WORD
    if b"spreadsheetml" in types or "ms-excel" in types.decode("latin-1"):
        return FileKind.WORKBOOK
    if b"presentationml" in types:
        return FileKind.PRESENTATION
    if b"opendocument.text" in mimetype:
        return FileKind.ODT
    if b"opendocument.spreadsheet" in mimetype:
        return FileKind.WORKBOOK
    if b"opendocument.presentation" in mimetype:
        return FileKind.PRESENTATION
    return FileKind.ARCHIVE


def _sniff_damaged_zip(raw: bytes) -> FileKind:
    """Kind of a package that was cut off, by the names that show in it: its reader then says that it is damaged."""
    if b"OFD.xml" in raw:
        return FileKind.OFD
    if b"xl/w" in raw:
        return FileKind.WORKBOOK
    return FileKind.WORD if b"word/" in raw or b"[Content_Types].xml" in raw else FileKind.ARCHIVE


def _small_part(package: "zipfile.ZipFile", name: str) -> bytes:
    if name not in package.NameToInfo:
        return b""
    with package.open(name) as part:
        return part.read(1_000_000)


def _sniff_ole(raw: bytes) -> FileKind:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as container:
            streams = {entry[0].lower() for entry in container.listdir()}
            if "encryptedpackage" in streams:
                return FileKind.PASSWORD
            if "worddocument" in streams:
                header = container.openstream("WordDocument").read(12)
                is_encrypted = len(header) == 12 and bool(header[11] & 0x01)  # FibBase.fEncrypted, [MS-DOC] 2.5.2
                return FileKind.PASSWORD if is_encrypted else FileKind.WORD_BINARY
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return FileKind.UNKNOWN
    if streams & {"workbook", "book"}:
        return FileKind.WORKBOOK
    if "powerpoint document" in streams:
        return FileKind.PRESENTATION
    return FileKind.UNKNOWN


def _reads_as_text(text: str) -> bool:
    """Whether `text` is mostly letters, ideographs and punctuation: any bytes decode in some encoding."""
    odd = sum(1 for mark in text if not mark.isprintable() and mark not in "\t\n\r\f\v\u3000\xa0\ufeff")
    return odd + text.count("�") <= 0.05 * len(text)


def _sniff_text(raw: bytes) -> FileKind:
    from planbook.plans.readers.encoding import decode

    head = raw[: 4 * _HEAD_BYTES]
    if b"\0" not in head and sum(map(head.count, _NEVER_IN_TEXT)) > 0.02 * len(head):
        return FileKind.UNKNOWN
    text = decode(head).text
    if not _reads_as_text(text):
        return FileKind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n")
    if re.match(r"[A-Za-z-]+:[ \t]", start) and "multipart/related" in start[:4000].lower():
        return FileKind.MHTML
    if _WORD_XML.search(start):
        return FileKind.WORD_XML
    if _WORKBOOK_XML.search(start):
        return FileKind.WORKBOOK
    tags = len(_HTML_TAG.findall(start))
    if (start.startswith("<") and tags) or tags >= 3:
        return FileKind.HTML
    return FileKind.TEXT
