"""Claims by id -> the versions of the pages on which they stand now, or stood at a time. Decodes no claim."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from onrecord.ledger import schema
from onrecord.ledger.appending import chunks
from onrecord.ledger.conditions import CLAIM, DOCUMENT, READING, VERSION


def standing(connection: Connection, ids: Iterable[str], as_of: str | None = None) -> dict[str, str]:
    """Return where claims stand, as their evidence names it ("3f2c.../2"), by id; those that are gone are left out."""
    link = schema.claim_links.c
    asked = (
        select(CLAIM.id, DOCUMENT.id.label("document"), VERSION.number)
        .select_from(schema.claims)
        .join(schema.claim_links, link.claim == CLAIM.row)
        .join(schema.readings, READING.row == link.reading)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .join(schema.page_versions, VERSION.row == READING.version)
        .where(schema.latest_readings(as_of))
    )
    return {
        row.id: f"{row.document}/{row.number}"
        for some in chunks(sorted(set(ids)))
        for row in connection.execute(asked.where(CLAIM.id.in_(some)))
    }
