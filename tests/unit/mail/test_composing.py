"""Messages are read back by the library's modern parser, and looked at as bytes where programs differ."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from planbook.mail.addresses import parse_address
from planbook.mail.composing import Attachment, Letter, compose
from planbook.sheets.names import RAW_HEADERS, attachment_name

NAME = "2024Q1_省发展和改革委员会（省粮食和物资储备局、省能源局）_责任清单.xlsx"
CONTENT = bytes(range(256)) * 40 + b"\r\n.\r\n.QUIT\r\n\n\nFrom x\r"
LETTER = Letter(
    sender=parse_address("dcs@example.gov.cn", "某省政府督查室"),
    recipient=parse_address("fgw@example.gov.cn", "省发展和改革委员会"),
    subject="关于报送2024年第一季度重点任务进展情况的函（请于4月10日前反馈责任清单，逾期将予通报）",
    text="省发改委：\n.\n请查收。\nFrom here\n",
    html="<p>省发改委：</p>\n",
    message_id="<1.f@example.gov.cn>",
    written_at=datetime(2024, 4, 1, 1, tzinfo=UTC),
    attachments=(Attachment(NAME, CONTENT),),
)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def test_message_is_read_back_as_written() -> None:
    message = read(compose(LETTER))
    assert message["subject"] == LETTER.subject
    assert message["to"].addresses[0].addr_spec == "fgw@example.gov.cn"
    assert message["to"].addresses[0].display_name == "省发展和改革委员会"
    assert message["message-id"] == LETTER.message_id
    assert message["x-unsent"] is None
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == CONTENT
    assert attachment.get_filename() == NAME
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == LETTER.text.splitlines()
    assert html.get_content().strip() == "<p>省发改委：</p>"


def test_bytes_are_what_servers_take() -> None:
    content = compose(LETTER)
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_attachment_is_named_by_both_standards() -> None:
    (part,) = [part for part in message_from_bytes(compose(LETTER), policy=RAW_HEADERS).walk() if part.get_filename()]
    assert "filename*=UTF-8''2024Q1_%E7%9C%81" in part["content-disposition"]
    assert 'name="=?utf-8?b?' in part["content-type"]
    del part["content-disposition"]  # as the mail programs do that do not know RFC 2231
    assert attachment_name(part) == NAME


@pytest.mark.parametrize("subject", ["一\r\nBcc: x@y.cn", "一\nBcc: x@y.cn", "一\u2028Bcc: x@y.cn", "a\rBcc: x@y.cn"])
def test_subject_never_ends_its_header(subject: str) -> None:
    message = read(compose(replace(LETTER, subject=subject)))
    assert message["bcc"] is None
    assert "Bcc: x@y.cn" in message["subject"]


def test_attachment_name_never_ends_its_header() -> None:
    name = '一"\r\nX-Evil: 1\r\n.xlsx'
    message = read(compose(replace(LETTER, attachments=(Attachment(name, b"x"),))))
    (attachment,) = message.iter_attachments()
    assert attachment["x-evil"] is None
    assert attachment.get_filename() == '一" X-Evil: 1 .xlsx'


def test_draft_opens_unsent() -> None:
    message = read(compose(LETTER, is_draft=True))
    assert message["x-unsent"] == "1"
    assert message["message-id"] is None


def test_copies_are_for_all_to_see() -> None:
    leader = parse_address("ld@example.gov.cn", "某领导")
    message = read(compose(replace(LETTER, copies=(leader,))))
    assert message["cc"].addresses[0].addr_spec == "ld@example.gov.cn"
