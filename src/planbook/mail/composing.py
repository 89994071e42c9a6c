"""A letter as the bytes of a message: text, HTML and attachments, with Chinese names that arrive intact everywhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.charset import BASE64, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from io import BytesIO
from typing import Final
from urllib.parse import quote

from planbook.mail.addresses import Address

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINE_ENDS: Final = re.compile(r"[\r\n\v\f\x00-\x1f\x7f\x85\u2028\u2029]+")
# Headers are folded here, at places where every mail program accepts it; the library would fold names apart.
_POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=None)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter: the very bytes that were verified, never a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one agency.

    Attributes:
        sender: From whom.
        recipient: To whom.
        subject: One line.
        text: The plain text.
        html: The same as HTML; empty for none.
        message_id: With angle brackets.
        written_at: Date of the message.
        copies: Who gets a copy, for all to see.
        attachments: What goes with it.
    """

    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str
    message_id: str
    written_at: datetime
    copies: tuple[Address, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def compose(letter: Letter, *, is_draft: bool = False) -> bytes:
    """Return the message, lines ended by CRLF, ASCII throughout.

    Args:
        letter: What it says.
        is_draft: It is to be opened by a mail program as unsent (X-Unsent), for a person to send.
    """
    message = MIMEMultipart("mixed", policy=_POLICY) if letter.attachments else _body(letter)
    if letter.attachments:
        message.attach(_body(letter))
        for attachment in letter.attachments:
            message.attach(_attached(attachment))
    del message["MIME-Version"]
    headers = [
        ("From", letter.sender.header()),
        ("To", letter.recipient.header()),
        ("Cc", ",\r\n ".join(copy.header() for copy in letter.copies)),
        ("Subject", _encoded(letter.subject)),
        ("Date", format_datetime(letter.written_at)),
        ("Message-ID", letter.message_id),
        ("MIME-Version", "1.0"),
        ("X-Unsent", "1" if is_draft else ""),
    ]
    if is_draft:  # the mail program gives its own when it sends
        headers = [(name, value) for name, value in headers if name not in ("Date", "Message-ID")]
    lines = [f"{name}: {value}\r\n" for name, value in headers if value]
    return "".join(lines).encode("ascii") + _serialised(message)


def _body(letter: Letter) -> MIMEBase:
    text = _text_part(letter.text, "plain")
    if not letter.html:
        return text
    alternative = MIMEMultipart("alternative", policy=_POLICY)
    alternative.attach(text)
    alternative.attach(_text_part(letter.html, "html"))
    return alternative


def _text_part(text: str, subtype: str) -> MIMEText:
    charset = Charset("utf-8")
    charset.body_encoding = BASE64
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return MIMEText(lines, subtype, charset, policy=_POLICY)  # type: ignore[arg-type]  # the library takes a Charset


def _attached(attachment: Attachment) -> MIMEBase:
    """Return the part of an attachment.

    RFC 2231 is the standard and what Outlook, Foxmail and Thunderbird read; QQ's and other web mail look for an
    encoded word (RFC 2047) in `name`, which the standard forbids and everybody understands.
    """
    part = MIMEApplication(attachment.content, policy=_POLICY)
    name = _LINE_ENDS.sub(" ", attachment.name)
    plain = re.sub(r'[^\x20-\x7e]|["\\]', "_", name)
    words = plain if plain == name else _encoded(name)
    del part["Content-Type"]
    part["Content-Type"] = (
        f'{XLSX if name.lower().endswith(".xlsx") else "application/octet-stream"};\r\n name="{words}"'
    )
    part["Content-Disposition"] = f"attachment;\r\n filename*=UTF-8''{quote(name, safe='')}"
    return part


def _encoded(text: str) -> str:
    """Return one line of text as a header's value: encoded words of whole characters, one a line."""
    plain = _LINE_ENDS.sub(" ", text).strip()
    return Header(plain, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n")


def _serialised(message: MIMEBase) -> bytes:
    buffer = BytesIO()
    BytesGenerator(buffer, mangle_from_=False, policy=_POLICY).flatten(message)
    return buffer.getvalue()


def envelope(letter: Letter) -> tuple[str, Sequence[str]]:
    """Return the addresses that the server is told: whom from, and everyone to whom."""
    recipients = dict.fromkeys(address.email for address in (letter.recipient, *letter.copies))
    return letter.sender.email, tuple(recipients)
