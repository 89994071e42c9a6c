"""What the ledger's tables are made of: their common metadata, and the columns that recur in them."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, MetaData

from planbook.ledger.columns import PlainText
from planbook.model.period import Period

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def period_rank(period: Period) -> int:
    """Return a number that orders periods as the model does: by end, then by length."""
    return (period.end.year * 100 + period.end.month) * 100 + period.months


def text_column(name: str, *, optional: bool = False) -> Column[str]:
    """Return a column of text, empty rather than null unless it is optional."""
    return Column(name, PlainText, nullable=optional)


def number_column(name: str) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, Integer, nullable=False)


def key_column(name: str, *constraints: ForeignKey) -> Column[int]:
    """Return a whole number of the primary key, given by the ledger itself."""
    return Column(name, Integer, *constraints, primary_key=True, autoincrement=False)


def run_column() -> Column[int]:
    """Return the column that names the run which wrote a row."""
    return Column("run_number", ForeignKey("run.number"), nullable=False)
