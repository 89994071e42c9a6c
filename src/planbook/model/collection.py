"""What was collected: messages and files from outside, where they came from, and where they were put."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planbook.model.period import Period


class MessageKind(StrEnum):
    """What a message turned out to be.

    WITH_FILES: it brought files. WITHOUT_FILES: a person must read it. BOUNCE: it says that mail could not be
    delivered. AUTOMATIC: an absence notice or the like. FOLDER_FILE: no message, a file in a watched folder.
    """

    WITH_FILES = "with_files"
    WITHOUT_FILES = "without_files"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    FOLDER_FILE = "folder_file"


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """A file that a message brought.

    Attributes:
        name: Its name there, with the archives and mails in front that it came within.
        path: Where it was put, below the workspace; empty where it was not kept.
        sha256: Of its content.
        is_workbook: It went into the inbox; any other was laid aside for a person.
        remark: What a person should know of it, in Chinese.
    """

    name: str
    path: str
    sha256: str
    is_workbook: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CollectedMessage:
    """A message that was looked at once and need not be again.

    Attributes:
        source: Mailbox (`user@host/INBOX`) or watched folder.
        uid_validity: IMAP's UIDVALIDITY of the folder; 0 for watched folders.
        uid: IMAP's UID; 0 for watched folders.
        message_key: The digest of its bytes; the same wherever it lies.
        kind: What it turned out to be.
        sender: As the message says it: provenance, never proof.
        subject: As the message says it.
        sent_at: Likewise, UTC.
        period: Period that was collected for.
        files: What it brought.
    """

    source: str
    uid_validity: int
    uid: int
    message_key: str
    kind: MessageKind
    sender: str
    subject: str
    sent_at: datetime | None
    period: Period
    files: tuple[CollectedFile, ...] = ()
