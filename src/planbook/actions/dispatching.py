"""What goes out, as actions speak of it: how the clerk wants it sent, the list of it, and how each line stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from planbook.actions.verified_files import VerifiedFile
from planbook.mail.addresses import Address
from planbook.mail.letter_fields import LetterFields, LetterKind
from planbook.model.dispatch import Channel, Dispatch, Errand, Escalation, Outcome
from planbook.model.findings import Finding
from planbook.model.form import Form


class Status(StrEnum):
    """How a dispatch stands: what was planned, or what became of it in this run."""

    READY = "ready"
    ALREADY = "already"
    HELD = "held"
    SENT = "sent"
    DRAFTED = "drafted"
    PLACED = "placed"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _LABELS[self]


_LABELS: Final = {
    Status.READY: "待发",
    Status.ALREADY: "以前已发",
    Status.HELD: "没有发送",
    Status.SENT: "已发出",
    Status.DRAFTED: "已生成草稿",
    Status.PLACED: "已放入文件夹",
    Status.REFUSED: "被拒收",
    Status.DEFERRED: "未发出，待重发",
    Status.UNKNOWN: "可能已发出",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How the clerk wants things sent.

    Attributes:
        channel: By which channel.
        test_to: Send everything to this address instead, marked; empty for the real thing.
        resends_unknown: Send again what may have arrived.
        is_dry_run: Only list.
    """

    channel: Channel
    test_to: str = ""
    resends_unknown: bool = False
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing for one agency, its file verified already.

    Attributes:
        errand: What it is.
        escalation: Step of chasing.
        form: The form that it carries or asks after.
        file: What is attached.
        fields: What the letter says.
        kind: Which letter.
        email: The agency's mailbox as the directory has it.
        copies: Who gets a copy.
    """

    errand: Errand
    escalation: Escalation
    form: Form
    file: VerifiedFile
    fields: LetterFields
    kind: LetterKind
    email: str
    copies: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: to whom, what, how large, and how it stands.

    Attributes:
        dispatch: What will be recorded of it.
        status: How it stands.
        reason: Why, in Chinese; empty where all is well.
        content: Message or file that leaves; empty where nothing will.
        notice: Text of the letter, to lie beside a file in a folder; empty for none.
        sender: Envelope sender.
        recipients: Envelope recipients.
    """

    dispatch: Dispatch
    status: Status
    reason: str = ""
    content: bytes = b""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    notice: str = ""

    def ended(self, outcome: Outcome, reason: str) -> "Listed":
        """Return the line as it stands after the act."""
        return replace(self, status=_STATUS_OF[outcome], reason=reason)


_STATUS_OF: Final = {
    Outcome.SENT: Status.SENT,
    Outcome.DRAFTED: Status.DRAFTED,
    Outcome.PLACED: Status.PLACED,
    Outcome.REFUSED: Status.REFUSED,
    Outcome.DEFERRED: Status.DEFERRED,
    Outcome.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class DispatchList:
    """Everything that was listed, and what the clerk should know of it."""

    lines: tuple[Listed, ...]
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> tuple[Listed, ...]:
        """What may leave."""
        return tuple(line for line in self.lines if line.status is Status.READY)


def count_status(lines: Iterable[Listed]) -> Counter[Status]:
    """Return how many lines stand how."""
    return Counter(line.status for line in lines)
