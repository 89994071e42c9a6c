"""What comes back: the agency return (回表) read into reports, and the verdict on each received file."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from planbook.model.findings import Finding
from planbook.model.form import Role, Status
from planbook.model.pickling import PickledByFields


class Verdict(StrEnum):
    """What became of one received file.

    ACCEPTED: taken in and in force. SUPERSEDED: taken in, but a newer one is in force. DUPLICATE: same bytes
    were taken in before. REJECTED: unreadable or not ours. UNCLAIMED: ours, but not certain whose or which
    period; the clerk decides. SKIPPED: lock, temporary or system file.
    """

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    UNCLAIMED = "unclaimed"
    SKIPPED = "skipped"


class Anchor(StrEnum):
    """By which of the three anchors a return, or a row of it, was identified; best first.

    PERSON: none held, and a clerk decided whose it is.
    """

    MANIFEST = "manifest"
    CODES = "codes"
    HEADERS = "headers"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class TaskReport(PickledByFields):
    """One agency's 进展 on one task in one period.

    Empty text means that the cell was empty. `None` in a parsed field means empty or unreadable; what was
    written then stands in `raw`, and a finding names it.

    Attributes:
        raw: (field, text) of every filled-in cell whose text is not simply the parsed value.
        extras: (header, text) of the office's own additional columns.
        sheet: Worksheet it was read from.
        row: Row there, from 1.
    """

    task_code: str
    role: Role
    status: Status | None
    completion_percent: Decimal | None
    progress: str
    problems: str
    next_steps: str
    expected_completion: date | None
    extension_to: date | None
    evidence: str
    reporter: str
    phone: str
    reported_on: date | None
    remarks: str
    sheet: str
    row: int
    raw: tuple[tuple[str, str], ...] = ()
    extras: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorReport(PickledByFields):
    """One agency's value of one indicator in one period.

    Attributes:
        raw: The value's cell as written.
        extras: (header, text) of the office's own additional columns.
    """

    indicator_code: str
    value: Decimal | None
    raw: str
    data_source: str
    remarks: str
    sheet: str
    row: int
    extras: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """One received version of one form (报送), read and checked, ready for the ledger.

    Attributes:
        form_id: The form that it answers.
        file_sha256: Archive key of the file that it came from.
        file_name: File name as received.
        anchor: How it was identified.
        saved_at: When the file was last saved, UTC, as far as known; decides which version is newer.
        received_at: When planbook took it in, UTC.
        task_reports: One for each row that was filled in, even in part.
        indicator_reports: Likewise for 指标进度.
        findings: What validation has to say about it.
    """

    form_id: str
    file_sha256: str
    file_name: str
    anchor: Anchor
    saved_at: datetime | None
    received_at: datetime
    task_reports: tuple[TaskReport, ...]
    indicator_reports: tuple[IndicatorReport, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """The verdict on one received file, with one reason in plain Chinese (empty when accepted).

    `origin` says who sent it when, as the message claims; empty where it was put into the inbox by hand.
    """

    path: str
    sha256: str
    verdict: Verdict
    agency: str | None
    reason: str
    findings: tuple[Finding, ...] = ()
    origin: str = ""
