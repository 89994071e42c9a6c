"""The office's directory in the ledger: each edition is kept whole, the last one holds."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from planbook.ledger.connection import Database
from planbook.ledger.records import Run
from planbook.ledger.rows import columns_for, insert_all, next_number, row_for
from planbook.ledger.runs import note_run
from planbook.ledger.schema import agency as agency_table
from planbook.ledger.schema import directory_edition
from planbook.model.agency import Agency, Directory


class Agencies:
    """The ledger's directory of agencies and groups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def directory(self) -> Directory:
        """Return the directory as it stands, empty before the first."""
        with self._database.reading() as connection:
            return read_directory(connection)

    def replace(self, run: Run, agencies: Sequence[Agency]) -> bool:
        """Let `agencies` be the whole directory from now on; return whether that changes anything."""
        with self._database.writing() as connection:
            return replace_directory(connection, run, agencies)


def read_directory(connection: Connection) -> Directory:
    """Return the last edition of the directory."""
    last = select(func.max(directory_edition.c.number)).scalar_subquery()
    query = (
        select(*columns_for(Agency, agency_table))
        .where(agency_table.c.edition_number == last)
        .order_by(agency_table.c.position)
    )
    return Directory(tuple(Agency(*row) for row in connection.execute(query)))


def replace_directory(connection: Connection, run: Run, agencies: Sequence[Agency]) -> bool:
    """Add an edition of the directory if it differs from the last; return whether it does."""
    if tuple(agencies) == read_directory(connection).agencies:
        return False
    number = next_number(connection, directory_edition.c.number)
    connection.execute(insert(directory_edition), {"number": number, "run_number": note_run(connection, run)})
    rows = [
        row_for(agency, agency_table, edition_number=number, position=position)
        for position, agency in enumerate(agencies, start=1)
    ]
    insert_all(connection, agency_table, rows)
    return True
