"""An index of accounts by their terms and shingles, so that a new article is compared with few."""

from alembic import op

from onrecord.ledger.migrations import written

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the index; the next making of stories fills it with the accounts that are there."""
    written.create(op.get_bind(), revision)
