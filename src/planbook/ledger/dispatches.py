"""Dispatches in the ledger: noted before anything leaves, and again when it is known what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from planbook.ledger.columns import storable
from planbook.ledger.connection import Database
from planbook.ledger.mail_schema import correction_file, dispatch_outcome
from planbook.ledger.mail_schema import dispatch as dispatch_table
from planbook.ledger.records import CorrectionFile, Run
from planbook.ledger.rows import columns_for, insert_all, next_number, row_for
from planbook.ledger.runs import note_run
from planbook.model.dispatch import Dispatch, Outcome
from planbook.model.errors import PlanbookError
from planbook.model.period import Period


class Dispatches:
    """What went out to agencies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, run: Run, dispatches: Sequence[Dispatch]) -> None:
        """Note that `dispatches` are about to leave; nothing may leave before this has returned."""
        with self._database.writing() as connection:
            run_number = note_run(connection, run)
            first = next_number(connection, dispatch_table.c.number)
            rows = [
                row_for(one, dispatch_table, number=number, run_number=run_number)
                for number, one in enumerate(dispatches, start=first)
            ]
            insert_all(connection, dispatch_table, rows)

    def settle(self, run: Run, attempt: str, outcome: Outcome, reason: str, at: datetime) -> None:
        """Note what became of an attempt; what was noted of it before stays, the last holds.

        Raises:
            PlanbookError: The attempt was never begun.
        """
        with self._database.writing() as connection:
            number = connection.execute(
                select(dispatch_table.c.number).where(dispatch_table.c.attempt == attempt)
            ).scalar()
            if number is None:
                raise PlanbookError("台账里没有这次分发的记录，请用 planbook doctor 检查台账。")
            connection.execute(
                insert(dispatch_outcome),
                {
                    "dispatch_number": number,
                    "position": _next_position(connection, number),
                    "outcome": outcome,
                    "reason": storable(reason),
                    "settled_at": at,
                    "run_number": note_run(connection, run),
                },
            )

    def of_period(self, period: Period) -> tuple[Dispatch, ...]:
        """Return every attempt for `period` as it stands, in the order in which they were begun."""
        return self._read(_attempts().where(dispatch_table.c.period == period))

    def unsettled(self) -> tuple[Dispatch, ...]:
        """Return the attempts of every period of which nothing is known: they were cut short, or are under way."""
        return self._read(_attempts().where(dispatch_outcome.c.outcome.is_(None)))

    def record_corrections(self, run: Run, files: Sequence[CorrectionFile]) -> None:
        """Note the digests of correction workbooks, before they are written."""
        if not files:
            return
        with self._database.writing() as connection:
            run_number = note_run(connection, run)
            first = next_number(connection, correction_file.c.number)
            rows = [
                row_for(file, correction_file, number=number, run_number=run_number)
                for number, file in enumerate(files, start=first)
            ]
            insert_all(connection, correction_file, rows)

    def corrections(self, period: Period) -> tuple[CorrectionFile, ...]:
        """Return the correction workbooks that were written for `period`, oldest first."""
        query = select(*columns_for(CorrectionFile, correction_file)).where(correction_file.c.period == period)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(correction_file.c.number))
            return tuple(CorrectionFile(*row) for row in rows)

    def _read(self, query: Select[Any]) -> tuple[Dispatch, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(dispatch_table.c.number)).all()
        return tuple(_dispatch(*row) for row in rows)


def _dispatch(*row: Any) -> Dispatch:
    *begun, outcome, reason, settled_at = row
    told: list[Any] = [*begun, outcome or Outcome.SENDING, reason or "", settled_at]
    return Dispatch(*told)


def _attempts() -> Select[Any]:
    newest = (
        select(dispatch_outcome.c.dispatch_number, func.max(dispatch_outcome.c.position).label("position"))
        .group_by(dispatch_outcome.c.dispatch_number)
        .subquery()
    )
    begun = columns_for(Dispatch, dispatch_table, dispatch_outcome)[:-3]  # the last three may not be there yet
    return (
        select(*begun, dispatch_outcome.c.outcome, dispatch_outcome.c.reason, dispatch_outcome.c.settled_at)
        .outerjoin(newest, newest.c.dispatch_number == dispatch_table.c.number)
        .outerjoin(
            dispatch_outcome,
            (dispatch_outcome.c.dispatch_number == newest.c.dispatch_number)
            & (dispatch_outcome.c.position == newest.c.position),
        )
    )


def _next_position(connection: Connection, number: int) -> int:
    last = select(func.max(dispatch_outcome.c.position)).where(dispatch_outcome.c.dispatch_number == number)
    return (connection.execute(last).scalar() or 0) + 1
