"""The correction workbooks that wait to be sent or answered, each verified to be what was written for that agency."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.actions.verified_files import VerifiedFile, verify_file
from planbook.actions.write_corrections import correction_path
from planbook.model.findings import Finding, Severity
from planbook.model.form import Form
from planbook.model.ledger import IssuedForm
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.records import CorrectionFile
    from planbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class OpenCorrection:
    """A return that has to be put right.

    Attributes:
        form: The form that it answers.
        file: The correction workbook, or why it must not be sent.
        errors: How many places must be put right.
        doubts: How many want a look.
    """

    form: Form
    file: VerifiedFile | Finding
    errors: int
    doubts: int


def open_corrections(workspace: Workspace, ledger: "Ledger", period: Period) -> Mapping[str, OpenCorrection]:
    """Return, by agency, the corrections of `period` that are open: of returns in force, or of ones not taken in."""
    written = {one.agency: one for one in ledger.dispatches.corrections(period)}
    faults = _faults(ledger, period)
    silent = {one.agency for one in ledger.reports.missing(period)}
    found: dict[str, OpenCorrection] = {}
    for issued in ledger.forms.issued(period):
        agency = issued.agency
        record = written.get(agency)
        if agency in faults:
            if record and record.return_sha256 != _return_in_force(ledger, agency, period):
                record = None
            found[agency] = _opened(workspace, ledger, issued, record, faults[agency])
        elif agency in silent and record and correction_path(workspace, period, issued.path).exists():
            known = ledger.files.known([record.return_sha256]).get(record.return_sha256)
            counts = _counted(known.findings) if known else (1, 0)
            found[agency] = _opened(workspace, ledger, issued, record, counts)
    return {agency: one for agency, one in found.items() if one is not None}


def _opened(
    workspace: Workspace,
    ledger: "Ledger",
    issued: IssuedForm,
    record: "CorrectionFile | None",
    counts: tuple[int, int],
) -> OpenCorrection:
    form = ledger.forms.form(record.form_id if record else issued.form_id)
    assert form is not None  # noqa: S101 - what is recorded was issued
    file: VerifiedFile | Finding
    if record is None:
        file = Finding.of("correction_not_written_yet", agency=issued.agency, period=issued.period)
    else:
        answered = replace(issued, form_id=record.form_id)
        path = correction_path(workspace, issued.period, issued.path)
        file = verify_file(workspace, ledger.workspace_id, answered, path, record.file_sha256)
    return OpenCorrection(form, file, *counts)


def _faults(ledger: "Ledger", period: Period) -> Mapping[str, tuple[int, int]]:
    """Return how many errors and doubts the return in force of each agency has, for those that have errors."""
    of_agency: dict[str, list[Finding]] = {}
    for one in ledger.reports.findings(period):
        of_agency.setdefault(one.agency, []).append(one.finding)
    return {agency: counts for agency, found in of_agency.items() if (counts := _counted(found))[0]}


def _counted(findings: "tuple[Finding, ...] | list[Finding]") -> tuple[int, int]:
    severities = [finding.severity for finding in findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def _return_in_force(ledger: "Ledger", agency: str, period: Period) -> str:
    history = ledger.submissions.history(agency, period)
    return next((one.file_sha256 for one in history if one.is_in_force), "")
