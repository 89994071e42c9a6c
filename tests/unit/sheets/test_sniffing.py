import random
import struct
from dataclasses import replace

import pytest

from planbook.model.catalogue import CATALOGUE
from planbook.sheets.limits import DEFAULT_LIMITS
from planbook.sheets.reading import read_workbook
from planbook.sheets.sniffing import FileKind, explain, sniff, sniff_container
from planbook.sheets.unreadable import UnreadableFile
from tests.unit.sheets.packages import (
    compound_file,
    content_types,
    record,
    row,
    workbook,
    workbook12,
    worksheet,
    zipped,
)

K = FileKind
NOISE = random.Random(7).randbytes(20_000)  # noqa: S311 - stands for ciphertext
BOF = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
MAIL = b"From: a@x.gov.cn\r\nTo: b@x.gov.cn\r\nSubject: =?gbk?B?1PA=?=\r\n\r\n\xd4\xf0"


def open_document(media_type: str, manifest: str = "<manifest/>") -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{media_type}", "META-INF/manifest.xml": manifest})


def with_type(main: str) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": content_types().replace(
                "openxmlformats-officedocument.spreadsheetml.sheet.main+xml", main
            )
        }
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (workbook(worksheet(row())), K.XLSX),
        (with_type("openxmlformats-officedocument.spreadsheetml.template.main+xml"), K.XLSX),
        (with_type("ms-excel.sheet.macroEnabled.main+xml"), K.XLSX),
        (workbook12(b""), K.XLSB),
        (zipped({"xl/workbook.xml": "<workbook/>"}), K.XLSX),
        (compound_file({"Workbook": BOF}), K.XLS),
        (compound_file({"Book": BOF}), K.XLS),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00" + bytes(100), K.XLS),
        (open_document("spreadsheet"), K.ODS),
        (zipped({"单位/责任清单.xlsx": b"x"}), K.ZIP),
        (zipped({}), K.ZIP),
        (MAIL, K.MAIL),
        (b"\xef\xbb\xbfReceived: from x\n by y\nDate: Thu, 28 Mar 2024 10:00:00 +0800\n\n", K.MAIL),
        (b"", K.EMPTY),
        (b"\0" * 5_000, K.EMPTY),
        (b" \r\n\t", K.EMPTY),
        (b"PK\x03\x04" + bytes(100), K.DAMAGED),
        (workbook(worksheet(row()))[:-40], K.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), K.DAMAGED),
        (compound_file({"EncryptedPackage": b"", "EncryptionInfo": b""}), K.LOCKED),
        (compound_file({"Workbook": BOF + record(0x2F, bytes(54))}), K.LOCKED),
        (compound_file({"Workbook": BOF + record(0x86) + record(0x2F, bytes(54))}), K.LOCKED),
        (open_document("spreadsheet", "<manifest:encryption-data/>"), K.LOCKED),
        (compound_file({"EncryptedPackage": b"", "DRMEncryptedDataSpace": b""}), K.RIGHTS_MANAGED),
        (compound_file({"\tDRMContent": b"", "Workbook": BOF}), K.RIGHTS_MANAGED),
        (b"%TSD-Header-###%" + NOISE, K.WRAPPED),
        (b"b\x14#e\x00\x01" + NOISE, K.WRAPPED),
        (b"\0\0\0\0E-SafeNet\0\0\0LOCK" + NOISE, K.WRAPPED),
        (b"\x01\x02\x03\x04" + NOISE, K.WRAPPED),
        (b"\x01\x02\x03\x04" + bytes(range(200, 256)) * 100, K.UNKNOWN),
        (b"\x01\x02\x03\x04" + NOISE[:300], K.UNKNOWN),
        (b"%PDF-1.7\n", K.PDF),
        (zipped({"OFD.xml": "<OFD/>"}), K.OFD),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", K.IMAGE),
        (b"\x89PNG\r\n\x1a\n", K.IMAGE),
        (b"GIF89a\x01", K.IMAGE),
        (b"BM" + struct.pack("<IIII", 70, 0, 54, 40), K.IMAGE),
        (b"\0\0\0\x18ftypheic\0\0\0\0", K.IMAGE),
        (b"II*\0\x08", K.IMAGE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", K.IMAGE),
        (with_type("openxmlformats-officedocument.wordprocessingml.document.main+xml"), K.WORD),
        (compound_file({"WordDocument": b""}), K.WORD),
        (open_document("text"), K.WORD),
        (b"{\\rtf1\\ansi}", K.WORD),
        (with_type("openxmlformats-officedocument.presentationml.presentation.main+xml"), K.OFFICE),
        (compound_file({"PowerPoint Document": b""}), K.OFFICE),
        (zipped({"Index/Document.iwa": b""}), K.OFFICE),
        (b"<html><body><table></table></body></html>", K.WEB_PAGE),
        ("<table><tr><td>任务</td></tr></table>".encode("gbk"), K.WEB_PAGE),
        (b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', K.WEB_PAGE),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n", K.WEB_PAGE),
        ("序号,任务\n1,甲".encode(), K.TEXT),
        ("序号\t任务\n1\t甲".encode("gbk"), K.TEXT),
        ("序号,任务".encode("utf-16"), K.TEXT),
        (("甲" * 40_000).encode(), K.TEXT),  # the look at the head ends inside a character
        ("单位: 某局\n日期: 今日\n".encode(), K.TEXT),
        (b"Subject: one header alone makes no mail\n", K.TEXT),
        (b"Rar!\x1a\x07\x00", K.RAR),
        (b"7z\xbc\xaf'\x1c\0\4", K.SEVEN_ZIP),
        (b"\x1f\x8b\x08\0", K.OTHER_ARCHIVE),
        (compound_file({"__properties_version1.0": b"", "Workbook": b""}), K.OUTLOOK),
        (b"\x78\x9f\x3e\x22\x01\x00", K.OUTLOOK),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", K.MEDIA),
        (b"MZ\x90\0\x03", K.PROGRAM),
    ],
)
def test_kind_by_content(content: bytes, kind: FileKind) -> None:
    assert sniff(content) is kind
    assert sniff_container(content) is (kind if kind in (K.ZIP, K.RAR, K.SEVEN_ZIP, K.MAIL) else None)


@pytest.mark.parametrize("kind", [kind for kind in FileKind if not kind.is_workbook])
def test_every_other_kind_is_explained(kind: FileKind) -> None:
    finding = explain(kind)
    assert finding.code in CATALOGUE
    assert "？" not in finding.message


def test_what_is_no_workbook_is_refused_with_its_reason() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(b"%PDF-1.7\n")
    assert caught.value.finding.code == "file_pdf"


def test_an_archive_of_too_many_members() -> None:
    content = zipped({f"{number}.txt": b"" for number in range(30)})
    assert sniff(content, replace(DEFAULT_LIMITS, entries=20)) is K.OVERFULL
