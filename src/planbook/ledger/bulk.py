"""Many rows into one table of a PostgreSQL server by COPY: one stream instead of a statement for each row."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from psycopg import Cursor

WORTHWHILE: Final = 100
"""Rows from which COPY is quicker than sending them as one statement with many parameters."""

_Bind = Callable[[Any], Any]


def is_worthwhile(connection: Connection, rows: Sequence[dict[str, object]]) -> bool:
    """Return whether `rows` should go in by `copy_rows`: there are many, and the server takes COPY."""
    return len(rows) >= WORTHWHILE and connection.dialect.driver == "psycopg"


def copy_rows(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """Add `rows` to `table` within the connection's transaction, their values kept as an INSERT keeps them.

    As with INSERT, the first row says which columns are given; the others take the server's default.

    Raises:
        DBAPIError: The server refuses a row, or is gone; then the transaction is lost as a whole.
    """
    dialect = connection.dialect
    binds = [(name, _bind(table, name, dialect)) for name in rows[0]]
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in rows[0])
    statement = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    cursor = cast("Cursor[Any]", connection.connection.cursor())
    errors = dialect.loaded_dbapi.Error
    try:
        with cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row([bind(row[name]) if bind else row[name] for name, bind in binds])
    except errors as error:  # SQLAlchemy tells errors of its own statements alone
        raise DBAPIError.instance(statement, None, error, errors, dialect=dialect) from error


def _bind(table: Table, name: str, dialect: Dialect) -> _Bind | None:
    """Return what turns a column's value into what is stored; None where it stays as it is."""
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
