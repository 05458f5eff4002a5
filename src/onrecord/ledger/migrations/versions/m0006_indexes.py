"""Indexes: claims by how sure they are, the order of the review queue; keys of accounts by account."""

from alembic import op

from onrecord.ledger.migrations import written

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the indexes."""
    written.create(op.get_bind(), revision)
