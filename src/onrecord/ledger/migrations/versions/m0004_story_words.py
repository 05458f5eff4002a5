"""What stories can be found by, beside their records, and the order in which lists show them."""

import json

from alembic import op
from sqlalchemy import text

from onrecord.ledger.migrations import written

revision = "0004"
down_revision = "0003"

MADE = text('SELECT "row", record FROM story_versions WHERE "row" > :row ORDER BY "row" LIMIT 1')
ADD = text("INSERT INTO story_words (version, name, places, articles) VALUES (:version, :name, :places, :articles)")


def upgrade() -> None:
    """Add the table, its guards and the index, and fill the table from what has been made."""
    connection = op.get_bind()
    written.create(connection, revision)
    row = 0
    # One by one: a record may have a megabyte.
    while (made := connection.execute(MADE, {"row": row}).first()) is not None:
        row, story = made.row, json.loads(made.record)
        name, places = story.get("name"), story.get("places") or ()
        words = {"name": f" {name.lower()}" if name else "", "places": "".join(f" {place.lower()}" for place in places)}
        connection.execute(ADD, {"version": row, **words, "articles": len(story.get("articles") or ())})
