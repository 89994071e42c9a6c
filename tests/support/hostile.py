"""Files that attack whoever reads them: made by hand, each for one weakness, cheap to make and dear to believe.

`hostile_files` gives them by name. A number makes them differ from those of any other number, so that no two are the
same file. What only a file system can hold (links, pipes, devices) `plant_oddities` puts into a folder.
"""

import bz2
import gzip
import io
import lzma
import os
import socket
import stat
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Final

import py7zr

from tests.unit.sheets.packages import (
    DECLARATION,
    compound_file,
    index,
    relationships,
    row,
    strings,
    workbook,
    worksheet,
    zipped,
)

ESCAPED: Final = "/tmp/planbook-escaped.xlsx"  # noqa: S108 - where an archive asks to be unpacked to
MIB: Final = 1024 * 1024
_HEADER: Final = row('<c r="A1" t="inlineStr"><is><t>任务编号</t></is></c>')


@cache
def _deflated(piece: bytes, times: int) -> tuple[bytes, int, int]:
    """Return a piece repeated so many times, deflated, with its CRC and size; never whole in memory."""
    block = piece * max(1, MIB // len(piece))
    count, crc = -(-times * len(piece) // len(block)), 0
    for _ in range(count):
        crc = zlib.crc32(block, crc)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeezed = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it may be repeated
    return squeezed * count + squeeze.flush(), crc, len(block) * count


def with_raw_part(package: bytes, name: str, deflated: tuple[bytes, int, int], *, claimed: int | None = None) -> bytes:
    """Return a package with one part more whose deflated bytes are given; `claimed` is the size that it admits to."""
    content, crc, size = deflated
    told = size if claimed is None else claimed
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        kept = {info.filename: archive.read(info) for info in archive.infolist() if info.filename != name}
    base = zipped(kept)
    end = base.rindex(b"PK\5\6")
    count, directory_size, directory_start = struct.unpack("<HII", base[end + 10 : end + 20])
    encoded = name.encode()
    fields = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 0x5881, crc, len(content), told, len(encoded), 0)
    local = b"PK\3\4" + fields + encoded + content
    entry = b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, directory_start) + encoded
    directory = base[directory_start : directory_start + directory_size] + entry
    tail = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), directory_start + len(local), 0
    )
    return base[:directory_start] + local + directory + tail


def _sheet(content: str) -> bytes:
    return workbook(worksheet(_HEADER).replace(DECLARATION, DECLARATION + content, 1))


def _entity_bomb(_: int) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return _sheet(f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]>')


def _quadratic_bomb(_: int) -> bytes:
    sheet = worksheet(row(f'<c r="A1" t="inlineStr"><is><t>{"&a;" * 50_000}</t></is></c>'))
    return workbook(sheet.replace(DECLARATION, f'{DECLARATION}<!DOCTYPE x [<!ENTITY a "{"A" * 50_000}">]>'))


def _external_entity(_: int) -> bytes:
    sheet = worksheet(row('<c r="A1" t="inlineStr"><is><t>&x;</t></is></c>'))
    return workbook(sheet.replace(DECLARATION, DECLARATION + '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))


def _outside_relationship(_: int) -> bytes:
    links = relationships({"rId1": ("worksheet", "../../../../../etc/passwd")})
    return workbook(worksheet(_HEADER), extra={"xl/_rels/workbook.xml.rels": links})


def _many_parts(number: int) -> bytes:
    return zipped({**_parts(), **{f"xl/media/{n}-{number}.xml": b"" for n in range(20_000)}}, zipfile.ZIP_STORED)


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook(worksheet(_HEADER)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _raw_sheet(piece: bytes, times: int, *, claimed: int | None = None) -> bytes:
    return with_raw_part(
        workbook(worksheet(_HEADER)), "xl/worksheets/sheet1.xml", _deflated(piece, times), claimed=claimed
    )


def _million_rows(_: int) -> bytes:
    return _raw_sheet(b'<row><c t="inlineStr"><is><t>x</t></is></c></row>', 7_000_000)


def _many_sheets(_: int) -> bytes:
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 60_000))
    return zipped({**_parts(), "xl/workbook.xml": index(sheets)})


def _many_shared_strings(_: int) -> bytes:
    package = workbook(worksheet(_HEADER), shared=strings("<t>a</t>"))
    return with_raw_part(package, "xl/sharedStrings.xml", _deflated(b"<si><t>x</t></si>", 20_000_000))


def _same_string_everywhere(_: int) -> bytes:
    rows = "".join(row(f'<c r="A{n}" t="s"><v>0</v></c>', number=n) for n in range(1, 30_000))
    return workbook(worksheet(rows), shared=strings(f"<t>{'长' * 400_000}</t>"))


def _duplicate_parts(_: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts().items():
            archive.writestr(name, content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
            for _again in range(200):
                archive.writestr("xl/worksheets/sheet1.xml", worksheet(_HEADER))
    return file.getvalue()


def overlapping_members(_: int) -> bytes:
    """Every entry of the directory points to the same compressed bytes (Fifield, A better zip bomb)."""
    content, crc, size = _deflated(b"0" * 1024, 32 * 1024)
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x5881, crc, len(content), size, 1, 0) + b"a" + content
    entry = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x5881, crc, len(content), size, 9, 0)
    directory = b"".join(
        b"PK\1\2" + struct.pack("<H", 20) + entry + struct.pack("<HHHII", 0, 0, 0, 0, 0) + f"{n:04}.xlsx".encode()
        for n in range(4000)
    )
    return local + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 4000, 4000, len(directory), len(local), 0)


