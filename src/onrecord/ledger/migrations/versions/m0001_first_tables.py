"""The first tables."""

from alembic import op

from onrecord.ledger.migrations import written

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything in an empty database."""
    written.create(op.get_bind(), revision)
