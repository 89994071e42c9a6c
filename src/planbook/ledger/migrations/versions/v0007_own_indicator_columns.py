"""The office's own columns beside indicators: kept with each value, as they are with each task's report."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; so far a layout could not have such columns, so that nothing is missing."""
    op.add_column("indicator_report", sa.Column("extras", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "what the ledger holds is never thrown away"
    raise NotImplementedError(message)
