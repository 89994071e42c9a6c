"""A plan's edition out of the ledger, and its revision into it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from planbook.ledger.coded import INDICATORS, TASKS, Coded
from planbook.ledger.plan_versions import PlanFile, add_version, newest_plans
from planbook.ledger.records import Run
from planbook.model.edition import Item, Known, PlanEdition
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding
from planbook.model.item_revision import ItemRevision
from planbook.model.ledger import LedgerIndicator
from planbook.model.plan import Plan
from planbook.model.review import FieldChange
from planbook.model.revision import revise_plan


def edition_of(connection: Connection, sequence: int) -> PlanEdition:
    """Return plan `sequence` as it stands beside what its newest document says.

    Raises:
        PlanbookError: There is no such plan.
    """
    version, plan = newest_plans(connection).get(sequence, (0, None))
    if plan is None:
        raise PlanbookError(f"台账中没有编号为 P{sequence} 的方案，请核对编号（任务编号的前半部分就是方案编号）。")
    return PlanEdition(
        plan, version, _known(TASKS, connection, sequence, version), _known(INDICATORS, connection, sequence, version)
    )


def write_revision(
    connection: Connection, run: Run, edition: PlanEdition, plan: Plan, file: PlanFile
) -> tuple[tuple[FieldChange, ...], tuple[Finding, ...]]:
    """Write `plan` as the next version of the plan in `edition`; return what changed and what is to be looked at.

    Raises:
        PlanbookError: The plan has more items than there are codes.
    """
    sequence, version = edition.plan.sequence, edition.version + 1
    revision = revise_plan(edition, plan)
    said = (*plan.findings, *revision.findings)
    add_version(connection, run, sequence, version, plan=plan, file=file, findings=said)
    codes = _write_items(TASKS, connection, run, version, revision.tasks)
    indicators = _under_real_tasks(revision.indicators, codes)
    indicator_codes = _write_items(INDICATORS, connection, run, version, indicators)
    changes = tuple(_under_real_code(change, codes, indicator_codes) for change in revision.changes)
    return changes, revision.findings


def _known(coded: Coded[Item], connection: Connection, sequence: int, version: int) -> tuple[Known[Item], ...]:
    readings = coded.readings_of(connection, sequence, version)
    standings = coded.standings(connection, sequence)
    return tuple(Known(one.item, readings.get(code), one.is_retired) for code, one in standings.items())


def _write_items(
    coded: Coded[Item], connection: Connection, run: Run, version: int, revision: ItemRevision[Item]
) -> dict[str, str]:
    """Write one kind of item; return the codes that new ones got by their provisional ones."""
    before = coded.standings(connection)
    coded.revise(connection, run, before, list(revision.kept.values()))
    coded.retire(connection, run, before, revision.retired)
    added = coded.add(connection, run, revision.added)
    codes = {given.code: stored.code for given, stored in zip(revision.added, added, strict=True)}
    readings = [replace(one, code=codes.get(one.code, one.code)) for one in revision.readings]
    coded.note_readings(connection, run, version, readings)
    return codes


def _under_real_tasks(
    revision: ItemRevision[LedgerIndicator], codes: Mapping[str, str]
) -> ItemRevision[LedgerIndicator]:
    def settled(items: Sequence[LedgerIndicator]) -> list[LedgerIndicator]:
        return [
            replace(one, task_code=codes.get(one.task_code, one.task_code)) if one.task_code else one for one in items
        ]

    return replace(
        revision,
        kept={one.code: one for one in settled([*revision.kept.values()])},
        added=settled(revision.added),
        readings=settled(revision.readings),
    )


def _under_real_code(change: FieldChange, codes: Mapping[str, str], indicator_codes: Mapping[str, str]) -> FieldChange:
    own = indicator_codes if change.subject == "指标" else codes
    is_task_named = change.field == "任务编号"
    after = codes.get(change.after, change.after) if is_task_named else change.after
    return replace(change, key=own.get(change.key, change.key), after=after)
