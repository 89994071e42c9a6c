"""What bears a code, tasks and indicators alike: a code given once for ever, and versions under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection, Table, func, select

from planbook.ledger.records import Run
from planbook.ledger.rows import columns_for, insert_all, row_for
from planbook.ledger.runs import note_run
from planbook.ledger.schema import indicator, indicator_version, task, task_version
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
    """The tables of one kind of item: its codes (`heads`) and what stood under each of them (`versions`)."""

    noun: type[Item]
    kind: CodeKind
    heads: Table
    versions: Table

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


TASKS: Final = Coded(LedgerTask, CodeKind.TASK, task, task_version)
INDICATORS: Final = Coded(LedgerIndicator, CodeKind.INDICATOR, indicator, indicator_version)
