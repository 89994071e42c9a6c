"""How a period stands, agency by agency: issued, sent, returned, to correct, silent; and what waits in the inbox."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planbook.actions.opening import opened_ledger
from planbook.model.dispatch import Errand, Outcome, latest_by_message
from planbook.model.findings import Severity
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.records import SubmissionRecord
    from planbook.ledger.store import Ledger

_MOST_WAITING: Final = 500


class ReturnState(StrEnum):
    """How an agency stands with its form."""

    SILENT = "silent"
    TO_CORRECT = "to_correct"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class AgencyState:
    """One agency in the period; `sent` says in words what became of its form, empty where nothing went out."""

    agency: str
    tasks: int
    indicators: int
    issued_on: str
    due_on: str
    is_sent: bool
    sent: str
    state: ReturnState
    received_at: str
    versions: int
    errors: int
    warnings: int
    file_name: str
    sha256: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class PeriodState:
    """A period; `waiting` are files in its inbox that no consolidation has seen yet."""

    period: str
    label: str
    due_on: str
    is_overdue: bool
    issued: int
    sent: int
    returned: int
    to_correct: int
    silent: int
    unclaimed: int
    agencies: tuple[AgencyState, ...]
    waiting: tuple[str, ...]
    inbox: str
    master: str
    has_master: bool


def see_period(workspace: Workspace, period: Period, *, today: date) -> PeriodState:
    """Return how `period` stands.

    Raises:
        PlanbookError: The ledger cannot be read.
    """
    with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
        agencies = tuple(_agencies(seen, period))
        files = seen.files.of_period(period)
        known = seen.files.known(list(found := dict(_inbox_digests(workspace.inbox(period)))))
    due = max((one.due_on for one in agencies), default="")
    counts = Counter(one.state for one in agencies)
    master = workspace.master(period)
    return PeriodState(
        period=str(period),
        label=period.label,
        due_on=due,
        is_overdue=bool(due) and due < today.isoformat(),
        issued=len(agencies),
        sent=sum(one.is_sent for one in agencies),
        returned=counts[ReturnState.RETURNED] + counts[ReturnState.TO_CORRECT],
        to_correct=counts[ReturnState.TO_CORRECT],
        silent=counts[ReturnState.SILENT],
        unclaimed=len({one.sha256 for one in files if one.is_unclaimed}),
        agencies=agencies,
        waiting=tuple(name for digest, name in found.items() if digest not in known)[:_MOST_WAITING],
        inbox=str(workspace.inbox(period)),
        master=str(master),
        has_master=master.is_file(),
    )


def _agencies(ledger: "Ledger", period: Period) -> Iterator[AgencyState]:
    submissions: dict[str, list[SubmissionRecord]] = {}
    for agency, record in ledger.submissions.of_period(period):
        if record.is_undone:
            continue
        submissions.setdefault(agency, []).append(record)
    severities: dict[str, Counter[Severity]] = {}
    for one in ledger.reports.findings(period):
        severities.setdefault(one.agency, Counter())[one.finding.severity] += 1
    sent = _sent(ledger, period)
    directory = ledger.agencies.directory()
    for form in ledger.forms.issued(period):
        records = submissions.get(form.agency, [])
        current = next((one for one in records if one.is_in_force), None)
        entry = directory.find(form.agency)
        found = severities.get(form.agency, Counter())
        is_sent, words = sent.get(form.agency, (False, ""))
        yield AgencyState(
            agency=form.agency,
            tasks=form.task_count,
            indicators=form.indicator_count,
            issued_on=form.issued_on.isoformat(),
            due_on=form.due_on.isoformat() if form.due_on else "",
            is_sent=is_sent,
            sent=words,
            state=_state(form, current, found),
            received_at=current.received_at.isoformat() if current else "",
            versions=len(records),
            errors=found[Severity.ERROR],
            warnings=found[Severity.WARNING],
            file_name=current.file_name if current else "",
            sha256=current.file_sha256 if current else "",
            contact=entry.contact if entry else "",
            phone=entry.phone if entry else "",
        )


def _state(_form: IssuedForm, current: "SubmissionRecord | None", found: Mapping[Severity, int]) -> ReturnState:
    if current is None:
        return ReturnState.SILENT
    return ReturnState.TO_CORRECT if found[Severity.ERROR] else ReturnState.RETURNED


def _sent(ledger: "Ledger", period: Period) -> dict[str, tuple[bool, str]]:
    """Return, by agency, whether its form went out and what became of the last attempt."""
    found: dict[str, tuple[bool, str]] = {}
    for one in latest_by_message(ledger.dispatches.of_period(period)).values():
        if one.errand is Errand.FORM:
            is_out = one.outcome.is_out and one.outcome is not Outcome.BOUNCED
            found[one.agency] = (is_out, f"{one.channel.label}：{one.outcome.label}")
    return found


def _inbox_digests(inbox: Path) -> Iterator[tuple[str, str]]:
    """Yield digest and name of each file in the inbox; what is inside of archives shows once they are read."""
    if not inbox.is_dir():
        return
    for path in sorted(inbox.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~$")):
            continue
        try:
            found = path.stat()
            yield _digest(path, found.st_size, found.st_mtime_ns), str(path.relative_to(inbox))
        except OSError:
            continue  # gone or locked this very moment: the next look tells


@lru_cache(maxsize=20_000)
def _digest(path: Path, _size: int, _modified_ns: int) -> str:
    """Return a file's digest; one whose size and time stand is not read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
