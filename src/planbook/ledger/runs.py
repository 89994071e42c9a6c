"""The runs that wrote the ledger: who, when, by which command."""

from sqlalchemy import Connection, insert, select

from planbook.ledger.records import Run
from planbook.ledger.rows import next_number, row_for
from planbook.ledger.schema import run as run_table


def note_run(connection: Connection, run: Run) -> int:
    """Return the number of `run`, noting it down if this is the first that it writes."""
    known: int | None = connection.execute(select(run_table.c.number).where(run_table.c.key == run.key)).scalar()
    if known is not None:
        return known
    number = next_number(connection, run_table.c.number)
    connection.execute(insert(run_table), row_for(run, run_table, number=number))
    return number
