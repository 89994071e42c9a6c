import base64
import hashlib
import io
import os
import socket
import stat
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from planbook.sheets.containers import expand
from planbook.sheets.found import Candidate, Found, RefusedFile
from planbook.sheets.limits import DEFAULT_LIMITS, Limits
from planbook.sheets.reading import read_workbook
from planbook.sheets.unreadable import UnreadableFile
from tests.support.hostile import overlapping_members
from tests.unit.sheets.packages import row, workbook, worksheet, zipped

FORM = workbook(worksheet(row('<c r="A1"><v>1</v></c>')))
PHOTO = b"\xff\xd8\xff\xe0" + bytes(100)
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


def listed(folder: Path, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Return what is found below `folder`: paths of candidates, others with their code."""
    return [_line(found, folder) for found in expand([folder], limits)]


def _line(found: Found, folder: Path) -> str:
    path = found.path.removeprefix(str(folder)).lstrip("/")
    if isinstance(found, Candidate):
        return path
    assert found.finding.location.file == found.path
    return f"{path} [{found.finding.code}]"


def mail(subject: str, attachments: Mapping[str, bytes], forwarded: EmailMessage | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@x.gov.cn", subject
    message["Date"] = "Thu, 28 Mar 2024 10:00:00 +0800"
    message.set_content("请查收附件。")
    message.add_alternative("<p>请查收附件。</p>", subtype="html")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if forwarded:
        message.add_attachment(forwarded)
    return message


def gbk_zip(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file as Chinese Windows writes it: names in GBK, no flag."""
    encoded = [name.encode("gbk") for name in parts]
    names = {name: bytes([65 + number]) * len(name) for number, name in enumerate(encoded)}
    content = zipped(dict(zip((name.decode() for name in names.values()), parts.values(), strict=True)))
    for name, placeholder in names.items():
        content = content.replace(placeholder, name)
    return content


def test_folders_in_order_with_what_is_passed_over(tmp_path: Path) -> None:
    for name, content in {
        "乙.xlsx": FORM,
        "甲/二.xls": FORM,
        "甲/一.jpg": PHOTO,
        "~$乙.xlsx": b"x",
        ".~lock.乙.xlsx#": b"x",
        "Thumbs.db": b"x",
        "__MACOSX/a.xlsx": b"x",
        "下载.xlsx.part": b"x",
        "空.xlsx": b"",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert listed(tmp_path) == [
        ".~lock.乙.xlsx# [file_lock]",
        "Thumbs.db [file_system]",
        "__MACOSX [file_system]",
        "~$乙.xlsx [file_lock]",
        "下载.xlsx.part [file_unfinished]",
        "乙.xlsx",
        "甲/一.jpg",
        "甲/二.xls",
        "空.xlsx",
    ]


def test_a_candidate_says_what_it_is_and_gives_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(FORM)
    os.utime(path, (1_711_591_200, 1_711_591_200))
    (candidate,) = expand([path])
    assert isinstance(candidate, Candidate)
    assert candidate.sha256 == hashlib.sha256(FORM).hexdigest()
    assert (candidate.size, candidate.modified_at) == (len(FORM), datetime(2024, 3, 28, 2, tzinfo=UTC))
    assert candidate.read() == FORM
    path.write_bytes(FORM + b"x")
    with pytest.raises(UnreadableFile) as caught:
        candidate.read()
    assert caught.value.finding.code == "file_changed"


def test_each_file_comes_once(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(FORM)
    (tmp_path / "b").mkdir()
    found = list(expand([tmp_path / "a.xlsx", tmp_path, tmp_path / "b" / ".." / "a.xlsx"]))
    assert [Path(item.path).name for item in found] == ["a.xlsx"]


def test_archives_with_names_in_gbk_and_utf8(tmp_path: Path) -> None:
    (tmp_path / "甲.zip").write_bytes(gbk_zip({"省科技厅/责任清单.xlsx": FORM, "省科技厅/~$责任清单.xlsx": b"x"}))
    (tmp_path / "乙.zip").write_bytes(zipped({"省财政厅.xlsx": FORM, "__MACOSX/._省财政厅.xlsx": b"x"}))
    (tmp_path / "丙.xlsx").write_bytes(zipped({"改名.xlsx": FORM}))  # an archive, whatever it is called
    assert listed(tmp_path) == [
        "丙.xlsx/改名.xlsx",
        "乙.zip/省财政厅.xlsx",
        "乙.zip/__MACOSX/._省财政厅.xlsx [file_system]",
        "甲.zip/省科技厅/责任清单.xlsx",
        "甲.zip/省科技厅/~$责任清单.xlsx [file_lock]",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_in_an_archive_has_its_bytes_and_its_time(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.xlsx", (2024, 3, 28, 10, 0, 0)), FORM)
        archive.writestr(zipfile.ZipInfo("a.xlsx", (2024, 3, 28, 10, 0, 0)), PHOTO)
    (tmp_path / "a.zip").write_bytes(file.getvalue())
    first, second = expand([tmp_path / "a.zip"])
    assert isinstance(first, Candidate)
    assert isinstance(second, Candidate)
    assert (first.read(), second.read()) == (FORM, PHOTO)
    assert first.modified_at == datetime(2024, 3, 28, 2, tzinfo=UTC)
    assert second.path == first.path + " (2)"


def test_nothing_in_an_archive_leads_outside(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.xlsx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../evil.xlsx", FORM)
        archive.writestr("/abs.xlsx", FORM)
        archive.writestr("C:\\win.xlsx", FORM)
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.zip").write_bytes(file.getvalue())
    assert listed(tmp_path / "in") == [
        "a.zip/evil.xlsx",
        "a.zip/abs.xlsx",
        "a.zip/win.xlsx",
        "a.zip/link.xlsx [file_link]",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_archives_within_archives_up_to_a_depth(tmp_path: Path) -> None:
    content = FORM
    for depth in range(5):
        content = zipped({f"{depth}.zip" if depth else "form.xlsx": content})
    (tmp_path / "a.zip").write_bytes(content)
    assert listed(tmp_path) == ["a.zip/4.zip/3.zip/2.zip [file_too_deep]"]
    assert listed(tmp_path, replace(DEFAULT_LIMITS, nesting=5)) == ["a.zip/4.zip/3.zip/2.zip/1.zip/form.xlsx"]


def test_archives_that_give_nothing(tmp_path: Path) -> None:
    encrypted = bytearray(zipped({"a.xlsx": FORM}, zipfile.ZIP_STORED))
    encrypted[6] |= 1
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    damaged = bytearray(zipped({"a.xlsx": FORM, "b.xlsx": FORM}, zipfile.ZIP_STORED))
    damaged[100] ^= 0xFF
    for name, content in {
        "空": zipped({}),
        "夹": zipped({"只有文件夹/": b""}),
        "密": bytes(encrypted),
        "坏": bytes(damaged),
        "特": zipped({"a.xlsx": FORM}, zipfile.ZIP_LZMA),
        "半": zipped({"a.xlsx": FORM})[:-10],
    }.items():
        (tmp_path / f"{name}.zip").write_bytes(content)
    assert listed(tmp_path) == [
        "半.zip",  # no archive at all; as a candidate it will be found damaged
        "坏.zip/a.xlsx [file_damaged]",
        "坏.zip/b.xlsx",
        "夹.zip [file_archive_empty]",
        "密.zip/a.xlsx [file_archive_password]",
        "特.zip/a.xlsx [file_archive_method]",
        "空.zip [file_archive_empty]",
    ]


def test_archives_that_grow(tmp_path: Path) -> None:
    limits = replace(DEFAULT_LIMITS, file_bytes=1_000_000, archive_bytes=2_500_000)
    members = {f"{number}.bin": bytes(900_000) for number in range(3)}
    (tmp_path / "a.zip").write_bytes(zipped({"big.bin": bytes(2_000_000), **members, "form.xlsx": FORM}))
    assert listed(tmp_path, limits) == [
        "a.zip/big.bin [file_too_large]",
        "a.zip/0.bin",
        "a.zip/1.bin",
        "a.zip/2.bin [file_over_limit]",
        "a.zip/form.xlsx [file_over_limit]",
    ]


def test_an_archive_whose_members_share_their_bytes(tmp_path: Path) -> None:
    content = overlapping_members(0)
    (tmp_path / "a.zip").write_bytes(content)
    assert listed(tmp_path) == ["a.zip"]
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content)
    assert caught.value.finding.code == "file_damaged"


def test_an_archive_larger_than_a_file_may_be_is_opened_all_the_same(tmp_path: Path) -> None:
    limits = replace(DEFAULT_LIMITS, file_bytes=3_000)
    (tmp_path / "a.zip").write_bytes(zipped({f"{number}.xlsx": FORM for number in range(5)}))
    (tmp_path / "b.bin").write_bytes(bytes(4_000))
    (tmp_path / "c.zip").write_bytes(bytes(4_000).join([b"PK\x03\x04", zipped({"只有文件夹/": b""})]))
    assert (tmp_path / "a.zip").stat().st_size > limits.file_bytes
    assert listed(tmp_path, limits) == [
        *(f"a.zip/{number}.xlsx" for number in range(5)),
        "b.bin [file_too_large]",
        "c.zip [file_archive_empty]",
    ]


def test_mails_and_mails_forwarded_in_them(tmp_path: Path) -> None:
    inner = mail("转发：责任清单", {"省科技厅.xlsx": FORM})
    packed = mail("外层", {"材料.zip": gbk_zip({"省财政厅.xlsx": FORM}), "扫描件.pdf": b"%PDF-1.7"}, inner)
    (tmp_path / "邮件.eml").write_bytes(packed.as_bytes())
    found = list(expand([tmp_path]))
    assert listed(tmp_path) == [
        "邮件.eml/材料.zip/省财政厅.xlsx",
        "邮件.eml/扫描件.pdf",
        "邮件.eml/转发：责任清单.eml/省科技厅.xlsx",
    ]
    last = found[-1]
    assert isinstance(last, Candidate)
    assert last.read() == FORM
    assert last.modified_at == datetime(2024, 3, 28, 2, tzinfo=UTC)


def test_mails_as_attached_files_and_in_archives(tmp_path: Path) -> None:
    inner = mail("责任清单", {"a.xlsx": FORM}).as_bytes()
    outer = mail("打包", {"原邮件.eml": inner})
    gateway = (
        b"From: a@x\r\nSubject: b\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(inner)
    )
    (tmp_path / "a.zip").write_bytes(zipped({"外.eml": outer.as_bytes(), "网关.eml": gateway}))
    assert listed(tmp_path) == ["a.zip/外.eml/原邮件.eml/a.xlsx", "a.zip/网关.eml/未命名.eml/a.xlsx"]


def test_a_text_in_disorder_costs_no_attachment(tmp_path: Path) -> None:
    message = mail("责任清单", {"a.xlsx": FORM}).as_bytes().replace(b'charset="utf-8"', b'charset="\xb8\xb9"', 1)
    assert b"\xb8\xb9" in message
    (tmp_path / "a.eml").write_bytes(message)
    assert listed(tmp_path) == ["a.eml/a.xlsx"]


def test_mails_without_attachments(tmp_path: Path) -> None:
    pictured = EmailMessage()
    pictured["From"], pictured["Subject"] = "a@x", "图"
    pictured.set_content("<img src='cid:1'>", subtype="html")
    pictured.add_related(PHOTO, maintype="image", subtype="jpeg", cid="<1>")
    (tmp_path / "图.eml").write_bytes(pictured.as_bytes())
    (tmp_path / "文.eml").write_bytes(mail("无附件", {}).as_bytes())
    assert listed(tmp_path) == ["图.eml [file_mail_without_attachment]", "文.eml [file_mail_without_attachment]"]


def test_a_mail_of_mails_without_end(tmp_path: Path) -> None:
    head = b"From: a@x\r\nSubject: s\r\nContent-Type: message/rfc822\r\n\r\n"
    boundaries = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1_100)
    )
    (tmp_path / "a.eml").write_bytes(head * 20 + b"From: a@x\r\nSubject: s\r\n\r\ntext")
    (tmp_path / "b.eml").write_bytes(b"From: a@x\r\nSubject: s\r\n" + boundaries)
    (tmp_path / "c.eml").write_bytes(mail("好", {"a.xlsx": FORM}).as_bytes())
    assert listed(tmp_path) == ["a.eml [file_too_deep]", "b.eml [file_too_deep]", "c.eml/a.xlsx"]


@posix
def test_links_pipes_and_sockets_are_refused_and_not_opened(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    outside.mkdir()
    (outside / "secret.xlsx").write_bytes(FORM)
    (inbox / "file.xlsx").symlink_to(outside / "secret.xlsx")
    (inbox / "folder").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "nowhere").symlink_to(tmp_path / "none")
    os.mkfifo(inbox / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inbox / "s"))
    assert listed(inbox) == [
        "file.xlsx [file_link]",
        "folder [file_link]",
        "loop [file_link]",
        "nowhere [file_link]",
        "pipe.xlsx [file_special]",
        "s [file_special]",
    ]
    assert [item.path for item in expand([Path("/dev/zero")]) if isinstance(item, RefusedFile)] == ["/dev/zero"]


@posix
def test_the_folder_that_was_asked_for_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.xlsx").write_bytes(FORM)
    (tmp_path / "inbox").symlink_to(tmp_path / "real")
    assert listed(tmp_path / "inbox") == ["a.xlsx"]


def test_what_is_not_there_or_not_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = tmp_path / "shut.xlsx"
    shut.write_bytes(FORM)
    (tmp_path / "folder").mkdir()
    real_open, real_scan = os.open, os.scandir

    def guarded_open(path: Path, flags: int) -> int:
        if Path(path) == shut:
            raise PermissionError(13, "no")
        return real_open(path, flags)

    def guarded_scan(path: str) -> object:
        if path.endswith("folder"):
            raise PermissionError(13, "no")
        return real_scan(path)

    monkeypatch.setattr(os, "open", guarded_open)
    monkeypatch.setattr(os, "scandir", guarded_scan)
    assert listed(tmp_path) == ["folder [file_inaccessible]", "shut.xlsx [file_inaccessible]"]
    (missing,) = expand([tmp_path / "无.xlsx"])
    assert isinstance(missing, RefusedFile)
    assert missing.finding.code == "file_missing"
    (strange,) = expand([Path("a\0b")])
    assert isinstance(strange, RefusedFile)


@posix
def test_a_name_that_is_no_text_is_shown_as_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "责任清单.xlsx".encode("gbk")
    Path(os.fsdecode(name)).write_bytes(FORM)
    (candidate,) = expand([tmp_path])
    assert isinstance(candidate, Candidate)
    assert candidate.path == f"{tmp_path}/责任清单.xlsx"
    assert candidate.read() == FORM


def test_no_more_files_than_the_limit(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.xlsx").write_bytes(FORM)
    assert listed(tmp_path, replace(DEFAULT_LIMITS, files=3)) == [
        "0.xlsx",
        "1.xlsx",
        "2.xlsx",
        "3.xlsx [file_too_many]",
    ]


def test_folders_without_end(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["d"] * 40)
    folder.mkdir(parents=True)
    (lines,) = listed(tmp_path)
    assert lines.endswith("[file_too_deep]")
