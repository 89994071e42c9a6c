"""The office's decisions on tasks, and the runs that were taken back."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "decision",
        _number("number"),
        _text("task_code"),
        _text("kind"),
        _day("decided_on", optional=False),
        _text("reason"),
        _text("evidence"),
        _text("checker"),
        _day("from_date"),
        _day("to_date"),
        _day("asked_on"),
        _text("agency"),
        _text("to_agency"),
        _text("role", optional=True),
        _text("period", optional=True),
        _text("file"),
        _text("sheet"),
        _text("cell"),
        _text("key"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
        sa.ForeignKeyConstraint(["task_code"], ["task.code"], name="fk_decision_task_code"),
        sa.ForeignKeyConstraint(["run_number"], ["run.number"], name="fk_decision_run_number"),
    )
    op.create_index("ix_decision_task_code", "decision", ["task_code"])
    op.create_table(
        "undone_run",
        _number("undone_number"),
        _text("reason"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("undone_number", name="pk_undone_run"),
        sa.ForeignKeyConstraint(["undone_number"], ["run.number"], name="fk_undone_run_undone_number"),
        sa.ForeignKeyConstraint(["run_number"], ["run.number"], name="fk_undone_run_run_number"),
    )


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "what the ledger holds is never thrown away"
    raise NotImplementedError(message)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _day(name: str, *, optional: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=optional)
