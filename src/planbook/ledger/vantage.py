"""Any past state of the ledger: the same questions, asked of what had been written by a moment.

Every table that names the run which wrote a row is hidden, for one transaction, behind a temporary view of its name
that holds the rows of the runs up to the last that was begun by that moment: always a beginning of the ledger, whole in
itself, even where a clock was once wrong. Both SQLite and PostgreSQL look for a name among temporary
objects first, so that every query answers for then without knowing of it; the views go with the transaction.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Column, Connection, Integer, MetaData, Table, func, insert, select, text

from planbook.ledger.schema import METADATA
from planbook.ledger.schema import run as run_table

_SEEN: Final = Table("vantage_run", MetaData(), Column("number", Integer, primary_key=True), prefixes=["TEMPORARY"])


def look_back(connection: Connection, moment: datetime) -> None:
    """Let every query of the connection's transaction see the ledger as it was at `moment`, UTC."""
    _SEEN.create(connection)
    last = select(func.max(run_table.c.number)).where(run_table.c.started_at <= moment).scalar_subquery()
    seen = select(run_table.c.number).where(run_table.c.number <= last)
    connection.execute(insert(_SEEN).from_select(["number"], seen))
    schema = (
        "main"
        if connection.dialect.name == "sqlite"
        else str(connection.execute(text("SELECT current_schema()")).scalar_one())
    )
    quote = connection.dialect.identifier_preparer.quote
    for table in METADATA.sorted_tables:
        column = "number" if table is run_table else "run_number"
        if column in table.c:
            name = quote(table.name)
            connection.execute(
                text(  # names of our own tables, quoted; nothing that came from outside
                    f"CREATE TEMPORARY VIEW {name} AS SELECT * FROM {quote(schema)}.{name} "  # noqa: S608
                    f"WHERE {column} IN (SELECT number FROM vantage_run)"
                )
            )
