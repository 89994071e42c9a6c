"""What goes into the ledger beside the model's own nouns, and what it answers."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from planbook.model.findings import Finding
from planbook.model.form import Form
from planbook.model.ledger import LedgerIndicator, LedgerPlan, LedgerTask
from planbook.model.period import Period
from planbook.model.review import FieldChange
from planbook.model.submission import Anchor, IndicatorReport, TaskReport, Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: every row of the ledger names the run that wrote it.

    A run is noted down with the first row that it writes; one that changes nothing leaves no trace.

    Attributes:
        command: The command, e.g. `consolidate`.
        who: User who gave it.
        started_at: When, UTC.
        period: Period that it was for, if any.
        source_name: File that it took over as a whole (plan, review table), if any.
        source_sha256: Digest of that file.
        key: Tells this run from any other.
    """

    command: str
    who: str
    started_at: datetime
    period: Period | None = None
    source_name: str | None = None
    source_sha256: str | None = None
    key: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class AddedPlan:
    """A plan in the ledger with its tasks and indicators.

    Attributes:
        plan: The plan as it stands.
        tasks: Its tasks that stand.
        indicators: Its indicators that stand.
        is_new: The file was taken in; not if it was imported before.
        version: Which of the plan's documents is in force, from 1.
        changes: What a new document changed.
        findings: What a new document leaves for the clerk to look at.
    """

    plan: LedgerPlan
    tasks: tuple[LedgerTask, ...]
    indicators: tuple[LedgerIndicator, ...]
    is_new: bool
    version: int = 1
    changes: tuple[FieldChange, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class AppliedReview:
    """What a review made of the ledger.

    Attributes:
        added_tasks: The new tasks under their codes, in the order in which they were given.
        added_indicators: Likewise.
        revised_codes: Tasks and indicators of which a new version was written, retired ones included.
        is_directory_changed: The directory differs from the one before.
    """

    added_tasks: tuple[LedgerTask, ...]
    added_indicators: tuple[LedgerIndicator, ...]
    revised_codes: tuple[str, ...]
    is_directory_changed: bool


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form and the file that it was written to.

    Attributes:
        form: Everything in it.
        path: Where the file stands, as the workspace names it.
        file_sha256: Digest of the file.
        issued_at: When the file was finished, UTC. A return that claims to be saved no later than this was saved
            by planbook and not by the agency.
    """

    form: Form
    path: str
    file_sha256: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one submission.

    Attributes:
        file_sha256: Its file.
        form_id: The form that it answers.
        agency: Whose it is; empty where the form is unknown.
        period: Its period; None where the form is unknown.
        version: 1 for the first submission of this agency and period, then counted up; 0 if refused.
        verdict: ACCEPTED (in force), SUPERSEDED (kept, a newer one is in force), DUPLICATE (these bytes are in
            already, nothing changed) or REJECTED (refused, nothing changed).
        reason: Why it was refused, in Chinese; else empty.
    """

    file_sha256: str
    form_id: str
    agency: str
    period: Period | None
    version: int
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that the ledger has seen before, by its bytes.

    Attributes:
        sha256: Its digest.
        verdict: How it stands now: ACCEPTED or SUPERSEDED if taken in, else its last recorded verdict.
        file_name: Its name when it was first taken in or last seen.
        agency: Whose it is, where known.
        period: Its period, where taken in.
        form_id: The form that it answers, where taken in.
        version: Version of the submission, where taken in.
        reason: The recorded reason; empty where taken in.
        findings: What validation said about it.
    """

    sha256: str
    verdict: Verdict
    file_name: str
    agency: str | None = None
    period: Period | None = None
    form_id: str | None = None
    version: int | None = None
    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that came in for a period, as it stands now.

    Attributes:
        sha256: Its digest.
        path: Where it was found.
        verdict: ACCEPTED or SUPERSEDED if taken in, else what was said of it last.
        agency: Whose it is, where known.
        reason: Why it was not taken in; empty where it was.
        received_at: When it was first taken in or last judged, UTC.
        findings: What validation said about it.
    """

    sha256: str
    path: str
    verdict: Verdict
    agency: str | None
    reason: str
    received_at: datetime
    findings: tuple[Finding, ...] = ()

    @property
    def is_unclaimed(self) -> bool:
        """Whether a person must say whose it is."""
        return self.verdict is Verdict.UNCLAIMED


@dataclass(frozen=True, slots=True)
class FileClaim:
    """A clerk's decision that a file which nothing identifies for certain answers a form.

    Attributes:
        file_sha256: The file.
        form_id: The form that it is to be read as an answer to.
        reason: Why, in the clerk's words; may be empty.
    """

    file_sha256: str
    form_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakenInFile:
    """A file that was taken in: whose it is, and its name then."""

    agency: str
    file_name: str


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """One submission in the history of an agency and period.

    Attributes:
        version: Counted from 1 in the order of taking in.
        form_version: Version of the form that it answers.
        file_name: File name as received.
        file_sha256: Archive key.
        anchor: How it was identified.
        saved_at: When the file was last saved, as it says.
        received_at: When planbook took it in.
        effective_at: The moment that ranks it among the others; see `in_force.effective_at`.
        who: User who took it in.
        task_count: Task reports in it.
        indicator_count: Indicator reports in it.
        finding_count: Findings on it.
        is_in_force: No newer one counts.
        is_undone: The consolidation that took it in was taken back.
    """

    version: int
    form_version: int
    file_name: str
    file_sha256: str
    anchor: Anchor
    saved_at: datetime | None
    received_at: datetime
    effective_at: datetime
    who: str
    task_count: int
    indicator_count: int
    finding_count: int
    is_in_force: bool
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """A correction workbook as planbook wrote it.

    Attributes:
        agency: Whose return it puts right.
        period: Period of that.
        form_id: The form that it is.
        return_sha256: Digest of the return.
        file_sha256: Digest of the correction workbook.
        written_at: When, UTC.
    """

    agency: str
    period: Period
    form_id: str
    return_sha256: str
    file_sha256: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a collected file came from.

    Attributes:
        path: Where it was put, below the workspace.
        name: Its name when it came.
        source: Mailbox or watched folder.
        sender: Who sent it, as the message says: provenance, never proof.
        subject: Subject of the message.
        sent_at: When it was sent, as the message says, UTC.
    """

    path: str
    name: str
    source: str
    sender: str
    subject: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """A submission with everything that it reported, as the ledger has it."""

    agency: str
    file_name: str
    file_sha256: str
    task_reports: tuple[TaskReport, ...]
    indicator_reports: tuple[IndicatorReport, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A consolidation that was taken back, or would be.

    Attributes:
        number: Its run.
        who: User who ran it.
        started_at: When, UTC.
        period: Its period.
        returns: (agency, file name) of every return that it took in.
        decisions: How many decisions of the office it took over from the master workbook.
    """

    number: int
    who: str
    started_at: datetime
    period: Period | None
    returns: tuple[tuple[str, str], ...]
    decisions: int
