"""Taking the last consolidation back: its run is marked, nothing is deleted, and what it took in no longer counts."""

from typing import Final

from sqlalchemy import Connection, Select, func, insert, or_, select

from planbook.ledger.connection import Database
from planbook.ledger.records import Run, TakenBack
from planbook.ledger.runs import note_run
from planbook.ledger.schema import decision, submission, undone_run
from planbook.ledger.schema import run as run_table
from planbook.model.errors import PlanbookError

_COMMANDS: Final = ("consolidate", "claim")


class Undoing:
    """The consolidations that can be taken back, the last first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> TakenBack | None:
        """Return the consolidation that would be taken back next, None where there is none."""
        with self._database.reading() as connection:
            return _last(connection)

    def take_back(self, run: Run, reason: str = "") -> TakenBack:
        """Mark the last consolidation that counts as taken back, and return it.

        Raises:
            PlanbookError: There is none.
        """
        with self._database.writing() as connection:
            found = _last(connection)
            if found is None:
                raise PlanbookError("台账里没有可以撤销的汇总。")
            row = {"undone_number": found.number, "reason": reason, "run_number": note_run(connection, run)}
            connection.execute(insert(undone_run), row)
        return found


def undone_runs() -> Select[tuple[int]]:
    """Return the query for the numbers of the runs that were taken back."""
    return select(undone_run.c.undone_number)


def _last(connection: Connection) -> TakenBack | None:
    wrote = or_(
        run_table.c.number.in_(select(submission.c.run_number)), run_table.c.number.in_(select(decision.c.run_number))
    )
    query = select(run_table).where(run_table.c.command.in_(_COMMANDS), run_table.c.number.not_in(undone_runs()), wrote)
    row = connection.execute(query.order_by(run_table.c.number.desc()).limit(1)).first()
    if row is None:
        return None
    returns = select(submission.c.agency, submission.c.file_name).where(submission.c.run_number == row.number)
    decisions = select(func.count()).where(decision.c.run_number == row.number)
    return TakenBack(
        number=row.number,
        who=row.who,
        started_at=row.started_at,
        period=row.period,
        returns=tuple((agency, name) for agency, name in connection.execute(returns.order_by(submission.c.number))),
        decisions=int(connection.execute(decisions).scalar_one()),
    )
