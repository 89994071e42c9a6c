from datetime import UTC, datetime

import pytest

from planbook.mail.incoming import Head, files_in, own_message_ids, read_head
from planbook.sheets.found import Candidate, RefusedFile
from planbook.sheets.limits import Limits
from planbook.sheets.unpacking import Unpacker


def message(*headers: str, body: str = "x") -> bytes:
    return "\r\n".join(["From: li@qq.com", "Subject: x", *headers, "", body]).encode()


@pytest.mark.parametrize(
    ("content", "sender", "subject"),
    [
        (message(), "li@qq.com", "x"),
        (
            b"From: =?gb18030?B?wO7Ezw==?= <li@qq.com>\r\nSubject: =?utf-8?B?5Zue5aSN?=\r\n\r\nx",
            "李南 <li@qq.com>",
            "回复",
        ),
        ("From: 李某 <li@qq.com>\r\nSubject: 回复\r\n\r\nx".encode("gbk"), "李某 <li@qq.com>", "回复"),
        (b"To: x\r\n\r\nx", "", "（无主题）"),
        (b"From: a\x00b\x1b[31m\r\nSubject: =?utf-8?b?YeKArmI=?=\r\n\r\nx", "a b [31m", "a b"),
        (b"\xff\xfe\x00", "", "（无主题）"),
    ],
)
def test_what_a_message_says_of_itself(content: bytes, sender: str, subject: str) -> None:
    head = read_head(content)
    assert (head.sender, head.subject) == (sender, subject)


def test_when_it_was_sent() -> None:
    assert read_head(message("Date: Mon, 08 Apr 2024 09:00:00 +0800")).sent_at == datetime(2024, 4, 8, 1, tzinfo=UTC)
    assert read_head(message("Date: yesterday")).sent_at is None


@pytest.mark.parametrize(
    ("content", "is_bounce", "is_automatic"),
    [
        (message(), False, False),
        (message("Content-Type: multipart/report; report-type=delivery-status; boundary=x"), True, False),
        (b"From: MAILER-DAEMON@qq.com\r\nSubject: x\r\n\r\n", True, False),
        (message("Auto-Submitted: auto-replied"), False, True),
        ("From: a@b.cn\r\nSubject: 自动回复：出差\r\n\r\n".encode(), False, True),
    ],
)
def test_what_machines_write(content: bytes, *, is_bounce: bool, is_automatic: bool) -> None:
    head = read_head(content)
    assert (head.is_bounce, head.is_automatic) == (is_bounce, is_automatic)


def test_own_message_ids() -> None:
    own = f"<planbook.{'0a' * 16}@example.gov.cn>"
    assert own_message_ids(f"x {own} <planbook.1@x> <other@x>".encode()) == {own}


def test_files_of_a_message() -> None:
    head = Head("k", "", "", None, is_bounce=False, is_automatic=False)
    unpacker = Unpacker(Limits(file_bytes=200_000, nesting=1))
    parts = 'Content-Type: multipart/mixed; boundary="b"'
    attachment = 'Content-Disposition: attachment; filename="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEs='
    nested = "Content-Type: message/rfc822\r\n\r\nFrom: a\r\nTo: b\r\n\r\nx"
    try:
        whole = list(files_in(message(parts, body=f"--b\r\n{attachment}\r\n--b--\r\n"), head, unpacker))
        assert [(type(one), one.path) for one in whole] == [(Candidate, "a.xlsx")]
        assert list(files_in(message(), head, unpacker)) == []
        deep = message(parts, body=f"--b\r\n{nested}\r\n--b--\r\n")
        other = parts.replace('"b"', '"c"')
        deeper = message(other, body=f"--c\r\nContent-Type: message/rfc822\r\n\r\n{deep.decode()}\r\n--c--\r\n")
        assert [type(one) for one in files_in(deeper, head, unpacker)] == [RefusedFile]
    finally:
        unpacker.close()
