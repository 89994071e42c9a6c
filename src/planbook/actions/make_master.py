"""Makes the master workbook: from what was kept of the one before where returns alone came in, else wholly anew.

Both ways lead to the same bytes. What is not certain to hold still is made anew.
"""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from planbook import __version__
from planbook.actions.kept_master import KeptMaster, load_kept, save_kept
from planbook.actions.period_ledger import TaskOutcome, assemble_period, build_period, stand_beside
from planbook.actions.task_standings import LightMeasure, cut_off_day, read_facts, stand_tasks
from planbook.model.period import Period
from planbook.workspace.folder import Workspace

if TYPE_CHECKING:
    from planbook.ledger.basis import Basis
    from planbook.ledger.store import Ledger
    from planbook.outputs.office_notes import OfficeNotes

_MOST_CHANGED: Final = 400  # tasks: with more of them, looking for them costs what making everything does


class _NotKeptError(Exception):
    """What was kept does not hold any more."""


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let no garbage be looked for: hundreds of thousands of nouns are made, and none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class MasterMaker:
    """Makes the master workbook of a period, and keeps what the next one may be made from once it is in its place."""

    def __init__(self, workspace: Workspace, ledger: "Ledger", period: Period, *, now: datetime, today: date) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._period = period
        self._now = now
        self._today = today
        self._kept: KeptMaster | None = None
        self._circumstances = ""

    def make(self, notes: "OfficeNotes") -> bytes:
        """Return the workbook with the office's `notes`.

        Raises:
            PlanbookError: Its figures do not add up.
        """
        from planbook.outputs.task_sheets import UnfitRowsError

        with _without_collecting(), self._ledger.snapshot() as seen:
            self._circumstances = self._told_apart_by(seen, notes)
            basis = seen.basis()
            kept = load_kept(self._workspace, self._period, self._circumstances)
            if kept:
                try:
                    return self._from_kept(seen, kept, basis, notes)
                except (_NotKeptError, UnfitRowsError):
                    pass
            return self._anew(seen, basis, notes)

    def keep(self) -> None:
        """Keep what the next workbook may be made from."""
        save_kept(self._workspace, self._period, self._circumstances, self._kept)

    def _told_apart_by(self, seen: "Ledger", notes: "OfficeNotes") -> str:
        """Return a digest of all that rows depend on beside the ledger's content."""
        import xlsxwriter

        settings = self._workspace.settings
        calendar = LightMeasure.of(settings).calendar
        versions = (__version__, xlsxwriter.__version__)
        day = cut_off_day(self._period, self._today)
        depends = (versions, seen.workspace_id, self._period, day, settings, calendar, notes)
        return hashlib.sha256(repr(depends).encode("utf-8", "surrogatepass")).hexdigest()

    def _anew(self, seen: "Ledger", basis: "Basis", notes: "OfficeNotes") -> bytes:
        from planbook.outputs.master_writer import write_kept_master

        built = build_period(seen, self._workspace.settings, self._period, now=self._now, today=self._today)
        tallies = [one.tally for one in built.outcomes]
        dispatches = seen.dispatches.of_period(self._period)
        content, made = write_kept_master(built.ledger, built.ledger.tasks, tallies, notes=notes, dispatches=dispatches)
        past = built.ledger.history[:-1]
        kept = KeptMaster(basis, built.outcomes, made.sheets.tasks, made.around, past)
        self._kept = kept if made.is_regular else None
        return content

    def _from_kept(self, seen: "Ledger", kept: KeptMaster, basis: "Basis", notes: "OfficeNotes") -> bytes:
        from planbook.outputs.master_writer import write_kept_master

        settings, period, today = self._workspace.settings, self._period, self._today
        codes = self._changed_tasks(seen, kept, basis)
        facts = read_facts(seen)
        if [one.code for one in facts.tasks] != [one.code for one in kept.rows]:
            raise _NotKeptError
        measure = LightMeasure.of(settings)
        before = facts.before(period)
        earlier = stand_tasks(seen, facts, before, measure, today=today, codes=codes) if before else ()
        standings = stand_beside(seen, facts, period, measure, today=today, earlier=earlier, codes=codes)
        changed = {one.task.code: one for one in standings}
        outcomes = tuple(
            TaskOutcome.of(changed[one.tally.code]) if one.tally.code in changed else one for one in kept.outcomes
        )
        shown = assemble_period(seen, facts, settings, period, outcomes, past=kept.past, now=self._now, today=today)
        content, made = write_kept_master(
            shown,
            [changed.get(one.code, one) for one in kept.rows],
            [one.tally for one in outcomes],
            notes=notes,
            dispatches=seen.dispatches.of_period(period),
            around=kept.around,
        )
        if not made.is_regular:
            raise _NotKeptError
        self._kept = replace(kept, basis=basis, outcomes=outcomes, rows=made.sheets.tasks)
        return content

    def _changed_tasks(self, seen: "Ledger", kept: KeptMaster, basis: "Basis") -> Sequence[str]:
        """Return the tasks that returns which came into force, or went out of it, speak of."""
        then, key = kept.basis, str(self._period)
        if basis.facts != then.facts or not seen.grew_out_of(then):
            raise _NotKeptError
        periods = {*basis.in_force, *then.in_force} - {key}
        if any(basis.in_force.get(one) != then.in_force.get(one) for one in periods):
            raise _NotKeptError
        old, new = then.in_force.get(key, {}), basis.in_force.get(key, {})
        changed = [*(old.items() - new.items()), *(new.items() - old.items())]
        codes = sorted(seen.reports.codes_in([number for _, number in changed]))
        if len(codes) > _MOST_CHANGED:
            raise _NotKeptError
        return codes
