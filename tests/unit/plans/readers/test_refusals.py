"""What is no plan document, and the one sentence that says so."""

import hashlib
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from planbook.model.errors import PlanbookError
from planbook.plans.readers import read_document
from planbook.plans.readers.sniffing import FileKind, sniff
from tests.unit.plans.readers.reading import refusal

NOISE = hashlib.shake_128(b"planbook").digest(5000)


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return buffer.getvalue()


def compound(name: str, beginning: bytes = b"") -> bytes:
    """Return an OLE compound file with one stream: header, one FAT sector, one of the directory, eight of content."""
    free, chain_end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack(
        "<8s16s5H6s9I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6)),
        *(0, 1, 1, 0, 4096, chain_end, 0, chain_end, 0),
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", fat_sector, chain_end, *range(3, 10), chain_end, *[free] * 118)

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = label.encode("utf-16-le")
        return struct.pack(
            "<64sHBB3I16sI16sIQ", text, len(text) + 2, kind, 1, free, free, child, b"", 0, b"", start, size
        )

    directory = entry("Root Entry", 5, 1, chain_end, 0) + entry(name, 2, free, 2, 4096) + bytes(256)
    return header + fat + directory + beginning.ljust(4096, b"\0")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b"\xef\xbb\xbf \r\n", FileKind.EMPTY),
        (b"\0" * 500, FileKind.EMPTY),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, FileKind.IMAGE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, FileKind.IMAGE),
        (b"BM\x36\0\0\0\0\0\0\0" + b"\1" * 50, FileKind.IMAGE),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.IMAGE),
        (b"II*\0" + b"\1" * 50, FileKind.IMAGE),
        (b"Rar!\x1a\x07\0", FileKind.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
        (zipped(a="甲"), FileKind.ARCHIVE),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), FileKind.ODT),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), FileKind.WORKBOOK),
        (zipped(mimetype="application/vnd.oasis.opendocument.presentation"), FileKind.PRESENTATION),
        (zipped(**{"OFD.xml": "<OFD/>"}), FileKind.OFD),
        (zipped(**{"[Content_Types].xml": "…presentationml…"}), FileKind.PRESENTATION),
        (zipped(**{"[Content_Types].xml": "…spreadsheetml…"}), FileKind.WORKBOOK),
        (NOISE, FileKind.UNKNOWN),
        (compound("WordDocument"), FileKind.WORD_BINARY),
        (compound("WordDocument", b"\xec\xa5" + bytes(9) + b"\x01"), FileKind.PASSWORD),
        (compound("EncryptedPackage"), FileKind.PASSWORD),
        (compound("Workbook"), FileKind.WORKBOOK),
        (compound("PowerPoint Document"), FileKind.PRESENTATION),
        (compound("Contents"), FileKind.UNKNOWN),
        (compound("WordDocument")[:600], FileKind.UNKNOWN),
        (b"{\\rtf1\\ansi }", FileKind.RTF),
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"<html><p>", FileKind.HTML),
        ("<p>甲</p><p>乙</p><p>丙</p>".encode("gbk"), FileKind.HTML),
        ("到2025年<5家，>3家".encode(), FileKind.TEXT),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", FileKind.MHTML),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', FileKind.WORD_XML),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileKind) -> None:
    assert sniff(content) is kind


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "空"),
        (b"\xff\xd8\xff\xe0\0\0", "图片"),
        (b"Rar!\x1a\x07\0", "解压"),
        (zipped(**{"[Content_Types].xml": "presentationml"}), "演示文稿"),
        (NOISE, "认不出"),
        (compound("EncryptedPackage"), "密码"),
        (b"<html><body><img src='a'></body></html>", "没有读到文字"),
    ],
)
def test_what_is_no_document_is_refused_by_name_with_a_remedy(tmp_path: Path, content: bytes, named: str) -> None:
    sentence = refusal(tmp_path, content, "方案.docx")
    assert "方案.docx" in sentence
    assert named in sentence
    assert "请" in sentence


def test_a_lock_file_is_named_as_such(tmp_path: Path) -> None:
    assert "临时文件" in refusal(tmp_path, b"\x05user" + b"\x20" * 100, "~$方案.docx")


def test_a_missing_path_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "无.docx", tmp_path, tmp_path / "pipe"):
        with pytest.raises(PlanbookError):
            read_document(path)


def test_a_name_that_no_system_takes_is_refused() -> None:
    for name in ("a\0b", "长" * 5000):
        with pytest.raises(PlanbookError):
            read_document(Path(name))


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "方案.txt"
    path.write_text("正文", encoding="utf-8")

    def refuse(_path: Path) -> bytes:  # root may read everything: what the system says to others is said here
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PlanbookError, match=r"方案\.txt"):
        read_document(path)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.plans.readers.dispatch._MAXIMUM_BYTES", 10)
    assert "超过" in refusal(tmp_path, "一二三四五".encode())


def test_text_longer_than_any_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.plans.readers.drafts.MAXIMUM_CHARACTERS", 100)
    assert "拆分" in refusal(tmp_path, "一二三四五。\n".encode() * 50)
