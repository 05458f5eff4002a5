"""Stories as they are made: what articles have in common, versions of stories, states of claims, persons' verdicts."""

from alembic import op

from onrecord.ledger.migrations import written

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of stories and their guards, in place of two that nothing ever filled."""
    op.drop_table("story_claims")
    op.drop_table("stories")
    written.create(op.get_bind(), revision)
