"""Tells what a file is by its content alone; names and extensions are what senders make of them."""

import codecs
import io
import math
import re
from collections import Counter
from collections.abc import Container
from enum import StrEnum
from typing import IO, Final
from zipfile import ZipInfo

from planbook.model.findings import Finding
from planbook.sheets.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from planbook.sheets.ole import OLE_ERRORS, OLE_SIGNATURE, WORKBOOK_STREAMS, read_stream, stream_names
from planbook.sheets.unreadable import UnreadableFile
from planbook.sheets.zipped import inflate, open_zip


class FileKind(StrEnum):
    """What a file is. The first group is read as workbooks, the second is opened for what it holds."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"

    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    MAIL = "mail"

    EMPTY = "empty"
    DAMAGED = "damaged"
    LOCKED = "locked"
    RIGHTS_MANAGED = "rights_managed"
    WRAPPED = "wrapped"
    OVERFULL = "overfull"
    PDF = "pdf"
    OFD = "ofd"
    IMAGE = "image"
    WORD = "word"
    OFFICE = "office"
    WEB_PAGE = "web_page"
    TEXT = "text"
    OTHER_ARCHIVE = "other_archive"
    OUTLOOK = "outlook"
    MEDIA = "media"
    PROGRAM = "program"
    UNKNOWN = "unknown"

    @property
    def is_workbook(self) -> bool:
        """Whether `read_workbook` reads it."""
        return self in (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS)


_CODES: Final = {
    FileKind.ZIP: "file_archive_empty",
    FileKind.RAR: "file_archive_empty",
    FileKind.SEVEN_ZIP: "file_archive_empty",
    FileKind.MAIL: "file_mail_without_attachment",
    FileKind.EMPTY: "file_empty",
    FileKind.DAMAGED: "file_damaged",
    FileKind.LOCKED: "file_password",
    FileKind.RIGHTS_MANAGED: "file_rights_managed",
    FileKind.WRAPPED: "file_wrapped",
    FileKind.PDF: "file_pdf",
    FileKind.OFD: "file_ofd",
    FileKind.IMAGE: "file_image",
    FileKind.WORD: "file_word",
    FileKind.OFFICE: "file_office",
    FileKind.WEB_PAGE: "file_web_page",
    FileKind.TEXT: "file_text",
    FileKind.OTHER_ARCHIVE: "file_other_archive",
    FileKind.OUTLOOK: "file_outlook",
    FileKind.MEDIA: "file_media",
    FileKind.PROGRAM: "file_program",
    FileKind.UNKNOWN: "file_unknown",
}

_ZIP_SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_RAR: Final = b"Rar!\x1a\x07"
_SEVEN_ZIP: Final = b"7z\xbc\xaf\x27\x1c"
_MAGIC: Final[tuple[tuple[bytes, FileKind], ...]] = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF87a", FileKind.IMAGE),
    (b"GIF89a", FileKind.IMAGE),
    (b"II*\0", FileKind.IMAGE),
    (b"MM\0*", FileKind.IMAGE),
    (_RAR, FileKind.RAR),
    (_SEVEN_ZIP, FileKind.SEVEN_ZIP),
    (b"\x1f\x8b", FileKind.OTHER_ARCHIVE),
    (b"BZh", FileKind.OTHER_ARCHIVE),
    (b"\xfd7zXZ\0", FileKind.OTHER_ARCHIVE),
    (b"MSCF", FileKind.OTHER_ARCHIVE),
    (b"{\\rtf", FileKind.WORD),
    (b"\x78\x9f\x3e\x22", FileKind.OUTLOOK),  # winmail.dat, Outlook's own wrapping of attachments
    (b"MZ\x90\0", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"ID3\x03", FileKind.MEDIA),
    (b"ID3\x04", FileKind.MEDIA),
    (b"\xff\xfb", FileKind.MEDIA),
    (b"OggS", FileKind.MEDIA),
    (b"\x1aE\xdf\xa3", FileKind.MEDIA),
    (b"%TSD-Header-###%", FileKind.WRAPPED),  # 绿盾
    (b"b\x14#e", FileKind.WRAPPED),  # 亿赛通
)
# Workbooks of Excel 2 to 95 may come without a container: they begin with the record BOF.
_BARE_WORKBOOKS: Final = (b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0", b"\x09\x08\x08\0", b"\x09\x08\x10\0")
_PICTURE_BRANDS: Final = frozenset((b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif"))
_RECORD_FILEPASS: Final = 0x2F
_RECORDS_BEFORE_FILEPASS: Final = 30

_HEAD: Final = 64 * 1024
_ENTROPY_OF_CIPHERTEXT: Final = 7.2  # bits a byte; text and machine code stay below 6.6
_ENTROPY_LEAST_SAMPLE: Final = 1024

_MAIL_HEADER: Final = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t]|\r?$)")
_MAIL_HEADERS: Final = frozenset(
    b"from to subject date message-id mime-version received content-type return-path delivered-to sender cc".split()
)
_MAIL_LINES: Final = 300
_SAVED_WEB_PAGE: Final = re.compile(rb"^x-document-type:", re.IGNORECASE | re.MULTILINE)  # a workbook saved as .mht
_MARKUP: Final = re.compile(r"\s*(?:<!--|<!doctype|<\?xml|<html|<head|<meta|<table|<style|<body|<div)", re.IGNORECASE)
_OVERRIDE: Final = re.compile(rb"<(?:[a-z0-9]+:)?override[^<>]*>")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(content: bytes, limits: Limits = DEFAULT_LIMITS) -> FileKind:
    """Return what the file with this content is."""
    if not content.strip(b"\0 \t\r\n"):
        return FileKind.EMPTY
    if content.startswith(_ZIP_SIGNATURES):
        return sniff_zip(io.BytesIO(content), limits)
    if content.startswith(OLE_SIGNATURE):
        return _sniff_ole(content)
    if content.startswith(_BARE_WORKBOOKS):
        return FileKind.XLS
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if b"E-SafeNet" in content[:64]:  # 亿赛通, other versions
        return FileKind.WRAPPED
    return _sniff_media(content[:16]) or _sniff_text(content[:_HEAD]) or _sniff_noise(content)


def _sniff_media(head: bytes) -> FileKind | None:
    """Tell pictures and recordings whose signature is more than the first few bytes."""
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return FileKind.IMAGE
    if head[4:8] == b"ftyp":
        return FileKind.IMAGE if head[8:12] in _PICTURE_BRANDS else FileKind.MEDIA
    if head.startswith(b"RIFF"):
        return FileKind.IMAGE if head[8:12] == b"WEBP" else FileKind.MEDIA
    return None


def sniff_container(content: bytes, limits: Limits = DEFAULT_LIMITS) -> FileKind | None:
    """Return whether files are to be looked for inside a file with this content: ZIP, RAR, SEVEN_ZIP, MAIL, or None.

    Unlike `sniff` it needs no more than the directory of a zip file and the head of any other.
    """
    if content.startswith(_ZIP_SIGNATURES):
        return FileKind.ZIP if is_archive(io.BytesIO(content), limits) else None
    if content.startswith(_RAR):
        return FileKind.RAR
    if content.startswith(_SEVEN_ZIP):
        return FileKind.SEVEN_ZIP
    head = content[:_HEAD]
    return FileKind.MAIL if _is_mail(head) and not _SAVED_WEB_PAGE.search(head) else None


def is_archive(file: IO[bytes], limits: Limits) -> bool:
    """Return whether `file` is a zip file of files, not one that is itself a document."""
    file.seek(0)
    return file.read(4).startswith(_ZIP_SIGNATURES) and sniff_zip(file, limits) is FileKind.ZIP


def explain(kind: FileKind, limits: Limits = DEFAULT_LIMITS) -> Finding:
    """Return the finding that says why a file of `kind`, which is no workbook, cannot be taken in."""
    if kind is FileKind.OVERFULL:
        return Finding.of("file_over_limit", what="内含的部件", limit=f"{limits.entries} 个")
    return Finding.of(_CODES[kind])


def sniff_zip(file: IO[bytes], limits: Limits) -> FileKind:
    """Return what the zip file `file` is: a workbook, another document, or an archive of files."""
    try:
        archive = open_zip(file, limits)
        members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in archive.infolist()}
        if "[content_types].xml" in members:
            return _sniff_open_xml(_head_of(file, members["[content_types].xml"]), members)
        if "mimetype" in members:
            manifest = members.get("meta-inf/manifest.xml")
            return _sniff_open_document(
                _head_of(file, members["mimetype"]), _head_of(file, manifest) if manifest else b""
            )
    except UnreadableFile as error:
        return FileKind.OVERFULL if error.finding.code == "file_over_limit" else FileKind.DAMAGED
    if "xl/workbook.xml" in members:
        return FileKind.XLSX
    if "ofd.xml" in members:
        return FileKind.OFD
    if any(name.endswith(".iwa") for name in members):
        return FileKind.OFFICE
    return FileKind.ZIP


def _head_of(file: IO[bytes], member: ZipInfo) -> bytes:
    return b"".join(inflate(file, member, 4 * MEBIBYTE)).lower()


def _sniff_open_xml(content_types: bytes, parts: Container[str]) -> FileKind:
    """Tell documents of Open XML by the type of their main part, which has an entry of its own.

    Entries by extension may name types that the package has none of.
    """
    types = b" ".join(_OVERRIDE.findall(content_types)) or content_types
    if re.search(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template|addin)\.macro", types):
        return FileKind.XLSX
    if b"ms-excel.sheet.binary" in types:
        return FileKind.XLSB
    if b"wordprocessingml" in types or b"ms-word.document" in types:
        return FileKind.WORD
    if "xl/workbook.xml" in parts:
        return FileKind.XLSX
    return FileKind.XLSB if "xl/workbook.bin" in parts else FileKind.OFFICE


def _sniff_open_document(media_type: bytes, manifest: bytes) -> FileKind:
    if b"encryption-data" in manifest:
        return FileKind.LOCKED
    if b"opendocument.spreadsheet" in media_type:
        return FileKind.ODS
    return FileKind.WORD if b"opendocument.text" in media_type else FileKind.OFFICE


def _sniff_ole(content: bytes) -> FileKind:
    try:
        names = stream_names(content)
        if "drmencrypteddataspace" in names or "\tdrmcontent" in names:
            return FileKind.RIGHTS_MANAGED
        if "encryptedpackage" in names:
            return FileKind.LOCKED
        if "__properties_version1.0" in names:  # before the others: a message may carry their streams in attachments
            return FileKind.OUTLOOK
        if "workbook" in names or "book" in names:
            head = read_stream(content, WORKBOOK_STREAMS, 4096)
            return FileKind.LOCKED if _has_filepass(head) else FileKind.XLS
    except OLE_ERRORS:
        return FileKind.DAMAGED
    return FileKind.WORD if "worddocument" in names else FileKind.OFFICE


def _has_filepass(stream: bytes) -> bool:
    """Return whether a workbook stream says that what follows is encrypted (MS-XLS 2.4.117)."""
    position = 0
    for _ in range(_RECORDS_BEFORE_FILEPASS):
        kind = int.from_bytes(stream[position : position + 2], "little")
        if kind == _RECORD_FILEPASS:
            return True
        position += 4 + int.from_bytes(stream[position + 2 : position + 4], "little")
    return False


def _sniff_text(head: bytes) -> FileKind | None:
    if _is_mail(head):
        return FileKind.WEB_PAGE if _SAVED_WEB_PAGE.search(head) else FileKind.MAIL
    encodings = ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return FileKind.WEB_PAGE if _MARKUP.match(text) else FileKind.TEXT
    return None


def _is_mail(head: bytes) -> bool:
    """Return whether `head` begins as a mail does: header lines, at least two of them well-known ones."""
    known: set[bytes] = set()
    for line in head.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()[:_MAIL_LINES]:
        if not line:
            break
        match = _MAIL_HEADER.match(line)
        if match:
            known.update({match[1].lower()} & _MAIL_HEADERS)
        elif not line.startswith((b" ", b"\t", b"From ", b">From ")):
            return False
    return len(known) >= 2


def _sniff_noise(content: bytes) -> FileKind:
    """Tell ciphertext from other unknown content; a readable header may stand in front of it."""
    start = len(content) // 4
    sample = content[start : start + _HEAD]
    if len(sample) < _ENTROPY_LEAST_SAMPLE:
        return FileKind.UNKNOWN
    shares = [count / len(sample) for count in Counter(sample).values()]
    entropy = -sum(share * math.log2(share) for share in shares)
    return FileKind.WRAPPED if entropy >= _ENTROPY_OF_CIPHERTEXT else FileKind.UNKNOWN
