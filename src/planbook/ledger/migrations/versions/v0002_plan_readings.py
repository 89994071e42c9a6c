"""What the reader found in each later document of a plan, so that a revision can tell the office's edits from it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Create the two tables; what the first documents said stands in the versions that their import wrote."""
    _create_readings(
        "task",
        _number("order"),
        _text("path"),
        _text("number", optional=True),
        _text("title"),
        _text("body"),
        _text("lead_agencies"),
        _text("supporting_agencies"),
        _text("lead_basis"),
        sa.Column("deadline", sa.Date(), nullable=True),
        _text("kind"),
        _text("unit_note", optional=True),
        _yes_no("truncated"),
        _number("source_line"),
        _number("source_page", optional=True),
        _text("excerpt"),
    )
    _create_readings(
        "indicator",
        _number("order"),
        _text("task_code", optional=True),
        _text("name"),
        _text("operator"),
        _text("value"),
        _text("value_max", optional=True),
        _text("unit"),
        _text("by", optional=True),
        _text("quote"),
        _text("agencies"),
        _refers("indicator_reading", "task_code", "task.code"),
    )


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "what the ledger holds is never thrown away"
    raise NotImplementedError(message)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _number(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional, autoincrement=False)


def _yes_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _create_readings(name: str, *content: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    table = f"{name}_reading"
    op.create_table(
        table,
        _text("code"),
        _number("plan_version"),
        *content,
        _text("note"),
        _yes_no("is_confirmed"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("code", "plan_version", name=f"pk_{table}"),
        _refers(table, "code", f"{name}.code"),
        _refers(table, "run_number", "run.number"),
    )
