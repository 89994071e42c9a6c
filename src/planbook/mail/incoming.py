"""What a message that came in is: who says to have sent it, what it brings, and whether a machine wrote it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Final

from planbook.sheets.found import Candidate, Found, RefusedFile, SkippedFile
from planbook.sheets.names import RAW_HEADERS, decode_words
from planbook.sheets.unpacking import Unpacker

OWN_MESSAGE_ID: Final = re.compile(rb"<planbook\.[0-9a-f]{32}@[A-Za-z0-9.-]+>")
WHOLE_MESSAGE: Final = "message"
"""The path of a message that cannot be opened at all."""

_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_HEADER_BYTES: Final = 256 * 1024
_LOOKED_THROUGH: Final = 1024 * 1024
_POSTMASTERS: Final = re.compile(r"mailer-daemon|postmaster|mail delivery|系统退信|退信", re.IGNORECASE)
_AUTOMATIC: Final = re.compile(r"^\s*(?:自动回复|auto(?:matic)?[ -]?reply|out of office)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What a message says of itself; all of it may be untrue.

    Attributes:
        key: The digest of its bytes; Message-IDs are not always as unique as they should be.
        sender: Name and address as written.
        subject: Subject.
        sent_at: When, UTC; None where it does not say.
        is_bounce: It says that other mail could not be delivered.
        is_automatic: A machine answered.
    """

    key: str
    sender: str
    subject: str
    sent_at: datetime | None
    is_bounce: bool
    is_automatic: bool


def read_head(content: bytes) -> Head:
    """Return what the headers of a message say."""
    head = BytesParser(policy=RAW_HEADERS).parsebytes(content[:_HEADER_BYTES], headersonly=True)
    sender, subject = _shown(head, "from"), _shown(head, "subject")
    kind = head.get_content_type()
    is_report = kind == "multipart/report" and "delivery-status" in str(head.get("content-type", "")).lower()
    asked = str(head.get("auto-submitted", "no")).strip().lower()
    is_bounce = is_report or bool(_POSTMASTERS.search(sender) or _POSTMASTERS.search(subject[:20]))
    is_automatic = asked.startswith("auto-replied") or bool(_AUTOMATIC.match(subject)) or "x-autoreply" in head
    return Head(
        hashlib.sha256(content).hexdigest(),
        sender,
        subject or "（无主题）",
        _sent_at(head),
        is_bounce,
        is_automatic,
    )


def nameless_head(content: bytes) -> Head:
    """Return the head of a message whose headers cannot be read at all."""
    return Head(hashlib.sha256(content).hexdigest(), "（发件人不明）", "（无主题）", None, False, False)


def own_message_ids(content: bytes) -> frozenset[str]:
    """Return the Message-IDs of planbook's own that stand anywhere in a message."""
    return frozenset(match.decode("ascii") for match in OWN_MESSAGE_ID.findall(content[:_LOOKED_THROUGH]))


def files_in(content: bytes, head: Head, unpacker: Unpacker) -> Iterator[Found]:
    """Yield what a message brings, archives and forwarded messages opened; paths begin within the message.

    A message without files yields nothing; one that cannot be opened yields itself as refused.
    """
    name = WHOLE_MESSAGE
    whole = Candidate.inside(name, content, head.sent_at)
    for found in unpacker.unpack(whole, content):
        path = found.path.removeprefix(f"{name}/")
        if isinstance(found, RefusedFile):
            if found.path == name and found.finding.code == "file_mail_without_attachment":
                return
            yield RefusedFile(path, found.finding, found.sha256)
        elif isinstance(found, SkippedFile):
            yield SkippedFile(path, found.finding)
        elif found.path != name:
            yield Candidate.inside(path, found.content or b"", found.modified_at)


def _shown(head: Message, name: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", decode_words(str(head.get(name) or ""))).split())[:200]


def _sent_at(head: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(head.get("date", "")))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
