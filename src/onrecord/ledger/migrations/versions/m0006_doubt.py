"""An index of claims by how sure they are: the order of the review queue."""

from alembic import op

from onrecord.ledger.migrations import written

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the index."""
    written.create(op.get_bind(), revision)
