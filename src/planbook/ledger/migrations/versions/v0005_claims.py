"""Whose a file is that nothing identifies for certain: the clerk's decisions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Create the table of claims."""
    op.create_table(
        "claim",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("form_number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("run_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_claim"),
        sa.ForeignKeyConstraint(["form_number"], ["form.number"], name="fk_claim_form_number"),
        sa.ForeignKeyConstraint(["run_number"], ["run.number"], name="fk_claim_run_number"),
    )
    op.create_index("ix_claim_file_sha256", "claim", ["file_sha256"])


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "what the ledger holds is never thrown away"
    raise NotImplementedError(message)
