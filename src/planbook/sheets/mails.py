"""Mails as files (.eml): what is attached to them, and to the mails attached to them."""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from planbook.sheets.limits import Limits
from planbook.sheets.names import RAW_HEADERS, attachment_name, decode_words, readable_name
from planbook.sheets.unreadable import unreadable


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a mail; its name has the subjects of the mails in front that it came within."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MailContents:
    """What a mail brings: its attachments, and when it was sent (UTC), if it says."""

    attachments: tuple[Attachment, ...]
    sent_at: datetime | None


def unpack_mail(content: bytes, limits: Limits) -> MailContents:
    """Return the attachments of a mail; its own text and the pictures in it are none.

    To be run in a worker: the library's parser was not made for mails that want to hurt.

    Raises:
        UnreadableFile: `file_too_deep`, `file_over_limit`.
    """
    try:
        mail = BytesParser(policy=RAW_HEADERS).parsebytes(content)
        attachments = tuple(_attachments(mail, (), limits))
    except RecursionError as error:
        raise unreadable("file_too_deep") from error
    return MailContents(attachments, _sent_at(mail))


def _attachments(mail: Message, within: tuple[str, ...], limits: Limits) -> Iterator[Attachment]:
    pending = [mail]
    count = 0
    while pending:
        part = pending.pop(0)
        count += 1
        if count > limits.entries:
            raise unreadable("file_over_limit", what="内含的部件", limit=f"{limits.entries} 个")
        # Only the payload of parts that have parts is asked for as it stands: a body's own would be decoded first.
        parts = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() == "message/rfc822" and isinstance(parts, list):
            if len(within) >= limits.nesting:
                raise unreadable("file_too_deep")
            yield from _forwarded(part, parts, within, limits)
        elif isinstance(parts, list):
            pending[:0] = [child for child in parts if isinstance(child, Message)]
        elif not _is_body(part):
            name = readable_name(attachment_name(part) or "")
            decoded = part.get_payload(decode=True)
            yield Attachment("/".join((*within, name)), decoded if isinstance(decoded, bytes) else b"")


def _forwarded(
    part: Message, payload: Sequence[object], within: tuple[str, ...], limits: Limits
) -> Iterator[Attachment]:
    for mail in payload[:1]:
        if not isinstance(mail, Message):
            continue
        title = _title(part, mail)
        if part.get("content-transfer-encoding", "").strip().lower() == "base64":
            # Forbidden (RFC 2046, 5.2.1), but mail gateways do it: what was parsed is the code, not the mail.
            text = mail.get_payload()
            yield Attachment("/".join((*within, title)), _decode_base64(text if isinstance(text, str) else ""))
        else:
            yield from _attachments(mail, (*within, title), limits)


def _decode_base64(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        return b""


def _is_body(part: Message) -> bool:
    """Return whether a part is the mail's own text, or a picture in it."""
    if part.get_content_disposition() == "attachment":
        return False
    if part.get_content_maintype() == "image" and part.get("content-id"):
        return True
    return part.get_content_maintype() in ("text", "message") and attachment_name(part) is None


def _title(part: Message, forwarded: Message) -> str:
    named = attachment_name(part) or decode_words(str(forwarded.get("subject") or ""))
    title = readable_name(named).replace("/", " ")
    return title if title.lower().endswith(".eml") else f"{title}.eml"


def _sent_at(mail: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(mail.get("date", "")))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
