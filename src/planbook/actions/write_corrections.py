"""退改单: a correction workbook for each agency whose return has errors; those that were put right are laid aside."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from planbook.actions.opening import new_run
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, Severity
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file, unwritable

if TYPE_CHECKING:
    from planbook.actions.read_return_file import ReturnFile
    from planbook.forms.correction import Correction
    from planbook.ledger.store import Ledger
    from planbook.model.form import Form

_FORM_ENDING: Final = re.compile(r"_责任清单\.xlsx$")
_PUT_RIGHT: Final = "已改正"
_AT_ONCE: Final = 50  # workbooks in memory, and in one transaction
_WRITERS: Final = 4


@dataclass(frozen=True, slots=True)
class CorrectionOnDisk:
    """An agency's correction workbook, and the text of its mail beside it."""

    agency: str
    path: Path
    notice: Path


@dataclass(frozen=True, slots=True)
class Corrections:
    """The correction workbooks that are open, and what could not be written or moved."""

    open: tuple[CorrectionOnDisk, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Faulty:
    """A return with errors: its agency, the digest of its file, and the file's name without folders."""

    agency: str
    sha256: str
    file_name: str


Reread = Callable[[Sequence[str]], Mapping[str, "ReturnFile"]]
"""Reads archived returns once more, by digest."""


def write_corrections(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    *,
    read: Mapping[str, "ReturnFile"],
    blank: Sequence[Faulty],
    reread: Reread,
    now: datetime,
) -> Corrections:
    """Write a correction workbook for each agency whose return in force has errors; return all that are open.

    One that is there already for the same return stays as it is, whatever the office has done to it. One whose
    agency's return no longer has errors is moved to 已改正, never deleted. A file that cannot be written is said in
    the result and made good by the next run: the returns themselves are in the ledger.

    Args:
        workspace: The workspace.
        ledger: Its ledger, after the returns were taken in.
        period: The period.
        read: What this run has read, by digest.
        blank: Returns of this run that came back empty.
        reread: Reads returns that an earlier run has taken in.
        now: The time, UTC.
    """
    silent = {one.agency for one in ledger.reports.missing(period)}
    faulty = _in_force(ledger, period) | {one.agency: one for one in blank if one.agency in silent}
    paths = {one.agency: correction_path(workspace, period, one.path) for one in ledger.forms.issued(period)}
    right = [agency for agency in paths if agency not in faulty and agency not in silent]
    stuck = {agency: problem for agency in right if (problem := _lay_aside(paths[agency], now))}
    stale = [one for one in faulty.values() if one.agency in paths and not _is_about(paths[one.agency], one.sha256)]
    known = {**reread([one.sha256 for one in stale if one.sha256 not in read]), **read}
    problems: dict[str, str] = {}
    for start in range(0, len(stale), _AT_ONCE):
        part = [(one, known.get(one.sha256)) for one in stale[start : start + _AT_ONCE]]
        problems |= _write(workspace, ledger, part, paths, now=now)
    return Corrections(
        tuple(
            CorrectionOnDisk(agency, path, _notice(path))
            for agency, path in paths.items()
            if agency in faulty and not problems.get(agency)
        ),
        (
            *(
                Finding.of("correction_not_written", agency=agency, reason=why)
                for agency, why in problems.items()
                if why
            ),
            *(Finding.of("correction_not_moved", agency=agency, reason=why) for agency, why in stuck.items()),
        ),
    )


def _in_force(ledger: "Ledger", period: Period) -> dict[str, Faulty]:
    """Return the returns in force that have errors, by agency."""
    found = ledger.reports.findings(period)
    agencies = dict.fromkeys(one.agency for one in found if one.finding.severity is Severity.ERROR)
    in_force = {agency: one for agency, one in ledger.submissions.of_period(period) if one.is_in_force}
    return {
        agency: Faulty(agency, in_force[agency].file_sha256, PurePath(in_force[agency].file_name).name)
        for agency in agencies
        if agency in in_force
    }


def correction_path(workspace: Workspace, period: Period, form_path: str) -> Path:
    """Return where an agency's correction belongs: named like its form, so that no two are alike."""
    stem = _FORM_ENDING.sub("", PurePath(form_path).name)
    return workspace.corrections(period) / f"{stem}_退改单.xlsx"


def _notice(path: Path) -> Path:
    return path.with_name(f"{path.stem.removesuffix('退改单')}退改通知.txt")


def _is_about(path: Path, sha256: str) -> bool:
    """Return whether the workbook at `path` is the correction of that very return; it says so in its properties."""
    try:
        with zipfile.ZipFile(path) as package:
            return sha256.encode() in package.read("docProps/custom.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _write(
    workspace: Workspace,
    ledger: "Ledger",
    faulty: Sequence[tuple[Faulty, "ReturnFile | None"]],
    paths: Mapping[str, Path],
    *,
    now: datetime,
) -> dict[str, str]:
    """Write the corrections of some agencies and their notices; return by agency why that could not be done, if so."""
    from planbook.ledger.records import CorrectionFile

    problems: dict[str, str] = {}
    written: list[tuple[CorrectionFile, Correction]] = []
    for one, read in faulty:
        form = ledger.forms.form(read.identification.form_id or "") if read else None
        if read is None or read.layout is None or form is None or form.agency != one.agency:
            problems[one.agency] = f"交回的文件（{one.file_name}）现在读不出来"
            continue
        correction = _render(form, one, read, workspace.keys()[0])
        digest = hashlib.sha256(correction.workbook).hexdigest()
        file = CorrectionFile(one.agency, form.period, form.form_id, one.sha256, digest, now)
        written.append((file, correction))
    if written:
        # Before the files are there: one that nobody knows of could not be mailed.
        run = new_run("consolidate", now, period=written[0][0].period)
        ledger.dispatches.record_corrections(run, [file for file, _ in written])
    with ThreadPoolExecutor(_WRITERS) as pool:  # a disk takes longer to make sure of a file than to take the next
        puts = [pool.submit(_put, paths[file.agency], correction) for file, correction in written]
        problems |= {file.agency: put.result() for (file, _), put in zip(written, puts, strict=True)}
    return problems


def _render(form: "Form", one: Faulty, read: "ReturnFile", key: bytes) -> "Correction":
    from planbook.forms.correction import FaultyReturn, write_correction

    assert read.layout is not None  # noqa: S101  whoever calls has looked
    return write_correction(
        form,
        FaultyReturn(read.layout, one.file_name, one.sha256, read.task_reports, read.indicator_reports, read.faults),
        key,
    )


def _put(path: Path, correction: "Correction") -> str:
    """Write a correction and its notice; return why that could not be done, empty where it was."""
    try:
        replace_file(_notice(path), correction.notice.encode("utf-8-sig"))  # Notepad of Windows 7 needs the mark
        replace_file(path, correction.workbook)
    except PlanbookError as error:
        return error.message.rstrip("。")
    return ""


def _lay_aside(path: Path, now: datetime) -> str:
    """Move a correction that is done with, and its notice, to 已改正; return why not, empty where it is moved."""
    for old in (path, _notice(path)):
        if not old.exists():
            continue
        target = old.parent / _PUT_RIGHT / old.name
        if target.exists():
            target = target.with_name(f"{old.stem}_{now:%Y%m%d%H%M%S}{old.suffix}")
        try:
            target.parent.mkdir(exist_ok=True)
            old.rename(target)
        except OSError as error:
            return unwritable(old, error).message.rstrip("。")
    return ""
