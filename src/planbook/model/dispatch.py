"""Dispatches (分发): what went out to whom, by which channel, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from planbook.model.period import Period


class Channel(StrEnum):
    """How something reaches an agency."""

    SMTP = "smtp"
    EML = "eml"
    FOLDER = "folder"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _CHANNELS[self]


class Errand(StrEnum):
    """What goes out: the form, a correction workbook for a return that has errors, or a reminder."""

    FORM = "form"
    CORRECTION = "correction"
    REMINDER = "reminder"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _ERRANDS[self]


class Outcome(StrEnum):
    """What became of a dispatch.

    SENDING: begun, nothing known yet. SENT: the mail server answers for it. DRAFTED: a draft lies ready for a person
    to send. PLACED: it lies in the agency's folder. REFUSED: turned down for good. DEFERRED: not delivered, the next
    run tries again. UNKNOWN: handed over, but the answer never came; it may have arrived. BOUNCED: accepted first,
    then sent back.
    """

    SENDING = "sending"
    SENT = "sent"
    DRAFTED = "drafted"
    PLACED = "placed"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _OUTCOMES[self]

    @property
    def is_out(self) -> bool:
        """Whether it has left the office, as far as planbook can do that: never to be repeated unasked."""
        return self in (Outcome.SENT, Outcome.DRAFTED, Outcome.PLACED, Outcome.UNKNOWN, Outcome.BOUNCED)


_CHANNELS: Final = {Channel.SMTP: "邮件", Channel.EML: "邮件草稿", Channel.FOLDER: "文件夹"}
_ERRANDS: Final = {Errand.FORM: "责任清单", Errand.CORRECTION: "退改单", Errand.REMINDER: "催报"}
_OUTCOMES: Final = {
    Outcome.SENDING: "正在发送",
    Outcome.SENT: "已发出",
    Outcome.DRAFTED: "已生成草稿",
    Outcome.PLACED: "已放入文件夹",
    Outcome.REFUSED: "被拒收",
    Outcome.DEFERRED: "未发出，待重发",
    Outcome.UNKNOWN: "可能已发出，没有等到回执",
    Outcome.BOUNCED: "被退回",
}


class Escalation(StrEnum):
    """How far chasing an agency has gone; each step is taken once."""

    NONE = "none"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"
    TO_LEADER = "to_leader"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _ESCALATIONS[self]

    @property
    def rank(self) -> int:
        """Place among the steps, from 0."""
        return tuple(Escalation).index(self)


_ESCALATIONS: Final = {
    Escalation.NONE: "",
    Escalation.DUE_SOON: "临近截止",
    Escalation.OVERDUE: "逾期催报",
    Escalation.LONG_OVERDUE: "再次催报",
    Escalation.TO_LEADER: "抄送领导",
}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One thing on its way to one agency.

    Attributes:
        attempt: Tells this attempt from any other.
        errand: What it is.
        period: Period that it is about.
        agency: Whom it is for.
        escalation: Step of chasing that it is; NONE for what is sent for its own sake.
        form_id: The form that it carries or asks after.
        file_name: Name of the attachment; empty where there is none.
        file_sha256: Digest of the very bytes that were attached.
        size: Of what is handed over (message or file), in bytes.
        channel: How it goes.
        recipient: Mail address, or the folder.
        copies: Mail addresses that get a copy.
        message_id: Message-ID; the same for every attempt at the same thing, so that servers can tell.
        is_trial: It went to the clerk's own address instead, marked.
        begun_at: When it was begun, UTC.
        outcome: What became of it.
        reason: Why, in Chinese; empty where it went well.
        settled_at: When the outcome was known, UTC; None while it is not.
    """

    attempt: str
    errand: Errand
    period: Period
    agency: str
    escalation: Escalation
    form_id: str
    file_name: str
    file_sha256: str
    size: int
    channel: Channel
    recipient: str
    copies: tuple[str, ...]
    message_id: str
    is_trial: bool
    begun_at: datetime
    outcome: Outcome = Outcome.SENDING
    reason: str = ""
    settled_at: datetime | None = None


def latest_by_message(dispatches: Iterable[Dispatch]) -> Mapping[str, Dispatch]:
    """Return, by Message-ID, the attempt that counts: one that is out, else the last; trials count for nothing."""
    found: dict[str, Dispatch] = {}
    for dispatch in dispatches:
        known = found.get(dispatch.message_id)
        if not dispatch.is_trial and (known is None or dispatch.outcome.is_out or not known.outcome.is_out):
            found[dispatch.message_id] = dispatch
    return found
