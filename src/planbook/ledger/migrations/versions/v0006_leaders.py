"""Which leader an agency answers to (分管领导): a column of the directory."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; of the agencies that are there nobody has said it yet."""
    op.add_column("agency", sa.Column("leader", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Refuse: a ledger is never taken apart."""
    message = "what the ledger holds is never thrown away"
    raise NotImplementedError(message)
