"""Claims: whose a file is that nothing identifies for certain, as a clerk decided; each decision is kept."""

from collections.abc import Mapping

from sqlalchemy import func, insert, select

from planbook.ledger.connection import Database
from planbook.ledger.records import FileClaim, Run
from planbook.ledger.rows import next_number
from planbook.ledger.runs import note_run
from planbook.ledger.schema import claim as claim_table
from planbook.ledger.schema import form as form_table
from planbook.ledger.undoing import undone_runs
from planbook.model.errors import PlanbookError
from planbook.model.period import Period


class Claims:
    """The clerk's decisions on unclaimed files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, run: Run, claim: FileClaim) -> None:
        """Note a decision; a later one on the same file takes its place, the earlier one stays on record.

        Raises:
            PlanbookError: This ledger never issued that form.
        """
        with self._database.writing() as connection:
            query = select(form_table.c.number).where(form_table.c.form_id == claim.form_id)
            form_number = connection.execute(query).scalar()
            if form_number is None:
                raise PlanbookError("认领所指的责任清单不是本台账下发的，没有记录。")
            connection.execute(
                insert(claim_table),
                {
                    "number": next_number(connection, claim_table.c.number),
                    "file_sha256": claim.file_sha256,
                    "form_number": form_number,
                    "reason": claim.reason,
                    "run_number": note_run(connection, run),
                },
            )

    def of_period(self, period: Period) -> Mapping[str, FileClaim]:
        """Return the decisions that hold for files of `period`, by the file's digest; none that was taken back."""
        newest = select(func.max(claim_table.c.number)).group_by(claim_table.c.file_sha256)
        newest = newest.where(claim_table.c.run_number.not_in(undone_runs()))
        query = (
            select(claim_table.c.file_sha256, form_table.c.form_id, claim_table.c.reason)
            .join(form_table, form_table.c.number == claim_table.c.form_number)
            .where(claim_table.c.number.in_(newest), form_table.c.period == period)
        )
        with self._database.reading() as connection:
            return {row.file_sha256: FileClaim(*row) for row in connection.execute(query)}
