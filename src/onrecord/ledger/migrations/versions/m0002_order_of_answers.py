"""When a reading was reported, to find the newest first; the greatest number of figures; stories; more is erased."""

from alembic import op
from sqlalchemy import inspect

from onrecord.ledger import guards, schema

revision = "0002"
down_revision = "0001"

REPORTED = """
UPDATE readings SET reported = coalesce(
  (SELECT a.published FROM articles a WHERE a."row" = readings.article),
  (SELECT v.seen_at FROM page_versions v WHERE v."row" = readings.version))
"""


def upgrade() -> None:
    """Add what a ledger of the first form lacks; one that was just made has it."""
    connection = op.get_bind()
    if any(column["name"] == "reported" for column in inspect(connection).get_columns("readings")):
        return
    for table in ("readings", *guards.BLANKED):
        guards.unguard(connection, table)
    kind = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(f"ALTER TABLE readings ADD COLUMN reported {kind} NOT NULL DEFAULT ''")
    connection.exec_driver_sql(REPORTED)
    for name in ("figures", "speaker", "via", "place"):
        connection.exec_driver_sql(f"DROP INDEX ix_claims_{name}")
    for index in (*schema.readings.indexes, *schema.claims.indexes):
        index.create(connection, checkfirst=True)
    for table in (schema.stories, schema.story_claims):
        table.create(connection)
    for name in ("readings", *guards.BLANKED, "stories", "story_claims"):
        guards.guard(connection, name)