def _nested_archives(number: int) -> bytes:
    content = workbook(worksheet(_HEADER))
    for _ in range(12):
        content = zipped({f"里面{number}.zip": content})
    return content


def _archive_of_itself(_: int) -> bytes:
    inner = b"PK\5\6" + bytes(18)
    return zipped({"self.zip": inner, "../self.zip": inner, "self.zip/": b""})


def _archive_that_leads_outside(number: int) -> bytes:
    link = zipfile.ZipInfo("连接.xlsx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in (
            f"../../../..{ESCAPED}",
            ESCAPED,
            "C:\\planbook-escaped.xlsx",
        ):
            archive.writestr(name, f"不是表格{number}{name}")
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def _tape_archive(_: int) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("../../x.xlsx")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    return file.getvalue()


def _mail_within_mail(_: int) -> bytes:
    message = EmailMessage()
    message.set_content("底")
    for _ in range(60):
        outer = EmailMessage()
        outer["Subject"] = "转发"
        outer.set_content("见附件")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def _mail_of_many_parts(number: int) -> bytes:
    parts = (
        f'--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{number}"\r\n\r\n'
    )
    head = 'From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    return (head + (parts + "x\r\n") * 30_000 + "--x--\r\n").encode()


def _mail_with_bomb(_: int) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.com", "报送"
    message.set_content("见附件")
    bomb = _raw_sheet(b" ", 1024 * MIB)
    message.add_attachment(bomb, maintype="application", subtype="octet-stream", filename="责任清单.xlsx")
    return message.as_bytes()


def _mail_with_long_headers(_: int) -> bytes:
    subject, more = b"5pyA" * 500_000, b"a\r\n " * 200_000
    return b"From: a@b\r\nSubject: =?utf-8?b?" + subject + b"?=\r\nX: " + more + b"\r\n\r\nx"


def _looping_compound_file(number: int) -> bytes:
    content = bytearray(compound_file({"Workbook": bytes([number % 250]) * 8000}))
    content[512 : 512 + 512] = struct.pack("<128I", *([1] * 128))  # every sector of the table leads to sector 1
    return bytes(content)


def _seven_zip_bomb(_: int) -> bytes:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.writestr(bytes(24 * MIB), "责任清单.xlsx")
    return file.getvalue()


def _spreadsheet_2003_bomb(_: int) -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>'
        b"<Row><Cell><Data>&b;</Data></Cell></Row></Table></Worksheet></Workbook>"
    )


def _document_with_manifest(content: bytes) -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content})


def _repeated_open_document(_: int) -> bytes:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    return _document_with_manifest(
        f"<office:document-content {namespaces}><office:body><office:spreadsheet><table:table table:name='a'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>".encode()
    )


