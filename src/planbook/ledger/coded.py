"""What bears a code, tasks and indicators alike: a code given once for ever, and versions under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from planbook.ledger.records import Run
from planbook.ledger.rows import columns_for, insert_all, row_for
from planbook.ledger.runs import note_run
from planbook.ledger.schema import indicator, indicator_reading, indicator_version, task, task_reading, task_version
from planbook.ledger.schema import plan as plan_table
from planbook.model.codes import CodeKind, make_code
from planbook.model.errors import PlanbookError
from planbook.model.ledger import LedgerIndicator, LedgerTask

Item = TypeVar("Item", LedgerTask, LedgerIndicator)
_MOST_ITEMS: Final = 9999  # what a code has digits for


@dataclass(frozen=True, slots=True)
class Standing(Generic[Item]):
    """The newest version of one item."""

    item: Item
    version: int
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Coded(Generic[Item]):
    """The tables of one kind of item.

    Attributes:
        noun: What a row makes.
        kind: What the codes stand for.
        heads: The codes.
        versions: What stood under each of them.
        readings: What later documents of the plan said under each of them; see `readings_of`.
    """

    noun: type[Item]
    kind: CodeKind
    heads: Table
    versions: Table
    readings: Table

    def standings(self, connection: Connection, plan_sequence: int | None = None) -> Mapping[str, Standing[Item]]:
        """Return the newest version under each code, by plan, then in the plan's order."""
        heads, versions = self.heads, self.versions
        newest = select(versions.c.code, func.max(versions.c.version).label("version")).group_by(versions.c.code)
        latest = newest.subquery()
        query = (
            select(versions.c.version, versions.c.is_retired, *columns_for(self.noun, versions, heads))
            .join_from(versions, heads, heads.c.code == versions.c.code)
            .join(latest, (latest.c.code == versions.c.code) & (latest.c.version == versions.c.version))
            .order_by(heads.c.plan_sequence, versions.c.order, heads.c.item)
        )
        if plan_sequence is not None:
            query = query.where(heads.c.plan_sequence == plan_sequence)
        items = (
            (version, is_retired, self.noun(*content)) for version, is_retired, *content in connection.execute(query)
        )
        return {item.code: Standing(item, version, is_retired) for version, is_retired, item in items}

    def readings_of(self, connection: Connection, plan_sequence: int, plan_version: int) -> Mapping[str, Item]:
        """Return what a plan's document said as it was read, by code; nothing of what it did not have."""
        heads, versions, readings = self.heads, self.versions, self.readings
        kept = versions if plan_version == 1 else readings
        is_asked: ColumnElement[bool] = readings.c.plan_version == plan_version
        if plan_version == 1:  # read and registered in one run, before anyone could change a word
            is_asked = and_(versions.c.version == 1, heads.c.run_number == plan_table.c.run_number)
        query = (
            select(*columns_for(self.noun, kept, heads))
            .join_from(kept, heads, heads.c.code == kept.c.code)
            .join(plan_table, plan_table.c.sequence == heads.c.plan_sequence)
            .where(is_asked, heads.c.plan_sequence == plan_sequence)
        )
        items = (self.noun(*row) for row in connection.execute(query))
        return {item.code: item for item in items}

    def note_readings(self, connection: Connection, run: Run, plan_version: int, items: Sequence[Item]) -> None:
        """Keep what a plan's document of version `plan_version` (2 or later) says of each of `items`."""
        run_number = note_run(connection, run)
        rows = [row_for(item, self.readings, plan_version=plan_version, run_number=run_number) for item in items]
        insert_all(connection, self.readings, rows)

    def add(self, connection: Connection, run: Run, items: Sequence[Item]) -> tuple[Item, ...]:
        """Add `items`, giving each the next code of its plan, and return them under their codes."""
        if not items:
            return ()
        run_number = note_run(connection, run)
        last = self._last_items(connection)
        heads, added = [], []
        for item in items:
            number = last[item.plan_sequence] = last.get(item.plan_sequence, 0) + 1
            if number > _MOST_ITEMS:
                raise PlanbookError(f"一份计划最多登记 {_MOST_ITEMS} 项任务或指标，请把计划拆成几份后分别导入。")
            code = make_code(self.kind, item.plan_sequence, number)
            heads.append({"code": code, "plan_sequence": item.plan_sequence, "item": number, "run_number": run_number})
            added.append(replace(item, code=code))
        insert_all(connection, self.heads, heads)
        self._add_versions(connection, run, [Standing(item, 1, is_retired=False) for item in added])
        return tuple(added)

    def revise(
        self, connection: Connection, run: Run, before: Mapping[str, Standing[Item]], items: Sequence[Item]
    ) -> tuple[str, ...]:
        """Write a new version of each of `items` that differs from what stands; return the codes of those."""
        changed = [
            Standing(item, before[item.code].version + 1, is_retired=False)
            for item in items
            if item != before[item.code].item or before[item.code].is_retired
        ]
        return self._add_versions(connection, run, changed)

    def retire(
        self, connection: Connection, run: Run, before: Mapping[str, Standing[Item]], codes: Sequence[str]
    ) -> tuple[str, ...]:
        """Write a last version of each of `codes` that still stands; return the codes of those."""
        standing = [before[code] for code in codes if not before[code].is_retired]
        last = [replace(one, version=one.version + 1, is_retired=True) for one in standing]
        return self._add_versions(connection, run, last)

    def _add_versions(self, connection: Connection, run: Run, standings: Sequence[Standing[Item]]) -> tuple[str, ...]:
        if not standings:
            return ()
        run_number = note_run(connection, run)
        rows = [
            row_for(one.item, self.versions, version=one.version, is_retired=one.is_retired, run_number=run_number)
            for one in standings
        ]
        insert_all(connection, self.versions, rows)
        return tuple(one.item.code for one in standings)

    def _last_items(self, connection: Connection) -> dict[int, int]:
        heads = self.heads
        query = select(heads.c.plan_sequence, func.max(heads.c.item).label("last")).group_by(heads.c.plan_sequence)
        return {row.plan_sequence: row.last for row in connection.execute(query)}


TASKS: Final = Coded(LedgerTask, CodeKind.TASK, task, task_version, task_reading)
INDICATORS: Final = Coded(LedgerIndicator, CodeKind.INDICATOR, indicator, indicator_version, indicator_reading)
