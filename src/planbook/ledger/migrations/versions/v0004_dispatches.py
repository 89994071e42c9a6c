"""What went out to agencies and what became of it, correction workbooks as written, and what was collected."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Create the tables."""
    _create_dispatches()
    _create_collected()


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "what the ledger holds is never thrown away"
    raise NotImplementedError(message)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _large_number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=optional)


def _yes_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _create_dispatches() -> None:
    op.create_table(
        "dispatch",
        _number("number"),
        _text("attempt"),
        _text("errand"),
        _text("period"),
        _text("agency"),
        _text("escalation"),
        _text("form_id"),
        _text("file_name"),
        _text("file_sha256"),
        _number("size"),
        _text("channel"),
        _text("recipient"),
        _text("copies"),
        _text("message_id"),
        _yes_no("is_trial"),
        _moment("begun_at"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("number", name="pk_dispatch"),
        sa.UniqueConstraint("attempt", name="uq_dispatch_attempt"),
        _refers("dispatch", "run_number", "run.number"),
    )
    op.create_index("ix_dispatch_period", "dispatch", ["period"])
    op.create_table(
        "dispatch_outcome",
        _number("dispatch_number"),
        _number("position"),
        _text("outcome"),
        _text("reason"),
        _moment("settled_at"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("dispatch_number", "position", name="pk_dispatch_outcome"),
        _refers("dispatch_outcome", "dispatch_number", "dispatch.number"),
        _refers("dispatch_outcome", "run_number", "run.number"),
    )
    op.create_table(
        "correction_file",
        _number("number"),
        _text("agency"),
        _text("period"),
        _text("form_id"),
        _text("return_sha256"),
        _text("file_sha256"),
        _moment("written_at"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("number", name="pk_correction_file"),
        _refers("correction_file", "run_number", "run.number"),
    )


def _create_collected() -> None:
    op.create_table(
        "collected_message",
        _number("number"),
        _text("source"),
        _large_number("uid_validity"),
        _large_number("uid"),
        _text("message_key"),
        _text("kind"),
        _text("sender"),
        _text("subject"),
        _moment("sent_at", optional=True),
        _text("period"),
        _number("run_number"),
        sa.PrimaryKeyConstraint("number", name="pk_collected_message"),
        _refers("collected_message", "run_number", "run.number"),
    )
    op.create_index("ix_collected_message_message_key", "collected_message", ["message_key"])
    op.create_table(
        "collected_file",
        _number("message_number"),
        _number("position"),
        _text("name"),
        _text("path"),
        _text("sha256"),
        _yes_no("is_workbook"),
        _text("remark"),
        sa.PrimaryKeyConstraint("message_number", "position", name="pk_collected_file"),
        _refers("collected_file", "message_number", "collected_message.number"),
    )
    op.create_index("ix_collected_file_sha256", "collected_file", ["sha256"])
