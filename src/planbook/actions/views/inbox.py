"""What came in for a period, file by file, with its verdict; and one file with all its findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from planbook.actions.opening import opened_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Severity
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.records import ReceivedFile


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as a person reads it."""

    code: str
    severity: Severity
    message: str
    location: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A received file and how it stands now."""

    sha256: str
    name: str
    path: str
    verdict: str
    agency: str
    reason: str
    received_at: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """The files of a period, those that a person must settle first; `agencies` can be chosen for unclaimed ones."""

    period: str
    label: str
    files: tuple[FileLine, ...]
    agencies: tuple[str, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileDetail:
    """One file with its findings, the heaviest first."""

    file: FileLine
    findings: tuple[FindingLine, ...]


_ORDER = ("unclaimed", "rejected", "accepted", "superseded")


def see_inbox(workspace: Workspace, period: Period) -> Inbox:
    """Return what came in for `period`.

    Raises:
        PlanbookError: The ledger cannot be read.
    """
    with opened_ledger(workspace) as ledger, ledger.snapshot() as seen:
        files = seen.files.of_period(period)
        agencies = tuple(form.agency for form in seen.forms.issued(period))
        periods = tuple(str(one) for one in sorted({form.period for form in seen.forms.issued()}, reverse=True))
    lines = sorted((_line(one) for one in files), key=lambda one: (_place(one.verdict), one.name))
    return Inbox(str(period), period.label, tuple(lines), agencies, periods)


def see_file(workspace: Workspace, period: Period, sha256: str) -> FileDetail:
    """Return a file of `period` with its findings.

    Raises:
        PlanbookError: There is none of that digest.
    """
    with opened_ledger(workspace) as ledger:
        found = next((one for one in ledger.files.of_period(period) if one.sha256 == sha256), None)
    if found is None:
        raise PlanbookError(f"{period.label}没有收到过这个文件，请刷新后再看。")
    return FileDetail(_line(found), finding_lines(found.findings))


def finding_lines(findings: Sequence[Finding]) -> tuple[FindingLine, ...]:
    """Return findings as a person reads them, the heaviest first."""
    weight = list(Severity)
    ordered = sorted(findings, key=lambda one: weight.index(one.severity))
    return tuple(FindingLine(one.code, one.severity, one.message, str(one.location)) for one in ordered)


def _place(verdict: str) -> int:
    return _ORDER.index(verdict) if verdict in _ORDER else len(_ORDER)


def _line(one: "ReceivedFile") -> FileLine:
    severities = [finding.severity for finding in one.findings]
    return FileLine(
        sha256=one.sha256,
        name=PurePath(one.path).name,
        path=one.path,
        verdict=one.verdict.value,
        agency=one.agency or "",
        reason=one.reason,
        received_at=one.received_at.isoformat(),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
    )