_KINDS: Final[Mapping[str, Callable[[int], bytes]]] = {
    "实体炸弹.xlsx": _entity_bomb,
    "实体膨胀.xlsx": _quadratic_bomb,
    "外部实体.xlsx": _external_entity,
    "关系出界.xlsx": _outside_relationship,
    "两万部件.xlsx": _many_parts,
    "深层标记.xlsx": lambda _: workbook(DECLARATION + "<a>" * 300_000),
    "深层单元格.xlsx": lambda _: workbook(worksheet(row(f'<c r="A1">{"<v>" * 200_000}</c>'))),
    "一GiB零.xlsx": lambda _: _raw_sheet(b"\0" * 1024, MIB),
    "一GiB空格.xlsx": lambda _: _raw_sheet(b" " * 1024, MIB),
    "谎报大小.xlsx": lambda _: _raw_sheet(b" " * 1024, MIB, claimed=1000),
    "七百万行.xlsx": _million_rows,
    "六万张表.xlsx": _many_sheets,
    "两千万字符串.xlsx": _many_shared_strings,
    "同一长文.xlsx": _same_string_everywhere,
    "谎报范围.xlsx": lambda _: workbook(
        worksheet(_HEADER).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    ),
    "天边一格.xlsx": lambda _: workbook(worksheet(_HEADER + row('<c r="XFD1048576"><v>1</v></c>', number=1_048_576))),
    "每行天边.xlsx": lambda _: workbook(
        worksheet("".join(row(f'<c r="XFD{n}"><v>1</v></c>', number=n) for n in range(1, 60_000)))
    ),
    "合并百万.xlsx": lambda _: workbook(
        worksheet(_HEADER, "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 300_000 + "</mergeCells>")
    ),
    "位置荒唐.xlsx": lambda _: workbook(worksheet('<row r="99999999999"><c r="ZZZZZZ9"><v>1</v></c></row>')),
    "重名部件.xlsx": _duplicate_parts,
    "重叠部件.zip": overlapping_members,
    "层层压缩.zip": _nested_archives,
    "自含.zip": _archive_of_itself,
    "出界.zip": _archive_that_leads_outside,
    "磁带.tar": _tape_archive,
    "膨胀.gz": lambda _: gzip.compress(bytes(64 * MIB)),
    "膨胀.xz": lambda _: lzma.compress(bytes(16 * MIB)),
    "膨胀.bz2": lambda _: bz2.compress(bytes(8 * MIB)),
    "膨胀.7z": _seven_zip_bomb,
    "伪装.rar": lambda n: b"Rar!\x1a\x07\x00" + bytes([n % 256]) * 4000,
    "套娃.eml": _mail_within_mail,
    "三万附件.eml": _mail_of_many_parts,
    "炸弹附件.eml": _mail_with_bomb,
    "长信头.eml": _mail_with_long_headers,
    "绕圈.xls": _looping_compound_file,
    "无稽.xls": lambda n: compound_file({"Workbook": bytes([9, 8, 16, 0, 0, 6, 5, 0, n % 256]) * 900}),
    "加密.xlsx": lambda n: compound_file({"EncryptionInfo": b"\4\0\4\0" + bytes([n % 256]), "EncryptedPackage": b"x"}),
    "2003实体.xml": _spreadsheet_2003_bomb,
    "重复.ods": _repeated_open_document,
    "长行.csv": lambda _: b"," * (20 * MIB),
    "截断.xlsx": lambda _: workbook(worksheet(_HEADER))[:-300],
    "错码.xlsx": lambda _: workbook(worksheet(_HEADER).encode("utf-16")),
    "空.xlsx": lambda _: b"",
    "一字节.xlsx": lambda _: b"P",
    "照片.xlsx": lambda n: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes([n % 256]) * 2000,
    "程序.xlsx": lambda n: b"MZ" + bytes([n % 256]) * 3000,
}


def hostile_files(number: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield each kind's name and bytes; those of another number are of the same kinds and yet other files."""
    for name, make in _KINDS.items():
        content = make(number)
        if number and content:
            content = _told_apart(content, number)
        yield name, content


def _told_apart(content: bytes, number: int) -> bytes:
    """Return the same trouble in other bytes: a comment at the end of a package, a tail elsewhere."""
    mark = b"%08d" % number
    end = content.rfind(b"PK\5\6")
    if content.startswith(b"PK") and len(content) - end == 22:
        return content[:-2] + struct.pack("<H", len(mark)) + mark
    return content + mark


def plant_oddities(folder: Path, good_form: bytes) -> None:
    """Put into `folder` what is no plain file, or has no plain name; only a Unix file system holds most of it."""
    outside = folder.parent / "外面.xlsx"
    outside.write_bytes(good_form)
    (folder / "连接.xlsx").symlink_to(outside)
    (folder / "密码.xlsx").symlink_to("/etc/passwd")
    (folder / "断连.xlsx").symlink_to("不在这里")
    (folder / "自连.xlsx").symlink_to("自连.xlsx")
    (folder / "圈").symlink_to(folder, target_is_directory=True)
    (folder / "根").symlink_to("/", target_is_directory=True)
    os.mkfifo(folder / "管道.xlsx")
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(folder)  # a socket's name has at most 107 bytes
        try:
            listener.bind("插座.xlsx")
        finally:
            os.chdir(before)
    if os.geteuid() == 0:
        os.mknod(folder / "设备.xlsx", 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe\xb1\xed.xlsx")).write_bytes(b"x")
    for name in ("换\n行.xlsx", "-rf.xlsx", "铃\a.xlsx", "反\u202exslx.exe", "长" * 80 + ".xlsx", "$(touch x).xlsx"):
        (folder / name).write_text(name)
    deep = folder
    for _ in range(40):
        deep = deep / "深"
    deep.mkdir(parents=True)
    (deep / "底.xlsx").write_bytes(good_form)
