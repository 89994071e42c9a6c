"""What Alembic runs: the revisions, in the transaction that `planbook.ledger.migration` hands over."""

from alembic import context

from planbook.ledger.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
