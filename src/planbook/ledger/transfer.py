"""Moving a ledger from one database into another, row by row, and counting both afterwards.

Tables are only added to, so that a database which holds an earlier state of the same ledger needs nothing but the rows
that came since; one that holds anything else is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.engine import Row

from planbook.ledger.connection import Database, connect
from planbook.ledger.migration import HEAD, revision_of, upgrade
from planbook.ledger.rows import insert_all
from planbook.ledger.schema import METADATA
from planbook.ledger.schema import workspace as workspace_table
from planbook.model.errors import PlanbookError

_BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: rows by table, how many of them were new at the target, and what to call the target."""

    rows: tuple[tuple[str, int], ...]
    added: int
    place: str

    @property
    def total(self) -> int:
        """Rows in all."""
        return sum(count for _, count in self.rows)


def move_ledger(source: Path | str, target: Path | str, *, wait_s: float = 10.0) -> Moved:
    """Copy the ledger at `source` to `target` and compare; one transaction: either all of it is there, or nothing.

    Args:
        source: The ledger, as `open_ledger` takes it; its schema must be up to date.
        target: An empty database, a file that is not there yet, or an earlier state of this very ledger.
        wait_s: Seconds that a write waits for another writer.

    Raises:
        PlanbookError: The target holds something else, or cannot be written, or does not hold the same afterwards.
    """
    old = connect(source, create=False, wait_s=wait_s)
    new = connect(target, create=True, wait_s=wait_s)
    try:
        new.use_write_ahead_log()
        with old.reading() as reading, new.writing() as writing:
            _prepare(reading, writing, new)
            added = sum(_copy(reading, writing, table, new) for table in METADATA.sorted_tables)
            rows = _compare(reading, writing, new)
        return Moved(rows, added, new.place)
    finally:
        old.close()
        new.close()


def _prepare(reading: Connection, writing: Connection, new: Database) -> None:
    if revision_of(writing) != HEAD:
        upgrade(writing)
    ours = reading.execute(select(workspace_table.c.workspace_id)).scalar_one()
    theirs = writing.execute(select(workspace_table.c.workspace_id)).scalars().all()
    if theirs and theirs != [ours]:
        raise PlanbookError(f"数据库 {new.place} 里已有另一个工作区的台账，没有搬迁，请换一个空的数据库。")


def _copy(reading: Connection, writing: Connection, table: Table, new: Database) -> int:
    """Add the rows that the target lacks; return how many."""
    keys = [column.name for column in table.primary_key]
    there = {tuple(getattr(row, key) for key in keys): row for row in _rows(writing, table)}
    missing: list[dict[str, Any]] = []
    added = 0
    for row in _rows(reading, table):
        known = there.pop(tuple(getattr(row, key) for key in keys), None)
        if known is None:
            missing.append(dict(row._mapping))
            added += 1
        elif tuple(known) != tuple(row):
            raise _refused(new)
        if len(missing) >= _BATCH:
            insert_all(writing, table, missing)
            missing = []
    if there:
        raise _refused(new)
    insert_all(writing, table, missing)
    return added


def _refused(new: Database) -> PlanbookError:
    return PlanbookError(f"数据库 {new.place} 里的台账与现在这本不是同一本的前后状态，没有搬迁，请换一个空的数据库。")


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    query = select(table).order_by(*table.primary_key)
    yield from connection.execute(query).yield_per(_BATCH)


def _compare(reading: Connection, writing: Connection, new: Database) -> tuple[tuple[str, int], ...]:
    counts = []
    for table in METADATA.sorted_tables:
        count = select(func.count()).select_from(table)
        ours, theirs = (int(connection.execute(count).scalar_one()) for connection in (reading, writing))
        if ours != theirs:
            raise PlanbookError(f"搬到 {new.place} 后 {table.name} 应有 {ours} 行，实有 {theirs} 行，没有搬迁。")
        counts.append((table.name, ours))
    return tuple(counts)
