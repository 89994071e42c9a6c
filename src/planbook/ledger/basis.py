"""What a state of the ledger rests on: marks that tell whether what was made of an earlier state still holds.

The ledger only grows and every row names its run. So a state grew out of an earlier one where the earlier one's runs
are its first ones; what is not about returns is as it was where no table for it has more rows; and what returns say is
as it was where the same submissions are in force.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from planbook.ledger.in_force import submissions_in_force
from planbook.ledger.schema import METADATA, submission
from planbook.ledger.schema import run as run_table

_OF_RETURNS: Final = frozenset(
    {
        "submission",
        "file_outcome",
        "claim",
        "dispatch",
        "dispatch_outcome",
        "correction_file",
        "collected_message",
        "collected_file",
    }
)
"""Tables that grow with returns and mail: what they say of a period is asked anew, or follows from `in_force`."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Marks of a state.

    Attributes:
        runs: Number of its last run.
        chain: Digest of the keys of its runs, which no two ledgers share.
        facts: Rows and last run of every table but those of returns and mail.
        in_force: By period, the submission in force of each agency.
    """

    runs: int
    chain: str
    facts: str
    in_force: Mapping[str, Mapping[str, int]]


def read_basis(connection: Connection) -> Basis:
    """Return the marks of the state that `connection` sees."""
    last = connection.execute(select(func.coalesce(func.max(run_table.c.number), 0))).scalar_one()
    facts = []
    for table in METADATA.sorted_tables:
        if "run_number" in table.c and table.name not in _OF_RETURNS:
            marks = select(func.count(), func.coalesce(func.max(table.c.run_number), 0)).select_from(table)
            facts.append((table.name, *connection.execute(marks).one()))
    query = select(submission.c.period, submission.c.agency, submission.c.number)
    in_force: dict[str, dict[str, int]] = {}
    for period, agency, number in connection.execute(
        query.where(submission.c.number.in_(submissions_in_force())).order_by(submission.c.number)
    ):
        in_force.setdefault(str(period), {})[agency] = number
    return Basis(last, read_chain(connection, last), repr(facts), in_force)


def read_chain(connection: Connection, runs: int) -> str:
    """Return the digest of the keys of the first `runs` runs."""
    query = select(run_table.c.number, run_table.c.key).where(run_table.c.number <= runs)
    keys = connection.execute(query.order_by(run_table.c.number)).all()
    return hashlib.sha256(repr([tuple(row) for row in keys]).encode()).hexdigest()
