"""ledger: the period's master workbook, made anew from the database; the office's own columns survive."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook import __version__
from planbook.actions.make_master import MasterMaker
from planbook.actions.master_file import MasterOnDisk, is_still, read_master, write_master_file
from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.task_standings import cut_off_day
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.actions.reported_period import View
    from planbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class PublishedLedger:
    """The master workbook, and what of the office's own additions could not be carried over as it was."""

    path: Path
    findings: tuple[Finding, ...]


def publish_ledger(
    workspace: Workspace, period: Period, *, now: datetime, today: date, view: "View | None" = None
) -> PublishedLedger:
    """Write 总台账.xlsx of `period`; a `view` other than the plain one gets a file of its own.

    The office's master workbook is the only one that it notes and decides in. A slice, the public version, or the
    ledger as of a past day never touches it.

    Raises:
        PlanbookError: The workbook is open elsewhere or cannot be read or written; it was not touched.
    """
    if view and view.suffix:
        return _write_view(workspace, period, view, now=now, today=today)
    with workspace.locked("更新总台账"), opened_ledger(workspace) as ledger:
        refuse_unwritable(workspace.master(period))
        read, findings = take_over_decisions(ledger, read_master(workspace, period), period, now=now, today=today)
        written = write_master_ledger(workspace, ledger, period, now=now, today=today, read=read)
        return replace(written, findings=(*findings, *written.findings))


def _write_view(workspace: Workspace, period: Period, view: "View", *, now: datetime, today: date) -> PublishedLedger:
    from planbook.actions.reported_period import read_reported_period
    from planbook.outputs.decision_reader import without_decisions
    from planbook.outputs.master_writer import write_master
    from planbook.outputs.office_notes import NO_NOTES

    path = workspace.master(period)
    path = path.with_name(f"{path.stem}{view.suffix}{path.suffix}")
    refuse_unwritable(path)
    reported = read_reported_period(workspace, period, view, now=now, today=today)
    notes = NO_NOTES
    if not view.is_public and not view.as_of:  # a leader's slice shows what the office noted on its tasks
        noted = read_master(workspace, period).notes
        notes = without_decisions(noted, frozenset(one.key.code for one in noted.notes))
    replace_file(path, write_master(reported.ledger, notes))
    return PublishedLedger(path, ())


def take_over_decisions(
    ledger: "Ledger", read: MasterOnDisk, period: Period, *, now: datetime, today: date
) -> tuple[MasterOnDisk, tuple[Finding, ...]]:
    """Take the decisions that the office entered into the master workbook.

    They are recorded before the workbook is written anew: cut short in between, the next run meets them again and
    knows them. What could not be taken stays where it was typed.

    Returns:
        The workbook's notes without what was taken over, and the findings.
    """
    requests = read.entered.requests
    if not requests:
        return read, read.entered.findings
    from planbook.actions.decide import take_decisions
    from planbook.outputs.decision_reader import without_decisions

    decided = take_decisions(ledger, new_run("decide", now, period=period), requests, today=today)
    recorded = ledger.decisions.taken_over(one.key for one in requests)
    open_codes = {one.task_code for one in requests if one.key not in recorded}
    done = frozenset(one.task_code for one in requests) - open_codes
    findings = [*read.entered.findings, *decided.findings]
    if decided.decisions:
        listed = "、".join(f"{one.task_code} {one.kind.value}" for one in decided.decisions)
        findings.append(Finding.of("decisions_taken_over", count=len(decided.decisions), list=listed))
    return replace(read, notes=without_decisions(read.notes, done)), tuple(findings)


def write_master_ledger(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    *,
    now: datetime,
    today: date,
    read: MasterOnDisk | None = None,
) -> PublishedLedger:
    """Write the master workbook from an opened ledger, keeping what the office typed into the one before.

    Nothing is written where the one on disk is still what planbook wrote and the ledger is what it was then. Where
    something in the old workbook cannot be carried over, it is kept beside the new one.

    Args:
        workspace: The workspace.
        ledger: Its ledger.
        period: The period.
        now: This moment, UTC.
        today: The day.
        read: What `read_master` gave just before, decisions taken over; without it the workbook is read here, and
            decisions in it wait for the next click.
    """
    path = workspace.master(period)
    refuse_unwritable(path)
    read = read or read_master(workspace, period)
    written_from = _written_from(workspace, ledger, period, today)
    if read.written_from == written_from:
        return PublishedLedger(path, ())
    maker = MasterMaker(workspace, ledger, period, now=now, today=today)
    content = maker.make(read.notes)
    if not is_still(workspace, period, read):  # somebody saved it meanwhile: what they typed must not be lost
        read = read_master(workspace, period)
        content = maker.make(read.notes)
    findings = read.notes.findings
    if findings:
        kept = path.with_name(f"{path.stem}_更新前_{now:%Y%m%d%H%M%S}{path.suffix}")
        replace_file(kept, path.read_bytes())
        findings = (*findings, Finding.of("ledger_kept_aside", name=kept.name))
    write_master_file(workspace, period, content, read.notes, written_from)
    maker.keep()
    return PublishedLedger(path, findings)


def _written_from(workspace: Workspace, ledger: "Ledger", period: Period, today: date) -> str:
    """Return a digest of all that the workbook depends on beside the office's notes."""
    depends = (__version__, ledger.workspace_id, ledger.state(), workspace.settings, cut_off_day(period, today))
    return hashlib.sha256(repr(depends).encode()).hexdigest()
