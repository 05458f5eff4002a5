"""The first tables."""

from alembic import op

from onrecord.ledger import guards
from onrecord.ledger.schema import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything in an empty database."""
    connection = op.get_bind()
    METADATA.create_all(connection, checkfirst=False)
    guards.create(connection)
