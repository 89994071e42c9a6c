import struct
import zlib
from email import message_from_bytes
from zipfile import ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.sheets.names import (
    RAW_HEADERS,
    attachment_name,
    decode_words,
    find_reason_to_skip,
    guess_text,
    member_name,
    readable_name,
    readable_path,
)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("~$2024Q1_省科技厅_责任清单.xlsx", "file_lock"),
        (".~责任清单.xlsx", "file_lock"),
        (".~lock.责任清单.xlsx#", "file_lock"),
        ("Thumbs.db", "file_system"),
        ("desktop.ini", "file_system"),
        (".DS_Store", "file_system"),
        ("._责任清单.xlsx", "file_system"),
        ("__MACOSX/a/b.xlsx", "file_system"),
        ("__MACOSX", "file_system"),
        ("~WRL0001.tmp", "file_unfinished"),
        ("责任清单.xlsx.crdownload", "file_unfinished"),
        ("责任清单.xlsx.part", "file_unfinished"),
        ("责任清单.xlsx", None),
        ("a/~$目录/责任清单.xlsx", None),
        ("责任清单~$.xlsx", None),
        ("tmp.xlsx", None),
    ],
)
def test_files_that_are_nobodys_return(path: str, code: str | None) -> None:
    assert find_reason_to_skip(path) == code


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("单位/清单.xlsx", "单位/清单.xlsx"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\桌面\\清单.xlsx", "桌面/清单.xlsx"),
        ("/清单.xlsx", "清单.xlsx"),
        ("a\x00b\u202excod.xlsx", "abxcod.xlsx"),
        ("..", "未命名"),
        ("", "未命名"),
    ],
)
def test_readable_name(name: str, readable: str) -> None:
    assert readable_name(name) == readable


@given(st.text(st.characters(codec=None)))
def test_any_name_can_be_shown_and_leads_nowhere(name: str) -> None:
    shown = readable_name(name)
    shown.encode()
    assert shown
    assert not shown.startswith("/")
    assert ".." not in shown.split("/")


def test_a_path_in_another_encoding_is_shown_in_characters() -> None:
    assert readable_path("/收/" + "清单.xlsx".encode("gbk").decode("utf-8", "surrogateescape")) == "/收/清单.xlsx"
    assert readable_path("/收/清单\n.xlsx") == "/收/清单\ufffd.xlsx"


def zip_name(raw: bytes, flags: int = 0, extra: bytes = b"") -> str:
    member = ZipInfo(raw.decode("utf-8" if flags else "cp437"))
    member.flag_bits, member.extra = flags, extra
    return member_name(member)


def test_names_in_zip_files() -> None:
    name = "省科技厅/责任清单.xlsx"
    field = struct.pack("<HHBI", 0x7075, 5 + len(name.encode()), 1, zlib.crc32(b"____.xlsx")) + name.encode()
    stamp = struct.pack("<HHB", 0x5455, 1, 0)
    assert zip_name(name.encode("gbk")) == name
    assert zip_name(name.encode()) == name
    assert zip_name(name.encode(), flags=0x800) == name
    assert zip_name(b"____.xlsx", extra=stamp + field) == name
    assert zip_name(b"other.xlsx", extra=field) == "other.xlsx"  # the field belongs to another name
    assert zip_name(b"a.xlsx", extra=b"\x75\x70\xff") == "a.xlsx"
    assert zip_name(b"plain.xlsx") == "plain.xlsx"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12))
def test_chinese_in_either_encoding_is_recognised(text: str) -> None:
    assert guess_text(text.encode()) == text
    guessed = guess_text(text.encode("gbk"))
    if len(text) > 3:
        assert guessed == text


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Disposition: attachment; filename="=?gb2312?B?1PDIzsfltaUueGxzeA==?="',
        b'Content-Disposition: attachment; filename="=?GBK?Q?=D4=F0=C8=CE=C7=E5=B5=A5.xlsx?="',
        b"Content-Disposition: attachment; filename*=GB18030''%D4%F0%C8%CE%C7%E5%B5%A5.xlsx",
        b"Content-Disposition: attachment; filename*0*=UTF-8''%E8%B4%A3%E4%BB%BB; filename*1*=%E6%B8%85%E5%8D%95.xlsx",
        b'Content-Disposition: attachment; filename="\xd4\xf0\xc8\xce\xc7\xe5\xb5\xa5.xlsx"',
        b'Content-Disposition: attachment; filename="\xe8\xb4\xa3\xe4\xbb\xbb\xe6\xb8\x85\xe5\x8d\x95.xlsx"',
        b'Content-Type: application/octet-stream; name="=?utf-8?B?6LSj5Lu75riF?=\r\n =?utf-8?B?5Y2VLnhsc3g=?="',
        b'Content-Type: application/octet-stream; name="=?utf-8?B?6LSj5Lu75riF5Q==?= =?utf-8?B?jZUueGxzeA==?="',
        b"Content-Disposition: attachment; filename==?nonsense?B?6LSj5Lu75riF5Y2VLnhsc3g=?=",
    ],
)
def test_names_of_attachments(header: bytes) -> None:
    assert attachment_name(message_from_bytes(header + b"\r\n\r\nx", policy=RAW_HEADERS)) == "责任清单.xlsx"


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Disposition: attachment; filename*=\xb8\xb9''%D4%F0.xlsx",
        b"Content-Disposition: attachment; filename*=a%00b''%D4%F0.xlsx",
        b'Content-Disposition: attachment; filename="=?gbk?B?1PDIzsf?="',
        b"Content-Disposition: attachment; filename*9999999999999*=x; filename*=",
        b"Content-Disposition: attachment; filename=",
    ],
)
def test_a_name_in_disorder_is_still_a_name(header: bytes) -> None:
    name = attachment_name(message_from_bytes(header + b"\r\n\r\nx", policy=RAW_HEADERS))
    assert name is not None
    readable_name(name).encode()


def test_a_part_without_a_name() -> None:
    assert attachment_name(message_from_bytes(b"Content-Type: text/plain\r\n\r\nx")) is None
    assert decode_words("转发") == "转发"
