"""ledger: the period's master workbook, made anew from the database; the office's own columns survive."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.actions.opening import ledger_as_of, opened_ledger
from planbook.actions.period_ledger import build_period_ledger
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.period import Period
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable, replace_file

if TYPE_CHECKING:
    from planbook.ledger.store import Ledger
    from planbook.outputs.office_notes import OfficeNotes


@dataclass(frozen=True, slots=True)
class PublishedLedger:
    """The master workbook, and what of the office's own additions could not be carried over as it was."""

    path: Path
    findings: tuple[Finding, ...]


def publish_ledger(
    workspace: Workspace, period: Period, *, now: datetime, today: date, as_of: date | None = None
) -> PublishedLedger:
    """Write 总台账.xlsx of `period`; with `as_of`, a file of its own with the ledger as it was at that day's end.

    Raises:
        PlanbookError: The workbook is open elsewhere or cannot be read or written; it was not touched.
    """
    if as_of is not None:
        return _write_past_ledger(workspace, period, now=now, as_of=min(as_of, today))
    with workspace.locked("更新总台账"), opened_ledger(workspace) as ledger:
        return write_master_ledger(workspace, ledger, period, now=now, today=today)


def _write_past_ledger(workspace: Workspace, period: Period, *, now: datetime, as_of: date) -> PublishedLedger:
    from planbook.outputs.master_writer import write_master
    from planbook.outputs.office_notes import NO_NOTES

    path = workspace.outputs / f"{period}_总台账_截至{as_of}.xlsx"
    with ledger_as_of(workspace, as_of) as ledger:
        past = build_period_ledger(ledger, workspace.settings, period, now=now, today=as_of, as_of=as_of)
    replace_file(path, write_master(past, NO_NOTES))
    return PublishedLedger(path, ())


def write_master_ledger(
    workspace: Workspace,
    ledger: "Ledger",
    period: Period,
    *,
    now: datetime,
    today: date,
    notes: "OfficeNotes | None" = None,
) -> PublishedLedger:
    """Write the master workbook from an opened ledger, keeping what the office typed into the one before.

    `notes` are those that `read_notes` gave just before; without them they are read here.

    Where something in the old workbook cannot be carried over, the old workbook is kept beside the new one.
    """
    from planbook.outputs.master_writer import write_master

    path = workspace.master(period)
    refuse_unwritable(path)
    if notes is None:
        notes = read_notes(path)
    content = write_master(build_period_ledger(ledger, workspace.settings, period, now=now, today=today), notes)
    if notes.findings:
        kept = path.with_name(f"{path.stem}_更新前_{now:%Y%m%d%H%M%S}{path.suffix}")
        replace_file(kept, path.read_bytes())
        aside = Finding.of("ledger_kept_aside", name=kept.name)
        notes = replace(notes, findings=(*notes.findings, aside))
    replace_file(path, content)
    return PublishedLedger(path, notes.findings)


def read_notes(path: Path) -> "OfficeNotes":
    """Return what the office typed into the master workbook at `path` so far.

    Raises:
        PlanbookError: The workbook cannot be read; it must not be written over.
    """
    from planbook.outputs.office_note_reader import read_office_notes
    from planbook.outputs.office_notes import NO_NOTES
    from planbook.sheets.reading import read_workbook
    from planbook.sheets.unreadable import UnreadableFile

    if not path.exists():
        return NO_NOTES
    try:
        return read_office_notes(read_workbook(path))
    except UnreadableFile as error:
        raise PlanbookError(
            f"现有的 {path} 读不出来，里面的批注可能丢失，因此没有覆盖；请把它改名移走后再试。"
        ) from error
