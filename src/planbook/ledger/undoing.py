"""Taking the last consolidation back: its run is marked, nothing is deleted, and what it took in no longer counts."""

from sqlalchemy import Select, select

from planbook.ledger.schema import undone_run


def undone_runs() -> Select[tuple[int]]:
    """Return the query for the numbers of the runs that were taken back."""
    return select(undone_run.c.undone_number)
