"""Merges and splits of sources by a person."""

from alembic import op

from onrecord.ledger.migrations import written

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of verdicts on names, and its guards."""
    written.create(op.get_bind(), revision)
