"""The office's decisions in the ledger: added in order, none changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from planbook.ledger.connection import Database
from planbook.ledger.records import Run
from planbook.ledger.rows import insert_all, next_number, row_for
from planbook.ledger.runs import note_run
from planbook.ledger.schema import decision as decision_table
from planbook.ledger.schema import run as run_table
from planbook.ledger.undoing import undone_runs
from planbook.model.decisions import Decision

_CONTENT: Final = tuple(item.name for item in fields(Decision) if item.name in decision_table.c)
_COLUMNS: Final = (*(decision_table.c[name] for name in _CONTENT), run_table.c.who, run_table.c.started_at)


class Decisions:
    """What the office decided on its tasks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, codes: Iterable[str] | None = None) -> Mapping[str, tuple[Decision, ...]]:
        """Return the decisions on each task that has any, in order; with `codes`, only on those tasks."""
        with self._database.reading() as connection:
            found = _decisions(connection)
        if codes is None:
            return found
        wanted = set(codes)
        return {code: decisions for code, decisions in found.items() if code in wanted}

    def taken_over(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the workbook entries `keys` that decisions in force were taken over from."""
        with self._database.reading() as connection:
            query = select(decision_table.c.key).where(decision_table.c.run_number.not_in(undone_runs()))
            known = set(connection.execute(query).scalars())
        return frozenset(known.intersection(keys) - {""})

    def add(self, run: Run, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        """Enter `decisions`, all of them or none, and return them numbered."""
        if not decisions:
            return ()
        with self._database.writing() as connection:
            first = next_number(connection, decision_table.c.number)
            run_number = note_run(connection, run)
            rows = [
                row_for(one, decision_table, number=number, run_number=run_number)
                for number, one in enumerate(decisions, start=first)
            ]
            insert_all(connection, decision_table, rows)
            found = _decisions(connection)
        added = (one for group in found.values() for one in group if one.number >= first)
        return tuple(sorted(added, key=lambda one: one.number))


def _decisions(connection: Connection) -> dict[str, tuple[Decision, ...]]:
    query: Select[Any] = (
        select(*_COLUMNS)
        .join(run_table, run_table.c.number == decision_table.c.run_number)
        .where(decision_table.c.run_number.not_in(undone_runs()))
        .order_by(decision_table.c.number)
    )
    found: dict[str, tuple[Decision, ...]] = {}
    for row in connection.execute(query):
        one = Decision(*row)
        found[one.task_code] = (*found.get(one.task_code, ()), one)
    return found
